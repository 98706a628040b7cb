"""Codes and refresh tokens: each works once, for its own client, with its own proof."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from apps.accounts.models import UserRole
from apps.oauth.models import AuthorizationRequest, Grant, TokenPair
from apps.oauth.services import tokens
from ghar import clock, tools
from ghar.auth.tokens import TokenInvalid
from tests.oauth.conftest import REDIRECT, RESOURCE, STAFF_RESOURCE, VERIFIER
from tests.support.client import Client

pytestmark = pytest.mark.django_db
STAFFS = "admin_system_status"


def works(token, resource=RESOURCE):
    try:
        tokens.system_actor_for(token, resource)
    except TokenInvalid:
        return False
    return True


def error(answer):
    assert answer.status_code == 400, answer.content
    return answer.json()["error"]


def test_a_code_becomes_tokens_for_one_resource(app, tenant, cast):
    answer = app.redeem(app.code(tenant))
    assert answer["Cache-Control"] == "no-store"
    given = answer.json()
    assert given["token_type"] == "Bearer"
    assert (given["expires_in"], given["scope"], given["resource"]) == (3600, "mcp:read mcp:write", RESOURCE)
    actor = tokens.system_actor_for(given["access_token"], RESOURCE)
    assert (actor.user, actor.via, actor.scopes) == (cast.tenant, "mcp", {"mcp:read", "mcp:write"})
    assert not works(given["access_token"], STAFF_RESOURCE)


def test_tokens_are_not_stored(app, tenant):
    given = app.tokens(tenant)
    stored = str(list(TokenPair.objects.values()))
    assert given["access_token"] not in stored
    assert given["refresh_token"] not in stored


def test_a_token_is_good_for_tools_only(app, tenant):
    given = app.tokens(tenant)
    assert Client().with_token(given["access_token"]).get("/api/v1/users/me").status_code == 401


def test_a_reading_token_carries_its_scope(app, tenant):
    given = app.tokens(tenant, scope="mcp:read")
    assert tokens.system_actor_for(given["access_token"], RESOURCE).scopes == {"mcp:read"}


@pytest.mark.parametrize(
    "changes",
    [
        {"code_verifier": "w" * 50},
        {"code_verifier": "v"},
        {"redirect_uri": "http://127.0.0.1:1/callback"},
        {"resource": STAFF_RESOURCE},
        {"resource": [RESOURCE, STAFF_RESOURCE]},
    ],
)
def test_a_wrong_attempt_burns_the_code(app, tenant, changes):
    code = app.code(tenant)
    assert error(app.redeem(code, **changes)) == "invalid_grant"
    assert error(app.redeem(code)) == "invalid_grant"
    assert not TokenPair.objects.exists()


@pytest.mark.parametrize("missing", ["code", "client_id", "redirect_uri", "code_verifier"])
def test_everything_is_needed(app, tenant, missing):
    answer = app.redeem(app.code(tenant), **{missing: None})
    assert error(answer) == "invalid_request"
    assert missing in answer.json()["error_description"]


def test_nothing_may_come_twice(app, tenant):
    code = app.code(tenant)
    assert error(app.redeem(code, redirect_uri=[REDIRECT, "https://evil.example/"])) == "invalid_request"
    assert error(app.redeem(code, code_verifier=[VERIFIER, VERIFIER])) == "invalid_request"
    assert app.redeem(code, resource=[RESOURCE, RESOURCE]).status_code == 200


def test_another_client_cannot_use_a_code_nor_burn_it(app, tenant):
    code = app.code(tenant)
    assert error(app.redeem(code, client_id="ghar360-mcp")) == "invalid_grant"
    assert app.redeem(code).status_code == 200


def test_a_code_that_comes_twice_ends_what_it_gave(app, tenant):
    code = app.code(tenant)
    given = app.redeem(code).json()
    assert works(given["access_token"])
    assert error(app.redeem(code)) == "invalid_grant"
    assert not works(given["access_token"])
    assert error(app.refresh(given["refresh_token"])) == "invalid_grant"


def test_a_code_runs_out(app, tenant):
    code = app.code(tenant)
    AuthorizationRequest.objects.update(expires_at=clock.now())
    assert error(app.redeem(code)) == "invalid_grant"


def test_an_access_token_runs_out(app, tenant):
    given = app.tokens(tenant)
    TokenPair.objects.update(access_expires_at=clock.now())
    assert not works(given["access_token"])


def test_a_refresh_token_gives_new_tokens_and_ends_the_old(app, tenant):
    first = app.tokens(tenant)
    second = app.refresh(first["refresh_token"]).json()
    assert not works(first["access_token"])
    assert works(second["access_token"])


def test_a_used_refresh_token_that_comes_back_ends_the_grant(app, tenant):
    first = app.tokens(tenant)
    second = app.refresh(first["refresh_token"]).json()
    assert error(app.refresh(first["refresh_token"])) == "invalid_grant"
    assert not works(second["access_token"])
    assert error(app.refresh(second["refresh_token"])) == "invalid_grant"
    assert Grant.objects.get().ending == "token_reused"


def test_scopes_can_be_narrowed_and_never_widened(app, tenant):
    first = app.tokens(tenant)
    second = app.refresh(first["refresh_token"], scope="mcp:read").json()
    assert second["scope"] == "mcp:read"
    third = app.tokens(tenant, scope="mcp:read")
    assert error(app.refresh(third["refresh_token"], scope="mcp:read mcp:write")) == "invalid_scope"


def test_a_refresh_token_is_its_clients_and_its_resources(app, tenant):
    first = app.tokens(tenant)
    assert error(app.refresh(first["refresh_token"], client_id="ghar360-mcp")) == "invalid_grant"
    assert error(app.refresh(first["refresh_token"], resource=STAFF_RESOURCE)) == "invalid_target"
    assert app.refresh(first["refresh_token"], resource=RESOURCE).status_code == 200


def test_a_suspended_person_gets_no_new_tokens(app, tenant, cast):
    first = app.tokens(tenant)
    cast.tenant.is_active = False
    cast.tenant.save()
    assert not works(first["access_token"])
    assert error(app.refresh(first["refresh_token"])) == "invalid_grant"


def test_whoever_is_suspended_before_the_code_comes_back_gets_none(app, tenant, cast):
    code = app.code(tenant)
    cast.tenant.is_active = False
    cast.tenant.save()
    assert error(app.redeem(code)) == "invalid_grant"


def test_an_agent_who_is_none_any_more_gets_no_tokens_for_staff(app, agent, cast):
    given = app.tokens(agent, resource=STAFF_RESOURCE)
    code, other = app.code(agent, resource=STAFF_RESOURCE), app.tokens(agent)
    cast.agent.role = UserRole.USER
    cast.agent.save()
    assert error(app.refresh(given["refresh_token"])) == "invalid_grant"
    assert error(app.redeem(code)) == "invalid_grant"
    assert app.refresh(other["refresh_token"]).status_code == 200


def test_a_token_for_staff_is_of_the_role_of_this_moment(app, agent, cast):
    given = app.tokens(agent, resource=STAFF_RESOURCE)
    assert tools.call(tokens.system_actor_for(given["access_token"], STAFF_RESOURCE), STAFFS).error is None
    cast.agent.role = UserRole.USER
    cast.agent.save()
    refused = tools.call(tokens.system_actor_for(given["access_token"], STAFF_RESOURCE), STAFFS)
    assert refused.data["code"] == "INSUFFICIENT_PERMISSIONS"


def test_a_reading_token_opens_every_tool_that_reads_and_none_that_writes(app, tenant):
    actor = tokens.system_actor_for(app.tokens(tenant, scope="mcp:read")["access_token"], RESOURCE)
    offered = tools.for_audiences(*tools.audiences_of(actor))
    assert {tool.writes for tool in offered} == {True, False}
    assert [tool.name for tool in offered if tools.admits(actor, tool) == tool.writes] == []
    assert tools.call(actor, "visits_list").error is None
    refused = tools.call(actor, "visits_schedule", {"property_id": 1, "scheduled_date": "2030-01-01T10:00"})
    assert refused.data["code"] == "INSUFFICIENT_SCOPE"


def test_a_writing_token_writes(app, tenant):
    actor = tokens.system_actor_for(app.tokens(tenant)["access_token"], RESOURCE)
    assert all(tools.admits(actor, tool) for tool in tools.for_audiences(*tools.audiences_of(actor)))


def test_other_grants_are_refused(app):
    assert error(app.exchange(grant_type="password")) == "unsupported_grant_type"
    assert error(app.exchange(grant_type="client_credentials")) == "unsupported_grant_type"


@pytest.mark.parametrize("hint", [None, "access_token", "refresh_token"])
@pytest.mark.parametrize("half", ["access_token", "refresh_token"])
def test_either_half_revokes_both(app, tenant, half, hint):
    given = app.tokens(tenant)
    assert app.revoke(given[half], token_type_hint=hint).status_code == 200
    assert not works(given["access_token"])
    assert error(app.refresh(given["refresh_token"])) == "invalid_grant"


def test_revoking_says_nothing_about_unknown_tokens_and_spares_others(app, tenant):
    given = app.tokens(tenant)
    assert app.revoke("unknown").json() == {}
    assert app.revoke(given["access_token"], client_id="ghar360-mcp").status_code == 200
    assert works(given["access_token"])
    assert error(app.revoke(given["access_token"], token_type_hint="id_token")) == "unsupported_token_type"


def test_what_has_run_out_is_forgotten(app, tenant):
    app.tokens(tenant)
    long_ago = clock.now() - timedelta(days=61)
    TokenPair.objects.update(refresh_expires_at=long_ago)
    AuthorizationRequest.objects.update(expires_at=long_ago)
    Grant.objects.update(created_at=long_ago)
    assert tokens.system_purge() == {"questions": 1, "tokens": 1, "grants": 1, "clients": 0}


@pytest.mark.django_db(transaction=True)
def test_of_many_refreshes_at_once_one_succeeds(app, tenant):
    first = app.tokens(tenant)

    def refresh(_n):
        try:
            return app.refresh(first["refresh_token"]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        statuses = sorted(pool.map(refresh, range(6)))
    assert statuses == [200] + [400] * 5
    assert Grant.objects.get().ending == "token_reused", "two parties hold the token"
