"""What goes wrong at the provider has a code of its own, and its words stay in the log."""

import pytest

from apps.studio.models import Generation
from tests.studio.provider_double import GEMINI, OPENAI

pytestmark = pytest.mark.django_db


def only(**candidate):
    return {"candidates": [candidate]}


@pytest.mark.parametrize(
    ("scripts", "status", "code", "attempts"),
    [
        ([{"promptFeedback": {"blockReason": "SAFETY"}}], 422, "CONTENT_BLOCKED", 1),
        ([only(finishReason="IMAGE_SAFETY")], 422, "CONTENT_BLOCKED", 1),
        ([only(finishReason="STOP", content={"parts": [{"text": "No"}]})], 422, "NO_IMAGE_RETURNED", 1),
        ([{}], 422, "NO_IMAGE_RETURNED", 1),
        ([only(content={"parts": [{"inlineData": {"mimeType": "text/html", "data": "PGI+"}}]})],
         422, "NO_IMAGE_RETURNED", 1),
        ([only(content={"parts": [{"inlineData": {"mimeType": "image/png", "data": "!"}}]})],
         422, "GENERATION_FAILED", 1),
        ([{"candidates": "none"}], 422, "GENERATION_FAILED", 1),
        ([b"<html>"], 422, "GENERATION_FAILED", 1),
        ([b"[1]"], 422, "GENERATION_FAILED", 1),
        ([400], 422, "GENERATION_FAILED", 1),
        ([500], 422, "GENERATION_FAILED", 2),
        ([429], 429, "QUOTA_EXCEEDED", 2),
    ],
)  # fmt: skip
def test_each_failure_has_its_code(ask, provider, scripts, status, code, attempts):
    provider.scripts = scripts
    answer = ask()
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert len(provider.requests) == attempts
    assert b"secret detail" not in answer.content
    wish = Generation.objects.get()
    assert (wish.status, wish.failure) == ("failed", code)


@pytest.mark.parametrize("fault", [500, 503, 429])
def test_a_fault_that_passes_is_not_noticed(ask, provider, fault):
    provider.scripts = [fault, GEMINI]
    assert ask().status_code == 200
    assert len(provider.requests) == 2


def test_a_provider_that_takes_too_long(ask, provider, settings):
    settings.STUDIO_TIMEOUT_S, provider.scripts = 0.2, [1.0]
    answer = ask()
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "TIMEOUT")


def test_a_provider_that_is_away(ask, provider, settings):
    settings.STUDIO_API_BASE = "http://127.0.0.1:1/v1"
    assert ask().json()["error"]["code"] == "GENERATION_FAILED"


@pytest.mark.parametrize("answer", [{"data": []}, {"data": [{"url": "https://pictures.example/1"}]}])
def test_another_provider_without_a_picture(ask, provider, settings, answer):
    settings.STUDIO_PROVIDER, provider.scripts = "openai", [answer]
    assert ask().json()["error"]["code"] == "NO_IMAGE_RETURNED"


def test_another_provider_whose_picture_is_broken(ask, provider, settings):
    settings.STUDIO_PROVIDER, provider.scripts = "openai", [{**OPENAI, "data": [{"b64_json": "!"}]}]
    assert ask().json()["error"]["code"] == "GENERATION_FAILED"
