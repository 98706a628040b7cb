"""Entering the releases of the client apps."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from apps.support import permissions
from apps.support.models import AppVersion
from apps.support.rules import versions as rules
from apps.support.selectors.versions import VersionNotFound
from apps.support.services import refusals
from ghar.actors import Actor
from ghar.db import locks
from ghar.errors import Invalid

_NEVER_NULL = ("is_mandatory", "is_active")
_NEVER_BLANK = ("download_url", "min_supported_version")
_NAMES = ("app", "platform", "version", "build_number")


@transaction.atomic
def create_version(*, actor: Actor, **values: Any) -> AppVersion:
    """Enter a release. Raises OnlyAdmins, VersionExists, and Invalid for versions that cannot be, or be compared."""
    _insist_on_admin(actor)
    name = {key: values.get(key) for key in _NAMES}
    locks.hold(f"app version {sorted(name.items())}")
    if AppVersion.objects.filter(**name).exists():
        raise refusals.VersionExists
    return _write(AppVersion(), values)


@transaction.atomic
def update_version(*, actor: Actor, version_id: int, changes: Mapping[str, Any]) -> AppVersion:
    """Write the given fields. Raises OnlyAdmins, VersionNotFound, Invalid."""
    _insist_on_admin(actor)
    release = AppVersion.objects.select_for_update().filter(pk=version_id).first()
    if release is None:
        raise VersionNotFound(version_id)
    return _write(release, changes)


def _insist_on_admin(actor: Actor) -> None:
    if not permissions.can_edit(actor):
        raise refusals.OnlyAdmins


def _write(release: AppVersion, values: Mapping[str, Any]) -> AppVersion:
    for name, value in values.items():
        if value is not None or name not in _NEVER_NULL:
            setattr(release, name, (value or None) if name in _NEVER_BLANK else value)
    offered = _read("version", release.version)
    if release.min_supported_version and _read("min_supported_version", release.min_supported_version) > offered:
        raise Invalid.field("min_supported_version", "Must not be above the version itself.")
    release.save()
    return release


def _read(field: str, text: str) -> rules.Version:
    try:
        return rules.read(text)
    except rules.Unreadable as wrong:
        raise Invalid.field(field, "Must begin with numbers, for instance 2.4.1.") from wrong
