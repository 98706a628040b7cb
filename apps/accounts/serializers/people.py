"""The shapes of people on the wire."""

from typing import Any

from rest_framework import serializers

from apps.accounts.models import User, UserRole
from ghar.api.fields import JSONObject, Latitude, Longitude, Phone
from ghar.api.pages import PageIn

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


class ExportOut(serializers.Serializer[Any]):
    """What is kept about a person, by section: listings, visits, swipes, notices and so on."""

    exported_at = serializers.DateTimeField()
    profile = UserOut()
    sections = serializers.DictField(child=serializers.ListField(child=JSONObject()))
