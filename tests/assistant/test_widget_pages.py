"""Clients load a view of a tool's result from the server, to stand in a frame of theirs."""

import base64
import hashlib
import re

import pytest

from ghar import widgets

BUILT_NOW = (
    "PropertyDetailsWidget",
    "PropertySearchWidget",
    "PropertySwipeWidget",
    "VisitListWidget",
    "VisitSchedulerWidget",
)


def policy_of(answer):
    """The directives of an answer's content security policy."""
    return dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize("name", BUILT_NOW)
def test_a_widget_is_a_page_that_may_be_kept_for_an_hour(api, name):
    answer = api.get(f"/api/v1/agent/widgets/{name}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert answer.content.decode() == widgets.everything()[name].html


def test_every_built_widget_is_served():
    assert sorted(widgets.everything()) == sorted(BUILT_NOW)


@pytest.mark.parametrize("name", ["NobodysWidget", "propertysearchwidget", "..%2Fmanifest", "manifest.json"])
def test_anything_else_is_not_found(api, name):
    answer = api.get(f"/api/v1/agent/widgets/{name}")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] in ("WIDGET_NOT_FOUND", "NOT_FOUND")


def test_only_its_own_script_and_style_run(api):
    answer = api.get("/api/v1/agent/widgets/PropertySearchWidget")
    policy = policy_of(answer)
    for kind in ("script", "style"):
        (text,) = re.findall(rf"<{kind}>(.*?)</{kind}>", answer.content.decode(), re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert policy[f"{kind}-src"] == f"'sha256-{digest}'"
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert policy["connect-src"] == "'self'"


def test_clients_may_frame_it_and_others_may_not(api, settings):
    answer = api.get("/api/v1/agent/widgets/PropertySearchWidget")
    allowed = policy_of(answer)["frame-ancestors"].split()
    assert allowed == ["'self'", *settings.CORS_ALLOWED_ORIGINS, "http://localhost:*", "http://127.0.0.1:*"]
    assert "X-Frame-Options" not in answer
