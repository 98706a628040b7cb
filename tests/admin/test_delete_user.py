"""An admin deletes somebody, in two steps."""

from django.urls import reverse

from tests.support.screens import act


def _press(client, user, name):
    change = reverse("admin:accounts_user_change", args=[user.pk])
    return act(client, change, {"role": "user", f"accounts_user_{name}_this": "1"})


def test_first_suspended_then_deleted(cast, browser):
    admin = browser(cast.admin)
    refused = _press(admin, cast.owner, "delete")
    assert any("Suspend the person first." in str(message) for message in refused.context["messages"])
    _press(admin, cast.owner, "suspend")
    _press(admin, cast.owner, "delete")
    cast.owner.refresh_from_db()
    assert (cast.owner.phone, cast.owner.deleted_at is not None) == (None, True)


def test_who_is_deleted_does_not_come_back(cast, browser):
    admin = browser(cast.admin)
    for step in ("suspend", "delete", "reactivate"):
        _press(admin, cast.owner, step)
    cast.owner.refresh_from_db()
    assert not cast.owner.is_active
