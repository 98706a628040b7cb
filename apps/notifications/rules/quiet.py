"""When somebody wants to be left alone."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

INDIA = ZoneInfo("Asia/Kolkata")
_NAMES = ("quietHours", "quiet_hours")
_BEGINS, _ENDS = ("start", "from"), ("end", "to", "until")


def quiet_until(settings: Mapping[str, Any], now: datetime) -> datetime | None:
    """When the quiet hours of these settings end, if `now` (aware) is within them; None when it is not.

    They are `{"start": "22:00", "end": "07:00"}`, on the clock of India unless `timezone` names another. What cannot
    be read disturbs nobody's messages: there are no quiet hours then.
    """
    given: Mapping[str, Any] = next((settings[name] for name in _NAMES if isinstance(settings.get(name), dict)), {})
    begins, ends = _time_in(given, _BEGINS), _time_in(given, _ENDS)
    if begins is None or ends is None or str(given.get("enabled", "true")).lower() == "false":
        return None
    here = now.astimezone(_zone_in(given))
    if not _is_between(here.time(), begins, ends):
        return None
    day = here.date() if here.time() < ends else here.date() + timedelta(days=1)
    return datetime.combine(day, ends, tzinfo=here.tzinfo)


def _is_between(moment: time, begins: time, ends: time) -> bool:
    """Also over midnight. What begins when it ends is no time at all."""
    if begins <= ends:
        return begins <= moment < ends
    return moment >= begins or moment < ends


def _time_in(given: Mapping[str, Any], names: tuple[str, ...]) -> time | None:
    text = next((given[name] for name in names if name in given), None)
    try:
        return time.fromisoformat(str(text)).replace(tzinfo=None)
    except ValueError:
        return None


def _zone_in(given: Mapping[str, Any]) -> tzinfo:
    try:
        return ZoneInfo(str(given.get("timezone", INDIA.key)))
    except (ValueError, OSError, KeyError):
        return INDIA
