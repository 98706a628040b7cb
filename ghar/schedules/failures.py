"""Jobs that failed: noted by workers, looked at and run again by admins, forgotten after a month."""

import hashlib
import logging
import traceback
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import orjson
from django.db import DatabaseError, transaction
from django.db.models import F

from ghar import clock, jobs
from ghar.models import FailedJob

logger = logging.getLogger(__name__)

KEEP = timedelta(days=30)
MOST_ERROR = 4000


def note(name: str, arguments: Sequence[Any], error: BaseException | str, *, request_id: str) -> None:
    """Keep what became of a job. A database that is away is logged: the failure itself was, too."""
    key = {"job": name, "fingerprint": hashlib.sha256(orjson.dumps(arguments)).hexdigest()}
    values = {"error": _text(error), "request_id": request_id[:128], "failed_at": clock.now()}
    try:
        with transaction.atomic():
            row, is_new = FailedJob.objects.get_or_create(**key, defaults={**values, "arguments": list(arguments)})
            if not is_new:
                FailedJob.objects.filter(pk=row.pk).update(times=F("times") + 1, **values)
    except DatabaseError:
        logger.exception("the failure of %s could not be kept", name)


def run_again(row: FailedJob) -> bool:
    """Hand the job to a worker once more and forget the failure; False when there is no such job any more."""
    job = jobs.find(row.job)
    if job is None:
        return False
    with transaction.atomic():
        jobs.enqueue(job, *row.arguments)
        row.delete()
    return True


def forget_old() -> int:
    """Remove failures of more than a month ago; how many."""
    return FailedJob.objects.filter(failed_at__lt=clock.now() - KEEP).delete()[0]


def _text(error: BaseException | str) -> str:
    if isinstance(error, str):
        return error
    return "".join(traceback.format_exception(error))[-MOST_ERROR:]
