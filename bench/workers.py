"""Processes of the harness that wait for a function to run: the load generator, and the clients by hand."""

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

_FORK = multiprocessing.get_context("fork")


class Worker:
    """One process. `begin` starts a function in it and `result` waits for what it gives or raises."""

    def __init__(self, name: str) -> None:
        self._pipe, inner = _FORK.Pipe()
        self._process = _FORK.Process(target=_work, args=(inner,), name=name, daemon=True)
        self._process.start()
        inner.close()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid or 0

    def begin(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Start a function of a module, by its name."""
        self._pipe.send((function, arguments))

    def is_ready(self) -> bool:
        """Is there a result?"""
        return self._pipe.poll()

    def result(self) -> Any:
        """What it gave. Raises what it raised."""
        value = self._pipe.recv()
        if isinstance(value, BaseException):
            raise value
        return value

    def end(self) -> None:
        """End the process."""
        self._pipe.send(None)
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()


def _work(pipe: Connection) -> None:
    while (order := _next(pipe)) is not None:
        function, arguments = order
        try:
            pipe.send(function(*arguments))
        except Exception as failure:  # noqa: BLE001 - raised by `result`
            pipe.send(failure)


def _next(pipe: Connection) -> tuple[Callable[..., Any], tuple[Any, ...]] | None:
    """What to do next; None for the end, also when the harness was killed."""
    parent = os.getppid()
    try:
        while not pipe.poll(2):
            if os.getppid() != parent:
                return None
        order: tuple[Callable[..., Any], tuple[Any, ...]] | None = pipe.recv()
    except (EOFError, KeyboardInterrupt):
        return None
    return order
