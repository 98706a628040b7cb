"""The same words to many people: in chunks by id, each of them whole or not at all, until somebody stops it.

One transaction writes down what a chunk's people are told, what goes out to them, and how far the campaign has come.
So a worker that dies in it has told nobody, and after it everybody once. What goes out is the outbox's from then on:
many workers send it side by side while one writes the next chunk.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Unpack
from uuid import UUID

import structlog
from django.db import transaction

from apps.accounts import selectors as accounts
from apps.accounts.selectors import Segment
from apps.notifications import permissions
from apps.notifications.events import CampaignAdvanced
from apps.notifications.models import (
    Campaign,
    CampaignAudience,
    CampaignStatus,
    Delivery,
    DeliveryStatus,
    Outlet,
)
from apps.notifications.selectors import CampaignNotFound
from apps.notifications.services import sending
from apps.notifications.services.messages import OnlyAdminsSend, Text
from apps.notifications.services.sending import Words
from ghar import clock, notices
from ghar.actors import Actor
from ghar.errors import BadRequest
from ghar.events import publish
from ghar.notices import Category

log = structlog.get_logger(__name__)

CHUNK = 200
LEASE = timedelta(minutes=2)
"""How long nobody may have written a chunk before the clock has one written."""


class NotMarketing(BadRequest):
    """Many people at once are told only what they may refuse."""

    code = "NOT_A_MARKETING_TYPE"
    message = "type_key must be a declared type of the category marketing."


def start_campaign(
    *,
    actor: Actor,
    type_key: str,
    filter: Mapping[str, Any] | None = None,  # noqa: A002 - the name on the wire
    topic: str | None = None,
    preview: bool = False,
    **text: Unpack[Text],
) -> Campaign:
    """Begin to tell everybody, a segment, or a topic of the platform; with `preview` only count them.

    Raises OnlyAdminsSend and NotMarketing.
    """
    if not permissions.can_send(actor):
        raise OnlyAdminsSend
    _insist_on_marketing(type_key)
    campaign = _measured(
        Campaign(
            audience=_audience(filter, topic),
            topic=topic,
            segment={name: value for name, value in (filter or {"is_active": True}).items() if value is not None},
            type=type_key,
            title=text["title"],
            body=text["body"],
            data=text.get("data") or {},
            route=text.get("deep_link") or None,
            sent_by=actor.user,
        )
    )
    if not preview:
        _begin(campaign)
    return campaign


def _insist_on_marketing(type_key: str) -> None:
    kind = notices.find_type(type_key)
    if kind is None or kind.category != Category.MARKETING:
        raise NotMarketing


def _audience(chosen: Mapping[str, Any] | None, topic: str | None) -> str:
    if topic is not None:
        return CampaignAudience.TOPIC
    return CampaignAudience.ALL if chosen is None else CampaignAudience.SEGMENT


def _measured(campaign: Campaign) -> Campaign:
    """With how many people it is for, and whether there are any."""
    campaign.requested, campaign.upto = accounts.measure_segment(_segment(campaign))
    campaign.due_at = clock.now()
    if not campaign.requested:
        _finish(campaign)
    return campaign


@transaction.atomic
def _begin(campaign: Campaign) -> None:
    campaign.save(force_insert=True)
    _go_on(campaign)


def _segment(campaign: Campaign) -> Segment:
    return Segment(**{"is_active": None, **campaign.segment})


def _finish(campaign: Campaign) -> None:
    campaign.status, campaign.finished_at = CampaignStatus.DONE, clock.now()


def _go_on(campaign: Campaign) -> None:
    if campaign.status == CampaignStatus.RUNNING:
        publish(CampaignAdvanced(str(campaign.id), campaign.reached, goes_on=True))


def system_continue_campaigns() -> int:
    """Tell the next chunk of each campaign that nobody is at; of how many."""
    due = Campaign.objects.filter(status=CampaignStatus.RUNNING, due_at__lte=clock.now()).order_by("due_at")
    return sum(
        system_send_chunk(campaign_id=campaign_id, after=reached)
        for campaign_id, reached in list(due.values_list("pk", "reached"))
    )


@transaction.atomic
def system_send_chunk(*, campaign_id: UUID, after: int) -> bool:
    """Tell the next people of a campaign, if it runs, has come exactly so far, and nobody else is at it; whether it
    was so. Whoever is asked twice, or late, therefore tells nobody again."""
    due = Campaign.objects.filter(pk=campaign_id, status=CampaignStatus.RUNNING, reached=after)
    campaign = due.select_for_update(skip_locked=True).first()
    if campaign is None or (words := _words(campaign)) is None:
        return False
    people = accounts.list_segment(_segment(campaign), after=campaign.reached, upto=campaign.upto, limit=CHUNK)
    told = sending.system_tell([user for user in people if user.is_active], words)
    _advance(campaign, people, len(told))
    pending = Delivery.objects.filter(notification__in=told, status=DeliveryStatus.PENDING).order_by("id")
    waiting = tuple(str(pk) for pk in pending.values_list("pk", flat=True))
    goes_on = campaign.status == CampaignStatus.RUNNING
    publish(CampaignAdvanced(str(campaign.id), campaign.reached, goes_on, waiting))
    return True


def _words(campaign: Campaign) -> Words | None:
    """What is said. A campaign of a type that nobody declares any more is stopped."""
    kind = notices.find_type(campaign.type)
    if kind is None:
        log.error("a campaign is stopped, because its type is gone", campaign=str(campaign.pk), type=campaign.type)
        Campaign.objects.filter(pk=campaign.pk).update(status=CampaignStatus.STOPPED)
        return None
    return Words(
        type=kind,
        title=campaign.title,
        body=campaign.body,
        data=campaign.data,
        route=campaign.route,
        only=(Outlet.PUSH,) if campaign.audience == CampaignAudience.TOPIC else None,
        sent_by=campaign.sent_by_id,
        campaign=campaign,
    )


def _advance(campaign: Campaign, people: list[Any], told: int) -> None:
    campaign.processed += len(people)
    campaign.told += told
    campaign.held_back += len(people) - told
    campaign.reached = people[-1].pk if people else campaign.upto
    campaign.due_at = clock.now() + LEASE
    if len(people) < CHUNK:
        _finish(campaign)
    campaign.save()


@transaction.atomic
def stop_campaign(*, actor: Actor, campaign_id: UUID) -> Campaign:
    """Tell nobody more, and send nothing more that waits. Raises OnlyAdminsSend and CampaignNotFound."""
    campaign = _locked(actor, campaign_id)
    campaign.status = CampaignStatus.STOPPED
    campaign.save(update_fields=["status"])
    return campaign


@transaction.atomic
def resume_campaign(*, actor: Actor, campaign_id: UUID) -> Campaign:
    """Go on where it was stopped. Raises OnlyAdminsSend and CampaignNotFound."""
    campaign = _locked(actor, campaign_id)
    if campaign.status == CampaignStatus.STOPPED:
        campaign.status = CampaignStatus.DONE if campaign.finished_at else CampaignStatus.RUNNING
        campaign.due_at = clock.now()
        campaign.save(update_fields=["status", "due_at"])
        _go_on(campaign)
    return campaign


def _locked(actor: Actor, campaign_id: UUID) -> Campaign:
    if not permissions.can_send(actor):
        raise OnlyAdminsSend
    campaign = Campaign.objects.select_for_update().filter(pk=campaign_id).first()
    if campaign is None:
        raise CampaignNotFound
    return campaign
