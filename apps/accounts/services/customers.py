"""Which agent looks after a person. Who that is, the agents area decides."""

from datetime import datetime

from apps.accounts.models import User, UserRole
from apps.accounts.selectors import UserNotFound
from ghar import clock
from ghar.errors import BadRequest


class OnlyCustomers(BadRequest):
    """Agents and admins are nobody's customers."""

    code = "ONLY_CUSTOMERS"
    message = "Agents and admins have no agent of their own."


def system_lock_customer(*, user_id: int) -> User:
    """The row of a customer, locked until the transaction ends. Raises UserNotFound, OnlyCustomers."""
    user = User.objects.select_for_update().filter(pk=user_id, deleted_at=None).first()
    if user is None:
        raise UserNotFound
    if user.role != UserRole.USER:
        raise OnlyCustomers
    return user


def system_set_agent(*, customer: User, agent_id: int | None) -> datetime:
    """Write a locked customer's agent, or that there is none. Answers the moment."""
    customer.agent_id = agent_id
    now = clock.now()
    customer.agent_assigned_at = now if agent_id else None
    customer.save(update_fields=["agent", "agent_assigned_at", "updated_at"])
    return now


def system_release_customers(*, agent_id: int) -> int:
    """Take an agent away from everybody. Answers how many customers are free."""
    freed = User.objects.filter(agent_id=agent_id)
    return freed.update(agent=None, agent_assigned_at=None, updated_at=clock.now())
