"""The people of cases that write, made inside the platform once and kept: visitors with tokens, and agents."""

import secrets
from datetime import timedelta
from typing import Any

from bench.visits import MCP_PATH, Scene, Visitor

VISITORS = 20
AGENTS = 8
PLACES = 500
DECIDED = 15
_CLIENT = "ghar-bench"


def scene() -> Scene:
    """Visitors who each have an agent, agents who sign in, and listings that may be visited."""
    from apps.properties.models import Property  # noqa: PLC0415 - Django is set up first

    agents = [_agent(number) for number in range(AGENTS)]
    visitors = [_visitor(number, agents[number % AGENTS]) for number in range(VISITORS)]
    offered = Property.objects.filter(is_available=True, status="available").order_by("pk")
    return Scene(visitors, list(offered.values_list("pk", flat=True)[:PLACES]))


def take_to(user: Any) -> None:
    """Have somebody like a dozen listings and pass three, so that there is something to recommend by."""
    from apps.discovery.services import swipes  # noqa: PLC0415 - Django is set up first
    from apps.properties.models import Property  # noqa: PLC0415
    from ghar.actors import Actor  # noqa: PLC0415

    offered = Property.objects.filter(is_available=True, is_live=True).order_by("-pk").values_list("pk", flat=True)
    for place, pk in enumerate(offered[:DECIDED]):
        swipes.record_swipe(actor=Actor.of(user), property_id=pk, action="pass" if place % 5 == 0 else "like")


def _agent(number: int) -> int:
    from apps.accounts.models import User  # noqa: PLC0415 - Django is set up first
    from apps.agents.models import Agent  # noqa: PLC0415
    from apps.agents.services import profiles  # noqa: PLC0415
    from ghar.actors import SYSTEM  # noqa: PLC0415

    name, phone = f"Bench Agent {number}", f"+9196{number:08d}"
    login, _ = User.objects.get_or_create(phone=phone, defaults={"full_name": name, "role": "agent"})
    known = Agent.objects.filter(login=login).first()
    if known is not None:
        return known.pk
    agent = profiles.create_agent(actor=SYSTEM, values={"name": name})
    return profiles.link_login(actor=SYSTEM, agent_id=agent.pk, user_id=login.pk).pk


def _visitor(number: int, agent_id: int) -> Visitor:
    from apps.agents.services import assignment  # noqa: PLC0415 - Django is set up first
    from apps.visits import selectors  # noqa: PLC0415
    from bench import inside  # noqa: PLC0415
    from ghar.actors import SYSTEM, Actor  # noqa: PLC0415

    token, user = inside.sign_in(f"+9195{number:08d}", f"Bench Visitor {number}")
    assignment.assign_agent(actor=SYSTEM, user_id=user.pk, agent_id=agent_id)

    def read() -> None:
        try:
            selectors.get_visit(Actor.of(user), 0)
        except selectors.VisitNotFound:
            return

    (call,) = inside.calls_of(read)
    return Visitor(user.pk, token, _mcp_token(user), call.sql, dict(call.params))


def _mcp_token(user: Any) -> str:
    """An access token for the MCP server of users, as the oauth area keeps it."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up first

    from apps.oauth import rules  # noqa: PLC0415
    from apps.oauth.models import Client, Grant, TokenPair  # noqa: PLC0415
    from ghar import clock  # noqa: PLC0415

    client, _ = Client.objects.get_or_create(client_id=_CLIENT, defaults={"name": "Bench"})
    resource = f"{settings.PUBLIC_BASE_URL}{MCP_PATH}"
    grant = Grant.objects.create(user=user, client=client, resource=resource, scope=rules.DEFAULT_SCOPE)
    token, later = secrets.token_urlsafe(32), clock.now() + timedelta(days=1)
    TokenPair.objects.create(
        grant=grant,
        access_digest=rules.digest(token),
        refresh_digest=rules.digest(secrets.token_urlsafe(32)),
        scope=grant.scope,
        access_expires_at=later,
        refresh_expires_at=later,
    )
    return token
