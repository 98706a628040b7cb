"""What admins say to topics.

A topic is the push service's: it knows which devices subscribed, and one message reaches them all. Those in `TOPICS`
stand for marketing, which people may refuse and get only so much of; the platform tells these people itself.
"""

from typing import Unpack

from apps.notifications.notices import TOPICS
from apps.notifications.services import campaigns, messages, sending
from apps.notifications.services.messages import BROADCAST, Said, Text
from ghar.actors import Actor


def send_to_topic(*, actor: Actor, topic: str, **text: Unpack[Text]) -> Said:
    """Push to whoever subscribed to a topic, or begin a campaign that stands for it. Raises OnlyAdminsSend."""
    if topic in TOPICS:
        campaign = campaigns.start_campaign(actor=actor, type_key=TOPICS[topic], topic=topic, **text)
        return Said(None, campaign_id=str(campaign.id))
    words = messages.system_words(actor=actor, type_key=BROADCAST, text=text)
    return messages.system_said(sending.system_say(words, recipients={topic: None}, topic=topic))
