"""Preferences, notification and privacy settings, location, onboarding."""

import pytest

pytestmark = pytest.mark.django_db
USERS = "/api/v1/users"


@pytest.fixture
def me(api, cast):
    return api.as_(cast.seeker)


def stored(cast, name):
    cast.seeker.refresh_from_db()
    return getattr(cast.seeker, name)


def test_preferences_have_a_default_distance(me):
    answer = me.get(f"{USERS}/preferences").json()
    assert answer["max_distance_km"] == 5
    assert answer["purpose"] is None


def test_preferences_are_merged_and_others_kept(me, cast):
    cast.seeker.preferences = {"purpose": "buy", "flatmates.seen": 3}
    cast.seeker.save()
    answer = me.put(f"{USERS}/preferences", {"budget_max": 9e6, "purpose": None, "property_type": ["villa"]})
    assert answer.json() == {"message": "Preferences updated successfully", "success": True}
    assert stored(cast, "preferences") == {
        "purpose": "buy",
        "flatmates.seen": 3,
        "budget_max": 9e6,
        "property_type": ["villa"],
    }
    assert "flatmates.seen" not in me.get(f"{USERS}/preferences").json()


@pytest.mark.parametrize("name", ["notification-settings", "privacy-settings"])
def test_settings_are_replaced_and_shown_over_defaults(me, cast, name):
    defaults = me.get(f"{USERS}/{name}").json()
    assert me.put(f"{USERS}/{name}", {"something_new": 1}).status_code == 200
    assert me.get(f"{USERS}/{name}").json() == {**defaults, "something_new": 1}


def test_quiet_hours_keep_their_name(me):
    me.put(f"{USERS}/notification-settings", {"quietHours": {"from": "22:00"}, "sms_notifications": True})
    answer = me.get(f"{USERS}/notification-settings").json()
    assert (answer["quietHours"], answer["sms_notifications"]) == ({"from": "22:00"}, True)


@pytest.mark.parametrize(
    ("old", "column"), [("notifications", "notification_settings"), ("privacy", "privacy_settings")]
)
def test_an_older_app_stores_any_object(me, cast, old, column):
    answer = me.put(f"{USERS}/{old}", {"anything": {"goes": [1]}})
    assert answer.json()[column] == {"anything": {"goes": [1]}}
    assert me.put(f"{USERS}/{old}", ["no object"]).status_code == 422


def test_settings_of_the_wrong_kind_are_refused(me, cast):
    answer = me.put(f"{USERS}/notification-settings", {"digest": "perhaps"})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "digest"]
    assert stored(cast, "notification_settings") == {}


def test_location(me, cast):
    assert me.put(f"{USERS}/location", {"latitude": 28.4, "longitude": 77}).status_code == 200
    assert (stored(cast, "current_latitude"), cast.seeker.current_longitude) == (28.4, 77)
    assert me.put(f"{USERS}/location", {"latitude": 28.4, "longitude": 181}).status_code == 422
    assert me.put(f"{USERS}/location", {"latitude": 28.4}).status_code == 422


def test_onboarding_of_an_app(me, cast):
    assert me.post(f"{USERS}/me/onboarding?app=stays").status_code == 200
    assert me.post(f"{USERS}/me/onboarding?app=stays").status_code == 200
    assert stored(cast, "onboarded_apps") == ["stays"]
    refused = me.post(f"{USERS}/me/onboarding?app=ghar360")
    assert refused.status_code == 400
    assert refused.json()["error"]["message"] == "Unknown app slug: ghar360"
    assert me.post(f"{USERS}/me/onboarding").json()["detail"][0]["loc"] == ["query", "app"]


def test_how_somebody_signed_in(me, cast):
    assert me.post("/api/v1/auth/last-method", {"method": "phone_otp"}).status_code == 204
    assert stored(cast, "last_auth_method") == "phone_otp"
    assert me.post("/api/v1/auth/last-method", {"method": "magic"}).json()["detail"][0]["loc"] == ["body", "method"]
