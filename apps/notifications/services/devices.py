"""The devices that push messages go to.

A token stands for an app on one device, so it belongs to whoever is signed in there: who registers it has it. Nobody
who is not signed in takes it from anybody; they are answered 401, upon which a client refreshes and repeats.
"""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from apps.notifications import permissions
from apps.notifications.gateways import web_push
from apps.notifications.models import DeviceToken
from apps.notifications.rules import subscriptions
from apps.notifications.rules.subscriptions import BadSubscription
from ghar import clock
from ghar.actors import Actor
from ghar.errors import Invalid, NotAllowed, NotFound, NotSignedIn

MOST_DEVICES = 20
"""Active devices a person has; registering one more retires the one that was away longest."""


class SignInToBind(NotSignedIn):
    """A device is bound to a person only by that person's own token."""

    code = "SIGN_IN_TO_BIND_DEVICE"
    message = "Sign in to register a device for somebody."


class DeviceOfSomebody(NotSignedIn):
    """The device belongs to somebody, and nobody is signed in."""

    code = "DEVICE_OF_SOMEBODY"
    message = "This device belongs to somebody. Sign in to change it."


class WebPushNotSetUp(NotFound):
    """This deployment does not push to browsers."""

    code = "WEB_PUSH_NOT_SET_UP"
    message = web_push.NOT_SET_UP


class OnlyAdminsRetire(NotAllowed):
    """Only admins retire the devices of others."""

    code = "DEVICES_FOR_ADMINS"
    message = "Only admins may retire devices."


@transaction.atomic
def register_device(
    *,
    actor: Actor,
    token: str,
    platform: str,
    app_version: str | None = None,
    locale: str | None = None,
    user_id: str | None = None,
) -> None:
    """Have push messages of the actor go to this token, whoever had it before; without an actor, to nobody's.

    `user_id` is looked at only when nobody is signed in. Raises SignInToBind, DeviceOfSomebody, and Invalid for a
    subscription that is none, or of an unknown push service.
    """
    if user_id and not actor.is_signed_in:
        raise SignInToBind
    device = _seen(_checked(token), platform)
    if device.user_id is not None and not actor.is_signed_in:
        raise DeviceOfSomebody
    device.user = actor.user
    device.platform, device.app_version, device.locale = platform, app_version, locale
    device.is_active, device.retired_at = True, None
    device.save()
    if actor.is_signed_in:
        _retire_what_is_too_much(actor)


def _checked(token: str) -> str:
    """A token as it is, a browser's subscription in the one form that it is kept in. Raises Invalid."""
    if not subscriptions.is_subscription(token):
        return token
    try:
        found = subscriptions.read(token)
    except BadSubscription as wrong:
        raise Invalid.field("token", str(wrong)) from wrong
    if not found.is_at_one_of(settings.WEB_PUSH_ORIGINS):
        raise Invalid.field("token", "This is not a push service that messages are sent to.")
    return found.text()


def _seen(token: str, platform: str) -> DeviceToken:
    """The row of a token, made when it is not there, and locked from here on by having been written."""
    fresh = DeviceToken(token=token, platform=platform, last_seen_at=clock.now())
    DeviceToken.objects.bulk_create(
        [fresh], update_conflicts=True, unique_fields=["token"], update_fields=["last_seen_at"]
    )
    return DeviceToken.objects.get(token=token)


def _retire_what_is_too_much(actor: Actor) -> None:
    own = DeviceToken.objects.filter(user=actor.id, is_active=True).order_by("-last_seen_at", "id")
    extra = list(own.values_list("pk", flat=True)[MOST_DEVICES:])
    if extra:
        DeviceToken.objects.filter(pk__in=extra).update(is_active=False, retired_at=clock.now())


@transaction.atomic
def unregister_device(*, actor: Actor, token: str) -> None:
    """Have nothing sent to this token for the actor any more; it is nobody's then. Raises DeviceOfSomebody.

    A token that is unknown, or another person's, is not the actor's already.
    """
    device = DeviceToken.objects.select_for_update().filter(token=_checked(token)).first()
    if device is None or (actor.is_signed_in and device.user_id not in (None, actor.id)):
        return
    if device.user_id is not None and not actor.is_signed_in:
        raise DeviceOfSomebody
    device.user, device.is_active = None, False
    device.retired_at = device.retired_at or clock.now()
    device.save(update_fields=["user", "is_active", "retired_at"])


def retire_device(*, actor: Actor, device_id: UUID) -> None:
    """Send nothing to a device until its app registers it again. Raises OnlyAdminsRetire."""
    if not permissions.can_send(actor):
        raise OnlyAdminsRetire
    DeviceToken.objects.filter(pk=device_id, is_active=True).update(is_active=False, retired_at=clock.now())


def system_web_push_key() -> str:
    """What browsers subscribe with. Raises WebPushNotSetUp."""
    if not web_push.is_set_up():
        raise WebPushNotSetUp
    return web_push.public_key()


def system_retire_token(*, token: str) -> None:
    """The provider says that nothing is reached by this token any more."""
    DeviceToken.objects.filter(token=token, is_active=True).update(is_active=False, retired_at=clock.now())


def system_forget_devices(*, user_id: int) -> None:
    """Remove the devices of somebody whose account is gone."""
    DeviceToken.objects.filter(user=user_id).delete()
