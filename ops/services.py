"""PostgreSQL and Redis of this checkout, started for whoever needs them and stopped by the last one to leave.

Every command that uses them holds a shared lock while it does. The operating system drops the lock of a
command that crashed, so nothing is ever thought to be in use when it is not.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO
from urllib.parse import urlsplit

from ops import console, local_env, ports, postgres, redis_server
from ops.checkout import Checkout
from ops.console import Failure

USUAL_PORTS = {"DATABASE_URL": 5432, "REDIS_URL": 6379}


@dataclass(frozen=True)
class Services:
    """The services of one checkout, and which of them it runs itself."""

    checkout: Checkout

    @property
    def cluster(self) -> postgres.Cluster:
        return postgres.Cluster(self.checkout)

    @property
    def redis(self) -> redis_server.Server:
        return redis_server.Server(self.checkout)

    @property
    def own_postgres(self) -> bool:
        """False when somebody gave a DATABASE_URL: then no server is ours to start."""
        return not local_env.given(self.checkout, "DATABASE_URL")

    @property
    def own_redis(self) -> bool:
        return not local_env.given(self.checkout, "REDIS_URL")


@contextmanager
def alone(checkout: Checkout, at: str = "setup") -> Iterator[None]:
    """Only one command at a time sets up (or tests) in a checkout; the others wait here."""
    checkout.make_directories()
    with (checkout.run / f"{at}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.say(f"Another bin/ghar of this checkout is at its {at}; waiting for it ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def in_use(services: Services) -> Iterator[None]:
    """Have the services running inside the block. Must not be entered while `alone` is held."""
    services.checkout.make_directories()
    with (services.checkout.run / "services.lock").open("w") as lock:
        with alone(services.checkout):
            fcntl.flock(lock, fcntl.LOCK_SH)
            try:
                start(services)
            except BaseException:
                _leave(services, lock)
                raise
        try:
            yield
        finally:
            with alone(services.checkout):
                _leave(services, lock)


def start(services: Services) -> None:
    """Start what is this checkout's own; of a given server only see that somebody listens there."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        if given := local_env.given(services.checkout, name):
            _insist_that_somebody_listens(name, given)
    if services.own_postgres:
        with console.step("PostgreSQL") as step:
            started = postgres.ensure_running(services.cluster, step)
            step.note = f"port {services.cluster.port}" + ("" if started else ", was running")
    if services.own_redis:
        with console.step("Redis") as step:
            started = redis_server.ensure_running(services.redis, step)
            step.note = f"port {services.redis.url.rpartition(':')[2].partition('/')[0]}"
            step.note += "" if started else ", was running"


def stop(services: Services) -> bool:
    """Stop both, whoever started them; did any run? Only this checkout's own servers are ever touched."""
    had_redis, had_postgres = redis_server.is_running(services.redis), postgres.is_running(services.cluster)
    if had_redis:
        with console.step("Stop Redis"):
            redis_server.stop(services.redis)
    if had_postgres:
        with console.step("Stop PostgreSQL"):
            postgres.stop(services.cluster)
    return had_redis or had_postgres


def _insist_that_somebody_listens(name: str, url: str) -> None:
    parts = urlsplit(url)
    try:
        place = (parts.hostname or "", parts.port or USUAL_PORTS[name])
    except ValueError as error:
        raise Failure(f"{name} is not a URL of a server: {error}", "Correct it.") from error
    if place[0] and not ports.answers(*place):
        raise Failure(
            f"Nobody listens at {place[0]}:{place[1]}, where {name} points.",
            f"Start that server, or take {name} away: then this checkout runs one of its own.",
        )


def _leave(services: Services, lock: TextIO) -> None:
    """Give the lock back; whoever can then have it alone was the last user and turns the lights off."""
    fcntl.flock(lock, fcntl.LOCK_UN)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    stop(services)
