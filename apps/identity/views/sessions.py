"""Tokens for proofs, codes to prove with, and sign-out."""

from collections.abc import Callable
from typing import Any

from rest_framework.request import Request

from apps.identity import rules
from apps.identity.serializers import inputs, outputs
from apps.identity.services import federated, flows, sessions, signing_in, signing_up
from apps.identity.services.visitors import Visitor
from apps.identity.views.base import KEYED, OPEN, HolderView, IdentityView, Values, grant
from ghar.api import parsing
from ghar.api.views import operation
from ghar.limits import Limit

Grants = dict[str, tuple[Any, Callable[[Visitor, Values], sessions.Grant]]]


def _by_password(visitor: Visitor, body: Values) -> sessions.Grant:
    return signing_in.sign_in_with_password(actor=visitor, identifier=body["identifier"], password=body["password"])


def _by_refresh(visitor: Visitor, body: Values) -> sessions.Grant:
    return sessions.refresh_session(actor=visitor, refresh_token=body["refresh_token"])


def _by_code(visitor: Visitor, body: Values) -> sessions.Grant:
    return flows.exchange_code(actor=visitor, auth_code=body["auth_code"], verifier=body["code_verifier"] or "")


def _by_id_token(visitor: Visitor, body: Values) -> sessions.Grant:
    return federated.sign_in_with_id_token(
        actor=visitor,
        provider=body["provider"],
        id_token=body["id_token"],
        nonce=body["nonce"] or None,
        access_token=body["access_token"] or None,
    )


_GRANTS: Grants = {
    "password": (inputs.PasswordIn, _by_password),
    "refresh_token": (inputs.RefreshIn, _by_refresh),
    "pkce": (inputs.PkceIn, _by_code),
    "id_token": (inputs.IdTokenIn, _by_id_token),
}


class Token(IdentityView):
    @operation("create_session", **OPEN, limit=Limit(300, 300), query=inputs.GrantIn)
    def post(self, request: Request, query: Values) -> Values:
        """Exchange a proof for a session."""
        shape, exchange = _GRANTS[query["grant_type"]]
        return grant(exchange(self.visitor, parsing.body(shape, parsing.said(request))))


class SendCode(IdentityView):
    @operation("send_code", **OPEN, limit=Limit(60, 300), body=inputs.SendCodeIn)
    def post(self, request: Request, body: Values) -> Values:
        """Send a code that signs in."""
        sent = signing_up.send_sign_in_code(
            actor=self.visitor,
            identifier=body["identifier"],
            metadata=body.get("data") or {},
            create=body["create_user"],
        )
        return _sent(body["identifier"], sent)


class Recover(IdentityView):
    @operation("recover", **OPEN, limit=Limit(60, 300), body=inputs.RecoverIn)
    def post(self, request: Request, body: Values) -> Values:
        """Send a code to whoever forgot the password; the answer tells nothing."""
        signing_up.send_code_again(actor=self.visitor, identifier=body["email"].lower(), kind="signup")
        return {}


class Verify(IdentityView):
    @operation("verify_code", **OPEN, limit=Limit(120, 300), body=inputs.VerifyIn)
    def post(self, request: Request, body: Values) -> Values:
        """Exchange a code for a session."""
        return grant(
            signing_in.sign_in_with_code(
                actor=self.visitor, identifier=body["identifier"], code=body["token"].strip(), kind=body["type"]
            )
        )


class SignUp(IdentityView):
    @operation("sign_up", **OPEN, limit=Limit(60, 300), body=inputs.SignUpIn)
    def post(self, request: Request, body: Values) -> Values:
        """Make an account that waits for its code."""
        account = signing_up.sign_up(
            actor=self.visitor,
            identifier=body["identifier"],
            password=body["password"],
            metadata=body.get("data") or {},
        )
        return dict(outputs.AccountOut(account).data)


class Resend(IdentityView):
    @operation("resend_code", **OPEN, limit=Limit(60, 300), body=inputs.ResendIn)
    def post(self, request: Request, body: Values) -> Values:
        """Send a code once more, if one is due."""
        sent = signing_up.send_code_again(actor=self.visitor, identifier=body["identifier"], kind=body["type"])
        return _sent(body["identifier"], sent)


class SignOut(HolderView):
    @operation("sign_out", **KEYED, query=inputs.SignOutIn, status=204)
    def post(self, request: Request, query: Values) -> None:
        """End sessions."""
        sessions.sign_out(actor=self.visitor, scope=query["scope"])


def _sent(identifier: str, message_id: Any) -> Values:
    """SMS answers carry the message's id."""
    return {"message_id": str(message_id)} if rules.channel_of(identifier) == "sms" else {}
