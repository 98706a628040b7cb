"""What every storage does, whatever stands behind it."""

from io import BytesIO

import httpx2
import pytest

from ghar.storage.port import FileMissing, Space, StorageFailed, checked, named

PATHS = ["ghar/uploads/7/0a1b-kitchen.webp", "ghar/uploads/7/0a1b-film.mp4", "ghar/incoming/no-extension"]
SPACES = list(Space)


def put(storage, space, path, data=b"content"):
    storage.save(space, path, BytesIO(data), content_type="image/webp")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("space", SPACES)
def test_what_is_saved_is_read(storage, space, path):
    put(storage, space, path, b"\x00\xff" * 5000)
    with storage.open(space, path) as file:
        assert file.read() == b"\x00\xff" * 5000
    assert storage.find(space, path).size == 10000


@pytest.mark.parametrize("space", SPACES)
def test_the_spaces_are_apart(storage, space):
    put(storage, space, PATHS[0])
    (other,) = set(SPACES) - {space}
    assert storage.find(other, PATHS[0]) is None
    with pytest.raises(FileMissing):
        storage.open(other, PATHS[0])


def test_a_later_file_replaces_an_earlier_one(storage):
    for data in (b"first", b"second"):
        put(storage, Space.PUBLIC, PATHS[0], data)
    assert storage.open(Space.PUBLIC, PATHS[0]).read() == b"second"


def test_what_is_removed_is_gone_and_may_be_removed_again(storage):
    put(storage, Space.PRIVATE, PATHS[0])
    for _ in range(2):
        storage.delete(Space.PRIVATE, PATHS[0])
    assert storage.find(Space.PRIVATE, PATHS[0]) is None


def test_all_files_are_found(storage):
    for path in PATHS:
        put(storage, Space.PRIVATE, path)
    put(storage, Space.PUBLIC, "ghar/another.webp")
    assert {stored.path for stored in storage.walk(Space.PRIVATE, "ghar")} == set(PATHS)


@pytest.mark.parametrize("name", ["s3", "cloudinary"])
def test_addresses_lead_to_files(name, request):
    request.getfixturevalue({"s3": "s3", "cloudinary": "cloud"}[name])
    storage = named(name)
    for path in PATHS[:2]:
        put(storage, Space.PUBLIC, path, b"anybody")
        put(storage, Space.PRIVATE, path, b"holders of a link")
        link = storage.link(path, seconds=60, download_as="a.webp")
        assert httpx2.get(storage.url(path), trust_env=False).content == b"anybody"
        assert httpx2.get(link, trust_env=False).content == b"holders of a link"
        for old, new in (("ignature=", "ignature=0"), ("0a1b", "0a1c")):
            assert httpx2.get(link.replace(old, new), trust_env=False).status_code in (401, 403)


@pytest.mark.parametrize("name", ["s3", "cloudinary"])
def test_a_service_that_fails_is_named_so(name, request):
    double = request.getfixturevalue({"s3": "s3", "cloudinary": "cloud"}[name])
    double.is_failing = True
    with pytest.raises(StorageFailed):
        put(named(name), Space.PUBLIC, PATHS[0])
    with pytest.raises(StorageFailed):
        named(name).find(Space.PUBLIC, PATHS[0])


def test_a_service_that_is_not_there_is_named_so(s3, cloud):
    for double, name in ((s3, "s3"), (cloud, "cloudinary")):
        double.stop()
        with pytest.raises(StorageFailed):
            put(named(name), Space.PUBLIC, PATHS[0])


@pytest.mark.parametrize(
    "path",
    [
        "../a",
        "a/../b",
        "/a",
        "a//b",
        "a/",
        "",
        ".",
        "..",
        "a/.b",
        "a\\b",
        "a\0b",
        "a\nb",
        "a b",
        "ü",
        "x" * 513,
        "a%2e",
    ],
)
def test_a_path_that_could_lead_elsewhere_is_refused(storage, path):
    with pytest.raises(ValueError):
        checked(path)
    with pytest.raises(ValueError):
        put(storage, Space.PUBLIC, path)
