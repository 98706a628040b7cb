"""Conversations are kept whole, and are their person's alone."""

import pytest

from apps.assistant.models import Conversation, Message
from tests.assistant.talk import say
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db
LIST = "/api/v1/agent/conversations"


@pytest.fixture
def seeker(api, cast):
    return api.as_(cast.seeker)


def messages(client, talk, **query):
    return client.get(f"{LIST}/{talk}/messages", query)


def test_every_step_of_a_turn_is_kept(seeker, cast):
    make_listing(cast.owner, title="Sunny house")
    talk = say(seeker, "show me houses").only("done")["conversation_id"]
    rows = Message.objects.filter(conversation_id=talk).order_by("pk")
    assert [row.role for row in rows] == ["user", "tool", "widget", "assistant"]
    assert rows[1].tool_name == "discovery_search"
    assert rows[1].tool_args["query"] == "show me houses"
    assert rows[1].tool_result["properties"][0]["title"] == "Sunny house"


def test_clients_see_what_was_said_and_shown(seeker, cast):
    make_listing(cast.owner, title="Sunny house")
    talk = say(seeker, "show me houses").only("done")["conversation_id"]
    shown = messages(seeker, talk).json()
    assert [message["role"] for message in shown] == ["user", "widget", "assistant"]
    user, widget, assistant = shown
    assert (user["content"], user["widget_name"], user["widget_data"]) == ("show me houses", None, None)
    assert widget["widget_name"] == widget["tool_name"] == "PropertySearchWidget"
    assert widget["widget_data"]["properties"][0]["title"] == "Sunny house"
    assert "Sunny house" in assistant["content"]


def test_the_latest_messages_come_oldest_first(seeker):
    talk = say(seeker, "hello").only("done")["conversation_id"]
    say(seeker, "help", talk)
    assert [message["content"][:5] for message in messages(seeker, talk, limit=2).json()] == ["help", "Hello"]
    assert messages(seeker, talk, limit=0).status_code == 422


def test_conversations_are_listed_the_latest_first(seeker):
    first = say(seeker, "  hello there, " + "x" * 100).only("done")["conversation_id"]
    second = say(seeker, "help").only("done")["conversation_id"]
    say(seeker, "hello", first)
    page = seeker.get(LIST, {"limit": 1, "include_total": "true"}).json()
    assert page["total"] == 2
    (one,) = page["items"]
    assert (one["id"], one["message_count"]) == (first, 4)
    assert one["title"] == ("hello there, " + "x" * 100)[:60].strip()
    rest = seeker.get(LIST, {"limit": 1, "cursor": page["next_cursor"]}).json()
    assert [item["id"] for item in rest["items"]] == [second]
    assert rest["has_more"] is False


def test_somebody_elses_conversation_is_not_there(seeker, api, cast):
    talk = say(seeker, "hello").only("done")["conversation_id"]
    stranger = api.as_(cast.stranger)
    assert messages(stranger, talk).status_code == 404
    assert stranger.delete(f"{LIST}/{talk}").status_code == 404
    assert stranger.get(LIST).json()["items"] == []
    other = say(stranger, "hello", talk).only("conversation_info")["conversation_id"]
    assert other != talk
    assert Message.objects.filter(conversation_id=talk).count() == 2


def test_a_conversation_is_forgotten(seeker):
    talk = say(seeker, "hello").only("done")["conversation_id"]
    assert seeker.delete(f"{LIST}/{talk}").status_code == 204
    assert not Conversation.objects.exists()
    assert seeker.delete(f"{LIST}/{talk}").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"message": ""},
        {"message": "x" * 4001},
        {"message": "a\x00b"},
        {"message": "x", "conversation_id": "a"},
    ],
)
def test_a_wrong_message_is_refused(seeker, body):
    assert seeker.post("/api/v1/agent/chat", body).status_code == 422


def test_guests_are_limited(api, db):
    statuses = [api.post("/api/v1/agent/chat-public", {"message": "hello"}).status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
