"""The three storages, each with the world that it speaks to."""

from collections.abc import Iterator

import pytest

from ghar.storage import cloudinary, port
from tests.kernel.storage import cloudinary_double, s3_double


@pytest.fixture
def s3(settings) -> Iterator[s3_double.S3]:
    """A bucket on this machine, and the settings that lead to it."""
    bucket = s3_double.S3()
    settings.S3_ENDPOINT_URL, settings.S3_BUCKET, settings.S3_REGION = bucket.base, s3_double.BUCKET, s3_double.REGION
    settings.S3_ACCESS_KEY_ID, settings.S3_SECRET_ACCESS_KEY = s3_double.KEY_ID, s3_double.SECRET
    port.named.cache_clear()
    yield bucket
    bucket.stop()
    port.named.cache_clear()


@pytest.fixture
def cloud(settings, monkeypatch) -> Iterator[cloudinary_double.Cloudinary]:
    """Cloudinary on this machine."""
    double = cloudinary_double.Cloudinary()
    settings.CLOUDINARY_CLOUD_NAME = cloudinary_double.CLOUD
    settings.CLOUDINARY_API_KEY, settings.CLOUDINARY_API_SECRET = cloudinary_double.KEY, cloudinary_double.SECRET
    monkeypatch.setattr(cloudinary, "API", double.base)
    monkeypatch.setattr(cloudinary, "DELIVERY", double.base)
    yield double
    double.stop()


@pytest.fixture(params=["local", "s3", "cloudinary"])
def storage(request, settings, tmp_path) -> port.Storage:
    """Each storage in turn."""
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "public", tmp_path / "private"
    if request.param != "local":
        request.getfixturevalue({"s3": "s3", "cloudinary": "cloud"}[request.param])
    return port.named(request.param)
