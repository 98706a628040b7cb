"""`bin/ghar doctor`: looks at the machine and the checkout, changes nothing, and says what to do."""

import platform as machine
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from ops import (
    console,
    local_env,
    models,
    packages,
    pgvector,
    ports,
    postgres,
    presence,
    python_env,
    redis_server,
    shell,
)
from ops.services import Services

GIGABYTE = 2**30
NEEDED_GIGABYTES = 4
OLDEST_REDIS = 6
UP_INSTALLS = "bin/ghar up installs it."
LOOK_AT_SERVER = "Is the server running, and is the password right?"


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `advice` is empty when there is nothing to do, `serious` ones fail the visit."""

    what: str
    advice: str = ""
    serious: bool = False


def visit(services: Services) -> int:
    """Print every finding; 1 when one is serious, else 0."""
    findings = list(examine(services))
    for finding in findings:
        mark = console.cross() if finding.serious else console.warning() if finding.advice else console.tick()
        console.say(f"{mark} {finding.what}" + (f"\n    {finding.advice}" if finding.advice else ""))
    serious = sum(finding.serious for finding in findings)
    console.say(f"\n{serious} to put right first." if serious else "\nNothing stands in the way.")
    return 1 if serious else 0


def examine(services: Services) -> Iterator[Finding]:
    yield _system()
    yield _python()
    yield _git()
    yield _rights()
    yield _disk(services)
    yield from _system_packages(services)
    yield _virtual_environment(services)
    yield _browser(services)
    yield _models(services)
    yield _postgres(services) if services.own_postgres else _given_postgres(services)
    yield _redis(services) if services.own_redis else _given_redis(services)
    yield _web(services)


def _system() -> Finding:
    name = packages.os_release().get("PRETTY_NAME", machine.platform())
    if packages.has_apt():
        return Finding(f"System: {name}, {machine.machine()}")
    return Finding(f"System: {name}, without apt", packages.ELSEWHERE)


def _python() -> Finding:
    return Finding(f"Python {machine.python_version()} ({sys.executable})")


def _git() -> Finding:
    version = shell.output(["git", "--version"])
    return Finding(version or "No git", "" if version else "Install git; the generated docs and releases use it.")


def _rights() -> Finding:
    if shell.is_root():
        return Finding("Started by root: the database belongs to the user `postgres`")
    if shutil.which("sudo"):
        return Finding("Started without root; sudo installs system packages")
    return Finding("Started without root, and there is no sudo", "System packages have to be there already.")


def _disk(services: Services) -> Finding:
    free = shutil.disk_usage(services.checkout.root).free / GIGABYTE
    if free >= NEEDED_GIGABYTES:
        return Finding(f"Disk: {free:.0f} GB free")
    return Finding(f"Disk: {free:.1f} GB free", f"Ghar with its tests takes {NEEDED_GIGABYTES} GB.", serious=True)


def _system_packages(services: Services) -> Iterator[Finding]:
    for package in packages.for_python():
        yield Finding(f"Package {package} is missing", UP_INSTALLS)
    if services.own_postgres:
        yield _postgres_packages(services)
    if services.own_redis:
        found = shutil.which("redis-server")
        version = shell.output(["redis-server", "--version"]).partition("v=")[2].partition(" ")[0]
        yield Finding(f"Redis {version} is installed" if found else "Redis is missing", "" if found else UP_INSTALLS)


def _postgres_packages(services: Services) -> Finding:
    version = services.cluster.version
    missing = packages.missing(packages.for_postgres(version)) if version else ["postgresql"]
    if missing:
        return Finding(f"Missing for PostgreSQL: {' '.join(missing)}", UP_INSTALLS)
    vector = pgvector.installed_version(version)
    if not pgvector.is_installed(version):
        return Finding(f"pgvector for PostgreSQL {version}: {vector or 'none'}", "bin/ghar up installs 0.8 or newer.")
    return Finding(f"PostgreSQL {version} with PostGIS and pgvector {vector} is installed")


def _virtual_environment(services: Services) -> Finding:
    venv = services.checkout.venv
    if not venv.exists():
        return Finding("No virtual environment yet", "bin/ghar up makes it.")
    if python_env.is_borrowed(services.checkout):
        return Finding(f"{venv} is a link to {venv.resolve()}, and is used as it is")
    if not python_env.is_current(services.checkout):
        return Finding(
            f"{venv} does not hold what {python_env.REQUIREMENTS} asks for", "bin/ghar up brings it up to date."
        )
    return Finding(f"{venv} holds what {python_env.REQUIREMENTS} asks for")


def _browser(services: Services) -> Finding:
    found = python_env.browser(services.checkout)
    if found:
        return Finding(f"Browser for the tests: {found}")
    return Finding("No Chromium for the browser tests", "bin/ghar test installs it.")


def _models(services: Services) -> Finding:
    checkout = services.checkout
    if not models.are_wanted(checkout):
        return Finding(f"Embedding model: {local_env.effective(checkout, 'EMBEDDER')}, by its own settings")
    if models.are_there(checkout):
        return Finding(f"Embedding model: {models.place(checkout)}")
    return Finding("No weights of the embedding model", f"bin/ghar setup fetches them. {models.WITHOUT}")


def _postgres(services: Services) -> Finding:
    cluster = services.cluster
    if not postgres.exists(cluster):
        return Finding("No database cluster yet", "bin/ghar up makes it.")
    if not postgres.is_running(cluster):
        return _asleep("PostgreSQL", cluster.port)
    return _extensions(services, cluster.url)


def _given_postgres(services: Services) -> Finding:
    url = local_env.given(services.checkout, "DATABASE_URL")
    if not shutil.which("psql"):
        return Finding(f"DATABASE_URL is given: {shown(url)}", "It was not looked at, because psql is not installed.")
    return _extensions(services, url)


def _extensions(services: Services, url: str) -> Finding:
    version = postgres.query(services.cluster, url, "SHOW server_version")
    if not version:
        return Finding(f"{shown(url)} does not answer", LOOK_AT_SERVER, serious=True)
    names = postgres.query(services.cluster, url, "SELECT name FROM pg_available_extensions").split()
    lacking = [name for name in postgres.EXTENSIONS if name not in names]
    if lacking:
        advice = "Install these extensions on that server."
        return Finding(f"{shown(url)} lacks {', '.join(lacking)}", advice, serious=True)
    return Finding(f"{shown(url)} answers: PostgreSQL {version} with all extensions")


def _redis(services: Services) -> Finding:
    url = services.redis.url
    if not url:
        return Finding("No Redis of this checkout yet", "bin/ghar up makes it.")
    if not redis_server.is_running(services.redis):
        return _asleep("Redis", urlsplit(url).port or 0)
    return _given_redis(services)


def _given_redis(services: Services) -> Finding:
    url = local_env.effective(services.checkout, "REDIS_URL")
    version = redis_server.information(url, "redis_version")
    if not version:
        return Finding(
            f"{shown(url)} does not answer", "Is the server running, and is the password right?", serious=True
        )
    if pgvector.version_numbers(version) < (OLDEST_REDIS,):
        return Finding(f"{shown(url)} is Redis {version}", f"Ghar needs {OLDEST_REDIS} or newer.", serious=True)
    return Finding(f"{shown(url)} answers: Redis {version}")


def _asleep(name: str, port: int) -> Finding:
    if port and not ports.is_free(port):
        return Finding(f"{name} is down and another program took port {port}", "bin/ghar up moves to another port.")
    return Finding(f"{name} is down; port {port} is free for it")


def _web(services: Services) -> Finding:
    checkout = services.checkout
    base = presence.base_url(checkout)
    if presence.is_up(checkout):
        status, body = presence.health(checkout)
        if status == 200:
            return Finding(f"{base} is ready")
        return Finding(
            f"{base} is not ready ({status or 'no answer'}: {body[:200]})", f"Read {checkout.log('processes')}"
        )
    port = int(base.rpartition(":")[2])
    if not ports.is_free(port):
        return Finding(f"Ghar is down and port {port} is taken", "bin/ghar up takes the next free port and says so.")
    return Finding(f"Ghar is down; port {port} is free for it")


def shown(url: str) -> str:
    """A URL without its password."""
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":***@") if parts.password else url
