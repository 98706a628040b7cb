"""The door for a scheduler outside: deployments without workers have their jobs run over HTTP."""

from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare
from rest_framework import serializers
from rest_framework.request import Request

from ghar import jobs
from ghar.api.access import Access
from ghar.api.views import View, operation
from ghar.errors import NotFound, NotSignedIn


class CronKeyRefused(NotSignedIn):
    """The key is missing or wrong, or this deployment has none."""

    code = "CRON_KEY_REFUSED"
    message = "This needs the key of the scheduler (CRON_SECRET)."


class JobNotFound(NotFound):
    """No scheduled job has this name."""

    code = "JOB_NOT_FOUND"
    message = "There is no scheduled job of this name."


class JobRunOut(serializers.Serializer[Any]):
    """A run that has ended."""

    job = serializers.CharField()
    status = serializers.ChoiceField(["completed"])


class JobRun(View):
    @operation("run_job", access=Access.KEYED, tags=["platform"], answer=JobRunOut, refusals=(jobs.AlreadyRunning,))
    def post(self, request: Request, name: str) -> dict[str, str]:
        """Run a scheduled job and answer when it has ended.

        `Authorization: Bearer <CRON_SECRET>`. A job that runs already answers 409, one that fails 500.
        """
        _insist_on_the_key(request)
        job = jobs.find_scheduled(name)
        if job is None:
            raise JobNotFound
        jobs.run(job)
        return {"job": name, "status": "completed"}


def _insist_on_the_key(request: Request) -> None:
    given = request.META.get("HTTP_AUTHORIZATION", "")
    if not settings.CRON_SECRET or not constant_time_compare(given, f"Bearer {settings.CRON_SECRET}"):
        raise CronKeyRefused
