"""What people set for themselves, over REST."""

from typing import Any

from rest_framework.request import Request

from apps.accounts import selectors
from apps.accounts.serializers import people as people_shapes
from apps.accounts.serializers import settings as settings_shapes
from apps.accounts.services import profiles
from apps.accounts.views.people import USERS, Values, _user
from ghar.api.schema import Message
from ghar.api.views import View, operation


class MyPreferences(View):
    @operation("get_preferences", **USERS, answer=settings_shapes.PreferencesSerializer)
    def get(self, request: Request) -> Any:
        """The caller's search preferences."""
        return settings_shapes.PreferencesSerializer(selectors.get_preferences(self.actor)).data

    @operation("merge_preferences", **USERS, body=settings_shapes.PreferencesSerializer, answer=Message)
    def put(self, request: Request, body: Values) -> Values:
        """Put search preferences over the stored ones."""
        profiles.merge_preferences(actor=self.actor, given=body)
        return {"message": "Preferences updated successfully", "success": True}


class MyNotificationSettings(View):
    @operation("get_notification_settings", **USERS, answer=settings_shapes.NotificationSettingsSerializer)
    def get(self, request: Request) -> Any:
        """What the caller wants to be told."""
        return settings_shapes.NotificationSettingsSerializer(self.actor.user.notification_settings).data

    @operation(
        "replace_notification_settings", **USERS, body=settings_shapes.NotificationSettingsSerializer, answer=Message
    )
    def put(self, request: Request, body: Values) -> Values:
        """Replace what the caller wants to be told."""
        profiles.replace_notification_settings(actor=self.actor, given=body)
        return {"message": "Notification settings updated successfully", "success": True}


class OldNotificationSettings(View):
    @operation(
        "replace_notification_settings_as_is", **USERS, body=settings_shapes.AnyObjectIn, answer=people_shapes.UserOut
    )
    def put(self, request: Request, body: Values) -> Values:
        """Replace notification settings with any object, as an older app does."""
        return _user(profiles.replace_notification_settings(actor=self.actor, given=body))


class MyPrivacySettings(View):
    @operation("get_privacy_settings", **USERS, answer=settings_shapes.PrivacySettingsSerializer)
    def get(self, request: Request) -> Any:
        """What others may see of the caller."""
        return settings_shapes.PrivacySettingsSerializer(self.actor.user.privacy_settings).data

    @operation("replace_privacy_settings", **USERS, body=settings_shapes.PrivacySettingsSerializer, answer=Message)
    def put(self, request: Request, body: Values) -> Values:
        """Replace what others may see of the caller."""
        profiles.replace_privacy_settings(actor=self.actor, given=body)
        return {"message": "Privacy settings updated successfully", "success": True}


class OldPrivacySettings(View):
    @operation(
        "replace_privacy_settings_as_is", **USERS, body=settings_shapes.AnyObjectIn, answer=people_shapes.UserOut
    )
    def put(self, request: Request, body: Values) -> Values:
        """Replace privacy settings with any object, as an older app does."""
        return _user(profiles.replace_privacy_settings(actor=self.actor, given=body))
