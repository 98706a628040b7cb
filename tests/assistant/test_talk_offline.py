"""Without a key the offline assistant finds homes and arranges visits, and says what it is."""

import pytest

from apps.assistant.models import Conversation, Message
from apps.visits.models import Visit
from ghar import clock
from tests.assistant.talk import say, say_as_guest
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(cast):
    return make_listing(
        cast.owner,
        title="Sunny floor",
        locality="Sector 45",
        full_address="Sector 45",
        bedrooms=3,
        base_price=8_500_000,
    )


@pytest.fixture
def seeker(api, cast):
    return api.as_(cast.seeker)


def test_a_search_shows_what_was_found(api, listing):
    answer = say_as_guest(api, "3 bhk under 90 lakh near sector 45")
    assert answer.names == ["tool_call_start", "tool_call_end", "widget", "text_chunk", "done"]
    assert answer.tools == ["discovery_search"]
    assert answer.only("tool_call_end")["success"] is True
    assert answer.only("tool_call_end")["summary"] == "Found 1 listings, of which 1 are shown."
    assert answer.only("widget")["widget_name"] == "PropertySearchWidget"
    assert answer.only("widget")["structured_content"]["properties"][0]["id"] == listing.id
    assert f"**Number {listing.id}** Sunny floor: 3 BHK, ₹85 lakh, Sector 45, Gurugram" in answer.text
    assert "offline assistant" in answer.text
    assert answer.only("done").keys() == {"tool_calls_count", "response_text"}
    assert not Message.objects.exists()


def test_nothing_found_is_said(api, db):
    assert "Nothing matches" in say_as_guest(api, "9 bhk villa under 1 lakh").text


def test_a_talk_leads_to_a_visit(seeker, listing, cast):
    found = say(seeker, "3 bhk near sector 45")
    talk = found.only("conversation_info")["conversation_id"]
    assert found.only("done")["conversation_id"] == talk
    assert "Sunny floor" in say(seeker, f"tell me more about number {listing.id}", talk).text
    asked = say(seeker, "book a visit on Sunday at 4", talk)
    assert asked.tools == []
    assert f"Shall I book a visit to number {listing.id} on Sunday" in asked.text
    assert not Visit.objects.exists()
    booked = say(seeker, "yes", talk)
    assert booked.tools == ["visits_schedule"]
    visit = Visit.objects.get()
    begins = visit.scheduled_date.astimezone(clock.INDIA)
    assert (visit.user_id, visit.property_id, f"{begins:%A %H}") == (cast.seeker.id, listing.id, "Sunday 16")
    assert "Sunny floor" in say(seeker, "my visits", talk).text
    assert say(seeker, f"cancel visit {visit.id}", talk).tools == ["visits_cancel"]
    visit.refresh_from_db()
    assert visit.status == "cancelled"
    assert Conversation.objects.get().title == "3 bhk near sector 45"


def test_a_no_is_heeded(seeker, listing):
    talk = say(seeker, f"number {listing.id}").only("done")["conversation_id"]
    say(seeker, "book a visit on Sunday at 4", talk)
    assert "leave it" in say(seeker, "no", talk).text
    assert say(seeker, "yes", talk).tools == []
    assert not Visit.objects.exists()


def test_a_plain_order_is_carried_out_at_once(seeker, listing):
    answer = say(seeker, f"book a visit to number {listing.id} tomorrow at 11 am")
    assert answer.tools == ["visits_schedule"]
    assert Visit.objects.count() == 1


def test_a_refusal_of_a_tool_is_told(seeker, listing):
    say(seeker, f"book a visit to number {listing.id} tomorrow at 11 am")
    answer = say(seeker, f"book a visit to number {listing.id} tomorrow at 11 am")
    assert "That did not work: The visitor has another visit at that time." in answer.text
    assert answer.only("tool_call_end")["summary"].startswith("Error: ")
    assert "widget" not in answer.names


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("book a visit on Sunday at 4", "A visit to which listing?"),
        ("book a visit to number 5", "When?"),
        ("tell me more about it", "Which one?"),
        ("cancel my visit", "Which visit?"),
        ("flibbertigibbet", "I did not understand"),
        ("hello", "Hello!"),
        ("yes", "What would you like to do?"),
    ],
)
def test_what_is_missing_is_asked_for(seeker, words, says):
    answer = say(seeker, words)
    assert says in answer.text
    assert answer.tools == []


@pytest.mark.parametrize("words", ["book a visit to number 5 on Sunday at 4", "my visits", "cancel visit 5"])
def test_a_guest_is_asked_to_sign_in(api, db, words):
    answer = say_as_guest(api, words)
    assert "sign in" in answer.text
    assert answer.tools == []


def test_it_says_what_it_is_once_a_conversation(seeker, listing):
    first = say(seeker, "3 bhk near sector 45")
    second = say(seeker, "2 bhk near sector 45", first.only("done")["conversation_id"])
    assert "offline assistant" in first.text
    assert "offline assistant" not in second.text
