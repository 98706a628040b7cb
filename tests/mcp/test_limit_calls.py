"""Calls are counted for each person, and for each address without a token."""

import pytest

from tests.journeys import live
from tests.mcp.conftest import post, token_for

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@pytest.fixture(scope="module")
def strict(cast):
    with live.server(RATE_LIMITS="mcp=3/60") as url:
        yield url


def test_the_fourth_call_has_to_wait(strict, cast):
    assert [post(strict, "tools/list").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = post(strict, "tools/list")
    assert refused.json()["error"]["code"] == "RATE_LIMIT_EXCEEDED"
    assert int(refused.headers["retry-after"]) > 0
    bearer = f"Bearer {token_for(strict, cast.tenant)}"
    assert post(strict, "tools/list", authorization=bearer).status_code == 200, "a person's calls are their own"
