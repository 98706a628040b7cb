"""Names the queue, so that every process that has settings puts its jobs into the same one.

It comes first in every process, and sets how often Python looks for garbage: what modules and models are made of stays,
and looking through it after every 700 objects took a sixth of the time that a process needs to start.
"""

import gc

gc.set_threshold(50_000, 10, 10)

from config.celery import app  # noqa: E402 -- what this imports is most of it

__all__ = ["app"]
