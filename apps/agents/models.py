"""Agents: staff who look after customers and show listings."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from ghar.models import Timestamped, choices_check


class AgentType(models.TextChoices):
    GENERAL = "general", "General"
    SPECIALIST = "specialist", "Specialist"
    SENIOR = "senior", "Senior"


class ExperienceLevel(models.TextChoices):
    BEGINNER = "beginner", "Beginner"
    INTERMEDIATE = "intermediate", "Intermediate"
    EXPERT = "expert", "Expert"


LANGUAGES_MOST, LANGUAGE_LONGEST = 20, 50
"""How many languages an agent has, and how many characters the name of one."""

AT_WORK = Q(is_active=True, is_available=True)
"""Agents who may be given customers and visits."""


def default_languages() -> list[str]:
    """What an agent speaks when nobody says otherwise."""
    return ["english"]


def default_working_hours() -> dict[str, Any]:
    """When an agent works when nobody says otherwise."""
    return {"start": "09:00", "end": "18:00", "timezone": "UTC"}


class Agent(Timestamped):
    """The profile of an agent. `login` is the person who signs in as this agent, when there is one.

    A customer's agent stands in the customer's own row (`User.agent`), so the number of an agent's customers is
    counted and never kept. Agents are not deleted but made inactive.
    """

    login = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="agent_profile"
    )
    name = models.CharField(max_length=100)
    contact_number = models.CharField(max_length=32, null=True, blank=True)
    description = models.TextField(null=True, blank=True)
    avatar_url = models.CharField(max_length=500, null=True, blank=True)
    languages = models.JSONField(default=default_languages, blank=True)
    agent_type = models.CharField(max_length=16, choices=AgentType, default=AgentType.GENERAL)
    experience_level = models.CharField(max_length=16, choices=ExperienceLevel, default=ExperienceLevel.INTERMEDIATE)
    working_hours = models.JSONField(default=default_working_hours, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_available = models.BooleanField(default=True, help_text="Takes new customers and visits")
    user_satisfaction_rating = models.DecimalField(max_digits=3, decimal_places=2, default=0)
    is_seed_data = models.BooleanField(default=False)

    class Meta:
        db_table = "agents"
        constraints = [
            choices_check("agent_type", AgentType, name="agents_type_known"),
            choices_check("experience_level", ExperienceLevel, name="agents_experience_known"),
            models.CheckConstraint(condition=Q(user_satisfaction_rating__range=(0, 5)), name="agents_rating_of_five"),
            models.CheckConstraint(
                condition=Q(is_active=True) | Q(is_available=False), name="agents_inactive_unavailable"
            ),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="agents_newest")]

    def __str__(self) -> str:
        return self.name
