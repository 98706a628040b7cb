"""What becomes of a visit: confirmed, moved, called off, completed, written about; and by whom."""

import pytest

from apps.agents.models import Agent
from apps.visits.models import VisitStatus
from apps.visits.rules import MOVES
from tests.support.visits import at, make_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(cast, listing):
    """Requested by the seeker, with the agent of the cast; the other agent is nobody to it."""
    cast.other_agent_profile  # noqa: B018
    return make_visit(cast.seeker, listing, agent=cast.agent_profile)


def refusal(answer):
    return answer.status_code, answer.json()["error"]["code"]


@pytest.mark.parametrize(
    ("person", "answer"),
    [
        ("owner", 200),
        ("agent", 200),
        ("admin", 200),
        ("seeker", (403, "NOT_YOURS_TO_CONFIRM")),
        ("stranger", (404, "VISIT_NOT_FOUND")),
        ("other_agent", (404, "VISIT_NOT_FOUND")),
    ],
)
def test_a_host_confirms_what_the_visitor_asked_for(cast, visit, put, person, answer):
    got = put(getattr(cast, person), visit, status="confirmed")
    visit.refresh_from_db()
    assert (got.status_code if answer == 200 else refusal(got)) == answer
    assert visit.status == ("confirmed" if answer == 200 else "requested")


def test_the_visitor_confirms_what_a_host_asked_for(cast, visit, put, act):
    assert act(cast.owner, visit, "reschedule", new_date=at(days=4).isoformat()).json()["status"] == (
        "reschedule_suggested"
    )
    assert refusal(put(cast.owner, visit, status="confirmed")) == (403, "NOT_YOURS_TO_CONFIRM")
    assert refusal(put(cast.agent, visit, status="confirmed")) == (403, "NOT_YOURS_TO_CONFIRM")
    assert put(cast.seeker, visit, status="confirmed").json()["status"] == "confirmed"


def test_reschedule_says_from_when_and_why(cast, visit, act):
    before = visit.scheduled_date
    body = act(cast.seeker, visit, "reschedule", new_date=at(days=4).isoformat(), reason="Rain").json()
    visit.refresh_from_db()
    assert (visit.rescheduled_from, visit.scheduled_date) == (before, at(days=4))
    assert (body["cancellation_reason"], body["agent_id"]) == ("Rain", cast.agent_profile.pk)
    assert visit.reminder_due_at == at(days=3)


def test_another_agent_takes_over_when_the_present_one_is_busy_then(cast, visit, listing, act):
    make_visit(cast.tenant, listing, begins=at(days=4), agent=cast.agent_profile)
    pair = [cast.agent_profile.pk, cast.other_agent_profile.pk]
    Agent.objects.exclude(pk__in=pair).update(is_available=False)
    body = act(cast.seeker, visit, "reschedule", new_date=at(days=4).isoformat()).json()
    assert body["agent_id"] == cast.other_agent_profile.pk


@pytest.mark.parametrize(
    ("new_date", "answer"),
    [
        (at(days=-1).isoformat(), (400, "VISIT_IN_THE_PAST")),
        (at(days=400).isoformat(), (400, "VISIT_TOO_FAR_AHEAD")),
        (at(days=9).isoformat(), (409, "VISIT_CONFLICT")),
        ("soon", (422, "VALIDATION_ERROR")),
        (None, (422, "VALIDATION_ERROR")),
    ],
    ids=["past", "far", "taken", "word", "null"],
)
def test_a_time_that_cannot_be(cast, visit, listing, act, new_date, answer):
    make_visit(cast.seeker, listing, begins=at(days=9))
    assert refusal(act(cast.owner, visit, "reschedule", new_date=new_date)) == answer
    visit.refresh_from_db()
    assert (visit.status, visit.scheduled_date, visit.rescheduled_from) == ("requested", at(), None)


@pytest.mark.parametrize("person", ["seeker", "owner", "agent", "admin"])
def test_everybody_concerned_may_call_it_off(cast, visit, act, person):
    body = act(getattr(cast, person), visit, "cancel", reason="Ill").json()
    assert (body["status"], body["cancellation_reason"]) == ("cancelled", "Ill")


@pytest.mark.parametrize("body", [{}, {"reason": None}, {"reason": ""}, {"reason": ["Ill"]}], ids=str)
def test_calling_off_needs_a_reason(cast, visit, act, body):
    answer = act(cast.seeker, visit, "cancel", **body)
    assert [wrong["loc"] for wrong in answer.json()["detail"]] == [["body", "reason"]]


@pytest.mark.parametrize(
    ("person", "answer"),
    [("owner", 200), ("agent", 200), ("admin", 200), ("seeker", 403), ("stranger", 404), ("other_agent", 404)],
)
def test_a_host_completes_it(cast, listing, act, person, answer):
    cast.other_agent_profile  # noqa: B018
    visit = make_visit(cast.seeker, listing, begins=at(days=-1), status="confirmed", agent=cast.agent_profile)
    got = act(getattr(cast, person), visit, "complete", notes="Liked it", feedback="Bright")
    assert got.status_code == answer
    visit.refresh_from_db()
    if answer == 200:
        assert (visit.status, visit.visit_notes, visit.visitor_feedback) == ("completed", "Liked it", "Bright")
        assert visit.actual_date is not None
    else:
        assert visit.status == "confirmed"


def test_a_visit_is_not_completed_before_its_time(cast, visit, act):
    assert refusal(act(cast.owner, visit, "complete")) == (400, "VISIT_NOT_YET")


@pytest.mark.parametrize("content", [b"", b"{}", b"null"])
def test_there_may_be_nothing_to_say(cast, listing, api, content):
    visit = make_visit(cast.seeker, listing, begins=at(days=-1))
    client = api.as_(cast.owner)
    answer = client.generic("POST", f"/api/v1/visits/{visit.pk}/complete", content, content_type="application/json")
    assert answer.json()["status"] == "completed"


@pytest.mark.parametrize("status", VisitStatus.values)
@pytest.mark.parametrize("wanted", VisitStatus.values)
def test_what_a_written_status_does(cast, listing, put, status, wanted):
    visit = make_visit(cast.seeker, listing, status=status)
    answer = put(cast.owner, visit, status=wanted)
    allowed = wanted == status or (wanted in MOVES[status] and wanted in ("confirmed", "cancelled"))
    visit.refresh_from_db()
    if allowed:
        assert (answer.status_code, visit.status) == (200, wanted)
    else:
        assert refusal(answer) == (400, "INVALID_STATUS_TRANSITION")
        assert answer.json()["error"]["message"] == f"Cannot transition from '{status}' to '{wanted}'"
        assert visit.status == status


@pytest.mark.parametrize("verb", ["reschedule", "cancel", "complete"])
@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_what_is_over_stays_over(cast, listing, act, status, verb):
    visit = make_visit(cast.seeker, listing, begins=at(days=-2), status=status)
    body = {"new_date": at().isoformat(), "reason": "Again"}
    assert act(cast.owner, visit, verb, **body).status_code == 400
    visit.refresh_from_db()
    assert visit.status == status


def test_only_given_fields_are_written(cast, visit, put):
    visit.visit_notes = "Ring twice"
    visit.save()
    body = put(cast.seeker, visit, interest_level="high", follow_up_required=None, status=None).json()
    assert (body["interest_level"], body["visit_notes"], body["status"]) == ("high", "Ring twice", "requested")


def test_a_whole_visit_sent_back_is_no_change(cast, visit, api, put):
    body = api.as_(cast.owner).get(f"/api/v1/visits/{visit.pk}").json()
    before = visit.updated_at
    assert put(cast.owner, visit, **body).status_code == 200
    visit.refresh_from_db()
    assert visit.updated_at == before


@pytest.mark.parametrize(
    "changes",
    [{"visit_context": "flatmate_meet"}, {"counterparty_user_id": 1}, {"conversation_id": 1}, {"match_id": 1}],
    ids=str,
)
def test_who_meets_whom_is_fixed(cast, visit, put, changes):
    assert refusal(put(cast.seeker, visit, **changes)) == (400, "VISIT_PARTIES_FIXED")


@pytest.mark.parametrize("person", ["owner", "agent", "admin"])
def test_completing_leaves_what_the_visitor_wrote(cast, listing, put, act, person):
    visit = make_visit(cast.seeker, listing, begins=at(days=-1), status="confirmed", agent=cast.agent_profile)
    put(cast.seeker, visit, visitor_feedback="I was never shown the flat")
    body = act(getattr(cast, person), visit, "complete", notes="All seen", feedback="Lovely place!").json()
    assert (body["status"], body["visit_notes"]) == ("completed", "All seen")
    assert body["visitor_feedback"] == "I was never shown the flat"


@pytest.mark.parametrize("field", ["special_requirements", "visitor_feedback", "interest_level"])
def test_the_visitors_words_are_written_by_them_or_by_staff(cast, visit, put, field):
    assert refusal(put(cast.owner, visit, **{field: "mine"})) == (403, "NOT_YOURS_TO_WRITE")
    assert put(cast.agent, visit, **{field: "theirs"}).json()[field] == "theirs"
    assert put(cast.seeker, visit, **{field: "own"}).json()[field] == "own"


def test_feedback_follows_a_visit_and_its_time_does_not(cast, listing, put):
    visit = make_visit(cast.seeker, listing, begins=at(days=-2), status="completed")
    assert put(cast.seeker, visit, visitor_feedback="Bright").json()["visitor_feedback"] == "Bright"
    assert refusal(put(cast.seeker, visit, scheduled_date=at().isoformat())) == (400, "VISIT_IS_OVER")


def test_a_requested_visit_keeps_its_status_when_it_is_moved(cast, visit, put):
    body = put(cast.seeker, visit, scheduled_date=at(days=4).isoformat()).json()
    assert body["status"] == "requested"
    assert refusal(put(cast.seeker, visit, status="confirmed")) == (403, "NOT_YOURS_TO_CONFIRM")


def test_a_confirmed_visit_that_is_moved_waits_again(cast, visit, put):
    put(cast.owner, visit, status="confirmed")
    assert put(cast.seeker, visit, scheduled_date=at(days=4).isoformat()).json()["status"] == "reschedule_suggested"


def test_nobody_moves_and_confirms_in_one_stroke(cast, visit, put):
    answer = put(cast.owner, visit, scheduled_date=at(days=4).isoformat(), status="confirmed")
    assert refusal(answer) == (403, "NOT_YOURS_TO_CONFIRM")
    visit.refresh_from_db()
    assert visit.scheduled_date == at()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "lost"),
        ("scheduled_date", "soon"),
        ("visit_notes", "x" * 5001),
        ("visitor_feedback", "\x00"),
        ("interest_level", "x" * 65),
        ("follow_up_required", "perhaps"),
        ("follow_up_date", "2030-13-01"),
        ("counterparty_user_id", -1),
    ],
)
def test_a_wrong_value_is_refused_by_name(cast, visit, put, field, value):
    answer = put(cast.seeker, visit, **{field: value})
    assert answer.status_code == 422
    assert {wrong["loc"][1] for wrong in answer.json()["detail"]} == {field}
