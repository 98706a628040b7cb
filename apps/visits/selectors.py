"""Reads of visits: one statement a page or a visit, rendered by PostgreSQL with the listing inside."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Count, Q

from apps.accounts import selectors as people
from apps.agents import selectors as agents
from apps.discovery.selectors import recommendations
from apps.properties.selectors import shapes
from apps.visits import permissions, rules
from apps.visits.models import LIVE, Visit, VisitContext, VisitStatus
from ghar import clock, dossiers
from ghar.actors import Actor
from ghar.db import json_rows
from ghar.db.daily import count_by_day
from ghar.db.json_rows import Pick, Shape
from ghar.db.keyset import Key, Order, whole_number
from ghar.db.listing import Listing
from ghar.errors import NotAllowed, NotFound

_COLUMNS = (
    "id", "user_id", "property_id", "agent_id", "counterparty_user_id", "visit_context", "status", "scheduled_date",
    "ends_at", "actual_date", "rescheduled_from", "special_requirements", "visit_notes", "visitor_feedback",
    "interest_level", "follow_up_required", "follow_up_date", "cancellation_reason", "created_at", "updated_at",
)  # fmt: skip
_SOURCE = (
    "visits v JOIN users u ON u.id = v.user_id JOIN properties l ON l.id = v.property_id "
    "LEFT JOIN agents a ON a.id = v.agent_id LEFT JOIN users c ON c.id = v.counterparty_user_id WHERE v.id = page.id"
)
_TIME = Key("scheduled_date", "visits.scheduled_date", datetime.fromisoformat)
_ID = Key("id", "visits.id", whole_number)
LATEST = Order("latest_visits", (_TIME, _ID), descending=True)
SOONEST = Order("soonest_visits", (_TIME, _ID))

_OWN = "visits.user_id = %(viewer)s OR visits.counterparty_user_id = %(viewer)s"
_HOSTED = "visits.property_id IN (SELECT id FROM properties WHERE owner_id = %(viewer)s)"


_PLANNED = (
    "(SELECT count(*) AS visits, min(pv.scheduled_date) AS next_visit FROM visits pv "  # noqa: S608
    "WHERE pv.user_id = %(viewer)s AND pv.property_id = p.id AND pv.scheduled_date >= now() "
    f"AND pv.status IN {tuple(map(str, LIVE))}) planned"
)
shapes.answer(
    _PLANNED,
    {
        "user_has_scheduled_visit": "planned.visits > 0",
        "user_scheduled_visit_count": "planned.visits",
        "user_next_visit_date": "planned.next_visit",
    },
)
"""Every listing tells its viewer of the visits that they plan there."""


class VisitNotFound(NotFound):
    """There is no such visit, or it is nobody's business but its people's."""

    code = "VISIT_NOT_FOUND"
    message = "Visit not found"


class NotYourAgent(NotAllowed):
    """An agent's visits are seen by that agent, by admins, and by their customers as far as they are their own."""

    code = "NOT_YOUR_AGENT"
    message = "You may not see this agent's visits."


# What a client's type of a person names, in full. Of somebody else it says what they look like to others: how to
# reach them when they allow that, or to staff, and nothing of their birth, place, login and settings.
_SHOWN = ("id", "full_name", "profile_image_url", "role", "is_active", "is_verified", "phone_verified",
          "email_verified", "created_at", "updated_at")  # fmt: skip
_HIDDEN = ("date_of_birth", "last_auth_method", "last_auth_method_at", "preferences", "current_latitude",
           "current_longitude", "notification_settings", "privacy_settings", "agent_id")  # fmt: skip


def _counterparty(*, is_staff: bool) -> str:
    """The SQL of whom a flatmate meet is with."""
    shown = {
        **{name: f"c.{name}" for name in _SHOWN},
        "avatar_url": "c.profile_image_url",
        **{
            name: f"c.{name}"
            if is_staff
            else f"CASE WHEN c.privacy_settings -> 'show_{name}' = 'true' THEN c.{name} END"
            for name in ("phone", "email")
        },
        "supabase_user_id": "''",
        **dict.fromkeys(_HIDDEN, "NULL"),
    }
    pairs = ", ".join(f"'{key}', {sql}" for key, sql in shown.items())
    return f"CASE WHEN c.id IS NOT NULL THEN json_build_object({pairs}) END"


@cache
def _visit_for(viewer: shapes.Viewer, *, is_staff: bool) -> Shape:
    """What a visit looks like. Of other people only name and picture are shown; staff see how to reach the visitor."""
    return Shape(
        _SOURCE,
        {
            **{name: f"v.{name}" for name in _COLUMNS},
            "conversation_id": "NULL",
            "match_id": "NULL",
            "agents": agents.brief("a"),
            "agent": agents.brief("a"),
            "user": people.brief("u", with_contact=is_staff),
            "counterparty_user": _counterparty(is_staff=is_staff),
            "property_title": "l.title",
            "property": shapes.embedded(viewer, "v.property_id"),
        },
    )


def _shape(actor: Actor) -> Shape:
    return _visit_for(shapes.Viewer.of(actor), is_staff=actor.is_staff)


def _pick(actor: Actor) -> Pick:
    return Pick("visits", params={"viewer": actor.id})


def get_visit(actor: Actor, visit_id: int) -> bytes:
    """A visit as JSON, in one statement. Raises VisitNotFound."""
    may_see, params = json_rows.among(Visit, permissions.visible_to(actor))
    pick = _pick(actor).where("visits.id = %(id)s", id=visit_id).where(may_see, **params)
    rows = json_rows.render(pick, _shape(actor), limit=1)
    if not rows:
        raise VisitNotFound
    return rows[0]


def list_visits(actor: Actor, *, status: str | None = None, hosted: bool = False) -> Listing:
    """The actor's visits, the latest first: those they make or are met in; with `hosted` those to their listings."""
    pick = _mine(actor, hosted=hosted)
    if status:
        pick.where("visits.status = %(status)s", status=status)
    return Listing(pick, _shape(actor), LATEST)


def list_upcoming_visits(actor: Actor, *, hosted: bool = False) -> Listing:
    """Of the same visits those that are to come, the soonest first."""
    pick = _mine(actor, hosted=hosted).where(
        "visits.scheduled_date >= %(now)s AND visits.status = ANY(%(live)s)",
        now=clock.now(),
        live=[str(status) for status in LIVE],
    )
    return Listing(pick, _shape(actor), SOONEST)


def list_past_visits(actor: Actor, *, hosted: bool = False) -> Listing:
    """Of the same visits those whose time has come, whatever became of them, the latest first."""
    pick = _mine(actor, hosted=hosted).where("visits.scheduled_date < %(now)s", now=clock.now())
    return Listing(pick, _shape(actor), LATEST)


def _mine(actor: Actor, *, hosted: bool) -> Pick:
    return _pick(actor).where(_HOSTED if hosted else _OWN)


def list_all_visits(
    actor: Actor,
    *,
    status: str | None = None,
    agent_id: int | None = None,
    property_id: int | None = None,
    user_id: int | None = None,
) -> Listing:
    """Everybody's visits for an admin, an agent's own for that agent, the latest first.

    `status` may have its old name (scheduled, rescheduled). A login without an agent sees none.
    """
    wanted = {
        "status": rules.OLD_NAMES.get(status, status) if status else None,
        "agent_id": agent_id if actor.is_admin else (agents.find_own_id(actor) or 0),
        "property_id": property_id,
        "user_id": user_id,
    }
    pick = _pick(actor)
    for name, value in wanted.items():
        if value is not None:
            pick.where(f"visits.{name} = %({name})s", **{name: value})
    return Listing(pick, _shape(actor), LATEST)


def list_visits_of_agent(actor: Actor, agent_id: int) -> Listing:
    """An agent's visits: all of them for that agent and for admins, a customer's own for the customer.

    Raises NotYourAgent.
    """
    pick = _pick(actor).where("visits.agent_id = %(agent_id)s", agent_id=agent_id)
    if not (actor.is_admin or agents.find_own_id(actor) == agent_id):
        if actor.is_staff or actor.user.agent_id != agent_id:
            raise NotYourAgent
        pick.where("visits.user_id = %(viewer)s")
    return Listing(pick, _shape(actor), LATEST)


def is_anybody_expected(property_id: int) -> bool:
    """Is there a visit to this listing that takes its people's time?"""
    return Visit.objects.filter(property_id=property_id, status__in=LIVE, ends_at__gte=clock.now()).exists()


def count_hosted_visits(actor: Actor, begins: datetime, ends: datetime) -> dict[str, int]:
    """How many visits to the actor's listings fall into a time, by status."""
    hosted = Visit.objects.filter(property__owner_id=actor.id, scheduled_date__gte=begins, scheduled_date__lt=ends)
    counted = hosted.order_by().values("status").annotate(times=Count("pk"))
    return {row["status"]: row["times"] for row in counted}


def count_all_visits() -> int:
    """Every visit there is, whatever became of it."""
    return Visit.objects.count()


def count_dealings(agent_id: int, since: datetime) -> int:
    """How many visits an agent was given, or held, since then."""
    recent = Q(created_at__gte=since) | Q(actual_date__gte=since)
    return Visit.objects.filter(recent, agent_id=agent_id).count()


def list_visited(actor: Actor) -> list[tuple[int, datetime, str]]:
    """Which listings the actor went to see, or plans to: (listing, when they asked, what they did in words)."""
    visits = Visit.objects.filter(user=actor.user).exclude(status=VisitStatus.CANCELLED).order_by("-created_at", "-pk")
    rows = visits.values_list("property_id", "created_at", "status")[: recommendations.RECENT]
    return [
        (pk, moment, "you visited" if status == VisitStatus.COMPLETED else "you plan to visit")
        for pk, moment, status in rows
    ]


recommendations.learn_from(list_visited)
agents.answer_figure("total_visits", count_all_visits)
agents.count_contacts_with(count_dealings)


def ahead() -> Q:
    """Visits to come that were not called off."""
    return Q(status__in=LIVE, scheduled_date__gte=clock.now())


def count_visits_ahead(actor: Actor) -> dict[str, int]:
    """How many visits there are to come, of those that the actor may see, by status."""
    coming = Visit.objects.filter(permissions.visible_to(actor), ahead())
    return dict(coming.order_by().values_list("status").annotate(count=Count("pk")))


def without_agent_today() -> Q:
    """Tours of today that are still to be, and that nobody leads."""
    today = clock.today()
    day = {
        "scheduled_date__gte": clock.midnight(today),
        "scheduled_date__lt": clock.midnight(today + timedelta(days=1)),
    }
    return Q(status__in=LIVE, visit_context=VisitContext.PROPERTY_TOUR, agent=None, **day)


def count_visits_without_agent_today(actor: Actor) -> int:
    """Of those that the actor may see."""
    return Visit.objects.filter(permissions.visible_to(actor), without_agent_today()).count()


def count_visits_by_day(actor: Actor, days: int) -> list[tuple[date, int]]:
    """How many were asked for, day by day, of those that the actor may see."""
    return count_by_day(Visit.objects.filter(permissions.visible_to(actor)), "created_at", days=days)


def count_own_visits(actor: Actor) -> dict[str, int]:
    """How many visits the actor makes: in all, to come, completed and cancelled."""
    counted = Visit.objects.filter(Q(user_id=actor.id) | Q(counterparty_id=actor.id)).aggregate(
        total=Count("pk"),
        upcoming=Count("pk", filter=ahead()),
        completed=Count("pk", filter=Q(status=VisitStatus.COMPLETED)),
        cancelled=Count("pk", filter=Q(status=VisitStatus.CANCELLED)),
    )
    return dict(counted)


@dossiers.section("visits")
def list_visits_of(user: Any, most: int) -> dossiers.Rows:
    """The visits that a person makes."""
    visits = Visit.objects.filter(user=user).order_by("-scheduled_date", "-pk")
    names = ("id", "property_id", "property__title", "status", "scheduled_date", "special_requirements",
             "visitor_feedback", "interest_level", "cancellation_reason", "created_at")  # fmt: skip
    return list(visits.values(*names)[:most])
