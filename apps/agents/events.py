"""What happens to agents."""

from dataclasses import dataclass

from ghar.events import Event


@dataclass(frozen=True)
class AgentRetired(Event):
    """An agent works no more; their customers are free, and what they were to do is somebody else's."""

    agent_id: int
