"""Messages to people: written down first, sent after the transaction, never readable in production."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog
from django.conf import settings

from apps.identity.models import Account, Channel, Delivery, OutboxMessage
from ghar import clock, mail, sms
from ghar.errors import BadRequest, Unavailable, UpstreamFailed

log = structlog.get_logger(__name__)

KEEP = timedelta(days=30)


class PhoneProviderMissing(BadRequest):
    """This deployment cannot send SMS."""

    code = "phone_provider_disabled"
    message = "This server cannot send SMS: no provider is set up (SMS_PROVIDER_API_URL)."


class EmailProviderMissing(BadRequest):
    """This deployment cannot send mail."""

    code = "email_provider_disabled"
    message = "This server cannot send mail: no mail server is set up (EMAIL_SMTP_HOST)."


class SmsNotSent(Unavailable):
    """The SMS provider did not take the message."""

    code = "sms_send_failed"
    message = "The SMS could not be sent. Please retry."


class EmailNotSent(Unavailable):
    """The mail server did not take the message."""

    code = "email_send_failed"
    message = "The mail could not be sent. Please retry."


@dataclass(frozen=True, slots=True)
class Letter:
    """Something to say to somebody. `recipient` is an email address, or a phone without the plus."""

    account: Account
    channel: str
    recipient: str
    subject: str
    text: str


def system_require_channel(*, channel: str) -> None:
    """Refuse before anything is written when nothing could be sent. Raises the provider's absence."""
    if not _keeps_text() and not _gateway_is_set_up(channel):
        raise EmailProviderMissing if channel == Channel.EMAIL else PhoneProviderMissing


def system_send(*, letter: Letter) -> UUID:
    """Send a letter and answer the id it is kept under. Call it outside transactions.

    Without a gateway, outside production, the text is logged and counts as sent: the admin's outbox shows it too.
    Raises SmsNotSent or EmailNotSent.
    """
    message = OutboxMessage.objects.create(
        account=letter.account,
        channel=letter.channel,
        recipient=letter.recipient,
        subject=letter.subject,
        text=letter.text if _keeps_text() else None,
        created_at=clock.now(),
    )
    try:
        _hand_over(letter)
    except UpstreamFailed as failed:
        _note(message, Delivery.FAILED, failed.message)
        raise (EmailNotSent if letter.channel == Channel.EMAIL else SmsNotSent) from failed
    _note(message, Delivery.SENT)
    return message.id


def system_purge_outbox() -> int:
    """Forget old messages."""
    return OutboxMessage.objects.filter(created_at__lt=clock.now() - KEEP).delete()[0]


def _keeps_text() -> bool:
    return bool(settings.ENVIRONMENT != "production")


def _gateway_is_set_up(channel: str) -> bool:
    return mail.is_set_up() if channel == Channel.EMAIL else sms.is_set_up()


def _hand_over(letter: Letter) -> None:
    if not _gateway_is_set_up(letter.channel):
        log.info("no gateway is set up, so this message is shown here", to=letter.recipient, text=letter.text)
    elif letter.channel == Channel.EMAIL:
        mail.send(to=letter.recipient, subject=letter.subject, text=letter.text)
    else:
        sms.send(to=f"+{letter.recipient}", text=letter.text)


def _note(message: OutboxMessage, delivery: str, failure: str = "") -> None:
    message.delivery, message.failure, message.delivered_at = delivery, failure[:255], clock.now()
    message.save(update_fields=["delivery", "failure", "delivered_at"])
