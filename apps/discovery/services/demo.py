"""Demo swipes: each demo seeker has liked some demo listings and passed others."""

from django.db import transaction

from apps.accounts.services import demo as people
from apps.discovery.models import Swipe, SwipeAction
from apps.properties.services import demo as places
from apps.properties.services import likes
from ghar.progress import Progress

_LIKES, _PASSES = 8, 4


def system_load_demo(progress: Progress) -> dict[str, int]:
    """Add swipes for the demo seekers who have none."""
    with progress.bar("Swipes", 1) as bar, transaction.atomic():
        before = set(Swipe.objects.filter(user__is_seed_data=True).values_list("user_id", flat=True))
        listing_ids = places.system_demo_open_ids()
        seekers = [seeker.pk for seeker in people.system_demo_users("seeker")]
        rows = [
            row
            for place, user_id in enumerate(seekers)
            if user_id not in before and listing_ids
            for row in _swipes(place, user_id, listing_ids)
        ]
        likes.system_hold({row.property_id for row in rows})
        Swipe.objects.bulk_create(rows)
        likes.system_add(_counted(rows, 1))
        bar.advance()
    return {"swipes": len(rows)}


def system_clear_demo(progress: Progress) -> dict[str, int]:
    """Remove what demo people decided about demo listings."""
    with progress.bar("Swipes", 1) as bar, transaction.atomic():
        demo = Swipe.objects.filter(user__is_seed_data=True, property__is_seed_data=True)
        likes.system_hold(set(demo.values_list("property_id", flat=True)))
        rows = list(demo)
        likes.system_add(_counted(rows, -1))
        Swipe.objects.filter(pk__in=[row.pk for row in rows]).delete()
        bar.advance()
    return {"swipes removed": len(rows)}


def _swipes(place: int, user_id: int, listing_ids: list[int]) -> list[Swipe]:
    """Neighbours in the list are alike, so what one seeker likes has something in common."""
    start, count = 11 * place, min(_LIKES + _PASSES, len(listing_ids))
    chosen = [listing_ids[(start + step) % len(listing_ids)] for step in range(count)]
    actions = [SwipeAction.LIKE] * _LIKES + [SwipeAction.PASS] * _PASSES
    return [Swipe(user_id=user_id, property_id=pk, action=action) for pk, action in zip(chosen, actions, strict=False)]


def _counted(rows: list[Swipe], each: int) -> dict[int, int]:
    counted: dict[int, int] = {}
    for row in rows:
        if row.action != SwipeAction.PASS:
            counted[row.property_id] = counted.get(row.property_id, 0) + each
    return counted
