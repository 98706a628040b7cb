"""Choosing listings: what an actor may see, and what is measured of each row."""

from apps.properties import permissions
from apps.properties.models import Property
from ghar.actors import Actor, Role
from ghar.db.json_rows import Pick, condition

TABLE = "properties"

MEASURES = ("distance_km", "relevance_score", "vector_distance")
"""What the shape of a listing shows of how it was found."""

# As `permissions.can_manage` has it for an agent.
MANAGED_BY_AGENT = (
    "properties.owner_id IN (SELECT o.id FROM users o JOIN agents g ON g.id = o.agent_id "
    "WHERE g.login_id = %(viewer)s AND g.is_active)"
)


def visible(actor: Actor) -> Pick:
    """Every listing that the actor may see, nothing measured yet."""
    may_see, params = condition(Property, permissions.visible_to(actor))
    return bare(actor).where(may_see, **params)


def readable(actor: Actor) -> Pick:
    """The same, and for an agent also what waits for a review of their customers' listings, which they write."""
    if actor.role != Role.AGENT:
        return visible(actor)
    may_see, params = condition(Property, permissions.visible_to(actor))
    return bare(actor).where(f"{may_see} OR {MANAGED_BY_AGENT}", **params)


def managed(actor: Actor) -> Pick:
    """The listings that the actor may write, as `permissions.can_manage` has it."""
    pick = bare(actor)
    if actor.is_admin:
        return pick
    own = "properties.owner_id = %(viewer)s"
    return pick.where(f"{own} OR {MANAGED_BY_AGENT}" if actor.role == Role.AGENT else own)


def bare(actor: Actor) -> Pick:
    """All listings, for a selector that says itself whose they are."""
    return Pick(TABLE, measures=dict.fromkeys(MEASURES, "NULL::float8"), params={"viewer": actor.id})
