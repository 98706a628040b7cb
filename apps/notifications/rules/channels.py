"""Through which channels somebody is told."""

from collections.abc import Iterable, Mapping
from typing import Any

# Each switch of the settings, under the names that clients have used, and what holds when nothing is stored.
_SWITCHES: dict[str, tuple[tuple[str, ...], bool]] = {
    "push": (("push_notifications", "push"), True),
    "email": (("email_notifications", "email"), True),
    "sms": (("sms_notifications",), False),
    "whatsapp": (("whatsapp_notifications",), False),
}


def outlets(
    channels: Iterable[str], *, category: str, priority: str, opt_in: str | None, settings: Mapping[str, Any]
) -> list[str]:
    """The channels beside the app's own list, given what a type of notices declares and what the person has chosen.

    What is critical goes through all of its channels. Marketing needs the person's consent, and its mail
    `promotional_emails` as well; a type's opt-in is a setting, or a category, that must not be off. What may go by SMS
    goes by WhatsApp too, to whoever asked for that, and never to others.
    """
    declared = [channel for channel in channels if channel in _SWITCHES]
    if "sms" in declared and _is_on("whatsapp", settings):
        declared.append("whatsapp")
    if priority == "critical":
        return declared
    is_marketing = category == "marketing"
    if not _is_wanted(is_marketing, opt_in, settings):
        return []
    refused = {"email"} if is_marketing and settings.get("promotional_emails") is False else set()
    return [channel for channel in declared if channel not in refused and _is_on(channel, settings)]


def _is_wanted(is_marketing: bool, opt_in: str | None, settings: Mapping[str, Any]) -> bool:
    categories = settings.get("categories")
    chosen: Mapping[str, Any] = categories if isinstance(categories, dict) else {}
    if is_marketing and chosen.get("promotions") is False:
        return False
    return opt_in is None or (settings.get(opt_in) is not False and chosen.get(opt_in) is not False)


def _is_on(channel: str, settings: Mapping[str, Any]) -> bool:
    names, otherwise = _SWITCHES[channel]
    given = next((settings[name] for name in names if name in settings), otherwise)
    return given if isinstance(given, bool) else otherwise
