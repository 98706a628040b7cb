"""GeoDjango's PostgreSQL backend that notices a dead connection without asking the server."""

import select
import time
from collections import OrderedDict
from typing import Any

from django.contrib.gis.db.backends.postgis import base as postgis
from psycopg.pq import ConnStatus

A_MOMENT_S = 0.05
"""For so long a connection is taken to be what it was when it answered."""


class DatabaseWrapper(postgis.DatabaseWrapper):
    """Before each request Django calls `close_if_unusable_or_obsolete`.

    Django's own health check is a statement a request. A server that went away leaves an end-of-file on the
    socket instead, and looking at the socket costs a microsecond: so a restart of PostgreSQL is noticed before
    the first statement of a request, where opening anew is safe for writes too. Who was answered a moment ago need
    not look, as at the end of most requests: a look lets go of Python's lock.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answered_at = 0.0
        """When `ghar.db.direct` was last answered here, of the monotonic clock."""
        self.prepared: OrderedDict[Any, bytes] = OrderedDict()  # what `ghar.db.direct` has prepared here

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A new connection has nothing prepared yet."""
        self.prepared.clear()
        return super().get_new_connection(conn_params)

    def close_if_unusable_or_obsolete(self) -> None:
        """Close a connection that the server has dropped, then do what Django does."""
        is_quiet = time.monotonic() - self.answered_at > A_MOMENT_S
        if self.connection is not None and not self.in_atomic_block and is_quiet and self._was_dropped():
            self.close()
        super().close_if_unusable_or_obsolete()

    def _was_dropped(self) -> bool:
        """Is there something to read on an idle connection? Then it is a farewell, never an answer."""
        pgconn = self.connection.pgconn
        if pgconn.status != ConnStatus.OK:
            return True
        poll = select.poll()
        poll.register(pgconn.socket, select.POLLIN | select.POLLHUP | select.POLLERR)
        return bool(poll.poll(0))
