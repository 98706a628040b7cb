"""The data set."""

from statistics import mean

from bench import dataset


def _rows(listings: int) -> dict[str, list[dataset.Row]]:
    return {table: list(rows) for table, rows in dataset.tables(listings, list(range(1, 47)))}


def test_it_is_the_same_every_time() -> None:
    assert _rows(30) == _rows(30)


def test_it_has_six_images_and_eight_and_a_half_amenities_a_listing() -> None:
    rows = _rows(400)
    assert len(rows["property_images"]) == 6 * 400
    assert 8 < len(rows["property_amenities"]) / 400 < 9


def test_descriptions_have_sixty_to_a_hundred_words() -> None:
    counts = [len(row["description"].split()) for row in _rows(200)["properties"]]
    assert min(counts) >= 60
    assert max(counts) <= 100
    assert mean(counts) > 75
