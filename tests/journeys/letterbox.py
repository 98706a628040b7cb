"""A mail server that keeps what it is given: as much of SMTP (RFC 5321) as a sender without TLS speaks."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

ANSWERS = {b"EHLO": b"250 letterbox", b"DATA": b"354 go on", b"QUIT": b"221 bye"}


class Letterbox(socketserver.ThreadingTCPServer):
    """Listens on a free loopback port. `letters` are those that came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.port = self.socket.getsockname()[1]
        self.letters: list[EmailMessage] = []

    def letters_to(self, address: str) -> list[EmailMessage]:
        """The letters to somebody."""
        return [letter for letter in self.letters if letter["To"] == address]


class _Conversation(socketserver.StreamRequestHandler):
    server: Letterbox

    def handle(self) -> None:
        self._say(b"220 letterbox")
        while line := self.rfile.readline():
            word = line[:4].upper()
            self._say(ANSWERS.get(word, b"250 fine"))
            if word == b"DATA":
                self.server.letters.append(self._letter())
                self._say(b"250 kept")
            elif word == b"QUIT":
                return

    def _letter(self) -> EmailMessage:
        lines = iter(self.rfile.readline, b".\r\n")
        content = b"".join(line.removeprefix(b".") for line in lines)
        return cast("EmailMessage", message_from_bytes(content, policy=policy.default))

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


@contextmanager
def letterbox() -> Iterator[Letterbox]:
    """One that is open."""
    with Letterbox() as box:
        threading.Thread(target=box.serve_forever, args=(0.02,), daemon=True).start()
        yield box
        box.shutdown()
