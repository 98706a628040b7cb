"""One-time codes: made, limited, compared under a lock, used once."""

import hashlib
import secrets
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction

from apps.identity import rules
from apps.identity.models import Account, Channel, OneTimeCode, Purpose
from apps.identity.services import outbox
from ghar import clock, limits
from ghar.errors import NotAllowed, TooMany

log = structlog.get_logger(__name__)

LIFE = timedelta(minutes=10)
CODES_TO_IDENTIFIER = limits.Limit(6, 3600)
"""Messages to one identifier in an hour."""

_SAYS = {
    Purpose.SIGN_IN: "{code} is your Ghar sign-in code. It works once, for 10 minutes. Tell it to nobody.",
    Purpose.SIGN_UP: (
        "{code} confirms your new Ghar account and the password chosen for it. If you did not sign up, ignore this."
    ),
    Purpose.PHONE_CHANGE: "{code} makes this your phone number at Ghar. If you did not ask for it, ignore this.",
    Purpose.EMAIL_CHANGE: "{code} makes this your email address at Ghar. If you did not ask for it, ignore this.",
}


class CodeRefused(NotAllowed):
    """Wrong, run out, used, or tried too often: nobody is told which."""

    code = "otp_expired"
    message = "Token has expired or is invalid"


class TooManySms(TooMany):
    """Too many messages to one number."""

    code = "over_sms_send_rate_limit"
    message = "Too many codes were sent to this number. Please wait."


class TooManyMails(TooMany):
    """Too many messages to one address."""

    code = "over_email_send_rate_limit"
    message = "Too many codes were sent to this address. Please wait."


def system_count_sending(*, identifier: str) -> None:
    """Count a message to an identifier, whether or not anybody has it. Raises TooManySms or TooManyMails.

    The limit also bounds guessing: each message allows five attempts at a six-digit code.
    """
    limit = limits.configured("codes_to_identifier", CODES_TO_IDENTIFIER)
    verdict = limits.take(f"codes:{hashlib.sha256(identifier.encode()).hexdigest()}", limit)
    if not verdict.passed:
        refusal = TooManyMails if rules.channel_of(identifier) == Channel.EMAIL else TooManySms
        raise refusal(headers={"Retry-After": str(max(1, verdict.retry_after))})


def system_issue_code(*, account: Account, purpose: Purpose, identifier: str) -> outbox.Letter:
    """A new code in the place of an earlier one. Call it inside the transaction that it belongs to, then send it."""
    code = "".join(secrets.choice("0123456789") for _ in range(rules.CODE_DIGITS))
    now = clock.now()
    OneTimeCode.objects.update_or_create(
        purpose=purpose,
        identifier=identifier,
        defaults={
            "account": account,
            "digest": _digest(purpose, identifier, code),
            "attempts": 0,
            "created_at": now,
            "expires_at": now + LIFE,
        },
    )
    return outbox.Letter(
        account=account,
        channel=rules.channel_of(identifier),
        recipient=identifier,
        subject="Your Ghar code",
        text=_SAYS[purpose].format(code=code),
    )


def system_consume_code(*, purposes: list[Purpose], identifier: str, code: str) -> OneTimeCode | None:
    """Use up the code of an identifier and answer it (a row that is deleted already), or None when it is refused.

    The caller holds the identifier's lock and raises CodeRefused outside the transaction, so that the counted
    attempt is kept. One success ends every code of these purposes.
    """
    rows = OneTimeCode.objects.select_for_update().filter(purpose__in=purposes, identifier=identifier)
    living = [row for row in rows if row.expires_at > clock.now() and row.attempts < row.MOST_ATTEMPTS]
    matching = [row for row in living if rules.same(row.digest, _digest(row.purpose, identifier, code))]
    if not matching:
        _count_attempt(living)
        return None
    rows.delete()
    return matching[0]


def _count_attempt(rows: list[OneTimeCode]) -> None:
    for row in rows:
        row.attempts += 1
        row.save(update_fields=["attempts"])


def system_has_living_code(*, purpose: Purpose, identifier: str) -> bool:
    """Is a code under way?"""
    return OneTimeCode.objects.filter(purpose=purpose, identifier=identifier, expires_at__gt=clock.now()).exists()


@transaction.atomic
def system_purge_codes() -> int:
    """Forget codes that have run out."""
    return OneTimeCode.objects.filter(expires_at__lt=clock.now()).delete()[0]


def _digest(purpose: str, identifier: str, code: str) -> str:
    return rules.keyed_digest(rules.derived_key(settings.SECRET_KEY, "one-time codes"), purpose, identifier, code)
