"""Campaigns as admins begin them and the clock carries them out."""

from typing import Any
from uuid import uuid4

from django.core.management import call_command

from apps.accounts.models import User
from apps.notifications.models import Campaign
from apps.notifications.services import campaigns
from ghar import clock
from tests.support.client import Client

BASE = "/api/v1/notifications"
TEXT = {"type_key": "promotion_generic", "title": "Diwali", "body": "Lights for every house."}


def make_people(count: int, **fields: Any) -> list[User]:
    """So many people with an address."""
    names = [uuid4().hex for _ in range(count)]
    values = {"is_active": True, **fields}
    return User.objects.bulk_create(User(subject=name, email=f"{name}@ghar.example", **values) for name in names)


def begin(client: Client, to: str = "broadcast", **body: Any) -> Any:
    """The answer to an admin who begins a campaign."""
    return client.post(f"{BASE}/marketing/{to}", {**TEXT, **body}, format="json")


def run_the_clock(times: int = 1) -> None:
    """Tell as many chunks of each campaign, and send what waits. Nobody is taken to be at it."""
    for _ in range(times):
        Campaign.objects.update(due_at=clock.now())
        call_command("run_job", "notifications.continue_campaigns")
        call_command("run_job", "notifications.send_due_deliveries")


def send_chunk() -> bool:
    """Tell the next chunk of the only campaign."""
    campaign = the_campaign()
    return campaigns.system_send_chunk(campaign_id=campaign.id, after=campaign.reached)


def the_campaign() -> Campaign:
    """The only one there is."""
    return Campaign.objects.get()
