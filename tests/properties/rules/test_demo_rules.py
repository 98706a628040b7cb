"""Demo listings and pictures are made up the same way every time, within the marketplace's rules."""

from hypothesis import given
from hypothesis import strategies as st

from apps.properties.rules import demo_listings, pictures

numbers = st.integers(min_value=0, max_value=demo_listings.COUNT - 1)


@given(numbers)
def test_a_number_is_always_the_same_listing(number: int) -> None:
    assert demo_listings.listing(number) == demo_listings.listing(number)


@given(numbers)
def test_a_listing_keeps_the_rules_of_the_marketplace(number: int) -> None:
    made = demo_listings.listing(number)
    values = made.values
    assert values["base_price"] > 0
    assert len(values["title"]) <= 200
    assert 28.3 < made.position[0] < 28.6
    assert 76.8 < made.position[1] < 77.2
    if values["purpose"] == "rent":
        assert values["monthly_rent"] == values["base_price"]
    if values["property_type"] in ("pg", "flatmate"):
        assert values["purpose"] == "rent"
    assert all(kind in pictures.KINDS for kind, _ in made.pictures)


def test_people_will_find_something_park_facing_and_something_near_the_metro() -> None:
    texts = [demo_listings.listing(number).values["description"].lower() for number in range(200)]
    assert any("park facing" in text for text in texts)
    assert any("near metro" in text for text in texts)


def test_a_picture_is_always_the_same_and_variants_differ() -> None:
    assert pictures.draw("villa", 1) == pictures.draw("villa", 1 + pictures.VARIANTS)
    assert pictures.draw("villa", 1) != pictures.draw("villa", 2)
