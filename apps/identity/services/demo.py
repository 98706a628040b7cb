"""Sign-in accounts of the demo people, all with the one public password."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet

from apps.accounts.services import demo as people
from apps.identity.models import Account
from apps.identity.services import administration
from ghar.progress import Progress


def system_load_demo(progress: Progress) -> dict[str, int]:
    """Make the accounts that are missing. The password is hashed once for all, because hashing is slow on purpose."""
    missing = _missing()
    with progress.bar("Sign-ins", len(missing) or 1) as bar, transaction.atomic():
        for person in missing:
            administration.system_ensure_account(
                phone=person.phone, email=person.email, full_name=person.name, role=person.role
            )
            bar.advance()
        _accounts(missing).update(password=make_password(people.PASSWORD))
    return {"sign-ins": len(missing)}


def system_clear_demo(progress: Progress) -> dict[str, int]:
    """Remove the accounts: whoever knows the public password must not get in any more."""
    with progress.bar("Sign-ins", 1) as bar:
        _, rows = _accounts(people.PEOPLE).delete()
        bar.advance()
    return {"sign-ins removed": rows.get("identity.Account", 0)}


def _missing() -> list[people.Person]:
    there = set(_accounts(people.PEOPLE).values_list("phone", flat=True))
    return [person for person in people.PEOPLE if person.phone.removeprefix("+") not in there]


def _accounts(persons: list[people.Person]) -> QuerySet[Account]:
    return Account.objects.filter(phone__in=[person.phone.removeprefix("+") for person in persons])
