"""Telling somebody something, in the words of the tests."""

from typing import Any

from apps.accounts.models import User
from apps.notifications.models import Delivery, Notification
from ghar import notices


def tell(user: User, key: str = "policy_update", **values: Any) -> str | None:
    """Send a notice of a type that is kept in the list and mailed."""
    told = {"title": "New terms", "body": "They are on our site.", **values}
    return notices.send(user_id=user.id, key=key, **told)


def with_email(user: User, **settings: Any) -> User:
    """The same person with an address, and these settings."""
    user.email = f"person{user.id}@ghar.example"
    user.notification_settings = settings
    user.save()
    return user


def channels_of(notification_id: str | None) -> dict[str, str]:
    """The status of each delivery, by channel."""
    return dict(Delivery.objects.filter(notification=notification_id).values_list("channel", "status"))


def titles_of(user: User) -> list[str]:
    """What somebody has in their list, newest first."""
    return list(Notification.objects.filter(user=user).order_by("-created_at").values_list("title", flat=True))
