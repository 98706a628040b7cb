"""What follows when somebody was told something."""

from django.conf import settings

from apps.accounts.events import AccountDeleted
from apps.notifications import tasks
from apps.notifications.events import CampaignAdvanced, NoticeSent, StuckExportAsked
from apps.notifications.services import forgetting
from ghar import jobs
from ghar.events import on
from ghar.outbox.follow_up import surely
from ghar.realtime import names
from ghar.realtime import publish as realtime


@on(NoticeSent)
def send_outside(event: NoticeSent) -> None:
    """A worker carries each message out at once; one that is missed is found by the clock."""
    for delivery_id in event.delivery_ids:
        jobs.enqueue(tasks.send_delivery, delivery_id)


@on(NoticeSent)
def tell_open_apps(event: NoticeSent) -> None:
    """Whoever has the app open sees it at once; others find it in their list."""
    if event.user_id is None:
        return
    told = {"type_key": event.type, "title": event.title, "body": event.body, "route": event.route}
    realtime.to_user(event.user_id, names.NEW_NOTIFICATION, told)


@surely(AccountDeleted)
def forget_person(event: AccountDeleted) -> None:
    """What somebody was told, and their devices, go with the account."""
    forgetting.system_forget_person(user_id=event.user_id)


@on(CampaignAdvanced)
def carry_a_campaign_on(event: CampaignAdvanced) -> None:
    """A worker tells the next chunk while others send this one. Without workers the clock does both, so that no
    request waits for a campaign."""
    if settings.SERVERLESS:
        return
    if event.goes_on:
        jobs.enqueue(tasks.send_chunk, event.campaign_id, event.reached)
    for start in range(0, len(event.delivery_ids), tasks.A_BATCH):
        jobs.enqueue(tasks.send_deliveries, *event.delivery_ids[start : start + tasks.A_BATCH])


@on(StuckExportAsked)
def make_the_file(event: StuckExportAsked) -> None:
    """A worker makes it, because it may be long."""
    jobs.enqueue(tasks.export_stuck, event.user_id)
