"""Two imports of the same feed at the same time take turns and store each row once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.properties.models import Property
from apps.properties.services import importing
from tests.properties import feed


@pytest.mark.django_db(transaction=True)
def test_no_row_is_stored_twice_and_none_is_refused(tmp_path: Path) -> None:
    rows = [feed.house(property_id=f"H{n}") for n in range(150)]
    (tmp_path / "backwards").mkdir()
    files = [feed.write(tmp_path, *rows), feed.write(tmp_path / "backwards", *reversed(rows))]
    together = Barrier(2)

    def run(paths: tuple[Path, Path]) -> importing.Report:
        together.wait()
        try:
            return importing.system_import_listings(paths[0], geo_path=paths[1])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(run, files)
    assert Property.objects.count() == 150
    assert User.objects.count() == 1
    assert one.loaded + other.loaded == 150
    assert one.unchanged + other.unchanged == 150
    assert one.skipped == other.skipped == []
