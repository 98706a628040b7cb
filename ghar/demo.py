"""Demo data of every installed app that has some: a module `services.demo` with the functions called here.

`system_load_demo(progress)` adds what is missing and `system_clear_demo(progress)` takes it away; both answer how
many of what. Two more are optional: `system_demo_sign_ins()`, (part, phone, email, password) of those who can sign in,
and `system_readdress_demo()`, which makes addresses that it wrote down those of the present PUBLIC_BASE_URL and answers
how many of what.
"""

import importlib
import operator
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Model, ProtectedError, Q, QuerySet, RestrictedError
from django.utils.module_loading import module_has_submodule

from ghar.errors import NotAllowed
from ghar.progress import Progress

Counts = dict[str, int]


class DemoRefused(NotAllowed):
    """Demo sign-ins have public passwords, so production gets them only when somebody insists."""

    message = "This is production, and demo sign-ins have public passwords. Add --i-know if you mean it."


def load(progress: Progress, *, insist: bool = False) -> Counts:
    """Load the demo data of every app, ground floor first. Raises DemoRefused in production."""
    if settings.ENVIRONMENT == "production" and not insist:
        raise DemoRefused
    counts: Counts = {}
    for module in _modules():
        counts |= module.system_load_demo(progress)
    return counts


def readdress() -> Counts:
    """Bring the addresses in the demo data that is there to the present PUBLIC_BASE_URL; nothing is added."""
    counts: Counts = {}
    for module in _modules():
        if hasattr(module, "system_readdress_demo"):
            counts |= module.system_readdress_demo()
    return counts


def clear(progress: Progress) -> Counts:
    """Remove the demo data of every app, top floor first."""
    counts: Counts = {}
    for module in reversed(list(_modules())):
        counts |= module.system_clear_demo(progress)
    return counts


def sign_ins() -> list[tuple[str, str, str, str]]:
    """(part, phone, email, password) of the demo people that are loaded."""
    return [
        sign_in
        for module in _modules()
        if hasattr(module, "system_demo_sign_ins")
        for sign_in in module.system_demo_sign_ins()
    ]


@dataclass(frozen=True)
class Removed:
    """What became of demo rows: how many are gone, and by id what hangs on those that were kept."""

    gone: int
    kept: Mapping[int, set[str]]


def remove(rows: QuerySet[Any]) -> Removed:
    """Delete demo rows with what belongs to them.

    Kept is a row on which something real hangs: a row of any table that names a real person or any other row not
    flagged `is_seed_data`. What demo people did among themselves goes with them, unless a table protects it.
    """
    kept = _held(rows)
    free = list(rows.exclude(pk__in=kept).values_list("pk", flat=True))
    manager = rows.model._base_manager
    try:
        with transaction.atomic():
            manager.filter(pk__in=free).delete()
    except (ProtectedError, RestrictedError):
        kept |= {pk: held for pk in free if (held := _try_delete(manager.filter(pk=pk)))}
        return Removed(gone=sum(pk not in kept for pk in free), kept=kept)
    return Removed(gone=len(free), kept=kept)


def _try_delete(row: QuerySet[Any]) -> set[str]:
    """What keeps the row; nothing when it is gone."""
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as fault:
        return {_kind(held) for held in fault.protected_objects}
    except RestrictedError as fault:
        return {_kind(held) for held in fault.restricted_objects}
    return set()


def _kind(model: type[Model] | Model) -> str:
    return str(model._meta.verbose_name_plural)


def _held(rows: QuerySet[Any]) -> dict[int, set[str]]:
    held: dict[int, set[str]] = {}
    for relation in rows.model._meta.related_objects:
        pointing = relation.field
        if (real := _is_real(relation.related_model)) is not None:
            hanging = relation.related_model._base_manager.filter(real, **{f"{pointing.name}__in": rows})
            for pk in hanging.values_list(pointing.attname, flat=True).distinct():
                held.setdefault(pk, set()).add(_kind(relation.related_model))
    return held


def _is_real(model: type[Model]) -> Q | None:
    """The rows of a table that are real or name something real; None when its rows cannot be told apart."""
    conditions = [Q(is_seed_data=False)] if _has_flag(model) else []
    conditions += [
        Q(**{f"{column.name}__is_seed_data": False})
        for column in model._meta.concrete_fields
        if column.related_model is not None and _has_flag(column.related_model)
    ]
    return reduce(operator.or_, conditions) if conditions else None


def _has_flag(model: Any) -> bool:
    return any(column.name == "is_seed_data" for column in model._meta.concrete_fields)


def _modules() -> Iterator[ModuleType]:
    """`services.demo` of the apps that have one, in the order of INSTALLED_APPS."""
    for config in apps.get_app_configs():
        if config.module is None or not module_has_submodule(config.module, "services"):
            continue
        services = importlib.import_module(f"{config.name}.services")
        if module_has_submodule(services, "demo"):
            yield importlib.import_module(f"{config.name}.services.demo")
