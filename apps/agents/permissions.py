"""Who may run the agency, and who may be given an agent by whom."""

from ghar.actors import Actor


def can_administer(actor: Actor) -> bool:
    """May make, change and retire agents, and move customers between them."""
    return actor.is_admin


def can_assign(actor: Actor, user_id: int) -> bool:
    """Customers ask for an agent for themselves; admins give one to anybody."""
    return actor.is_admin or actor.id == user_id
