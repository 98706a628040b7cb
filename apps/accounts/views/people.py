"""People, over REST."""

from typing import Any

from rest_framework.request import Request

from apps.accounts import selectors
from apps.accounts.serializers import people as shapes
from apps.accounts.services import deletion, profiles
from ghar import clock, dossiers, jsonable
from ghar.api.access import Access
from ghar.api.rendering import Rendered, shown
from ghar.api.schema import Message
from ghar.api.views import View, operation
from ghar.db.listing import Listing
from ghar.limits import Limit

Values = dict[str, Any]


USERS: Any = {"access": Access.SIGNED_IN, "tags": ["users"]}


def _user(user: Any) -> Values:
    return shown(shapes.UserOut, user)


class Profile(View):
    @operation("get_me", **USERS, answer=shapes.UserOut)
    def get(self, request: Request) -> Values:
        """The caller's own profile."""
        return _user(self.actor.user)

    @operation("update_profile", **USERS, body=shapes.UserUpdateIn, answer=shapes.UserOut)
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
        query=shapes.PeopleIn,
        answer=shapes.UserOut,
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
        answer=shapes.UserOut,
        refusals=(selectors.NotYourPerson,),
    )
    def get(self, request: Request, user_id: int) -> Rendered:
        """Somebody; agents see their own customers."""
        return Rendered(selectors.get_person(self.actor, user_id))

    @operation(
        "update_user",
        **USERS,
        body=shapes.UserUpdateIn,
        answer=shapes.UserOut,
        refusals=(selectors.NotYourPerson,),
    )
    def put(self, request: Request, user_id: int, body: Values) -> Values:
        """Change the given fields of somebody's profile.

        Admins change anybody, people themselves. Of a customer an agent changes name, picture, preferences and
        settings; other fields are left as they are.
        """
        return _user(profiles.update_user(actor=self.actor, user_id=user_id, changes=body))


class MyPhone(View):
    @operation("change_phone", **USERS, body=shapes.PhoneIn, answer=shapes.UserOut)
    def put(self, request: Request, body: Values) -> Values:
        """Change the caller's phone number; it is unverified until they sign in with it."""
        return _user(profiles.change_phone(actor=self.actor, phone=body["phone"]))


class MyLocation(View):
    @operation("move_to", **USERS, body=shapes.LocationIn, answer=Message)
    def put(self, request: Request, body: Values) -> Values:
        """Remember where the caller is."""
        profiles.move_to(actor=self.actor, **body)
        return {"message": "Location updated successfully", "success": True}


class Export(View):
    @operation("export_own_data", **USERS, answer=shapes.ExportOut, limit=Limit(10, 3600))
    def get(self, request: Request) -> Values:
        """A copy of everything that is kept about the caller."""
        sections = jsonable.plain(dossiers.read_all(self.actor.user))
        return {"exported_at": clock.now(), "profile": _user(self.actor.user), "sections": sections}
