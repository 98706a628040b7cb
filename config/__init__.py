"""Names the queue, so that every process that has settings puts its jobs into the same one."""

from config.celery import app

__all__ = ["app"]
