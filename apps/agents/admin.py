"""Agents, for staff: admins make them, say who signs in as them, and retire them."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter

from apps.agents import selectors
from apps.agents.models import Agent
from apps.agents.services import profiles
from ghar.actors import Actor
from ghar.admin import Screen, Staff, actor_of
from ghar.asking import asks
from ghar.staff import Figure


@admin.register(Agent)
class AgentScreen(Screen):
    """Agents look at each other; admins decide."""

    access = {"view": Staff.STAFF, "add": Staff.ADMINS, "change": Staff.ADMINS, "delete": Staff.NOBODY}
    icon = "support_agent"
    list_display = ["name", "agent_type", "experience_level", "login", "customers", "is_active", "is_available"]
    list_select_related = ["login"]
    list_filter = [
        ("agent_type", ChoicesDropdownFilter),
        ("is_active", BooleanRadioFilter),
        ("is_available", BooleanRadioFilter),
    ]
    search_fields = ["name", "contact_number", "login__phone", "login__email"]
    search_help_text = "Name or phone"
    ordering = ["-created_at", "-id"]
    autocomplete_fields = ["login"]
    actions = ["retire", "reinstate"]
    fields = [
        "name", "login", ("agent_type", "experience_level"), "contact_number", "description", "avatar_url", "languages",
        "working_hours", ("is_active", "is_available"), "user_satisfaction_rating", "is_seed_data", "created_at",
        "updated_at",
    ]  # fmt: skip
    readonly_fields = ["user_satisfaction_rating", "is_seed_data", "created_at", "updated_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agent]:
        """With the number of customers."""
        return super().get_queryset(request).annotate(customer_count=Count("customers"))

    def figures(self, actor: Actor) -> list[Figure]:
        """How many agents there are, and who takes customers."""
        active, at_work = selectors.count_agents()
        list_of = reverse("admin:agents_agent_changelist")
        return [Figure("Agents", active, f"{list_of}?is_active__exact=1", "support_agent", f"{at_work} available")]

    @admin.display(description="customers", ordering="customer_count")
    def customers(self, agent: Any) -> int:
        """How many there are now."""
        count: int = agent.customer_count
        return count

    @admin.action(description="Retire", permissions=["change"])
    @asks("They get no more visits, and their customers are free for another agent.")
    def retire(self, request: HttpRequest, queryset: QuerySet[Agent]) -> None:
        """Take the chosen agents out of work; their customers are free for another."""
        self.carry_out(request, queryset, profiles.retire_agent, key="agent_id", done="retired")

    @admin.action(description="Reinstate", permissions=["change"])
    @asks("They get visits and customers again.")
    def reinstate(self, request: HttpRequest, queryset: QuerySet[Agent]) -> None:
        """Let the chosen agents work again."""
        self.carry_out(request, queryset, profiles.reinstate_agent, key="agent_id", done="reinstated")

    def store(self, request: HttpRequest, obj: Any, form: Any) -> None:
        """What was typed, through the services."""
        actor = actor_of(request)
        values = {name: form.cleaned_data[name] for name in form.changed_data if name != "login"}
        if obj.pk is None:
            obj.pk = profiles.create_agent(actor=actor, values=values).pk
        elif values:
            profiles.update_agent(actor=actor, agent_id=obj.pk, changes=values)
        if "login" in form.changed_data:
            login = form.cleaned_data["login"]
            profiles.link_login(actor=actor, agent_id=obj.pk, user_id=login.pk if login else None)
