"""Writes ONNX files with nothing but the standard library: a model is one nested message of protocol buffers.

Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. Messages are lists of byte strings,
so that the weights, which are most of a file, are never copied.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

IR_VERSION = 9
OPSET = 20
FLOAT, INT64 = 1, 7

Parts = list[bytes | memoryview]
Value = int | float | Sequence[int]


@dataclass
class Graph:
    """A graph under way: nodes in the order in which they run, and the constants that they use."""

    inputs: Mapping[str, Sequence[str]]
    outputs: Mapping[str, Sequence[str | int]]
    _nodes: list[Parts] = field(default_factory=list)
    _constants: list[Parts] = field(default_factory=list)

    def add(self, operator: str, *inputs: str, **attributes: Value) -> str:
        """A node; answers the name of its output."""
        name = f"{operator.lower()}_{len(self._nodes)}"
        self._nodes.append(
            [
                *(part for one in inputs for part in _text(1, one)),
                *_text(2, name),
                *_text(4, operator),
                *(part for key, value in attributes.items() for part in _message(5, _attribute(key, value))),
            ]
        )
        return name

    def result(self, name: str, value: str) -> None:
        """Give an output its value."""
        self._nodes.append([*_text(1, value), *_text(2, name), *_text(4, "Identity")])

    def floats(self, name: str, shape: Sequence[int], raw: bytes | memoryview) -> str:
        """A constant tensor of 32-bit floats, as they lie in memory."""
        return self._constant(name, FLOAT, shape, raw)

    def numbers(self, name: str, *values: int) -> str:
        """A constant list of integers."""
        return self._constant(name, INT64, [len(values)], struct.pack(f"<{len(values)}q", *values))

    def number(self, name: str, value: float) -> str:
        """One constant float."""
        return self.floats(name, [], struct.pack("<f", value))

    def _constant(self, name: str, kind: int, shape: Sequence[int], raw: bytes | memoryview) -> str:
        dims = [part for size in shape for part in _number(1, size)]
        self._constants.append([*dims, *_number(2, kind), *_text(8, name), *_message(9, [raw])])
        return name

    def write(self, file: BinaryIO) -> None:
        """The whole model."""
        graph = [
            *(part for node in self._nodes for part in _message(1, node)),
            *_text(2, "graph"),
            *(part for constant in self._constants for part in _message(5, constant)),
            *(part for name, shape in self.inputs.items() for part in _message(11, _tensor(name, INT64, shape))),
            *(part for name, shape in self.outputs.items() for part in _message(12, _tensor(name, FLOAT, shape))),
        ]
        opset = [*_text(1, ""), *_number(2, OPSET)]
        file.writelines([*_number(1, IR_VERSION), *_text(2, "ghar"), *_message(7, graph), *_message(8, opset)])


def _attribute(name: str, value: Value) -> Parts:
    if isinstance(value, float):
        return [*_text(1, name), _key(2, 5), struct.pack("<f", value), *_number(20, 1)]
    if isinstance(value, int):
        return [*_text(1, name), *_number(3, value), *_number(20, 2)]
    return [*_text(1, name), *(part for one in value for part in _number(8, one)), *_number(20, 7)]


def _tensor(name: str, kind: int, shape: Iterable[str | int]) -> Parts:
    """What an input or output is: the names or sizes of its dimensions."""
    sizes = [_number(1, size) if isinstance(size, int) else _text(2, size) for size in shape]
    dimensions = [part for size in sizes for part in _message(1, size)]
    typed = _message(1, [*_number(1, kind), *_message(2, dimensions)])
    return [*_text(1, name), *_message(2, typed)]


def _message(number: int, parts: Parts) -> Parts:
    return [_key(number, 2), _varint(sum(len(part) for part in parts)), *parts]


def _text(number: int, text: str) -> Parts:
    return _message(number, [text.encode()])


def _number(number: int, value: int) -> Parts:
    return [_key(number, 0), _varint(value)]


def _key(number: int, kind: int) -> bytes:
    return _varint(number << 3 | kind)


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; a negative number as the 64 bits that it is."""
    value &= (1 << 64) - 1
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)
