"""Asynchronous doors call tools in threads that may use the database."""

import asyncio
from contextvars import ContextVar
from typing import Any

import pytest
from django.db import connection

from ghar.actors import ANONYMOUS, Actor
from ghar.answers import Answer
from ghar.db import threads
from ghar.tools import Audience, acall, tool

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("registry")]
request_id: ContextVar[str] = ContextVar("request_id")


def test_a_tool_sees_the_database_and_the_context_of_its_request():
    def look(actor: Actor) -> dict[str, Any]:
        """Ask the database, and say whose request this is."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 42")
            return {"found": cursor.fetchone()[0], "request": request_id.get()}

    tool("look", on={Audience.GUEST}, title="Look", answers=Answer)(look)

    async def ask() -> Any:
        request_id.set("abc")
        async with threads.running():  # whose end closes the connection, so that the database can be dropped
            return await acall(ANONYMOUS, "look")

    assert asyncio.run(ask()).data == {"found": 42, "request": "abc"}
