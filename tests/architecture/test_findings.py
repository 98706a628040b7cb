"""What imports cannot show holds too, and every check finds what is planted for it."""

import pytest

from tests.architecture import findings
from tests.architecture.sources import ROOT, planted

CHECKS = [
    findings.orm_above_the_selectors,
    findings.services_without_actor,
    findings.signals,
    findings.silenced_exceptions,
    findings.catch_all_names,
    findings.codes_without_a_class,
    findings.packages_that_say_something,
]

PLANTED = [
    (findings.orm_above_the_selectors, "apps/agents/views.py", "def f(): return User.objects.first()"),
    (findings.orm_above_the_selectors, "apps/agents/serializers.py", "X = User._default_manager.all()"),
    (findings.orm_above_the_selectors, "apps/identity/views/sessions.py", "def f(): return Account.objects.get()"),
    (findings.orm_above_the_selectors, "apps/accounts/permissions.py", "def f(): return User.objects.exists()"),
    (findings.services_without_actor, "apps/accounts/services/profiles.py", "def drop(*, user_id: int) -> None: ..."),
    (findings.services_without_actor, "apps/accounts/services/profiles.py", "def drop(actor: object) -> None: ..."),
    (findings.services_without_actor, "apps/gardens/services.py", "async def drop(*, garden_id: int) -> None: ..."),
    (findings.signals, "apps/accounts/apps.py", "from django.db.models.signals import post_save"),
    (findings.signals, "apps/accounts/apps.py", "from django.db.models import signals"),
    (findings.signals, "ghar/demo.py", "from django.dispatch import receiver"),
    (findings.signals, "ghar/demo.py", "import celery.signals"),
    (findings.silenced_exceptions, "ghar/demo.py", "try:\n    X = 1\nexcept Exception:\n    pass"),
    (findings.silenced_exceptions, "ghar/demo.py", "try:\n    X = 1\nexcept:\n    ..."),
    (findings.silenced_exceptions, "ghar/demo.py", "try:\n    X = 1\nexcept (OSError, Exception):\n    pass"),
    (findings.silenced_exceptions, "ops/doctor.py", "with contextlib.suppress(Exception):\n    X = 1"),
    (findings.catch_all_names, "ghar/utils.py", "X = 1"),
    (findings.catch_all_names, "apps/accounts/services/helpers.py", "X = 1"),
    (findings.catch_all_names, "tests/common.py", "X = 1"),
    (findings.codes_without_a_class, "apps/agents/views.py", 'X = NotAllowed("No.", code="NO_REASON")'),
    (findings.packages_that_say_something, "apps/accounts/services/__init__.py", "from . import profiles"),
]


@pytest.mark.parametrize("check", CHECKS)
def test_there_is_nothing_to_find(check):
    assert check(ROOT) == []


@pytest.mark.parametrize(("check", "path", "text"), PLANTED)
def test_what_is_planted_is_found(check, path, text, copy):
    with planted(copy, path, text):
        found = check(copy)
    assert len(found) == 1
    assert found[0].startswith(path)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("apps/accounts/services/profiles.py", "def drop(*, actor: object) -> None: ..."),
        ("apps/accounts/services/profiles.py", "def system_drop(*, user_id: int) -> None: ..."),
        ("apps/accounts/services/profiles.py", "def _drop(user_id: int) -> None: ..."),
        ("apps/accounts/selectors.py", "def find_first(): return User.objects.first()"),
        ("ghar/demo.py", "try:\n    X = 1\nexcept Exception:\n    raise"),
        ("ghar/demo.py", "try:\n    X = 1\nexcept KeyError:\n    pass"),
    ],
)
def test_what_is_right_is_left_alone(path, text, copy):
    with planted(copy, path, text):
        assert [line for check in CHECKS for line in check(copy)] == []
