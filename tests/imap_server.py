"""A small IMAP server for the tests, with one folder: what the reader of reports asks of it, and no more."""

import re
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any


@dataclass
class Folder:
    """Mails by their number, with their flags. `falls_silent_at`: after so many mails fetched it hangs up.

    `says_uid_last`: as the example of RFC 3501, 6.4.8. Of `gone` mails it says nothing, by what is asked of them
    (`SIZE` or `BODY`), and those of `refused` it does not give.
    """

    mails: dict[int, bytes] = field(default_factory=dict)
    flags: dict[int, set[str]] = field(default_factory=dict)
    password: str = "secret"
    falls_silent_at: int | None = None
    says_uid_last: bool = False
    gone: dict[int, str] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    fetched: list[int] = field(default_factory=list)
    port: int = 0

    def put(self, raw: bytes) -> int:
        """One more mail; gives its number."""
        number = max(self.mails, default=0) + 1
        self.mails[number], self.flags[number] = raw, set()
        return number

    def where(self, **other: Any) -> dict[str, Any]:
        """The setting by which it is found."""
        own = {"kind": "imap", "host": "127.0.0.1", "port": self.port, "tls": False}
        return own | {"user": "bounces", "password": "secret", "folder": "INBOX"} | other


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.folder: Folder = self.server.folder  # type: ignore[attr-defined]
        self._say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, command, *rest = line.split(" ", 2)
            if not self._answer(tag, command.upper(), rest[0] if rest else ""):
                return

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def _answer(self, tag: str, command: str, rest: str) -> bool:
        if command == "CAPABILITY":
            self._say("* CAPABILITY IMAP4rev1")
        elif command == "LOGIN" and rest != f'bounces "{self.folder.password}"':
            self._say(f"{tag} NO wrong")
            return True
        elif command == "SELECT" and rest != '"INBOX"':
            self._say(f"{tag} NO there is no such folder")
            return True
        elif command == "UID" and rest.startswith("FETCH") and int(rest.split()[1]) in self.folder.refused:
            self._say(f"{tag} NO it is broken")
            return True
        elif command == "UID" and not self._uid(rest):
            return False
        elif command == "EXPUNGE":
            for number in [each for each, flags in self.folder.flags.items() if r"\Deleted" in flags]:
                del self.folder.mails[number], self.folder.flags[number]
        elif command == "LOGOUT":
            self._say("* BYE")
        self._say(f"{tag} OK done")
        return command != "LOGOUT"

    def _uid(self, rest: str) -> bool:
        """SEARCH, FETCH and STORE by number; false if it falls silent."""
        command, _, rest = rest.partition(" ")
        if command == "SEARCH":
            unseen = [str(each) for each, flags in sorted(self.folder.flags.items()) if r"\Seen" not in flags]
            self._say("* SEARCH " + " ".join(unseen))
            return True
        number = int(rest.split()[0])
        raw = self.folder.mails[number]
        if command == "STORE":
            self.folder.flags[number] |= set(re.findall(r"\\\w+", rest))
        elif number in self.folder.gone and self.folder.gone[number] in rest:
            return True
        elif "RFC822.SIZE" in rest:
            told = [f"UID {number}", f"RFC822.SIZE {len(raw)}"]
            self._say(f"* {number} FETCH ({' '.join(reversed(told) if self.folder.says_uid_last else told)})")
        elif len(self.folder.fetched) == self.folder.falls_silent_at:
            return False
        else:
            self.folder.fetched.append(number)
            self.wfile.write(b"* %d FETCH (UID %d BODY[] {%d}\r\n" % (number, number, len(raw)) + raw + b")\r\n")
        return True


@contextmanager
def imap_server() -> Iterator[Folder]:
    """The server, for as long as the block lasts."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        folder = Folder(port=server.server_address[1])
        server.folder = folder  # type: ignore[attr-defined]
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield folder
        finally:
            server.shutdown()
            thread.join()
