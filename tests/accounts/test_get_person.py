"""Staff look at one person."""

import pytest

pytestmark = pytest.mark.django_db


def get(api, who, user_id):
    answer = api.as_(who).get(f"/api/v1/users/{user_id}")
    return answer.status_code, answer.json()


def test_an_admin_sees_anybody(api, cast):
    status, person = get(api, cast.admin, cast.stranger.pk)
    assert (status, person["full_name"], person["last_name"]) == (200, "Stan Stranger", "Stranger")


@pytest.mark.parametrize("whom", ["owner", "agent"])
def test_an_agent_sees_customers_and_themselves(api, cast, whom):
    assert cast.agent_profile
    assert get(api, cast.agent, getattr(cast, whom).pk)[0] == 200


@pytest.mark.parametrize("whom", ["stranger", "other_agent", "admin"])
def test_an_agent_sees_nobody_elses(api, cast, whom):
    assert cast.agent_profile
    status, body = get(api, cast.agent, getattr(cast, whom).pk)
    assert (status, body["error"]["code"]) == (403, "NOT_YOUR_PERSON")


def test_nobody_else_looks_even_at_themselves(api, cast):
    status, body = get(api, cast.owner, cast.owner.pk)
    assert (status, body["error"]["code"]) == (403, "INSUFFICIENT_PERMISSIONS")


@pytest.mark.parametrize("user_id", [0, 987654321, 2**63 - 1, 2**64, "9" * 400])
def test_somebody_who_is_not_there(api, cast, user_id):
    assert get(api, cast.admin, user_id)[0] == 404
