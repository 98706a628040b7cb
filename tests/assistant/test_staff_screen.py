"""Admins see that people talked to the assistant, and not what they said."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.assistant.models import Conversation, Message
from tests.assistant.talk import say

LIST = reverse("admin:assistant_conversation_changelist")
SECRET = "flibbertigibbet"


@pytest.fixture
def browser(cast):
    client = Client()
    client.force_login(cast.admin)
    return client


@pytest.fixture
def conversation(api, cast):
    say(api.as_(cast.seeker), f"hello {SECRET}")
    return Conversation.objects.get()


def test_an_admin_sees_who_when_and_how_much(browser, conversation, cast):
    (shown,) = browser.get(LIST).context["cl"].result_list
    assert (shown.user, shown.message_count) == (cast.seeker, 2)
    assert [row.role for row in conversation.messages.order_by("pk")] == ["user", "assistant"]


def test_no_page_says_what_was_said(browser, conversation):
    assert SECRET in conversation.title
    assert conversation.messages.filter(content__contains=SECRET).exists()
    names = ("change", "history")
    pages = [LIST, *(reverse(f"admin:assistant_conversation_{name}", args=[conversation.pk]) for name in names)]
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200
        assert SECRET not in answer.content.decode()


def test_what_was_said_cannot_be_searched_for(browser, conversation):
    assert browser.get(LIST, {"q": SECRET}).context["cl"].result_count == 0
    for name in ("title__contains", "messages__content__contains"):
        assert browser.get(LIST, {name: SECRET}).status_code == 400


def test_memory_of_tools_is_not_counted_and_more_rows_cost_no_more_queries(browser, conversation, cast):
    browser.get(LIST)
    with CaptureQueriesContext(connection) as few:
        browser.get(LIST)
    for _ in range(3):
        other = Conversation.objects.create(user=cast.tenant, updated_at=conversation.updated_at)
        Message.objects.create(conversation=other, role="tool", tool_name="discovery_search")
    with CaptureQueriesContext(connection) as many:
        found = browser.get(LIST).context["cl"].result_list
    assert sorted(shown.message_count for shown in found) == [0, 0, 0, 2]
    assert len(many) == len(few)
