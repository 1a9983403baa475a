"""Where mail goes: EMAIL_URL and EMAIL_FROM as Django's settings, and what happens where no server is named."""

import re
import smtplib
from collections.abc import Sequence
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

# Seconds that each step with the mail server may take.
TIMEOUT = 20
PORTS = {"smtp": 587, "smtps": 465}
IMAP_PORTS = {"imap": 143, "imaps": 993}
MAILBOX_FORM = "imaps://name:password@host/INBOX or maildir:///var/mail/bounces"
SHORTEST_SECRET = 32
FORM = "smtp://name:password@host:587?tls=yes or smtps://name:password@host:465"


class NoServer(BaseEmailBackend):
    """Where no mail server is named nothing is sent, and whoever tries is told so."""

    def open(self) -> bool:
        """Raises OSError, as a server that cannot be reached does."""
        raise OSError("EMAIL_URL is not set")

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Raises OSError."""
        self.open()
        return 0


# What the server says to have the text of a mail next.
GO_ON = 354
# Seconds for its goodbye: whether the mail went is recorded after it.
GOODBYE = 2


class _Listening(smtplib.SMTP):
    """Remembers whether the server was given a mail."""

    is_given = False

    def getreply(self) -> tuple[int, bytes]:
        """The server's answer; raises SMTPServerDisconnected without one."""
        code, words = super().getreply()
        self.is_given = self.is_given or code == GO_ON
        return code, words

    def quit(self) -> tuple[int, bytes]:
        """Say goodbye, and do not wait long for the answer."""
        if self.sock is not None:
            self.sock.settimeout(min(GOODBYE, self.timeout))
        return super().quit()


class _ListeningSecurely(_Listening, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


class Smtp(EmailBackend):
    """Django's, which also tells whether the server was given a mail: only then may it have taken one."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """What speaks SMTP."""
        return _ListeningSecurely if self.use_ssl else _Listening

    def open(self) -> bool | None:
        """Connect, and greet each other. Raises OSError if it comes to nothing."""
        opened = super().open()
        if self.connection is not None:
            self.connection.ehlo_or_helo_if_needed()
        return opened

    @property
    def is_given(self) -> bool:
        """Whether the server has been given a mail in this connection, at least in part."""
        return isinstance(self.connection, _Listening) and self.connection.is_given


def server(url: str, outbox: Path | None) -> dict[str, Any]:
    """Django's settings for that mail server; without one, mails become files in the outbox, if there is one.

    `smtp` with `?tls=yes` begins in plain text and goes on encrypted, `smtps` is encrypted from the start.
    Raises ImproperlyConfigured if the address is not of that form.
    """
    if url:
        return {"EMAIL_BACKEND": "concordat.mail.Smtp", **_smtp(url)}
    if outbox:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": str(outbox)}
    return {"EMAIL_BACKEND": "concordat.mail.NoServer"}


def _smtp(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        asked = parse_qs(parts.query, strict_parsing=True) if parts.query else {}
        port = parts.port or PORTS[parts.scheme]
        tls = asked.pop("tls", ["no"])
        if not parts.hostname or asked or tls not in (["yes"], ["no"]) or parts.path not in ("", "/"):
            raise ValueError(url)
    except (ValueError, KeyError):
        # Not the address itself: it holds a password.
        raise ImproperlyConfigured(f"EMAIL_URL must be like {FORM}.") from None
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp" and tls == ["yes"],
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": TIMEOUT,
    }


def return_address(text: str) -> str:
    """The address to which mails come back, like `bounces@tracker.example`: a mark of the mail is put before the @.

    Raises ImproperlyConfigured if it is not one plain address.
    """
    if text and not re.fullmatch(r"[A-Za-z0-9._-]{1,12}@[^@\s<>,]+", text):
        raise ImproperlyConfigured(
            f"BOUNCE_ADDRESS must be one address like bounces@tracker.example, with at most 12 letters before the @, "
            f"not “{text}”."
        )
    return text


def hook_secrets(secrets: Sequence[str]) -> list[str]:
    """The secrets of /hooks/bounces/. Raises ImproperlyConfigured for one that could be guessed."""
    if any(len(secret) < SHORTEST_SECRET for secret in secrets):
        raise ImproperlyConfigured(f"Each of BOUNCE_HOOK_SECRETS must have {SHORTEST_SECRET} characters or more.")
    return list(secrets)


def mailbox(url: str) -> dict[str, Any]:
    """Where reports of mails that came back are read: a maildir, or a folder of a mailbox; empty if nowhere.

    `imap` goes in plain text and is for this machine alone. Raises ImproperlyConfigured if it is not of that form.
    """
    if not url:
        return {}
    try:
        parts = urlsplit(url)
        if parts.scheme == "maildir" and not parts.netloc and len(parts.path) > 1:
            return {"kind": "maildir", "path": unquote(parts.path)}
        is_here = parts.scheme == "imap" and parts.hostname in ("localhost", "127.0.0.1", "::1")
        if not (parts.scheme == "imaps" or is_here) or not (parts.hostname and parts.username and parts.password):
            raise ValueError(url)
        return {
            "kind": "imap",
            "host": parts.hostname,
            "port": parts.port or IMAP_PORTS[parts.scheme],
            "tls": parts.scheme == "imaps",
            "user": unquote(parts.username),
            "password": unquote(parts.password),
            "folder": unquote(parts.path.strip("/")) or "INBOX",
        }
    except (ValueError, KeyError):
        # Not the address itself: it holds a password.
        raise ImproperlyConfigured(f"BOUNCE_MAILBOX must be like {MAILBOX_FORM}.") from None


def sender(text: str) -> str:
    """The address that mails come from: `post@tracker.example` or `Concordat Tracker <post@tracker.example>`.

    Raises ImproperlyConfigured if it is not one address.
    """
    _, address = parseaddr(text)
    if not text.isprintable() or not re.fullmatch(r"[^@\s<>,]+@[^@\s<>,]+", address):
        raise ImproperlyConfigured(f"EMAIL_FROM must be one address, such as post@tracker.example, not “{text}”.")
    return text
