"""Who looks at a listing: a person, or a machine that fetches previews. Pure."""

_MACHINES = (
    "bot", "crawler", "spider", "slurp", "preview", "facebookexternalhit", "whatsapp", "telegram", "curl/",
    "headless", "monitor",
)  # fmt: skip


def is_machine(user_agent: str) -> bool:
    """Does it call itself one?"""
    name = user_agent.lower()
    return any(word in name for word in _MACHINES)
