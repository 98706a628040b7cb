import re
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

_TEAM_ID = re.compile(r"[A-Z0-9]{10}")


class LinksConfig(AppConfig):
    name = "apps.links"
    verbose_name = "Links"

    def ready(self) -> None:
        """`manage.py check --deploy` tells of what iOS would not accept."""
        checks.register(team_id_is_real, deploy=True)


def team_id_is_real(**_: Any) -> list[checks.CheckMessage]:
    """iOS opens our links in an app only under the team id that signed it."""
    if _TEAM_ID.fullmatch(settings.DEEPLINK_APPLE_TEAM_ID):
        return []
    message = "DEEPLINK_APPLE_TEAM_ID is no team id of Apple's (ten letters and digits), so links open no iOS app."
    return [checks.Warning(message, id="links.W001")]
