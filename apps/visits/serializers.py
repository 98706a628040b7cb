"""The shapes of visits on the wire."""

from datetime import UTC, datetime
from typing import Any, Literal

from rest_framework import serializers

from apps.properties.serializers.listings import PropertyOut
from apps.visits.models import VisitContext, VisitStatus
from apps.visits.rules import OLD_NAMES
from ghar.answers import Answer, PageOut
from ghar.api.fields import JSONObject
from ghar.api.pages import PageIn

BIGGEST_ID = 2**63 - 1


def _id(**options: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=BIGGEST_ID, **options)


def _id_or_none() -> serializers.IntegerField:
    return _id(required=False, allow_null=True)


def _moment(**options: Any) -> serializers.DateTimeField:
    """A time; one without a zone is UTC."""
    return serializers.DateTimeField(default_timezone=UTC, **options)


def _text(most: int = 2000) -> serializers.CharField:
    return serializers.CharField(required=False, allow_null=True, allow_blank=True, max_length=most)


class VisitIn(serializers.Serializer[Any]):
    """A visit of the caller."""

    property_id = _id()
    scheduled_date = _moment(help_text="In the future and within a year; without a zone it is UTC.")
    special_requirements = _text()
    visit_context = serializers.ChoiceField(choices=VisitContext.choices, default=VisitContext.PROPERTY_TOUR.value)
    counterparty_user_id = _id_or_none()
    user_id = serializers.IntegerField(
        required=False, allow_null=True, write_only=True, help_text="Read and ignored: a visit is the caller's own."
    )
    conversation_id = _id_or_none()
    match_id = _id_or_none()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Without what says nothing: whose visit it is, and what a flatmate meet would be about."""
        return {name: value for name, value in attrs.items() if name not in ("user_id", "conversation_id", "match_id")}


class VisitUpdateIn(serializers.Serializer[Any]):
    """A partial update; the status may become confirmed or cancelled."""

    scheduled_date = _moment(required=False, allow_null=True)
    status = serializers.ChoiceField(choices=VisitStatus.choices, required=False, allow_null=True)
    special_requirements = _text()
    visit_notes = _text(5000)
    visitor_feedback = _text(5000)
    interest_level = _text(64)
    follow_up_required = serializers.BooleanField(required=False, allow_null=True)
    follow_up_date = _moment(required=False, allow_null=True)
    cancellation_reason = _text()
    visit_context = serializers.ChoiceField(choices=VisitContext.choices, required=False, allow_null=True)
    counterparty_user_id = _id_or_none()
    conversation_id = _id_or_none()
    match_id = _id_or_none()


class VisitRescheduleIn(serializers.Serializer[Any]):
    """Another time."""

    new_date = _moment()
    reason = _text()


class VisitCancelIn(serializers.Serializer[Any]):
    """Why it is called off."""

    reason = serializers.CharField(max_length=2000)


class VisitCompleteIn(serializers.Serializer[Any]):
    """What came of it. `feedback` is what the visitor told; what they wrote themselves stays in its place."""

    notes = _text(5000)
    feedback = _text(5000)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Clients send null for nothing to say."""
        return super().run_validation({} if data is None else data)


class OwnVisitsIn(PageIn):
    """Whose visits."""

    hosted = serializers.BooleanField(
        required=False, default=False, help_text="The visits to the caller's listings instead of those they make."
    )


class VisitsIn(OwnVisitsIn):
    """Which visits."""

    status = serializers.ChoiceField(choices=VisitStatus.choices, required=False, allow_null=True)


class AllVisitsIn(PageIn):
    """Which visits; `scheduled` and `rescheduled` are older names of statuses."""

    status = serializers.ChoiceField(choices=[*VisitStatus.values, *OLD_NAMES], required=False, allow_null=True)
    agent_id = _id_or_none()
    property_id = _id_or_none()
    user_id = _id_or_none()


class VisitAgentOut(serializers.Serializer[Any]):
    """The agent of a visit."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    phone = serializers.CharField(allow_null=True)
    avatar_url = serializers.CharField(allow_null=True)


class PersonOut(serializers.Serializer[Any]):
    """A person as others see them."""

    id = serializers.IntegerField()
    full_name = serializers.CharField(allow_null=True)
    profile_image_url = serializers.CharField(allow_null=True)
    avatar_url = serializers.CharField(allow_null=True)


class VisitorOut(PersonOut):
    """A visitor; agents and admins see how to reach them."""

    phone = serializers.CharField(allow_null=True, required=False)
    email = serializers.CharField(allow_null=True, required=False)


class CounterpartyOut(PersonOut):
    """Whom a flatmate meet is with, with every key that clients know of a person. What is private of others is null."""

    role = serializers.ChoiceField(choices=["user", "agent", "admin"])
    is_active = serializers.BooleanField()
    is_verified = serializers.BooleanField()
    phone_verified = serializers.BooleanField()
    email_verified = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField(allow_null=True)
    phone = serializers.CharField(allow_null=True, help_text="For staff, or where the person shows it.")
    email = serializers.CharField(allow_null=True, help_text="For staff, or where the person shows it.")
    supabase_user_id = serializers.CharField(help_text="Always empty.")
    date_of_birth = serializers.DateField(allow_null=True, help_text="Always null, as all that follows.")
    last_auth_method = serializers.CharField(allow_null=True)
    last_auth_method_at = serializers.DateTimeField(allow_null=True)
    preferences = JSONObject(allow_null=True)
    current_latitude = serializers.FloatField(allow_null=True)
    current_longitude = serializers.FloatField(allow_null=True)
    notification_settings = JSONObject(allow_null=True)
    privacy_settings = JSONObject(allow_null=True)
    agent_id = serializers.IntegerField(allow_null=True)


class VisitOut(serializers.Serializer[Any]):
    """A visit. PostgreSQL builds it (`selectors`); a test holds the two to each other."""

    id = serializers.IntegerField()
    user_id = serializers.IntegerField()
    property_id = serializers.IntegerField()
    agent_id = serializers.IntegerField(allow_null=True)
    counterparty_user_id = serializers.IntegerField(allow_null=True)
    conversation_id = serializers.IntegerField(allow_null=True)
    match_id = serializers.IntegerField(allow_null=True)
    visit_context = serializers.ChoiceField(choices=VisitContext.choices)
    status = serializers.ChoiceField(choices=VisitStatus.choices)
    scheduled_date = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    actual_date = serializers.DateTimeField(allow_null=True)
    rescheduled_from = serializers.DateTimeField(allow_null=True)
    special_requirements = serializers.CharField(allow_null=True)
    visit_notes = serializers.CharField(allow_null=True)
    visitor_feedback = serializers.CharField(allow_null=True)
    interest_level = serializers.CharField(allow_null=True)
    follow_up_required = serializers.BooleanField()
    follow_up_date = serializers.DateTimeField(allow_null=True)
    cancellation_reason = serializers.CharField(allow_null=True, help_text="Also why another time was asked for.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField(allow_null=True)
    agents = VisitAgentOut(allow_null=True)
    agent = VisitAgentOut(allow_null=True, help_text="The same as `agents`.")
    user = VisitorOut(help_text="The visitor.")
    counterparty_user = CounterpartyOut(allow_null=True)
    property_title = serializers.CharField()
    property = PropertyOut()


class VisitedPlace(Answer):
    """The listing of a visit, in brief."""

    id: int
    title: str
    locality: str | None
    city: str | None
    main_image_url: str | None


class VisitTold(Answer):
    """A visit as models and widgets read it; `scheduled_date` is in India's time, `notes` the visitor's wishes."""

    id: int
    property_id: int
    property: VisitedPlace
    scheduled_date: datetime
    status: VisitStatus
    notes: str | None
    created_at: datetime


class VisitorTold(Answer):
    """Who comes, and how to reach them."""

    id: int
    full_name: str | None
    phone: str | None
    email: str | None


class StaffVisitTold(VisitTold):
    """A visit as staff read it."""

    visitor: VisitorTold
    agent_id: int | None


class VisitCounts(Answer):
    """How many visits a person makes."""

    total: int
    upcoming: int
    completed: int
    cancelled: int


class VisitAnswer(Answer):
    """One visit."""

    visit: VisitTold


class VisitsAnswer(PageOut):
    """Visits of the person, the latest first."""

    visits: list[VisitTold]
    counts: VisitCounts


class VisitCancelledAnswer(Answer):
    """The visit that was called off."""

    success: Literal[True]
    visit_id: int
    status: VisitStatus


class StaffVisitAnswer(Answer):
    """One visit."""

    visit: StaffVisitTold


class StaffVisitsAnswer(PageOut):
    """Visits, the latest first."""

    visits: list[StaffVisitTold]
