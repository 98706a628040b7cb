"""The shapes of agents on the wire."""

from typing import Any

from rest_framework import serializers

from apps.agents.models import LANGUAGE_LONGEST, LANGUAGES_MOST, AgentType, ExperienceLevel
from ghar.api.fields import JSONObject
from ghar.api.pages import PageIn
from ghar.api.parsing import QueryIn

BIGGEST_ID = 2**63 - 1


class AgentIn(serializers.Serializer[Any]):
    """A new agent."""

    name = serializers.CharField(max_length=100)
    contact_number = serializers.CharField(required=False, allow_null=True, max_length=32)
    description = serializers.CharField(required=False, allow_null=True, max_length=5000)
    avatar_url = serializers.CharField(required=False, allow_null=True, max_length=500)
    languages = serializers.ListField(
        child=serializers.CharField(max_length=LANGUAGE_LONGEST),
        required=False,
        allow_null=True,
        max_length=LANGUAGES_MOST,
    )
    agent_type = serializers.ChoiceField(choices=AgentType.choices, required=False)
    experience_level = serializers.ChoiceField(choices=ExperienceLevel.choices, required=False)
    working_hours = JSONObject(required=False, allow_null=True)


class AgentUpdateIn(AgentIn):
    """A partial update: only the fields that are present are written; a null leaves what must be something."""

    name = serializers.CharField(required=False, allow_null=True, max_length=100)
    agent_type = serializers.ChoiceField(choices=AgentType.choices, required=False, allow_null=True)
    experience_level = serializers.ChoiceField(choices=ExperienceLevel.choices, required=False, allow_null=True)
    is_active = serializers.BooleanField(required=False, allow_null=True)
    is_available = serializers.BooleanField(required=False, allow_null=True)


class AgentOut(serializers.Serializer[Any]):
    """An agent. PostgreSQL builds it (`selectors.AGENT`)."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    contact_number = serializers.CharField(allow_null=True)
    description = serializers.CharField(allow_null=True)
    avatar_url = serializers.CharField(allow_null=True)
    languages = serializers.ListField(child=serializers.CharField(), allow_null=True)
    agent_type = serializers.ChoiceField(choices=AgentType.choices)
    experience_level = serializers.ChoiceField(choices=ExperienceLevel.choices)
    is_active = serializers.BooleanField()
    is_available = serializers.BooleanField()
    working_hours = JSONObject(allow_null=True)
    total_users_assigned = serializers.IntegerField(help_text="Customers now; counted, so it is never off.")
    user_satisfaction_rating = serializers.FloatField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField(allow_null=True)


class AgentWorkloadOut(serializers.Serializer[Any]):
    """How much an agent has to do; the capacity is 50 customers."""

    agent_id = serializers.IntegerField()
    agent_name = serializers.CharField()
    current_users = serializers.IntegerField()
    utilization_percentage = serializers.FloatField()
    is_available = serializers.BooleanField()
    queue_length = serializers.IntegerField(help_text="Customers beyond the capacity.")


class AgentStatsOut(serializers.Serializer[Any]):
    """What an agent has to do, and how well it goes."""

    total_users_assigned = serializers.IntegerField()
    user_satisfaction_rating = serializers.FloatField()
    active_conversations = serializers.IntegerField(help_text="Customers now.")
    daily_interactions = serializers.IntegerField(help_text="Dealings with customers since midnight in India.")
    weekly_interactions = serializers.IntegerField(help_text="The same in seven days.")
    efficiency_score = serializers.FloatField(help_text="0 to 100.")


class AgentWithStatsOut(AgentOut):
    """An agent, with figures."""

    stats = AgentStatsOut()


class AgentSystemStatsOut(serializers.Serializer[Any]):
    """How the agency and the platform do."""

    total_agents = serializers.IntegerField()
    active_agents = serializers.IntegerField()
    total_users_served = serializers.IntegerField(help_text="Customers who have an agent.")
    system_satisfaction_score = serializers.FloatField(help_text="Of five stars, over all agents.")
    agents_by_type = serializers.DictField(child=serializers.IntegerField())
    load_distribution = AgentWorkloadOut(many=True)
    active_users = serializers.IntegerField()
    properties_listed = serializers.IntegerField()
    occupancy_rate = serializers.FloatField(help_text="Percent.")
    total_bookings = serializers.IntegerField()
    total_visits = serializers.IntegerField()
    total_revenue = serializers.FloatField(help_text="Rupees.")


class AgentAssignmentOut(serializers.Serializer[Any]):
    """Whose agent somebody is."""

    user_id = serializers.IntegerField()
    agent = AgentOut()
    assigned_at = serializers.DateTimeField()
    assignment_reason = serializers.ChoiceField(choices=["already_assigned", "manual_assigned", "auto_assigned"])


class AssignIn(QueryIn):
    """Which agent, when it matters."""

    agent_id = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=BIGGEST_ID)


class AssignAgentIn(serializers.Serializer[Any]):
    """Which agent a customer gets; null takes the present one away."""

    agent_id = serializers.IntegerField(allow_null=True, min_value=1, max_value=BIGGEST_ID)


class AgentListIn(PageIn):
    """Which agents."""

    include_inactive = serializers.BooleanField(required=False, default=False)


class AvailableAgentsIn(PageIn):
    """Which agents. No specialization is kept of anybody, so all agents answer to every one."""

    specialization = serializers.CharField(required=False, allow_null=True, max_length=100)
    agent_type = serializers.ChoiceField(choices=AgentType.choices, required=False, allow_null=True)


class AvailabilityIn(QueryIn):
    """Whether an agent takes new customers."""

    is_available = serializers.BooleanField()
