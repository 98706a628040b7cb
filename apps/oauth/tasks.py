"""What oauth does by the clock."""

from datetime import timedelta

from apps.oauth.services import tokens
from ghar.jobs import every, job


@every(timedelta(hours=1))
@job(once=True)
def purge_tokens() -> None:
    """Forget questions and tokens that have run out, and grants that nothing hangs on any more."""
    tokens.system_purge()
