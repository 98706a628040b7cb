"""Schedules, for admins: when a job runs and whether it does. Which jobs there are, the code says."""

from datetime import datetime

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django_celery_beat.models import ClockedSchedule, CrontabSchedule, IntervalSchedule, PeriodicTask, SolarSchedule
from redis.exceptions import RedisError
from unfold.decorators import action

from ghar import jobs
from ghar.actors import Actor
from ghar.admin import Screen, Staff
from ghar.asking import asks
from ghar.models import FailedJob
from ghar.observability import metrics
from ghar.realtime import places
from ghar.schedules import failures, times
from ghar.shared_redis import rest_redis
from ghar.staff import Figure

for model in (ClockedSchedule, CrontabSchedule, IntervalSchedule, PeriodicTask, SolarSchedule):
    admin.site.unregister(model)


@admin.register(PeriodicTask)
class ScheduleScreen(Screen):
    """Pause a job, give it another time, run it now."""

    access = {"view": Staff.ADMINS, "add": Staff.NOBODY, "change": Staff.ADMINS, "delete": Staff.NOBODY}
    icon = "schedule"
    list_display = ["name", "description", "enabled", "when", "last_run", "runs"]
    list_select_related = ["interval", "crontab", "solar", "clocked"]
    search_fields = ["name"]
    ordering = ["name"]
    fields = ["name", "description", "enabled", "interval", "crontab", "last_run_at", "total_run_count"]
    readonly_fields = ["name", "description", "last_run_at", "total_run_count"]
    actions = ["run_now"]

    @admin.display(description="When")
    def when(self, task: PeriodicTask) -> str:
        """Its length of time between two runs, or its times of day."""
        return task.crontab.human_readable if task.crontab else str(task.scheduler)

    @admin.display(description="Last run", ordering="last_run_at")
    def last_run(self, task: PeriodicTask) -> datetime | None:
        """When it was handed out last."""
        moment: datetime | None = task.last_run_at
        return moment

    @admin.display(description="Runs", ordering="total_run_count")
    def runs(self, task: PeriodicTask) -> int:
        """How often it was handed out."""
        return int(task.total_run_count)

    @admin.action(description="Run now", permissions=["change"])
    @asks("A worker runs these jobs at once, beside their schedule.")
    def run_now(self, request: HttpRequest, queryset: QuerySet[PeriodicTask]) -> None:
        """Hand the chosen jobs to a worker."""
        known = [job for row in queryset if (job := jobs.find_scheduled(row.task))]
        for job in known:
            jobs.enqueue(job)
        self.message_user(request, f"{len(known)} handed to a worker.")


@admin.register(IntervalSchedule)
class IntervalScreen(Screen):
    """Lengths of time between two runs. They are shared, so one is added and none is changed."""

    access = {"view": Staff.ADMINS, "add": Staff.ADMINS, "change": Staff.NOBODY, "delete": Staff.NOBODY}
    icon = "timelapse"
    list_display = ["__str__", "every", "period"]

    def store(self, request: HttpRequest, obj: IntervalSchedule, form: object) -> None:
        """Once each."""
        times.add_time(obj)


@admin.register(CrontabSchedule)
class CrontabScreen(Screen):
    """Times of day, in a time zone of their own. They are shared, so one is added and none is changed."""

    access = {"view": Staff.ADMINS, "add": Staff.ADMINS, "change": Staff.NOBODY, "delete": Staff.NOBODY}
    icon = "event_repeat"
    list_display = ["human_readable", "timezone"]
    fields = ["minute", "hour", "day_of_month", "month_of_year", "day_of_week", "timezone"]

    def store(self, request: HttpRequest, obj: CrontabSchedule, form: object) -> None:
        """Once each."""
        times.add_time(obj)


@admin.register(FailedJob)
class FailedJobScreen(Screen):
    """Jobs that failed, with their errors, and beside them what is going on in the background now."""

    access = {"view": Staff.ADMINS, "add": Staff.NOBODY, "change": Staff.ADMINS, "delete": Staff.ADMINS}
    icon = "error"
    list_display = ["job", "times", "failed_at", "first_failed_at", "request_id"]
    search_fields = ["job", "request_id"]
    ordering = ["-failed_at", "-id"]
    fields = ["job", "arguments", "times", "error", "request_id", "first_failed_at", "failed_at"]
    readonly_fields = fields
    actions = ["run_again"]
    actions_list = ["background"]

    def calls(self, actor: Actor) -> list[Figure]:
        """What a worker could not do."""
        link = reverse("admin:ghar_failedjob_changelist")
        return [Figure("Failed jobs", FailedJob.objects.count(), link, "error")]

    @admin.action(description="Run again", permissions=["change"])
    @asks("A worker runs these jobs once more, with the arguments that they had.")
    def run_again(self, request: HttpRequest, queryset: QuerySet[FailedJob]) -> None:
        """Hand the chosen ones to a worker once more."""
        handed = sum(failures.run_again(row) for row in queryset)
        self.message_user(request, f"{handed} handed to a worker.")

    @action(description="Background now", url_path="background", permissions=["view"])
    def background(self, request: HttpRequest) -> HttpResponse:
        """Jobs that wait, and live connections of this machine."""
        live = [(f"Open {kind}s", int(count)) for kind, count in sorted(metrics.values(places.NAME).items())]
        counts = [*_waiting(), *live]
        context = {**self.admin_site.each_context(request), "title": "Background now", "counts": counts}
        return render(request, "admin/background.html", context)


def _waiting() -> list[tuple[str, int | str]]:
    try:
        return [(f"Jobs {where}", count) for where, count in jobs.waiting().items()]
    except RedisError as fault:
        rest_redis(fault)
        return [("Jobs", "Redis is away.")]
