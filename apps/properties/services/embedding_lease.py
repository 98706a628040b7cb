"""One run embeds listings at a time: a lease in the database, held for the whole run and renewed with each batch.

An advisory lock would need a connection for the whole run, which is idle while a model works, and behind a transaction
pooler it would belong to nobody. A run that dies leaves a lease that ends by itself.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from ghar.errors import Conflict

NAME = "listings"
SECONDS = 180
"""More than a batch takes with a provider that is asked again and again."""

_TAKE = """
INSERT INTO embedding_leases (name, holder, expires_at) VALUES (%(name)s, %(holder)s, now() + %(for)s * interval '1 s')
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
WHERE embedding_leases.expires_at < now() OR embedding_leases.holder = excluded.holder
"""
_GIVE_BACK = "DELETE FROM embedding_leases WHERE name = %(name)s AND holder = %(holder)s"


class EmbeddingUnderWay(Conflict):
    """Another run embeds listings at this moment."""

    code = "EMBEDDING_UNDER_WAY"
    message = "Listings are being embedded already."


@dataclass(frozen=True)
class Lease:
    """The right to embed, until it ends or another takes it."""

    holder: str

    def renew(self) -> None:
        """Have it for another while. Raises EmbeddingUnderWay when it ended and somebody else took it."""
        if not _run(_TAKE, self.holder):
            raise EmbeddingUnderWay


@contextmanager
def system_hold() -> Iterator[Lease]:
    """Have the lease inside the block. Raises EmbeddingUnderWay."""
    lease = Lease(str(uuid.uuid4()))
    lease.renew()
    try:
        yield lease
    finally:
        _run(_GIVE_BACK, lease.holder)


def _run(statement: str, holder: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"name": NAME, "holder": holder, "for": SECONDS})
        return bool(cursor.rowcount)
