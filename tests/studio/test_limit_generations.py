"""A picture costs money and minutes: a person has some a day, and a process makes few at a time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connections

from apps.studio import selectors, services
from apps.studio.models import Generation
from ghar.actors import Actor
from tests.studio.conftest import URL
from tests.support import rows
from tests.support.cast import Cast


@pytest.mark.django_db
def test_a_person_has_some_a_day(ask, api, cast, provider, settings):
    settings.STUDIO_A_DAY = 2
    assert [ask().status_code for _ in range(3)] == [200, 200, 429]
    refused = ask()
    assert refused.json()["error"]["code"] == "QUOTA_EXCEEDED"
    assert 0 < int(refused.headers["Retry-After"]) <= 86400
    other = api.as_(cast.tenant).post(URL, {"mode": "text-to-image", "prompt": "A garden"})
    assert other.status_code == 200
    assert len(provider.requests) == 3


@pytest.mark.django_db
def test_what_failed_was_paid_for_too(ask, provider, settings):
    settings.STUDIO_A_DAY, provider.scripts = 1, [400]
    assert [ask().status_code for _ in range(2)] == [422, 429]


@pytest.mark.django_db
def test_a_day_later_there_are_more(ask, cast, provider, settings):
    settings.STUDIO_A_DAY = 1
    ask()
    with time_machine.travel(Generation.objects.get().created_at + selectors.DAY, tick=False):
        services.generate_image(actor=Actor.of(cast.seeker), mode="text-to-image", prompt="A garden")
    assert len(provider.requests) == 2


@pytest.mark.django_db
def test_nobody_has_any_where_none_are_given(ask, provider, settings):
    settings.STUDIO_A_DAY = 0
    assert ask().status_code == 429


@pytest.mark.django_db
def test_who_comes_while_all_places_are_taken_is_asked_to_wait(ask, provider, settings):
    settings.STUDIO_AT_ONCE = 1
    with services._one_of_few():
        refused = ask()
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "STUDIO_BUSY")
    assert "Retry-After" in refused.headers
    assert not Generation.objects.exists()
    assert ask().status_code == 200


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    with rows.kept(django_db_blocker):
        yield


@pytest.mark.usefixtures("committed")
def test_many_at_once_do_not_get_past_the_day(api, provider, settings):
    settings.STUDIO_A_DAY, settings.STUDIO_AT_ONCE = 2, 4
    client = api.as_(Cast().seeker)

    def ask(number: int) -> int:
        try:
            return client.post(URL, {"mode": "text-to-image", "prompt": f"Garden {number}"}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(ask, range(4))) == [200, 200, 429, 429]
    assert len(provider.requests) == 2
