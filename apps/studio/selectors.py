"""Reads of the studio."""

from datetime import timedelta

from django.db.models import Count, Q

from apps.studio import permissions
from apps.studio.models import Generation, GenerationStatus
from ghar import clock
from ghar.actors import Actor

DAY = timedelta(days=1)


def count_generations_of_a_day(actor: Actor) -> dict[str, int]:
    """Of those that the actor may see: how many were asked for in the last 24 hours, and how many failed."""
    recent = Generation.objects.filter(permissions.visible_to(actor), created_at__gte=clock.now() - DAY)
    counted: dict[str, int] = recent.aggregate(
        all=Count("pk"), failed=Count("pk", filter=Q(status=GenerationStatus.FAILED))
    )
    return counted
