"""Accounts, for server-side callers with the secret key."""

from typing import Any

from rest_framework.request import Request

from apps.identity import selectors
from apps.identity.serializers import inputs, outputs
from apps.identity.services import administration, federated
from apps.identity.services.administration import AccountChange
from apps.identity.views.base import KEYED, SecretView, Values
from ghar.api.views import operation


class Accounts(SecretView):
    @operation("list_accounts", **KEYED, query=inputs.AccountsIn)
    def get(self, request: Request, query: Values) -> Values:
        """Accounts, newest first, or the one of an email or phone."""
        found = selectors.list_accounts(**query)
        return {"users": outputs.AdminAccountOut(found, many=True).data, "aud": "authenticated"}

    @operation("create_account", **KEYED, body=inputs.AdminAccountIn)
    def post(self, request: Request, body: Values) -> Any:
        """Make an account."""
        made = administration.create_account(actor=self.visitor, change=AccountChange(**body))
        return outputs.AdminAccountOut(made).data


class OneAccount(SecretView):
    @operation("get_account", **KEYED)
    def get(self, request: Request, account_id: str) -> Any:
        """One account."""
        return outputs.AdminAccountOut(selectors.get_account(account_id)).data

    @operation("change_account", **KEYED, body=inputs.AdminAccountIn)
    def put(self, request: Request, account_id: str, body: Values) -> Any:
        """Change an account."""
        changed = administration.change_account(actor=self.visitor, account_id=account_id, change=AccountChange(**body))
        return outputs.AdminAccountOut(changed).data

    @operation("delete_identity_account", **KEYED)
    def delete(self, request: Request, account_id: str) -> Values:
        """Remove an account for good."""
        administration.delete_account(actor=self.visitor, account_id=account_id)
        return {}


class AccountSessions(SecretView):
    @operation("end_account_sessions", **KEYED, status=204)
    def post(self, request: Request, account_id: str) -> None:
        """Sign an account out everywhere."""
        administration.end_all_sessions(actor=self.visitor, account_id=account_id)


class AccountLogins(SecretView):
    @operation("link_account_login", **KEYED, body=inputs.LinkIn)
    def post(self, request: Request, account_id: str, body: Values) -> Any:
        """Add a login to an account."""
        federated.link_login(actor=self.visitor, account_id=account_id, **body)
        return outputs.AdminAccountOut(selectors.get_account(account_id)).data
