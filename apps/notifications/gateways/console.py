"""What stands in for a provider that a deployment does not have: outside production the log shows what would go."""

import structlog
from django.conf import settings

from apps.notifications.gateways.port import Message

log = structlog.get_logger(__name__)


def show(channel: str, message: Message) -> None:
    """Show a message that cannot be sent; in production nothing is shown, because logs are kept."""
    if settings.ENVIRONMENT != "production":
        log.info(
            "no provider is set up, so this is shown here",
            channel=channel,
            to=message.to,
            title=message.title,
            text=message.body,
        )
