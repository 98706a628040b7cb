"""Who looks after whom."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from apps.accounts import selectors as people
from apps.accounts.services import customers
from apps.agents import permissions, rules, selectors
from ghar import clock
from ghar.actors import Actor
from ghar.db import locks
from ghar.errors import NotAllowed, NotFound


class NoAgentsAvailable(NotFound):
    """No agent takes customers now, or not the one who was named."""

    code = "NO_AGENTS_AVAILABLE"
    message = "No agents available"


class OnlyForYourself(NotAllowed):
    """Customers choose an agent for themselves; others are given one by an admin."""

    code = "NOT_YOUR_CUSTOMER"
    message = "You may only choose an agent for yourself."


@dataclass(frozen=True)
class Assignment:
    """A customer's agent, since when, and how it came: already_assigned, manual_assigned or auto_assigned."""

    user_id: int
    agent_id: int
    assigned_at: datetime
    reason: str


def system_hold_lock() -> None:
    """One assignment at a time: so loads are compared as they are, and nobody is given to an agent who retires."""
    locks.hold("assign agents")


@transaction.atomic
def assign_agent(*, actor: Actor, user_id: int, agent_id: int | None = None) -> Assignment:
    """Give a customer an agent: the one that is named, else the one at work with the fewest customers.

    Who has an agent keeps them, unless an admin names another. Raises OnlyForYourself, UserNotFound,
    OnlyCustomers for a login of staff, and NoAgentsAvailable.
    """
    if not permissions.can_assign(actor, user_id):
        raise OnlyForYourself
    system_hold_lock()
    customer = customers.system_lock_customer(user_id=user_id)
    moves = actor.is_admin and agent_id is not None
    if customer.agent_id is not None and (not moves or customer.agent_id == agent_id):
        since = customer.agent_assigned_at or clock.now()
        return Assignment(user_id, customer.agent_id, since, "already_assigned")
    chosen = _choose(agent_id)
    since = customers.system_set_agent(customer=customer, agent_id=chosen)
    return Assignment(user_id, chosen, since, "auto_assigned" if agent_id is None else "manual_assigned")


@transaction.atomic
def unassign_agent(*, actor: Actor, user_id: int) -> None:
    """Take a customer's agent away. Raises OnlyForYourself unless an admin does it, UserNotFound, OnlyCustomers."""
    if not permissions.can_administer(actor):
        raise OnlyForYourself
    system_hold_lock()
    customers.system_set_agent(customer=customers.system_lock_customer(user_id=user_id), agent_id=None)


def _choose(agent_id: int | None) -> int:
    at_work = selectors.list_ids_at_work()
    named = [agent_id] if agent_id in at_work else []
    chosen = rules.least_loaded(at_work if agent_id is None else named, people.count_customers())
    if chosen is None:
        raise NoAgentsAvailable
    return chosen
