"""Admins see who connected which app, and take it back; nobody sees a secret."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.oauth.models import Grant, TokenPair
from apps.oauth.selectors import GrantNotFound
from apps.oauth.services import grants, tokens
from ghar.actors import Actor
from ghar.auth.tokens import TokenInvalid
from tests.oauth.conftest import RESOURCE
from tests.support.screens import act

GRANTS, PAIRS, CLIENTS = (reverse(f"admin:oauth_{name}_changelist") for name in ("grant", "tokenpair", "client"))


@pytest.fixture
def browser(cast):
    client = Client()
    client.force_login(cast.admin)
    return client


@pytest.fixture
def granted(app, tenant):
    """The tokens that a person granted the app."""
    return app.tokens(tenant)


def choose(browser, screen, *rows):
    body = {"action": "revoke", "_selected_action": [row.pk for row in rows]}
    return [str(message) for message in act(browser, screen, body).context["messages"]]


def test_a_revoked_grant_ends_its_tokens_at_once(browser, app, granted, cast):
    assert tokens.system_actor_for(granted["access_token"], RESOURCE).id == cast.tenant.id
    assert choose(browser, GRANTS, Grant.objects.get()) == ["1 revoked."]
    assert Grant.objects.get().ending == "revoked"
    with pytest.raises(TokenInvalid):
        tokens.system_actor_for(granted["access_token"], RESOURCE)
    assert app.exchange(grant_type="refresh_token", refresh_token=granted["refresh_token"]).status_code == 400


def test_tokens_of_one_grant_are_revoked_once(browser, app, granted):
    app.refresh(granted["refresh_token"])
    assert choose(browser, PAIRS, *TokenPair.objects.all()) == ["1 revoked."]
    assert choose(browser, PAIRS, TokenPair.objects.first())[0].endswith("This grant has ended already")


def test_staff_who_are_no_admins_do_not_end_it(granted, cast):
    with pytest.raises(GrantNotFound):
        grants.end_grant(actor=Actor.of(cast.agent), grant_id=Grant.objects.get().pk)
    assert Grant.objects.get().ended_at is None


def test_staff_see_when_it_was_used_and_what_it_may(browser, granted):
    page = browser.get(reverse("admin:oauth_grant_change", args=[Grant.objects.get().pk])).content.decode()
    assert "See what you see" in page
    assert "Act for you" in page
    assert browser.get(GRANTS).context["cl"].result_list[0].last_used_at is None
    tokens.system_actor_for(granted["access_token"], RESOURCE)
    assert browser.get(GRANTS).context["cl"].result_list[0].last_used_at is not None


def test_no_secret_and_no_digest_is_shown(browser, granted):
    pair, grant = TokenPair.objects.get(), Grant.objects.get()
    secrets = [granted["access_token"], granted["refresh_token"], pair.access_digest, pair.refresh_digest]
    secrets += [grant.request.session_digest, grant.request.code_digest]
    pages = [
        *(GRANTS, PAIRS, CLIENTS),
        reverse("admin:oauth_grant_change", args=[grant.pk]),
        reverse("admin:oauth_tokenpair_change", args=[pair.pk]),
        reverse("admin:oauth_client_change", args=[grant.client.pk]),
    ]
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200
        assert "Test &lt;app&gt;" in answer.content.decode()
        assert not [secret for secret in secrets if secret.encode() in answer.content]


def test_a_form_that_is_sent_changes_nothing(browser, granted):
    grant, pair = Grant.objects.values().get(), TokenPair.objects.values().get()
    changes = {"scope": "mcp:read", "resource": "elsewhere", "access_expires_at": "2030-01-01"}
    browser.post(reverse("admin:oauth_grant_change", args=[grant["id"]]), changes)
    browser.post(reverse("admin:oauth_tokenpair_change", args=[pair["id"]]), changes)
    assert (Grant.objects.values().get(), TokenPair.objects.values().get()) == (grant, pair)


def test_digests_cannot_be_guessed_at(browser, granted):
    beginning = TokenPair.objects.get().access_digest[:4]
    assert browser.get(PAIRS, {"access_digest__startswith": beginning}).status_code == 400
    assert browser.get(GRANTS, {"tokens__access_digest__startswith": beginning}).status_code == 400


@pytest.mark.parametrize("screen", [GRANTS, PAIRS])
def test_more_rows_cost_no_more_queries(browser, app, granted, agent, screen):
    browser.get(screen)
    with CaptureQueriesContext(connection) as few:
        browser.get(screen)
    for _ in range(3):
        app.tokens(agent)
    with CaptureQueriesContext(connection) as many:
        assert browser.get(screen).context["cl"].result_count == 4
    assert len(many) == len(few)
