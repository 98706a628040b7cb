"""Every resource, prompt and suggestion, asked for by everybody: who gets in is what it declares."""

import re

import pytest

from ghar import prompts, resources, tools
from ghar.actors import ANONYMOUS, Actor
from ghar.tools import Audience
from tests.access import expectations
from tests.access.expectations import IN
from tests.access.test_every_tool import ENTRANCE, expected

RESOURCES = resources.for_audiences(*Audience)
DECLARED = [*(one.reads for one in RESOURCES), *prompts.for_audiences(*Audience), *prompts.completers()]


@pytest.mark.django_db
@pytest.mark.parametrize("declared", DECLARED, ids=lambda declared: declared.name)
def test_the_door_is_as_declared(declared, cast):
    people = {who: Actor.of(user) for who, user in cast.everyone().items()}
    happened, wanted = {}, {}
    for who, actor in {expectations.ANONYMOUS: ANONYMOUS, **people}.items():
        outcome = tools.perform(actor, declared, {})
        code = outcome.error.code if outcome.error is not None else IN
        happened[who] = code if code in ENTRANCE else IN
        wanted[who] = expected(declared, who)
        assert code != "INTERNAL_ERROR"
        if actor.is_signed_in and happened[who] == IN:
            writer = Actor.of(actor.user, via="mcp", scopes=frozenset({tools.WRITE}))
            assert tools.perform(writer, declared, {}).error.code == "INSUFFICIENT_SCOPE"
    assert happened == wanted


@pytest.mark.django_db
@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.template)
def test_reading_goes_through_the_same_door(resource, cast):
    uri = re.sub(r"\{\w+\}", "987654321", resource.template)
    for who, actor in {expectations.ANONYMOUS: ANONYMOUS, "tenant": Actor.of(cast.tenant)}.items():
        outcome = resources.read(actor, uri)
        code = outcome.error.code if outcome.error is not None else IN
        assert (code if code in ENTRANCE else IN) == expected(resource.reads, who)


def test_there_are_some():
    assert len(RESOURCES) >= 2
    assert len(prompts.completers()) >= 3
