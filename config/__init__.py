"""Names the queue, so that every process that has settings puts its jobs into the same one.

It comes first in every process, so it also says how often Python looks for garbage meanwhile.
"""

from ghar import garbage

garbage.look_seldom()

from config.celery import app  # noqa: E402 -- what this imports is most of it

__all__ = ["app"]
