"""What clients get: accounts and sessions, in the protocol's words."""

import time
from typing import Any

from rest_framework import serializers

from apps.identity import selectors
from apps.identity.models import Account, LoginIdentity
from apps.identity.services.sessions import Grant

Values = dict[str, Any]


class LoginOut(serializers.ModelSerializer[LoginIdentity]):
    """One login. `id` is the provider's name for the person, `identity_id` ours for the login."""

    id = serializers.CharField(source="subject")
    identity_id = serializers.UUIDField(source="id")
    user_id = serializers.UUIDField(source="account_id")
    identity_data = serializers.JSONField(source="data")

    class Meta:
        model = LoginIdentity
        fields = [
            "id", "identity_id", "user_id", "identity_data", "provider", "last_sign_in_at", "created_at", "updated_at",
        ]  # fmt: skip


class AccountOut(serializers.ModelSerializer[Account]):
    """An account as its owner sees it. Absent channels are empty strings, as the protocol has it."""

    aud = serializers.ReadOnlyField(default="authenticated")
    role = serializers.ReadOnlyField(default="authenticated")
    email = serializers.SerializerMethodField()
    phone = serializers.SerializerMethodField()
    confirmed_at = serializers.DateTimeField()
    app_metadata = serializers.SerializerMethodField()
    identities = serializers.SerializerMethodField()
    is_anonymous = serializers.ReadOnlyField(default=False)

    class Meta:
        model = Account
        fields = [
            "id", "aud", "role", "email", "email_confirmed_at", "phone", "phone_confirmed_at", "confirmed_at",
            "last_sign_in_at", "app_metadata", "user_metadata", "identities", "created_at", "updated_at",
            "is_anonymous",
        ]  # fmt: skip

    def get_email(self, account: Account) -> str:
        """The address, or an empty text."""
        return account.email or ""

    def get_phone(self, account: Account) -> str:
        """E.164 without the plus, or an empty text."""
        return account.phone or ""

    def get_app_metadata(self, account: Account) -> Values:
        """What the platform says."""
        return selectors.app_metadata(account)

    def get_identities(self, account: Account) -> list[Values]:
        """The proven logins; for an account that has none yet, the one that its sign-up asked for."""
        logins = list(account.identities.all()) or [selectors.expected_login(account)]
        return [dict(LoginOut(login).data) for login in logins]

    def to_representation(self, instance: Account) -> Values:
        """`new_phone` and `new_email` appear while a change waits for its code."""
        shown: Values = super().to_representation(instance)
        waiting = {"new_phone": instance.new_phone, "new_email": instance.new_email}
        return {**shown, **{name: value for name, value in waiting.items() if value}}


class AdminAccountOut(AccountOut):
    """An account as server-side callers see it."""

    has_password = serializers.SerializerMethodField()

    class Meta(AccountOut.Meta):
        fields = [*AccountOut.Meta.fields, "banned_until", "has_password"]

    def get_has_password(self, account: Account) -> bool:
        """Can it sign in with a password?"""
        return bool(account.password)


class GrantOut(serializers.Serializer[Grant]):
    """A session, flat."""

    access_token = serializers.CharField()
    token_type = serializers.ReadOnlyField(default="bearer")
    expires_in = serializers.SerializerMethodField()
    expires_at = serializers.IntegerField()
    refresh_token = serializers.CharField()
    user = AccountOut(source="account")

    def get_expires_in(self, grant: Grant) -> int:
        """Seconds that are left."""
        return max(1, grant.expires_at - int(time.time()))
