"""Whether the platform answers, and as whom."""

from typing import Any

from django.conf import settings

from apps.accounts.serializers import answers
from ghar import tools
from ghar.actors import Actor
from ghar.tools import Audience, tool


def _status(actor: Actor, server: str, *audiences: Audience) -> dict[str, Any]:
    user = actor.user
    person = None
    if user is not None:
        shown = ("id", "email", "phone", "full_name", "role", "is_verified", "profile_image_url")
        person = {name: getattr(user, name) for name in shown}
    return {
        "status": "ok",
        "version": settings.APP_VERSION,
        "server": server,
        "auth": {"status": "authenticated" if person else "anonymous", "user": person},
        "features": [one.name for one in tools.for_audiences(*audiences) if tools.admits(actor, one)],
    }


@tool(
    "user_system_status",
    on={Audience.GUEST, Audience.USER},
    title="System Status",
    answers=answers.StatusAnswer,
    envelope=True,
    says=lambda data: f"The platform answers. You are {data['auth']['status']}.",
)
def user_system_status(actor: Actor) -> dict[str, Any]:
    """Whether the platform answers, who you are to it, and which tools are open to you."""
    return _status(actor, "ghar360-user", Audience.GUEST, Audience.USER)


@tool(
    "admin_system_status",
    on={Audience.STAFF},
    title="Admin System Status",
    answers=answers.StaffStatusAnswer,
    envelope=True,
    says=lambda data: f"The platform answers. Your role is {data['access']}.",
)
def admin_system_status(actor: Actor) -> dict[str, Any]:
    """Whether the platform answers, your role, and which of the staff's tools are open to you."""
    return {**_status(actor, "ghar360-admin", Audience.STAFF), "access": actor.role}
