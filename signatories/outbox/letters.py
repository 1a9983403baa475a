"""A mail of plain text with the same as HTML, made from the text: the two never say different things."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from concordat.kernel.lines import one_kind_of_end

FOOT = "\n--\n"
CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{3,15}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of text; `address` if it is a link of ours."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: of lines, or (`kind`) a `button` that leads to a page of ours, or a `code` to type."""

    kind: str
    lines: tuple[tuple[Piece, ...], ...]

    @property
    def address(self) -> str:
        """Where a button leads."""
        return self.lines[0][0].address


def letter(
    *,
    subject: str,
    text: str,
    to: str,
    button: str = "Open the page",
    headers: Mapping[str, str] | None = None,
    reply_to: Sequence[str] = (),
) -> EmailMultiAlternatives:
    """The mail. An address of ours that stands on a line of its own becomes a button with these words.

    A subject may quote what somebody wrote: it is put on one line, since no mail could go with another. So may the
    text: its lines end alike, since what mail servers take for a line must be what is measured as one.
    """
    subject, text = " ".join(subject.split()), one_kind_of_end(text)
    mail = EmailMultiAlternatives(
        subject=subject, body=text, to=[to], reply_to=list(reply_to), headers=dict(headers or {})
    )
    mail.attach_alternative(as_html(subject, text, button), "text/html")
    return mail


def as_html(subject: str, text: str, button: str) -> str:
    """The same text as HTML, under its subject. Whoever wrote it, only addresses of ours become links."""
    body, _, foot = text.partition(FOOT)
    blocks = list(blocks_of(body))
    said = (block for block in blocks if block.kind == "text" and not block.lines[0][0].text.startswith("Hello "))
    told = {
        "subject": subject,
        "blocks": blocks,
        "foot": list(blocks_of(foot)),
        "button": button,
        "first_words": next((" ".join(piece.text for line in block.lines for piece in line) for block in said), ""),
    }
    return render_to_string("mail/letter.html", told)


def blocks_of(text: str) -> Iterator[Block]:
    """The paragraphs of a text, as empty lines part them."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
        if lines and CODE.fullmatch(paragraph.strip()):
            yield Block("code", ((Piece(lines[0]),),))
            continue
        *above, last = lines or [""]
        is_address = _ours().fullmatch(last) is not None
        if is_address and above:
            yield _text(above)
        if is_address:
            yield Block("button", ((Piece(last, last),),))
        elif lines:
            yield _text(lines)


def _ours() -> re.Pattern[str]:
    return re.compile(re.escape(settings.SITE_URL.rstrip("/")) + r"(?:/[^\s<>\"]*)?")


def _text(lines: Sequence[str]) -> Block:
    return Block("text", tuple(tuple(_pieces(line)) for line in lines))


def _pieces(line: str) -> Iterator[Piece]:
    """The line with the addresses of ours told apart."""
    end = 0
    for found in _ours().finditer(line):
        address = found[0].rstrip(".,;:!?)")
        if found.start() > end:
            yield Piece(line[end : found.start()])
        yield Piece(address, address)
        end = found.start() + len(address)
    if end < len(line):
        yield Piece(line[end:])
