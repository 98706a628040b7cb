"""Goes beside the tests of the area that the guides build: its tools and its event at the doors of a live server."""

from uuid import uuid4

import pytest

from apps.accounts.models import User
from apps.wishes import services
from ghar.actors import Actor
from tests.assistant.model_double import Model, provider, says
from tests.assistant.talk import say
from tests.journeys import live
from tests.mcp.conftest import talk
from tests.realtime.conftest import variables
from tests.realtime.reader import Reader
from tests.support import follow_ups, issuer, rows


@pytest.fixture(scope="module")
def person(django_db_setup, django_db_blocker):
    """Somebody whom the server finds."""
    with rows.kept(django_db_blocker):
        yield User.objects.create(subject=str(uuid4()), full_name="Somebody")


@pytest.fixture(scope="module")
def base(person, own_redis, signing_key):
    """The address of a running server."""
    with live.server(**variables()) as url:
        yield url


def test_each_mcp_server_lists_the_tool_that_is_for_it(base):
    async def names(client):
        return {tool.name for tool in (await client.list_tools()).tools}

    users, staff = (talk(f"{base}{path}", names, mode="auto") for path in ("/mcp", "/mcp-admin"))
    assert "wishes_make" in users - staff
    assert "admin_wishes_list" in staff - users


def test_a_wish_that_came_true_arrives_in_an_open_stream(base, person):
    actor = Actor.of(person)
    with Reader(base, token=issuer.token_for(person)) as reader:
        reader.frame()
        wish = services.make_wish(actor=actor, text="A garden")
        services.grant_wish(actor=actor, wish_id=wish.pk)
        follow_ups.carry_out()
        heard = {frame.event: frame.value() for frame in (reader.event(), reader.event())}
    assert heard.keys() == {"wish_granted", "new_notification"}
    assert heard["wish_granted"] == {"wish_id": wish.pk}


@pytest.mark.django_db
def test_the_assistant_offers_each_tool_to_whom_it_is_for(api, cast, settings):
    offered = []
    for someone in (cast.seeker, cast.agent):
        model = Model(says("Namaste."))
        settings.AI_PROVIDERS = [provider("gemini", model)]
        say(api.as_(someone), "hello")
        offered.append({tool["function"]["name"] for tool in model.requests[0]["tools"]})
    seekers, agents = offered
    assert seekers & {"wishes_make", "admin_wishes_list"} == {"wishes_make"}
    assert agents & {"wishes_make", "admin_wishes_list"} == {"wishes_make", "admin_wishes_list"}
