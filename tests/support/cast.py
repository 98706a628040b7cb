"""The people of the tests."""

from functools import cached_property
from uuid import uuid4

from apps.accounts.models import User, UserRole
from apps.agents.models import Agent


def _person(number: int, name: str, role: str = UserRole.USER) -> User:
    return User.objects.create(
        subject=str(uuid4()),
        phone=f"+9198100000{number:02}",
        phone_verified=True,
        is_verified=True,
        full_name=name,
        role=role,
    )


class Cast:
    """Each person is written when a test first names them."""

    @cached_property
    def owner(self) -> User:
        """Owns listings."""
        return _person(1, "Olive Owner")

    @cached_property
    def tenant(self) -> User:
        """Rents from the owner."""
        return _person(2, "Tara Tenant")

    @cached_property
    def seeker(self) -> User:
        """Looks around."""
        return _person(3, "Sami Seeker")

    @cached_property
    def agent(self) -> User:
        """Works for the owner."""
        return _person(4, "Asha Agent", UserRole.AGENT)

    @cached_property
    def other_agent(self) -> User:
        """Works for others."""
        return _person(5, "Omar Otheragent", UserRole.AGENT)

    @cached_property
    def agent_profile(self) -> Agent:
        """The agent that `agent` signs in as; the owner is a customer."""
        profile = Agent.objects.create(name="Asha Agent", contact_number="+919810000004", login=self.agent)
        self.owner.agent = profile
        self.owner.save()
        return profile

    @cached_property
    def other_agent_profile(self) -> Agent:
        """The agent that `other_agent` signs in as."""
        return Agent.objects.create(name="Omar Otheragent", login=self.other_agent)

    @cached_property
    def admin(self) -> User:
        """Runs the platform."""
        return _person(6, "Adi Admin", UserRole.ADMIN)

    @cached_property
    def stranger(self) -> User:
        """Signed in, and nobody to anyone."""
        return _person(7, "Stan Stranger")

    def everyone(self) -> dict[str, User]:
        """All of them, by name; the agents have their profiles."""
        assert self.agent_profile.pk < self.other_agent_profile.pk
        names = ("owner", "tenant", "seeker", "agent", "other_agent", "admin", "stranger")
        return {name: getattr(self, name) for name in names}
