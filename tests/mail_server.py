"""A real SMTP server for the tests, on the port that EMAIL_URL names, which may also misbehave."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller
from django.conf import settings


@dataclass(frozen=True)
class Letter:
    """A mail as the server took it: who is to get it, what it says, and to whom it comes back (`sender`)."""

    to: list[str]
    message: EmailMessage
    sender: str = ""

    @property
    def text(self) -> str:
        """Its body."""
        return str(self.message.get_content()).replace("\r\n", "\n")


@dataclass
class PostOffice:
    """Takes every letter, unless it is told to refuse them, to go away once it has one, or not to answer at all.

    `closed` are the readers to whom it takes nothing.
    """

    letters: list[Letter] = field(default_factory=list)
    refusal: str = ""
    closed: set[str] = field(default_factory=set)
    silent: bool = False
    holds: bool = False
    taken: Event = field(default_factory=Event)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, rcpt_options: list[str]
    ) -> str:
        """Answer to whom a letter is to go."""
        if address in self.closed:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Answer a letter that was sent whole."""
        if self.refusal:
            return self.refusal
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.letters.append(Letter(list(envelope.rcpt_tos), message, envelope.mail_from or ""))
        self.taken.set()
        if self.silent:
            server.transport.abort()
        while self.holds:
            await asyncio.sleep(0.02)
        return "250 taken"


@contextmanager
def mail_server() -> Iterator[PostOffice]:
    """The server, for as long as the block lasts."""
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    try:
        yield office
    finally:
        office.holds = False
        controller.stop()
