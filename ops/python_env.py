"""The virtual environment in `.venv`, from the locked requirements, and the journeys' Node packages."""

import hashlib
import os
import re
import sys
from pathlib import Path

from ops import local_env, packages, presence, shell
from ops.checkout import Checkout
from ops.console import Failure, Step

REQUIREMENTS = "requirements/dev.txt"
JOURNEYS = "tests/journeys"
WIDGETS = "widgets"


def fingerprint(*paths: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def program(checkout: Checkout, name: str) -> str:
    """A program of the virtual environment, such as `python` or `ruff`."""
    return str(checkout.venv / "bin" / name)


def is_current(checkout: Checkout) -> bool:
    """Whether `.venv` works and holds exactly what the lock file asked for when it was last installed."""
    marker = checkout.venv / ".requirements"
    wanted = fingerprint(checkout.root / REQUIREMENTS)
    return marker.exists() and marker.read_text() == wanted and _works(checkout)


def is_borrowed(checkout: Checkout) -> bool:
    """Whether `.venv` is a link to another checkout's that works: it is used as it is, never changed from here."""
    return checkout.venv.is_symlink() and _works(checkout)


def ensure(checkout: Checkout, step: Step) -> None:
    """Make or refresh the virtual environment; the marker is written last, so a broken run is repeated."""
    log = checkout.log("python")
    if not _works(checkout):
        if checkout.venv.is_symlink():
            checkout.venv.unlink()
        shell.run([sys.executable, "-m", "venv", "--clear", checkout.venv], log=log, step=step)
    lock = checkout.root / REQUIREMENTS
    if not _install_by_uv(checkout, lock, log, step):
        _install_by_pip(checkout, lock, log, step)
    (checkout.venv / ".requirements").write_text(fingerprint(checkout.root / REQUIREMENTS))


def _install_by_uv(checkout: Checkout, lock: Path, log: Path, step: Step) -> bool:
    """Install with the uv that the lock names, in a quarter of pip's time; False where that did not work.

    uv reads none of pip's settings. The registry that pip is told of is handed on; what else a machine needs (a
    second registry, a certificate) only pip knows.
    """
    if not (uv := pinned(lock, "uv")):
        return False
    bootstrap = checkout.var / "uv.txt"
    bootstrap.parent.mkdir(parents=True, exist_ok=True)
    bootstrap.write_text(uv)
    _install_by_pip(checkout, bootstrap, log, step)
    install = [program(checkout, "uv"), "pip", "install", "--python", program(checkout, "python"), "--no-progress"]
    try:
        shell.run(
            [*install, "--compile-bytecode", "--require-hashes", "--requirement", lock],
            log=log,
            step=step,
            cwd=checkout.root,
            env=registry(checkout) | os.environ,
        )
    except Failure:
        step.note = "uv could not, so pip does; the log says why"
        return False
    return True


def _install_by_pip(checkout: Checkout, lock: Path, log: Path, step: Step) -> None:
    pip = [program(checkout, "python"), "-m", "pip", "--disable-pip-version-check"]
    shell.run(
        [*pip, "install", "--progress-bar=off", "--require-hashes", "--requirement", lock],
        log=log,
        step=step,
        cwd=checkout.root,
        advice="If a download failed, check the network (and pip's own settings) and try again.",
    )


def pinned(lock: Path, name: str) -> str:
    """The lines of a lock file that name one package, its version and its hashes; empty when it is not in there."""
    found = re.search(rf"^{re.escape(name)}==.*(?:\n    --hash=.*)*", lock.read_text(), re.MULTILINE)
    return f"{found[0]}\n" if found else ""


def registry(checkout: Checkout) -> dict[str, str]:
    """The registry that pip's settings name, as uv's variable; nothing where they name none."""
    settings = shell.output([program(checkout, "python"), "-m", "pip", "config", "list"])
    named = dict(re.findall(r"^(\S+)\.index-url='(.+)'$", settings, re.MULTILINE))
    address = named.get(":env:") or named.get("install") or named.get("global")
    return {"UV_DEFAULT_INDEX": address} if address else {}


def _works(checkout: Checkout) -> bool:
    """Whether it still starts: an upgrade of the system can take away what a venv points to."""
    return bool(shell.output([program(checkout, "python"), "-c", "import pip; print(pip.__version__)"]))


def browser(checkout: Checkout) -> str:
    """The Chromium that the tests drive: the machine's, else one fetched for this checkout; empty without."""
    fetched = sorted((checkout.var / "browsers").glob("chromium-*/chrome-linux*/chrome"))
    return packages.chromium() or (str(fetched[-1]) if fetched else "")


def fetch_browser(checkout: Checkout, step: Step) -> None:
    """Playwright's own Chromium with the libraries it needs, where the distribution has no package of one."""
    shell.run(
        [program(checkout, "playwright"), "install", "--with-deps", "chromium"],
        log=checkout.log("browser"),
        step=step,
        env=os.environ | {"PLAYWRIGHT_BROWSERS_PATH": str(checkout.var / "browsers")},
        advice="Install Chromium or Google Chrome yourself; it is found when it is on the PATH.",
    )


def has_journeys(checkout: Checkout) -> bool:
    return (checkout.root / JOURNEYS / "package-lock.json").exists()


def journeys_are_current(checkout: Checkout) -> bool:
    marker = checkout.root / JOURNEYS / "node_modules" / ".lock"
    return marker.exists() and marker.read_text() == fingerprint(checkout.root / JOURNEYS / "package-lock.json")


def ensure_journeys(checkout: Checkout, step: Step) -> None:
    """Install the Node packages the journeys use, with the Node that came with the virtual environment."""
    _install_packages(checkout, JOURNEYS, step)


def build_widgets(checkout: Checkout, step: Step) -> None:
    """Write `static/widgets` from `widgets/`, after installing what that takes."""
    _install_packages(checkout, WIDGETS, step)
    shell.run(
        [program(checkout, "npm"), "run", "--silent", "build"],
        log=checkout.log("widgets"),
        step=step,
        cwd=checkout.root / WIDGETS,
        env=environment(checkout),
    )


def _install_packages(checkout: Checkout, name: str, step: Step) -> None:
    folder = checkout.root / name
    shell.run(
        [program(checkout, "npm"), "ci", "--no-audit", "--no-fund"],
        log=checkout.log(folder.name),
        step=step,
        cwd=folder,
        env=environment(checkout) | {"PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1"},
        advice="Check the network (and npm's own settings) and run the same command again.",
    )
    (folder / "node_modules" / ".lock").write_text(fingerprint(folder / "package-lock.json"))


def environment(checkout: Checkout) -> dict[str, str]:
    """The environment for every process of the project: this checkout's values where nobody gave others.

    What Python compiles is kept, also where the shell is set not to, as images of Python often are: some hundred
    processes start in a run of the tests, and each would compile the files of the project anew.
    """
    own = {name: local_env.effective(checkout, name) for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")}
    defaults = {
        "ENVIRONMENT": local_env.DEFAULT_ENVIRONMENT,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "CHROMIUM": browser(checkout),
        "PORT": presence.port(checkout),
        "PUBLIC_BASE_URL": presence.public_base(checkout),
    }
    path = f"{checkout.venv / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    always = {
        "PATH": path,
        "VIRTUAL_ENV": str(checkout.venv),
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "",  # empty is off
    }
    return {name: value for name, value in (defaults | own).items() if value} | os.environ | always
