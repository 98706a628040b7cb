"""Writing pages, and counting who reads them."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from redis.exceptions import RedisError

from apps.support import permissions
from apps.support.models import Page
from apps.support.rules import content
from apps.support.selectors import pages as selectors
from apps.support.services import refusals
from ghar import json_shapes
from ghar.actors import Actor
from ghar.db import locks
from ghar.errors import Invalid
from ghar.shared_redis import redis_client, redis_is_resting, rest_redis

_NEVER_NULL = ("title", "content", "format", "is_active", "is_draft", "is_private")
_VIEWS = "ghar:support:page-views"
"""A Redis hash: how often each page was read since that was last stored."""


@transaction.atomic
def create_page(*, actor: Actor, unique_name: str, **values: Any) -> Page:
    """Write a page under a name. One that was taken down is written anew.

    Raises OnlyAdmins, PageNameTaken, and Invalid for JSON content that is none and settings that are no object.
    """
    _insist_on_admin(actor)
    locks.hold(f"page {unique_name}")
    page = Page.objects.filter(unique_name=unique_name).first() or Page(unique_name=unique_name, is_active=False)
    if page.is_active:
        raise refusals.PageNameTaken(unique_name)
    page.created_by = actor.user
    return _write(actor, page, values)


@transaction.atomic
def update_page(*, actor: Actor, unique_name: str, changes: Mapping[str, Any]) -> Page:
    """Write the given fields of a page that was not taken down. Raises OnlyAdmins, PageNotFound, Invalid."""
    _insist_on_admin(actor)
    return _write(actor, _locked(selectors.named(unique_name).filter(is_active=True)), changes)


@transaction.atomic
def correct_page(*, actor: Actor, page_id: int, changes: Mapping[str, Any]) -> Page:
    """The same for any page, also one that was taken down. Raises OnlyAdmins, PageNotFound, Invalid."""
    _insist_on_admin(actor)
    return _write(actor, _locked(Page.objects.filter(pk=page_id)), changes)


def take_page_down(*, actor: Actor, unique_name: str) -> Page:
    """Nobody reads the page any more, and its name is free. Raises OnlyAdmins, PageNotFound."""
    return update_page(actor=actor, unique_name=unique_name, changes={"is_active": False})


def read_page(*, actor: Actor, unique_name: str) -> Page:
    """A page for the public, with this reading counted. Raises PageNotFound."""
    page = selectors.get_public_page(unique_name)
    page.view_count += _count(page.pk)
    return page


def system_store_views() -> int:
    """Add the readings that were counted to the pages; how many. A crash in the middle may add some twice."""
    views = _counted()
    if not views:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pages SET view_count = view_count + v.views "
            "FROM unnest(%s::bigint[], %s::bigint[]) AS v (id, views) WHERE pages.id = v.id",
            [list(views), list(views.values())],
        )
    for page_id, count in views.items():
        redis_client().hincrby(_VIEWS, str(page_id), -count)
    return sum(views.values())


def _insist_on_admin(actor: Actor) -> None:
    if not permissions.can_edit(actor):
        raise refusals.OnlyAdmins


def _locked(wanted: QuerySet[Page]) -> Page:
    page = wanted.select_for_update().first()
    if page is None:
        raise selectors.PageNotFound
    return page


def _write(actor: Actor, page: Page, values: Mapping[str, Any]) -> Page:
    for name, value in values.items():
        if value is not None or name not in _NEVER_NULL:
            setattr(page, name, value)
    json_shapes.insist_on_object("custom_config", page.custom_config)
    page.content = _cleaned(page)
    page.updated_by = actor.user
    page.save()
    return page


def _cleaned(page: Page) -> str:
    try:
        return content.cleaned(page.format, page.content)
    except content.NotJSON as wrong:
        raise Invalid.field("content", "The content of a JSON page must be JSON.") from wrong


def _count(page_id: int) -> int:
    """Count one reading; answers how many are not stored yet. While Redis is away none is counted."""
    if redis_is_resting():
        return 0
    try:
        return int(redis_client().hincrby(_VIEWS, str(page_id), 1))
    except RedisError as fault:
        rest_redis(fault)
        return 0


def _counted() -> dict[int, int]:
    views = {int(page_id): int(count) for page_id, count in redis_client().hgetall(_VIEWS).items()}
    return {page_id: count for page_id, count in views.items() if count > 0}
