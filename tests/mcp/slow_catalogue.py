"""Tools of the tests, beside those of the platform: one that takes its time, in steps that the database keeps.

Run by a live server in place of the application: it is the application, with two more tools.
"""

import time
from typing import Any

from config.asgi import application as application  # isort: skip -- sets Django up, first of all

from django.db import transaction

from apps.support.models import FAQ
from ghar import calls
from ghar.actors import Actor
from ghar.answers import Answer
from ghar.tools import Audience, tool

STEP_S = 0.05


class Steps(Answer):
    """How many there were."""

    steps: int


@tool("slow_read", on={Audience.GUEST}, title="Take Time", answers=Steps)
def slow_read(actor: Actor, steps: int) -> dict[str, Any]:
    """Do something in steps, and tell of each."""
    for step in range(steps):
        calls.report(step + 1, of=steps, message=f"Step {step + 1}")
        time.sleep(STEP_S)
    return {"steps": steps}


@tool("slow_write", on={Audience.GUEST}, title="Write for a While", answers=Steps, writes=True)
def slow_write(actor: Actor, steps: int) -> dict[str, Any]:
    """Write a row a step, all of them or none."""
    with transaction.atomic():
        for step in range(steps):
            FAQ.objects.create(question=f"Step {step}?", answer="Yes.")
            calls.report(step + 1, of=steps)
            time.sleep(STEP_S)
    return {"steps": steps}
