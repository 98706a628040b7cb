"""Runs that meet, writes that cross a run, and a run that is killed."""

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from apps.properties.models import EmbeddingLease, Property, PropertyEmbedding
from apps.properties.services import embedding, removal
from apps.properties.services.embedding_lease import EmbeddingUnderWay
from ghar.actors import Actor
from tests.properties.embedding import answer, embedded, make_due, requested
from tests.support.at_once import at_once
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = """
SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'
"""  # PostgreSQL's own, which look after tables, come and go


def clients():
    with connection.cursor() as cursor:
        cursor.execute(CLIENTS)
        return {pid for (pid,) in cursor.fetchall()}


def run():
    try:
        return embedding.system_embed_listings().embedded
    except EmbeddingUnderWay:
        return 0


def test_two_runs_embed_each_listing_once(cast, provider):
    listings = {make_listing(cast.owner).pk for _ in range(embedding.BATCH + 10)}
    assert sum(at_once([run] * 4)) == len(listings)
    assert embedded() == listings
    asked = Counter(text for _, _, body in provider.asked for text in body["input"])
    assert set(asked.values()) == {1}
    assert not EmbeddingLease.objects.exists()


def test_a_change_while_its_listing_is_embedded_is_not_lost(cast, provider):
    house, other = make_listing(cast.owner, title="Before"), make_listing(cast.owner)

    def change_meanwhile(path, body):
        try:
            Property.objects.filter(pk=house.pk, title="Before").update(title="After")
        finally:
            connection.close()
        return answer(path, body)

    provider.answer = change_meanwhile
    assert embedding.system_embed_listings().embedded == 2
    assert embedded() == {house.pk, other.pk}
    assert provider.asked[-1][2]["input"][0].startswith("After")
    assert requested() == set()


def test_a_listing_that_goes_while_it_is_embedded_leaves_nothing(cast, provider):
    house, other = make_listing(cast.owner), make_listing(cast.owner)

    def delete_meanwhile(path, body):
        try:
            removal.delete_property(actor=Actor.of(cast.owner), property_id=house.pk)
        finally:
            connection.close()
        return answer(path, body)

    provider.answer = delete_meanwhile
    assert embedding.system_embed_listings().embedded == 1
    assert embedded() == {other.pk}


def test_no_connection_is_held_while_a_model_works(cast, provider):
    make_listing(cast.owner)
    others = clients() - {connection.connection.info.backend_pid}  # servers of other tests
    open_ones = []

    def count(path, body):
        try:
            open_ones.append(len(clients() - others))
        finally:
            connection.close()
        return answer(path, body)

    provider.answer = count
    run()
    assert open_ones == [1]  # the one that counts


def test_rows_that_somebody_writes_are_left_and_nobody_waits(cast, provider):
    """A writer holds a request for the whole run; the run stores the others and ends."""
    house, other = make_listing(cast.owner), make_listing(cast.owner)
    writer = connection.copy()
    try:
        writer.set_autocommit(False)
        with writer.cursor() as cursor:
            cursor.execute("UPDATE properties SET title = 'Written' WHERE id = %s", [house.pk])
        assert embedding.system_embed_listings().embedded == 1
        assert (embedded(), requested()) == ({other.pk}, {house.pk})
        writer.commit()
    finally:
        writer.close()
    assert embedding.system_embed_listings().embedded == 1


def test_a_killed_run_is_continued(cast, provider):
    listings = {make_listing(cast.owner).pk for _ in range(embedding.BATCH + 20)}
    killed = []

    def die_later(path, body):
        if len(provider.asked) > 2:
            os.kill(process.pid, signal.SIGKILL)
            killed.append(process.pid)
        return answer(path, body)

    provider.answer = die_later
    process = subprocess.Popen(
        [sys.executable, "manage.py", "embed_listings"],
        cwd=Path(__file__).parents[2],
        env=environment(provider),
        stdout=subprocess.DEVNULL,
    )
    assert process.wait(timeout=120) == -signal.SIGKILL
    try:
        assert killed
        assert len(embedded()) == embedding.BATCH
        assert run() == 0  # its lease lasts a while
        make_due()
        provider.answer = answer
        assert run() == 20
        assert embedded() == listings
        assert not PropertyEmbedding.objects.filter(text_hash="").exists()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX IF EXISTS property_embeddings_hnsw_3")


def environment(provider):
    url, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return os.environ | {
        "DATABASE_URL": f"{url}/{connection.settings_dict['NAME']}",
        "EMBEDDER": "openai",
        "EMBEDDING_API_BASE": provider.base,
        "EMBEDDING_DIMENSIONS": "3",
    }
