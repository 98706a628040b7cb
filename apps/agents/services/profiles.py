"""Making, changing and retiring agents, and saying who signs in as which."""

from typing import Any

from django.db import IntegrityError, transaction

from apps.accounts.selectors import get_login
from apps.accounts.services import customers
from apps.agents import permissions
from apps.agents.events import AgentRetired
from apps.agents.models import LANGUAGE_LONGEST, LANGUAGES_MOST, Agent, default_languages
from apps.agents.selectors import AgentNotFound
from apps.agents.services import assignment
from ghar import json_shapes
from ghar.actors import SYSTEM, Actor
from ghar.errors import BadRequest, Conflict, Invalid, NotAllowed
from ghar.events import publish

_REQUIRED = ("name", "agent_type", "experience_level", "is_active", "is_available")


class OnlyAdmins(NotAllowed):
    """Only an admin may decide about agents."""

    code = "ADMIN_REQUIRED"
    message = "Only an admin may do this."


class NotAnAgent(BadRequest):
    """Only a person whose role is agent signs in as an agent."""

    code = "NOT_AN_AGENT"
    message = "This person's role is not agent."


class LoginTaken(Conflict):
    """The person signs in as another agent already."""

    code = "LOGIN_TAKEN"
    message = "This person signs in as another agent already."


@transaction.atomic
def create_agent(*, actor: Actor, values: dict[str, Any]) -> Agent:
    """A new agent. Raises OnlyAdmins, and Invalid for an address, languages or hours that are none."""
    _insist_on_admin(actor)
    return Agent.objects.create(**_checked(values))


@transaction.atomic
def update_agent(*, actor: Actor, agent_id: int, changes: dict[str, Any]) -> Agent:
    """Write the given fields; a null leaves what cannot be null. Making an agent inactive retires them.

    Raises OnlyAdmins, AgentNotFound, Invalid.
    """
    _insist_on_admin(actor)
    assignment.system_hold_lock()
    agent = _locked(agent_id)
    was_active = agent.is_active
    for name, value in _checked(changes).items():
        setattr(agent, name, value)
    if not agent.is_active:
        agent.is_available = False
        customers.system_release_customers(agent_id=agent.pk)
    agent.save()
    if was_active and not agent.is_active:
        publish(AgentRetired(agent.pk))
    return agent


def retire_agent(*, actor: Actor, agent_id: int) -> Agent:
    """Make an agent inactive; their customers are free for another. Raises OnlyAdmins, AgentNotFound."""
    return update_agent(actor=actor, agent_id=agent_id, changes={"is_active": False})


def system_retire_login(*, user_id: int) -> None:
    """Retire the agent that somebody signed in as who is gone; doing it again changes nothing."""
    agent_id = Agent.objects.filter(login_id=user_id, is_active=True).values_list("pk", flat=True).first()
    if agent_id is not None:
        retire_agent(actor=SYSTEM, agent_id=agent_id)


def reinstate_agent(*, actor: Actor, agent_id: int) -> Agent:
    """Let a retired agent work again. Raises OnlyAdmins, AgentNotFound."""
    return update_agent(actor=actor, agent_id=agent_id, changes={"is_active": True, "is_available": True})


def change_availability(*, actor: Actor, agent_id: int, is_available: bool) -> Agent:
    """Say whether an agent takes new customers. Raises OnlyAdmins, AgentNotFound."""
    return update_agent(actor=actor, agent_id=agent_id, changes={"is_available": is_available})


@transaction.atomic
def link_login(*, actor: Actor, agent_id: int, user_id: int | None) -> Agent:
    """Say who signs in as this agent; None for nobody. Raises OnlyAdmins, AgentNotFound, NotAnAgent, LoginTaken."""
    _insist_on_admin(actor)
    agent = _locked(agent_id)
    if user_id is not None and get_login(user_id).role != "agent":
        raise NotAnAgent
    agent.login_id = user_id
    try:
        with transaction.atomic():
            agent.save(update_fields=["login", "updated_at"])
    except IntegrityError as clash:
        raise LoginTaken from clash
    return agent


def _insist_on_admin(actor: Actor) -> None:
    if not permissions.can_administer(actor):
        raise OnlyAdmins


def _locked(agent_id: int) -> Agent:
    agent = Agent.objects.select_for_update().filter(pk=agent_id).first()
    if agent is None:
        raise AgentNotFound
    return agent


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """Without nulls where there can be none. Raises Invalid."""
    checked = {name: value for name, value in values.items() if value is not None or name not in _REQUIRED}
    if checked.get("languages", ...) is None:
        checked["languages"] = default_languages()
    if (url := checked.get("avatar_url")) and not url.startswith(("http://", "https://")):
        raise Invalid.field("avatar_url", "Must start with http:// or https://.")
    if "languages" in checked:
        json_shapes.insist_on_words("languages", checked["languages"], most=LANGUAGES_MOST, longest=LANGUAGE_LONGEST)
    json_shapes.insist_on_object("working_hours", checked.get("working_hours"))
    return checked
