"""How well a file was understood: its rows right, asked about, wrong, or lost."""

from collections import Counter

from actionplans.importing.tables import Book
from actionplans.importing.understanding.arranging import arranged
from actionplans.importing.understanding.preview import understand
from actionplans.importing.understanding.shapes import Line, Understood
from actionplans.importing.understanding.words import spoken
from tests.actionplans.importing.corpus.grids import Expected, Shape, book_of
from tests.actionplans.importing.corpus.northshire import NORTHSHIRE, when

# The kinds of questions that ask about a field.
ABOUT = {
    "section": {"section"},
    "reference": {"reference"},
    "action": {"action"},
    "leads": {"lead", "person", "column"},
    "due": {"timescale", "column"},
    "status": {"status", "rag_key", "colour", "struck"},
}


def read(described: Shape, answers: dict[str, str] | None = None) -> Understood:
    return understand(arranged(book_of(described)), NORTHSHIRE, answers or {}, when)


def count(described: Shape, book: Book | None = None) -> tuple[Counter[str], list[str]]:
    """The rows by how they came out, and what is wrong with the wrong ones. `book`: of a file of that description."""
    found = understand(arranged(book), NORTHSHIRE, {}, when) if book else read(described)
    lines = {(one.line.sheet, one.line.row): one.line for one in found.lines}
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for expected in described.expected:
        line = lines.pop((expected.sheet, expected.row), None)
        outcome, why = ("lost", ["lost"]) if line is None else _outcome(expected, line, found)
        counts[outcome] += 1
        wrong += [f"{described.name}, row {expected.row}: {one}" for one in why]
    counts["too many"] += len(lines)
    wrong += [f"{described.name}, row {line.row}: is no action: {line.action}" for line in lines.values()]
    kinds = {question.kind for question in found.questions}
    wrong += [f"{described.name}: no question of kind {kind}" for kind in described.asks - kinds]
    return counts, wrong


def _outcome(expected: Expected, line: Line, found: Understood) -> tuple[str, list[str]]:
    asked = {kind for question in found.questions for kind in [question.kind] if _is_about(question.cells, kind, line)}
    told = {
        "section": (expected.section, line.place.code),
        "reference": (expected.reference, line.reference),
        "action": (spoken(expected.action), spoken(line.action)),
        "leads": (expected.leads, _leads(line)),
        "due": (expected.due, line.timescale.end.isoformat() if line.timescale.end else None),
        "status": (expected.status, line.status),
        "roles": (expected.roles, tuple(lead.role for lead in line.leads) if expected.roles else ()),
    }
    wrong = [
        f"{name} is {was!r} instead of {should!r}"
        for name, (should, was) in told.items()
        if should != was and name not in expected.asks
    ]
    unasked = [f"nothing was asked about its {name}" for name in expected.asks if not ABOUT[name] & asked]
    if wrong or unasked:
        return "wrong", wrong + unasked
    return ("asked", []) if expected.asks else ("right", [])


def _is_about(cells: tuple[str, ...], kind: str, line: Line) -> bool:
    """Whether a question is about this line: at a cell of its rows, or of the whole file."""
    if kind in ("rag_key", "section", "column"):
        return True
    return any(cell == f"{line.sheet}!{letter}{row}" for row in line.rows for letter in "ABCDEFGHIJ" for cell in cells)


def _leads(line: Line) -> tuple[str, ...]:
    """The slugs; "-" for a body that is not known; the words of "All"."""
    return tuple(
        lead.organisation or (lead.text.replace(" ", "_") if lead.role == "all" else "-") for lead in line.leads
    )
