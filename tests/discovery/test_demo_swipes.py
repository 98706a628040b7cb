"""Demo seekers have swiped."""

from io import StringIO

import pytest
from django.core.management import call_command

from apps.discovery.models import Swipe
from apps.properties.models import Property
from tests.support import demo
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small(settings, tmp_path, monkeypatch):
    demo.make_small(settings, monkeypatch, tmp_path, listings=30)


def run(command):
    call_command(command, stdout=StringIO())


def agrees():
    return all(
        Swipe.objects.filter(property_id=pk, is_liked=True).count() == count
        for pk, count in Property.objects.values_list("pk", "like_count")
    )


def test_they_are_there_once_and_counted():
    run("load_demo")
    before = Swipe.objects.count()
    assert before > 100
    run("load_demo")
    assert Swipe.objects.count() == before
    assert agrees()


def test_clearing_takes_them_away_and_keeps_what_real_people_like(cast, swipe):
    run("load_demo")
    real = make_listing(cast.owner)
    liked = Property.objects.filter(is_seed_data=True, like_count__gt=0).first()
    swipe(liked)
    swipe(real)
    run("clear_seed")
    assert set(Swipe.objects.values_list("property_id", flat=True)) == {liked.pk, real.pk}
    assert agrees()
