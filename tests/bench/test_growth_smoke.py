"""A small comparison of two small data sets."""

from collections.abc import Iterator

import pytest

from bench import database
from bench.growth import command, plans
from bench.growth.cases import SEARCHES
from tests.support import template

SMALL = command.Size(small=100, large=400, rounds=2, explained=1, paths=1)


@pytest.fixture
def both(name: str) -> Iterator[str]:
    """Two databases with every table and no row, for the harness to fill."""
    names = [f"{name}_{listings}" for listings in (SMALL.small, SMALL.large)]
    for one in names:
        template.copy(one)
        database.note_migrated(one)
    yield name
    for one in names:
        database.drop(one)


def test_every_search_is_compared(both: str) -> None:
    said: list[str] = []
    result = command.run(SMALL, said.append, name=both)
    assert set(result["minutes_to_load"]) == {f"{both}_100", f"{both}_400"}
    assert [one["search"] for one in result["searches"]] == [search.name for search in SEARCHES]
    figures = [one[side] for one in result["searches"] for side in ("small", "large")]
    assert all(figure["ms"] > 0 and figure["pick_ms"] > 0 for figure in figures)
    everything = result["searches"][-1]
    assert everything["large"]["rows"] > everything["small"]["rows"] > 90
    assert len(result["checks"]) == sum(search.held for search in SEARCHES)
    shown = "\n".join(command.lines(result, with_plans=True))
    assert "properties_location" in shown

    with database.connect(f"{both}_400") as connection:
        rows = connection.execute(
            "SELECT amenity_words, (SELECT string_agg(a.title, ', ' ORDER BY a.title) FROM property_amenities pa "
            "JOIN amenities a ON a.id = pa.amenity_id WHERE pa.property_id = p.id) FROM properties p"
        ).fetchall()
        indexes = connection.execute("SELECT count(*) FROM pg_indexes WHERE indexname = 'properties_search'").fetchone()
    assert len(rows) == 400
    assert all(kept == linked for kept, linked in rows)
    assert indexes == (1,)
    assert command.run(SMALL, said.append, name=both, only=["nearest"])["minutes_to_load"] == {}


def test_the_rows_of_a_page_are_told_from_its_shape() -> None:
    scan = {"Node Type": "Seq Scan", "Relation Name": "properties", "Actual Rows": 3, "Actual Loops": 2,
            "Rows Removed by Filter": 4, "Plan Rows": 9, "Shared Hit Blocks": 5, "Shared Read Blocks": 1,
            "Actual Total Time": 1.5, "Filter": "x" * 200}  # fmt: skip
    pick = {"Node Type": "WindowAgg", "Plans": [scan], "Actual Rows": 6, "Actual Loops": 1, "Plan Rows": 9,
            "Shared Hit Blocks": 5, "Shared Read Blocks": 1, "Actual Total Time": 2.5}  # fmt: skip
    told = plans.told({"Node Type": "Nested Loop", "Plans": [pick, scan]})
    assert (told.pick_ms, told.blocks, told.rows) == (2.5, 6, 14)
    shown = list(plans.lines(pick))
    assert shown[1].startswith("  Seq Scan properties: 3 rows x 2 of 9, 6 blocks")
    assert shown[2].endswith("...")
