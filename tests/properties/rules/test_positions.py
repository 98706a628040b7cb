"""Where a listing lies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.properties.rules import positions
from apps.properties.rules.cells import UnreadableError

CENTRES = {"sector 5": (28.4794, 77.0176), "sector 37a": (28.4419, 76.9924), "manesar": (28.3515, 76.9428)}


def test_coordinates_are_read_with_their_sides() -> None:
    assert positions.coordinates("28.3663° N, 76.9456° E") == (28.3663, 76.9456)
    assert positions.coordinates("28.3663 s,76.9456 w") == (-28.3663, -76.9456)


@pytest.mark.parametrize(
    "text", ["", "28.3663, 76.9456", "91° N, 10° E", "10° N, 181° E", "10° E, 10° N", "x° N, y° E"]
)
def test_what_is_no_position_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        positions.coordinates(text)


@given(st.decimals(-90, 90, places=4), st.decimals(-180, 180, places=4))
def test_coordinates_come_back_from_their_printed_form(latitude: object, longitude: object) -> None:
    north, east = float(str(latitude)), float(str(longitude))
    printed = f"{abs(north):.4f}° {'N' if north >= 0 else 'S'}, {abs(east):.4f}° {'E' if east >= 0 else 'W'}"
    assert positions.coordinates(printed) == (north, east)


@given(st.text())
def test_no_text_ends_otherwise_than_in_a_position_or_unreadable(text: str) -> None:
    positions.position(text, text, CENTRES)
    positions.place_key(text)
    positions.pincode(text)
    try:
        latitude, longitude = positions.coordinates(text)
    except UnreadableError:
        return
    assert abs(latitude) <= 90
    assert abs(longitude) <= 180


@pytest.mark.parametrize(
    ("place", "address", "key"),
    [
        ("Sector 5 Gurgaon", "", "sector 5"),
        ("Sector 37A Gurgaon", "", "sector 37a"),
        ("URBAN ESTATE, SECTOR-5", "", "sector 5"),
        ("Part 3 Sector 5 Gurgaon", "", "sector 5"),
        ("IMT Manesar", "", "manesar"),
        ("Plot Sector 5 Imt Manesar", "", "manesar"),
        ("New Colony", "12 New Colony, Sector 5, Gurgaon, Haryana", "sector 5"),
        ("Sector 37A Gurgaon", "Sector 5, Gurgaon, Haryana", "sector 37a"),
    ],
)
def test_the_place_that_a_listing_names_is_found(place: str, address: str, key: str) -> None:
    assert positions.position(f"3 Bedroom House for sale in {place}", address, CENTRES) == CENTRES[key]


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("DLF Phase 1", ""),
        ("Sector 5A Gurgaon", ""),
        ("Sector 5 Faridabad", ""),
        ("Sector-5 Sohna", ""),
        ("New Colony", "Near Sector 5 market, Gurgaon, Haryana"),
        ("Sector 5 Gurgaon", "Golf Links, Sector 5, Sohna, Gurgaon, Haryana"),
        ("Sector 5A Gurgaon", "Sector 5, Gurgaon, Haryana"),
    ],
)
def test_a_place_that_the_geo_file_does_not_have_is_not_guessed(place: str, address: str) -> None:
    assert positions.position(f"3 Bedroom House for sale in {place}", address, CENTRES) is None


def test_a_road_to_another_town_is_not_that_town() -> None:
    address = "Sohna Road, Sector 5, Gurgaon, Haryana"
    assert positions.position("House for sale in Sohna Road", address, CENTRES) == CENTRES["sector 5"]


def test_the_locality_is_the_titles_place_without_the_city() -> None:
    assert positions.named_place("5 Bedroom House for sale in Sector 109 Gurgaon") == "Sector 109"
    assert positions.named_place("5 Bedroom House") is None


def test_a_pin_code_is_one_of_haryanas() -> None:
    assert positions.pincode("New Colony, Haryana - 122001") == "122001"
    assert positions.pincode("00001425, Delhi 110001, 0122001") is None
