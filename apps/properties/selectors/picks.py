"""Choosing listings: what an actor may see, and what is measured of each row."""

from apps.properties import permissions
from apps.properties.models import Property
from ghar.actors import Actor
from ghar.db.json_rows import Pick, condition

TABLE = "properties"


def visible(actor: Actor) -> Pick:
    """Every listing that the actor may see, nothing measured yet."""
    may_see, params = condition(Property, permissions.visible_to(actor))
    return bare(actor).where(may_see, **params)


def bare(actor: Actor) -> Pick:
    """All listings, for a selector that says itself whose they are."""
    unmeasured = {"distance_km": "NULL::float8", "relevance_score": "NULL::float8"}
    return Pick(TABLE, measures=unmeasured, params={"viewer": actor.id})
