"""A client sends files by itself: announced, sent to a signed address, confirmed."""

from datetime import timedelta

import pytest
import time_machine

from apps.media.models import MediaFile
from apps.media.selectors import links
from ghar import clock
from tests.media import files
from tests.support.listings import make_listing

pytestmark = pytest.mark.django_db
UPLOAD = "/api/v1/upload"


def announce(client, **item):
    return client.post(f"{UPLOAD}/presigned", {"files": [{"filename": "photo.jpg", **item}]})


def one(client, **item):
    answer = announce(client, **item)
    assert answer.status_code == 200, answer.content
    return answer.json()["items"][0]


def send(api, item, data, name="photo.jpg", kind="image/jpeg"):
    """As clients do it: nothing but the address, and what the answer said, in the form."""
    form = {"file": files.sent(data, name, kind), "signature": item["token"], "timestamp": item["timestamp"]}
    path = item["signed_url"].removeprefix("http://127.0.0.1:3600")
    return api.post(path, {**form, "public_id": item["public_id"]}, format="multipart")


def confirm(client, item):
    return client.post(f"{UPLOAD}/confirm/{item['upload_id']}")


def test_announced_sent_confirmed(api, cast, kept):
    client = api.as_(cast.owner)
    item = one(client, content_type="image/jpeg", visibility="public")
    assert (item["method"], item["path"]) == ("POST", item["public_id"])
    data = files.picture(position=True)
    assert send(api, item, data).json() == {
        "upload_id": item["upload_id"],
        "public_id": item["upload_id"],
        "bytes": len(data),
    }
    assert kept() == {f"private/ghar/incoming/{item['upload_id']}"}
    answer = confirm(client, item)
    assert answer.json()["message"] == "Upload confirmed successfully"
    media = answer.json()["media"]
    assert (media["id"], media["storage_path"], media["file_url"]) == (
        item["upload_id"], item["path"], item["public_url"],
    )  # fmt: skip
    assert (media["mime_type"], media["upload_status"]) == ("image/webp", "complete")
    assert kept() == {f"public/{item['path']}"}


def test_confirming_twice_is_as_good_as_once(api, cast):
    client = api.as_(cast.owner)
    item = one(client)
    send(api, item, files.picture())
    assert confirm(client, item).json() == confirm(client, item).json()


def test_before_the_file_is_there_it_may_be_tried_again(api, cast):
    client = api.as_(cast.owner)
    item = one(client)
    early = confirm(client, item)
    assert (early.status_code, early.json()["error"]["message"]) == (404, "File not found in storage")
    send(api, item, files.picture())
    assert confirm(client, item).status_code == 200


@pytest.mark.parametrize(
    ("data", "code"), [(b"<html>", "INVALID_FILE_TYPE"), (files.bomb(50_000, 50_000), "IMAGE_TOO_LARGE")]
)
def test_what_is_not_what_was_said_is_thrown_away(api, cast, kept, data, code):
    client = api.as_(cast.owner)
    item = one(client, content_type="image/png")
    send(api, item, data)
    answer = confirm(client, item)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    assert (MediaFile.objects.get().upload_status, kept()) == ("failed", set())
    assert confirm(client, item).status_code == 400


@pytest.mark.parametrize("data", [files.crowded(), files.archive(), files.word()[:-30], b"PK\x03\x04"])
def test_an_archive_is_no_document(api, cast, data):
    client = api.as_(cast.owner)
    item = one(client, filename="a.docx", folder_type="document_general")
    send(api, item, data, "a.docx", files.DOCX)
    answer = confirm(client, item)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "INVALID_FILE_TYPE")


def test_a_file_of_another_size_than_declared(api, cast):
    item = one(api.as_(cast.owner), file_size=10)
    answer = send(api, item, files.picture())
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "FILE_SIZE_MISMATCH")


@pytest.mark.parametrize("change", ["signature", "expires", "upload", "none"])
def test_nobody_sends_without_the_signature(api, cast, kept, change):
    client = api.as_(cast.owner)
    item, other = one(client), one(client)
    url = item["signed_url"]
    wrong = {
        "signature": url.replace("signature=", "signature=0"),
        "expires": url.replace("expires=", "expires=9"),
        "upload": url.replace(item["upload_id"], other["upload_id"]),
        "none": url.partition("?")[0],
    }[change]
    answer = send(api, item | {"signed_url": wrong}, files.picture())
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "LINK_REFUSED")
    assert kept() == set()


def test_the_address_ends(api, cast):
    item = one(api.as_(cast.owner))
    with time_machine.travel(clock.now() + timedelta(hours=3)):
        assert send(api, item, files.picture()).status_code == 403


def test_a_signature_for_reading_does_not_let_send(api, cast):
    item = one(api.as_(cast.owner))
    expires = item["timestamp"]
    forged = links.sign(links.READ, item["upload_id"], expires)
    url = f"{item['signed_url'].partition('?')[0]}?expires={expires}&signature={forged}"
    assert send(api, item | {"signed_url": url}, files.picture()).status_code == 403


def test_a_confirmed_upload_takes_nothing_more(api, cast):
    client = api.as_(cast.owner)
    item = one(client)
    send(api, item, files.picture())
    confirm(client, item)
    assert send(api, item, files.picture()).status_code == 404


def test_nobody_confirms_for_others(api, cast):
    item = one(api.as_(cast.owner))
    send(api, item, files.picture())
    answer = confirm(api.as_(cast.stranger), item)
    assert (answer.status_code, answer.json()["error"]["message"]) == (404, "Upload not found")
    assert api.as_(cast.owner).post(f"{UPLOAD}/confirm/nonsense").status_code == 404


@pytest.mark.parametrize(
    ("folder_type", "name", "data", "kind"),
    [
        ("document_lease", "lease.pdf", files.PDF, "application/pdf"),
        ("document_general", "a.docx", files.word(), files.DOCX),
        ("document_maintenance", "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "application/msword"),
    ],
)
def test_documents_where_they_belong(api, cast, folder_type, name, data, kind):
    client = api.as_(cast.owner)
    item = one(client, filename=name, folder_type=folder_type)
    send(api, item, data, name, kind)
    media = confirm(client, item).json()["media"]
    assert (media["mime_type"], media["file_size"], media["is_processed"]) == (kind, len(data), True)


def test_to_a_listing_its_people_add_alone(api, cast):
    home = make_listing(cast.owner)
    assert cast.agent_profile.pk < cast.other_agent_profile.pk
    wanted = {"folder_type": "property_image", "property_id": home.pk}
    for who in (cast.owner, cast.agent, cast.admin):
        item = one(api.as_(who), **wanted)
        assert item["path"].startswith(f"ghar/properties/{home.pk}/")
        assert "/media/ghar/" in item["public_url"]
    for who in (cast.stranger, cast.other_agent):
        answer = announce(api.as_(who), **wanted)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "UPLOAD_PLACE_NOT_FOUND")


@pytest.mark.parametrize(
    ("item", "status", "field"),
    [
        ({"folder_type": "property_image"}, 400, "files.0.property_id"),
        ({"folder_type": "scene", "tour_id": "a"}, 400, "files.0.scene_id"),
        ({"folder_type": "tour", "tour_id": "a"}, 404, "files.0.tour_id"),
        ({"file_size": -1}, 400, "files.0.file_size"),
        ({"file_size": 50 * 1024**2 + 1}, 413, "files.0.file_size"),
        ({"content_type": "text/html"}, 400, "files.0.content_type"),
        ({"filename": "no_extension"}, 400, "files.0.content_type"),
        ({"filename": "lease.pdf"}, 400, "files.0.content_type"),
        ({"folder_type": "avatar", "filename": "a.mp4"}, 400, "files.0.content_type"),
    ],
)
def test_what_cannot_be_announced(api, cast, item, status, field):
    answer = announce(api.as_(cast.owner), **item)
    assert (answer.status_code, answer.json()["error"]["details"]) == (status, {"fields": [field]})
    assert MediaFile.objects.count() == 0


@pytest.mark.parametrize(
    ("files_", "where"),
    [
        ([], ["body", "files"]),
        ([{"filename": "a.jpg"}] * 21, ["body", "files"]),
        ([{"filename": "a.jpg"}, {}], ["body", "files", 1, "filename"]),
        ([{"filename": "a.jpg", "tour_id": "../x"}], ["body", "files", 0, "tour_id"]),
        ([{"filename": "a.jpg", "folder_type": "attic"}], ["body", "files", 0, "folder_type"]),
    ],
)
def test_a_wrong_field_is_named(api, cast, files_, where):
    answer = api.as_(cast.owner).post(f"{UPLOAD}/presigned", {"files": files_})
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, where)
