"""The shapes of the studio on the wire."""

from typing import Any

from rest_framework import serializers

from apps.studio.models import Mode
from apps.studio.rules import MOST_BYTES, MOST_CHARACTERS


class GenerationIn(serializers.Serializer[Any]):
    """The picture that somebody wants."""

    mode = serializers.ChoiceField(choices=Mode.choices)
    prompt = serializers.CharField(min_length=3, max_length=4000)
    image = serializers.CharField(
        required=False,
        allow_null=True,
        allow_blank=True,
        max_length=MOST_CHARACTERS,
        help_text=f"JPEG, PNG or WebP in base64, {MOST_BYTES // 1024**2} MiB at most; for image-to-image.",
    )
    mimeType = serializers.CharField(  # noqa: N815 - the name on the wire
        required=False, allow_null=True, allow_blank=True, max_length=100, help_text="What it is, is seen from itself."
    )


class GenerationOut(serializers.Serializer[Any]):
    """The picture that was made. A failure is an error like any other."""

    success = serializers.BooleanField()
    image = serializers.CharField(allow_null=True, help_text="A data URL.")
    image_url = serializers.CharField(allow_null=True, help_text="Where it was kept, for a while; null if it was not.")
    media_id = serializers.CharField(allow_null=True, help_text="Its id among the caller's own files.")
    error = serializers.CharField(allow_null=True)
    code = serializers.CharField(allow_null=True)
