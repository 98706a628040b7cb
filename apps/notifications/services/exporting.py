"""What is stuck in the outbox, as a file that an admin fetches: a worker makes it, and it is kept for a day."""

import csv
import io

from django.urls import reverse

from apps.accounts import selectors as accounts
from apps.notifications import permissions, selectors
from apps.notifications.events import StuckExportAsked
from apps.notifications.models import Delivery
from apps.notifications.services.messages import OnlyAdminsSend
from ghar import notices
from ghar.actors import Actor
from ghar.events import publish
from ghar.store import files
from ghar.store.files import FileGone

NAME = "stuck-messages.csv"
COLUMNS = ("id", "channel", "recipient", "status", "failure", "attempts", "due_at", "created_at", "notification__type")
MOST_ROWS = 50_000
FORMULA = ("=", "-", "@", "\t", "\r")
"""What a spreadsheet would carry out. A `+` begins every phone number, and stays."""


def ask_for_stuck(*, actor: Actor) -> None:
    """Have a worker write down what is stuck; the actor is told when it can be fetched. Raises OnlyAdminsSend."""
    if not permissions.can_send(actor):
        raise OnlyAdminsSend
    publish(StuckExportAsked(actor.user.pk))


def system_export_stuck(*, user_id: int) -> str | None:
    """Write the file and tell who asked for it; its name. None when they are gone, or no admin any more."""
    person = accounts.find_active_person(user_id)
    if person is None or not permissions.can_send(Actor.of(person)):
        return None
    name = files.keep(NAME, _stuck())
    route = reverse("admin:notifications_delivery_export", args=[name])
    notices.send(user_id=user_id, key="export_ready", title="Your file is ready", body=name, route=route)
    return name


def read_export(*, actor: Actor, name: str) -> str:
    """A file that was made here. Raises OnlyAdminsSend and FileGone."""
    if not permissions.can_send(actor):
        raise OnlyAdminsSend
    if not name.startswith(NAME.partition(".")[0]):
        raise FileGone
    return str(files.read(name))


def _stuck() -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    stuck = Delivery.objects.filter(selectors.stuck()).order_by("due_at", "id")
    for row in stuck.values_list(*COLUMNS)[:MOST_ROWS].iterator(chunk_size=2000):
        writer.writerow([_harmless(str(value)) for value in row])
    return text.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
