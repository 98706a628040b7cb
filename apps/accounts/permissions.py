"""Who may look at people, what of them they may change, and who may decide about their accounts."""

from django.db.models import Q

from apps.accounts.models import User
from ghar.actors import Actor, Role

PROFILE = frozenset(
    {
        "email", "full_name", "phone", "date_of_birth", "profile_image_url", "preferences", "current_latitude",
        "current_longitude", "notification_settings", "privacy_settings",
    }
)  # fmt: skip
"""What people change about themselves."""

KEPT_BY_AGENTS = frozenset(
    {"full_name", "profile_image_url", "preferences", "notification_settings", "privacy_settings"}
)
"""What an agent changes about a customer: nothing that says who they are or how to reach them."""


def customers_of(actor: Actor) -> Q:
    """Whom the agent who signs in as this actor looks after."""
    return Q(agent__login=actor.id, agent__is_active=True)


def visible_to(actor: Actor) -> Q:
    """Admins see everybody, agents their customers and themselves, others themselves."""
    if actor.is_admin:
        return Q()
    own = Q(pk=actor.id)
    return own | customers_of(actor) if actor.role == Role.AGENT else own


def is_customer_of(actor: Actor, user: User) -> bool:
    """Does the agent who signs in as this actor look after the person?"""
    agent = user.agent
    return actor.role == Role.AGENT and agent is not None and agent.is_active and agent.login_id == actor.id


def fields_to_change(actor: Actor, user: User) -> frozenset[str]:
    """What the actor may change about a person; nothing of strangers."""
    if actor.is_admin or actor.id == user.pk:
        return PROFILE
    return KEPT_BY_AGENTS if is_customer_of(actor, user) else frozenset()


def can_administer(actor: Actor) -> bool:
    """May suspend people and give them roles."""
    return actor.is_admin
