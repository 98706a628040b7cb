"""Swipes and recommendations over REST."""

from dataclasses import asdict
from typing import Any

from rest_framework.request import Request

from apps.discovery import serializers
from apps.discovery.selectors import recommendations, saved_searches
from apps.discovery.selectors import swipes as selectors
from apps.discovery.services import decks, kept_pages, swipes
from apps.discovery.services import saved_searches as saving
from apps.properties.serializers.listings import PropertyOut
from ghar.actors import Actor
from ghar.api import pages
from ghar.api.access import Access
from ghar.api.pages import PageIn
from ghar.api.rendering import Rendered
from ghar.api.schema import Message
from ghar.api.views import View, operation
from ghar.db.listing import Listing

Values = dict[str, Any]

SWIPES: Any = {"access": Access.SIGNED_IN, "tags": ["swipes"]}
SAVED: Any = {"access": Access.SIGNED_IN, "tags": ["saved searches"]}
SAVED_ONE: Any = {**SAVED, "answer": serializers.SavedSearchOut}


def _said(message: str) -> Values:
    return {"message": message, "success": True}


class Swipes(View):
    @operation("record_swipe", **SWIPES, body=serializers.SwipeIn, answer=Message)
    def post(self, request: Request, body: Values) -> Values:
        """Like a listing or pass it. One that is gone or the caller's own is passed over."""
        swipes.record_swipe(
            actor=self.actor, property_id=body["property_id"], action="like" if body["is_liked"] else "pass"
        )
        return _said(f"Property {'liked' if body['is_liked'] else 'passed'} successfully")

    @operation("list_swipes", **SWIPES, query=serializers.SwipeListIn, answer=serializers.SwipedPropertyOut, page=True)
    def get(self, request: Request, query: Values) -> Listing:
        """The available listings that the caller decided about."""
        return selectors.list_swipes(self.actor, query, is_liked=query["is_liked"])


class Undo(View):
    @operation("undo_swipe", **SWIPES, answer=Message, refusals=(swipes.NothingToUndo,))
    def delete(self, request: Request) -> Values:
        """Take the latest decision back."""
        swipes.undo_swipe(actor=self.actor)
        return _said("Last swipe undone successfully")


class Toggle(View):
    @operation("toggle_swipe", **SWIPES, answer=Message)
    def put(self, request: Request, swipe_id: int) -> Values:
        """Make a like a pass and a pass a like."""
        outcome = swipes.toggle_swipe(actor=self.actor, swipe_id=swipe_id)
        return _said(f"Property {'liked' if outcome.is_liked else 'passed'} successfully")


class Stats(View):
    @operation("count_swipes", **SWIPES, answer=serializers.SwipeCountsOut)
    def get(self, request: Request) -> Values:
        """How the caller decided so far."""
        return asdict(selectors.count_swipes(self.actor))


class BatchRemoval(View):
    @operation("remove_swipes", **SWIPES, body=serializers.RemoveSwipesIn, answer=serializers.RemovedSwipesOut)
    def post(self, request: Request, body: Values) -> Values:
        """Take back what was decided about some listings."""
        count = swipes.remove_swipes(actor=self.actor, property_ids=set(body["property_ids"]))
        return {"removed_count": count, "failed_property_ids": [], "message": f"Removed {count} swipes"}


class Recommendations(View):
    @operation(
        "list_recommendations",
        access=Access.OPTIONAL,
        tags=["properties"],
        query=PageIn,
        answer=serializers.RecommendedPropertyOut,
        page=True,
    )
    def get(self, request: Request, query: Values) -> Rendered:
        """Listings that the caller may like and has not decided about; for others what is popular."""
        if self.actor.is_signed_in or query["cursor"]:
            return _turn(self.actor, query)
        name, present = f"{query['limit']}:{query['include_total']}", kept_pages.system_present()
        if (kept := kept_pages.system_find(present, name)) is not None:
            return Rendered(kept)
        page = _turn(self.actor, query)
        kept_pages.system_keep(present, name, page.body)
        return page


def _turn(actor: Actor, query: Values) -> Rendered:
    deck, cursor = decks.open_deck(actor=actor, cursor=query["cursor"])
    return pages.render(recommendations.list_deck(actor, deck), {**query, "cursor": cursor})


class SavedSearches(View):
    @operation("list_saved_searches", **SAVED_ONE, query=PageIn, page=True)
    def get(self, request: Request, query: Values) -> Listing:
        """The caller's saved searches, the newest first."""
        return saved_searches.list_saved_searches(self.actor)

    @operation(
        "save_search",
        **SAVED_ONE,
        body=serializers.SavedSearchIn,
        idempotent=True,
        refusals=(saving.TooManySavedSearches,),
    )
    def post(self, request: Request, body: Values) -> Rendered:
        """Keep a search, and be told of new listings that fit."""
        saved = saving.save_search(actor=self.actor, **body)
        return Rendered(saved_searches.get_saved_search(self.actor, saved.pk))


class OneSavedSearch(View):
    @operation("get_saved_search", **SAVED_ONE)
    def get(self, request: Request, search_id: int) -> Rendered:
        """One saved search."""
        return Rendered(saved_searches.get_saved_search(self.actor, search_id))

    @operation("update_saved_search", **SAVED_ONE, body=serializers.SavedSearchUpdateIn)
    def put(self, request: Request, search_id: int, body: Values) -> Rendered:
        """Change the given fields of a saved search."""
        saving.update_saved_search(actor=self.actor, search_id=search_id, changes=body)
        return Rendered(saved_searches.get_saved_search(self.actor, search_id))

    @operation("delete_saved_search", **SAVED, answer=Message)
    def delete(self, request: Request, search_id: int) -> Values:
        """Forget a saved search."""
        saving.forget_saved_search(actor=self.actor, search_id=search_id)
        return _said("Saved search deleted")


class FoundAgain(View):
    @operation("list_saved_search_properties", **SAVED, query=PageIn, answer=PropertyOut, page=True)
    def get(self, request: Request, search_id: int, query: Values) -> Listing:
        """The available listings that a saved search finds now."""
        return saved_searches.list_found(self.actor, search_id)


class Seen(View):
    @operation("see_saved_search", **SAVED_ONE)
    def post(self, request: Request, search_id: int) -> Rendered:
        """Say that one has seen what is new: the count of new listings begins again at none."""
        saving.see_saved_search(actor=self.actor, search_id=search_id)
        return Rendered(saved_searches.get_saved_search(self.actor, search_id))
