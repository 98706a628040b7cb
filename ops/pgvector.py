"""The vector extension for PostgreSQL: the packaged one where it is new enough, else built from source.

The source comes from the distribution's own newer release, through apt with a private configuration: apt
checks the signatures, and the machine's lists and sources stay as they are.
"""

import os
import re
from pathlib import Path

from ops import apt_sources, packages, shell
from ops.checkout import Checkout
from ops.console import Failure, Step

OLDEST = (0, 8)
SHARE = Path("/usr/share/postgresql")
BUILD_PACKAGES = ("gcc", "libc6-dev", "make")
NEWER_SUITES = {
    "bookworm": ("trixie", "forky", "sid"),
    "jammy": ("resolute", "questing", "plucky"),
    "noble": ("resolute", "questing", "plucky"),
}


def version_numbers(text: str) -> tuple[int, ...]:
    """`0.8.0-1` as (0, 8, 0); an epoch and the packaging's own suffix do not count."""
    upstream = text.rpartition(":")[2].partition("-")[0]
    return tuple(int(number) for number in re.findall(r"\d+", upstream))


def installed_version(postgres: int) -> str:
    """The version this server would create; empty when it has none."""
    control = SHARE / str(postgres) / "extension" / "vector.control"
    if not control.exists():
        return ""
    match = re.search(r"default_version\s*=\s*'([^']+)'", control.read_text(encoding="utf-8"))
    return match[1] if match else ""


def is_installed(postgres: int) -> bool:
    return version_numbers(installed_version(postgres)) >= OLDEST


def packaged(postgres: int) -> str:
    """The name of the distribution's package if it is new enough, else empty."""
    name = f"postgresql-{postgres}-pgvector"
    return name if version_numbers(packages.candidate(name)) >= OLDEST else ""


def build(checkout: Checkout, postgres: int, step: Step) -> None:
    """Fetch the source of the newer release and install it into this server. Needs BUILD_PACKAGES."""
    workshop = checkout.build / f"pgvector-{postgres}"
    _clear(checkout, workshop)
    workshop.mkdir(parents=True)
    archive = _fetch_source(checkout, workshop, step)
    source = _unpack(checkout, archive, workshop / "source")
    headers = _fetch_headers(checkout, workshop, postgres, step)
    _make(checkout, source, headers, postgres, step)
    _clear(checkout, workshop)


def _clear(checkout: Checkout, workshop: Path) -> None:
    """Installing leaves files of root's in there."""
    if workshop.exists():
        shell.run(shell.as_root(["rm", "-rf", workshop]), log=checkout.log("pgvector"))


def _fetch_source(checkout: Checkout, workshop: Path, step: Step) -> Path:
    codename = packages.os_release().get("VERSION_CODENAME", "")
    log = checkout.log("pgvector")
    machine = apt_sources.read_machine()
    for suite in NEWER_SUITES.get(codename, ()):
        stanzas = apt_sources.newer_suite(machine, codename, suite)
        if stanzas and _download(workshop / suite, stanzas, log, step):
            return next((workshop / suite).glob("pgvector_*.orig.tar.*"))
    raise Failure(
        "No source package of pgvector was found in a newer release of this distribution.",
        f"Install pgvector 0.8 or newer for PostgreSQL by hand, or: {packages.ELSEWHERE}",
        log,
    )


def _download(place: Path, stanzas: str, log: Path, step: Step) -> bool:
    """Ask the suite for the source; False when it has none, so that the next suite can be asked."""
    apt = _private_apt(place, stanzas)
    try:
        shell.run(["apt-get", *apt, "update"], log=log, step=step)
        shell.run(["apt-get", *apt, "source", "--download-only", "pgvector"], log=log, step=step, cwd=place)
    except Failure:
        return False
    return True


def _private_apt(place: Path, stanzas: str) -> list[str]:
    """Options that keep every file apt reads as a source or writes as state inside `place`."""
    for folder in ("parts", "lists/partial", "cache/archives/partial"):
        (place / folder).mkdir(parents=True)
    (place / "parts" / "newer.sources").write_text(stanzas, encoding="utf-8")
    (place / "none.list").touch()
    settings = {
        "Dir::Etc::SourceList": place / "none.list",
        "Dir::Etc::SourceParts": place / "parts",
        "Dir::State::Lists": place / "lists",
        "Dir::Cache": place / "cache",
        "APT::Sandbox::User": "root",
    }
    return [f"-o{name}={value}" for name, value in settings.items()]


def _unpack(checkout: Checkout, archive: Path, place: Path) -> Path:
    place.mkdir()
    shell.run(["tar", "--extract", "--file", archive, "--directory", place], log=checkout.log("pgvector"))
    return next(place.iterdir())


def _fetch_headers(checkout: Checkout, workshop: Path, postgres: int, step: Step) -> Path:
    """The server's headers, unpacked beside the source: their package would bring two compilers along."""
    place = workshop / "headers"
    place.mkdir()
    log = checkout.log("pgvector")
    names = [f"postgresql-server-dev-{postgres}", "libpq-dev"]
    shell.run(["apt-get", "-oAPT::Sandbox::User=root", "download", *names], log=log, step=step, cwd=place)
    for package in place.glob("*.deb"):
        shell.run(["dpkg-deb", "--extract", package, place], log=log, step=step)
    return place / "usr" / "include" / "postgresql"


def _make(checkout: Checkout, source: Path, headers: Path, postgres: int, step: Step) -> None:
    """Compile for any processor of this kind, without the just-in-time copy of the code, and install."""
    variables = [
        f"PG_CONFIG={packages.POSTGRES_HOME}/{postgres}/bin/pg_config",
        f"includedir_server={headers}/{postgres}/server",
        f"includedir_internal={headers}/internal -I{headers}",
        "with_llvm=no",
        "OPTFLAGS=",
    ]
    log = checkout.log("pgvector")
    advice = "The compiler's words are in the log. Report them with the name and version of your distribution."
    make = ["make", "--directory", str(source), *variables]
    shell.run([*make, f"--jobs={os.cpu_count() or 1}"], log=log, step=step, advice=advice)
    shell.run(shell.as_root([*make, "install"]), log=log, step=step, advice=advice)
