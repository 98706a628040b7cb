"""A picture in some thirty letters, which clients draw while the picture comes (https://blurha.sh)."""

from math import copysign, cos, pi

from PIL import Image

COLUMNS, ROWS = 4, 3
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"

Colour = tuple[float, float, float]


def of(image: Image.Image) -> str:
    """The hash of a small RGB picture; give it one of about 32 by 32, because every pixel is looked at 12 times."""
    pixels = _linear(image)
    parts = [_component(pixels, image.size, column, row) for row in range(ROWS) for column in range(COLUMNS)]
    flat, waves = parts[0], parts[1:]
    strongest = max(abs(value) for wave in waves for value in wave)
    scale = max(0, min(82, int(strongest * 166 - 0.5)))
    size = (COLUMNS - 1) + (ROWS - 1) * 9
    coded = [_base83(size, 1), _base83(scale, 1), _base83(_flat(flat), 4)]
    return "".join(coded + [_base83(_wave(wave, (scale + 1) / 166), 2) for wave in waves])


def _linear(image: Image.Image) -> list[Colour]:
    table = [_to_linear(value / 255) for value in range(256)]
    raw = image.tobytes()
    return [(table[raw[at]], table[raw[at + 1]], table[raw[at + 2]]) for at in range(0, len(raw), 3)]


def _component(pixels: list[Colour], size: tuple[int, int], column: int, row: int) -> Colour:
    width, height = size
    across = [cos(pi * column * x / width) for x in range(width)]
    down = [cos(pi * row * y / height) for y in range(height)]
    weights = [a * d for d in down for a in across]
    norm = (1 if column == row == 0 else 2) / (width * height)
    red, green, blue = (
        norm * sum(weight * pixel[channel] for weight, pixel in zip(weights, pixels, strict=True))
        for channel in range(3)
    )
    return red, green, blue


def _flat(colour: Colour) -> int:
    red, green, blue = (round(_to_srgb(value) * 255) for value in colour)
    return (red << 16) + (green << 8) + blue


def _wave(colour: Colour, most: float) -> int:
    red, green, blue = (max(0, min(18, int(copysign(abs(value / most) ** 0.5, value) * 9 + 9.5))) for value in colour)
    return (red * 19 + green) * 19 + blue


def _to_linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _to_srgb(value: float) -> float:
    within = max(0.0, min(1.0, value))
    return within * 12.92 if within <= 0.0031308 else 1.055 * within ** (1 / 2.4) - 0.055


def _base83(number: int, length: int) -> str:
    return "".join(_DIGITS[number // 83**place % 83] for place in range(length - 1, -1, -1))
