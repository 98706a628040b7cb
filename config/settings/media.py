"""Where uploaded files are kept, and how large they may be."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import ROOT, read

MEDIA_STORAGE = read("MEDIA_STORAGE")
MEDIA_STORAGES = {
    "local": "ghar.storage.local.LocalStorage",
    "s3": "ghar.storage.s3.S3Storage",
    "cloudinary": "ghar.storage.cloudinary.CloudinaryStorage",
}
if MEDIA_STORAGE not in MEDIA_STORAGES:
    raise ImproperlyConfigured(f"MEDIA_STORAGE is {MEDIA_STORAGE!r}; it must be one of {', '.join(MEDIA_STORAGES)}.")
PRIVATE_MEDIA_ROOT = ROOT / read("PRIVATE_MEDIA_ROOT")
MAX_UPLOAD_BYTES = read("MAX_UPLOAD_SIZE_MB") * 1024 * 1024
MAX_BATCH_BYTES = read("MAX_BATCH_MB") * 1024 * 1024
MEDIA_LINK_SECONDS = read("MEDIA_LINK_SECONDS")

# What a file may be added to, with the function that says to whom: (actor, id) -> bool.
MEDIA_PLACES = {"property": "apps.properties.selectors.uploads.may_add_to"}

S3_ENDPOINT_URL = read("S3_ENDPOINT_URL")
S3_REGION = read("S3_REGION")
S3_BUCKET = read("S3_BUCKET")
S3_PUBLIC_URL = read("S3_PUBLIC_URL")
S3_ACCESS_KEY_ID = read("S3_ACCESS_KEY_ID")
S3_SECRET_ACCESS_KEY = read("S3_SECRET_ACCESS_KEY")

CLOUDINARY_CLOUD_NAME = read("CLOUDINARY_CLOUD_NAME")
CLOUDINARY_API_KEY = read("CLOUDINARY_API_KEY")
CLOUDINARY_API_SECRET = read("CLOUDINARY_API_SECRET")
