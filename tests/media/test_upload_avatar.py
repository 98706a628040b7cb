"""People's pictures of themselves."""

import pytest

from apps.accounts.events import AccountDeleted
from apps.accounts.services import deletion
from apps.media import handlers
from apps.media.models import MediaFile
from ghar.actors import Actor
from tests.media import files

pytestmark = pytest.mark.django_db
ADDRESSES = ["/api/v1/users/me/avatar", "/api/v1/users/me/profile-image", "/api/v1/users/profile/avatar"]


def post(api, who, file, address=ADDRESSES[0]):
    return api.as_(who).post(address, {"file": file}, format="multipart")


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_is_shown_in_the_profile(api, cast, kept, address):
    answer = post(api, cast.owner, files.sent(files.picture(size=(1200, 1200), position=True)), address)
    assert answer.status_code == 200
    user = answer.json()
    assert (
        user["profile_image_url"]
        == user["avatar_url"]
        == api.as_(cast.owner).get("/api/v1/users/me").json()["avatar_url"]
    )
    media = MediaFile.objects.get()
    assert user["profile_image_url"] == f"http://127.0.0.1:3600/media/{media.storage_path}"
    assert (media.width, media.visibility) == (512, "public")
    assert media.folder == f"ghar/avatars/{cast.owner.pk}"
    assert kept() == {f"public/{media.storage_path}"}


def test_an_earlier_one_is_removed(api, cast, kept):
    for colour in ("1.jpg", "2.jpg"):
        post(api, cast.owner, files.sent(files.picture(), colour))
    assert MediaFile.objects.get().original_filename == "2.jpg"
    assert len(kept()) == 1


def test_it_is_a_picture(api, cast, kept):
    answer = post(api, cast.owner, files.sent(files.MP4, "a.mp4", "video/mp4"))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "INVALID_FILE")
    assert answer.json()["error"]["details"] == {"fields": ["file"]}
    assert kept() == set()


def test_a_telephones_picture_with_its_preview_is_taken(api, cast):
    assert post(api, cast.owner, files.sent(files.with_preview("MPO", (30, 20)))).status_code == 200
    media = MediaFile.objects.get()
    assert (media.width, media.height) == (40, 60)


def test_without_a_file(api, cast):
    answer = api.as_(cast.owner).post(ADDRESSES[0], {}, format="multipart")
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["body", "file"])


def test_it_goes_with_its_person(api, cast, kept):
    post(api, cast.owner, files.sent(files.picture()))
    deletion.delete_account(actor=Actor.of(cast.owner), confirm=True)
    for _ in range(2):  # it may be told more than once
        handlers.forget_person(AccountDeleted(cast.owner.pk))
    assert kept() == set()
