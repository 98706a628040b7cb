"""What accounts do by the clock."""

from datetime import timedelta

from apps.accounts.services import deletion
from ghar.jobs import every, job


@every(timedelta(minutes=5))
@job(once=True)
def finish_deletions() -> None:
    """Remove the logins of deleted people that the identity provider still has."""
    deletion.system_finish_deletions()


@every(timedelta(hours=1))
@job(once=True)
def carry_out_deletion_requests() -> None:
    """Delete the accounts that people asked to delete a week ago."""
    deletion.system_carry_out_requests()
