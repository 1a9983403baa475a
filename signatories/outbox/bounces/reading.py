"""Reading reports of mail servers (RFC 3464, 6522, 6533) and complaints of mailboxes (RFC 5965). Pure.

Anybody may send such a mail, so nothing in it is believed to be whole: what cannot be read is no report.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, message_from_string, policy
from email.message import Message
from email.utils import parsedate_to_datetime

from signatories.models.mail_report import Kind

MOST_BYTES = 1_000_000
MOST_PARTS = 100
LONGEST_DIAGNOSTIC = 300
STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
ADDRESS = re.compile(r"[^\s<>;,\"]+@[^\s<>;,\"]+")
# The kinds of feedback that say that the mail was not wanted. “not-spam” and reports for operators say no such thing.
UNWANTED = frozenset({"abuse", "fraud", "virus", "other", "opt-out", "opt-out-list"})
STATUS_PARTS = frozenset({"message/delivery-status", "message/global-delivery-status"})
ORIGINAL_PARTS = frozenset({"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"})
# Where the mark of our mail, or its Message-ID, may stand: in the report's own head and in that of the mail sent back.
ENVELOPE = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
RETURNED = ("X-Concordat-Mail", "Return-Path", "Message-ID")


@dataclass(frozen=True, slots=True)
class Origin:
    """Of which mail a report is, and from when.

    `marks` is the text in which marks of our mails may stand, `message_ids` that in which their Message-IDs may.
    `sent_at` may be wrong. `identity` is the same for the same report.
    """

    recipients: frozenset[str]
    marks: str
    message_ids: str
    sent_at: datetime | None
    identity: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says. `kind` is None if there is nothing to do: the mail arrived, or it is no complaint, or the
    server still tries.

    `is_final`: the mail did not arrive and will not.
    """

    kind: Kind | None
    status: str
    diagnostic: str
    is_final: bool
    origin: Origin


def read(raw: bytes) -> Report | None:
    """The report in these bytes; None if there is none, or they are more than a megabyte. Raises nothing."""
    if len(raw) > MOST_BYTES:
        return None
    try:
        message = message_from_bytes(raw, policy=policy.compat32)
        parts = list(_parts(message))
        feedback = next((part for part in parts if _kind(part) == "message/feedback-report"), None)
        if feedback is not None:
            return _complaint(message, _blocks(feedback), parts)
        status = next((part for part in parts if _kind(part) in STATUS_PARTS), None)
        return _failure(message, _blocks(status), parts) if status is not None else None
    except Exception:  # what somebody made up may break the parser in ways that nobody has listed
        return None


def _parts(message: Message) -> Iterator[Message]:
    """The parts of the report itself, one within the other; not those of the mail that it sends back."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part, seen = waiting.pop(0), seen + 1
        yield part
        if part.get_content_maintype() == "multipart":
            waiting = _within(part) + waiting


def _kind(part: Message) -> str:
    return part.get_content_type().lower()


def _blocks(part: Message) -> list[Message]:
    """The groups of fields of a part: Python parses some kinds into mails within it, and leaves others as text."""
    found: list[Message] = []
    for each in _within(part):
        found.append(each)
        rest = each.get_payload()
        if isinstance(rest, str):
            found += [message_from_string(text) for text in _paragraphs(rest)]
    if not found:
        found = [message_from_string(text) for text in _paragraphs(_text(part.get_payload(decode=True)))]
    return [each for each in found if each.keys()]


def _within(part: Message) -> list[Message]:
    """The mails into which the parser has made a part."""
    inner = part.get_payload()
    return [each for each in inner if isinstance(each, Message)] if isinstance(inner, list) else []


def _paragraphs(text: str) -> list[str]:
    return [each for each in re.split(r"\r?\n[ \t]*\r?\n", text.strip()) if each.strip()]


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")


def _field(block: Message, name: str) -> str:
    """A field on one line; empty if it is not there."""
    return " ".join(str(block.get(name, "")).split())


def _failure(message: Message, blocks: list[Message], parts: list[Message]) -> Report | None:
    """A delivery status. Our mails go to one recipient each; of several the worst counts."""
    told = [each for each in blocks if each.get("Action") or each.get("Status")]
    if not told:
        return None
    worst = max(told, key=_badness)
    action, status = _field(worst, "Action").lower().split(";")[0].strip(), _status(worst)
    badness = _badness(worst)
    kind = {2: Kind.HARD, 1: Kind.SOFT}.get(badness)
    return Report(
        kind=kind,
        status=status,
        diagnostic=_field(worst, "Diagnostic-Code")[:LONGEST_DIAGNOSTIC],
        is_final=badness == 2 or (kind is not None and action == "failed"),
        origin=_origin(message, blocks, parts),
    )


def _status(block: Message) -> str:
    """The code of RFC 3463; where only the answer of SMTP is told, its class."""
    found = STATUS.search(_field(block, "Status")) or STATUS.search(_field(block, "Diagnostic-Code"))
    return found[0] if found else ""


# What is refused for good because of the server, the mail or us says little of the address: three days of it count.
NOT_OF_THE_ADDRESS = ("5.3", "5.6", "5.7")


def _badness(block: Message) -> int:
    """2: failed for good, 1: failed for now, 0: it arrived, or is late and may arrive yet, or it is not said."""
    action, status = _field(block, "Action").lower(), _status(block)
    if action and not action.startswith("failed"):
        return 0
    if status.startswith(NOT_OF_THE_ADDRESS):
        return 1
    if status.startswith("5"):
        return 2
    return 1 if status.startswith("4") or action.startswith("failed") else 0


def _complaint(message: Message, blocks: list[Message], parts: list[Message]) -> Report | None:
    feedback = next((each for each in blocks if each.get("Feedback-Type")), None)
    if feedback is None:
        return None
    kind = _field(feedback, "Feedback-Type").lower()[:20]
    return Report(
        kind=Kind.COMPLAINT if kind in UNWANTED else None,
        status=kind,
        diagnostic="",
        is_final=False,
        origin=_origin(message, blocks, parts),
    )


def _origin(message: Message, blocks: list[Message], parts: list[Message]) -> Origin:
    returned = [head for part in parts if _kind(part) in ORIGINAL_PARTS for head in _heads(part)]
    marks = [_field(message, name) for name in ENVELOPE]
    marks += [_field(block, name) for block in blocks for name in ("Original-Envelope-Id", "Original-Mail-From")]
    marks += [_field(head, name) for head in returned for name in RETURNED]
    told = [_field(block, name) for block in blocks for name in TO_WHOM]
    machine = "\n".join(f"{name}: {value}" for block in blocks for name, value in block.items())
    identity = _field(message, "Message-ID") or f"{_field(message, 'Date')}\n{machine}"
    return Origin(
        recipients=frozenset(found[0].lower() for each in told if (found := ADDRESS.search(each))),
        marks="\n".join(marks),
        message_ids="\n".join(_field(head, "Message-ID") for head in returned),
        sent_at=_moment(message),
        identity=hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest(),
    )


TO_WHOM = ("Original-Recipient", "Final-Recipient", "Original-Rcpt-To")


def _heads(part: Message) -> list[Message]:
    """The head of the mail that was sent back, whether as a mail or as the text of its head."""
    return _within(part) or [message_from_string(_text(part.get_payload(decode=True)).lstrip())]


def _moment(message: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(_field(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else None
