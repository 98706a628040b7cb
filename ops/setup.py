"""The stages that turn a bare machine into one that can run or test Ghar; each is skipped once it is done."""

from collections.abc import Iterable

from ops import console, local_env, models, packages, pgvector, python_env, shell
from ops.console import Failure
from ops.services import Services


def prepare(services: Services, *, browser: bool = False) -> None:
    """Everything that has to be there before a process of the project can start."""
    checkout = services.checkout
    checkout.make_directories()
    install_packages(services, browser=browser)
    if not python_env.is_borrowed(checkout) and not python_env.is_current(checkout):
        with console.step("Python packages") as step:
            python_env.ensure(checkout, step)
    models.ensure_or_warn(checkout)
    if browser and not python_env.browser(checkout):
        with console.step("Chromium for the tests") as step:
            python_env.fetch_browser(checkout, step)
    if browser and python_env.has_journeys(checkout) and not python_env.journeys_are_current(checkout):
        with console.step("Node packages of the journeys") as step:
            python_env.ensure_journeys(checkout, step)
    local_env.secret_key(checkout)


def install_packages(services: Services, *, browser: bool = False) -> None:
    """System packages: asked for by name, so that a machine that has them needs neither apt nor root."""
    if not packages.has_apt():
        return _insist_on_what_is_there(services)
    wanted = packages.for_python()
    if not services.own_postgres:
        wanted += packages.for_geography()
    if services.own_redis:
        wanted += packages.for_redis()
    if browser:
        wanted += packages.for_browser_tests()
    return _install_with_database(services, wanted)


def install_database(services: Services) -> None:
    """PostgreSQL with its extensions and nothing else, as an image of the database needs it."""
    services.checkout.make_directories()
    _install_with_database(services, [])


def _install_with_database(services: Services, wanted: list[str]) -> None:
    if packages.missing(wanted) or _lacks_postgres(services) or _lacks_vector(services):
        shell.ask_for_rights()
        with console.step("System package lists") as step:
            packages.refresh(services.checkout, step)
        _install(services, wanted + _postgres_packages(services))
    if _lacks_vector(services):
        _build_vector(services)


def _lacks_postgres(services: Services) -> bool:
    return services.own_postgres and bool(packages.missing(_postgres_packages(services)) or not _version(services))


def _lacks_vector(services: Services) -> bool:
    return services.own_postgres and not pgvector.is_installed(_version(services))


def _version(services: Services) -> int:
    return services.cluster.version


def _postgres_packages(services: Services) -> list[str]:
    """The server, and pgvector with it where the distribution has a new enough one, else what builds it."""
    if not services.own_postgres:
        return []
    version = _version(services)
    if not version:
        return ["postgresql"]
    if pgvector.is_installed(version):
        return packages.for_postgres(version)
    vector = pgvector.packaged(version)
    return packages.for_postgres(version) + ([vector] if vector else list(pgvector.BUILD_PACKAGES))


def _install(services: Services, wanted: Iterable[str]) -> None:
    absent = packages.missing(wanted)
    if absent:
        with console.step("System packages") as step:
            step.note = " ".join(absent)
            packages.install(services.checkout, absent, step)


def _build_vector(services: Services) -> None:
    with console.step("pgvector from source") as step:
        pgvector.build(services.checkout, _version(services), step)
        step.note = pgvector.installed_version(_version(services))


def _insist_on_what_is_there(services: Services) -> None:
    if services.own_postgres or services.own_redis:
        raise Failure(
            "This system has no apt, so bin/ghar can neither install PostgreSQL nor Redis here.", packages.ELSEWHERE
        )
