"""An agent who deletes their account works no more."""

import pytest

from apps.accounts.services import deletion
from ghar.actors import Actor
from tests.support import follow_ups

pytestmark = pytest.mark.django_db


def test_their_customers_are_free(cast, django_capture_on_commit_callbacks):
    profile = cast.agent_profile
    with django_capture_on_commit_callbacks(execute=True):
        deletion.delete_account(actor=Actor.of(cast.agent), confirm=True)
    follow_ups.carry_out()
    profile.refresh_from_db()
    cast.owner.refresh_from_db()
    assert (profile.is_active, profile.is_available, cast.owner.agent_id) == (False, False, None)
