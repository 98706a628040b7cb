"""Server-sent events: what happens to a person, with replay of what they missed.

The first frame gives the place in the stream, so that a client that drops at once can resume. A client that comes
back with `Last-Event-ID` gets everything since, and `event: reset` first when that may not be all: then it fetches
its lists again.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

import structlog
from django.conf import settings
from django.http import HttpRequest

from ghar.api.access import Access
from ghar.api.streams import Stream
from ghar.auth import tokens
from ghar.errors import Invalid
from ghar.realtime import entries
from ghar.realtime.callers import Caller, identify
from ghar.realtime.entries import Entry
from ghar.realtime.hub import Batch, Feed, ReaderEnded, hub
from ghar.realtime.places import Places

log = structlog.get_logger(__name__)

RETRY_MS = 2000
"""How long a client waits before it comes back, unless it knows better."""
RESET = b"event: reset\ndata: {}\n\n"
ALIVE = b": keep-alive\n\n"
ABSENT = frozenset({"", "null", "undefined"})


class EventStream(Stream):
    """The signed-in person's events."""

    access = Access.SIGNED_IN

    @asynccontextmanager
    async def open(self, request: HttpRequest) -> AsyncIterator[AsyncIterator[bytes]]:
        """Raises what `identify` raises, Invalid for a wrong id, TooManyReaders and RealtimeAway."""
        after = _place(request)
        caller = await identify(_token(request), self.access)
        with _places().taken():
            async with hub.feed(entries.user_stream(caller.user_id), after=after) as (feed, _):
                yield _frames(feed, caller)


@cache
def _places() -> Places:
    return Places("sse", settings.SSE_MOST)


def _token(request: HttpRequest) -> str:
    """A bearer in the header, or `?token=` from an EventSource, which cannot send one."""
    header = request.META.get("HTTP_AUTHORIZATION")
    if header is None and (token := request.GET.get("token")):
        return token
    return tokens.from_header(header)


def _place(request: HttpRequest) -> str | None:
    """Where the client was, by header or by `?last_event_id=`."""
    place = request.META.get("HTTP_LAST_EVENT_ID") or request.GET.get("last_event_id", "")
    if place in ABSENT:
        return None
    if not entries.is_id(place):
        raise Invalid.field("last_event_id", "This is not the id of an event.", where="query")
    return place


async def _frames(feed: Feed, caller: Caller) -> AsyncIterator[bytes]:
    """Frames until the token ends, or the person may no longer read: who comes back then is told why."""
    yield f"retry: {RETRY_MS}\nid: {feed.place}\n\n".encode()
    while (left := caller.seconds_left) > 0:
        try:
            batch = await feed.next(min(settings.KEEP_ALIVE_S, left))
        except ReaderEnded:
            log.info("a stream was ended", user_id=caller.user_id)
            return
        yield _rendered(batch)


def _rendered(batch: Batch) -> bytes:
    if not (batch.gap or batch.entries):
        return ALIVE
    return (RESET if batch.gap else b"") + b"".join(_frame(entry) for entry in batch.entries)


def _frame(entry: Entry) -> bytes:
    """JSON is one line by itself: a line end inside a text is escaped there."""
    return b"id: %b\nevent: %b\ndata: %b\n\n" % (entry.id.encode(), entry.name.encode(), entry.data)
