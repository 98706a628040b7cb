"""The checkout's own PostgreSQL is made once, has its extensions, keeps its data and survives a lost password."""

import pytest

from ops import local_env, packages, pgvector, postgres
from ops.checkout import Checkout
from ops.console import Step
from ops.postgres import Cluster

VERSION = packages.postgres_version()
INSTALLED = (packages.POSTGRES_HOME / str(VERSION) / "bin" / "initdb").exists() and pgvector.is_installed(VERSION)
pytestmark = pytest.mark.skipif(not INSTALLED, reason="this machine uses a given PostgreSQL")


def test_it_is_made_kept_and_stopped(checkout: Checkout) -> None:
    cluster = Cluster(checkout)
    assert postgres.ensure_running(cluster, Step("PostgreSQL"))
    extensions = postgres.query(cluster, cluster.url, "SELECT extname FROM pg_extension").split()
    assert set(postgres.EXTENSIONS) <= set(extensions)

    postgres.query(cluster, cluster.url, "CREATE TABLE kept AS SELECT 42 AS answer")
    postgres.stop(cluster)
    assert not postgres.is_running(cluster)

    checkout.local_env.unlink()
    assert postgres.ensure_running(cluster, Step("PostgreSQL"))
    assert "DATABASE_URL" in local_env.read(checkout.local_env)
    assert postgres.query(cluster, cluster.url, "SELECT answer FROM kept") == "42"
    assert not postgres.ensure_running(cluster, Step("PostgreSQL"))

    wrong = cluster.url.replace("ghar:", "ghar:wrong")
    assert postgres.query(cluster, wrong, "SELECT 1") == ""

    home = cluster.home
    postgres.destroy(cluster)
    assert not home.exists()
    assert not cluster.door.exists()
