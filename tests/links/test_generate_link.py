"""Links into the client apps."""

import pytest

URL = "/api/v1/deeplinks"


@pytest.mark.parametrize(
    ("app", "entity", "url", "scheme_url", "website"),
    [
        ("ghar", "p", "/p/7", "ghar360://p/7", "https://the360ghar.com"),
        ("ghar", "property", "/property/7", "ghar360://property/7", "https://the360ghar.com"),
        ("estate", "lease", "/estate/lease/7", "estate360://lease/7", "https://the360ghar.com"),
        (
            "flatmates",
            "chat",
            "/flatmates/chat/7",
            "com.the360ghar.flatmates360://chat/7",
            "https://the360ghar.com/flatmates",
        ),
        ("stays", "listing", "/stays/listing/7", "stays360://listing/7", "https://the360ghar.com/stays"),
    ],
)
def test_the_three_addresses(api, app, entity, url, scheme_url, website):
    expected = {
        "app": app, "entity": entity, "identifier": "7", "url": f"https://the360ghar.com{url}",
        "scheme_url": scheme_url, "web_fallback_url": website,
    }  # fmt: skip
    asked = api.post(f"{URL}/generate", {"app": app, "entity": entity, "identifier": " /7/ "})
    assert (asked.status_code, asked.json()) == (200, expected)
    assert api.get(f"{URL}/{app}/{entity}/7").json() == expected


def test_every_part_is_encoded_whole(api):
    link = api.get(f"{URL}/ghar/p/a%2Fb c?d#e").json()
    assert link["identifier"] == "a/b c"
    link = api.post(f"{URL}/generate", {"app": "ghar", "entity": "p", "identifier": "a/b c?d#é"}).json()
    assert link["url"] == "https://the360ghar.com/p/a%2Fb%20c%3Fd%23%C3%A9"
    assert link["scheme_url"] == "ghar360://p/a%2Fb%20c%3Fd%23%C3%A9"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("cars/p/7", "Unknown app: 'cars'"),
        ("ghar/lease/7", "Unknown entity 'lease' for app 'ghar'. Valid entities: p, property"),
        ("ghar/p/%20", "The identifier is empty."),
        (f"ghar/p/{'x' * 257}", "The identifier is longer than 256 characters."),
    ],
)
def test_what_is_no_link(api, path, message):
    answer = api.get(f"{URL}/{path}")
    assert answer.status_code == 400
    assert answer.json()["error"] == {"code": "BAD_REQUEST", "message": message}


def test_a_wrong_body_is_refused_by_name(api):
    answer = api.post(f"{URL}/generate", {"app": "ghar", "entity": "", "identifier": "x" * 257})
    assert answer.status_code == 422
    assert [wrong["loc"] for wrong in answer.json()["detail"]] == [["body", "entity"], ["body", "identifier"]]


def test_the_apps(api):
    apps = api.get(f"{URL}/apps").json()
    assert [app["key"] for app in apps] == ["ghar", "estate", "flatmates", "stays"]
    assert apps[2]["android_packages"] == ["com.the360ghar.flatmates360", "com.the360ghar.flatmates"]
    assert apps[1]["path_prefix"] == "estate"
    assert [one["entity"] for one in apps[1]["entities"] if one["public"]] == ["apply"]


def test_another_domain(api, settings):
    settings.LINK_BASE = "https://homes.example"
    assert api.get(f"{URL}/ghar/p/7").json()["url"] == "https://homes.example/p/7"
