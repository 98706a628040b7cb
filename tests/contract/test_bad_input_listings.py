"""Wrong values in the address and the query of the listing search: refused by name, and never a fault of ours."""

from typing import Any

import pytest

FAR = 10**400


def refused_fields(answer: Any) -> set[str]:
    """The names that a 422 complains about, from both places where clients read them."""
    body = answer.json()
    assert answer.status_code == 422, body
    assert body["error"]["code"] == "VALIDATION_ERROR"
    assert body["detail"] == body["error"]["details"]
    assert {wrong["loc"][0] for wrong in body["detail"]} == {"query"}
    return {wrong["loc"][1] for wrong in body["detail"]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        # wrong types
        ("lat", "north"),
        ("lng", "77,02"),
        ("radius", "near"),
        ("limit", "many"),
        ("limit", "10.5"),
        ("bedrooms_min", "two"),
        ("price_min", "cheap"),
        ("ids", "one"),
        ("has_lift", "perhaps"),
        ("include_total", "maybe"),
        ("semantic_search", "2"),
        # out of range, off the globe, not numbers at all
        ("lat", "90.0001"),
        ("lat", "-91"),
        ("lng", "180.5"),
        ("lat", "nan"),
        ("lng", "inf"),
        ("price_min", "nan"),
        ("price_max", "inf"),
        ("price_max", "-1"),
        ("area_max", "1e400"),
        ("radius", "0"),
        ("radius", "101"),
        ("limit", "0"),
        ("limit", "-5"),
        ("bedrooms_max", "21"),
        ("bedrooms_min", str(FAR)),
        ("floor_number_min", str(2**63)),
        ("guests", "0"),
        ("ids", "-1"),
        ("ids", str(2**63)),
        ("ids", str(FAR)),
        # unknown words of a closed list
        ("property_type", "castle"),
        ("purpose", "steal"),
        ("sort_by", "id; DROP TABLE properties"),
        ("furnishing", "plush"),
        ("gender_preference", "none"),
        # dates that do not exist
        ("check_in", "2026-02-30"),
        ("check_out", "2026-13-01"),
        ("check_in", "0000-01-01"),
        ("check_in", "tomorrow"),
        ("check_in", "2026-02-30T00:00:00Z"),
        ("check_out", "9999-12-31T23:59:59Z"),
        # texts that PostgreSQL cannot keep, and texts without end
        ("q", "a\x00b"),
        ("city", "\x00"),
        ("pincode", "1220\x0001"),
        ("amenities", "pool\x00"),
        ("features", "\x00"),
        ("move_in", "now\x00"),
        ("q", "x" * 501),
        ("locality", "x" * 201),
        ("cursor", "x" * 2001),
    ],
)
def test_a_wrong_value_is_refused_by_name(field, value, api, db):
    assert refused_fields(api.get("/api/v1/properties", {field: value})) == {field}


def test_every_wrong_value_is_named_at_once(api, db):
    answer = api.get("/api/v1/properties", {"lat": "north", "limit": "many", "purpose": "steal"})
    assert refused_fields(answer) == {"lat", "limit", "purpose"}


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"price_min": 20, "price_max": 10}, "price_min"),
        ({"bedrooms_min": 4, "bedrooms_max": 2}, "bedrooms_min"),
        ({"check_in": "2026-03-05", "check_out": "2026-03-05"}, "check_out"),
    ],
)
def test_an_impossible_range_is_refused_by_name(query, named, api, db):
    assert refused_fields(api.get("/api/v1/properties", query)) == {named}


@pytest.mark.parametrize(
    "cursor",
    [
        "garbage",
        "' OR 1=1 --",
        "eyJrIjpbXX0",
        "bnVsbA",
        "W10",
        "eyJrIjpbIjIwMjYtMDItMzAiLDFdLCJzIjoibmV3ZXN0IiwidiI6MX0",  # a date that does not exist
        "eyJrIjpbIjIwMjYtMDItMDEiLDk5OTk5OTk5OTk5OTk5OTk5OTk5XSwicyI6Im5ld2VzdCIsInYiOjF9",  # an id beyond bigint
        "eyJrIjpbIjIwMjYtMDItMDEiXSwicyI6Im5ld2VzdCIsInYiOjF9",  # a key short
        "eyJrIjpbMSwyXSwicyI6InByaWNlX2xvdyIsInYiOjF9",  # of another order
        "\x7f",
        "=",
        "ж",
    ],
)
def test_a_cursor_that_this_list_did_not_make_is_refused(cursor, api, db):
    answer = api.get("/api/v1/properties", {"cursor": cursor})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "INVALID_CURSOR")


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE properties; --",
        "%' OR '1'='1",
        "\\",
        "%(viewer)s",
        "%s %d %",
        "{0} {viewer}",
        "$1",
        "_%_%",
        "\U0001f3e0 \u202e\u0301",
        "🏳️‍🌈",
    ],
)
@pytest.mark.parametrize("field", ["q", "city", "locality", "amenities", "features", "move_in"])
def test_odd_text_is_only_text(field, text, api, db):
    answer = api.get("/api/v1/properties", {field: text})
    assert answer.status_code == 200, answer.json()


@pytest.mark.parametrize("query", ["q=%ff%fe", "city=%ED%A0%80", "%ff=1", "q", "&&&", "q=%", "[]=1", "lat[$gt]=1"])
def test_a_malformed_query_string_is_no_fault_of_ours(query, api, db):
    assert api.get(f"/api/v1/properties?{query}").status_code == 200


@pytest.mark.parametrize("number", ["0", "-1", str(2**63), "9" * 400, "1.5", "one", "%00", "%2e%2e", "1%00", "'"])
def test_a_listing_that_cannot_exist_is_not_found(number, api, db):
    answer = api.get(f"/api/v1/properties/{number}")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] in ("NOT_FOUND", "PROPERTY_NOT_FOUND")
