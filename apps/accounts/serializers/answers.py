"""What the status tools answer."""

from typing import Literal

from apps.accounts.models import UserRole
from ghar.answers import Answer


class PersonTold(Answer):
    """Who is signed in."""

    id: int
    email: str | None
    phone: str | None
    full_name: str | None
    role: UserRole
    is_verified: bool
    profile_image_url: str | None


class SignInTold(Answer):
    """Whether somebody is signed in, and who."""

    status: Literal["authenticated", "anonymous"]
    user: PersonTold | None


class StatusAnswer(Answer):
    """The platform answers; `features` are the tools that are open to whoever asks."""

    status: Literal["ok"]
    version: str
    server: str
    auth: SignInTold
    features: list[str]


class StaffStatusAnswer(StatusAnswer):
    """The same for staff; `access` is their role."""

    access: UserRole
