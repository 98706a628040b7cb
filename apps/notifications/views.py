"""Notifications over REST."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request

from apps.notifications import selectors, serializers
from apps.notifications.models import Campaign
from apps.notifications.services import campaigns, devices, messages, reading, topics
from apps.notifications.services.messages import Said
from ghar.api.access import Access
from ghar.api.pages import PageIn
from ghar.api.views import View, operation
from ghar.db.listing import Listing
from ghar.limits import Limit

Values = dict[str, Any]

SIGNED_IN: Any = {"access": Access.SIGNED_IN, "tags": ["notifications"]}
ADMIN: Any = {"access": Access.ADMIN, "tags": ["notifications"]}
SENDING: Any = {**ADMIN, "idempotent": True}
DEVICES: Any = {"access": Access.OPTIONAL, "tags": ["notifications"], "limit": Limit(120, 60)}


class MyNotifications(View):
    @operation("list_my_notifications", **SIGNED_IN, query=PageIn, answer=serializers.NotificationOut, page=True)
    def get(self, request: Request, query: Values) -> Listing:
        """What the caller was told, newest first; `unread_count` beside the items."""
        return selectors.list_my_notifications(self.actor)

    @operation(
        "mark_all_notifications_read",
        **SIGNED_IN,
        body=serializers.NotificationUpdateIn,
        answer=serializers.MarkedAllOut,
    )
    def put(self, request: Request, body: Values) -> Values:
        """Mark everything as read."""
        return {"ok": True, "updated": reading.mark_all_notifications_read(actor=self.actor)}


class OneNotification(View):
    @operation(
        "mark_notification_read", **SIGNED_IN, body=serializers.NotificationUpdateIn, answer=serializers.MarkedOneOut
    )
    def put(self, request: Request, notification_id: str, body: Values) -> Values:
        """Mark one as read."""
        marked = reading.mark_notification_read(actor=self.actor, notification_id=notification_id)
        return {"ok": True, "id": marked, "is_read": True}


class OpenedDelivery(View):
    @operation("open_delivery", **SIGNED_IN, answer=serializers.DoneOut)
    def post(self, request: Request, delivery_id: str) -> Values:
        """Note that the caller opened what was sent to them."""
        reading.open_delivery(actor=self.actor, delivery_id=delivery_id)
        return {"ok": True}


class NotificationsOfUser(View):
    @operation(
        "list_notifications_of",
        access=Access.ADMIN,
        tags=["notifications"],
        query=PageIn,
        answer=serializers.NotificationLogEntryOut,
        page=True,
    )
    def get(self, request: Request, query: Values, user_id: int) -> Listing:
        """What a person was told, newest first."""
        return selectors.list_notifications_of(self.actor, user_id)


class WebPushKey(View):
    @operation(
        "get_web_push_key",
        access=Access.PUBLIC,
        tags=["notifications"],
        answer=serializers.WebPushKeyOut,
        refusals=(devices.WebPushNotSetUp,),
    )
    def get(self, request: Request) -> Values:
        """The key that browsers subscribe with; 404 where push to browsers is not set up."""
        return {"public_key": devices.system_web_push_key()}


class RegisteredDevice(View):
    @operation(
        "register_device",
        **DEVICES,
        body=serializers.DeviceRegisterIn,
        answer=serializers.DoneOut,
        refusals=(devices.SignInToBind, devices.DeviceOfSomebody),
    )
    def post(self, request: Request, body: Values) -> Values:
        """Send the caller's push messages to this device; with no caller, only those for everybody."""
        devices.register_device(actor=self.actor, **body)
        return {"ok": True}


class UnregisteredDevice(View):
    @operation(
        "unregister_device",
        **DEVICES,
        query=serializers.DeviceUnregisterIn,
        answer=serializers.DoneOut,
        refusals=(devices.DeviceOfSomebody,),
    )
    def delete(self, request: Request, query: Values) -> Values:
        """Send no push messages to this device any more."""
        devices.unregister_device(actor=self.actor, **query)
        return {"ok": True}


class SentToToken(View):
    @operation("send_to_token", **SENDING, body=serializers.SendToTokenIn, answer=serializers.SaidOut)
    def post(self, request: Request, body: Values) -> Values:
        """Push to one device."""
        return _said(messages.send_to_tokens(actor=self.actor, tokens=[body.pop("token")], **body), 1)


class SentInBulk(View):
    @operation("send_to_tokens", **SENDING, body=serializers.SendBulkIn, answer=serializers.SaidOut)
    def post(self, request: Request, body: Values) -> Values:
        """Push to up to 500 devices, each once."""
        return _said(messages.send_to_tokens(actor=self.actor, **body), len(body["tokens"]))


class SentToUser(View):
    @operation(
        "send_to_user",
        **SENDING,
        body=serializers.SendToUserIn,
        answer=serializers.SaidOut,
        refusals=(messages.UserNotFound,),
    )
    def post(self, request: Request, body: Values) -> Values:
        """Push to every device of a person, whatever they have switched off."""
        said = messages.send_to_user(actor=self.actor, **body)
        return _said(said, len(said.delivery_ids))


class SentToTopic(View):
    @operation("send_to_topic", **SENDING, body=serializers.SendToTopicIn, answer=serializers.SaidOut)
    def post(self, request: Request, body: Values) -> Values:
        """Push to whatever devices have subscribed to a topic; `marketing` is a campaign, which heeds consent."""
        return _said(topics.send_to_topic(actor=self.actor, **body), 1)


class SentTypedToUser(View):
    @operation("send_typed", **SENDING, body=serializers.TypedUserNotificationIn, answer=serializers.DispatchOut)
    def post(self, request: Request, body: Values) -> Values:
        """Tell a person something of a type, through the channels that they want."""
        done = messages.send_typed(actor=self.actor, **body)
        return {
            "type_key": done.type_key,
            "title": body["title"],
            "body": body["body"],
            "sent_at": done.sent_at,
            "notification_id": done.notification_id,
            "channels": done.channels or {},
            "error": done.error,
        }


def _said(said: Said, requested: int) -> Values:
    return {
        "ok": said.error is None,
        "sent": len(said.delivery_ids),
        "requested": requested,
        "notification_id": said.notification_id,
        "delivery_ids": list(said.delivery_ids),
        "error": said.error,
        "campaign_id": said.campaign_id,
        "skipped": said.skipped,
    }


class MarketingBroadcast(View):
    @operation(
        "start_broadcast",
        **SENDING,
        body=serializers.MarketingNotificationIn,
        answer=serializers.CampaignStartedOut,
        refusals=(campaigns.NotMarketing,),
    )
    def post(self, request: Request, body: Values) -> Values:
        """Tell everybody, in the background."""
        return _started(campaigns.start_campaign(actor=self.actor, **body), body["preview"])


class MarketingSegment(View):
    @operation(
        "start_campaign",
        **SENDING,
        body=serializers.MarketingSegmentRequestIn,
        answer=serializers.CampaignStartedOut,
        refusals=(campaigns.NotMarketing,),
    )
    def post(self, request: Request, body: Values) -> Values:
        """Tell some people, in the background."""
        return _started(campaigns.start_campaign(actor=self.actor, **body), body["preview"])


class Campaigns(View):
    @operation("list_campaigns", **ADMIN, query=PageIn, answer=serializers.CampaignOut, page=True)
    def get(self, request: Request, query: Values) -> Listing:
        """What was told to many people, newest first."""
        return selectors.list_campaigns(self.actor)


class OneCampaign(View):
    @operation("get_campaign", **ADMIN, answer=serializers.CampaignProgressOut)
    def get(self, request: Request, campaign_id: UUID) -> Values:
        """How far a campaign is, and what became of its messages."""
        return _progress(selectors.get_campaign(self.actor, campaign_id))


class StoppedCampaign(View):
    @operation("stop_campaign", **ADMIN, answer=serializers.CampaignProgressOut)
    def post(self, request: Request, campaign_id: UUID) -> Values:
        """Tell nobody more, and hold back what has not left yet."""
        return _progress(campaigns.stop_campaign(actor=self.actor, campaign_id=campaign_id))


class ResumedCampaign(View):
    @operation("resume_campaign", **ADMIN, answer=serializers.CampaignProgressOut)
    def post(self, request: Request, campaign_id: UUID) -> Values:
        """Go on where it was stopped."""
        return _progress(campaigns.resume_campaign(actor=self.actor, campaign_id=campaign_id))


def _started(campaign: Campaign, preview: bool) -> Values:
    return {
        "campaign_id": None if preview else str(campaign.id),
        "status": campaign.status,
        "requested": campaign.requested,
        "processed": campaign.processed,
        "summary": {"requested": campaign.requested, "succeeded": campaign.told, "details": []},
    }


def _progress(campaign: Campaign) -> Values:
    return selectors.show_campaign(campaign) | {"deliveries": selectors.count_deliveries(campaign)}
