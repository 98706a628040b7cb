"""The demo agents: the demo people whose part is agent, each with customers among the demo seekers and owners."""

from django.db import transaction

from apps.accounts.services import customers
from apps.accounts.services import demo as people
from apps.agents.models import Agent, AgentType, ExperienceLevel
from ghar import demo
from ghar.progress import Progress

_WORDS = (
    (AgentType.SENIOR, ExperienceLevel.EXPERT, "Knows Golf Course Road and DLF by heart.", ["english", "hindi"]),
    (AgentType.SPECIALIST, ExperienceLevel.INTERMEDIATE, "Finds rented homes near offices.", ["english", "punjabi"]),
    (AgentType.GENERAL, ExperienceLevel.BEGINNER, "New, quick and friendly.", ["english", "hindi", "haryanvi"]),
)


def system_load_demo(progress: Progress) -> dict[str, int]:
    """Add the agents that are missing, and give customers who have none to them in turns."""
    with progress.bar("Agents", 1) as bar, transaction.atomic():
        logins = people.system_demo_users("agent")
        known = set(Agent.objects.filter(login__in=logins).values_list("login_id", flat=True))
        missing = [(place, login) for place, login in enumerate(logins) if login.pk not in known]
        Agent.objects.bulk_create(_agent(place, login.pk, str(login), login.phone) for place, login in missing)
        _share_customers()
        bar.advance()
    return {"agents": len(missing)}


def system_clear_demo(progress: Progress) -> dict[str, int]:
    """Remove the demo agents, except those who look after somebody real."""
    with progress.bar("Agents", 1) as bar:
        removed = demo.remove(Agent.objects.filter(is_seed_data=True))
        bar.advance()
    return {"agents removed": removed.gone, "agents kept, because real rows hang on them": len(removed.kept)}


def system_demo_agent_ids() -> list[int]:
    """The demo agents that are loaded, in the order of the table of people."""
    return list(Agent.objects.filter(is_seed_data=True).order_by("pk").values_list("pk", flat=True))


def _agent(place: int, login_id: int, name: str, phone: str | None) -> Agent:
    kind, level, words, languages = _WORDS[place % len(_WORDS)]
    return Agent(
        login_id=login_id,
        name=name,
        contact_number=phone,
        description=words,
        agent_type=kind,
        experience_level=level,
        languages=languages,
        is_seed_data=True,
    )


def _share_customers() -> None:
    agent_ids = system_demo_agent_ids()
    if not agent_ids:
        return
    free = [user for part in ("seeker", "owner") for user in people.system_demo_users(part) if user.agent_id is None]
    for place, user in enumerate(free):
        customers.system_set_agent(customer=user, agent_id=agent_ids[place % len(agent_ids)])
