"""Mail, through the mail server of this deployment."""

from apps.notifications.gateways.breaker import Breaker
from apps.notifications.gateways.port import Message, TryLater
from ghar import mail
from ghar.errors import UpstreamFailed

NOT_SET_UP = "No mail server is set up (EMAIL_SMTP_HOST)."
breaker = Breaker("The mail server")


def is_set_up() -> bool:
    """Is there a mail server?"""
    return mail.is_set_up()


def send(message: Message) -> str:
    """Hand one letter over. Raises TryLater."""
    with breaker.guard():
        try:
            mail.send(to=message.to, subject=" ".join(message.title.split()), text=message.body)
        except UpstreamFailed as failed:
            raise TryLater(failed.message) from failed
    return ""
