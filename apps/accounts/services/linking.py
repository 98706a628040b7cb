"""From a verified token to the local user: found by subject, linked by a verified phone or email, or made new.

Only what the issuer has verified links, and only to a row whose own phone or email is verified or that nobody has
signed in to yet. So writing somebody's number into one's profile never leads to their account, nor theirs to it.

A row stays with its login as long as the provider has that login. Whoever proves a phone that it gave up, a number that
the network gave to somebody else for example, takes the phone from the row and gets a row of their own.
"""

import structlog
from django.db import IntegrityError, transaction

from apps.accounts import rules
from apps.accounts.events import RoleChanged
from apps.accounts.models import User, UserRole
from ghar import events, phones
from ghar.actors import Actor
from ghar.auth.claims import Claims
from ghar.auth.provider import provider
from ghar.db import instances, locks

log = structlog.get_logger(__name__)


def system_actor_for(claims: Claims) -> Actor:
    """The actor of a verified token. The usual case is one read and no write.

    The user may be inactive: the caller refuses. A suspended person is found by every proof they bring, so a new
    login gives them no new row. Raises ProviderUnreachable when a proof leads to the row of another login, and the
    provider cannot be asked whether that one is still there.
    """
    user = _find(claims.subject)
    if user is None:
        user = _link_or_create(claims)
    elif user.is_active and _proves_more(user, claims):
        _raise_flags(user, claims)
    return Actor.of(user)


def _find(subject: str) -> User | None:
    """Every request of somebody signed in begins with this read."""
    return instances.first(User, "WHERE users.subject = %(subject)s", {"subject": subject})


def _link_or_create(claims: Claims) -> User:
    """Serialised per subject; a clash over phone or email with another subject is settled by looking again."""
    try:
        return _link_once(claims)
    except IntegrityError:
        log.info("linking clashed with another sign-in; looking again", subject=claims.subject)
        return _link_once(claims)


@transaction.atomic
def _link_once(claims: Claims) -> User:
    locks.hold(f"link {claims.subject}")
    user = User.objects.filter(subject=claims.subject).first() or _proven_match(claims)
    if user is None:
        return _create(claims)
    if user.is_active and user.subject != claims.subject:
        user.subject = claims.subject
        user.full_name = user.full_name or _name(claims)
        user.save(update_fields=["subject", "full_name", "updated_at"])
        if user.role != UserRole.USER:
            events.publish(RoleChanged(user.pk))
        _raise_flags(user, claims)
    return user


def _proven_match(claims: Claims) -> User | None:
    """The row that the token's verified email, else its verified phone, proves to be this person's."""
    for field, value in _proofs(claims).items():
        row = User.objects.select_for_update().filter(**{field: value}).first()
        if row is None:
            continue
        if row.subject is None:
            return row
        if getattr(row, f"{field}_verified"):
            if provider().get(row.subject) is None:
                return row
            _take_from(row, field)
    return None


def _take_from(row: User, field: str) -> None:
    """The login of this row no longer holds its phone or email: another one has proven it."""
    setattr(row, field, None)
    setattr(row, f"{field}_verified", False)
    row.is_verified = row.email_verified or row.phone_verified
    row.save(update_fields=[field, f"{field}_verified", "is_verified", "updated_at"])


def _name(claims: Claims) -> str | None:
    """The holder's own word, held to what a name must be; None when it is none."""
    try:
        return rules.clean_name(claims.full_name or "") or None
    except ValueError:
        return None


def _proofs(claims: Claims) -> dict[str, str]:
    proofs = {}
    if claims.email and claims.email_verified:
        proofs["email"] = claims.email
    if claims.phone and claims.phone_verified:
        proofs["phone"] = _e164(claims.phone)
    return proofs


def _e164(phone: str) -> str:
    """A token's phone (E.164 without the plus) as we store it."""
    return phones.normalise(f"+{phone.removeprefix('+')}")


def _create(claims: Claims) -> User:
    proofs = _proofs(claims)
    _release(proofs)
    return User.objects.create(
        subject=claims.subject,
        full_name=_name(claims),
        email_verified="email" in proofs,
        phone_verified="phone" in proofs,
        is_verified=bool(proofs),
        **proofs,
    )


def _release(proofs: dict[str, str]) -> None:
    """Take a proven phone or email from a row that only wrote it down."""
    for field, value in proofs.items():
        User.objects.filter(**{field: value, f"{field}_verified": False}).update(**{field: None})


def _proves_more(user: User, claims: Claims) -> bool:
    """Seldom: so nothing is spelt out, as a phone has to be, where all that is vouched for is known."""
    email = claims.email_verified and not user.email_verified
    phone = claims.phone_verified and not user.phone_verified
    return (email or phone) and any(_is_news(user, field, value) for field, value in _proofs(claims).items())


def _is_news(user: User, field: str, value: str) -> bool:
    return getattr(user, field) in (None, value) and not getattr(user, f"{field}_verified")


def _raise_flags(user: User, claims: Claims) -> None:
    """Flags only rise: a token that proves less takes nothing away."""
    news = {field: value for field, value in _proofs(claims).items() if _is_news(user, field, value)}
    free = {field: value for field, value in news.items() if not _held_by_another(user, field, value)}
    if not free:
        return
    for field, value in free.items():
        setattr(user, field, value)
        setattr(user, f"{field}_verified", True)
    user.is_verified = True
    with transaction.atomic():
        if not User.objects.select_for_update().filter(pk=user.pk, is_active=True).exists():
            return  # suspended or deleted a moment ago
        _release(free)
        user.save(update_fields=["is_verified", "updated_at", *free, *(f"{field}_verified" for field in free)])


def _held_by_another(user: User, field: str, value: str) -> bool:
    return User.objects.filter(**{field: value, f"{field}_verified": True}).exclude(pk=user.pk).exists()
