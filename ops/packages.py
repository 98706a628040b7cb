"""The system packages Ghar needs, and how they get onto a Debian or Ubuntu machine without side effects.

Installing PostgreSQL or Redis normally starts a system-wide server. While packages are being installed here,
no service may start and no default database cluster is made; whatever already runs is left alone.
"""

import ctypes.util
import importlib.util
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ops import shell
from ops.checkout import Checkout
from ops.console import Step

POLICY = Path("/usr/sbin/policy-rc.d")
POLICY_TEXT = "#!/bin/sh\n# Made by bin/ghar for the time of one installation: start no service.\nexit 101\n"
NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/ghar.conf")
NO_CLUSTER_TEXT = "# Made by bin/ghar for the time of one installation.\ncreate_main_cluster = false\n"
SYSTEMD = Path("/run/systemd/system")
OLDEST_POSTGRES = 15
ELSEWHERE = "Use `docker compose up` in deploy/compose, or set DATABASE_URL and REDIS_URL to servers of your own."
QUIETLY = ("env", "DEBIAN_FRONTEND=noninteractive", "NEEDRESTART_SUSPEND=1")
PATIENTLY = "-oDPkg::Lock::Timeout=300"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
POSTGRES_HOME = Path("/usr/lib/postgresql")


def os_release() -> dict[str, str]:
    """The fields of /etc/os-release, such as ID and VERSION_CODENAME; empty where there is no such file."""
    path = Path("/etc/os-release")
    if not path.exists():
        return {}
    pairs = (line.partition("=") for line in path.read_text(encoding="utf-8").splitlines())
    return {key: value.strip().strip('"') for key, separator, value in pairs if separator}


def has_apt() -> bool:
    return shutil.which("apt-get") is not None


def installed(package: str) -> bool:
    status = shell.output(["dpkg-query", "--show", "--showformat=${db:Status-Status}", package])
    return status == "installed"


def candidate(package: str) -> str:
    """The version apt would install, such as `0.8.0-1`; empty when apt knows none."""
    match = re.search(r"Candidate: (\S+)", shell.output(["apt-cache", "policy", package], env=shell.plain_english()))
    return match[1] if match and match[1] != "(none)" else ""


def chromium() -> str:
    """The path of a Chromium the browser tests can drive; empty when the machine has none."""
    return next((path for name in CHROMIUMS if (path := shutil.which(name))), "")


def for_python() -> list[str]:
    """What `python -m venv` needs for the interpreter that is running."""
    if importlib.util.find_spec("ensurepip"):
        return []
    return [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]


def for_geography() -> list[str]:
    """The C libraries GeoDjango loads; the PostGIS packages bring them too."""
    return [] if ctypes.util.find_library("gdal") else ["gdal-bin"]


def for_postgres(version: int) -> list[str]:
    return [f"postgresql-{version}", f"postgresql-{version}-postgis-3"]


def for_redis() -> list[str]:
    return [] if shutil.which("redis-server") else ["redis-server"]


def for_browser_tests() -> list[str]:
    """Chromium where the distribution packages it; Ubuntu's package of that name only fetches a snap."""
    family = {os_release().get("ID", ""), *os_release().get("ID_LIKE", "").split()}
    return [] if chromium() or "ubuntu" in family else ["chromium"]


def postgres_version() -> int:
    """The major version to use: the newest on the machine, else the distribution's; 0 if there is none."""
    there = [int(home.name) for home in POSTGRES_HOME.glob("[0-9]*") if (home / "bin" / "postgres").exists()]
    fit = [version for version in there if version >= OLDEST_POSTGRES]
    if fit:
        return max(fit)
    depends = shell.output(["apt-cache", "depends", "postgresql"], env=shell.plain_english())
    match = re.search(r"Depends: postgresql-(\d+)", depends)
    return int(match[1]) if match else 0


def missing(packages: Iterable[str]) -> list[str]:
    return [package for package in packages if not installed(package)]


def refresh(checkout: Checkout, step: Step) -> None:
    """Fetch the machine's package lists once, so that candidates are known."""
    shell.run(
        shell.as_root(["apt-get", PATIENTLY, "update"]),
        log=checkout.log("packages"),
        step=step,
        advice="Check the network and the sources in /etc/apt, then try again.",
    )


def install(checkout: Checkout, packages: Iterable[str], step: Step) -> None:
    """Install what is missing, and nothing it merely recommends; no service starts."""
    wanted = missing(packages)
    if not wanted:
        return
    redis_is_new = "redis-server" in wanted
    command = ["apt-get", PATIENTLY, "install", "--yes", "--no-install-recommends", *wanted]
    with _no_service_starts(checkout):
        finish = shell.as_root([*QUIETLY, "dpkg", "--configure", "--pending"])
        shell.run(finish, log=checkout.log("packages"), step=step)
        shell.run(
            shell.as_root([*QUIETLY, *command]),
            log=checkout.log("packages"),
            step=step,
            advice=f"Run `{shell.shown(shell.as_root(command))}` by hand and see what apt says.",
        )
    if redis_is_new and SYSTEMD.exists():
        shell.run(shell.as_root(["systemctl", "disable", "redis-server"]), log=checkout.log("packages"))


@contextmanager
def _no_service_starts(checkout: Checkout) -> Iterator[None]:
    """Put up the two signs Debian's packages respect, and take down those that were not there before."""
    signs = [(NO_CLUSTER, NO_CLUSTER_TEXT, "644")]
    if not _someone_elses(POLICY):
        signs.append((POLICY, POLICY_TEXT, "755"))
    log = checkout.log("packages")
    draft = checkout.build / "sign"
    try:
        for path, text, mode in signs:
            draft.write_text(text, encoding="utf-8")
            shell.run(shell.as_root(["install", "-D", "-m", mode, draft, path]), log=log)
        yield
    finally:
        shell.run(shell.as_root(["rm", "-f", *(path for path, _, _ in signs)]), log=log)
        draft.unlink(missing_ok=True)


def _someone_elses(path: Path) -> bool:
    with suppress(FileNotFoundError):
        return path.read_text(encoding="utf-8") != POLICY_TEXT
    return False
