"""Vectors without a model: words and their parts, each counted at a place that a hash gives it.

It finds the same words and words that are spelled alike, and knows nothing of meaning.
"""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ghar.embedding.port import Vector

_WORD = re.compile(r"\w+")
_PARTS = 3
_WEIGHT_OF_PARTS = 0.3
_FILLERS = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "i", "in", "is", "it", "its", "me",
    "my", "need", "near", "of", "on", "or", "show", "that", "the", "this", "to", "want", "we", "with", "you", "your",
})  # fmt: skip


class Lexical:
    """The fallback that needs no weights and no provider."""

    name = "lexical-hash-384"
    dimensions = 384
    understands = False

    def documents(self, texts: Sequence[str]) -> list[Vector]:
        """As the port has it."""
        return [self.query(text) for text in texts]

    def query(self, text: str) -> Vector:
        """As the port has it; a text without a word is at a place of its own."""
        vector = [0.0] * self.dimensions
        for feature, weight in _features(text).items():
            place, sign = _place(feature)
            vector[place % self.dimensions] += sign * weight
        length = math.sqrt(sum(value * value for value in vector))
        if not length:
            return [1.0] + [0.0] * (self.dimensions - 1)
        return [value / length for value in vector]


def _features(text: str) -> dict[str, float]:
    """Words and their groups of three letters, each weighing less the more often it comes."""
    words = [word for word in _WORD.findall(text.lower()) if word not in _FILLERS]
    counted = {word: 1 + math.log(count) for word, count in Counter(words).items()}
    parts = Counter(part for word in words for part in _parts(word))
    return counted | {part: _WEIGHT_OF_PARTS * (1 + math.log(count)) for part, count in parts.items()}


def _parts(word: str) -> Iterator[str]:
    marked = f"<{word}>"
    return (marked[begin : begin + _PARTS] for begin in range(len(marked) - _PARTS + 1))


def _place(feature: str) -> tuple[int, int]:
    """The same on every machine and in every process."""
    number = int.from_bytes(hashlib.blake2b(feature.encode(), digest_size=8).digest(), "big")
    return number >> 1, 1 if number & 1 else -1
