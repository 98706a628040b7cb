"""The design studio over REST."""

import base64
from typing import Any

from rest_framework.request import Request

from apps.media.selectors import library
from apps.studio import serializers, services
from apps.studio.rules import MOST_CHARACTERS
from ghar.api.access import Access
from ghar.api.rendering import JSONParser
from ghar.api.views import View, operation

_BESIDES = 64 * 1024


class WithPicture(JSONParser):
    """A picture in base64, and a few words."""

    most_bytes = MOST_CHARACTERS + _BESIDES


class Generate(View):
    @operation(
        "generate_image",
        access=Access.SIGNED_IN,
        tags=["design-studio"],
        body=serializers.GenerationIn,
        reads=WithPicture,
        answer=serializers.GenerationOut,
        refusals=(services.StudioNotSetUp, services.StudioBusy, services.QuotaExceeded),
    )
    def post(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        """Have a picture made of words, or of words and a picture."""
        made = services.generate_image(
            actor=self.actor, mode=body["mode"], prompt=body["prompt"], image=body.get("image")
        )
        encoded = base64.b64encode(made.picture.data).decode()
        kept = made.media_id and str(made.media_id)
        return {
            "success": True,
            "image": f"data:{made.picture.mime_type};base64,{encoded}",
            "image_url": library.get_media(self.actor, kept)["file_url"] if kept else None,
            "media_id": kept,
            "error": None,
            "code": None,
        }
