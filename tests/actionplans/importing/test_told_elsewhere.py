"""Who leads and when, told by headings, marks, labelled lines, and tables that tell more of the actions of another."""

from collections.abc import Sequence

import pytest

from actionplans.importing.tables import Book, Cell, Row, Sheet
from actionplans.importing.understanding.arranging import arranged
from actionplans.importing.understanding.preview import understand
from actionplans.importing.understanding.shapes import Line, Understood
from actionplans.timescales import Context
from tests.actionplans.importing.corpus.northshire import NORTHSHIRE
from tests.plan_files.examined.examining import reader

Rows = Sequence[tuple[str, ...]]
HEAD = ("Ref", "Action", "Lead", "By when")
CAFE = ("A1", "Open a crisis cafe in the evening", "Police", "March 2016")
CARD = ("A2", "Print a wallet card for a crisis", "Healthwatch Northshire", "May 2015")


def understood(**sheets: Rows) -> Understood:
    made = []
    for name, rows in sheets.items():
        numbered = [
            Row(number, tuple(Cell(f"{name}!{chr(65 + at)}{number}", text) for at, text in enumerate(row)))
            for number, row in enumerate(rows, start=1)
        ]
        made.append(Sheet(name, tuple(numbered)))
    return understand(arranged(Book(tuple(made))), NORTHSHIRE, {}, reader(Context()))


def read(found: Understood) -> list[tuple[str, str, str]]:
    return [(one.line.reference, _leads(one.line), str(_due(one.line) or "")) for one in found.lines]


def _leads(line: Line) -> str:
    return "+".join(f"{lead.organisation}:{lead.role}" for lead in line.leads)


def _due(line: Line) -> object:
    return line.revised[-1].end if line.revised else line.timescale.end


def fates(found: Understood, sheet: str) -> list[str]:
    return [one.what for one in found.fates if one.sheet == sheet]


def test_headings_that_say_when_where_no_column_does() -> None:
    found = understood(
        Plan=[HEAD[:3], ("Short term (by March 2015)",), CAFE[:3], ("By end of 2015/16",), CARD[:3]],
    )
    assert read(found) == [("A1", "police:lead", "2015-03-31"), ("A2", "healthwatch:lead", "2016-03-31")]


def test_headings_that_say_when_tell_nothing_where_a_column_does() -> None:
    found = understood(Plan=[HEAD, ("By March 2015",), CAFE])
    assert read(found) == [("A1", "police:lead", "2016-03-31")]


def test_headings_that_name_who_leads_where_no_column_does() -> None:
    head = ("Ref", "Action", "By when")
    rows = [head, ("Healthwatch Northshire",), ("A1", CAFE[1], CAFE[3]), ("Police",), ("A2", CARD[1], CARD[3])]
    assert read(understood(Plan=rows)) == [
        ("A1", "healthwatch:lead", "2016-03-31"),
        ("A2", "police:lead", "2015-05-31"),
    ]


@pytest.mark.parametrize(
    "heading",
    ["Police custody", "Police use of places of safety", "Council housing", "Joint working between police and health"],
)
def test_headings_about_bodies_name_nobody_who_leads(heading: str) -> None:
    found = understood(Plan=[("Ref", "Action", "By when"), (heading,), ("A1", CAFE[1], CAFE[3])])
    assert [one.line.leads for one in found.lines] == [()]


@pytest.mark.parametrize("heading", ["Review of the 2014/15 plan", "Actions after the summit of March 2015"])
def test_headings_about_a_time_do_not_say_when(heading: str) -> None:
    found = understood(Plan=[HEAD[:3], (heading,), CAFE[:3]])
    assert [one.line.timescale.text for one in found.lines] == [""]


@pytest.mark.parametrize(
    ("marks", "leads"),
    [
        (("L", "S"), "police:lead+healthwatch:working_with"),
        (("S", "Lead"), "healthwatch:lead+police:working_with"),
        (("L", ""), "police:lead"),
    ],
)
def test_marks_below_names_of_bodies(marks: tuple[str, str], leads: str) -> None:
    rows = [
        ("Ref", "Action", "By when", "Police", "Healthwatch Northshire"),
        ("A1", CAFE[1], "March 2016", *marks),
        ("A2", CARD[1], "May 2015", "", "L"),
    ]
    assert read(understood(Plan=rows)) == [("A1", leads, "2016-03-31"), ("A2", "healthwatch:lead", "2015-05-31")]


def test_ratings_below_names_of_bodies_name_nobody_who_leads() -> None:
    rows = [
        ("Ref", "Action", "By when", "Police", "Healthwatch Northshire"),
        ("A1", CAFE[1], "March 2016", "R", "A"),
        ("A2", CARD[1], "May 2015", "A", "G"),
    ]
    assert [leads for _, leads, _ in read(understood(Plan=rows))] == ["", ""]


def test_marks_below_years_say_from_when_until_when() -> None:
    rows = [
        ("Ref", "Action", "Lead", "2014/15", "2015/16", "2016/17"),
        ("A1", CAFE[1], "Police", "x", "x", ""),
        ("A2", CARD[1], "Police", "", "", "✓"),
    ]
    assert [due for _, _, due in read(understood(Plan=rows))] == ["2016-03-31", "2017-03-31"]


def test_a_line_worded_as_a_form_is_part_of_the_action_above_it() -> None:
    head = ("Ref", "Action", "Outcome")
    rows = [head, ("A1", CAFE[1], "Open"), ("", "Lead: Police. Timescale: March 2016", ""), ("A2", CARD[1], "Out")]
    found = understood(Plan=rows)
    assert read(found) == [("A1", "police:lead", "2016-03-31"), ("A2", "", "")]
    assert fates(found, "Plan") == ["header", "action", "part", "action"]


def test_lines_worded_as_a_form_within_an_action() -> None:
    rows = [("Ref", "Action"), ("A1", f"{CAFE[1]}\nLead: Police\nBy when: March 2016"), ("A2", CARD[1])]
    assert read(understood(Plan=rows)) == [("A1", "police:lead", "2016-03-31"), ("A2", "", "")]


def test_a_table_that_tells_more_of_the_actions_of_another() -> None:
    more = [("Action ref", "Revised date", "Status", "Comments"), ("A2", "June 2016", "Completed", "It is out")]
    found = understood(Plan=[HEAD, CAFE, CARD], Updates=more)
    assert read(found) == [("A1", "police:lead", "2016-03-31"), ("A2", "healthwatch:lead", "2016-06-30")]
    assert [one.line.status for one in found.lines] == [None, "completed"]
    assert ("Comments", "It is out") in found.lines[1].line.raw
    assert fates(found, "Updates") == ["header", "part"]


def test_a_table_of_other_numbers_tells_nothing_of_them() -> None:
    more = [("Ref", "Update"), ("X1", "Something else was done"), ("X2", "And this was done as well")]
    found = understood(Plan=[HEAD, CAFE, CARD], Other=more)
    assert [one.line.reference for one in found.lines][:2] == ["A1", "A2"]
    assert all(not one.line.progress for one in found.lines[:2])


def test_a_list_of_risks_with_the_same_numbers_tells_nothing_of_the_actions() -> None:
    risks = [("Ref", "Risk", "Owner", "Mitigation"), ("A1", "No money", "CCG", "Bid"), ("A2", "No staff", "CCG", "Ask")]
    found = understood(Plan=[HEAD, CAFE, CARD], Risks=risks)
    assert [(one.line.reference, one.line.people, one.line.notes) for one in found.lines] == [
        ("A1", (), ()),
        ("A2", (), ()),
    ]
    assert fates(found, "Risks") == ["note", "note", "header"]
    assert any("lists risks" in one.text for one in found.warnings)


def test_an_empty_cell_in_a_column_of_sections_stands_for_the_one_above() -> None:
    rows = [("Section", *HEAD), ("A", *CAFE), ("", *CARD), ("B", "B1", "Train officers in the custody suites", "", "")]
    assert [one.line.place.code for one in understood(Plan=rows).lines] == ["A", "A", "B"]
