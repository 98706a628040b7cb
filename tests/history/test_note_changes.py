"""Every change is noted: when, who, by which door, and from what to what."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.agents.models import Agent
from apps.history.apps import TABLES
from apps.history.models import Change
from apps.properties.models import Property
from apps.support.models import FAQ
from ghar.actors import Actor
from ghar.db.signing import signed
from ghar.tools import call
from tests.support import follow_ups
from tests.support.listings import make_listing
from tests.support.visits import make_visit

URL = "/api/v1/properties/{}"


def changes(row):
    found = Change.objects.filter(table_name=type(row)._meta.db_table, row_id=row.pk).order_by("pk")
    return [(one.action, one.actor_id, one.via, one.before, one.after) for one in found]


def change_and_give_up(house):
    """In a savepoint that is taken back."""
    with transaction.atomic():
        Property.objects.filter(pk=house.pk).update(title="Never")
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_change_over_rest(api, cast):
    house = make_listing(cast.owner, base_price=5_000_000)
    assert (
        api.as_(cast.owner).put(URL.format(house.pk), {"base_price": 4_500_000, "title": "Cheaper"}).status_code == 200
    )
    added, changed = changes(house)
    assert added == ("insert", None, None, None, None)
    action, who, via, before, after = changed
    assert (action, who, via) == ("update", cast.owner.pk, "rest")
    assert (before["base_price"], after["base_price"], after["title"]) == (5_000_000, 4_500_000, "Cheaper")
    assert before.keys() == after.keys() == {"base_price", "title"}


@pytest.mark.django_db
def test_a_change_by_a_tool(cast):
    house = make_listing(cast.owner)
    arguments = {"property_id": house.pk, "is_available": False}
    assert call(Actor.of(cast.owner, via="assistant"), "owner_properties_toggle_availability", arguments).error is None
    action, who, via, before, after = changes(house)[-1]
    assert (action, who, via) == ("update", cast.owner.pk, "assistant")
    assert (before["is_available"], after["is_available"]) == (True, False)


@pytest.mark.django_db
def test_what_goes_past_services_is_noted_as_well(cast):
    house = make_listing(cast.owner, city="Pune")
    Property.objects.filter(pk=house.pk).update(city="Delhi")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE properties SET city = 'Agra' WHERE id = %s", [house.pk])
    assert [(before["city"], after["city"]) for _, _, _, before, after in changes(house)[1:]] == [
        ("Pune", "Delhi"), ("Delhi", "Agra"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_of_what_is_gone_the_last_state_is_kept(cast, api):
    house = make_listing(cast.owner, title="Gone tomorrow", owner_contact="+919810012345")
    assert api.as_(cast.owner).delete(URL.format(house.pk)).status_code == 200
    action, who, _, before, after = changes(house)[-1]
    assert (action, who, before["title"], after) == ("delete", cast.owner.pk, "Gone tomorrow", None)
    assert "owner_contact" not in before


@pytest.mark.django_db
def test_counting_is_no_change(cast, api):
    house = make_listing(cast.owner)
    Property.objects.filter(pk=house.pk).update(view_count=3, like_count=2)
    house.save()
    assert len(changes(house)) == 1


@pytest.mark.django_db
def test_a_password_is_noted_nowhere(cast):
    cast.admin.set_password("a long enough phrase")
    cast.admin.full_name = "Ada Admin"
    cast.admin.save()
    (change,) = changes(cast.admin)
    assert change[4] == {"full_name": "Ada Admin"}


@pytest.mark.django_db
def test_people_visits_agents_and_help(cast):
    visit = make_visit(cast.seeker, make_listing(cast.owner))
    faq = FAQ.objects.create(question="Why?", answer="So.")
    for row, field, value in (
        (cast.seeker, "full_name", "Sam"), (visit, "visit_notes", "Late"), (faq, "answer", "Because."),
        (cast.agent_profile, "description", "Knows the sector"),
    ):  # fmt: skip
        type(row).objects.filter(pk=row.pk).update(**{field: value})
        assert changes(row)[-1][4] == {field: value}


@pytest.mark.django_db
def test_what_is_rolled_back_was_never_noted(cast):
    house = make_listing(cast.owner)
    change_and_give_up(house)
    assert len(changes(house)) == 1


@pytest.mark.django_db
def test_a_signature_outlives_a_savepoint_that_is_given_up(cast):
    house = make_listing(cast.owner)
    with signed(Actor.of(cast.admin)), transaction.atomic():
        change_and_give_up(house)
        Property.objects.filter(pk=house.pk).update(title="Now")
    assert [(who, after) for _, who, _, _, after in changes(house)[1:]] == [(cast.admin.pk, {"title": "Now"})]


@pytest.mark.django_db(transaction=True)
def test_a_signature_is_of_its_transaction_alone(cast):
    house = make_listing(cast.owner)
    with signed(Actor.of(cast.admin)):
        Property.objects.filter(pk=house.pk).update(title="One")
        Property.objects.filter(pk=house.pk).update(title="Two")
        with transaction.atomic():
            Property.objects.filter(pk=house.pk).update(title="Three")
            Property.objects.filter(pk=house.pk).update(title="Four")
    Property.objects.filter(pk=house.pk).update(title="Five")
    admin = cast.admin.pk
    assert [who for _, who, *_ in changes(house)[1:]] == [admin, admin, admin, admin, None]


@pytest.mark.django_db
def test_a_signature_is_one_statement_a_transaction_and_none_for_reading(cast):
    house = make_listing(cast.owner)
    sent = []
    original = connection.connection.execute

    class Counted:
        def __getattr__(self, name):
            return getattr(inner, name)

        def execute(self, *arguments):
            sent.append(arguments)
            return original(*arguments)

    inner, connection.connection = connection.connection, Counted()
    try:
        with signed(Actor.of(cast.admin)):
            list(Property.objects.all())
            User.objects.filter(pk=0).exists()
            assert sent == []
            for title in ("One", "Two", "Three"):
                Property.objects.filter(pk=house.pk).update(title=title)
    finally:
        connection.connection = inner
    assert len(sent) == 1


@pytest.mark.django_db(transaction=True)
def test_it_goes_with_the_account(api, cast):
    api.as_(cast.seeker).put("/api/v1/users/me", {"full_name": "Somebody Known"})
    assert changes(cast.seeker)
    assert api.as_(cast.seeker).delete("/api/v1/users/me").status_code == 200
    follow_ups.carry_out()
    assert "Somebody Known" not in str(changes(cast.seeker))
    assert not [one for one in changes(cast.seeker) if "phone" in (one[3] or {})]


@pytest.mark.django_db
def test_every_table_that_is_signed_has_its_trigger():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_noted'")
        assert {name for (name,) in cursor.fetchall()} == set(TABLES)


@pytest.mark.django_db
def test_staff_read_it_on_the_rows_own_page(cast, client):
    house = make_listing(cast.owner, title="Old title")
    with signed(Actor.of(cast.owner)):
        Property.objects.filter(pk=house.pk).update(title="New title")
    client.force_login(cast.admin)
    with CaptureQueriesContext(connection) as statements:
        text = client.get(f"/admin/properties/property/{house.pk}/history/").content.decode()
    for words in ("Olive Owner", "Old title", "New title", "Added", "(rest)"):
        assert words in text, words
    for _ in range(5):
        Property.objects.filter(pk=house.pk).update(city="Delhi")
        Property.objects.filter(pk=house.pk).update(city="Agra")
    with CaptureQueriesContext(connection) as more:
        client.get(f"/admin/properties/property/{house.pk}/history/")
    assert len(more) <= len(statements)


@pytest.mark.django_db
def test_staff_change_over_the_screen(cast, client):
    profile = Agent.objects.create(name="Old name")
    client.force_login(cast.admin)
    body = {
        "name": "New name", "agent_type": "general", "experience_level": "expert", "languages": '["english"]',
        "working_hours": "{}", "is_active": "on", "is_available": "on",
    }  # fmt: skip
    assert client.post(f"/admin/agents/agent/{profile.pk}/change/", body).status_code == 302
    action, who, via, before, after = changes(profile)[-1]
    assert (action, who, via) == ("update", cast.admin.pk, "admin")
    assert (before["name"], after["name"]) == ("Old name", "New name")


@pytest.mark.django_db
def test_what_an_agent_may_not_see_has_no_history_for_them(cast, client):
    room = make_listing(
        cast.owner,
        title="Hidden room",
        property_type="pg",
        purpose="rent",
        listing_preferences={"moderation_status": "rejected"},
    )
    assert cast.agent_profile
    client.force_login(cast.other_agent)
    answer = client.get(f"/admin/properties/property/{room.pk}/history/", follow=True)
    assert "Hidden room" not in answer.content.decode()
