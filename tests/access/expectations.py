"""What a declaration means for each person, and the comparison with what happened."""

from typing import Any

from ghar.api.access import Access

ANONYMOUS, SUSPENDED = "anonymous", "suspended"
AGENTS, ADMINS = frozenset({"agent", "other_agent"}), frozenset({"admin"})
ADMITTED = {Access.AGENT: AGENTS, Access.ADMIN: ADMINS, Access.STAFF: AGENTS | ADMINS}
REFUSALS = {
    Access.AGENT: "AGENT_REQUIRED",
    Access.ADMIN: "ADMIN_REQUIRED",
    Access.STAFF: "INSUFFICIENT_PERMISSIONS",
}
ENTRANCE = frozenset({*REFUSALS.values(), "AUTH_HEADER_MISSING", "USER_INACTIVE"})
"""The codes of refusals at the entrance. Behind it, an operation may refuse by finer rules with codes of its own."""

IN = "let in"
PAGE = "a page"
"""What came for people to look at. The entrance answers JSON, so a refusal on a page was made behind it."""


def expected(access: Access, who: str) -> str:
    """`let in`, or the status and code that this person meets at the entrance."""
    if access in (Access.PUBLIC, Access.OPTIONAL):
        return IN
    if access is Access.KEYED:
        return "refused without the key"
    if who == ANONYMOUS:
        return "401 AUTH_HEADER_MISSING"
    if who == SUSPENDED:
        return "403 USER_INACTIVE"
    if access in ADMITTED and who not in ADMITTED[access]:
        return f"403 {REFUSALS[access]}"
    return IN


def outcome(access: Access, status: int, body: Any) -> str:
    """The same words for what happened."""
    if access is Access.KEYED:
        return "refused without the key" if status in (401, 403) else IN
    if status not in (401, 403) or body == PAGE:
        return IN
    code = body.get("error", {}).get("code") if isinstance(body, dict) else None
    if access not in (Access.PUBLIC, Access.OPTIONAL) and code not in ENTRANCE:
        return IN
    return f"{status} {code}"
