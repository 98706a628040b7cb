"""Admins begin to tell everybody, or a segment, something of marketing; others, and other types, do not."""

import pytest

from apps.notifications.models import Campaign
from apps.notifications.services import campaigns
from ghar.actors import Actor
from tests.notifications.campaigning import TEXT, begin, make_people, run_the_clock, the_campaign
from tests.notifications.telling import titles_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(api, cast):
    return api.as_(cast.admin)


def test_everybody_who_is_here_is_counted_and_nobody_is_waited_for(admin, cast):
    make_people(3), make_people(2, is_active=False)
    answer = begin(admin)
    campaign = the_campaign()
    assert (answer.status_code, answer.json()) == (200, {
        "campaign_id": str(campaign.id), "status": "running", "requested": 4, "processed": 0,
        "summary": {"requested": 4, "succeeded": 0, "details": []},
    })  # fmt: skip
    assert (campaign.audience, campaign.sent_by) == ("all", cast.admin)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"role": "agent"}, {"agent", "other_agent"}),
        ({"role": "user"}, {"owner", "tenant", "stranger"}),
        ({"role": None, "is_active": False}, set()),
        ({"is_active": None, "role": "user"}, {"owner", "tenant", "stranger"}),
        ({"agent_id": "profile"}, {"owner"}),
        ({"agent_id": 987654321}, set()),
        ({}, {"owner", "tenant", "stranger", "agent", "other_agent", "admin"}),
    ],
    ids=["agents", "users", "suspended", "users of any kind", "an agent's", "nobody's", "whoever is here"],
)
def test_a_segment_is_who_it_names(admin, cast, chosen, expected):
    people = cast.everyone()
    cast.seeker.is_active = False
    cast.seeker.save()
    if chosen.get("agent_id") == "profile":
        chosen = {"agent_id": cast.agent_profile.id}
    begin(admin, "segment", filter=chosen)
    run_the_clock()
    assert {name for name, user in people.items() if titles_of(user)} == expected
    assert the_campaign().status == "done"


def test_nobody_is_told_when_it_is_a_preview(admin):
    make_people(2)
    said = begin(admin, preview=True).json()
    assert (said["requested"], said["campaign_id"]) == (3, None)
    assert not Campaign.objects.exists()


@pytest.mark.parametrize("type_key", ["app_update", "nonsense"])
def test_only_marketing_goes_to_many(admin, type_key):
    answer = begin(admin, type_key=type_key)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "NOT_A_MARKETING_TYPE")
    assert not Campaign.objects.exists()


def test_a_repetition_with_its_key_begins_one(admin):
    for _ in range(2):
        answer = admin.post(
            "/api/v1/notifications/marketing/broadcast", TEXT, format="json", HTTP_IDEMPOTENCY_KEY="diwali"
        )
    assert answer.json()["campaign_id"] == str(the_campaign().id)


@pytest.mark.parametrize(
    ("body", "field"),
    [({"filter": None}, ["filter"]), ({"filter": {"role": "king"}}, ["filter", "role"]),
     ({"filter": {"agent_id": 0}}, ["filter", "agent_id"]), ({"filter": {}, "title": " "}, ["title"])],
)  # fmt: skip
def test_a_wrong_value_is_refused_by_name(admin, body, field):
    answer = begin(admin, "segment", **body)
    assert (answer.status_code, [wrong["loc"] for wrong in answer.json()["detail"]]) == (422, [["body", *field]])


def test_only_admins_begin_one(api, cast):
    assert begin(api.as_(cast.agent)).status_code == 403
    with pytest.raises(campaigns.OnlyAdminsSend):
        campaigns.start_campaign(actor=Actor.of(cast.agent), **TEXT)
    assert not Campaign.objects.exists()


def test_the_topic_of_marketing_is_a_campaign_that_heeds_consent(admin, cast, fcm):
    from_topic = {"title": "Diwali", "body": "Lights.", "topic": "marketing"}
    said = admin.post("/api/v1/notifications/send/topic", from_topic, format="json").json()
    assert (said["ok"], said["campaign_id"]) == (True, str(the_campaign().id))
    assert (the_campaign().audience, the_campaign().topic, the_campaign().type) == (
        "topic", "marketing", "promotion_generic",
    )  # fmt: skip
