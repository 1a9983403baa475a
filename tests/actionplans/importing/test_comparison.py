"""The lines of a file beside the actions of the plan."""

from collections.abc import Sequence
from dataclasses import replace

from actionplans.importing.tables import Book, Cell, Row, Sheet
from actionplans.importing.understanding.preview import understand
from actionplans.importing.understanding.shapes import KnownAction, Understood
from tests.actionplans.importing.corpus.northshire import NORTHSHIRE, when

HEAD = ("Ref", "Action", "Timescale", "Led by")
GROUP = KnownAction(1, "A1", "Set up a crisis group with all partners", "A", "March 2015", leads=(("police", "lead"),))
CARDS = KnownAction(
    2, "A2", "Print cards that say whom to call in a crisis", "A", "May 2015", leads=(("county", "lead"),)
)
NIGHTS = KnownAction(3, "A10", "Keep the crisis cafe open at night", "A", "June 2016", leads=(("mind", "lead"),))


def compared(rows: Sequence[Sequence[str]], *actions: KnownAction, answers: dict[str, str] | None = None) -> Understood:
    grid = [HEAD, *rows]
    made = [
        Row(at, tuple(Cell(f"S!{chr(65 + c)}{at}", text) for c, text in enumerate(row)))
        for at, row in enumerate(grid, 1)
    ]
    known = replace(NORTHSHIRE, actions=actions)
    return understand(Book((Sheet("S", tuple(made)),)), known, answers or {}, when)


def changes(found: Understood) -> list[tuple[str, str, int | None]]:
    return [(one.line.reference, one.change, one.action.id if one.action else None) for one in found.lines]


def key_of(found: Understood, kind: str) -> str:
    return next(question.key for question in found.questions if question.kind == kind)


def test_new_changed_unchanged_and_missing() -> None:
    found = compared(
        [
            ("A1", "Set up  a crisis group with all partners", "March 2015", "Northshire Police"),
            ("A2", CARDS.text, "July 2015", "NPFT"),
            ("A3", "Train the call handlers of the ambulance service", "May 2016", "MEAS"),
        ],
        GROUP,
        CARDS,
        NIGHTS,
    )
    assert changes(found) == [("A1", "unchanged", 1), ("A2", "changed", 2), ("A3", "new", None)]
    assert [(one.name, one.old, one.new) for one in found.lines[1].differences] == [
        ("timescale", "May 2015", "July 2015"),
        ("leads", "county (lead)", "mh-trust (lead)"),
    ]
    assert [one.action.id for one in found.missing] == [3]
    assert [choice.value for q in found.questions if q.kind == "missing" for choice in q.choices] == [
        "carried",
        "done",
        "dropped",
    ]


def test_a_column_that_the_file_does_not_have_changes_nothing() -> None:
    known = replace(GROUP, outcome="The group meets", progress="It met in May", status="completed", footprint="Vale")
    found = compared([("A1", GROUP.text, "March 2015", "Northshire Police")], known)
    assert changes(found) == [("A1", "unchanged", 1)]


def test_a_renumbered_action_is_found_by_its_text_and_a_reworded_one_by_its_likeness() -> None:
    found = compared(
        [
            ("A7", GROUP.text, "March 2015", "Northshire Police"),
            ("A8", "Print wallet cards that say whom to call in a crisis", "May 2015", "NCC"),
        ],
        GROUP,
        CARDS,
    )
    assert changes(found) == [("A7", "changed", 1), ("A8", "changed", 2)]
    assert [one.name for one in found.lines[1].differences] == ["reference", "action"]


def test_references_that_were_moved_round_follow_their_texts() -> None:
    rows = [("A2", GROUP.text, "March 2015", "Northshire Police"), ("A1", CARDS.text, "May 2015", "NCC")]
    assert changes(compared(rows, GROUP, CARDS)) == [("A2", "changed", 1), ("A1", "changed", 2)]


def test_a_reference_that_is_used_again_for_something_else_is_asked_about() -> None:
    rows = [("A1", "Review how ambulances are sent", "May 2016", "MEAS")]
    found = compared(rows, GROUP)
    key = key_of(found, "match")
    assert changes(found) == [("A1", "new", None)]
    assert found.missing == ()
    again = compared(rows, GROUP, answers={key: "same"})
    assert changes(again) == [("A1", "changed", 1)]
    other = compared(rows, GROUP, answers={key: "new"})
    assert changes(other) == [("A1", "new", None)]
    assert [one.action.id for one in other.missing] == [1]


def test_what_becomes_of_a_missing_action_is_the_persons_choice_and_closed_ones_stay() -> None:
    closed = replace(CARDS, is_open=False)
    found = compared([], GROUP, closed, NIGHTS)
    assert [(one.action.reference, one.decision) for one in found.missing] == [
        ("A1", None),
        ("A2", "carried"),
        ("A10", None),
    ]
    first, second = (question.key for question in found.questions if question.kind == "missing")
    after = compared([], GROUP, closed, NIGHTS, answers={first: "done", second: "merged:A1"})
    assert [(one.decision, one.merged_into) for one in after.missing] == [
        ("done", ""),
        ("carried", ""),
        ("merged", "A1"),
    ]
    assert "missing" not in {question.kind for question in after.questions}


def test_the_same_file_again_changes_nothing() -> None:
    rows = [("A1", GROUP.text, "March 2015", "Northshire Police"), ("", CARDS.text, "May 2015", "NCC")]
    first = compared(rows)
    known = [
        KnownAction(
            at,
            c.line.reference,
            c.line.action,
            c.line.place.code,
            c.line.timescale.text,
            leads=tuple((lead.organisation or lead.text, lead.role) for lead in c.line.leads),
        )
        for at, c in enumerate(first.lines, 1)
    ]
    again = compared(rows, *known)
    assert [one.change for one in again.lines] == ["unchanged", "unchanged"]
    assert again.missing == ()


def test_thousands_of_lines_are_each_compared_with_few_actions() -> None:
    words = [
        "agree",
        "write",
        "open",
        "review",
        "train",
        "print",
        "police",
        "ward",
        "team",
        "night",
        "form",
        "carers",
        "housing",
        "protocol",
        "pathway",
    ]
    texts = [
        " ".join(words[(number * step + step) % len(words)] for step in range(1, 9)) + f" {number}"
        for number in range(600)
    ]
    actions = [KnownAction(number, f"B{number}", text, "B") for number, text in enumerate(texts)]
    rows = [(f"C{number}", f"{text} again", "May 2015", "") for number, text in enumerate(texts)]
    found = compared(rows, *actions)
    pairs = [(one.line.reference, one.action.reference if one.action else "") for one in found.lines]
    assert pairs == [(f"C{number}", f"B{number}") for number in range(600)]
