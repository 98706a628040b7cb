"""What was left behind goes: uploads that never came, failed removals, files without a row."""

import os
import time
from datetime import timedelta

import pytest
from django.core.management import call_command

from apps.media.models import MediaFile
from ghar import clock
from tests.media import files

pytestmark = pytest.mark.django_db
UPLOAD = "/api/v1/upload"
DAY_AGO = timedelta(hours=25)


@pytest.fixture
def media(api, cast):
    sent = files.sent(files.MP4, "a.mp4", "video/mp4")
    return api.as_(cast.owner).post(UPLOAD, {"file": sent}, format="multipart").json()["media"]


def sweep():
    call_command("run_job", "media.sweep_media")


def sweep_storage():
    call_command("run_job", "media.sweep_storage")


def grow_old(folders):
    then = time.time() - DAY_AGO.total_seconds()
    for file in folders.rglob("*"):
        if file.is_file():
            os.utime(file, (then, then))


@pytest.mark.parametrize("status", ["pending", "failed"])
def test_what_never_became_a_file_goes_after_a_day(media, kept, status):
    MediaFile.objects.update(upload_status=status)
    sweep()
    assert MediaFile.objects.count() == 1
    MediaFile.objects.update(created_at=clock.now() - DAY_AGO)
    sweep()
    assert (MediaFile.objects.count(), kept()) == (0, set())


def test_a_removal_that_stopped_is_finished(media, kept):
    MediaFile.objects.update(upload_status="deleting", updated_at=clock.now() - timedelta(minutes=6))
    sweep()
    assert (MediaFile.objects.count(), kept()) == (0, set())


def test_what_is_past_its_end_goes(media, kept):
    MediaFile.objects.update(expires_at=clock.now())
    sweep()
    assert (MediaFile.objects.count(), kept()) == (0, set())


def test_what_is_in_use_stays(media, kept, folders):
    MediaFile.objects.update(created_at=clock.now() - DAY_AGO)
    grow_old(folders)
    sweep()
    sweep_storage()
    assert kept() == {f"private/{media['storage_path']}"}


def test_files_without_a_row_go_after_a_day(media, kept, folders):
    MediaFile.objects.all().delete()  # as when its person's row is deleted
    for name in ("private/ghar/incoming/x", "public/ghar/uploads/1/a.webp.0a1b.part", "public/demo/hall.webp"):
        (folders / name).parent.mkdir(parents=True, exist_ok=True)
        (folders / name).write_bytes(b"left")
    sweep_storage()
    assert len(kept()) == 4
    grow_old(folders)
    sweep_storage()
    assert kept() == {"public/demo/hall.webp"}


def test_a_copy_in_the_other_space_goes(media, kept, folders):
    copy = folders / "public" / media["storage_path"]
    copy.parent.mkdir(parents=True)
    copy.write_bytes(b"left by a move that stopped")
    grow_old(folders)
    sweep_storage()
    assert kept() == {f"private/{media['storage_path']}"}
