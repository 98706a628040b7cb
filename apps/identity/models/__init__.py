"""The tables of the embedded identity service. The platform's own people are in `apps.accounts`."""

from apps.identity.models.account import Account, LoginIdentity, Provider
from apps.identity.models.code import Channel, Delivery, OneTimeCode, OutboxMessage, Purpose
from apps.identity.models.flow import ChallengeMethod, SignInFlow
from apps.identity.models.key import SigningKey
from apps.identity.models.session import Ending, Method, RefreshToken, Session

__all__ = [
    "Account", "ChallengeMethod", "Channel", "Delivery", "Ending", "LoginIdentity", "Method", "OneTimeCode",
    "OutboxMessage", "Provider", "Purpose", "RefreshToken", "Session", "SignInFlow", "SigningKey",
]  # fmt: skip
