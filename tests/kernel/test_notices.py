"""Types of notices are data that is checked when it is declared."""

import pytest

from ghar import notices
from ghar.notices import NoticeType


def test_every_area_is_asked_for_its_types():
    known = notices.all_types()
    assert known["security_alert"].priority == "critical"
    assert list(known) == sorted(known)


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        (("Bad Key", "system", "normal", ("in_app",), 60), "no key"),
        (("a_type", "gossip", "normal", ("in_app",), 60), "'gossip' is not a valid Category"),
        (("a_type", "system", "urgent", ("in_app",), 60), "'urgent' is not a valid Priority"),
        (("a_type", "system", "normal", ("pigeon", "in_app"), 60), "'pigeon' is not a valid Channel"),
        (("a_type", "system", "normal", ("email",), 60), "kept in_app"),
        (("a_type", "system", "normal", ("in_app",), 0), "number of seconds"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_could_never_be_sent_is_refused(values, complaint):
    with pytest.raises(ValueError, match=complaint):
        NoticeType(*values)


def test_two_types_of_one_key_are_refused():
    known = notices.get_type("security_alert")
    notices.register([known])
    another = NoticeType("security_alert", "system", "normal", ("in_app",), 60)
    with pytest.raises(ValueError, match="two types of notices called 'security_alert'"):
        notices.register([another])
    assert notices.get_type("security_alert") is known
