"""Visits over REST."""

from typing import Any

from rest_framework.request import Request

from apps.properties.selectors.listings import PropertyNotFound
from apps.visits import selectors, serializers
from apps.visits.services import refusals, visits
from ghar.api.access import Access
from ghar.api.pages import PageIn
from ghar.api.rendering import Rendered
from ghar.api.views import View, operation
from ghar.db.listing import Listing

Values = dict[str, Any]

LIST: Any = {"access": Access.SIGNED_IN, "tags": ["visits"], "answer": serializers.VisitOut, "page": True}
ONE: Any = {"access": Access.SIGNED_IN, "tags": ["visits"], "answer": serializers.VisitOut}
CLASH: Any = (refusals.VisitConflict,)


class Visits(View):
    @operation(
        "schedule_visit",
        **ONE,
        body=serializers.VisitIn,
        idempotent=True,
        refusals=(PropertyNotFound, refusals.ListingUnavailable, *CLASH),
    )
    def post(self, request: Request, body: Values) -> Rendered:
        """Ask for a visit to a listing. A free agent is found for it."""
        visit = visits.schedule_visit(actor=self.actor, **body)
        return Rendered(selectors.get_visit(self.actor, visit.pk))

    @operation("list_visits", **LIST, query=serializers.VisitsIn)
    def get(self, request: Request, query: Values) -> Listing:
        """The caller's visits, the latest first."""
        return selectors.list_visits(self.actor, status=query["status"], hosted=query["hosted"])


class UpcomingVisits(View):
    @operation("list_upcoming_visits", **LIST, query=serializers.OwnVisitsIn)
    def get(self, request: Request, query: Values) -> Listing:
        """The caller's visits to come, the soonest first."""
        return selectors.list_upcoming_visits(self.actor, hosted=query["hosted"])


class PastVisits(View):
    @operation("list_past_visits", **LIST, query=serializers.OwnVisitsIn)
    def get(self, request: Request, query: Values) -> Listing:
        """The caller's visits whose time has come, the latest first."""
        return selectors.list_past_visits(self.actor, hosted=query["hosted"])


class AllVisits(View):
    @operation("list_all_visits", **LIST | {"access": Access.STAFF}, query=serializers.AllVisitsIn)
    def get(self, request: Request, query: Values) -> Listing:
        """Everybody's visits for admins, their own for agents, the latest first."""
        names = ("status", "agent_id", "property_id", "user_id")
        return selectors.list_all_visits(self.actor, **{name: query[name] for name in names})


class VisitsOfAgent(View):
    @operation("list_visits_of_agent", **LIST, query=PageIn)
    def get(self, request: Request, agent_id: int, query: Values) -> Listing:
        """An agent's visits: all for that agent and admins, one's own for a customer."""
        return selectors.list_visits_of_agent(self.actor, agent_id)


class VisitDetail(View):
    @operation("get_visit", **ONE)
    def get(self, request: Request, visit_id: int) -> Rendered:
        """One visit."""
        return Rendered(selectors.get_visit(self.actor, visit_id))

    @operation("update_visit", **ONE, body=serializers.VisitUpdateIn, refusals=CLASH)
    def put(self, request: Request, visit_id: int, body: Values) -> Rendered:
        """Change the given fields of a visit, confirm it or call it off."""
        visits.update_visit(actor=self.actor, visit_id=visit_id, changes=body)
        return Rendered(selectors.get_visit(self.actor, visit_id))


class Reschedule(View):
    @operation("reschedule_visit", **ONE, body=serializers.VisitRescheduleIn, refusals=CLASH)
    def post(self, request: Request, visit_id: int, body: Values) -> Rendered:
        """Ask for another time, which the other side confirms."""
        visits.reschedule_visit(actor=self.actor, visit_id=visit_id, **body)
        return Rendered(selectors.get_visit(self.actor, visit_id))


class Cancel(View):
    @operation("cancel_visit", **ONE, body=serializers.VisitCancelIn)
    def post(self, request: Request, visit_id: int, body: Values) -> Rendered:
        """Call a visit off."""
        visits.cancel_visit(actor=self.actor, visit_id=visit_id, **body)
        return Rendered(selectors.get_visit(self.actor, visit_id))


class Complete(View):
    @operation("complete_visit", **ONE, body=serializers.VisitCompleteIn)
    def post(self, request: Request, visit_id: int, body: Values) -> Rendered:
        """Say that a visit took place."""
        visits.complete_visit(actor=self.actor, visit_id=visit_id, **body)
        return Rendered(selectors.get_visit(self.actor, visit_id))
