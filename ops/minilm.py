"""all-MiniLM-L6-v2 as an ONNX graph: its encoder (a BERT of six layers), the mean over the words, and length one.

https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2 has the model; its `config.json` the sizes below.
"""

import json
import math
import struct
from pathlib import Path
from typing import Any

from ops.onnx_file import Graph

LAYERS, HEADS, WIDTH = 6, 12, 384
EPSILON = 1e-12
FAR_BELOW = -10_000.0
"""What is added to the score of a word that is none, so that its share becomes nothing."""


def convert(weights: Path, target: Path) -> None:
    """Write the weights (safetensors) as a model: `input_ids` and `attention_mask` in, `embedding` out."""
    memory = memoryview(weights.read_bytes())
    (length,) = struct.unpack("<Q", memory[:8])
    writer = _Writer(json.loads(bytes(memory[8 : 8 + length])), memory[8 + length :])
    writer.write_all()
    with target.open("wb") as file:
        writer.graph.write(file)


class _Writer:
    """Puts the graph together from the weights of a file, whose header names where each of them lies."""

    def __init__(self, header: dict[str, Any], data: memoryview) -> None:
        self._header, self._data, self._known = header, data, set[str]()
        shape = ("batch", "length")
        self.graph = Graph(
            inputs={"input_ids": shape, "attention_mask": shape}, outputs={"embedding": ("batch", WIDTH)}
        )

    def write_all(self) -> None:
        self._constants()
        state = self._words()
        mask = self._mask()
        for number in range(LAYERS):
            state = self._layer(f"encoder.layer.{number}", state, mask)
        self._pooled(state)

    def _constants(self) -> None:
        graph = self.graph
        graph.number("one", 1.0)
        graph.number("far_below", FAR_BELOW)
        graph.number("shrink", 1 / math.sqrt(WIDTH / HEADS))
        for name, values in {"zero": (0,), "first": (1,), "second": (2,), "between": (1, 2)}.items():
            graph.numbers(name, *values)
        graph.numbers("heads", 0, 0, HEADS, WIDTH // HEADS)
        graph.numbers("together", 0, 0, WIDTH)

    def _weight(self, name: str) -> str:
        """The name of a weight, which is put into the file when it is first named."""
        if name not in self._known:
            self._known.add(name)
            facts = self._header[name]
            begin, end = facts["data_offsets"]
            self.graph.floats(name, facts["shape"], self._data[begin:end])
        return name

    def _words(self) -> str:
        """Each word with its place. All are of the first kind, because there is one sentence."""
        add = self.graph.add
        length = add("Slice", add("Shape", "input_ids"), "first", "second")
        words = add("Gather", self._weight("embeddings.word_embeddings.weight"), "input_ids")
        places = add("Slice", self._weight("embeddings.position_embeddings.weight"), "zero", length)
        kind = add("Slice", self._weight("embeddings.token_type_embeddings.weight"), "zero", "first")
        return self._normal("embeddings.LayerNorm", add("Add", add("Add", words, places), kind))

    def _mask(self) -> str:
        """Nothing for a word, far below for what only fills up a shorter text."""
        add = self.graph.add
        there = add("Cast", add("Unsqueeze", "attention_mask", "between"), to=1)
        return add("Mul", add("Sub", "one", there), "far_below")

    def _layer(self, name: str, state: str, mask: str) -> str:
        add = self.graph.add
        looked = self._attention(f"{name}.attention.self", state, mask)
        looked = self._linear(f"{name}.attention.output.dense", looked)
        state = self._normal(f"{name}.attention.output.LayerNorm", add("Add", looked, state))
        wide = add("Gelu", self._linear(f"{name}.intermediate.dense", state))
        return self._normal(f"{name}.output.LayerNorm", add("Add", self._linear(f"{name}.output.dense", wide), state))

    def _attention(self, name: str, state: str, mask: str) -> str:
        add = self.graph.add
        query = self._heads(f"{name}.query", state, (0, 2, 1, 3))
        key = self._heads(f"{name}.key", state, (0, 2, 3, 1))
        value = self._heads(f"{name}.value", state, (0, 2, 1, 3))
        scores = add("Add", add("Mul", add("MatMul", query, key), "shrink"), mask)
        seen = add("MatMul", add("Softmax", scores, axis=-1), value)
        return add("Reshape", add("Transpose", seen, perm=(0, 2, 1, 3)), "together")

    def _heads(self, name: str, state: str, order: tuple[int, ...]) -> str:
        parts = self.graph.add("Reshape", self._linear(name, state), "heads")
        return self.graph.add("Transpose", parts, perm=order)

    def _linear(self, name: str, state: str) -> str:
        """A weight is stored the other way round than it is multiplied; the runtime turns it once when it loads."""
        turned = self.graph.add("Transpose", self._weight(f"{name}.weight"), perm=(1, 0))
        return self.graph.add("Add", self.graph.add("MatMul", state, turned), self._weight(f"{name}.bias"))

    def _normal(self, name: str, state: str) -> str:
        scale, shift = self._weight(f"{name}.weight"), self._weight(f"{name}.bias")
        return self.graph.add("LayerNormalization", state, scale, shift, axis=-1, epsilon=EPSILON)

    def _pooled(self, state: str) -> None:
        """The mean over the words, divided by its length."""
        add = self.graph.add
        there = add("Cast", add("Unsqueeze", "attention_mask", "second"), to=1)
        total = add("ReduceSum", add("Mul", state, there), "first", keepdims=0)
        mean = add("Div", total, add("ReduceSum", there, "first", keepdims=0))
        length = add("ReduceL2", mean, "first", keepdims=1)
        self.graph.result("embedding", add("Div", mean, length))
