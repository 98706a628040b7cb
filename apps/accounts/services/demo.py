"""Demo people: staff, owners and seekers with fixed phones, flagged `is_seed_data`.

The phones and the password are public, so demo data is refused in production unless somebody insists. Sign-in
accounts are made from these rows by the identity area's own demo service.
"""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from apps.accounts.models import User, UserRole
from apps.accounts.services import administration
from ghar import demo
from ghar.actors import SYSTEM
from ghar.progress import Progress

PASSWORD = "ghar-demo-2026"  # noqa: S105 - public on purpose
OWNERS, SEEKERS = 40, 20

_FIRST = ("Aarav", "Ishita", "Kabir", "Meera", "Rohan", "Sana", "Vikram", "Nisha", "Arjun", "Pooja")
_LAST = ("Sharma", "Yadav", "Khanna", "Gill", "Bansal", "Mehta")


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the table of demo people. `part` is admin, agent, owner or seeker."""

    part: str
    phone: str
    email: str
    name: str

    @property
    def role(self) -> str:
        """Owners and seekers are both plain users; what they own makes the difference."""
        return {"admin": UserRole.ADMIN, "agent": UserRole.AGENT}.get(self.part, UserRole.USER)


def _people(part: str, first_number: int, count: int) -> list[Person]:
    return [
        Person(
            part=part,
            phone=f"+9198110{first_number + place:05}",
            email=f"{part}{place + 1}@demo.ghar.example",
            name=f"{_FIRST[(first_number + place) % len(_FIRST)]} {_LAST[(first_number + place) % len(_LAST)]}",
        )
        for place in range(count)
    ]


PEOPLE = [
    *_people("admin", 1, 1),
    *_people("agent", 11, 3),
    *_people("owner", 101, OWNERS),
    *_people("seeker", 201, SEEKERS),
]
"""Everybody, in a fixed order. `.example` addresses can receive nothing (RFC 2606)."""


def system_load_demo(progress: Progress) -> dict[str, int]:
    """Add the demo people that are missing, and let those in again who are locked out, as by `system_clear_demo`; a
    phone or email that a real person has is left to them."""
    password = make_password(PASSWORD)
    with progress.bar("People", len(PEOPLE)) as bar, transaction.atomic():
        before = _roles()
        _let_in_again(password)
        User.objects.bulk_create([_row(person, password) for person in PEOPLE], ignore_conflicts=True)
        bar.advance(len(PEOPLE))
        return {"people": len(_roles().keys() - before.keys())}


def _roles() -> dict[str | None, str]:
    """By phone, of the demo people who may sign in."""
    return dict(User.objects.filter(is_seed_data=True, is_active=True).values_list("phone", "role"))


def _let_in_again(password: str) -> None:
    for person in PEOPLE:
        row = _row(person, password)
        closed = User.objects.filter(is_seed_data=True, is_active=False, phone=person.phone)
        closed.update(role=row.role, password=row.password, is_active=True)


def _row(person: Person, password: str) -> User:
    """Staff carry the password for the admin's form; everybody else's is kept by the identity service."""
    return User(
        phone=person.phone,
        email=person.email,
        full_name=person.name,
        role=person.role,
        password=password if person.role != UserRole.USER else make_password(None),
        is_verified=True,
        phone_verified=True,
        email_verified=True,
        is_seed_data=True,
    )


def system_clear_demo(progress: Progress) -> dict[str, int]:
    """Remove the demo people, except those on whom something real hangs: they are named, and locked out."""
    with progress.bar("People", 1) as bar, transaction.atomic():
        removed = demo.remove(User.objects.filter(is_seed_data=True))
        kept = list(User.objects.filter(pk__in=removed.kept).order_by("pk"))
        for user in kept:
            _lock_out(user)
        bar.advance()
    for user in kept:
        why = ", ".join(sorted(removed.kept[user.pk]))
        progress.say(f"{user} ({user.phone or user.pk}) is kept, locked out, because of real rows: {why}.")
    return {"people removed": removed.gone, "people kept, because real rows hang on them": len(kept)}


def _lock_out(user: User) -> None:
    """Whoever knows the public password must not get in any more, nor what it opened."""
    user.set_unusable_password()
    user.save(update_fields=["password", "updated_at"])
    if user.deleted_at is None:
        administration.change_role(actor=SYSTEM, user_id=user.pk, role=UserRole.USER)
        administration.suspend_user(actor=SYSTEM, user_id=user.pk)


def system_demo_sign_ins() -> list[tuple[str, str, str, str]]:
    """(part, phone, email, password) of one person of each part who can sign in as such."""
    roles = _roles()
    first: dict[str, Person] = {}
    for person in PEOPLE:
        if roles.get(person.phone) == person.role:
            first.setdefault(person.part, person)
    return [(person.part, person.phone, person.email, PASSWORD) for person in first.values()]


def system_demo_users(part: str) -> list[User]:
    """The demo people of a part (admin, agent, owner, seeker) that are loaded, in the order of the table."""
    phones = [person.phone for person in PEOPLE if person.part == part]
    return list(User.objects.filter(is_seed_data=True, phone__in=phones).order_by("phone"))


def system_demo_owner_ids() -> list[int]:
    """The ids of the demo owners that are loaded, in the order of the table."""
    return [owner.pk for owner in system_demo_users("owner")]
