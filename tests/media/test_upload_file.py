"""A file is uploaded through the platform."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from apps.media.models import MediaFile
from apps.media.serializers import MediaFileOut
from tests.media import files

pytestmark = pytest.mark.django_db
UPLOAD = "/api/v1/upload"


def post(api, who, file, **fields):
    return api.as_(who).post(UPLOAD, {"file": file, **fields}, format="multipart")


def read(folders, answer):
    media = answer.json()["media"]
    return Path(folders, media["visibility"], media["storage_path"]).read_bytes()


def test_a_picture_is_kept_as_webp(api, cast, folders):
    answer = post(api, cast.owner, files.sent(files.picture(size=(3000, 1500)), "My Kitchen (1).JPG"))
    assert answer.status_code == 200, answer.content
    body = answer.json()
    media = body["media"]
    assert media.keys() == MediaFileOut().fields.keys()
    assert (body["content_type"], body["file_type"]) == ("image/webp", "generic_upload")
    assert (body["original_filename"], media["width"], media["height"]) == ("My Kitchen (1).JPG", 2048, 1024)
    assert media["folder"] == f"ghar/uploads/{cast.owner.pk}"
    assert media["filename"].endswith("-My_Kitchen_1.webp")
    assert (media["visibility"], media["upload_status"], media["user_id"]) == ("private", "complete", cast.owner.pk)
    assert body["id"] == body["media_id"] == media["id"]
    stored = read(folders, answer)
    assert len(stored) == body["file_size"] == media["file_size"]
    assert Image.open(BytesIO(stored)).format == "WEBP"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF"])
def test_every_format_of_pictures_is_taken(api, cast, form):
    answer = post(api, cast.owner, files.sent(files.picture(form), f"photo.{form.lower()}", ""))
    assert (answer.status_code, answer.json().get("content_type")) == (200, "image/webp")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_where_a_picture_was_taken_is_not_kept(api, cast, folders, form):
    sent = files.picture(form, position=True)
    assert b"Camera of somebody" in sent
    answer = post(api, cast.owner, files.sent(sent, kind=""), visibility="public")
    stored = read(folders, answer)
    assert b"Camera" not in stored
    assert len(Image.open(BytesIO(stored)).getexif()) == 0


def test_a_picture_taken_sideways_is_turned_upright(api, cast):
    media = post(api, cast.owner, files.sent(files.lying())).json()["media"]
    assert (media["width"], media["height"]) == (40, 60)


@pytest.mark.parametrize("preview", [(60, 40), (30, 20)])
@pytest.mark.parametrize(("form", "name"), [("MPO", "DSC_1.JPG"), ("HEIF", "IMG_1.HEIC")])
def test_of_a_picture_with_a_preview_the_picture_is_kept(api, cast, folders, form, name, preview):
    answer = post(api, cast.owner, files.sent(files.with_preview(form, preview), name, ""))
    assert answer.status_code == 200, answer.content
    stored = Image.open(BytesIO(read(folders, answer)))
    assert (stored.n_frames, stored.size) == (1, (40, 60))
    red, green, _ = stored.convert("RGB").getpixel((20, 30))
    assert red < 60 < green


def test_a_preview_is_not_counted_as_a_frame(api, cast):
    large = files.with_preview("MPO", (640, 480), size=(8000, 6000))
    assert post(api, cast.owner, files.sent(large)).status_code == 200


def test_a_moving_picture_moves_on(api, cast, folders):
    answer = post(api, cast.owner, files.sent(files.moving(), "wave.gif", "image/gif"))
    assert Image.open(BytesIO(read(folders, answer))).n_frames == 3


@pytest.mark.parametrize(
    ("data", "name", "kind", "stored"),
    [
        (files.MP4, "tour.mp4", "video/mp4", "video/mp4"),
        (files.MOV, "IMG_1.MOV", "video/quicktime", "video/quicktime"),
        (files.MP4, "clip", "application/octet-stream", "video/mp4"),
        (b"ID3\x04" + b"\0" * 50, "a.mp3", "audio/mp3", "audio/mpeg"),
        (b"RIFF\0\0\0\0WAVEfmt " + b"\0" * 50, "a.wav", "audio/x-wav", "audio/wav"),
        (b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x82\x84webm" + b"\0" * 50, "a.webm", "audio/webm", "video/webm"),
        (b"OggS" + b"\0" * 50, "a.ogg", "audio/ogg", "audio/ogg"),
        (files.picture("PNG"), "said-to-be.jpg", "image/jpeg", "image/webp"),
    ],
)
def test_what_it_is_its_content_says(api, cast, data, name, kind, stored):
    answer = post(api, cast.owner, files.sent(data, name, kind))
    assert (answer.status_code, answer.json().get("content_type")) == (200, stored)


@pytest.mark.parametrize(
    ("data", "name", "kind", "code"),
    [
        (b"<script>alert(1)</script>", "a.html", "text/html", "INVALID_FILE"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "image/svg+xml", "INVALID_FILE"),
        (b"MZ" + b"\0" * 100, "setup.exe", "", "INVALID_FILE"),
        (files.PDF, "lease.pdf", "application/pdf", "INVALID_FILE"),
        (files.archive(), "a.zip", "application/octet-stream", "INVALID_FILE"),
        (b"<script>alert(1)</script>", "a.jpg", "image/jpeg", "INVALID_FILE_TYPE"),
        (files.MP4, "a.png", "image/png", "INVALID_FILE_TYPE"),
        (files.PDF, "a.jpg", "image/jpeg", "INVALID_FILE_TYPE"),
        (files.picture()[:200], "half.jpg", "image/jpeg", "INVALID_FILE_TYPE"),
        (files.picture("PNG")[:60], "half.png", "image/png", "INVALID_FILE_TYPE"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "no.jpg", "image/jpeg", "INVALID_FILE_TYPE"),
        (b"GIF89a" + b"\xff" * 50, "no.gif", "image/gif", "INVALID_FILE_TYPE"),
        (b"RIFF\0\0\0\0WEBP" + b"\0" * 50, "no.webp", "image/webp", "INVALID_FILE_TYPE"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 50, "no.heic", "image/heic", "INVALID_FILE_TYPE"),
        (files.bomb(50_000, 50_000), "bomb.png", "image/png", "IMAGE_TOO_LARGE"),
        (files.bomb(9_000, 9_000), "bomb.png", "image/png", "IMAGE_TOO_LARGE"),
        (files.moving(301), "bomb.gif", "image/gif", "IMAGE_TOO_LARGE"),
    ],
)
def test_what_is_not_stored_is_refused_and_leaves_nothing(api, cast, kept, data, name, kind, code):
    answer = post(api, cast.owner, files.sent(data, name, kind))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    assert answer.json()["error"]["details"] == {"fields": ["file"]}
    assert (kept(), MediaFile.objects.count()) == (set(), 0)


def test_a_file_over_the_limit(api, cast, settings, kept):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    answer = post(api, cast.owner, files.sent(files.MP4 + b"\0" * settings.MAX_UPLOAD_BYTES, "a.mp4", "video/mp4"))
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "FILE_TOO_LARGE")
    assert answer.json()["detail"] == "File too large. Maximum size is 1MB"
    assert kept() == set()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "file"),
        ({"file": "no file"}, "file"),
        ({"file": files.sent(b"")}, "file"),
        ({"file": files.sent(files.MP4), "visibility": "friends"}, "visibility"),
        ({"file": files.sent(files.MP4), "tour_id": "../../etc"}, "tour_id"),
        ({"file": files.sent(files.MP4), "tour_id": "x" * 37}, "tour_id"),
    ],
)
def test_a_wrong_field_is_named(api, cast, fields, wrong):
    answer = api.as_(cast.owner).post(UPLOAD, fields, format="multipart")
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["body", wrong])


def test_a_tour_that_is_not_there(api, cast):
    answer = post(api, cast.owner, files.sent(files.picture()), tour_id="a-tour")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "UPLOAD_PLACE_NOT_FOUND")


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\boot.ini",
        "a/b/c.jpg",
        ".htaccess",
        "\u202egpj.exe",
        "%2e%2e%2f",
        "x" * 900,
        "ॐ.jpg",
    ],
)
def test_a_name_leads_nowhere_else(api, cast, kept, name):
    sent = files.sent(files.picture())
    sent._name = name  # past the parts of Django that would clean it
    answer = post(api, cast.owner, sent)
    assert answer.status_code == 200, answer.content
    (path,) = kept()
    assert path.startswith(f"private/ghar/uploads/{cast.owner.pk}/")
    assert path.count("/") == 4


def test_a_storage_that_fails_leaves_nothing(api, cast, folders, kept):
    Path(folders, "private").write_text("no folder")
    answer = post(api, cast.owner, files.sent(files.picture()))
    assert (answer.status_code, answer.json()["error"]["code"]) == (502, "STORAGE_ERROR")
    assert not MediaFile.objects.exclude(upload_status="deleting").exists()
    assert kept() == {"private"}


def test_of_a_batch_all_are_kept(api, cast, kept):
    sent = [files.sent(files.picture(), "1.jpg"), files.sent(files.MP4, "2.mp4", "video/mp4")]
    answer = api.as_(cast.owner).post(f"{UPLOAD}/batch", {"files": sent, "visibility": "public"}, format="multipart")
    assert [item["original_filename"] for item in answer.json()["items"]] == ["1.jpg", "2.mp4"]
    assert len(kept()) == 2


def test_of_a_batch_with_one_wrong_file_none_is_kept(api, cast, kept):
    sent = [files.sent(files.picture()), files.sent(b"nothing known")]
    answer = api.as_(cast.owner).post(f"{UPLOAD}/batch", {"files": sent}, format="multipart")
    assert (answer.status_code, answer.json()["error"]["details"]) == (400, {"fields": ["files.1"]})
    assert (kept(), MediaFile.objects.count()) == (set(), 0)


def test_a_batch_has_an_end(api, cast):
    sent = [files.sent(files.MP4, f"{n}.mp4", "video/mp4") for n in range(21)]
    answer = api.as_(cast.owner).post(f"{UPLOAD}/batch", {"files": sent}, format="multipart")
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["body", "files"])
