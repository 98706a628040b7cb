"""Thumbnails, AVIFs and blurhashes are made in the background."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from PIL import Image

from apps.media import handlers
from apps.media.events import MediaUploaded
from apps.media.models import MediaFile
from apps.media.rules import blurhash
from apps.media.services import rendering
from ghar import clock, shared_redis
from ghar.realtime import entries
from tests.media import files

pytestmark = pytest.mark.django_db
UPLOAD = "/api/v1/upload"


@pytest.fixture
def media(api, cast):
    sent = files.sent(files.picture(size=(1000, 600)))
    return api.as_(cast.owner).post(UPLOAD, {"file": sent}, format="multipart").json()["media"]


def look(api, cast, media):
    return api.as_(cast.owner).get(f"{UPLOAD}/media/{media['id']}").json()


def test_after_the_job_there_are_renditions(api, cast, media, kept):
    assert (media["is_processed"], media["thumbnail_url"], media["renditions"]) == (False, None, [])
    call_command("run_job", "media.render_due_pictures")
    done = look(api, cast, media)
    assert done["is_processed"]
    sizes = {one["kind"]: (one["mime_type"], one["width"]) for one in done["renditions"]}
    assert sizes == {"thumbnail": ("image/webp", 512), "avif": ("image/avif", 1000)}
    assert len(done["blurhash"]) == 28
    assert len(kept()) == 3
    for url in (done["thumbnail_url"], *(one["url"] for one in done["renditions"])):
        answer = api.get(url.removeprefix("http://127.0.0.1:3600"))
        assert (answer.status_code, answer.headers["Content-Type"].split("/")[0]) == (200, "image")


def test_its_owner_sees_how_far_it_is(media):
    rendering.system_render_due()
    told = shared_redis.redis_client().xrange(entries.key(entries.job_stream(media["id"])))
    assert [fields[b"name"] for _, fields in told] == [b"job_update", b"job_update", b"job_completed"]


def test_it_is_done_once(media):
    assert rendering.system_render_due() == 1
    assert rendering.system_render_due() == 0


def test_a_worker_that_died_leaves_it_to_another(media):
    MediaFile.objects.update(render_due_at=clock.now() + rendering.CLAIMED_FOR, render_attempts=1)
    assert rendering.system_render_due() == 0
    MediaFile.objects.update(render_due_at=clock.now() - timedelta(seconds=1))
    assert rendering.system_render_due() == 1


def test_what_cannot_be_rendered_is_given_up(folders, media):
    for file in folders.rglob("*.webp"):
        file.write_bytes(b"damaged")
    for _ in range(rendering.MOST_ATTEMPTS):
        MediaFile.objects.filter(render_due_at__isnull=False).update(render_due_at=clock.now())
        assert rendering.system_render_due() == 0
    row = MediaFile.objects.get()
    assert (row.render_due_at, row.is_processed) == (None, True)


def test_all_renditions_move_and_go_with_the_file(api, cast, media, kept):
    rendering.system_render_due()
    client = api.as_(cast.owner)
    client.patch(f"{UPLOAD}/media/{media['id']}", {"visibility": "public"})
    assert {path.split("/")[0] for path in kept()} == {"public"}
    client.delete(f"{UPLOAD}/media/{media['id']}")
    assert kept() == set()


def test_a_file_that_was_removed_meanwhile_leaves_no_renditions(api, cast, media, kept, monkeypatch):
    row = MediaFile.objects.get()
    made = rendering._renditions(row)
    api.as_(cast.owner).delete(f"{UPLOAD}/media/{media['id']}")
    assert len(kept()) == 2
    assert rendering._finish(row, *made) is False
    assert kept() == set()


def test_only_pictures_are_queued(settings, media, django_capture_on_commit_callbacks):
    settings.SERVERLESS = True  # a job runs where it is asked for
    with django_capture_on_commit_callbacks(execute=True):
        handlers.render(MediaUploaded(media["id"], 1, "video/mp4"))
    assert MediaFile.objects.get().render_due_at is not None
    with django_capture_on_commit_callbacks(execute=True):
        handlers.render(MediaUploaded(media["id"], 1, "image/webp"))
    assert MediaFile.objects.get().render_due_at is None


def test_a_hash_of_one_colour_is_that_colour():
    black, white = (blurhash.of(Image.new("RGB", (8, 8), colour)) for colour in ("black", "white"))
    assert black == "L00000" + 11 * "fQ"
    assert white[2:6] == "TSUA"
