"""A person sees which apps act for them, and takes it back: over REST, and at a page that needs no script."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client as Browser

from apps.oauth.models import Grant, TokenPair
from apps.oauth.services import signing_in, tokens
from ghar import clock
from ghar.auth.tokens import TokenInvalid
from tests.identity.wire import code_sent_to
from tests.oauth.conftest import PASSWORD, RESOURCE, STAFF_RESOURCE
from tests.support.client import Client

pytestmark = pytest.mark.django_db
APPS, PAGE = "/api/v1/users/me/connected-apps", "/mcp/oauth/apps"


def is_refused(token, resource=RESOURCE):
    try:
        tokens.system_actor_for(token, resource)
    except TokenInvalid:
        return True
    return False


def apps_of(person):
    answer = Client().as_(person).get(APPS)
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


class Visitor:
    """Somebody with a browser that checks what its forms carry; `page` is what they see."""

    def __init__(self):
        self.browser = Browser(enforce_csrf_checks=True)
        self.page = self.browser.get(PAGE)
        self.token = self.hidden("csrfmiddlewaretoken")

    def hidden(self, name):
        found = re.search(f'name="{name}" value="([^"]+)"', self.text)
        return found[1] if found else ""

    @property
    def text(self):
        return self.page.content.decode()

    def send(self, **form):
        secrets = {name: self.hidden(name) for name in ("proof", "grant") if self.hidden(name)}
        self.page = self.browser.post(PAGE, {"csrfmiddlewaretoken": self.token, **secrets, **form})
        return self.page.status_code


@pytest.fixture
def visitor(app, tenant):
    """The tenant, who connected an app, before they have signed in."""
    app.given = app.tokens(tenant)
    return Visitor()


def test_an_app_is_listed_with_what_it_may_do_and_when_it_last_did(app, tenant, cast):
    given = app.tokens(tenant, scope="mcp:read")
    (told,) = apps_of(cast.tenant)
    assert told == {
        "id": Grant.objects.get().pk,
        "name": "Test <app>",
        "host": None,
        "for_staff": False,
        "scopes": ["mcp:read"],
        "may": ["See what you see, for instance listings and your visits"],
        "connected_at": told["connected_at"],
        "last_used_at": None,
    }
    before = clock.now()
    assert not is_refused(given["access_token"])
    assert clock.now() >= Grant.objects.get().last_used_at >= before
    assert apps_of(cast.tenant)[0]["last_used_at"] is not None


def test_use_is_noted_every_few_minutes_and_not_at_every_call(app, tenant, django_assert_num_queries):
    given = app.tokens(tenant)
    with django_assert_num_queries(2):
        is_refused(given["access_token"])
    with django_assert_num_queries(1):
        is_refused(given["access_token"])
    Grant.objects.update(last_used_at=clock.now() - timedelta(minutes=6))
    is_refused(given["access_token"])
    assert Grant.objects.get().last_used_at > clock.now() - timedelta(minutes=5)


def test_disconnecting_ends_every_token_at_once_and_no_others(app, tenant, cast):
    first = app.tokens(tenant)
    second = app.refresh(first["refresh_token"]).json()
    other = app.tokens(tenant)
    latest, grant = apps_of(cast.tenant)
    assert latest["id"] > grant["id"]
    api = Client().as_(cast.tenant)
    assert api.delete(f"{APPS}/{grant['id']}").status_code == 204
    assert is_refused(second["access_token"])
    assert app.refresh(second["refresh_token"]).json()["error"] == "invalid_grant"
    assert not is_refused(other["access_token"])
    assert [one["id"] for one in apps_of(cast.tenant)] == [latest["id"]]
    again = api.delete(f"{APPS}/{grant['id']}")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "GRANT_OVER")


def test_a_code_that_was_not_redeemed_yet_counts_and_ends_too(app, tenant, cast):
    code = app.code(tenant)
    (grant,) = apps_of(cast.tenant)
    assert Client().as_(cast.tenant).delete(f"{APPS}/{grant['id']}").status_code == 204
    assert app.redeem(code).json()["error"] == "invalid_grant"


def test_what_has_run_out_is_not_listed(app, tenant, cast):
    app.tokens(tenant)
    TokenPair.objects.update(refresh_expires_at=clock.now())
    assert apps_of(cast.tenant) == []


def test_nobody_sees_or_ends_what_others_granted(app, tenant, cast):
    given = app.tokens(tenant)
    for person in (cast.stranger, cast.agent):
        assert apps_of(person) == []
        refused = Client().as_(person).delete(f"{APPS}/{Grant.objects.get().pk}")
        assert (refused.status_code, refused.json()["error"]["code"]) == (404, "GRANT_NOT_FOUND")
    assert not is_refused(given["access_token"])
    assert Client().with_token(given["access_token"]).get(APPS).status_code == 401


def test_pages_follow_each_other(app, tenant, cast):
    for _ in range(3):
        app.tokens(tenant)
    api = Client().as_(cast.tenant)
    first = api.get(APPS, {"limit": 2, "include_total": "true"}).json()
    second = api.get(APPS, {"limit": 2, "cursor": first["next_cursor"]}).json()
    ids = [one["id"] for one in (*first["items"], *second["items"])]
    assert ids == sorted(ids, reverse=True)
    assert (len(ids), first["total"], second["has_more"]) == (3, 3, False)


def test_the_page_shows_nothing_before_somebody_signs_in(visitor):
    assert visitor.page.status_code == 200
    assert "no-store" in visitor.page["Cache-Control"]
    assert "form-action 'self'" in visitor.page["Content-Security-Policy"]
    assert "Test &lt;app&gt;" not in visitor.text
    assert visitor.send(phone="+919810000002", password="wrong") == 401
    assert "That does not match" in visitor.text
    assert "Test &lt;app&gt;" not in visitor.text


def test_at_the_page_a_person_signs_in_sees_and_disconnects(app, visitor, tenant):
    assert visitor.send(phone=tenant, password=PASSWORD) == 200
    assert "Test &lt;app&gt;" in visitor.text
    assert "Act for you" in visitor.text
    assert "Not used yet." in visitor.text
    assert visitor.send(way="revoke") == 200
    assert "Test &lt;app&gt; can no longer act for you." in visitor.text
    assert "No app can act for you." in visitor.text
    assert is_refused(app.given["access_token"])
    assert settings.SESSION_COOKIE_NAME not in visitor.browser.cookies


@pytest.mark.parametrize("form", [{}, {"phone": " ", "password": PASSWORD}, {"way": "send_code"}, {"way": "code"}])
def test_an_empty_form_is_told_what_is_missing(visitor, form):
    assert visitor.send(**form) == 400
    assert "Enter your phone or email." in visitor.text


def test_a_code_by_message_opens_the_page_as_well(visitor, tenant):
    assert visitor.send(way="send_code", phone=tenant) == 200
    assert "one-time-code" in visitor.text
    assert visitor.send(way="code", phone=tenant, code=code_sent_to(tenant.removeprefix("+"))) == 200
    assert "Test &lt;app&gt;" in visitor.text


def test_disconnecting_twice_is_told_on_the_page(visitor, tenant):
    visitor.send(phone=tenant, password=PASSWORD)
    form = {name: visitor.hidden(name) for name in ("proof", "grant")}
    visitor.send(way="revoke")
    assert visitor.send(way="revoke", **form) == 409
    assert "has ended already" in visitor.text


def test_a_form_from_elsewhere_is_refused(app, visitor, tenant):
    visitor.send(phone=tenant, password=PASSWORD)
    form = {"way": "revoke", "proof": visitor.hidden("proof"), "grant": visitor.hidden("grant")}
    assert Browser(enforce_csrf_checks=True).post(PAGE, form).status_code == 403
    assert not is_refused(app.given["access_token"])


@pytest.mark.parametrize("proof", ["", "nonsense", "1:2:3"])
def test_without_a_proof_the_page_asks_to_sign_in(app, visitor, proof):
    assert visitor.send(way="revoke", grant=Grant.objects.get().pk, proof=proof) == 401
    assert 'name="password"' in visitor.text
    assert not is_refused(app.given["access_token"])


def test_a_proof_is_of_one_person(app, visitor, agent):
    grant = Grant.objects.get().pk
    app.tokens(agent)
    assert visitor.send(phone=agent, password=PASSWORD) == 200
    assert visitor.hidden("grant") != str(grant)
    assert visitor.send(way="revoke", grant=grant) == 404
    assert "Grant not found" in visitor.text
    assert not is_refused(app.given["access_token"])


def test_a_proof_runs_out_and_ends_with_a_suspension(app, visitor, tenant, cast, monkeypatch):
    visitor.send(phone=tenant, password=PASSWORD)
    form = {name: visitor.hidden(name) for name in ("proof", "grant")}
    with monkeypatch.context() as later:
        later.setattr(signing_in, "PROOF_S", -1)
        assert visitor.send(way="revoke", **form) == 401
    cast.tenant.is_active = False
    cast.tenant.save()
    assert visitor.send(way="revoke", **form) == 401
    assert Grant.objects.get().ended_at is None


def test_guessing_is_limited_together_with_the_consent_page(app, visitor):
    statuses = [visitor.send(phone=f"+9198100003{n:02}", password="guess") for n in range(30)]
    assert statuses == [401] * 29 + [429], "one form was sent at the consent page"


def test_an_agents_app_says_that_it_is_for_staff(app, agent, cast):
    app.tokens(agent, resource=STAFF_RESOURCE)
    assert apps_of(cast.agent)[0]["for_staff"] is True


def test_a_persons_copy_of_everything_tells_of_it(app, tenant, cast):
    app.tokens(tenant)
    told = Client().as_(cast.tenant).get("/api/v1/users/export").json()
    assert "Test <app>" in str(told)
