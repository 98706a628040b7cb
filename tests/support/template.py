"""One migrated database, copied by every test process: copying takes a tenth of migrating."""

import fcntl
import hashlib
import subprocess
import sys
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connections

ROOT = Path(settings.STATICFILES_DIRS[0]).parent


def use() -> None:
    """Point Django's test database at the template, making it first when migrations have changed.

    Tests do not wait for the disk on each commit, and a statement may take a minute, because a busy machine now and
    then stands still for longer than the web allows; everything else is as in service.
    """
    database = connections["default"].settings_dict
    name = f"{database['NAME']}_template_{_fingerprint()}"
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _exists(name):
            _make(name)
    database["TEST"]["TEMPLATE"] = name
    database["OPTIONS"]["options"] += " -c synchronous_commit=off -c statement_timeout=60000"


def copy(name: str) -> None:
    """Another database that has every table and no row, for processes that need one of their own."""
    template = connections["default"].settings_dict["TEST"]["TEMPLATE"]
    with _connect("postgres") as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def spare_the_disk() -> None:
    """Other processes on this test's database do not wait for the disk on each commit either."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")


def take_time() -> None:
    """Connections that are opened from now on may run a statement for as long as it takes."""
    connections["default"].settings_dict["OPTIONS"]["options"] += " -c statement_timeout=0"


def _fingerprint() -> str:
    folders = sorted(Path(app.path) for app in apps.get_app_configs())
    files = [file for folder in folders for file in sorted(folder.glob("migrations/*.py"))]
    return hashlib.sha256(b"".join(file.name.encode() + file.read_bytes() for file in files)).hexdigest()[:12]


def _connect(name: str) -> psycopg.Connection:
    database = connections["default"].settings_dict
    return psycopg.connect(
        dbname=name,
        user=database["USER"],
        password=database["PASSWORD"],
        host=database["HOST"],
        port=database["PORT"] or None,
        autocommit=True,
    )


def _exists(name: str) -> bool:
    with _connect("postgres") as server:
        return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _make(name: str) -> None:
    """Migrate under a working name and rename at the end, so that a template is either whole or not there."""
    draft = f"{name}_draft"
    with _connect("postgres") as server:
        server.execute(f'DROP DATABASE IF EXISTS "{draft}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{draft}"')
        _migrate(draft)
        server.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')


def _migrate(name: str) -> None:
    script = (
        "import django; from django.conf import settings; django.setup();"
        f"settings.DATABASES['default']['NAME'] = {name!r};"
        "from django.core.management import call_command; call_command('migrate', verbosity=0)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
