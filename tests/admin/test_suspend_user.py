"""An admin suspends people; it takes effect at once, everywhere."""

from django.urls import reverse

from tests.support.screens import act

LIST = reverse("admin:accounts_user_changelist")


def _choose(client, action, *users):
    return act(client, LIST, {"action": action, "_selected_action": [user.pk for user in users]})


def _messages(answer):
    return [str(message) for message in answer.context["messages"]]


def test_a_suspended_person_is_refused_by_the_api_at_once(cast, browser, api):
    client = api.as_(cast.owner)
    assert client.get("/api/v1/users/me").status_code == 200
    _choose(browser(cast.admin), "suspend", cast.owner)
    answer = client.get("/api/v1/users/me")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "USER_INACTIVE")


def test_a_person_who_is_let_in_again_is_served(cast, browser, api):
    admin = browser(cast.admin)
    _choose(admin, "suspend", cast.owner)
    _choose(admin, "reactivate", cast.owner)
    assert api.as_(cast.owner).get("/api/v1/users/me").status_code == 200


def test_a_suspended_agent_loses_the_open_admin_session(cast, browser):
    agent = browser(cast.agent)
    assert agent.get("/admin/").status_code == 200
    _choose(browser(cast.admin), "suspend", cast.agent)
    assert agent.get("/admin/").status_code == 302


def test_nobody_suspends_themselves_and_the_others_go_on(cast, browser):
    answer = _choose(browser(cast.admin), "suspend", cast.admin, cast.owner)
    cast.admin.refresh_from_db()
    cast.owner.refresh_from_db()
    assert (cast.admin.is_active, cast.owner.is_active) == (True, False)
    assert any("your own account" in message for message in _messages(answer))
    assert "1 suspended." in _messages(answer)


def test_the_button_of_the_form_suspends_too(cast, browser):
    change = reverse("admin:accounts_user_change", args=[cast.owner.pk])
    act(browser(cast.admin), change, {"role": "user", "accounts_user_suspend_this": "1"})
    cast.owner.refresh_from_db()
    assert not cast.owner.is_active


def test_an_agent_cannot_suspend(cast, browser):
    _choose(browser(cast.agent), "suspend", cast.agent, cast.owner)
    cast.owner.refresh_from_db()
    assert cast.owner.is_active
