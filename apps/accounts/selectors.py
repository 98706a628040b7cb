"""Reads about people and their sign-in."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.db.models import Count, Max, Q

from apps.accounts import permissions, rules
from apps.accounts.models import App, User
from ghar import clock, limits, phones
from ghar.actors import Actor, Role
from ghar.auth.provider import AccountFacts, LinkedIdentity, ProviderUnreachable, provider
from ghar.db import json_rows
from ghar.db.daily import count_by_day
from ghar.db.json_rows import Pick, Shape
from ghar.db.keyset import Key, Order, whole_number
from ghar.db.listing import Listing
from ghar.errors import NotAllowed, NotFound

log = structlog.get_logger(__name__)

PROBES_AN_HOUR = limits.Limit(5, 3600)

_COLUMNS = (
    "id", "email", "full_name", "phone", "date_of_birth", "role", "is_active", "is_verified", "phone_verified",
    "email_verified", "last_auth_method", "last_auth_method_at", "profile_image_url", "preferences",
    "current_latitude", "current_longitude", "notification_settings", "privacy_settings", "created_at", "updated_at",
)  # fmt: skip
_AGENT = "json_build_object('id', a.id, 'name', a.name, 'phone', a.contact_number, 'avatar_url', a.avatar_url)"
# Of an agent's login the agent that it is, of others the one they have.
PERSON = Shape(
    "users u LEFT JOIN agents a ON a.id = CASE WHEN u.role = 'agent' "
    "THEN (SELECT p.id FROM agents p WHERE p.login_id = u.id) ELSE u.agent_id END WHERE u.id = page.id",
    {
        **{name: f"u.{name}" for name in _COLUMNS},
        "supabase_user_id": "u.subject",
        "first_name": "nullif(split_part(u.full_name, ' ', 1), '')",
        "last_name": "nullif(substr(u.full_name, strpos(u.full_name || ' ', ' ') + 1), '')",
        "avatar_url": "u.profile_image_url",
        "agent_id": "a.id",
        "agent": f"CASE WHEN a.id IS NOT NULL THEN {_AGENT} END",
    },
)
NEWEST = Order(
    "newest_people",
    (Key("created_at", "users.created_at", datetime.fromisoformat), Key("id", "users.id", whole_number)),
    descending=True,
)


class UserNotFound(NotFound):
    """There is no such person."""

    code = "USER_NOT_FOUND"
    message = "User not found"


class NotYourPerson(NotAllowed):
    """Agents see the people they look after, others only themselves."""

    code = "NOT_YOUR_PERSON"
    message = "This person is none of your customers."


@dataclass(frozen=True)
class IdentifierStatus:
    """What a sign-in form needs to know before it asks for a code or a password."""

    exists: bool
    verified: bool
    has_password: bool
    channel: str
    next_step: str


def get_identifier_status(identifier: str) -> IdentifierStatus:
    """Whether an identifier leads to an account, and how it signs in.

    Limited for each identifier (five an hour), beside the limit for each address, because the answer tells who
    has an account. Raises TooMany, and ProviderUnreachable when the provider cannot be asked.
    """
    name = identifier.strip().lower()
    limits.enforce(f"identifier:{hashlib.sha256(name.encode()).hexdigest()}", PROBES_AN_HOUR)
    channel = "email" if "@" in name else "phone"
    facts = _find(channel, name)
    if facts is None:
        return IdentifierStatus(False, False, False, channel, "otp")
    verified = facts.email_verified if channel == "email" else facts.phone_verified
    step = "password" if verified and facts.has_password else "otp"
    return IdentifierStatus(True, verified, facts.has_password, channel, step)


def _find(channel: str, name: str) -> AccountFacts | None:
    if channel == "email":
        return provider().find_by_email(name)
    try:
        phone = phones.normalise(name)
    except ValueError:
        return None
    return provider().find_by_phone(phone)


def get_auth_state(actor: Actor, app: str) -> rules.Stage:
    """The stage of sign-up of the actor in a client app."""
    user = actor.user
    person = rules.SignUp(
        is_verified=user.email_verified or user.phone_verified,
        has_password=_has_password(user.subject),
        full_name=user.full_name,
        date_of_birth=user.date_of_birth,
        onboarded_apps=user.onboarded_apps,
    )
    return rules.stage_of(person, app=app, gated_apps=App.values)


def _has_password(subject: str) -> bool:
    """While the provider is away nobody is sent to set a password that they may have."""
    try:
        facts = provider().get(subject)
    except ProviderUnreachable:
        log.warning("the identity provider is away; a password is assumed")
        return True
    return facts is not None and facts.has_password


def list_identities(actor: Actor) -> tuple[LinkedIdentity, ...]:
    """The logins that lead to the actor's account. Raises ProviderUnreachable."""
    facts = provider().get(actor.user.subject)
    return facts.identities if facts else ()


def get_preferences(actor: Actor) -> dict[str, Any]:
    """The stored search preferences of the actor."""
    stored: dict[str, Any] = actor.user.preferences
    return stored


def get_person(actor: Actor, user_id: int) -> bytes:
    """Somebody as JSON. Raises UserNotFound, and NotYourPerson for one that the actor may not see."""
    user = User.objects.filter(pk=user_id)
    if not user.exists():
        raise UserNotFound
    if not user.filter(permissions.visible_to(actor)).exists():
        raise NotYourPerson
    return json_rows.render(Pick("users").where("users.id = %(id)s", id=user_id), PERSON, limit=1)[0]


def list_people(
    actor: Actor,
    *,
    q: str | None = None,
    agent_id: int | None = None,
    unassigned: bool | None = None,
    is_active: bool | None = None,
    phone_verified: bool | None = None,
) -> Listing:
    """People, the newest first: everybody to admins, to agents their customers, whoever's agent they ask for.

    `q` is a part of a name, an email or a phone.
    """
    pick = Pick("users")
    if q:
        dialled = rules.dialled(q)
        pick.where(_MENTIONS, name=rules.pattern(q), phone=rules.pattern(dialled) if dialled else None)
    for column, wanted in (("is_active", is_active), ("phone_verified", phone_verified)):
        if wanted is not None:
            pick.where(f"users.{column} = %({column})s", **{column: wanted})
    if actor.role == Role.AGENT:
        mine, params = json_rows.among(User, permissions.customers_of(actor))
        return Listing(pick.where(mine, **params), PERSON, NEWEST)
    if agent_id is not None:
        pick.where("users.agent_id = %(agent)s", agent=agent_id)
    if unassigned is not None:
        pick.where(f"users.agent_id IS {'NULL' if unassigned else 'NOT NULL'}")
    return Listing(pick, PERSON, NEWEST)


_MENTIONS = "users.full_name ILIKE %(name)s OR users.email ILIKE %(name)s OR users.phone ILIKE %(phone)s"


@dataclass(frozen=True)
class PeopleCounts:
    """How many people there are, how many came in the last seven days, and how many are suspended."""

    all: int
    new: int
    suspended: int


def count_people(actor: Actor) -> PeopleCounts:
    """Of those whom the actor may see."""
    week = clock.now() - timedelta(days=7)
    counts = User.objects.filter(permissions.visible_to(actor)).aggregate(
        all=Count("pk"),
        new=Count("pk", filter=Q(created_at__gte=week)),
        suspended=Count("pk", filter=Q(is_active=False, deleted_at=None)),
    )
    return PeopleCounts(**counts)


def count_people_by_day(actor: Actor, days: int) -> list[tuple[date, int]]:
    """How many came in, day by day, of those whom the actor may see."""
    return count_by_day(User.objects.filter(permissions.visible_to(actor)), "created_at", days=days)


def count_customers() -> dict[int, int]:
    """How many customers each agent has who has any, by the agent's id."""
    counted = User.objects.exclude(agent=None).order_by().values_list("agent_id").annotate(count=Count("pk"))
    return {agent_id: count for agent_id, count in counted if agent_id is not None}


def get_login(user_id: int) -> User:
    """A person as who signs in. Raises UserNotFound."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise UserNotFound
    return user


def name_people(ids: Collection[int]) -> dict[int, str]:
    """What staff call these people, by id."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids).only("full_name", "phone", "email")}


def find_active_person(user_id: int) -> User | None:
    """Somebody who is here and not suspended."""
    return User.objects.filter(pk=user_id, is_active=True).first()


def find_by_subject(subject: str) -> User | None:
    """The person whose tokens have that subject."""
    return User.objects.filter(subject=subject).first()


@dataclass(frozen=True)
class Segment:
    """Some people: of a role, of an agent's customers, suspended or not; None stands for any. Nobody deleted."""

    role: str | None = None
    agent_id: int | None = None
    is_active: bool | None = True

    def people(self) -> Any:
        """The rows, in no order."""
        wanted = {name: value for name, value in vars(self).items() if value is not None}
        return User.objects.filter(deleted_at=None, **wanted)


def measure_segment(segment: Segment) -> tuple[int, int]:
    """How many people there are in a segment, and the greatest id among them (0 for nobody)."""
    measured = segment.people().aggregate(count=Count("pk"), last=Max("pk"))
    return measured["count"], measured["last"] or 0


def list_segment(segment: Segment, *, after: int, upto: int, limit: int) -> list[User]:
    """The next people of a segment by id: above `after`, `upto` at most."""
    return list(segment.people().filter(pk__gt=after, pk__lte=upto).order_by("pk")[:limit])


def brief(alias: str, *, with_contact: bool = False) -> str:
    """The SQL of a person in a few words, over a row of `users` that may be absent; contact is for staff."""
    shown = {
        "id": f"{alias}.id",
        "full_name": f"{alias}.full_name",
        "profile_image_url": f"{alias}.profile_image_url",
        "avatar_url": f"{alias}.profile_image_url",
        **({"phone": f"{alias}.phone", "email": f"{alias}.email"} if with_contact else {}),
    }
    pairs = ", ".join(f"'{key}', {sql}" for key, sql in shown.items())
    return f"CASE WHEN {alias}.id IS NOT NULL THEN json_build_object({pairs}) END"
