"""Somebody who presses Ctrl-C keeps the batches that were finished, and can go on."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.properties.models import Property
from apps.properties.services.importing import BATCH
from tests.properties import feed


class PressesCtrlC(StringIO):
    """Interrupts when the first batch is announced."""

    pressed = False

    def write(self, text: str) -> int:
        if f"{BATCH} of" in text and not self.pressed:
            self.pressed = True
            raise KeyboardInterrupt
        return super().write(text)


@pytest.mark.django_db
def test_whole_batches_stay_and_the_next_run_stores_the_rest(tmp_path: Path) -> None:
    listings, places = feed.write(tmp_path, *(feed.house(property_id=f"H{n}") for n in range(2 * BATCH)))
    out = PressesCtrlC()
    with pytest.raises(CommandError, match="run the same again") as stopped:
        call_command("import_listings", listings, geo=places, stdout=out)
    assert stopped.value.returncode == 130
    assert Property.objects.count() == BATCH
    assert f"loaded {BATCH}" in " ".join(out.getvalue().split())

    call_command("import_listings", listings, geo=places, stdout=StringIO())
    assert Property.objects.count() == 2 * BATCH
