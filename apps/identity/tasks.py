"""What identity does by the clock."""

from datetime import timedelta

from apps.identity.services import purge
from ghar.jobs import every, job


@every(timedelta(hours=1))
@job(once=True)
def purge_identity() -> None:
    """Forget codes, flows, messages, sessions, keys and unproven accounts that have run out."""
    purge.system_purge()
