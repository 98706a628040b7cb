"""This checkout's own PostgreSQL: a durable cluster in `var/postgres`, on a port of its own, for no one else.

PostgreSQL refuses to run as root. Started by root, the cluster therefore belongs to the user `postgres`, and
lies below /var/lib/ghar when that user cannot reach the checkout; `var/postgres` then points there.
"""

import os
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ops import local_env, packages, ports, shell
from ops.checkout import Checkout
from ops.console import Failure, Step

ROLE = "ghar"
DATABASE = "ghar"
UNPRIVILEGED_USER = "postgres"
OUTSIDE = Path("/var/lib/ghar")
EXTENSIONS = ("postgis", "vector", "pg_trgm", "unaccent", "btree_gist", "pg_stat_statements")
SETTINGS = {
    "listen_addresses": "'127.0.0.1'",
    "unix_socket_directories": "''",
    "max_connections": "200",
    "shared_preload_libraries": "'pg_stat_statements'",
    "shared_buffers": "'256MB'",
    "effective_cache_size": "'1GB'",
    "work_mem": "'16MB'",
    "maintenance_work_mem": "'128MB'",
    "max_wal_size": "'2GB'",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_locks_per_transaction": "256",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "log_min_duration_statement": "'2s'",
}


@dataclass(frozen=True)
class Cluster:
    """The cluster of one checkout. Its URL in `var/local.env` is the only record of its port and password."""

    checkout: Checkout

    @property
    def door(self) -> Path:
        """Where the checkout keeps its cluster: a folder, or a link to one that its owner can reach."""
        return self.checkout.var / "postgres"

    @property
    def home(self) -> Path:
        return self.door.resolve()

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def url(self) -> str:
        return local_env.read(self.checkout.local_env).get("DATABASE_URL", "")

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 0

    @property
    def version(self) -> int:
        """The major version of the data if there is any, else the one to make it with."""
        return int(made_with(self) or packages.postgres_version())

    def program(self, name: str) -> str:
        """A program of this version, such as `pg_ctl`."""
        return str(packages.POSTGRES_HOME / str(self.version) / "bin" / name)


def made_with(cluster: Cluster) -> str:
    """The major version that made the data; empty when there is none yet."""
    try:
        return (cluster.data / "PG_VERSION").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def exists(cluster: Cluster) -> bool:
    return bool(made_with(cluster))


def is_running(cluster: Cluster) -> bool:
    return exists(cluster) and _as_owner([cluster.program("pg_ctl"), "status", "-D", cluster.data]) == 0


def ensure_running(cluster: Cluster, step: Step) -> bool:
    """Make the cluster if there is none, start it if it is down, see to its role, database and extensions.

    Answers whether it had to be started.
    """
    if not exists(cluster):
        _create(cluster, step)
    if is_running(cluster):
        return False
    _agree_on_url(cluster)
    _write_settings(cluster)
    _start(cluster, step)
    _prepare_database(cluster, step)
    return True


def stop(cluster: Cluster) -> None:
    """Stop it the way that ends open connections and loses nothing; fine when it is not running."""
    if is_running(cluster):
        _as_owner([cluster.program("pg_ctl"), "stop", "-D", cluster.data, "-m", "fast", "-w", "-t", "60"])


def destroy(cluster: Cluster) -> None:
    """Delete the cluster and every byte in it."""
    stop(cluster)
    shutil.rmtree(cluster.home, ignore_errors=True)
    if cluster.door.is_symlink():
        cluster.door.unlink()


def environment(url: str) -> dict[str, str]:
    """The environment in which psql and pg_dump find the database of this URL without a password on show."""
    parts = urlsplit(url)
    values = {
        "PGHOST": parts.hostname or "127.0.0.1",
        "PGPORT": str(parts.port or 5432),
        "PGUSER": parts.username or "",
        "PGPASSWORD": parts.password or "",
        "PGDATABASE": parts.path.lstrip("/"),
    }
    return os.environ | {name: value for name, value in values.items() if value}


def query(cluster: Cluster, url: str, statement: str) -> str:
    """The bare answer of one statement, asked through psql; empty when it cannot be asked."""
    return shell.output(["psql", "-XtA", "-c", statement], env=environment(url))


def _create(cluster: Cluster, step: Step) -> None:
    """Run initdb in a fresh directory that only becomes `data` when it is complete."""
    if not cluster.version:
        raise Failure("No PostgreSQL is installed and apt knows none.", packages.ELSEWHERE)
    _make_home(cluster)
    draft = cluster.home / "draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    _give_to_owner(draft)
    password = _password_file(cluster)
    initdb = [cluster.program("initdb"), f"--pgdata={draft}", f"--username={ROLE}", "--auth=scram-sha-256"]
    _run_as_owner([*initdb, f"--pwfile={password}", "--encoding=UTF8", "--locale=C.UTF-8"], cluster, step)
    password.unlink()
    with (draft / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write("\ninclude_if_exists = 'ghar.conf'\n")
    draft.rename(cluster.data)


def _make_home(cluster: Cluster) -> None:
    if not cluster.door.is_dir():
        cluster.door.unlink(missing_ok=True)
        if _owner_can_reach(cluster.checkout.var):
            cluster.door.mkdir()
        else:
            OUTSIDE.mkdir(parents=True, exist_ok=True)
            cluster.door.symlink_to(tempfile.mkdtemp(prefix=f"{cluster.checkout.digest}-", dir=OUTSIDE))
    cluster.home.chmod(0o755)
    _give_to_owner(cluster.home)


def _owner_can_reach(place: Path) -> bool:
    """Whether every folder on the way lets others pass; only asked when the owner is another user."""
    way = [place.resolve(), *place.resolve().parents]
    return not shell.is_root() or all(folder.stat().st_mode & 0o001 for folder in way)


def _password_file(cluster: Cluster) -> Path:
    """A file with the role's password, readable by the owner alone, for the time of initdb."""
    path = cluster.home / "password"
    path.touch(mode=0o600)
    path.write_text(_agree_on_password(cluster) + "\n", encoding="utf-8")
    _give_to_owner(path)
    return path


def _agree_on_password(cluster: Cluster) -> str:
    if not cluster.url:
        local_env.update(cluster.checkout, DATABASE_URL=_url(cluster, secrets.token_hex(16)))
    return urlsplit(cluster.url).password or ""


def _agree_on_url(cluster: Cluster) -> None:
    """Keep the remembered port while it is free, else move; a lost password is set anew."""
    if not cluster.url:
        password = _agree_on_password(cluster)
        statement = f"ALTER ROLE {ROLE} PASSWORD '{password}';"
        single = [cluster.program("postgres"), "--single", "-D", str(cluster.data), "postgres"]
        subprocess.run(single, input=statement.encode(), capture_output=True, check=True, **_owner())
    elif not ports.is_free(cluster.port):
        local_env.update(cluster.checkout, DATABASE_URL=_url(cluster, urlsplit(cluster.url).password or ""))


def _url(cluster: Cluster, password: str) -> str:
    port = ports.private(cluster.checkout, offset=0)
    return f"postgres://{ROLE}:{password}@127.0.0.1:{port}/{DATABASE}"


def _write_settings(cluster: Cluster) -> None:
    settings = SETTINGS | {"port": str(cluster.port)}
    path = cluster.data / "ghar.conf"
    path.write_text("".join(f"{name} = {value}\n" for name, value in settings.items()), encoding="utf-8")
    _give_to_owner(path)


def _start(cluster: Cluster, step: Step) -> None:
    try:
        start = [cluster.program("pg_ctl"), "start", f"--pgdata={cluster.data}", f"--log={cluster.log}"]
        _run_as_owner([*start, "--wait", "--timeout=120"], cluster, step)
    except Failure as failure:
        failure.what = "PostgreSQL did not start."
        failure.log = cluster.log if cluster.log.exists() else failure.log
        raise


def _prepare_database(cluster: Cluster, step: Step) -> None:
    maintenance = environment(cluster.url) | {"PGDATABASE": "postgres"}
    psql = [cluster.program("psql"), "-XtA", "-v", "ON_ERROR_STOP=1"]
    log = cluster.checkout.log("postgres")
    there = shell.output([*psql, "-c", "SELECT datname FROM pg_database"], env=maintenance)
    if DATABASE not in there.split():
        shell.run([*psql, "-c", f"CREATE DATABASE {DATABASE}"], log=log, step=step, env=maintenance)
    statements = " ".join(f"CREATE EXTENSION IF NOT EXISTS {name};" for name in EXTENSIONS)
    shell.run([*psql, "-q", "-c", statements], log=log, step=step, env=environment(cluster.url))


def _owner() -> dict[str, Any]:
    """Arguments for `subprocess` that make the program run as the cluster's owner."""
    if not shell.is_root():
        return {"cwd": "/"}
    return {"cwd": "/", "user": UNPRIVILEGED_USER, "group": UNPRIVILEGED_USER, "extra_groups": []}


def _give_to_owner(path: Path) -> None:
    if shell.is_root():
        shutil.chown(path, UNPRIVILEGED_USER, UNPRIVILEGED_USER)


def _as_owner(command: shell.Command) -> int:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, **_owner())
    return int(done.returncode)


def _run_as_owner(command: shell.Command, cluster: Cluster, step: Step) -> None:
    shell.run(command, log=cluster.checkout.log("postgres"), step=step, **_owner())
