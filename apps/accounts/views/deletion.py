"""Leaving, over REST."""

from typing import Any

from rest_framework.request import Request

from apps.accounts.serializers import deletion as shapes
from apps.accounts.services import deletion
from apps.accounts.views.people import Values
from apps.accounts.views.sign_in import AUTH
from ghar.api.access import Access
from ghar.api.views import View, operation
from ghar.limits import Limit


class DeleteAccount(View):
    @operation(
        "delete_account",
        **AUTH,
        limit=Limit(30, 60),
        body=shapes.DeleteAccountIn,
        answer=None,
        status=204,
        refusals=(deletion.LastAdmin,),
    )
    def post(self, request: Request, body: Values) -> None:
        """Delete the caller's account for good. What names them elsewhere names nobody then."""
        deletion.delete_account(actor=self.actor, confirm=body["confirm"])


REQUEST: Any = {"access": Access.SIGNED_IN, "tags": ["users"], "answer": shapes.DeletionRequestOut}


class DeletionRequest(View):
    @operation("request_account_deletion", **REQUEST, limit=Limit(30, 60), refusals=(deletion.LastAdmin,))
    def post(self, request: Request) -> Values:
        """Have the caller's account deleted in a week; until then it works, and they may think again."""
        return _requested(deletion.request_deletion(actor=self.actor))

    @operation("get_account_deletion", **REQUEST)
    def get(self, request: Request) -> Values:
        """Whether the caller's account is about to be deleted, and when."""
        return _requested(self.actor.user)

    @operation("withdraw_account_deletion", **REQUEST, refusals=(deletion.NoDeletionRequest,))
    def delete(self, request: Request) -> Values:
        """Keep the caller's account after all."""
        deletion.cancel_deletion(actor=self.actor)
        return _requested(None)


class DeletionRequestStatus(View):
    @operation("get_account_deletion_status", **REQUEST)
    def get(self, request: Request) -> Values:
        """The same at an address of its own."""
        return _requested(self.actor.user)


class DeletionRequestCancel(View):
    @operation("cancel_account_deletion", **REQUEST, refusals=(deletion.NoDeletionRequest,))
    def post(self, request: Request) -> Values:
        """Keep the caller's account after all."""
        deletion.cancel_deletion(actor=self.actor)
        return _requested(None)


def _requested(user: Any) -> Values:
    due = user.deletion_due_at if user else None
    requested = user.deletion_requested_at if user else None
    return {"status": "pending" if due else "none", "requested_at": requested, "due_at": due}
