"""The names of events on the wire. Clients check them strictly, so an undeclared name is never sent."""

_MEANINGS: dict[str, str] = {}


def declare(name: str, meaning: str) -> str:
    """Add a name: an area does it once, beside what publishes it. Raises ValueError for a second meaning."""
    if _MEANINGS.setdefault(name, meaning) != meaning:
        raise ValueError(f"the event {name!r} is declared already")
    return name


def is_declared(name: str) -> bool:
    """May this name be sent?"""
    return name in _MEANINGS


def meanings() -> dict[str, str]:
    """Every name, with what it says."""
    return dict(_MEANINGS)


NEW_MATCH = declare("new_match", "Two people like each other.")
NEW_MESSAGE = declare("new_message", "A message came: `conversation_id`.")
CONVERSATION_UPDATED = declare("conversation_updated", "A conversation changed: `conversation_id`.")
VISIT_UPDATED = declare("visit_updated", "A visit was made or changed: `visit_id`.")
LISTING_STATUS_CHANGED = declare("listing_status_changed", "A listing has another status: `property_id`.")
NEW_NOTIFICATION = declare("new_notification", "A notice for the person: `title`, `body`, `route`.")
JOB_UPDATE = declare("job_update", "How far a job is: `status`, `progress`, `result`, `error_message`.")
JOB_COMPLETED = declare("job_completed", "A job of the person is done: `job_id`, `result`.")
JOB_FAILED = declare("job_failed", "A job of the person failed: `job_id`, `error`.")
