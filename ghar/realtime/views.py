"""Other services of a deployment tell people something through the protocol's own address."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.crypto import constant_time_compare
from rest_framework import serializers

from ghar.api.access import Access
from ghar.api.fields import JSONObject
from ghar.api.views import View, operation
from ghar.errors import Invalid, NotAllowed, NotSignedIn
from ghar.realtime import names, publish, topics
from ghar.realtime.hub import RealtimeAway

MOST_DIGITS = 18


class BroadcastIn(serializers.Serializer[Any]):
    """A message. `type`, when given, repeats the event of the address."""

    type = serializers.CharField(required=False, max_length=100)
    data = JSONObject()  # type: ignore[assignment]  # DRF takes fields out of the class again
    sent_at = serializers.DateTimeField(required=False)


class Broadcast(View):
    """Tells one person, for whoever brings the secret key as `apikey` or as bearer."""

    schema = None  # the protocol has its own documentation

    @operation("broadcast_event", access=Access.KEYED, tags=["realtime"], answer=None, body=BroadcastIn, status=202)
    def post(self, request: Any, topic: str, event: str, body: dict[str, Any]) -> dict[str, Any]:
        """Tell the person of a topic."""
        found, person = topics.find(topic)
        if found is not topics.PERSON:
            raise topics.TopicUnknown
        if not names.is_declared(event):
            raise Invalid.field("event", f"Events are {', '.join(names.meanings())}.", where="path")
        if body.get("type", event) != event:
            raise Invalid.field("type", "This is not the event of the address.")
        sent_at = body["sent_at"].isoformat() if "sent_at" in body else ""
        if not publish.to_user(_user_id(person), event, body["data"], sent_at=sent_at):
            raise RealtimeAway
        return {}

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Ask for the key before anything is read."""
        super().initial(request, *args, **kwargs)
        bearer = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")[2].strip()
        given = [key for key in (request.META.get("HTTP_APIKEY", ""), bearer) if key]
        if not given:
            raise NotSignedIn("This endpoint requires the secret key.")
        if not any(constant_time_compare(key, settings.SUPABASE_SECRET_KEY) for key in given):
            raise NotAllowed


def _user_id(person: str) -> int:
    """The local id of a person named by it or by their subject. Raises TopicUnknown."""
    named = Q(subject=person)
    if person.isascii() and person.isdigit() and len(person) <= MOST_DIGITS:
        named |= Q(pk=int(person))
    found = get_user_model()._default_manager.filter(named).values_list("pk", flat=True).first()
    if found is None:
        raise topics.TopicUnknown
    return int(found)
