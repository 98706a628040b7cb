"""Agents over REST."""

from typing import Any

from rest_framework.request import Request

from apps.accounts.selectors import UserNotFound
from apps.agents import selectors, serializers
from apps.agents.models import AgentType
from apps.agents.services import assignment, profiles
from ghar.api.access import Access
from ghar.api.pages import PageIn
from ghar.api.rendering import Rendered
from ghar.api.schema import Message
from ghar.api.views import View, operation
from ghar.db.json_rows import decode
from ghar.db.listing import Listing
from ghar.errors import BadRequest, Invalid

Values = dict[str, Any]

ANYBODY: Any = {"access": Access.SIGNED_IN, "tags": ["agents"]}
ADMIN: Any = {"access": Access.ADMIN, "tags": ["agents"]}


class Agents(View):
    @operation("list_agents", **ADMIN, query=serializers.AgentListIn, answer=serializers.AgentOut, page=True)
    def get(self, request: Request, query: Values) -> Listing:
        """All agents, the newest first."""
        return selectors.list_agents(self.actor, include_inactive=query["include_inactive"])

    @operation("create_agent", **ADMIN, body=serializers.AgentIn, answer=serializers.AgentOut, idempotent=True)
    def post(self, request: Request, body: Values) -> Rendered:
        """A new agent."""
        agent = profiles.create_agent(actor=self.actor, values=body)
        return Rendered(selectors.get_agent(self.actor, agent.pk))


class AvailableAgents(View):
    @operation(
        "list_available_agents",
        **ANYBODY,
        query=serializers.AvailableAgentsIn,
        answer=serializers.AgentOut,
        page=True,
    )
    def get(self, request: Request, query: Values) -> Listing:
        """The agents who take customers."""
        return selectors.list_available_agents(self.actor, query["agent_type"])


class AgentsOfType(View):
    @operation("list_agents_of_type", **ANYBODY, query=PageIn, answer=serializers.AgentOut, page=True)
    def get(self, request: Request, agent_type: str, query: Values) -> Listing:
        """The active agents of one type."""
        if agent_type not in AgentType.values:
            raise Invalid.field("agent_type", f"Must be one of {', '.join(AgentType.values)}.", where="path")
        return selectors.list_agents_of_type(self.actor, agent_type)


class AgentsOfSpecialization(View):
    @operation("list_agents_of_specialization", **ANYBODY, query=PageIn, answer=serializers.AgentOut, page=True)
    def get(self, request: Request, specialization: str, query: Values) -> Listing:
        """The active agents. No specialization is kept of anybody, so all answer to every one."""
        return selectors.list_agents(self.actor)


class AssignedAgent(View):
    @operation("get_assigned_agent", **ANYBODY, answer=serializers.AgentOut, refusals=(selectors.NoAgentYet,))
    def get(self, request: Request) -> Rendered:
        """The caller's agent. Nobody is given one by looking: that is `POST /agents/assign`."""
        return Rendered(selectors.get_assigned_agent(self.actor))


class Assign(View):
    @operation(
        "assign_agent",
        **ANYBODY,
        query=serializers.AssignIn,
        answer=serializers.AgentAssignmentOut,
        refusals=(assignment.NoAgentsAvailable, selectors.AgentNotFound),
    )
    def post(self, request: Request, query: Values) -> Values:
        """Give the caller an agent: the named one, else the one with the fewest customers."""
        given = assignment.assign_agent(actor=self.actor, user_id=self.actor.user.id, agent_id=query["agent_id"])
        return {
            "user_id": given.user_id,
            "agent": decode(selectors.get_agent(self.actor, given.agent_id)),
            "assigned_at": given.assigned_at,
            "assignment_reason": given.reason,
        }


class NotAssigned(BadRequest):
    """There is no such customer, or the agent takes none now: clients know both by these words."""

    code = "AGENT_NOT_ASSIGNED"
    message = "Failed to assign agent"


class CustomersAgent(View):
    @operation("assign_agent_to_user", **ADMIN, body=serializers.AssignAgentIn, answer=Message, refusals=(NotAssigned,))
    def post(self, request: Request, user_id: int, body: Values) -> Values:
        """Give a customer another agent, or none."""
        try:
            if body["agent_id"] is None:
                assignment.unassign_agent(actor=self.actor, user_id=user_id)
                return {"message": "Agent unassigned successfully", "success": True}
            assignment.assign_agent(actor=self.actor, user_id=user_id, agent_id=body["agent_id"])
        except (UserNotFound, assignment.NoAgentsAvailable) as missing:
            raise NotAssigned from missing
        return {"message": "Agent assigned successfully", "success": True}


class Workload(View):
    @operation("list_agent_workload", **ADMIN, query=PageIn, answer=serializers.AgentWorkloadOut, page=True)
    def get(self, request: Request, query: Values) -> Listing:
        """How many customers each active agent has."""
        return selectors.list_workload(self.actor)


class SystemStats(View):
    @operation("get_agent_system_stats", **ADMIN, answer=serializers.AgentSystemStatsOut)
    def get(self, request: Request) -> Values:
        """How the agency and the platform do."""
        return selectors.get_system_stats(self.actor)


class AgentStats(View):
    @operation("get_agent_stats", **ANYBODY, answer=serializers.AgentWithStatsOut)
    def get(self, request: Request, agent_id: int) -> Values:
        """One agent, with what they have to do and how well it goes."""
        return selectors.get_agent_with_stats(self.actor, agent_id)


class OwnProfile(View):
    @operation(
        "get_own_agent_profile",
        access=Access.AGENT,
        tags=["agents"],
        answer=serializers.AgentOut,
        refusals=(selectors.NoProfile,),
    )
    def get(self, request: Request) -> Rendered:
        """The agent that the caller signs in as."""
        return Rendered(selectors.get_own_profile(self.actor))


class AgentDetail(View):
    @operation("get_agent", **ANYBODY, answer=serializers.AgentOut)
    def get(self, request: Request, agent_id: int) -> Rendered:
        """One agent."""
        return Rendered(selectors.get_agent(self.actor, agent_id))

    @operation("update_agent", **ADMIN, body=serializers.AgentUpdateIn, answer=serializers.AgentOut)
    def put(self, request: Request, agent_id: int, body: Values) -> Rendered:
        """Change the given fields of an agent."""
        profiles.update_agent(actor=self.actor, agent_id=agent_id, changes=body)
        return Rendered(selectors.get_agent(self.actor, agent_id))

    @operation("retire_agent", **ADMIN, answer=Message)
    def delete(self, request: Request, agent_id: int) -> Values:
        """Make an agent inactive; nothing is deleted, and their customers are free for another."""
        profiles.retire_agent(actor=self.actor, agent_id=agent_id)
        return {"message": "Agent deactivated successfully", "success": True}


class Availability(View):
    @operation("change_agent_availability", **ADMIN, query=serializers.AvailabilityIn, answer=Message)
    def patch(self, request: Request, agent_id: int, query: Values) -> Values:
        """Say whether an agent takes new customers."""
        profiles.change_availability(actor=self.actor, agent_id=agent_id, is_available=query["is_available"])
        return {"message": "Agent availability updated successfully", "success": True}
