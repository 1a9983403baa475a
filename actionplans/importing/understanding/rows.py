"""What each row of a plan is: a section, an action, more of the action above, a key of colours, a note."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from actionplans.importing.tables import Cell, Row
from actionplans.importing.understanding import references
from actionplans.importing.understanding.evidence import is_time
from actionplans.importing.understanding.fields import Field
from actionplans.importing.understanding.headers import Table
from actionplans.importing.understanding.rag import entries_of
from actionplans.importing.understanding.sections import Heading, Sections
from actionplans.importing.understanding.words import BULLET, fold, words, written

LONGEST_HEADING = 30  # words
SURE = 0.75  # so well must a lone text among the actions fit a national section to be its heading
# What is no action even where actions stand; and what is none where it stands alone across the table.
FOOTER = re.compile(
    r"^(?:(?:grand |sub)?-?totals?(?:\s*:|\s+(?:actions?|number|no)\b|$)"
    r"|notes?\s*[:\-]|n\.?b\.?[\s:]|source\s*:|page \d"
    r"|last (?:updated|reviewed)|updated (?:on|\d|[a-z]+ 20\d\d)|date of (?:next|last)"
    r"|(?:date|signed|agreed|next review|review date|date agreed)\s*:"
    r"|(?:rag |colour )?key\s*(?::|$)"
    r"|[a-z]{1,12} = \S"  # "L = lead, S = support"
    r"|(?:actions?|rows?|items?|cells?|those|texts?) (?:shaded|highlighted|marked|colou?red"
    r"|(?:shaded |shown )?in (?:bold|italics?|red|green|amber|gr[ea]y|blue|yellow))\b"
    r"|version (?:\d|control)|document control|footnote|\(c\) |©|\[\d{1,2}\] )",
)
ALONE = re.compile(
    r"^(?:rag key|glossary|abbreviations|please (?:note|see)|contact\b|prepared by|author\b|approved by"
    r"|end of|\* |draft\b|(?:agreed|signed|reviewed) (?:by|on)\b|next (?:review|meeting)\b)"
)
# "Update June 2015: …", "Q2 progress – …": a line below an action that tells how it goes.
UPDATE = re.compile(
    r"^(?:[\w/.]+ ){0,3}(?:updates?|progress|comments?|current position|latest position)\b[^:–\-\n]{0,40}[:–\-]"
)
VOICE = re.compile(r'^["\']|^(?:i |if i |when i |we want )|^"i\b')
STATEMENT = re.compile(r'^["\']\s*(?:i|if i|when i|we want)\b')  # what a person should be able to say
TITLE = re.compile(r"\b(?:plan|concordat|declaration|delivery plan|version|draft|updated?|progress report|20\d\d)\b")


class What(StrEnum):
    EMPTY = "empty"
    HEADER = "header"
    SECTION = "section"
    ACTION = "action"
    PART = "part"
    KEY = "key"
    NOTE = "note"
    LEFT_OUT = "left_out"


@dataclass(slots=True)
class Piece:
    """The cells of one row by column, without what a merged cell repeats from above or from the left."""

    row: Row
    cells: dict[int, Cell]
    repeated: dict[int, Cell] = field(default_factory=dict)  # repeated from above, by a vertical merge

    def text(self, columns: Sequence[int]) -> str:
        return "\n".join(written(self.cells[at]) for at in columns if at in self.cells)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table by what rows are told apart with."""

    reference: tuple[int, ...]
    action: tuple[int, ...]
    others: tuple[int, ...]
    width: int
    leads: tuple[int, ...] = ()
    times: tuple[int, ...] = ()

    @classmethod
    def of(cls, table: Table) -> "Layout":
        reference = tuple(c.index for c in table.columns if c.fields == (Field.REFERENCE,))
        action = tuple(c.index for c in table.columns if c.holds(Field.ACTION))
        others = tuple(c.index for c in table.columns if c.index not in (*reference, *action))
        leads = tuple(c.index for c in table.columns if c.holds(Field.LEAD))
        times = tuple(c.index for c in table.columns if c.holds(Field.TIMESCALE) or c.holds(Field.FINISH))
        return cls(reference, action, others, len(table.columns), leads, times)


def piece(row: Row, above: Row | None) -> Piece:
    """A row without the texts that merged cells repeat."""
    found = Piece(row, {})
    for at, cell in enumerate(row.cells):
        text = written(cell)
        if not text and not cell.fill:
            continue
        over = above.cells[at] if above and at < len(above.cells) else None
        if cell.merged and text and over is not None and written(over) == text:
            found.repeated[at] = cell
        elif not (cell.merged and at and _repeats_left(row, at)):
            found.cells[at] = cell
    return found


def _repeats_left(row: Row, at: int) -> bool:
    return written(row.cells[at - 1]) == written(row.cells[at])


def texts_of(row: Row) -> list[str]:
    return list(dict.fromkeys(text for text in map(written, row.cells) if text))


def classify(now: Piece, above: Piece | None, following: str, layout: Layout, sections: Sections) -> What:
    """What a row below a header is. `above` is the action that it may belong to, `following` the next reference."""
    texts = texts_of(now.row)
    if not texts:
        return What.EMPTY
    if entries_of(now.row):
        return What.KEY
    if len(texts) == 1:
        return _single(texts[0], now, above, following, layout, sections)
    reference, action = now.text(layout.reference), now.text(layout.action)
    if FOOTER.match(fold(texts[0])) and not reference_of(reference) and not _is_filled(now, action, layout):
        return What.NOTE
    if _is_two_cell_section(now, reference, action, following, layout, sections):
        return What.SECTION
    return _action_or_part(now, above, layout)


def _is_filled(now: Piece, action: str, layout: Layout) -> bool:
    """Whether a row has an action and says who leads or when, so that it is one however its text begins."""
    lead, time = now.text(layout.leads).strip(), now.text(layout.times).strip()
    is_led = any(map(str.isalpha, lead)) and lead != action and not is_time(lead)
    return bool(action.strip()) and (is_led or (time != action and is_time(time)))


def reference_of(text: str) -> str:
    return text if references.looks_like(text) else ""


def _single(text: str, now: Piece, above: Piece | None, following: str, layout: Layout, sections: Sections) -> What:
    """A row with one text: a heading if it is worded or laid out as one, a line of the action above, or an action."""
    if (now.repeated and above) or (above and is_update(text)):
        return What.PART
    at = min(now.cells, default=0)
    heading = sections.read(text)
    spans = sum(written(cell) == text for cell in now.row.cells) > 1
    is_long = len(words(text)) > LONGEST_HEADING
    sure = heading.score >= (SURE if at in layout.action and not spans else 0)
    is_alone = spans or at not in layout.action
    if is_alone and ALONE.match(fold(text)):
        return What.NOTE
    if (heading.code and sure and not is_long and (spans or at not in layout.others)) or _is_worded(heading, is_long):
        return What.SECTION
    if FOOTER.match(fold(text)) or STATEMENT.match(fold(text)) or (is_alone and VOICE.match(fold(text))):
        return What.NOTE
    if spans:
        return What.NOTE if is_long else What.SECTION
    if at in layout.action:
        return _single_action(text, above, following, heading)
    if at in layout.others and at != 0:
        return What.PART if above else What.NOTE
    if references.looks_like(text):
        return What.NOTE
    return What.NOTE if is_long or text.rstrip().endswith(".") else What.SECTION


def is_update(text: str) -> bool:
    """Whether a line of its own tells how the action above it goes."""
    return bool(UPDATE.match(fold(text)))


def _is_worded(heading: Heading, is_long: bool) -> bool:
    return heading.is_worded and bool(heading.written_code) and not is_long


def _single_action(text: str, above: Piece | None, following: str, heading: Heading) -> What:
    if above and (BULLET.match(text) or text.lstrip()[:1].islower()):
        return What.PART
    if heading.full_code and following and _leads_to(heading.full_code, following):
        return What.SECTION
    return What.ACTION


def _is_two_cell_section(
    now: Piece, reference: str, action: str, following: str, layout: Layout, sections: Sections
) -> bool:
    """Whether a code and a title alone are a heading: "A" | "Support before crisis", "6" | "Local priorities"."""
    if not reference or not action or any(at in now.cells and written(now.cells[at]) for at in layout.others):
        return False
    if len(words(action)) > LONGEST_HEADING or not references.looks_like(reference):
        return False
    code = references.comparable(reference)
    if len(code) == 1 and sections.is_national(f"{reference} {action}"):
        return True
    return bool(following) and _leads_to(code, following)


def _leads_to(code: str, following: str) -> bool:
    """Whether the next reference is a part of this code: 6 and 6.1, A1 and A1.1; not 1 and 10."""
    first, then = references.comparable(code), references.comparable(following)
    rest = then[len(first) :]
    if not then.startswith(first) or not rest:
        return False
    return rest[0] in ".:-/(" or (first[-1].isalpha() and rest[0].isdigit())


def _action_or_part(now: Piece, above: Piece | None, layout: Layout) -> What:
    reference, action = now.text(layout.reference), now.text(layout.action)
    if not above:
        return What.ACTION if reference or action else What.NOTE
    if not action:
        return _without_action(now, reference, layout)
    if reference:
        return What.ACTION
    if _reference_repeated(now, layout):
        return What.ACTION
    return What.PART if _goes_on(action, above, now, layout) else What.ACTION


def _without_action(now: Piece, reference: str, layout: Layout) -> What:
    """A row without an action of its own: a part of the one above, unless it has a number of its own."""
    repeats = any(at in now.repeated for at in layout.action)
    if not reference:
        return What.PART
    return What.ACTION if references.looks_like(reference) or not repeats else What.PART


def _reference_repeated(now: Piece, layout: Layout) -> bool:
    return any(at in now.repeated for at in layout.reference)


def _has_its_own(now: Piece, layout: Layout) -> bool:
    """Whether a row says both who leads and when, as an action does."""
    lead, time = now.text(layout.leads), now.text(layout.times)
    return bool(lead.strip()) and not is_time(lead) and is_time(time)


def _goes_on(action: str, above: Piece, now: Piece, layout: Layout) -> bool:
    """Whether a text without a number carries the action above on: a bullet or the rest of its sentence."""
    own = [at for at in layout.others if at in now.cells and written(now.cells[at])]
    if own and (BULLET.match(action) or not layout.reference or _has_its_own(now, layout)):
        return False
    if BULLET.match(action):
        return True
    before = above.text(layout.action).rstrip()
    return action[:1].islower() and before[-1:] not in ".!?:;" and bool(before)
