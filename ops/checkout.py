"""Where things are in one checkout. Everything that `bin/ghar` makes lies in `var/` and `.venv`."""

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Checkout:
    """One working copy. Two of them on one machine share nothing."""

    root: Path

    @property
    def var(self) -> Path:
        return self.root / "var"

    @property
    def logs(self) -> Path:
        return self.var / "log"

    @property
    def run(self) -> Path:
        """Lock files and the notes of running processes; worthless once nothing runs."""
        return self.var / "run"

    @property
    def done(self) -> Path:
        """One small file for each piece of set-up that need not be repeated."""
        return self.var / "done"

    @property
    def build(self) -> Path:
        return self.var / "build"

    @property
    def local_env(self) -> Path:
        return self.var / "local.env"

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def digest(self) -> str:
        """Ten characters that stand for this checkout's place on the machine."""
        return hashlib.sha256(str(self.root).encode()).hexdigest()[:10]

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def make_directories(self) -> None:
        """Create `var/` and its folders. Others may pass through: the database has a user of its own."""
        for directory in (self.var, self.logs, self.run, self.done, self.build):
            directory.mkdir(parents=True, exist_ok=True)
        self.var.chmod(0o755)


def here() -> Checkout:
    return Checkout(Path(__file__).resolve().parent.parent)
