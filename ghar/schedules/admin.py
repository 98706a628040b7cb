"""Schedules, for admins: when a job runs and whether it does. Which jobs there are, the code says."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django_celery_beat.models import ClockedSchedule, CrontabSchedule, IntervalSchedule, PeriodicTask, SolarSchedule

from ghar import jobs
from ghar.admin import Screen, Staff

for model in (ClockedSchedule, CrontabSchedule, IntervalSchedule, PeriodicTask, SolarSchedule):
    admin.site.unregister(model)


@admin.register(PeriodicTask)
class ScheduleScreen(Screen):
    """Pause a job, give it another time, run it now."""

    access = {"view": Staff.ADMINS, "add": Staff.NOBODY, "change": Staff.ADMINS, "delete": Staff.NOBODY}
    icon = "schedule"
    list_display = ["name", "description", "enabled", "interval", "crontab", "last_run_at", "total_run_count"]
    list_select_related = ["interval", "crontab", "solar", "clocked"]
    search_fields = ["name"]
    ordering = ["name"]
    fields = ["name", "description", "enabled", "interval", "crontab", "last_run_at", "total_run_count"]
    readonly_fields = ["name", "description", "last_run_at", "total_run_count"]
    actions = ["run_now"]

    @admin.action(description="Run now", permissions=["change"])
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


@admin.register(CrontabSchedule)
class CrontabScreen(Screen):
    """Times of day, in a time zone of their own. They are shared, so one is added and none is changed."""

    access = {"view": Staff.ADMINS, "add": Staff.ADMINS, "change": Staff.NOBODY, "delete": Staff.NOBODY}
    icon = "event_repeat"
    list_display = ["human_readable", "timezone"]
    fields = ["minute", "hour", "day_of_month", "month_of_year", "day_of_week", "timezone"]
