"""An instance read past the compiler is the one that Django reads."""

from datetime import date

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.properties.models import Property
from ghar.db import instances
from tests.support import listings


def _person() -> User:
    return User.objects.create(
        subject="somebody",
        full_name="Asha “Ñ” %s",
        date_of_birth=date(1990, 2, 28),
        preferences={"city": "Gurugram", "budget": [1, 2.5, None]},
        current_latitude=28.45,
    )


def _values(instance: models.Model) -> dict[str, object]:
    return {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}


def _read(model: type[models.Model], pk: object) -> models.Model | None:
    return instances.first(model, f"WHERE {model._meta.db_table}.id = %(pk)s", {"pk": pk})


@pytest.mark.django_db(transaction=True)
def test_every_column_as_django_reads_it(cast):
    for known in (_person(), listings.make_listing(cast.owner, at=listings.CENTRE, base_price="5250000.50")):
        model = type(known)
        found = _read(model, known.pk)
        assert _values(found) == _values(model.objects.get(pk=known.pk))
        assert {name: type(value) for name, value in _values(found).items()} == {
            name: type(value) for name, value in _values(model.objects.get(pk=known.pk)).items()
        }
        assert not found.get_deferred_fields()


@pytest.mark.django_db(transaction=True)
def test_it_can_be_saved():
    found = _read(User, _person().pk)
    found.full_name = "Another Name"
    found.save()
    assert User.objects.get().full_name == "Another Name"


@pytest.mark.django_db(transaction=True)
def test_in_one_statement_with_what_else_is_asked_for():
    person = _person()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = instances.first(
            User, "WHERE users.id = %(pk)s", {"pk": person.pk, "n": 7}, more={"number": "%(n)s::int", "nothing": "NULL"}
        )
    assert (len(asked), found.number, found.nothing, found.subject) == (1, 7, None, "somebody")


@pytest.mark.django_db(transaction=True)
def test_in_the_transaction_it_is_asked_in():
    with transaction.atomic():
        pk = _person().pk
        assert _read(User, pk).preferences["city"] == "Gurugram"
        transaction.set_rollback(True)
    assert _read(User, pk) is None


@pytest.mark.django_db(transaction=True)
def test_as_the_first_statement_of_a_transaction(cast):
    person, place = _person(), listings.make_listing(cast.owner)
    with transaction.atomic():
        assert _read(User, person.pk) == person
    with transaction.atomic():
        assert _read(Property, place.pk).location == place.location
