"""A person reads who asks for what, proves who they are, and says yes or no."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from apps.identity.models import Session
from apps.oauth.models import AuthorizationRequest, Grant
from ghar import clock
from tests.identity.wire import code_sent_to
from tests.oauth.conftest import PASSWORD, REDIRECT, STAFF_RESOURCE

pytestmark = pytest.mark.django_db


def parameters(answer):
    return {name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()}


def test_the_page_says_who_asks_for_what(app):
    page = app.browser.get("/mcp/oauth/consent", {"session": app.session(scope="mcp:read")})
    text = page.content.decode()
    assert "Test &lt;app&gt;" in text
    assert "http://127.0.0.1:33418" in text
    assert "See what you see" in text
    assert "Act for you" not in text


def test_the_page_is_kept_by_nobody_and_framed_by_nobody(app):
    page = app.browser.get("/mcp/oauth/consent", {"session": app.session()})
    assert "no-store" in page["Cache-Control"]
    assert page["X-Frame-Options"] == "DENY"
    policy = page["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self' http://127.0.0.1:33418" in policy
    assert "unsafe" not in policy


def test_a_yes_sends_the_browser_back_with_a_code(app, tenant, cast):
    answer = app.answer(app.session(), phone=tenant, password=PASSWORD)
    assert answer.status_code == 303
    assert answer["Location"].startswith(f"{REDIRECT}?code=")
    told = parameters(answer)
    assert told["state"] == "st&te"
    assert told["iss"] == "http://127.0.0.1:3600/mcp/oauth"
    grant = Grant.objects.get()
    assert (grant.user, grant.scope) == (cast.tenant, "mcp:read mcp:write")
    assert told["code"] not in str(AuthorizationRequest.objects.values().get())


def test_nobody_stays_signed_in(app, tenant):
    app.answer(app.session(), phone=tenant, password=PASSWORD)
    assert not Session.objects.filter(ended_at=None).exists()
    assert "sessionid" not in app.browser.cookies


def test_a_no_sends_the_browser_back_without_one(app):
    answer = app.answer(app.session(), way="deny")
    told = parameters(answer)
    assert told["error"] == "access_denied"
    assert (told["state"], told["iss"]) == ("st&te", "http://127.0.0.1:3600/mcp/oauth")
    assert "code" not in told
    assert not Grant.objects.exists()


def test_a_code_by_message_proves_as_well(app, tenant, cast):
    session = app.session()
    page = app.answer(session, phone=tenant, way="send_code")
    assert b"one-time-code" in page.content
    answer = app.answer(session, phone=tenant, way="code", code=code_sent_to(tenant.removeprefix("+")))
    assert answer.status_code == 303
    assert Grant.objects.get().user == cast.tenant


@pytest.mark.parametrize(
    "form",
    [
        {"password": "wrong"},
        {"way": "code", "code": "000000"},
        {"phone": "not a phone", "password": PASSWORD},
        {"phone": "+919899999999", "password": PASSWORD},
    ],
)
def test_a_failed_proof_is_told_on_the_page_and_says_no_more(app, tenant, form):
    answer = app.answer(app.session(), **{"phone": tenant, **form})
    assert answer.status_code == 401
    assert b"That does not match" in answer.content
    assert not Grant.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("phone", "a\x00b@example.com"), ("password", "x" * 1001), ("code", "1" * 21)]
)
def test_what_no_form_of_ours_sends_is_refused_by_name(app, tenant, field, value):
    answer = app.answer(app.session(), **{"phone": tenant, field: value})
    assert answer.status_code == 400
    assert answer.json()["error_description"].startswith(f"{field}: ")


def test_whether_somebody_has_an_account_is_not_told(app, tenant):
    known = app.answer(app.session(), phone=tenant, way="send_code")
    unknown = app.answer(app.session(), phone="+919899999999", way="send_code")
    assert known.status_code == unknown.status_code == 200
    assert b"code of six digits is on its way" in unknown.content


def test_a_suspended_person_cannot_say_yes(app, tenant, cast):
    cast.tenant.is_active = False
    cast.tenant.save()
    assert app.answer(app.session(), phone=tenant, password=PASSWORD).status_code == 403
    assert not Grant.objects.exists()


def test_only_staff_connect_to_the_server_for_staff(app, tenant, agent):
    assert app.answer(app.session(resource=STAFF_RESOURCE), phone=tenant, password=PASSWORD).status_code == 403
    assert not Grant.objects.exists()
    assert app.answer(app.session(resource=STAFF_RESOURCE), phone=agent, password=PASSWORD).status_code == 303


def test_a_form_from_elsewhere_is_refused(app, tenant):
    form = {"session": app.session(), "phone": tenant, "password": PASSWORD}
    assert app.browser.post("/mcp/oauth/consent", form).status_code == 403
    assert not Grant.objects.exists()


def test_a_question_is_answered_once(app, tenant):
    session = app.session()
    assert app.answer(session, phone=tenant, password=PASSWORD).status_code == 303
    assert app.browser.get("/mcp/oauth/consent", {"session": session}).status_code == 400


def test_a_question_runs_out(app):
    session = app.session()
    AuthorizationRequest.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    page = app.browser.get("/mcp/oauth/consent", {"session": session})
    assert page.status_code == 400
    assert b"has run out" in page.content


def test_guessing_is_limited(app, tenant, settings):
    session = app.session()
    statuses = [app.answer(session, phone=f"+9198100002{n:02}", password="guess").status_code for n in range(31)]
    assert statuses == [401] * 30 + [429]
    assert app.answer(session, phone=tenant, password=PASSWORD).status_code == 429


def test_the_page_leaves_the_referrer_alone(app):
    """With `no-referrer` a browser sends its forms with `Origin: null`, which no check of forms can accept."""
    page = app.browser.get("/mcp/oauth/consent", {"session": app.session()})
    assert b"referrer" not in page.content
    assert "no-referrer" not in page["Referrer-Policy"].split(", ")
