"""A person's copy of everything that is kept about them, and the page on which staff help them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.identity.services.administration import system_ensure_account
from apps.notifications.models import DeviceToken
from ghar import clock, dossiers
from ghar import notices as kernel_notices
from tests.support.help import make_help
from tests.support.listings import make_listing
from tests.support.visits import make_visit

pytestmark = pytest.mark.django_db
URL = "/api/v1/users/export"
SECTIONS = ["bug_reports", "connected_apps", "conversations", "devices", "files", "listings", "notices",
            "saved_searches", "sessions", "swipes", "visits"]  # fmt: skip


@pytest.fixture
def kept(cast, api):
    """Something in most sections."""
    house = make_listing(cast.owner, title="Wished for")
    make_listing(cast.seeker, title="Own house")
    make_visit(cast.seeker, house)
    make_help(cast.seeker)
    client = api.as_(cast.seeker)
    client.post("/api/v1/swipes", {"property_id": house.pk, "is_liked": True})
    client.post("/api/v1/users/me/saved-searches", {"name": "Near work", "filters": {"city": "Pune"}})
    kernel_notices.send(user_id=cast.seeker.pk, key="visit_confirmed", title="Agreed", body="Tomorrow")
    DeviceToken.objects.create(user=cast.seeker, token="secret-token", platform="android", last_seen_at=clock.now())
    return cast.seeker


def test_it_is_everything_by_section(api, kept):
    data = api.as_(kept).get(URL).json()
    assert data["profile"]["id"] == kept.pk
    assert sorted(data["sections"]) == SECTIONS == dossiers.names()
    first = {name: rows[0] for name, rows in data["sections"].items() if rows}
    assert (first["listings"]["title"], first["visits"]["property__title"]) == ("Own house", "Wished for")
    assert (first["swipes"]["action"], first["saved_searches"]["name"]) == ("like", "Near work")
    assert (first["notices"]["title"], first["bug_reports"]["title"]) == ("Agreed", "It closes")
    assert first["devices"]["platform"] == "android"


def test_no_secret_is_in_it(api, kept):
    text = api.as_(kept).get(URL).content.decode()
    assert "secret-token" not in text
    assert "argon2" not in text


def test_it_is_of_nobody_else(api, kept, cast):
    sections = api.as_(cast.stranger).get(URL).json()["sections"]
    assert {name: rows for name, rows in sections.items() if rows} == {}


def test_sessions_are_those_of_the_embedded_service(api, cast):
    account = system_ensure_account(phone=cast.seeker.phone, password="a long enough phrase")
    cast.seeker.subject = str(account.pk)
    cast.seeker.save()
    signed_in = api.post(
        "/auth/v1/token?grant_type=password", {"phone": account.phone, "password": "a long enough phrase"}
    )
    assert signed_in.status_code == 200
    (session,) = api.as_(cast.seeker).get(URL).json()["sections"]["sessions"]
    assert session["method"] == "password"


def test_it_takes_a_fixed_number_of_statements(api, kept, cast):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            api.as_(kept).get(URL)
        return len(captured)

    few = statements()
    for _ in range(4):
        make_listing(kept)
    assert statements() <= few


def test_admins_see_it_on_one_page_without_what_is_private(client, kept, cast):
    client.force_login(cast.admin)
    answer = client.get(f"/admin/accounts/user/{kept.pk}/everything/")
    text = answer.content.decode()
    assert answer.status_code == 200
    for words in ("Own house", "Wished for", "Agreed", "It closes", "Near work", "android", "Sami Seeker"):
        assert words in text, words
    assert "Conversations" not in [table.title for table in answer.context["sections"]]
    assert 'name="_save"' not in text


@pytest.mark.parametrize("who", ["agent", "other_agent"])
def test_agents_do_not(client, kept, cast, who):
    assert cast.agent_profile
    client.force_login(getattr(cast, who))
    assert client.get(f"/admin/accounts/user/{kept.pk}/everything/").status_code == 403


def test_of_nobody_there_is_no_page(client, cast):
    client.force_login(cast.admin)
    assert client.get("/admin/accounts/user/987654321/everything/").status_code == 404
