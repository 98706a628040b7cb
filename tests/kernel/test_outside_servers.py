"""MCP servers outside are described in one variable, which names what is wrong in it."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings.outside import servers
from ghar.outside import Server

WEB = {"name": "web", "url": "https://search.example/mcp", "tools": ["search"]}


def test_none():
    assert servers(" ") == []


def test_a_server_and_what_is_usual():
    (found,) = servers(json.dumps([WEB]))
    assert Server(**found) == Server("web", "https://search.example/mcp", frozenset({"search"}), 10.0, "", False)


def test_its_token_is_in_a_variable_of_its_own(monkeypatch):
    monkeypatch.setenv("WEB_TOKEN", " secret ")
    (found,) = servers(json.dumps([{**WEB, "bearer": "WEB_TOKEN", "timeout_s": 2.5, "for_guests": True}]))
    assert (found["bearer"], found["timeout_s"], found["for_guests"]) == ("secret", 2.5, True)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("web", "is not JSON"),
        ("{}", "must be a list of objects"),
        ("[1]", "must be a list of objects"),
        (json.dumps([WEB, WEB]), "two servers have the same name"),
        *(
            (json.dumps([{**WEB, **changes}]), why)
            for changes, why in [
                ({"name": "Web Search"}, "name must be"),
                ({"name": None}, "name must be"),
                ({"url": "search.example"}, "url must be"),
                ({"url": "file:///etc/passwd"}, "url must be"),
                ({"tools": []}, "tools must be"),
                ({"tools": "search"}, "tools must be"),
                ({"tools": [1]}, "tools must be"),
                ({"timeout_s": 0}, "timeout_s must be from 1 to 60"),
                ({"timeout_s": 61}, "timeout_s must be from 1 to 60"),
                ({"timeout_s": "5"}, "timeout_s must be from 1 to 60"),
                ({"timeout_s": True}, "timeout_s must be from 1 to 60"),
                ({"bearer": "NOT_SET_ANYWHERE"}, "bearer must name a variable that is set"),
                ({"for_guests": "yes"}, "for_guests must be"),
                ({"command": "npx"}, "unknown: command"),
            ]
        ),
    ],
)
def test_what_is_wrong_is_named(text, why):
    with pytest.raises(ImproperlyConfigured, match="ASSISTANT_MCP_SERVERS") as refused:
        servers(text)
    assert why in str(refused.value)
