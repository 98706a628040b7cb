"""Reads about agents. PostgreSQL renders them; `total_users_assigned` is counted while it does."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, Q

from apps.accounts import selectors as people
from apps.agents import rules
from apps.agents.models import AT_WORK, Agent, AgentType
from apps.agents.rules import CAPACITY
from ghar import clock
from ghar.actors import Actor, Role
from ghar.db import json_rows
from ghar.db.json_rows import Pick, Shape
from ghar.db.keyset import Key, Order, whole_number
from ghar.db.listing import Listing
from ghar.errors import NotFound

_COLUMNS = (
    "id", "name", "contact_number", "description", "avatar_url", "languages", "agent_type", "experience_level",
    "is_active", "is_available", "working_hours", "user_satisfaction_rating", "created_at", "updated_at",
)  # fmt: skip
_CUSTOMERS = "(SELECT count(*) FROM users c WHERE c.agent_id = a.id)"
_SOURCE = "agents a WHERE a.id = page.id"
AGENT = Shape(_SOURCE, {**{name: f"a.{name}" for name in _COLUMNS}, "total_users_assigned": _CUSTOMERS})
WORKLOAD = Shape(
    f"(SELECT a.*, {_CUSTOMERS} AS customers FROM {_SOURCE}) a",  # noqa: S608
    {
        "agent_id": "a.id",
        "agent_name": "a.name",
        "current_users": "a.customers",
        "utilization_percentage": f"round(100.0 * a.customers / {CAPACITY}, 2)",
        "is_available": "a.is_available",
        "queue_length": f"greatest(0, a.customers - {CAPACITY})",
    },
)
NEWEST = Order(
    "newest_agents",
    (Key("created_at", "agents.created_at", datetime.fromisoformat), Key("id", "agents.id", whole_number)),
    descending=True,
)
BY_ID = Order("agents_by_id", (Key("agent_id", "agents.id", whole_number),))


class AgentNotFound(NotFound):
    """There is no such agent."""

    code = "AGENT_NOT_FOUND"
    message = "Agent not found"


class NoProfile(AgentNotFound):
    """Nobody has linked this login to an agent yet."""

    message = "This login has no agent profile"


class NoAgentYet(AgentNotFound):
    """The customer has no agent; `POST /agents/assign` gives one."""

    message = "No agent assigned yet"


def brief(alias: str) -> str:
    """The SQL of an agent in a few words, over a row of `agents` that may be absent."""
    shown = f"'id', {alias}.id, 'name', {alias}.name, 'phone', {alias}.contact_number, 'avatar_url', {alias}.avatar_url"
    return f"CASE WHEN {alias}.id IS NOT NULL THEN json_build_object({shown}) END"


def get_agent(actor: Actor, agent_id: int) -> bytes:
    """An agent as JSON, active or not. Raises AgentNotFound."""
    return _one(Pick("agents").where("agents.id = %(id)s", id=agent_id), AgentNotFound)


def get_own_profile(actor: Actor) -> bytes:
    """The agent that the actor signs in as. Raises NoProfile."""
    return _one(Pick("agents").where("agents.login_id = %(login)s", login=actor.id), NoProfile)


def get_assigned_agent(actor: Actor) -> bytes:
    """The agent who looks after the actor, retired or not. Raises NoAgentYet."""
    return _one(Pick("agents").where("agents.id = %(id)s", id=actor.user.agent_id), NoAgentYet)


def _one(pick: Pick, missing: type[AgentNotFound]) -> bytes:
    rows = json_rows.render(pick, AGENT, limit=1)
    if not rows:
        raise missing
    return rows[0]


def list_agents(actor: Actor, *, include_inactive: bool = False) -> Listing:
    """Agents, the newest first."""
    pick = Pick("agents") if include_inactive else Pick("agents").where("agents.is_active")
    return Listing(pick, AGENT, NEWEST)


def list_agents_of_type(actor: Actor, agent_type: str) -> Listing:
    """The active agents of one type."""
    listing = list_agents(actor)
    listing.pick.where("agents.agent_type = %(agent_type)s", agent_type=agent_type)
    return listing


def list_available_agents(actor: Actor, agent_type: str | None = None) -> Listing:
    """Agents who take customers, of one type or of all."""
    listing = list_agents_of_type(actor, agent_type) if agent_type else list_agents(actor)
    listing.pick.where("agents.is_available")
    return listing


def list_workload(actor: Actor) -> Listing:
    """How many customers each active agent has."""
    return Listing(Pick("agents").where("agents.is_active"), WORKLOAD, BY_ID)


def find_own_id(actor: Actor) -> int | None:
    """The active agent that the actor signs in as, None when they are none."""
    if actor.role != Role.AGENT:
        return None
    return Agent.objects.filter(login_id=actor.id, is_active=True).values_list("pk", flat=True).first()


def list_ids_at_work() -> list[int]:
    """The agents who may be given customers and visits."""
    return list(Agent.objects.filter(AT_WORK).order_by("pk").values_list("pk", flat=True))


def list_at_work(*, among: Collection[int] | None = None) -> list[Agent]:
    """The agents who may be given customers and visits, with what a choice between them takes; or those of `among`."""
    agents = Agent.objects.filter(AT_WORK) if among is None else Agent.objects.filter(AT_WORK, pk__in=among)
    return list(agents.order_by("pk").only("login", "is_active", "working_hours", "user_satisfaction_rating"))


def count_agents() -> tuple[int, int]:
    """How many agents are active, and how many of them are at work."""
    active = Agent.objects.filter(is_active=True)
    return active.count(), active.filter(AT_WORK).count()


Contacts = Callable[[int, datetime], int]
_contacts: list[Contacts] = []
_figures: dict[str, Callable[[], float] | None] = dict.fromkeys(
    ("properties_listed", "total_visits", "total_bookings", "total_revenue", "occupancy_rate")
)


def count_contacts_with(contacts: Contacts) -> None:
    """Count what an area above knows of dealings between an agent and customers: `contacts(agent_id, since)`.

    The area says so once, while it is loaded.
    """
    _contacts.append(contacts)


def answer_figure(name: str, count: Callable[[], float]) -> None:
    """Fill a figure of the platform from an area above, which says so once. Raises LookupError for an unknown one."""
    if name not in _figures:
        raise LookupError(f"The platform has no figure {name!r} to fill from above.")
    _figures[name] = count


def get_agent_with_stats(actor: Actor, agent_id: int) -> dict[str, Any]:
    """An agent with what they have to do, and how well it goes. Raises AgentNotFound."""
    agent = json_rows.decode(get_agent(actor, agent_id))
    customers, rating = agent["total_users_assigned"], agent["user_satisfaction_rating"]
    stats = {
        "total_users_assigned": customers,
        "user_satisfaction_rating": rating,
        "active_conversations": customers,
        "daily_interactions": _dealings(agent_id, clock.midnight(clock.today())),
        "weekly_interactions": _dealings(agent_id, clock.now() - timedelta(days=7)),
        "efficiency_score": rules.efficiency(rating, customers),
    }
    return {**agent, "stats": stats}


def _dealings(agent_id: int, since: datetime) -> int:
    return sum(contacts(agent_id, since) for contacts in _contacts)


def get_system_stats(actor: Actor) -> dict[str, Any]:
    """How the agency and the platform do. A figure whose area is not here is 0."""
    counted = Agent.objects.aggregate(
        all=Count("pk"), active=Count("pk", filter=Q(is_active=True)), rating=Avg("user_satisfaction_rating")
    )
    kinds = dict(Agent.objects.order_by().values_list("agent_type").annotate(count=Count("pk")))
    workload = json_rows.render(list_workload(actor).pick, WORKLOAD, limit=MOST_SHOWN, order=BY_ID)
    inhabitants = people.count_people(actor)
    return {
        "total_agents": counted["all"],
        "active_agents": counted["active"],
        "total_users_served": sum(people.count_customers().values()),
        "system_satisfaction_score": round(float(counted["rating"] or 0), 2),
        "agents_by_type": {kind: kinds.get(kind, 0) for kind in AgentType.values},
        "load_distribution": [json_rows.decode(row) for row in workload],
        "active_users": inhabitants.all - inhabitants.suspended,
        **{name: count() if count else 0 for name, count in _figures.items()},
    }


MOST_SHOWN = 1000
"""Agents whose load the statistics show."""
