"""Who looks at a listing: a person, or a machine that fetches previews. Pure."""

import re

_MACHINES = re.compile(
    "bot|crawler|spider|slurp|preview|facebookexternalhit|whatsapp|telegram|curl/|headless|monitor", re.IGNORECASE
)


def is_machine(user_agent: str) -> bool:
    """Does it call itself one?"""
    return _MACHINES.search(user_agent) is not None
