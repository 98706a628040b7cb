"""Mail through Django's backend, to the mail server of this deployment if it has one."""

import smtplib

from django.conf import settings
from django.core.mail import send_mail

from ghar.errors import UpstreamFailed


def is_set_up() -> bool:
    """Is there a mail server?"""
    return bool(settings.EMAIL_HOST)


def send(*, to: str, subject: str, text: str) -> None:
    """Hand one message to the mail server. Raises UpstreamFailed."""
    try:
        send_mail(subject, text, None, [to])
    except (smtplib.SMTPException, OSError) as fault:
        raise UpstreamFailed(f"The mail server did not take the message: {type(fault).__name__}.") from fault
