"""A resource is declared like a tool; its parameters are those of its address."""

from typing import Any

import pytest

from ghar.actors import ANONYMOUS, Actor
from ghar.resources import find, read, resource
from ghar.tools import Audience, Id, ToolRefused

pytestmark = [pytest.mark.usefixtures("registry"), pytest.mark.django_db]
ALL = {Audience.GUEST}


def room(actor: Actor, house: Id, room: str) -> dict[str, Any]:
    """A room of a house."""
    return {"house": house, "room": room, "who": actor.id}


@pytest.fixture
def rooms(registry):
    resource("ghar://house/{house}/room/{room}", on=ALL, title="Room")(room)


def test_an_address_is_read_with_its_parameters(rooms):
    assert read(ANONYMOUS, "ghar://house/7/room/the%20hall").data == {"house": 7, "room": "the hall", "who": None}


@pytest.mark.parametrize(
    ("uri", "code"),
    [
        ("ghar://house/0/room/hall", "VALIDATION_ERROR"),
        ("ghar://house/many/room/hall", "VALIDATION_ERROR"),
        ("ghar://house/1/room/a%00b", "VALIDATION_ERROR"),
        ("ghar://house/1/room/hall/wall", "RESOURCE_NOT_FOUND"),
        ("ghar://house/1", "RESOURCE_NOT_FOUND"),
        ("file:///etc/passwd", "RESOURCE_NOT_FOUND"),
        ("", "RESOURCE_NOT_FOUND"),
    ],
)
def test_another_address_is_refused(rooms, uri, code):
    assert read(ANONYMOUS, uri).data["code"] == code


def test_it_is_for_those_it_names(registry, cast):
    resource("ghar://house/{house}/room/{room}", on={Audience.STAFF}, title="Room")(room)
    uri = "ghar://house/1/room/hall"
    codes = [read(actor, uri).data.get("code") for actor in (ANONYMOUS, Actor.of(cast.owner), Actor.of(cast.agent))]
    assert codes == ["UNAUTHORIZED", "INSUFFICIENT_PERMISSIONS", None]


def test_a_token_that_may_not_read_does_not_read(registry, cast):
    resource("ghar://house/{house}/room/{room}", on={Audience.USER}, title="Room")(room)
    writer = Actor.of(cast.owner, via="mcp", scopes=frozenset({"mcp:write"}))
    assert read(writer, "ghar://house/1/room/hall").data["code"] == "INSUFFICIENT_SCOPE"


@pytest.mark.parametrize("template", ["ghar://house/{house}", "ghar://house/{house}/room/{room}/{wall}"])
def test_other_parameters_than_those_of_the_address_are_refused(template):
    with pytest.raises(ToolRefused, match="parameters"):
        resource(template, on=ALL, title="Room")(room)
    assert find("ghar://house/1") is None


def test_an_address_is_taken_once(rooms):
    with pytest.raises(ToolRefused, match="taken"):
        resource("ghar://house/{house}/room/{room}", on=ALL, title="Room")(room)
