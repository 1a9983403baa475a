"""Reading the mailbox to which our mails come back: a maildir, or a folder by IMAP (BOUNCE_MAILBOX). Moments in UTC.

The mailbox is for this alone. A report that was taken is deleted, since it quotes the mail; what was no report, or
about no mail of ours, is left there, marked as read, for whoever looks after the mailbox.
"""

import imaplib
import logging
import mailbox
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from concordat.kernel.changes import Actor
from signatories.models.mail_report import Outcome
from signatories.outbox.bounces.reading import MOST_BYTES
from signatories.outbox.bounces.taking import MAILBOX, count, take

log = logging.getLogger(__name__)
AT_ONCE = 200  # mails in one run
TIMEOUT = 20  # seconds that the server may take for one answer
DONE = frozenset({Outcome.TAKEN, Outcome.AGAIN, Outcome.IGNORED})
# What becomes of a mail; None if it could not be taken just now.
Taker = Callable[[bytes | None], Outcome | None]
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")  # the server says its items in whatever order it likes


class MailboxError(Exception):
    """The mailbox could not be read; the message says why, without its address."""


def read_all(where: dict[str, Any], *, by: Actor, now: datetime) -> int:
    """Take what is new in the mailbox, 200 mails at most; says how many there were. None of them stops the others.

    Raises MailboxError if it cannot be opened or read.
    """

    def taken(raw: bytes | None) -> Outcome | None:
        try:
            if raw is not None:
                return take(raw, way=MAILBOX, by=by, now=now)
            count(MAILBOX, Outcome.UNREADABLE, now=now)  # it was too large to be fetched
            return Outcome.UNREADABLE
        except Exception:
            log.exception("A mail in the mailbox of reports could not be taken. It is tried again with the next run.")
            return None

    if not where:
        return 0
    return _maildir(Path(where["path"]), taken) if where["kind"] == "maildir" else _imap(where, taken)


def _maildir(path: Path, taken: Taker) -> int:
    """What nobody has read yet in a maildir."""
    if not path.is_dir():
        raise MailboxError("There is no such folder.")
    try:
        box = mailbox.Maildir(path, create=False)
        fresh = [key for key in sorted(box.keys()) if _is_fresh(box, key)][:AT_ONCE]
    except OSError as error:
        raise MailboxError(f"It cannot be read: {type(error).__name__}.") from None
    left = 0
    for key in fresh:
        try:
            _take_file(box, path, key, taken)
        except (OSError, KeyError):  # KeyError: somebody has moved it away meanwhile
            left += 1
    _tell_of(left)
    return len(fresh)


def _take_file(box: mailbox.Maildir, path: Path, key: str, taken: Taker) -> None:
    """One mail of a maildir. Raises OSError or KeyError if it is gone, or cannot be read or put away."""
    size = Path(path, box._lookup(key)).stat().st_size  # type: ignore[attr-defined] # the stubs leave it out
    outcome = taken(box.get_bytes(key) if size <= MOST_BYTES else None)
    if outcome in DONE:
        box.discard(key)
    elif outcome is not None:
        _mark_read(box, key)


def _tell_of(left: int) -> None:
    if left:
        log.warning("Mails in the mailbox of reports that were gone, or could not be read or put away: %d.", left)


def _is_fresh(box: mailbox.Maildir, key: str) -> bool:
    """Whether nobody has read it yet, nor taken it away."""
    try:
        return "S" not in _flags(box, key)
    except KeyError:
        return False


def _flags(box: mailbox.Maildir, key: str) -> str:
    """The flags in the name of the file: reading the mail itself would parse it."""
    name = str(box._lookup(key))  # type: ignore[attr-defined] # as above
    return name.rpartition(":2,")[2] if ":2," in name else ""


def _mark_read(box: mailbox.Maildir, key: str) -> None:
    """Put it among those that somebody has seen."""
    old = Path(box._path, box._lookup(key))  # type: ignore[attr-defined] # as above
    old.rename(Path(box._path, "cur", f"{key}:2,{_flags(box, key)}S"))


def _imap(where: dict[str, Any], taken: Taker) -> int:
    """What nobody has read yet in a folder by IMAP."""
    try:
        with _signed_in(where) as box:
            _demand(box.select(_quoted(where["folder"])))
            found = _demand(box.uid("SEARCH", "UNSEEN"))
            uids = (found[0] or b"").decode("ascii", "replace").split()[:AT_ONCE]
            left = sum(not _take_uid(box, uid, taken) for uid in uids)
            _demand(box.expunge())
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxError(f"It cannot be read: {type(error).__name__}.") from None
    _tell_of(left)
    return len(uids)


def _take_uid(box: imaplib.IMAP4, uid: str, taken: Taker) -> bool:
    """One mail of a folder by IMAP; false if it is gone, or the server does not give it or let it be marked.

    Raises OSError or imaplib.IMAP4.abort if there is no talking to the server any more.
    """
    try:
        outcome = taken(_fetched(box, uid))
        if outcome is not None:
            flags = r"(\Seen \Deleted)" if outcome in DONE else r"(\Seen)"
            _demand(box.uid("STORE", uid, "+FLAGS.SILENT", flags))
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        return False
    return True


@contextmanager
def _signed_in(where: dict[str, Any]) -> Iterator[imaplib.IMAP4]:
    kind = imaplib.IMAP4_SSL if where["tls"] else imaplib.IMAP4
    box = kind(where["host"], where["port"], timeout=TIMEOUT)
    try:
        box.login(where["user"], where["password"])
        yield box
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            box.logout()
        with suppress(OSError):
            box.shutdown()  # where it went away before it was told to


def _fetched(box: imaplib.IMAP4, uid: str) -> bytes | None:
    """The mail, without marking it as read; None for one that is too large.

    Raises imaplib.IMAP4.error if it is refused, or gone: then the server says “OK” and nothing of the mail.
    """
    told = _demand(box.uid("FETCH", uid, "(RFC822.SIZE)"))
    size = SIZE.search(b" ".join(each for each in told if isinstance(each, bytes)))
    if size is None:
        raise imaplib.IMAP4.error("gone")
    if int(size[1]) > MOST_BYTES:
        return None
    parts = _demand(box.uid("FETCH", uid, "(BODY.PEEK[])"))
    raw = next((bytes(each[1]) for each in parts if isinstance(each, tuple)), None)
    if raw is None:
        raise imaplib.IMAP4.error("gone")
    return raw


def _demand(answer: tuple[str, list[Any]]) -> list[Any]:
    """What the server said. Raises imaplib.IMAP4.error if it refused."""
    kind, told = answer
    if kind != "OK":
        raise imaplib.IMAP4.error("refused")
    return told


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
