"""People and their sign-in, over REST."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request

from apps.accounts import selectors, serializers
from apps.accounts.services import deletion, profiles, signing_in
from ghar import clock, dossiers, jsonable
from ghar.api.access import Access
from ghar.api.rendering import Rendered, shown
from ghar.api.schema import Message
from ghar.api.views import View, operation
from ghar.db.listing import Listing
from ghar.limits import Limit

Values = dict[str, Any]

USERS: Any = {"access": Access.SIGNED_IN, "tags": ["users"]}
AUTH: Any = {"access": Access.SIGNED_IN, "tags": ["auth"]}


def _user(user: Any) -> Values:
    return shown(serializers.UserOut, user)


class IdentifierStatus(View):
    @operation(
        "get_identifier_status",
        access=Access.PUBLIC,
        tags=["auth"],
        limit=Limit(10, 60),
        body=serializers.IdentifierStatusIn,
        answer=serializers.IdentifierStatusOut,
    )
    def post(self, request: Request, body: Values) -> Any:
        """Tell a sign-in form whether to ask for a password or a code."""
        return serializers.IdentifierStatusOut(selectors.get_identifier_status(body["identifier"])).data


class LastMethod(View):
    @operation(
        "record_last_method", **AUTH, limit=Limit(30, 60), body=serializers.LastMethodIn, answer=None, status=204
    )
    def post(self, request: Request, body: Values) -> None:
        """Remember how the caller signed in."""
        profiles.record_last_method(actor=self.actor, method=body["method"])


class LinkIdentity(View):
    @operation(
        "link_identity",
        **AUTH,
        limit=Limit(30, 60),
        body=serializers.LinkIdentityIn,
        answer=serializers.LinkIdentityOut,
    )
    def post(self, request: Request, body: Values) -> Values:
        """Add a login to the caller's account."""
        signing_in.link_identity(actor=self.actor, provider_name=body["provider"], id_token=body["id_token"])
        return {"linked": True}


class DeleteAccount(View):
    @operation(
        "delete_account",
        **AUTH,
        limit=Limit(30, 60),
        body=serializers.DeleteAccountIn,
        answer=None,
        status=204,
        refusals=(deletion.LastAdmin,),
    )
    def post(self, request: Request, body: Values) -> None:
        """Delete the caller's account for good. What names them elsewhere names nobody then."""
        deletion.delete_account(actor=self.actor, confirm=body["confirm"])


REQUEST: Any = {"access": Access.SIGNED_IN, "tags": ["users"], "answer": serializers.DeletionRequestOut}


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


class AuthConfig(View):
    @operation("get_auth_config", access=Access.PUBLIC, tags=["auth"], answer=serializers.AuthConfigOut)
    def get(self, request: Request) -> Values:
        """Public client ids of the sign-in buttons."""
        names = ("GOOGLE_WEB_CLIENT_ID", "GOOGLE_IOS_CLIENT_ID", "GOOGLE_ANDROID_CLIENT_ID")
        return {name.lower(): getattr(settings, name) or None for name in names}


class Profile(View):
    @operation("get_me", **USERS, answer=serializers.UserOut)
    def get(self, request: Request) -> Values:
        """The caller's own profile."""
        return _user(self.actor.user)

    @operation("update_profile", **USERS, body=serializers.UserUpdateIn, answer=serializers.UserOut)
    def put(self, request: Request, body: Values) -> Values:
        """Change the given fields of the caller's profile."""
        return _user(profiles.update_profile(actor=self.actor, changes=body))


class Me(Profile):
    @operation("delete_me", **USERS, limit=Limit(30, 60), answer=Message, refusals=(deletion.LastAdmin,))
    def delete(self, request: Request) -> Values:
        """Delete the caller's account for good. What names them elsewhere names nobody then."""
        deletion.delete_account(actor=self.actor, confirm=True)
        return {"message": "Account deleted successfully", "success": True}


class People(View):
    @operation(
        "list_people",
        access=Access.STAFF,
        tags=["users"],
        query=serializers.PeopleIn,
        answer=serializers.UserOut,
        page=True,
    )
    def get(self, request: Request, query: Values) -> Listing:
        """People, the newest first; agents are shown their own customers."""
        wanted = {name: query[name] for name in ("q", "agent_id", "unassigned", "is_active", "phone_verified")}
        return selectors.list_people(self.actor, **wanted)


class Person(View):
    @operation(
        "get_person",
        access=Access.STAFF,
        tags=["users"],
        answer=serializers.UserOut,
        refusals=(selectors.NotYourPerson,),
    )
    def get(self, request: Request, user_id: int) -> Rendered:
        """Somebody; agents see their own customers."""
        return Rendered(selectors.get_person(self.actor, user_id))

    @operation(
        "update_user",
        **USERS,
        body=serializers.UserUpdateIn,
        answer=serializers.UserOut,
        refusals=(selectors.NotYourPerson,),
    )
    def put(self, request: Request, user_id: int, body: Values) -> Values:
        """Change the given fields of somebody's profile.

        Admins change anybody, people themselves. Of a customer an agent changes name, picture, preferences and
        settings; other fields are left as they are.
        """
        return _user(profiles.update_user(actor=self.actor, user_id=user_id, changes=body))


class MyPhone(View):
    @operation("change_phone", **USERS, body=serializers.PhoneIn, answer=serializers.UserOut)
    def put(self, request: Request, body: Values) -> Values:
        """Change the caller's phone number; it is unverified until they sign in with it."""
        return _user(profiles.change_phone(actor=self.actor, phone=body["phone"]))


class MyAuthState(View):
    @operation("get_auth_state", **USERS, query=serializers.AuthStateIn, answer=serializers.AuthStateOut)
    def get(self, request: Request, query: Values) -> Any:
        """The stage of sign-up of the caller in a client app."""
        return serializers.AuthStateOut(selectors.get_auth_state(self.actor, query["app"])).data


class MyOnboarding(View):
    @operation("complete_onboarding", **USERS, query=serializers.OnboardingIn, answer=serializers.UserOut)
    def post(self, request: Request, query: Values) -> Values:
        """Mark a client app's onboarding as done."""
        return _user(profiles.complete_onboarding(actor=self.actor, app=query["app"]))


class MyIdentities(View):
    @operation("list_identities", **USERS, answer=serializers.IdentitiesOut)
    def get(self, request: Request) -> Any:
        """The logins that lead to the caller's account."""
        return serializers.IdentitiesOut({"identities": selectors.list_identities(self.actor)}).data


class MyPreferences(View):
    @operation("get_preferences", **USERS, answer=serializers.PreferencesSerializer)
    def get(self, request: Request) -> Any:
        """The caller's search preferences."""
        return serializers.PreferencesSerializer(selectors.get_preferences(self.actor)).data

    @operation("merge_preferences", **USERS, body=serializers.PreferencesSerializer, answer=Message)
    def put(self, request: Request, body: Values) -> Values:
        """Put search preferences over the stored ones."""
        profiles.merge_preferences(actor=self.actor, given=body)
        return {"message": "Preferences updated successfully", "success": True}


class MyLocation(View):
    @operation("move_to", **USERS, body=serializers.LocationIn, answer=Message)
    def put(self, request: Request, body: Values) -> Values:
        """Remember where the caller is."""
        profiles.move_to(actor=self.actor, **body)
        return {"message": "Location updated successfully", "success": True}


class MyNotificationSettings(View):
    @operation("get_notification_settings", **USERS, answer=serializers.NotificationSettingsSerializer)
    def get(self, request: Request) -> Any:
        """What the caller wants to be told."""
        return serializers.NotificationSettingsSerializer(self.actor.user.notification_settings).data

    @operation(
        "replace_notification_settings", **USERS, body=serializers.NotificationSettingsSerializer, answer=Message
    )
    def put(self, request: Request, body: Values) -> Values:
        """Replace what the caller wants to be told."""
        profiles.replace_notification_settings(actor=self.actor, given=body)
        return {"message": "Notification settings updated successfully", "success": True}


class OldNotificationSettings(View):
    @operation("replace_notification_settings_as_is", **USERS, body=serializers.AnyObjectIn, answer=serializers.UserOut)
    def put(self, request: Request, body: Values) -> Values:
        """Replace notification settings with any object, as an older app does."""
        return _user(profiles.replace_notification_settings(actor=self.actor, given=body))


class MyPrivacySettings(View):
    @operation("get_privacy_settings", **USERS, answer=serializers.PrivacySettingsSerializer)
    def get(self, request: Request) -> Any:
        """What others may see of the caller."""
        return serializers.PrivacySettingsSerializer(self.actor.user.privacy_settings).data

    @operation("replace_privacy_settings", **USERS, body=serializers.PrivacySettingsSerializer, answer=Message)
    def put(self, request: Request, body: Values) -> Values:
        """Replace what others may see of the caller."""
        profiles.replace_privacy_settings(actor=self.actor, given=body)
        return {"message": "Privacy settings updated successfully", "success": True}


class OldPrivacySettings(View):
    @operation("replace_privacy_settings_as_is", **USERS, body=serializers.AnyObjectIn, answer=serializers.UserOut)
    def put(self, request: Request, body: Values) -> Values:
        """Replace privacy settings with any object, as an older app does."""
        return _user(profiles.replace_privacy_settings(actor=self.actor, given=body))


class Export(View):
    @operation("export_own_data", **USERS, answer=serializers.ExportOut, limit=Limit(10, 3600))
    def get(self, request: Request) -> Values:
        """A copy of everything that is kept about the caller."""
        sections = jsonable.plain(dossiers.read_all(self.actor.user))
        return {"exported_at": clock.now(), "profile": _user(self.actor.user), "sections": sections}


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
        body=serializers.PasswordChangedIn,
        answer=serializers.PasswordChangedOut,
        refusals=(signing_in.SignatureRefused,),
    )
    def post(self, request: Request, body: Values) -> Values:
        """Sign a person out everywhere, because the identity provider says that their password is another.

        `X-Supabase-Signature` is the HMAC-SHA256, in hex or base64, of the body with SUPABASE_WEBHOOK_SECRET. With
        `X-Supabase-Timestamp` (unix seconds) it is that of `timestamp.body`, and is taken once within five minutes.
        """
        signing_in.system_end_sessions(subject=body["user_id"])
        return {"status": "revoked", "user_id": body["user_id"]}
