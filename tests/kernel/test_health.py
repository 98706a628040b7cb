"""Liveness touches nothing; readiness tells what is missing; metrics are for those who may."""

import pytest

pytestmark = pytest.mark.django_db


def test_alive_without_a_statement(api, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert api.get("/health/live").json()["status"] == "alive"
        assert api.get("/health").json()["status"] == "healthy"


@pytest.mark.parametrize("path", ["/health/ready", "/ready", "/api/v1/ready"])
def test_ready(api, path):
    answer = api.get(path)
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["database"], answer.json()["redis"]) == (
        "ready", "connected", "connected",
    )  # fmt: skip


def test_config_and_door_sign(api):
    assert api.get("/config").json()["auth"] == "Embedded"
    assert api.get("/").json()["docs"] == "/api/v1/docs"


def test_config_tells_the_features_of_the_installed_areas(api):
    assert api.get("/config").json()["features"] == [
        "User Authentication", "Property Discovery", "Location-based Search", "Swipe Functionality", "Visit Scheduling",
    ]  # fmt: skip


def test_metrics_name_routes_and_not_paths(api):
    api.get("/api/v1/properties/123454321")
    text = api.get("/metrics").content.decode()
    assert 'route="api/v1/properties/<int:property_id>"' in text
    assert "123454321" not in text


def test_metrics_are_for_this_machine(api):
    assert api.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 403


def test_metrics_with_a_token(api, settings):
    settings.METRICS_TOKEN = "a-long-metrics-token"
    assert api.get("/metrics").status_code == 403
    assert api.get("/metrics", headers={"Authorization": "Bearer a-long-metrics-token"}).status_code == 200
