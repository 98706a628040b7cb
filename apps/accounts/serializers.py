"""The shapes of people on the wire."""

from typing import Any

from rest_framework import serializers

from apps.accounts.models import AuthMethod, User, UserRole
from ghar.api.fields import JSONObject, Latitude, Longitude, Phone
from ghar.api.pages import PageIn
from ghar.api.parsing import QueryIn

BIGGEST_AMOUNT = 1e12
"""Rupees or square feet. A stored number beyond 64 bits could not be answered again."""


BIGGEST_ID = 2**63 - 1


class AgentBriefOut(serializers.Serializer[Any]):
    """An agent in a few words."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    phone = serializers.CharField(source="contact_number", allow_null=True)
    avatar_url = serializers.CharField(allow_null=True)


class UserOut(serializers.ModelSerializer[User]):
    """A person, to themselves and to staff."""

    supabase_user_id = serializers.CharField(source="subject", help_text="The subject of their tokens.")
    role = serializers.ChoiceField(choices=UserRole.choices)
    email = serializers.CharField(allow_null=True)
    first_name = serializers.SerializerMethodField()
    last_name = serializers.SerializerMethodField()
    avatar_url = serializers.CharField(source="profile_image_url", allow_null=True)
    agent_id = serializers.IntegerField(
        source="shown_agent_id",
        allow_null=True,
        help_text="The agent who looks after them; of an agent's login, the agent that it is.",
    )
    agent = AgentBriefOut(source="shown_agent", allow_null=True)

    class Meta:
        model = User
        fields = [
            "id", "supabase_user_id", "email", "full_name", "first_name", "last_name", "phone", "date_of_birth", "role",
            "is_active", "is_verified", "phone_verified", "email_verified", "last_auth_method", "last_auth_method_at",
            "profile_image_url", "avatar_url", "preferences", "current_latitude", "current_longitude",
            "notification_settings", "privacy_settings", "agent_id", "agent", "created_at",
            "updated_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_first_name(self, user: User) -> str | None:
        """The name up to its first space."""
        return user.full_name.split(" ", 1)[0] if user.full_name else None

    def get_last_name(self, user: User) -> str | None:
        """The rest of the name."""
        return (user.full_name or "").partition(" ")[2] or None


class UserUpdateIn(serializers.Serializer[Any]):
    """A partial update: only the fields that are present are written."""

    email = serializers.EmailField(required=False, allow_null=True, allow_blank=True, max_length=254)
    full_name = serializers.CharField(required=False, allow_null=True, allow_blank=True, max_length=1000)
    phone = Phone(required=False, allow_null=True, allow_blank=True)
    date_of_birth = serializers.DateField(required=False, allow_null=True)
    profile_image_url = serializers.CharField(required=False, allow_null=True, max_length=500)
    preferences = JSONObject(required=False, allow_null=True)
    current_latitude = Latitude(required=False, allow_null=True)
    current_longitude = Longitude(required=False, allow_null=True)
    notification_settings = JSONObject(required=False, allow_null=True)
    privacy_settings = JSONObject(required=False, allow_null=True)

    def validate_email(self, value: str | None) -> str | None:
        """Lower case, and null for a blank."""
        return value.lower() if value else None


class PeopleIn(PageIn):
    """Which people. Agents are shown their own customers whatever `agent_id` and `unassigned` say."""

    q = serializers.CharField(
        required=False, allow_null=True, max_length=200, help_text="Part of a name, email or phone."
    )
    agent_id = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=BIGGEST_ID)
    unassigned = serializers.BooleanField(required=False, allow_null=True, help_text="Have they no agent?")
    is_active = serializers.BooleanField(required=False, allow_null=True)
    phone_verified = serializers.BooleanField(required=False, allow_null=True)


class PhoneIn(serializers.Serializer[Any]):
    """Another phone number."""

    phone = Phone()


class LocationIn(serializers.Serializer[Any]):
    """Where somebody is."""

    latitude = Latitude()
    longitude = Longitude()


class AuthStateIn(QueryIn):
    """Which client app asks."""

    app = serializers.CharField(default="flatmates", required=False, max_length=64)


class OnboardingIn(QueryIn):
    """Whose onboarding is done."""

    app = serializers.CharField(max_length=64)


class AuthStateOut(serializers.Serializer[Any]):
    """The stage of sign-up."""

    stage = serializers.CharField()
    next_action = serializers.CharField()
    missing_fields = serializers.ListField(child=serializers.CharField())


class IdentityOut(serializers.Serializer[Any]):
    """A login that leads to the account."""

    provider = serializers.CharField(allow_null=True)
    identity_id = serializers.CharField(allow_null=True)


class IdentitiesOut(serializers.Serializer[Any]):
    """All logins of the account."""

    identities = IdentityOut(many=True)


class IdentifierStatusIn(serializers.Serializer[Any]):
    """A phone number or an email address, as typed."""

    identifier = serializers.CharField(min_length=1, max_length=320)


class IdentifierStatusOut(serializers.Serializer[Any]):
    """How a sign-in form goes on."""

    exists = serializers.BooleanField()
    verified = serializers.BooleanField()
    has_password = serializers.BooleanField()
    channel = serializers.CharField()
    next_step = serializers.CharField()


class LastMethodIn(serializers.Serializer[Any]):
    """How somebody signed in."""

    method = serializers.ChoiceField(choices=AuthMethod.choices)


class LinkIdentityIn(serializers.Serializer[Any]):
    """A login to add."""

    provider = serializers.CharField(min_length=1, max_length=64)
    id_token = serializers.CharField(min_length=1, max_length=8192)


class DeleteAccountIn(serializers.Serializer[Any]):
    """Nobody deletes an account by accident."""

    confirm = serializers.BooleanField()


class DeletionRequestOut(serializers.Serializer[Any]):
    """Whether an account is about to end. `status` is none or pending."""

    status = serializers.CharField()
    requested_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)


class PasswordChangedIn(serializers.Serializer[Any]):
    """Whose password is another now."""

    user_id = serializers.CharField(min_length=1, max_length=255, help_text="The subject of their tokens.")


class PasswordChangedOut(serializers.Serializer[Any]):
    """Their sessions are over."""

    status = serializers.ChoiceField(choices=["revoked"])
    user_id = serializers.CharField()


class LinkIdentityOut(serializers.Serializer[Any]):
    """Done."""

    linked = serializers.BooleanField()


class AuthConfigOut(serializers.Serializer[Any]):
    """Public client ids of the sign-in buttons."""

    google_web_client_id = serializers.CharField(allow_null=True)
    google_ios_client_id = serializers.CharField(allow_null=True)
    google_android_client_id = serializers.CharField(allow_null=True)


class PreferencesSerializer(serializers.Serializer[Any]):
    """Search preferences, in and out. Absent ones are null, except the distance, which is 5 km."""

    property_type = serializers.ListField(
        child=serializers.SlugField(max_length=32), required=False, allow_null=True, max_length=20
    )
    purpose = serializers.SlugField(max_length=32, required=False, allow_null=True)
    budget_min = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=BIGGEST_AMOUNT)
    budget_max = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=BIGGEST_AMOUNT)
    bedrooms_min = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=100)
    bedrooms_max = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=100)
    area_min = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=BIGGEST_AMOUNT)
    area_max = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=BIGGEST_AMOUNT)
    location_preference = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, allow_null=True, max_length=50
    )
    max_distance_km = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=1000)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """The known keys of a stored object, whatever else other apps keep there."""
        known = {str(name): instance.get(name) for name in self.fields}
        if known["max_distance_km"] is None:
            known["max_distance_km"] = 5
        return known


class _Settings(serializers.Serializer[Any]):
    """A stored settings object shown over its defaults; keys that we do not know are kept and shown as they are."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Defaults under what is stored."""
        defaults: dict[str, Any] = {str(name): self._default(field) for name, field in self.fields.items()}
        return {**defaults, **instance}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The known keys checked, the others as they are."""
        kept = JSONObject().run_validation(data)
        return kept | dict(super().to_internal_value(data))

    @staticmethod
    def _default(field: Any) -> Any:
        return None if field.default is serializers.empty else field.get_default()


def _flag(*, default: bool) -> serializers.BooleanField:
    return serializers.BooleanField(required=False, default=default)


class NotificationSettingsSerializer(_Settings):
    """What somebody wants to be told, and how."""

    email_notifications = _flag(default=True)
    push_notifications = _flag(default=True)
    sms_notifications = _flag(default=False)
    visit_reminders = _flag(default=True)
    property_updates = _flag(default=True)
    promotional_emails = _flag(default=False)
    onboarding = _flag(default=True)
    digest = _flag(default=True)
    frequency = serializers.CharField(required=False, allow_null=True, max_length=64)
    quietHours = serializers.DictField(  # noqa: N815 - the wire's name
        child=serializers.CharField(max_length=64), required=False, allow_null=True
    )
    categories = serializers.DictField(child=serializers.BooleanField(), required=False, default=dict)


class PrivacySettingsSerializer(_Settings):
    """What others may see."""

    profile_visibility = serializers.CharField(required=False, default="public", max_length=64)
    location_sharing = _flag(default=True)
    contact_sharing = _flag(default=True)
    search_history_tracking = _flag(default=True)
    show_phone = _flag(default=False)
    show_email = _flag(default=False)
    allow_location_tracking = _flag(default=True)
    data_sharing_consent = _flag(default=False)


class AnyObjectIn(serializers.Serializer[Any]):
    """Any JSON object, as an older app sends it."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The object as it is."""
        value: dict[str, Any] = JSONObject().run_validation(data)
        return value


class ExportOut(serializers.Serializer[Any]):
    """What is kept about a person, by section: listings, visits, swipes, notices and so on."""

    exported_at = serializers.DateTimeField()
    profile = UserOut()
    sections = serializers.DictField(child=serializers.ListField(child=JSONObject()))
