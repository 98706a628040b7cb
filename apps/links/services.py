"""The drawn pictures of listings. They are kept in Redis for a day under what is on them, so that none is ever old;
without Redis each is drawn anew."""

from typing import cast

import structlog
from redis.exceptions import RedisError

from apps.links.rules import cards
from apps.links.rules.cards import Card
from ghar.errors import DomainError
from ghar.shared_redis import redis_client, redis_is_resting, rest_redis
from ghar.storage import port
from ghar.storage.port import FileMissing, Space

log = structlog.get_logger(__name__)

KEEP_S = 86_400


def system_draw_card(card: Card) -> bytes:
    """The card as a JPEG."""
    if (kept := _find(card)) is not None:
        return kept
    drawn = cards.draw(card, _photo(card.photo_url))
    _keep(card, drawn)
    return drawn


def _photo(url: str | None) -> bytes | None:
    """A photograph of our own storage. Others are not fetched: nobody waits for them, or chooses what we ask."""
    storage = port.current()
    ours = storage.url("x").removesuffix("x")
    if not url or not url.startswith(ours):
        return None
    try:
        with storage.open(Space.PUBLIC, port.checked(url.removeprefix(ours))) as file:
            return file.read()
    except (FileMissing, DomainError, ValueError) as fault:
        log.warning("a listing's picture cannot be read", url=url, error=str(fault))
        return None


def _find(card: Card) -> bytes | None:
    if redis_is_resting():
        return None
    try:
        return cast("bytes | None", redis_client().get(_key(card)))
    except RedisError as fault:
        rest_redis(fault)
        return None


def _keep(card: Card, drawn: bytes) -> None:
    if redis_is_resting():
        return
    try:
        redis_client().set(_key(card), drawn, ex=KEEP_S)
    except RedisError as fault:
        rest_redis(fault)


def _key(card: Card) -> str:
    return f"ghar:links:card:{card.digest}"
