"""What the kernel does by the clock."""

from datetime import timedelta

from ghar.jobs import every, job
from ghar.store import files, namespaces


@every(timedelta(minutes=1))
@job(once=True)
def run_expiries() -> None:
    """Tell of temporary data that ran out."""
    namespaces.run_expiries()


@every(timedelta(hours=1))
@job(once=True)
def clean_temporary_files() -> None:
    """Remove temporary files that nobody can fetch any more."""
    files.clean()
