"""A cable between the application and a service that a test can pull out and plug in again."""

import contextlib
import select
import socket
import threading


class Cable:
    """Forwards a loopback port to a service. `cut` refuses new connections and resets those there are."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._listener: socket.socket | None = None
        self.port = 0
        self.mend()

    def mend(self) -> None:
        """Listen again, on the same port as before."""
        listener = socket.create_server(("127.0.0.1", self.port), backlog=256)
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def cut(self) -> None:
        """What a killed server looks like from the other end."""
        with self._lock:
            if self._listener is not None:
                end_all(self._listener)
                self._listener.close()
            self._listener = None
            end_all(*self._open)
            self._open = []

    def _accept(self, listener: socket.socket) -> None:
        while self._listener is listener:
            try:
                client, _ = listener.accept()
                service = socket.create_connection(self._target)
            except OSError:
                return
            with self._lock:
                self._open += [client, service]
                if self._listener is not listener:
                    end_all(client, service)
            threading.Thread(target=forward, args=(client, service), daemon=True).start()


def end_all(*ends: socket.socket) -> None:
    """Wake whoever reads from these; the reader closes them."""
    for end in ends:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def forward(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until either end closes."""
    across = {one: other, other: one}
    with contextlib.suppress(OSError, ValueError), one, other:
        while True:
            for ready in select.select([one, other], [], [])[0]:
                if not (data := ready.recv(65536)):
                    return
                across[ready].sendall(data)
