"""Demo data in small: fewer of everything than the real load has, because each is made like the others."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from apps.accounts.services import demo as people
from apps.properties.rules import demo_listings, pictures

OF_EACH = 10
"""Owners and seekers; all the staff."""


def make_small(settings: Any, patch: pytest.MonkeyPatch, files: Path, *, listings: int) -> None:
    """As long as the patch lasts; pictures go into that folder."""
    settings.MEDIA_ROOT = files
    patch.setattr(pictures, "VARIANTS", 1)
    patch.setattr(demo_listings, "COUNT", listings)
    parts: Counter[str] = Counter()
    few = []
    for person in people.PEOPLE:
        parts[person.part] += 1
        if parts[person.part] <= OF_EACH:
            few.append(person)
    patch.setattr(people, "PEOPLE", few)
