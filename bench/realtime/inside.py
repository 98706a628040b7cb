"""The part that runs inside the platform, in processes of its own: people with tokens, and who tells them something."""

import pickle
import sys
import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import django

PHONE = "+9194{:08d}"
TOKEN_S = 3600
A_BATCH = 1000


def people(count: int) -> list[tuple[int, str]]:
    """So many people, made when they are not there: id and token."""
    from apps.accounts.models import User  # noqa: PLC0415 - Django is set up first

    wanted = [User(phone=PHONE.format(n), subject=str(UUID(int=n + 1)), full_name=f"Reader {n}") for n in range(count)]
    User.objects.bulk_create(wanted, ignore_conflicts=True, batch_size=A_BATCH)
    rows = User.objects.filter(subject__in=[one.subject for one in wanted]).order_by("phone").values("id", "subject")
    return [(row["id"], _token(str(row["subject"]))) for row in rows]


def _token(subject: str) -> str:
    """As the embedded identity service writes them."""
    import jwt  # noqa: PLC0415 - Django is set up first
    from django.conf import settings  # noqa: PLC0415

    from apps.identity.services import keys  # noqa: PLC0415

    now, signer = int(time.time()), keys.system_signer()
    claims = {"iss": settings.AUTH_ISSUER, "aud": "authenticated", "sub": subject, "iat": now, "exp": now + TOKEN_S}
    return jwt.encode(claims, signer.private_key, algorithm=keys.ALGORITHM, headers={"kid": signer.kid})


def speak(ids: Sequence[int], events: int, rate: float) -> None:
    """Tell each of them in turn, numbered for each, with the time on this machine's steady clock."""
    from ghar.realtime import publish  # noqa: PLC0415 - Django is set up first

    _say("ready")
    sys.stdin.readline()
    began, told = time.monotonic(), 0
    for number in range(events):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        data = {"visit_id": number // len(ids), "at": time.monotonic()}
        told += bool(publish.to_user(ids[number % len(ids)], "visit_updated", data))
    _say(str(told))


def gather(count: int) -> None:
    """So many people with a device each, and nobody else, who have been told nothing yet."""
    from django.db import connection  # noqa: PLC0415 - Django is set up first

    from apps.accounts.models import User  # noqa: PLC0415
    from apps.notifications.models import DeviceToken  # noqa: PLC0415
    from ghar import clock  # noqa: PLC0415

    people(count)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE notification_campaigns, notifications, notification_deliveries, device_tokens")
    chosen = [str(UUID(int=n + 1)) for n in range(count)]
    User.objects.update(is_active=False)
    User.objects.filter(subject__in=chosen).update(is_active=True)
    ids = User.objects.filter(subject__in=chosen).order_by("phone").values_list("pk", flat=True)
    DeviceToken.objects.bulk_create(
        [
            DeviceToken(token=f"phone-{number}", user_id=pk, platform="android", last_seen_at=clock.now())
            for number, pk in enumerate(ids)
        ],
        batch_size=A_BATCH,
    )


def begin_campaign() -> None:
    """Tell all of them something by push."""
    from apps.accounts.models import User  # noqa: PLC0415 - Django is set up first
    from apps.notifications.services import campaigns  # noqa: PLC0415
    from ghar.actors import Actor  # noqa: PLC0415

    admin, _ = User.objects.get_or_create(
        phone=PHONE.format(99_999_999), defaults={"full_name": "Bench Admin", "role": "admin", "is_active": True}
    )
    campaigns.start_campaign(
        actor=Actor.of(admin), type_key="upsell_suggestion", filter={"role": "user", "is_active": True},
        title="Measured", body="Every one of these arrives or says why not.",
    )  # fmt: skip


def keep_time() -> None:
    """What `beat` would ask for every minute, asked for every second, until this process is killed."""
    from ghar import jobs  # noqa: PLC0415 - Django is set up first

    while True:
        for name in ("notifications.continue_campaigns", "notifications.send_due_deliveries"):
            if (job := jobs.find_scheduled(name)) is not None:
                jobs.run(job)
        time.sleep(1)


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(what: str) -> None:
    """Do it with the arguments at one end of the pipe, and give what comes out at the other."""
    django.setup()
    arguments: Any = () if what == "keep_time" else pickle.load(sys.stdin.buffer)
    made = globals()[what](*arguments)
    if made is not None:
        sys.stdout.buffer.write(pickle.dumps(made))
