"""What the kernel does by the clock."""

from datetime import timedelta

from ghar.jobs import every, job
from ghar.schedules import failures
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


@every("50 4 * * *")
@job(once=True)
def forget_failed_jobs() -> None:
    """Forget failures that nobody has looked at for a month."""
    failures.forget_old()
