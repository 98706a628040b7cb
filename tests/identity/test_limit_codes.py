"""Messages to one identifier are limited, whether or not anybody has it; so are calls of one address."""

import pytest

from apps.identity.models import OutboxMessage
from tests.identity.wire import EMAIL, PHONE, Wire

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("identifier", "code"), [(PHONE, "over_sms_send_rate_limit"), (EMAIL, "over_email_send_rate_limit")]
)
def test_the_seventh_code_within_an_hour_is_refused(wire: Wire, identifier: str, code: str) -> None:
    answers = [wire.ask_code(identifier) for _ in range(7)]
    assert {answer.status_code for answer in answers[:6]} == {200}
    assert (answers[6].status_code, answers[6].json()["code"]) == (429, code)
    assert int(answers[6]["Retry-After"]) > 0
    assert OutboxMessage.objects.count() == 6


def test_every_way_to_a_code_counts(wire: Wire) -> None:
    for _ in range(3):
        wire.ask_code(PHONE)
        wire.post("resend", {"phone": PHONE, "type": "sms"})
    refused = wire.post("signup", {"phone": PHONE, "password": "a fine day in Pune"})
    assert refused.json()["code"] == "over_sms_send_rate_limit"


def test_one_address_is_limited_over_all_identifiers(wire: Wire) -> None:
    answers = [wire.post("verify", {"phone": PHONE, "token": "1", "type": "sms"}) for _ in range(121)]
    assert answers[119].status_code == 403
    assert (answers[120].status_code, answers[120].json()["code"]) == (429, "over_request_rate_limit")
    assert answers[120]["Retry-After"]
