"""What has run out is forgotten. Nothing relies on it: every read looks at the times itself."""

from datetime import timedelta

from django.db.models import Exists, OuterRef

from apps.identity.models import Account, Ending, OneTimeCode, RefreshToken, Session
from apps.identity.services import codes, flows, keys, outbox
from apps.identity.services.sessions import IDLE
from ghar import clock

KEEP_ENDED = timedelta(days=30)
KEEP_UNPROVEN = timedelta(days=7)


def system_purge() -> dict[str, int]:
    """Forget everything that has run out; how many rows of what."""
    return {
        "codes": codes.system_purge_codes(),
        "flows": flows.system_purge_flows(),
        "messages": outbox.system_purge_outbox(),
        "signing keys": keys.system_purge_keys(),
        "idle sessions": _end_idle_sessions(),
        "ended sessions": Session.objects.filter(ended_at__lt=clock.now() - KEEP_ENDED).delete()[0],
        "used refresh tokens": RefreshToken.objects.filter(used_at__lt=clock.now() - KEEP_ENDED).delete()[0],
        "unproven accounts": _delete_unproven(),
    }


def _end_idle_sessions() -> int:
    now = clock.now()
    idle = Session.objects.filter(ended_at=None, refreshed_at__lt=now - IDLE)
    return idle.update(ended_at=now, ending=Ending.IDLE, updated_at=now)


def _delete_unproven() -> int:
    """Sign-ups that nobody confirmed within a week. What staff have made or marked stays."""
    waiting = Exists(OneTimeCode.objects.filter(account=OuterRef("pk"), expires_at__gt=clock.now()))
    unproven = Account.objects.filter(
        ~waiting,
        email_confirmed_at=None,
        phone_confirmed_at=None,
        password="",
        app_metadata={},
        identities=None,
        created_at__lt=clock.now() - KEEP_UNPROVEN,
    )
    return unproven.delete()[0]
