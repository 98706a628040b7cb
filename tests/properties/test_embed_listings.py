"""What was noted is embedded: changed texts only, by batches, and what fails is tried again."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.properties.models import EmbeddingRequest, Property, PropertyEmbedding
from apps.properties.services import embedding, embedding_lease
from ghar.embedding import port, providers
from tests.properties.embedding import embedded, make_due, requested, vector_of
from tests.support.listings import add_amenities, make_listing

pytestmark = pytest.mark.django_db


def texts(provider):
    return [text for _, _, body in provider.asked for text in body["input"]]


def test_a_listing_is_embedded_with_all_that_people_search_by(cast, provider):
    house = make_listing(
        cast.owner, title="Corner house", description="<p>Quiet &amp; green</p>", locality="Sector 45", bedrooms=3,
        area_sqft=1500, monthly_rent=25000, furnishing_level="semi_furnished", tags=["new"], landmark="Metro",
    )  # fmt: skip
    add_amenities(house, "Pond", "Orchard")
    run = embedding.system_embed_listings()
    assert (run.embedded, run.unchanged, run.removed, run.failed) == (1, 0, 0, "")
    (text,) = texts(provider)
    assert text == (
        "Corner house. semi furnished house for buy available. Sector 45 Gurugram India. 3 bedrooms, 1500 sqft. "
        "price 5000000. monthly rent 25000. Quiet & green. amenities: Orchard, Pond. tags: new. near Metro"
    )
    stored = PropertyEmbedding.objects.get()
    length = sum(value**2 for value in vector_of(text)) ** 0.5
    assert list(stored.embedding) == pytest.approx([value / length for value in vector_of(text)])
    assert stored.model == "text-embedding-3-small/3"
    assert requested() == set()


def test_only_changed_texts_are_embedded(cast, provider):
    house, other = make_listing(cast.owner, title="First"), make_listing(cast.owner)
    embedding.system_embed_listings()
    provider.asked.clear()
    Property.objects.filter(pk=house.pk).update(title="Second")
    Property.objects.filter(pk=house.pk).update(title="First")
    Property.objects.filter(pk=other.pk).update(title="Third")
    run = embedding.system_embed_listings()
    assert (run.embedded, run.unchanged) == (1, 1)
    assert [text[:5] for text in texts(provider)] == ["Third"]
    assert embedding.system_embed_listings() == embedding.Run()


def test_an_unavailable_listing_has_no_vector(cast, provider):
    house = make_listing(cast.owner)
    embedding.system_embed_listings()
    Property.objects.update(is_available=False)
    assert embedding.system_embed_listings().removed == 1
    assert embedded() == set()
    Property.objects.update(is_available=True)
    assert embedding.system_embed_listings().embedded == 1
    house.delete()
    assert embedded() == set()


def test_statements_do_not_grow_with_the_rows(cast, lexical):
    def statements(count):
        for _ in range(count):
            add_amenities(make_listing(cast.owner), "Orchard")
        with CaptureQueriesContext(connection) as run:
            assert embedding.system_embed_listings().embedded == count
        return len(run)

    assert statements(2) == statements(embedding.BATCH - 1)


def test_who_fails_alone_stops_nobody_else(cast, provider, monkeypatch):
    monkeypatch.setattr(providers, "WAITS_S", ())
    bad = make_listing(cast.owner, title="Poison")
    good = [make_listing(cast.owner) for _ in range(3)]
    usual = provider.answer
    provider.answer = lambda path, body: 400 if any("Poison" in text for text in body["input"]) else usual(path, body)
    assert "400" in embedding.system_embed_listings().failed
    assert embedding.system_embed_listings() == embedding.Run()  # nothing is due
    while requested() != {bad.pk}:
        make_due()
        embedding.system_embed_listings()
    assert embedded() == {listing.pk for listing in good}
    assert EmbeddingRequest.objects.get().attempts >= 2
    Property.objects.filter(pk=bad.pk).update(title="Cured")
    assert embedding.system_embed_listings().embedded == 1


def test_another_model_embeds_anew(cast, provider, settings):
    make_listing(cast.owner)
    embedding.system_embed_listings()
    assert embedding.system_request_missing() == 0
    settings.EMBEDDING_MODEL = "other"
    port.forget()
    assert embedding.system_request_missing() == 1
    assert embedding.system_request_missing() == 0  # it waits already
    assert embedding.system_embed_listings().embedded == 1
    assert PropertyEmbedding.objects.get().model == "other/3"


def test_a_lease_that_somebody_holds_is_respected_until_it_ends(cast, lexical):
    make_listing(cast.owner)
    with embedding_lease.system_hold():
        with pytest.raises(embedding_lease.EmbeddingUnderWay):
            embedding.system_embed_listings()
        make_due()
        assert embedding.system_embed_listings().embedded == 1
    with embedding_lease.system_hold() as lost:
        make_due()
        with embedding_lease.system_hold(), pytest.raises(embedding_lease.EmbeddingUnderWay):
            lost.renew()


@pytest.mark.django_db(transaction=True)
def test_the_command_shows_its_progress_and_embeds_anew_when_asked(cast, lexical):
    make_listing(cast.owner)
    assert "1 embedded, 0 as before" in told()
    assert "0 embedded, 0 as before" in told()
    assert "1 embedded" in told("--all")
    assert "1 embedded" in told("--model", "lexical-hash-384")
    with pytest.raises(CommandError, match=r"model nope.* There are vectors of: lexical-hash-384"):
        told("--model", "nope")
    assert "Listings: 1 of 1" in told("--all")


@pytest.mark.django_db(transaction=True)
def test_a_model_of_another_size_gets_an_index(cast, provider):
    make_listing(cast.owner)
    try:
        assert "An index for vectors of its size was built." in told()
        assert "index" not in told()
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'property_embeddings_hnsw_3'")
            assert "vector(3)" in cursor.fetchone()[0]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX IF EXISTS property_embeddings_hnsw_3")


@pytest.mark.django_db(transaction=True)
def test_the_command_says_why_it_stopped(cast, provider, monkeypatch):
    monkeypatch.setattr(providers, "WAITS_S", ())
    make_listing(cast.owner)
    provider.answer = lambda path, body: 503
    try:
        with pytest.raises(CommandError, match="answered 503"):
            told()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX IF EXISTS property_embeddings_hnsw_3")
    provider.answer = lambda path, body: json.dumps({"data": []}).encode()
    make_due()
    assert "0 vectors for 1 texts" in embedding.system_embed_listings().failed


def told(*options):
    said = StringIO()
    call_command("embed_listings", *options, stdout=said)
    return said.getvalue()
