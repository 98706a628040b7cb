"""The listings of customers, for the models of agents and admins."""

from typing import Annotated, Any

from pydantic import Field

from apps.properties.serializers import answers
from apps.properties.services import moderation
from apps.properties.tools import managed
from apps.properties.tools.managed import Numbers, Words
from ghar.actors import Actor
from ghar.tools import Audience, Id, tool

STAFF = {Audience.STAFF}


@tool(
    "agent_properties_list",
    on=STAFF,
    envelope=True,
    title="List Managed Properties",
    answers=answers.ManagedListingsAnswer,
    widget="OwnerDashboardWidget",
    phrases=("Getting the listings", "The listings you manage"),
    says=lambda data: f"{data['total']} listings.",
)
def agent_properties_list(
    actor: Actor,
    owner_id: Id | None = None,
    cursor: Words = None,
    limit: int = 50,
    occupancy: Words = None,
    q: Words = None,
) -> dict[str, Any]:
    """The listings of an agent's customers, for admins everybody's. `occupancy` is occupied or vacant."""
    return managed.list_managed(actor, owner_id=owner_id, cursor=cursor, limit=limit, occupancy=occupancy, q=q)


@tool(
    "agent_properties_get",
    on=STAFF,
    envelope=True,
    title="Get Managed Property Details",
    answers=answers.ManagedListingAnswer,
    widget="PropertyDetailsWidget",
    phrases=("Opening the listing", "The listing"),
    says=lambda data: f"{data['property']['title']}.",
)
def agent_properties_get(actor: Actor, property_id: Id) -> dict[str, Any]:
    """Everything about a listing of an agent's customer, with its owner."""
    found = managed.full(actor, property_id)
    return {"property": found, "owner": found["owner"], "active_lease": None, "tenant": None}


@tool(
    "agent_properties_create_for_owner",
    on=STAFF,
    writes=True,
    envelope=True,
    title="Create Property For Owner",
    answers=answers.WrittenListingAnswer,
)
def agent_properties_create_for_owner(
    actor: Actor,
    owner_id: Id,
    title: str,
    property_type: str,
    purpose: str,
    full_address: str,
    city: str,
    locality: str,
    latitude: float,
    longitude: float,
    base_price: float,
    description: Words = None,
    monthly_rent: Numbers = None,
    daily_rate: Numbers = None,
    bedrooms: int | None = None,
    bathrooms: int | None = None,
    area_sqft: Numbers = None,
    main_image_url: Words = None,
    payment_due_day: Annotated[int, Field(ge=1, le=28)] = 1,
    grace_period_days: Annotated[int, Field(ge=0, le=60)] = 5,
) -> dict[str, Any]:
    """Put in a listing for a customer, who owns it. `purpose` is buy, rent or short_stay; prices are rupees."""
    named = ("actor", "owner_id", "payment_due_day", "grace_period_days")
    written = {name: value for name, value in locals().items() if name not in (*named, "named")}
    terms = {"payment_due_day": payment_due_day, "grace_period_days": grace_period_days}
    return managed.create(actor, owner_id, terms, **written)


@tool(
    "agent_properties_verify",
    on=STAFF,
    writes=True,
    envelope=True,
    title="Verify Property Listing",
    answers=answers.VerifiedListingAnswer,
)
def agent_properties_verify(
    actor: Actor, property_id: Id, is_verified: bool, verification_notes: Words = None
) -> dict[str, Any]:
    """Say that the listing of a customer is as written, or that it is not."""
    moderation.verify_listing(actor=actor, property_id=property_id, is_verified=is_verified, notes=verification_notes)
    word = "verified" if is_verified else "not verified"
    return {"message": f"Property is {word}", "property_id": property_id, "is_verified": is_verified}
