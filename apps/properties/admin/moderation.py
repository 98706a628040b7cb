"""The queue of shared homes: one after another is looked at and decided about, with the keyboard or without."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import strip_tags
from unfold.decorators import action

from apps.properties.models import Property
from apps.properties.selectors import moderation as waiting
from apps.properties.services import moderation
from ghar import asking, maps
from ghar.actors import Actor
from ghar.admin import actor_of
from ghar.db import signing
from ghar.errors import DomainError
from ghar.staff import list_changes

DONE = {"approve": "approved", "request_edit": "sent back", "reject": "rejected"}
EXPLAINED = {"request_edit", "reject"}
"""Decisions that the owner reads a reason of."""
MOST_PASSED = 200
_NEVER = "never"
_NOISE = {"listing preferences", "is available"}
"""Columns in which moderation itself writes."""

FACTS = (
    "property_type", "purpose", "monthly_rent", "base_price", "security_deposit", "maintenance_charges", "bedrooms",
    "bathrooms", "area_sqft", "floor_number", "furnishing_level", "max_occupancy", "available_from", "full_address",
    "locality", "sub_locality", "landmark", "city", "pincode",
)  # fmt: skip
WISHES = (
    "gender_preference", "sharing_type", "food_habits", "smoking_drinking", "guests_policy", "cleanliness", "pets",
    "parties_at_home",
)  # fmt: skip


class ModerationQueue:
    """The part of the screen of listings in which shared homes are decided about."""

    @action(description="Moderation queue", url_path="moderation", permissions=["change"], icon="gavel")
    def moderation(self, request: HttpRequest) -> HttpResponse:
        """The next home, or, when something was decided, the one after it."""
        if request.method == "POST":
            return self._decide(request)
        actor, passed = actor_of(request), _numbers(request.GET.get("passed", ""))
        listing = waiting.find_waiting(actor, wanted=_number(request.GET.get("listing", "")), passed=passed)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]  # a screen has it
            "title": "Moderation queue",
            "waiting": waiting.count_waiting(actor),
            "listing": listing,
            "passed": ",".join(map(str, passed)),
            "longest_reason": asking.LONGEST_REASON,
            **(_shown(actor, listing) if listing else {}),
        }
        return TemplateResponse(request, "admin/moderation.html", context)

    def _decide(self, request: HttpRequest) -> HttpResponse:
        decision, number = request.POST.get("decision", ""), _number(request.POST.get("listing", ""))
        passed = _numbers(request.POST.get("passed", ""))
        if decision == "pass" and number is not None:
            return _to_queue([*passed, number])
        if decision not in DONE or number is None:
            return _to_queue(passed)
        if decision in EXPLAINED and not asking.given_reason(request):
            messages.error(request, "The owner reads why: write a reason.")
            return _to_queue(passed, listing=number)
        _carry_out(request, number, decision)
        return _to_queue(passed)


def _carry_out(request: HttpRequest, number: int, decision: str) -> None:
    actor = actor_of(request)
    try:
        with signing.signed(actor):
            listing = moderation.moderate_listing(
                actor=actor,
                property_id=number,
                action=decision,
                reason=asking.given_reason(request),
                seen_at=_moment(request.POST.get("seen_at", "")),
            )
    except DomainError as refusal:
        messages.error(request, f"Nothing was decided. {refusal.message}")
    else:
        messages.success(request, f"“{listing.title}” was {DONE[decision]}.")


def _shown(actor: Actor, listing: Property) -> dict[str, Any]:
    """Everything about a home that helps to decide."""
    since = waiting.approved_at(listing)
    changes = [one for one in list_changes(actor, Property, listing.pk) if since and one.at > since]
    own = listing.listing_preferences
    return {
        "pictures": waiting.list_pictures(listing),
        "facts": [(name.replace("_", " "), _value(listing, name)) for name in FACTS],
        "wishes": [(name.replace("_", " "), own[name]) for name in WISHES if own.get(name)],
        "words": strip_tags((listing.description or "").replace("<", " <")),
        "flags": own.get("ai_prescreen_flags") or [],
        "last_reason": own.get("moderation_reason"),
        "approved_at": since,
        "changes": [_without_noise(one) for one in changes],
        "alike": waiting.list_alike(listing),
        "seen_at": listing.updated_at.isoformat() if listing.updated_at else _NEVER,
        "tiles": maps.tiles(),
    }


def _without_noise(change: Any) -> dict[str, Any]:
    columns = [column for column in change.columns if column[0] not in _NOISE]
    return {"at": change.at, "who": change.who, "columns": columns}


def _value(listing: Property, name: str) -> Any:
    shown = getattr(listing, f"get_{name}_display", None)
    return shown() if shown else getattr(listing, name)


def _to_queue(passed: list[int], **more: Any) -> HttpResponse:
    query = {**({"passed": ",".join(map(str, passed[-MOST_PASSED:]))} if passed else {}), **more}
    address = reverse("admin:properties_property_moderation")
    return HttpResponseRedirect(f"{address}?{urlencode(query)}" if query else address)


def _number(said: str) -> int | None:
    return int(said) if said.isdecimal() and len(said) < 19 else None


def _numbers(said: str) -> list[int]:
    found = (_number(one) for one in said.split(",")[-MOST_PASSED:])
    return [number for number in found if number is not None]


def _moment(said: str) -> datetime | None:
    """When what was shown had been written; None for what never was. What is not a time fits nothing."""
    if said == _NEVER:
        return None
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
