"""Actions of staff screens that are asked about first: a page says what happens to whom, and a click there does it.

    @admin.action(description="Suspend", permissions=["change"])
    @asks("They are locked out of everything at once.")
    def suspend(self, request, queryset): ...

The page repeats what was chosen, names the rows themselves and needs no script. Its word counts once: whoever clicks
twice, or goes back and sends it again, does nothing a second time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from ghar.store.namespaces import Namespace

MOST = 500
"""Rows that one click may concern."""
KEPT_S = 3600
LONGEST_REASON = 500
WORD, REASON = "confirmed", "reason"
ASKED = Namespace("asked_actions", most_entries=20_000, most_bytes=4_000_000)


@dataclass(frozen=True)
class Question:
    """What an action will do, in a sentence, and what its reason is called; without a name it has none."""

    consequence: str
    reason: str = ""
    needs_reason: bool = False


def asks(consequence: str, *, reason: str = "", needs_reason: bool = False) -> Callable[[Any], Any]:
    """Have an action of a list, or a button of a form, asked about before it is carried out."""
    question = Question(consequence, reason, needs_reason)

    def decorate(action: Any) -> Any:
        @wraps(action)
        def asked(screen: Any, request: HttpRequest, chosen: Any) -> Any:
            if not isinstance(chosen, QuerySet):  # a button, which the screen has asked about already
                return action(screen, request, chosen)
            rows = list(chosen[: MOST + 1])
            return ask(screen, request, asked, rows) or action(screen, request, rows)

        asked.question = question  # type: ignore[attr-defined]  # found again below the decorators that name an action
        return asked

    return decorate


def ask(
    screen: Any, request: HttpRequest, action: Any, rows: Sequence[Model], *, button: str = ""
) -> HttpResponse | None:
    """The page that asks, a refusal, or None when it was answered. Of the form around a button, which is named, nothing
    but the button is repeated."""
    if not rows:
        return None
    if len(rows) > MOST:
        return _refuse(screen, request, f"At most {MOST} at a time.")
    question: Question = action.question
    word = request.POST.get(WORD)
    missing = question.needs_reason and not given_reason(request)
    if word is None:
        return _page(screen, request, action, rows, button=button)
    if ASKED.take(word) != _about(request, action):
        return _refuse(screen, request, "This was done already, or was asked too long ago.")
    return _page(screen, request, action, rows, button=button, is_missing=True) if missing else None


def given_reason(request: HttpRequest) -> str:
    """The reason that was typed, or nothing."""
    return request.POST.get(REASON, "").strip()[:LONGEST_REASON]


def _refuse(screen: Any, request: HttpRequest, message: str) -> HttpResponse:
    screen.message_user(request, message, messages.WARNING)
    return HttpResponseRedirect(request.get_full_path())


def _about(request: HttpRequest, action: Any) -> bytes:
    return f"{request.user.pk} {request.path} {action.__name__}".encode()


def _page(
    screen: Any, request: HttpRequest, action: Any, rows: Sequence[Model], *, button: str, is_missing: bool = False
) -> TemplateResponse:
    word = uuid4().hex
    ASKED.put(word, _about(request, action), seconds=KEPT_S)
    context = {
        **screen.admin_site.each_context(request),
        "title": f"{action.short_description}?",
        "opts": screen.opts,
        "question": action.question,
        "rows": [(row.pk, screen.describe(row)) for row in rows],
        "count": len(rows),
        "does": action.short_description,
        "repeated": [*([(button, "1")] if button else _repeated(request, rows)), (WORD, word)],
        "is_button": bool(button),
        "back": request.get_full_path(),
        "reason": given_reason(request),
        "is_missing": is_missing,
        "longest_reason": LONGEST_REASON,
    }
    return TemplateResponse(request, "admin/asked.html", context)


_OURS = {"csrfmiddlewaretoken", WORD, REASON}


def _repeated(request: HttpRequest, rows: Sequence[Model]) -> list[tuple[str, str]]:
    """What was posted; of a choice "all of them" becomes those that are named."""
    posted = [(name, str(value)) for name, values in request.POST.lists() for value in values if name not in _OURS]
    if ACTION_CHECKBOX_NAME not in request.POST:
        return posted
    others = [(name, value) for name, value in posted if name not in (ACTION_CHECKBOX_NAME, "select_across")]
    return [*others, *((ACTION_CHECKBOX_NAME, str(row.pk)) for row in rows)]
