"""Visits for models: ask for one, see one's own, call one off; and the visits that agents look after."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field

from apps.properties.selectors import listings
from apps.visits import selectors, serializers
from apps.visits.services import visits
from ghar import clock
from ghar.actors import Actor
from ghar.api import pages, parsing
from ghar.db import json_rows
from ghar.prompts import Asked, asked, prompt
from ghar.tools import Audience, Id, tool

_PLACE = ("id", "title", "locality", "city", "main_image_url")


def _brief(found: dict[str, Any]) -> dict[str, Any]:
    """A visit as models and widgets read it; its time is India's."""
    place = found.get("property") or {}
    begins = datetime.fromisoformat(found["scheduled_date"]).astimezone(clock.INDIA)
    return {
        "id": found["id"],
        "property_id": found["property_id"],
        "property": {key: place.get(key) for key in _PLACE},
        "scheduled_date": begins.isoformat(),
        "status": found["status"],
        "notes": found["special_requirements"],
        "created_at": found["created_at"],
    }


def _with_visitor(found: dict[str, Any]) -> dict[str, Any]:
    """The same as staff read it: they also see who comes, how to reach them, and which agent shows the listing."""
    visitor = found["user"]
    return {
        **_brief(found),
        "visitor": {key: visitor.get(key) for key in ("id", "full_name", "phone", "email")},
        "agent_id": found["agent_id"],
    }


def _visit(actor: Actor, visit_id: int) -> dict[str, Any]:
    return _brief(json_rows.decode(selectors.get_visit(actor, visit_id)))


def _staff_visit(actor: Actor, visit_id: int) -> dict[str, Any]:
    return {"visit": _with_visitor(json_rows.decode(selectors.get_visit(actor, visit_id)))}


def _told(data: dict[str, Any]) -> str:
    visit = data["visit"]
    when = datetime.fromisoformat(visit["scheduled_date"])
    place = visit["property"]["title"] or "the listing"
    return f"Visit {visit['id']} to {place}: {when:%A %d %B at %H:%M}, {visit['status']}."


@tool(
    "visits_schedule",
    on={Audience.USER},
    writes=True,
    title="Schedule Property Visit",
    answers=serializers.VisitAnswer,
    widget="VisitSchedulerWidget",
    phrases=("Asking for the visit", "The visit is asked for"),
    action="schedule_visit",
    says=_told,
)
def visits_schedule(
    actor: Actor, property_id: Id, scheduled_date: datetime, notes: str | None = None
) -> dict[str, Any]:
    """Ask for a visit to a listing. `scheduled_date` is ISO 8601; without a zone it is India's time.

    A free agent is found for it, and the owner confirms.
    """
    begins = scheduled_date if scheduled_date.tzinfo else scheduled_date.replace(tzinfo=clock.INDIA)
    visit = visits.schedule_visit(
        actor=actor, property_id=property_id, scheduled_date=begins, special_requirements=notes
    )
    return {"visit": _visit(actor, visit.pk)}


@tool(
    "visits_list",
    on={Audience.USER},
    title="List My Visits",
    answers=serializers.VisitsAnswer,
    widget="VisitListWidget",
    phrases=("Getting your visits", "Your visits"),
    action="list_visits",
    says=lambda data: f"There are {data['counts']['upcoming']} visits ahead, of {data['counts']['total']} in all.",
)
def visits_list(actor: Actor, status: str | None = None, cursor: str | None = None, limit: int = 20) -> dict[str, Any]:
    """The visits of the person, the latest first.

    `status` is requested, confirmed, reschedule_suggested, completed or cancelled.
    """
    asked = {"status": status, "cursor": cursor, "limit": limit, "include_total": True}
    query = parsing.arguments(serializers.VisitsIn, asked)
    page = pages.read(selectors.list_visits(actor, status=query["status"]), query)
    return {"visits": [_brief(one) for one in page.pop("items")], **page, "counts": selectors.count_own_visits(actor)}


@tool(
    "visits_get",
    on={Audience.USER},
    title="Get Visit Details",
    answers=serializers.VisitAnswer,
    widget="VisitListWidget",
    phrases=("Opening the visit", "Your visit"),
    action="get_visit",
    says=_told,
)
def visits_get(actor: Actor, visit_id: Id) -> dict[str, Any]:
    """One visit: when, where, and how it stands."""
    return {"visit": _visit(actor, visit_id)}


@tool(
    "visits_cancel",
    on={Audience.USER},
    writes=True,
    destructive=True,
    title="Cancel Visit",
    answers=serializers.VisitCancelledAnswer,
    phrases=("Calling the visit off", "The visit is called off"),
    action="cancel_visit",
    says=lambda data: f"Visit {data['visit_id']} is {data['status']}.",
)
def visits_cancel(actor: Actor, visit_id: Id, reason: str | None = None) -> dict[str, Any]:
    """Call a visit off. It cannot be undone; another one can be asked for."""
    visit = visits.cancel_visit(actor=actor, visit_id=visit_id, reason=reason)
    return {"success": True, "visit_id": visit.pk, "status": visit.status}


@tool(
    "agent_visits_list_all",
    on={Audience.STAFF},
    title="List All Visits",
    answers=serializers.StaffVisitsAnswer,
    widget="VisitListWidget",
    phrases=("Getting the visits", "Visits to show"),
    action="list_visits",
    says=lambda data: f"There are {data['total']} visits, of which {len(data['visits'])} are shown.",
)
def agent_visits_list_all(
    actor: Actor,
    property_id: Id | None = None,
    status: str | None = None,
    cursor: str | None = None,
    limit: int = 20,
) -> dict[str, Any]:
    """The visits that an agent shows, for admins everybody's, the latest first, with who comes.

    `status` is requested, confirmed, reschedule_suggested, completed or cancelled.
    """
    asked = {"property_id": property_id, "status": status, "cursor": cursor, "limit": limit, "include_total": True}
    query = parsing.arguments(serializers.AllVisitsIn, asked)
    found = selectors.list_all_visits(actor, status=query["status"], property_id=query["property_id"])
    page = pages.read(found, query)
    return {"visits": [_with_visitor(one) for one in page.pop("items")], **page}


@tool(
    "agent_visits_confirm",
    on={Audience.STAFF},
    writes=True,
    title="Confirm Visit",
    answers=serializers.StaffVisitAnswer,
    says=_told,
)
def agent_visits_confirm(actor: Actor, visit_id: Id) -> dict[str, Any]:
    """Agree to the time that the visitor asked for."""
    visits.confirm_visit(actor=actor, visit_id=visit_id)
    return _staff_visit(actor, visit_id)


@tool(
    "agent_visits_complete",
    on={Audience.STAFF},
    writes=True,
    destructive=True,
    title="Complete Visit",
    answers=serializers.StaffVisitAnswer,
    says=_told,
)
def agent_visits_complete(actor: Actor, visit_id: Id, notes: str | None = None) -> dict[str, Any]:
    """Say that a visit took place; `notes` are kept with it. Not before its time, and it cannot be undone."""
    visits.complete_visit(actor=actor, visit_id=visit_id, notes=notes)
    return _staff_visit(actor, visit_id)


@tool(
    "agent_visits_cancel",
    on={Audience.STAFF},
    writes=True,
    destructive=True,
    title="Call Off Visit",
    answers=serializers.StaffVisitAnswer,
    says=_told,
)
def agent_visits_cancel(actor: Actor, visit_id: Id, reason: str | None = None) -> dict[str, Any]:
    """Call a visit off, for the agent or in the visitor's name. It cannot be undone."""
    visits.cancel_visit(actor=actor, visit_id=visit_id, reason=reason)
    return _staff_visit(actor, visit_id)


@prompt("prepare_a_visit", on={Audience.USER}, title="Prepare a Visit")
def prepare_a_visit(
    actor: Actor, visit_id: Annotated[Id, Field(description="The number of one of your visits")]
) -> Asked:
    """Get ready to see a home: what to look at and what to ask, of the very listing."""
    visit = _visit(actor, visit_id)
    when = datetime.fromisoformat(visit["scheduled_date"])
    return asked(
        f'On {when:%A %d %B at %H:%M} I go to see "{visit["property"]["title"]}" (visit {visit["id"]}, '
        f"{visit['status']}). Prepare me for it, from what its listing says: what is good to know beforehand, what "
        "the listing leaves open, ten things to look at on the spot in the order of a walk through the home, and the "
        "questions to ask about costs, papers, water, power and neighbours. Keep it to a page that I can read on a "
        "phone.",
        about=[f"ghar://listing/{visit['property_id']}"],
    )


@prompt("monthly_owner_review", on={Audience.USER}, title="Monthly Owner Review")
def monthly_owner_review(
    actor: Actor,
    month: Annotated[
        str | None, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$", description="Such as 2026-11; the last one if empty")
    ] = None,
) -> Asked:
    """Look back at a month of one's own listings: what was asked for, what stands empty, and what to do next."""
    begins, ends = _month(month)
    visits = selectors.count_hosted_visits(actor, begins, ends)
    stats = listings.count_own_properties(actor)
    told = ", ".join(f"{count} {status.replace('_', ' ')}" for status, count in sorted(visits.items())) or "none"
    return asked(
        f"Review {begins:%B %Y} of my listings with me. I have {stats['total_properties']}, of which "
        f"{stats['occupied']} are rented, for {stats['total_monthly_income']} rupees a month. Visits to them in that "
        f"month: {told}. Look at each with owner_properties_list: which were viewed and liked without a visit, which "
        "were visited without being taken, and which description, price or picture is the likely cause. End with at "
        "most five things to do, the most useful first, and offer to do those that your tools can."
    )


def _month(named: str | None) -> tuple[datetime, datetime]:
    """The beginning and the end of a month in India; the last whole one without a name."""
    this = clock.now().astimezone(clock.INDIA).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    if named is None:
        return (this - timedelta(days=1)).replace(day=1), this
    year, number = map(int, named.split("-"))
    begins = this.replace(year=year, month=number)
    return begins, (begins + timedelta(days=31)).replace(day=1)
