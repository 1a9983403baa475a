"""A mail server that misbehaves at whichever step of the talk it is told to: raw SMTP, on the port of EMAIL_URL."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread

from django.conf import settings

# What it says where nothing else was asked for. “text” is its answer to a mail that it was given whole.
ANSWERS = {
    "greeting": "220 here",
    "EHLO": "250 here",
    "HELO": "250 here",
    "MAIL": "250 yes",
    "RCPT": "250 yes",
    "DATA": "354 go on",
    "text": "250 taken",
    "RSET": "250 yes",
    "QUIT": "221 bye",
}
HANG, CLOSE = "hang", "close"


@dataclass
class Wayward:
    """`answers` are other answers by step: a line of SMTP, HANG for none at all, or CLOSE to go away without one."""

    answers: dict[str, str] = field(default_factory=dict)
    letters: list[bytes] = field(default_factory=list)  # those that it was given whole
    reached: Event = field(default_factory=Event)  # it hangs
    over: Event = field(default_factory=Event)

    @property
    def given(self) -> int:
        """How many letters it was given whole."""
        return len(self.letters)

    def talk(self, peer: socket.socket) -> None:
        """One connection, to its end."""
        with closing(peer), peer.makefile("rb") as lines, suppress(OSError):
            if not self._answer(peer, "greeting"):
                return
            while line := lines.readline():
                step = line.split()[0].decode().upper() if line.split() else ""
                if not self._answer(peer, step):
                    return
                if step == "DATA" and "DATA" not in self.answers:
                    self.letters.append(b"".join(iter(lines.readline, b".\r\n")))
                    if not self._answer(peer, "text"):
                        return

    def _answer(self, peer: socket.socket, step: str) -> bool:
        """Whether the talk goes on."""
        answer = self.answers.get(step) or ANSWERS.get(step, "500 what?")
        if answer == HANG:
            self.reached.set()
            self.over.wait(60)
        if answer in (HANG, CLOSE):
            return False
        peer.sendall(f"{answer}\r\n".encode())
        return True


@contextmanager
def wayward_mail_server(secure: ssl.SSLContext | None = None) -> Iterator[Wayward]:
    """The server, for as long as the block lasts; encrypted from the start if it is given with what."""
    office = Wayward()
    with closing(socket.create_server(("127.0.0.1", settings.EMAIL_PORT))) as door:

        def let_in() -> None:
            with suppress(OSError):  # the door is closed
                while True:
                    peer, _ = door.accept()
                    peer = secure.wrap_socket(peer, server_side=True) if secure else peer
                    Thread(target=office.talk, args=(peer,), daemon=True).start()

        welcome = Thread(target=let_in, daemon=True)
        welcome.start()
        try:
            yield office
        finally:
            office.over.set()
            door.shutdown(socket.SHUT_RDWR)
            welcome.join(10)
