"""Signing in and up, over REST."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request

from apps.accounts import selectors
from apps.accounts.serializers import people as people_shapes
from apps.accounts.serializers import sign_in as sign_in_shapes
from apps.accounts.services import profiles, signing_in
from apps.accounts.views.people import USERS, Values, _user
from ghar.api.access import Access
from ghar.api.views import View, operation
from ghar.limits import Limit

AUTH: Any = {"access": Access.SIGNED_IN, "tags": ["auth"]}


class IdentifierStatus(View):
    @operation(
        "get_identifier_status",
        access=Access.PUBLIC,
        tags=["auth"],
        limit=Limit(10, 60),
        body=sign_in_shapes.IdentifierStatusIn,
        answer=sign_in_shapes.IdentifierStatusOut,
    )
    def post(self, request: Request, body: Values) -> Any:
        """Tell a sign-in form whether to ask for a password or a code."""
        return sign_in_shapes.IdentifierStatusOut(selectors.get_identifier_status(body["identifier"])).data


class LastMethod(View):
    @operation(
        "record_last_method", **AUTH, limit=Limit(30, 60), body=sign_in_shapes.LastMethodIn, answer=None, status=204
    )
    def post(self, request: Request, body: Values) -> None:
        """Remember how the caller signed in."""
        profiles.record_last_method(actor=self.actor, method=body["method"])


class LinkIdentity(View):
    @operation(
        "link_identity",
        **AUTH,
        limit=Limit(30, 60),
        body=sign_in_shapes.LinkIdentityIn,
        answer=sign_in_shapes.LinkIdentityOut,
    )
    def post(self, request: Request, body: Values) -> Values:
        """Add a login to the caller's account."""
        signing_in.link_identity(actor=self.actor, provider_name=body["provider"], id_token=body["id_token"])
        return {"linked": True}


class AuthConfig(View):
    @operation("get_auth_config", access=Access.PUBLIC, tags=["auth"], answer=sign_in_shapes.AuthConfigOut)
    def get(self, request: Request) -> Values:
        """Public client ids of the sign-in buttons."""
        names = ("GOOGLE_WEB_CLIENT_ID", "GOOGLE_IOS_CLIENT_ID", "GOOGLE_ANDROID_CLIENT_ID")
        return {name.lower(): getattr(settings, name) or None for name in names}


class MyAuthState(View):
    @operation("get_auth_state", **USERS, query=sign_in_shapes.AuthStateIn, answer=sign_in_shapes.AuthStateOut)
    def get(self, request: Request, query: Values) -> Any:
        """The stage of sign-up of the caller in a client app."""
        return sign_in_shapes.AuthStateOut(selectors.get_auth_state(self.actor, query["app"])).data


class MyOnboarding(View):
    @operation("complete_onboarding", **USERS, query=sign_in_shapes.OnboardingIn, answer=people_shapes.UserOut)
    def post(self, request: Request, query: Values) -> Values:
        """Mark a client app's onboarding as done."""
        return _user(profiles.complete_onboarding(actor=self.actor, app=query["app"]))


class MyIdentities(View):
    @operation("list_identities", **USERS, answer=sign_in_shapes.IdentitiesOut)
    def get(self, request: Request) -> Any:
        """The logins that lead to the caller's account."""
        return sign_in_shapes.IdentitiesOut({"identities": selectors.list_identities(self.actor)}).data


class PasswordChanged(View):
    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Check the signature before anything of the body is looked at."""
        super().initial(request, *args, **kwargs)
        signing_in.system_check_signature(
            body=request._request.body,
            signature=request.META.get("HTTP_X_SUPABASE_SIGNATURE", ""),
            timestamp=request.META.get("HTTP_X_SUPABASE_TIMESTAMP", "").strip(),
        )

    @operation(
        "end_sessions_after_new_password",
        access=Access.KEYED,
        tags=["webhooks"],
        limit=Limit(30, 60),
        body=sign_in_shapes.PasswordChangedIn,
        answer=sign_in_shapes.PasswordChangedOut,
        refusals=(signing_in.SignatureRefused,),
    )
    def post(self, request: Request, body: Values) -> Values:
        """Sign a person out everywhere, because the identity provider says that their password is another.

        `X-Supabase-Signature` is the HMAC-SHA256, in hex or base64, of the body with SUPABASE_WEBHOOK_SECRET. With
        `X-Supabase-Timestamp` (unix seconds) it is that of `timestamp.body`, and is taken once within five minutes.
        """
        signing_in.system_end_sessions(subject=body["user_id"])
        return {"status": "revoked", "user_id": body["user_id"]}
