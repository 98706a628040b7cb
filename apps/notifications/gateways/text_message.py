"""SMS, through the provider of this deployment."""

from apps.notifications.gateways.breaker import Breaker
from apps.notifications.gateways.port import Message, TryLater
from ghar import sms
from ghar.errors import UpstreamFailed

NOT_SET_UP = "No SMS provider is set up (SMS_PROVIDER_API_URL)."
breaker = Breaker("The SMS provider")


def is_set_up() -> bool:
    """Is there a provider?"""
    return sms.is_set_up()


def send(message: Message) -> str:
    """Hand one message over. Raises TryLater."""
    with breaker.guard():
        try:
            sms.send(to=message.to, text=message.body)
        except UpstreamFailed as failed:
            raise TryLater(failed.message) from failed
    return ""
