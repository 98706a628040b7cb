"""One's own account, and the public facts of the service."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request

from apps.identity.gateways import google
from apps.identity.serializers import inputs, outputs
from apps.identity.services import keys, profiles
from apps.identity.views.base import KEYED, OPEN, HolderView, IdentityView, Values
from ghar.api.views import operation


class OwnAccount(HolderView):
    @operation("get_own_account", **KEYED)
    def get(self, request: Request) -> Any:
        """The caller's account."""
        holder = self.visitor.holder
        return outputs.AccountOut(holder.account).data if holder else None

    @operation("update_own_account", **KEYED, body=inputs.AccountIn)
    def put(self, request: Request, body: Values) -> Any:
        """Change password, phone, email or what one says of oneself."""
        return outputs.AccountOut(profiles.update_account(actor=self.visitor, changes=body)).data


class PublicKeys(IdentityView):
    @operation("get_public_keys", **OPEN)
    def get(self, request: Request) -> Values:
        """The keys that verify access tokens."""
        return keys.system_published_keys()


class ServiceHealth(IdentityView):
    @operation("get_identity_health", **OPEN)
    def get(self, request: Request) -> Values:
        """Who is answering."""
        return {"name": "Ghar identity", "version": settings.APP_VERSION, "description": "Embedded identity service"}


class ServiceSettings(IdentityView):
    @operation("get_identity_settings", **OPEN)
    def get(self, request: Request) -> Values:
        """Which ways of signing in there are."""
        return {
            "external": {"phone": True, "email": True, "google": google.is_set_up(), "anonymous_users": False},
            "disable_signup": False,
            "mailer_autoconfirm": False,
            "phone_autoconfirm": False,
        }
