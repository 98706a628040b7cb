"""Commands to Redis over a connection of the thread's own, for what nearly every request does.

Most of what a command costs in redis-py's client is its pool: a connection is taken from it, looked at, measured and
given back, seventy calls around two of the system. Here a thread keeps one connection of the library's. A command
may be sent now and its reply read when it is needed, so that Redis counts while the request finds its view.
"""

import os
import threading
from collections import deque
from typing import Any

import hiredis
import redis
from redis.connection import ConnectionInterface
from redis.exceptions import ConnectionError as ConnectionLost
from redis.exceptions import RedisError, ResponseError

from ghar.shared_redis import redis_client

Words = tuple[bytes | str | int, ...]
_UNREAD = object()


class Reply:
    """What Redis answers to a command that was sent."""

    def __init__(self, line: "_Line", words: Words) -> None:
        self._line = line
        self._words = words
        self.answer: Any = _UNREAD  # then a value, or the error that it was
        """For the line alone; others `read`. Not `_UNREAD` when it has come, or it is known that it never will."""

    def read(self) -> Any:
        """Texts as bytes, numbers, lists of them. Raises RedisError.

        When the connection was lost meanwhile, the command is sent once more over another: it must be one that may
        run twice.
        """
        self._line.read_until(self)
        if isinstance(self.answer, ConnectionLost):
            again = self._line.send(self._words)
            self._line.read_until(again)
            self.answer = again.answer
        if isinstance(self.answer, RedisError):
            raise self.answer
        return self.answer


class _Line:
    """A connection, and the commands sent over it whose replies nobody has read yet, in their order."""

    def __init__(self, connection: ConnectionInterface) -> None:
        self._connection = connection
        self._unread: deque[Reply] = deque()

    def send(self, words: Words) -> Reply:
        reply = Reply(self, words)
        packed = [hiredis.pack_command(words)]  # type: ignore[arg-type]
        try:
            self._connection.send_packed_command(packed)
        except ConnectionLost:
            self._lose()
            self._connection.send_packed_command(packed)  # connects anew
        except BaseException:
            self._lose()
            raise
        self._unread.append(reply)
        return reply

    def read_until(self, reply: Reply) -> None:
        while reply.answer is _UNREAD:
            self._read_next()

    def _read_next(self) -> None:
        reply = self._unread.popleft()
        try:
            reply.answer = self._connection.read_response()
        except ResponseError as refused:
            reply.answer = refused
        except RedisError as fault:
            reply.answer = fault
            self._lose()
        except BaseException:
            self._lose()
            raise

    def _lose(self) -> None:
        """Break off: what was not read to its end would answer the next command."""
        self._connection.disconnect()
        for reply in self._unread:
            reply.answer = ConnectionLost("The connection was lost before the reply was read.")
        self._unread.clear()


class _Own(threading.local):
    """What a thread has: its line, for the client and the process that it was made for."""

    client: redis.Redis | None = None
    process = 0
    line: _Line


_own = _Own()


def send(*words: bytes | str | int) -> Reply:
    """Send one command; its reply is read with what is sent next, or when it is asked for. Raises RedisError."""
    client, process = redis_client(), os.getpid()
    if _own.client is not client or _own.process != process:  # of another address, or of before a fork
        pool = client.connection_pool  # which would count it for ever, though threads end
        _own.line = _Line(pool.connection_class(**pool.connection_kwargs))
        _own.client, _own.process = client, process
    return _own.line.send(words)


def command(*words: bytes | str | int) -> Any:
    """Send one command and wait for its reply. Raises RedisError."""
    return send(*words).read()
