"""Pictures made of words, or of words and a picture."""

import base64
import struct
import zlib
from email import message_from_bytes
from io import BytesIO

import pytest
from PIL import Image

from apps.studio.models import Generation
from apps.studio.rules import MOST_CHARACTERS
from tests.studio.provider_double import OPENAI, PNG, encoded, picture
from tests.support.png import chunk, headless, with_chunks

pytestmark = pytest.mark.django_db
IMAGE = f"data:image/png;base64,{PNG}"


def sent_picture(body: object) -> Image.Image:
    data = body["contents"][0]["parts"][1]["inlineData"]
    assert data["mimeType"] == "image/jpeg"
    return Image.open(BytesIO(base64.b64decode(data["data"])))


def test_a_picture_of_words(ask, provider, cast):
    answer = ask()
    assert (answer.status_code, answer.json()["success"], answer.json()["image"]) == (200, True, IMAGE)
    (path, headers, _), (body,) = provider.requests[0], provider.bodies
    assert path == "/v1/models/painter:generateContent"
    assert headers["x-goog-api-key"] == "key-of-the-studio"
    assert body["contents"] == [{"role": "user", "parts": [{"text": "A bright kitchen"}]}]
    wish = Generation.objects.get()
    assert (wish.user, wish.status, wish.provider, wish.model, wish.mime_type) == (
        cast.seeker, "succeeded", "gemini", "painter", "image/png",
    )  # fmt: skip


def test_what_was_made_is_among_ones_own_files(ask, provider, api, cast):
    made = ask().json()
    kept = api.as_(cast.seeker).get(f"/api/v1/upload/media/{made['media_id']}").json()
    assert (kept["visibility"], kept["width"], kept["file_url"]) == ("private", 8, made["image_url"])
    assert str(Generation.objects.get().media_id) == made["media_id"]
    assert api.as_(cast.seeker).delete(f"/api/v1/upload/media/{made['media_id']}").status_code == 204
    assert Generation.objects.get().media_id is None


def test_a_picture_that_cannot_be_kept_is_given_all_the_same(ask, provider, settings, folders):
    (folders / "file").touch()
    settings.PRIVATE_MEDIA_ROOT = folders / "file"
    made = ask()
    assert (made.status_code, made.json()["image"], made.json()["media_id"]) == (200, IMAGE, None)
    assert Generation.objects.get().status == "succeeded"


def test_a_picture_of_a_picture_tells_nothing_of_the_camera(ask, provider):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera of Sami"  # lies on its side
    photo = picture((40, 20), "JPEG", exif=exif)
    assert b"Camera of Sami" in photo
    answer = ask(mode="image-to-image", image=f"data:image/jpeg;base64,{encoded(photo)}", mimeType="image/jpeg")
    assert answer.json()["image"] == IMAGE
    sent = sent_picture(provider.bodies[0])
    assert (sent.size, dict(sent.getexif())) == ((20, 40), {})


def test_what_a_picture_is_is_seen_from_itself(ask, provider):
    assert ask(mode="image-to-image", image=PNG, mimeType="text/html").status_code == 200
    assert sent_picture(provider.bodies[0]).format == "JPEG"


def test_a_large_photo_is_made_smaller(ask, provider):
    noise = BytesIO()
    Image.effect_noise((2600, 1300), 90).save(noise, "PNG")
    assert len(noise.getvalue()) > 2 * 1024 * 1024
    assert ask(mode="image-to-image", image=encoded(noise.getvalue())).status_code == 200
    assert sent_picture(provider.bodies[0]).size == (2048, 1024)


def test_a_body_beyond_all_bounds_is_refused(ask, provider):
    answer = ask(mode="image-to-image", image="A" * (MOST_CHARACTERS + 100_000))
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "BODY_TOO_LARGE")


@pytest.mark.parametrize("image", [None, ""])
def test_a_picture_of_a_picture_needs_one(ask, provider, image):
    answer = ask(mode="image-to-image", image=image)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "BAD_REQUEST")
    assert provider.requests == []


@pytest.mark.parametrize("image", ["not base64!", encoded(b"<svg/>"), encoded(picture()[:40]), "data:,", "=", "é" * 9])
def test_what_is_no_picture_is_refused_by_name(ask, provider, image):
    answer = ask(mode="image-to-image", image=image)
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["body", "image"])
    assert not Generation.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        with_chunks(picture(), chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 3_000_000))),
        with_chunks(picture(), chunk(b"acTL", b"\0")),
        with_chunks(picture(), chunk(b"acTL", struct.pack(">II", 2, 0)), chunk(b"fcTL", b"\0")),
        headless(picture()),
    ],
    ids=["words of 3 MB", "short acTL", "short fcTL", "short IHDR"],
)
def test_a_picture_with_broken_parts_is_refused_by_name(ask, settings, data):
    settings.STUDIO_API_KEY = ""
    answer = ask(mode="image-to-image", image=encoded(data))
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["body", "image"])


@pytest.mark.parametrize("size", [(40_000_001, 1), (10_000, 9_000)])
def test_a_picture_of_too_many_pixels_is_refused(ask, provider, size):
    answer = ask(mode="image-to-image", image=encoded(picture(size)))
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("values", "field"), [({"prompt": "ab"}, "prompt"), ({"prompt": "x" * 4001}, "prompt"), ({"mode": "film"}, "mode")]
)
def test_a_wrong_wish_is_refused_by_name(ask, provider, values, field):
    answer = ask(**values)
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["body", field])


def test_without_a_provider_nothing_is_made_and_it_says_so(ask, settings):
    settings.STUDIO_API_KEY = ""
    answer = ask()
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "SERVICE_UNAVAILABLE")
    assert "no image provider is set up" in answer.json()["error"]["message"]
    assert not Generation.objects.exists()


def test_another_provider_of_words(ask, provider, settings):
    settings.STUDIO_PROVIDER, provider.scripts = "openai", [OPENAI]
    assert ask().json()["image"] == IMAGE
    path, headers, _ = provider.requests[0]
    assert (path, headers["authorization"]) == ("/v1/images/generations", "Bearer key-of-the-studio")
    assert provider.bodies == [{"model": "painter", "prompt": "A bright kitchen", "n": 1}]


def test_another_provider_of_a_picture(ask, provider, settings):
    settings.STUDIO_PROVIDER, provider.scripts = "openai", [OPENAI]
    assert ask(mode="image-to-image", image=PNG).json()["image"] == IMAGE
    path, headers, body = provider.requests[0]
    form = message_from_bytes(f"Content-Type: {headers['content-type']}\n\n".encode() + body)
    parts = {part.get_param("name", header="content-disposition"): part for part in form.get_payload()}
    assert path == "/v1/images/edits"
    assert parts["prompt"].get_payload() == "A bright kitchen"
    assert parts["image"].get_content_type() == "image/jpeg"
