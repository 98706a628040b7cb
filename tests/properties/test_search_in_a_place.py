"""A search for a sector or a phase finds the listings that say they are there, however they write it."""

from importlib import import_module

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import connection

from apps.properties.models import Property
from apps.properties.rules import places, queries
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db

marking = import_module("apps.properties.migrations.0008_place_marks")
vectors = import_module("apps.properties.migrations.0013_words_of_features")

SAID = (
    "Sector 45", "sec-45", "SEC 45.", "Sector45", "sec45", "Sectors 45 and 46", "45 Sector", "Sector 4 5", "Sector 145",
    "Sector 45A", "Sec 45 a", "sector45a", "Sector-45B", "sec 45 b", "45 sector b", "Sector 045", "Sector 70 b, Sec 71",
    "DLF Phase 3", "DLF City Phase-3", "dlf ph 3", "DLF 3", "dlf phase iii", "DLF Phase 3A", "Phase 3", "DLF, 3 rooms",
    "DLF Phase II", "dlf phase-2", "DLF Phase IV", "dlf ph 4", "DLF 5", "DLF Phase V", "dlf phase 1", "Sector", "DLF",
)  # fmt: skip
COLUMNS = ("title", "locality", "full_address", "landmark", "description")
ASKED = ("sector 45", "sector 4", "sector 45 b", "sector 70b", "sector 70", "sec 71", "dlf 2", "dlf 3", "dlf phase iv",
         "dlf 5")  # fmt: skip


def found_by(query):
    return {*Property.objects.filter(search_vector=SearchQuery(query, config="english", search_type="raw"))}


def test_marks_stand_for_all_phrases_of_a_place(cast):
    for text in SAID:
        for column in COLUMNS:
            make_listing(cast.owner, **{"title": "Home", column: text})
    for asked in ASKED:
        _, (place,) = places.cut_places(asked)
        assert (asked, found_by(queries.in_one_of((place,)))) == (asked, found_by(queries.where_it_is(place.phrases)))


def test_a_letter_that_the_text_search_leaves_out_may_be_missing(cast, found):
    homes = [make_listing(cast.owner, locality=said) for said in ("Sector 45A", "sec 45 a", "Sector45", "Sector 45")]
    make_listing(cast.owner, locality="Sector 45B")
    assert found(q="sector 45a") == [home.pk for home in reversed(homes)]


@pytest.mark.parametrize("said", ["DLF Phase 1", "dlf-1", "DLF City Phase 1", "DLF Phase I", "DLF Phase-I, Gurugram"])
@pytest.mark.parametrize("asked", ["dlf phase 1", "DLF I"])
def test_the_first_phase_is_no_other(cast, found, said, asked):
    first = make_listing(cast.owner, title="Home", locality=said)
    for other in ("DLF Phase 2", "DLF Phase-III", "DLF City Phase 4", "DLF Phase V"):
        make_listing(cast.owner, title="Home", locality=other)
    assert found(q=asked) == [first.pk]


def test_one_of_several_places_will_do(cast, found):
    here, there = (make_listing(cast.owner, locality=said) for said in ("Sector 45", "Sector 46 B"))
    make_listing(cast.owner, locality="Sector 47")
    assert found(q="sector 45 or sector 46b") == [there.pk, here.pk]


def test_listings_from_before_are_marked_batch_by_batch(cast, found, monkeypatch):
    monkeypatch.setattr(marking, "BATCH", 2)
    with connection.schema_editor(atomic=False) as editor:
        editor.execute(marking._replacing(vectors.UNMARKED))
        homes = [make_listing(cast.owner, locality="Sec-45") for _ in range(5)]
        make_listing(cast.owner, locality="Sohna Road")
        assert found(q="sector 45") == []
        editor.execute(marking._replacing(vectors.VECTOR))
        marking.mark_places(None, editor)
    assert found(q="sector 45") == [home.pk for home in reversed(homes)]
