"""What the reader made of an examined plan file, row by row and field by field, beside what was expected."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from actionplans.importing.reading.books import read_book
from actionplans.importing.reading.pasting import read_paste
from actionplans.importing.shown_dates import format_of
from actionplans.importing.tables import Book, Value
from actionplans.importing.understanding.arranging import arranged
from actionplans.importing.understanding.output import as_json
from actionplans.importing.understanding.plan_year import default_year
from actionplans.importing.understanding.preview import understand
from actionplans.importing.understanding.shapes import Known, KnownOrganisation, KnownSection, Line, Understood, When
from actionplans.importing.understanding.words import spoken
from actionplans.timescale import Timescale
from actionplans.timescales import Context, read_timescale
from tests.plan_files.examined.kit import Examined, Row
from tests.plan_files.examined.organisations import ORGANISATIONS

FIELDS = ("section", "ref", "action", "lead", "time", "status")
# The kinds of questions that are about a field; those of the second line stand for every row that they concern.
ASKING = {
    "section": {"section", "layout", "sheet"},
    "ref": {"reference", "column"},
    "action": {"action", "column", "layout"},
    "lead": {"lead", "column"},
    "time": {"timescale", "column"},
    "status": {"status", "rag_key", "colour", "struck", "column"},
}
OF_THE_WHOLE_FILE = {"rag_key", "section", "column", "layout"}
SECTIONS = (
    KnownSection("1", "1", "Commissioning to allow earlier intervention and responsive crisis services"),
    KnownSection("A", "2", "Access to support before crisis point"),
    KnownSection("B", "3", "Urgent and emergency access to crisis care"),
    KnownSection("C", "4", "Quality of treatment and care when in crisis"),
    KnownSection("D", "5", "Recovery and staying well, and preventing future crises"),
)
WESTMARCH = Known(
    SECTIONS,
    tuple(KnownOrganisation(slug, *told) for slug, told in ORGANISATIONS.items()),
    areas=("Westmarch", "Oakfield"),
)


def reader(context: Context) -> When:
    """Reads timescales as the import does: a date of a spreadsheet as it is shown there."""

    def when(text: str, value: Value, struck: str = "") -> Timescale:
        if isinstance(value, date):
            return read_timescale(value, context, number_format=format_of(text, value), struck=struck, shown=text)
        return read_timescale(text, context, struck=struck)

    return when


def book_of(plan: Examined) -> Book:
    """The file or paste as it was read."""
    return arranged(read_paste(plan.content.decode()) if plan.pasted else read_book(plan.content, plan.name))


def understood(plan: Examined, answers: Mapping[str, str] | None = None) -> Understood:
    """The file understood, with these answers or without any."""
    book = book_of(plan)
    return understand(
        book, WESTMARCH, answers or {}, reader(Context(published_on=plan.published, default_year=default_year(book)))
    )


@dataclass
class Examination:
    """The marks of one file: for each field, and for the rows as wholes."""

    plan: Examined
    found: Understood
    marks: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in (*FIELDS, "row")})
    remarks: list[str] = field(default_factory=list)
    places: dict[tuple[str, int], set[str]] = field(default_factory=dict)  # by sheet and row, where its cells stand

    @property
    def wrong(self) -> list[str]:
        """What is wrong or lost."""
        return [remark for remark in self.remarks if " is asked" not in remark]


def examine(plan: Examined) -> Examination:
    """Read the file and mark every row: right, asked, needless (right, and asked all the same), wrong or lost."""
    found = understood(plan)
    rows = [(sheet.name, row) for sheet in book_of(plan).sheets for row in sheet.rows]
    places = {(name, row.number): {cell.at for cell in row.cells} for name, row in rows}
    examination = Examination(plan, found, places=places)
    left = [compared.line for compared in found.lines]
    for row in plan.rows:
        line = next((one for one in left if spoken(one.action) == spoken(row.expected["action"])), None)
        if line is None:
            _mark(examination, row, "row", "lost", "is lost")
            continue
        left.remove(line)
        marks = [_examine(examination, row, line, name) for name in FIELDS if name in row.expected or name == "section"]
        _mark(examination, row, "row", next((m for m in ("wrong", "needless", "asked") if m in marks), "right"), "")
    for line in left:
        examination.marks["row"]["too many"] += 1
        examination.remarks.append(f"{plan}: {line.at}: is no action: {line.action!r}")
    return examination


def _mark(examination: Examination, row: Row, name: str, mark: str, remark: str) -> str:
    examination.marks[name][mark] += 1
    if remark:
        place = f"{row.written.get('ref', '')} {row.written['action'][:24]}"
        examination.remarks.append(f"{examination.plan}: {place}: {name} {remark}")
    return mark


def _examine(examination: Examination, row: Row, line: Line, name: str) -> str:
    was = list(READ[name](line))
    expected = row.section.replace("-", "- or ask") if name == "section" else row.expected[name]
    allowed = [one.strip() for one in expected.split(" or ")] if name != "action" else [expected]
    if name == "action":
        return _mark(examination, row, name, "right" if spoken(line.action) == spoken(expected) else "wrong", "")
    asked = _is_asked(examination, line, name)
    is_right = any(one in allowed for one in was)
    written = row.written.get(name, row.heading)
    if asked and ("ask" in allowed or (name == "lead" and "+" in expected)):  # of several leads one must be chosen
        return _mark(examination, row, name, "asked", "")
    if is_right:
        return _mark(examination, row, name, "needless" if asked else "right", f"{written!r} is asked" if asked else "")
    if asked:
        return _mark(examination, row, name, "needless", f"{written!r} is asked, expected {expected!r}")
    return _mark(examination, row, name, "wrong", f"{written!r} is {was} instead of {expected!r}")


def _is_asked(examination: Examination, line: Line, name: str) -> bool:
    """Whether a question about this field is open for this line: at one of its cells, or for the whole file."""
    own = {line.at}.union(*(examination.places[line.sheet, row] for row in line.rows))
    for question in examination.found.questions:
        if question.kind not in ASKING[name]:
            continue
        if question.kind in OF_THE_WHOLE_FILE and not _is_settled(question.kind, line):
            return True
        if own.intersection(question.cells):
            return True
    return False


def _is_settled(kind: str, line: Line) -> bool:
    """Whether the line tells already what a question of the whole file is about."""
    return bool((kind == "rag_key" and line.status) or (kind == "section" and line.place.code))


def _due(line: Line) -> Iterator[str]:
    revised = [one for one in (*getattr(line.timescale, "revised", ()), *line.revised) if one.end]
    last = revised[-1] if revised else line.timescale
    if last.end:
        yield last.end.isoformat()
        return
    yield f"every {last.review_every_months}" if last.review_every_months else "none"


def _leads(line: Line) -> Iterator[str]:
    slugs = [lead.organisation for lead in line.leads if lead.organisation]
    leading = [lead.organisation for lead in line.leads if lead.organisation and lead.role in ("lead", "joint")]
    yield "+".join(leading)
    if any(lead.role == "all" for lead in line.leads):
        yield "all"
    elif slugs:
        yield "+".join(sorted(slugs))
        yield "+".join(slugs)
    else:
        yield "text" if line.leads else "none"


READ = {
    "section": lambda line: [line.place.code or "-"],
    "ref": lambda line: [line.reference, "" if line.reference else "none"],
    "action": lambda line: [line.action],
    "lead": _leads,
    "time": _due,
    "status": lambda line: [(line.status or "none").replace("_", " ")],
}


def names_in_public(examination: Examination) -> list[str]:
    """The persons' names that stand in what would be published or shown."""
    found = examination.found
    public = json.dumps(as_json(found)["rows"], ensure_ascii=False)
    return [name for name in examination.plan.people if re.search(rf"\b{re.escape(name)}\b", public)]


def table(examinations: list[Examination]) -> str:
    """The marks over all files, for people to read."""
    total = {name: sum((each.marks[name] for each in examinations), Counter()) for name in (*FIELDS, "row")}
    kinds = ("right", "asked", "needless", "wrong", "lost", "too many")
    lines = [" ".join(f"{word:>9}" for word in ("field", *kinds))]
    lines += [" ".join([f"{name:>9}", *(f"{marks[kind]:>9}" for kind in kinds)]) for name, marks in total.items()]
    return "\n".join(lines)
