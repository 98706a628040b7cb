"""What phones read to know which app opens our links."""

import os
import subprocess
import sys

import pytest

from apps.links.apps import team_id_is_real
from tests.support.template import ROOT

ANDROID, APPLE = "/.well-known/assetlinks.json", "/.well-known/apple-app-site-association"


@pytest.mark.parametrize("address", [ANDROID, APPLE])
def test_phones_may_keep_them_for_an_hour(api, address):
    answer = api.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.headers["Cache-Control"] == "public, max-age=3600"


def test_android(api):
    statements = api.get(ANDROID).json()
    assert {tuple(one["relation"]) for one in statements} == {("delegate_permission/common.handle_all_urls",)}
    found = {one["target"]["package_name"]: one["target"]["sha256_cert_fingerprints"] for one in statements}
    assert list(found) == [
        "com.the360ghar.ghar360",
        "com.the360ghar.estate_app",
        "com.the360ghar.flatmates360",
        "com.the360ghar.flatmates",
        "com.the360ghar.stays_app",
    ]
    assert found["com.the360ghar.flatmates"] == []
    assert found["com.the360ghar.ghar360"][0].startswith("E2:9C:60:26")


def test_apple(api, settings):
    settings.DEEPLINK_APPLE_TEAM_ID = "A1B2C3D4E5"
    association = api.get(APPLE).json()
    assert association["applinks"]["apps"] == []
    assert association["applinks"]["details"][:2] == [
        {"appID": "A1B2C3D4E5.com.the360ghar.ghar360", "paths": ["/p/*", "/property/*"]},
        {
            "appID": "A1B2C3D4E5.com.the360ghar.estateApp",
            "paths": [f"/estate/{name}/*" for name in ("apply", "property", "task", "tenant", "lease")],
        },
    ]
    assert len(association["webcredentials"]["apps"]) == 4


@pytest.mark.parametrize(("team", "warned"), [("TEAMID", 1), ("a1b2c3d4e5", 1), ("A1B2C3D4E5", 0)])
def test_a_placeholder_is_told_of(settings, team, warned):
    settings.DEEPLINK_APPLE_TEAM_ID = team
    assert len(team_id_is_real()) == warned


@pytest.mark.parametrize(("team", "starts"), [("TEAMID", False), ("A1B2C3D4E5", True)])
def test_a_placeholder_may_stop_the_start(team, starts):
    result = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=ROOT,
        env={**os.environ, "DEEPLINK_FAIL_ON_PLACEHOLDER": "true", "DEEPLINK_APPLE_TEAM_ID": team},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode == 0) is starts
    assert starts or "DEEPLINK_APPLE_TEAM_ID" in result.stderr
