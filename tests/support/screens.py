"""Actions of staff screens as a browser carries them out: asked about, and confirmed."""

from typing import Any


def act(client: Any, url: str, body: dict[str, Any], *, reason: str = "It has to be so") -> Any:
    """Post an action, say yes when it is asked about, and follow to where that leads."""
    answer = client.post(url, body, follow=True)
    return confirm(client, url, answer, reason=reason) if is_asked(answer) else answer


def is_asked(answer: Any) -> bool:
    """Is this the page that asks?"""
    return answer.context is not None and "question" in answer.context


def confirm(client: Any, url: str, page: Any, *, reason: str = "It has to be so") -> Any:
    """Say yes on the page that asks."""
    body: dict[str, list[str]] = {}
    for name, value in page.context["repeated"]:
        body.setdefault(name, []).append(value)
    return client.post(url, {**body, "reason": reason}, follow=True)
