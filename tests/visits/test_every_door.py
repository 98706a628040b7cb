"""What people may do with visits, and what they are told when they may not, is the same through every door.

The doors are REST, the MCP servers, the assistant's chat and the staff screen; the first three in a live server. Over
MCP and in the chat a refusal is a result with a code and a message, on the screen it is a message alone: staff read it.
Staff schedule no visits for others, so the screen has no form to schedule with, and models have no tool for what only
staff do; each table says which doors its verb has.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx2
import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from apps.accounts.models import User
from apps.assistant.models import Message
from apps.properties.models import Property
from apps.visits.models import Visit
from apps.visits.selectors import VisitNotFound
from ghar import clock
from tests.assistant.talk import read
from tests.mcp.conftest import HERE, post, token_for
from tests.realtime.conftest import variables
from tests.support import issuer
from tests.support.cast import Cast
from tests.support.listings import make_listing
from tests.support.screens import act
from tests.support.visits import at, make_visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LIST = reverse("admin:visits_visit_changelist")


@dataclass(frozen=True)
class Outcome:
    """What somebody is told. `code` is None where there is none to see; without a message it was done."""

    code: str | None = None
    message: str | None = None


DONE = Outcome()


@pytest.fixture(scope="module")
def server(lasting_server: Callable[..., str]) -> str:
    """A live server that believes the tokens of the tests."""
    return lasting_server(**variables())


class Rest:
    """The API."""

    def __init__(self, base: str) -> None:
        self._base = base

    def schedule(self, person: User, place: int, when: datetime) -> Outcome:
        return self._post(person, "visits", property_id=place, scheduled_date=when.isoformat())

    def cancel(self, person: User, visit_id: int) -> Outcome:
        return self._post(person, f"visits/{visit_id}/cancel", reason="Ill")

    def confirm(self, person: User, visit_id: int) -> Outcome:
        return self._ask("PUT", person, f"visits/{visit_id}", status="confirmed")

    def _post(self, person: User, path: str, **body: Any) -> Outcome:
        return self._ask("POST", person, path, **body)

    def _ask(self, method: str, person: User, path: str, **body: Any) -> Outcome:
        bearer = {"authorization": f"Bearer {issuer.token_for(person)}"}
        url = f"{self._base}/api/v1/{path}"
        return told(httpx2.request(method, url, json=body, headers=bearer, **HERE))


class Mcp:
    """The two MCP servers: people call one, staff the other."""

    def __init__(self, base: str) -> None:
        self._base = base

    def schedule(self, person: User, place: int, when: datetime) -> Outcome:
        return self._call(person, "/mcp", "visits_schedule", property_id=place, scheduled_date=when.isoformat())

    def cancel(self, person: User, visit_id: int) -> Outcome:
        return self._call(person, "/mcp", "visits_cancel", visit_id=visit_id, reason="Ill", confirm=True)

    def confirm(self, person: User, visit_id: int) -> Outcome:
        return self._call(person, "/mcp-admin", "agent_visits_confirm", visit_id=visit_id)

    def _call(self, person: User, path: str, tool: str, **arguments: Any) -> Outcome:
        token = token_for(settings.PUBLIC_BASE_URL, person, path=path)
        params = {"name": tool, "arguments": arguments}
        answer = post(self._base, "tools/call", params, path=path, authorization=f"Bearer {token}")
        if answer.status_code != 200:
            return told(answer)
        (data,) = [line.removeprefix("data:") for line in answer.text.splitlines() if line.startswith("data:")]
        result = json.loads(data)["result"]
        assert result["isError"] == ("error" in result["structuredContent"])
        return of_tool(result["structuredContent"])


class Chat:
    """The assistant, without a model. The code is what it read itself, and it says the message on."""

    def __init__(self, base: str) -> None:
        self._base = base

    def schedule(self, person: User, place: int, when: datetime) -> Outcome:
        spoken = when.astimezone(clock.INDIA).strftime("%Y-%m-%d %H:%M")
        return self._say(person, f"book a visit to number {place} on {spoken}")

    def cancel(self, person: User, visit_id: int) -> Outcome:
        return self._say(person, f"cancel visit {visit_id}")

    def _say(self, person: User, message: str) -> Outcome:
        bearer = {"authorization": f"Bearer {issuer.token_for(person)}"}
        url = f"{self._base}/api/v1/agent/chat"
        answer = httpx2.post(url, json={"message": message}, headers=bearer, **HERE)
        if answer.status_code != 200:
            return told(answer)
        outcome = of_tool(Message.objects.filter(role="tool").latest("pk").tool_result)
        assert (outcome.message or "") in read(answer.content).text
        return outcome


class Screen:
    """The staff screen, where a refusal is a message and a row that one may not see cannot be chosen."""

    def cancel(self, person: User, visit_id: int) -> Outcome:
        return self._choose(person, "cancel", visit_id)

    def confirm(self, person: User, visit_id: int) -> Outcome:
        return self._choose(person, "confirm", visit_id)

    def _choose(self, person: User, action: str, visit_id: int) -> Outcome:
        browser = Browser()
        browser.force_login(person)
        answer = act(browser, LIST, {"action": action, "_selected_action": [visit_id]})
        messages = [str(message) for message in answer.context["messages"]]
        if not messages:
            return Outcome(message=VisitNotFound.message)  # nothing to choose, and nothing happened
        (message,) = messages
        return DONE if message.startswith("1 ") else Outcome(message=message.partition(": ")[2])


def told(answer: httpx2.Response) -> Outcome:
    """What an HTTP answer says, where the message of a 401 or 403 ends with its code."""
    if answer.status_code == 200:
        return DONE
    code, message = (answer.json()["error"][key] for key in ("code", "message"))
    return Outcome(code, message.removesuffix(f" ({code})"))


def of_tool(data: dict[str, Any]) -> Outcome:
    """What a tool's result says."""
    return Outcome(data["code"], data["message"]) if data.get("error") else DONE


@dataclass(frozen=True)
class Doors:
    """All of them."""

    rest: Rest
    mcp: Mcp
    chat: Chat
    screen: Screen

    def answers(self, names: str, verb: str, *arguments: Any) -> Iterator[Outcome]:
        """What each of these doors answers, one after the other."""
        for name in names.split():
            yield getattr(getattr(self, name), verb)(*arguments)


@pytest.fixture
def doors(server: str) -> Doors:
    return Doors(Rest(server), Mcp(server), Chat(server), Screen())


Wish = tuple[str, Property | int, datetime]
PENDING = {"property_type": "pg", "purpose": "rent", "listing_preferences": {"moderation_status": "pending_review"}}


def elsewhere(cast: Cast, visitor: User) -> None:
    """Somebody is with the only agent then."""
    make_visit(visitor, make_listing(cast.owner), agent=cast.agent_profile)


def visitor_is_elsewhere(cast: Cast) -> Wish:
    elsewhere(cast, cast.seeker)
    return "seeker", make_listing(cast.owner), at()


def agent_is_elsewhere(cast: Cast) -> Wish:
    elsewhere(cast, cast.tenant)
    return "seeker", make_listing(cast.owner), at() + timedelta(minutes=30)


def wishes(person: str = "seeker", when: datetime | None = None, **listing: Any) -> Callable[[Cast], Wish]:
    return lambda cast: (person, make_listing(cast.owner, **listing), when or at())


SCHEDULING: dict[str, tuple[Callable[[Cast], Wish], str | None]] = {
    "a good request": (wishes(), None),
    "yesterday": (wishes(when=at(days=-1)), "VISIT_IN_THE_PAST"),
    "in two years": (wishes(when=at(days=800)), "VISIT_TOO_FAR_AHEAD"),
    "a sold house": (wishes(status="sold"), "PROPERTY_UNAVAILABLE"),
    "a house taken off": (wishes(is_available=False), "PROPERTY_UNAVAILABLE"),
    "a house that is not there": (lambda _: ("seeker", 987_654_321, at()), "PROPERTY_NOT_FOUND"),
    "somebody's house before it is live": (wishes(**PENDING), "PROPERTY_NOT_FOUND"),
    "an own house": (wishes("owner"), "OWN_LISTING"),
    "a visitor who is elsewhere": (visitor_is_elsewhere, "VISIT_CONFLICT"),
    "an agent who is elsewhere": (agent_is_elsewhere, "VISIT_CONFLICT"),
}


@pytest.mark.parametrize("case", SCHEDULING)
def test_scheduling(cast: Cast, doors: Doors, case: str) -> None:
    arrange, code = SCHEDULING[case]
    name, listing, when = arrange(cast)
    person, place = getattr(cast, name), getattr(listing, "pk", listing)
    before = set(Visit.objects.values_list("pk", flat=True))
    outcomes = []
    for outcome in doors.answers("rest mcp chat", "schedule", person, place, when):
        outcomes.append(outcome)
        made = Visit.objects.exclude(pk__in=before)
        wanted = [] if code else [(person.pk, place, when, "requested")]
        assert list(made.values_list("user_id", "property_id", "scheduled_date", "status")) == wanted
        made.delete()
    assert (len(set(outcomes)), outcomes[0].code) == (1, code), outcomes


def test_the_suspended(cast: Cast, doors: Doors) -> None:
    """An MCP host is told that its token has ended: it asks the person to sign in, and there they are refused."""
    listing = make_listing(cast.owner)
    visit = make_visit(cast.seeker, listing, agent=cast.agent_profile)
    User.objects.update(is_active=False)
    cast.agent.refresh_from_db()
    outcomes = doors.answers("rest mcp chat", "schedule", cast.seeker, listing.pk, at(days=4))
    assert [outcome.code for outcome in outcomes] == ["USER_INACTIVE", "TOKEN_INVALID", "USER_INACTIVE"]
    browser = Browser()
    browser.force_login(cast.agent)
    assert browser.get(LIST).status_code == 302
    assert list(Visit.objects.all()) == [visit]


CHANGING: dict[str, tuple[str, str, str, dict[str, Any], str | None]] = {
    "the visitor calls it off": ("rest mcp chat", "cancel", "seeker", {}, None),
    "the owner calls it off": ("rest mcp chat", "cancel", "owner", {}, None),
    "the agent calls it off": ("rest mcp chat screen", "cancel", "agent", {}, None),
    "a stranger": ("rest mcp chat", "cancel", "stranger", {}, "VISIT_NOT_FOUND"),
    "another agent": ("rest mcp chat screen", "cancel", "other_agent", {}, "VISIT_NOT_FOUND"),
    "what is over": ("rest mcp chat screen", "cancel", "agent", {"status": "completed"}, "INVALID_STATUS_TRANSITION"),
    "the agent confirms": ("rest mcp screen", "confirm", "agent", {}, None),
    "another agent confirms": ("rest mcp screen", "confirm", "other_agent", {}, "VISIT_NOT_FOUND"),
    "the agent's own wish": ("rest mcp screen", "confirm", "agent", {"proposed_by_host": True}, "NOT_YOURS_TO_CONFIRM"),
    "what was confirmed": ("rest mcp screen", "confirm", "agent", {"status": "cancelled"}, "INVALID_STATUS_TRANSITION"),
}


@pytest.mark.parametrize("case", CHANGING)
def test_changing(cast: Cast, doors: Doors, case: str) -> None:
    names, verb, person, fields, code = CHANGING[case]
    cast.everyone()
    visit = make_visit(cast.seeker, make_listing(cast.owner), agent=cast.agent_profile, **fields)
    wanted = visit.status if code else {"cancel": "cancelled", "confirm": "confirmed"}[verb]
    outcomes = []
    for outcome in doors.answers(names, verb, getattr(cast, person), visit.pk):
        outcomes.append(outcome)
        assert Visit.objects.get().status == wanted
        visit.save()  # as it was, for the next door
    assert {outcome.code for outcome in outcomes} - {None} == {code} - {None}
    assert len({outcome.message for outcome in outcomes}) == 1, outcomes


def test_the_screen_has_no_form_to_schedule_with(cast: Cast) -> None:
    for person in (cast.agent, cast.admin):
        browser = Browser()
        browser.force_login(person)
        assert browser.get(reverse("admin:visits_visit_add")).status_code == 403
