"""Which column says when an action was due at first, which to when that was moved, and which leaves it open."""

from collections.abc import Sequence

import pytest

from actionplans.importing.understanding.shapes import Line, Understood
from tests.actionplans.importing.corpus.counting import read
from tests.actionplans.importing.corpus.grids import ABOVE, LEFT, shape

Rows = Sequence[tuple[str, ...]]
HEAD = ("Ref", "Action", "Led by")
ACTIONS = (
    ("A1", "Open a crisis cafe in the town", "Northshire Police"),
    ("A2", "Train the staff of the cafe", "NPFT"),
    ("A3", "Print cards in four languages", "NPFT"),
)
FIRST, LATER = ("March 2015", "June 2015", "April 2015"), ("September 2015", "", "Dec 2015")
MOVED = ["2015-03-31 2015-09-30", "2015-06-30", "2015-04-30 2015-12-31"]
KEPT = ["2015-03-31", "2015-06-30", "2015-04-30"]


def plan(header: Rows, *columns: Sequence[str], answers: dict[str, str] | None = None) -> Understood:
    """A plan of three actions below this header, with further columns of these cells."""
    rows = [(*action, *cells) for action, *cells in zip(ACTIONS, *columns, strict=True)]
    return read(shape("a plan", [*header, *rows]), answers)


def due(found: Understood) -> list[str]:
    """Of each action the day on which it was due at first, and the one to which that was moved."""
    return [_days(one.line) for one in found.lines]


def _days(line: Line) -> str:
    return " ".join(str(one.end) for one in (line.timescale, *line.revised))


def columns_asked(found: Understood) -> list[str]:
    return [one.text for one in found.questions if one.kind == "column"]


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("When", "Revised"),
        ("Date", "Revised"),
        ("Original", "Revised"),
        ("Timescale", "Timescale – revised"),
        ("Timescale", "Revised timescale"),
        ("When / Original", "When / Revised"),
        ("Due date (original)", "Due date (revised)"),
        ("Original completion date", "Revised completion date"),
        ("Original deadline", "Current deadline"),
        ("Initial target", "New target"),
        ("By when", "Amended date"),
        ("By when", "Moved to"),
        ("Due", "Now due"),
        ("Timescale", "Revised (Oct 2015)"),
    ],
)
def test_a_later_time_beside_the_first(first: str, later: str) -> None:
    found = plan([(*HEAD, first, later)], FIRST, LATER)
    assert (due(found), columns_asked(found)) == (MOVED, [])


@pytest.mark.parametrize(
    ("now", "first"),
    [
        ("Due", "Due – original"),
        ("Due date", "Original date"),
        ("Date", "Original date"),
        ("Timescale", "Original timescale"),
        ("When", "When / Original"),
        ("Deadline", "First deadline"),
        ("By when", "Original"),
    ],
)
def test_a_time_beside_that_headed_as_original_is_the_later_one(now: str, first: str) -> None:
    for found in (plan([(*HEAD, now, first)], LATER, FIRST), plan([(*HEAD, first, now)], FIRST, LATER)):
        assert (due(found), columns_asked(found)) == (MOVED, [])


@pytest.mark.parametrize(
    "header",
    [
        [(*HEAD, "When", LEFT), (ABOVE, ABOVE, ABOVE, "Original", "Revised")],
        [(*HEAD, "When", ""), ("", "", "", "Original", "Revised")],
        [(*HEAD, "Date", LEFT), ("", "", "", "Original", "Revised")],
        [("", "", "", "Timescale", LEFT), (*HEAD, "Original", "Revised")],
        [(*HEAD, "Timescale", "Timescale"), (ABOVE, ABOVE, ABOVE, "First", "Revised")],
    ],
)
def test_a_heading_of_times_above_original_and_revised(header: Rows) -> None:
    found = plan(header, FIRST, LATER)
    assert (due(found), columns_asked(found)) == (MOVED, [])


def test_a_start_before_the_first_and_the_later_finish() -> None:
    found = plan([(*HEAD, "Start", "Original finish", "Revised finish")], ("Jan 2015",) * 3, FIRST, LATER)
    assert (due(found), columns_asked(found)) == (MOVED, [])
    assert [one.line.timescale.text for one in found.lines] == [f"Jan 2015 to {each}" for each in FIRST]


def test_what_repeats_the_first_time_is_no_later_one_and_what_stands_alone_is_the_first() -> None:
    found = plan([(*HEAD, "Original date", "Due date")], ("March 2015", "", "TBC"), ("31/03/2015", "June 2015", "TBC"))
    assert due(found) == ["2015-03-31", "2015-06-30", "None"]


@pytest.mark.parametrize("text", ["No change", "Unchanged", "as originally planned", "n/a", "–"])
def test_nothing_was_revised(text: str) -> None:
    found = plan([(*HEAD, "When", "Revised")], FIRST, ("September 2015", text, "Dec 2015"))
    assert [day.removesuffix(" None") for day in due(found)] == MOVED
    assert [one.kind for one in found.questions if one.kind in ("timescale", "column")] == []


PROSE = ("We rewrote the pathway after the pilot", "", "Text agreed with all partners")


def test_revised_above_sentences_says_nothing_of_times() -> None:
    found = plan([(*HEAD, "When", "Revised")], FIRST, PROSE)
    assert due(found) == KEPT
    assert columns_asked(found) == [f"The column headed “Revised” begins with “{PROSE[0]}”. What does it hold?"]


@pytest.mark.parametrize(
    "heading",
    [
        "Date revised",
        "Revised on",
        "Last revised",
        "Date last updated",
        "Updated date",
        "New",
        "Agreed date",
        "Planned",
    ],
)
def test_days_below_a_heading_that_says_too_little_are_asked_about(heading: str) -> None:
    found = plan([(*HEAD, "Timescale", heading)], FIRST, LATER)
    (question,) = (one for one in found.questions if one.kind == "column")
    assert heading in question.text
    answered = plan([(*HEAD, "Timescale", heading)], FIRST, LATER, answers={question.key: "revised"})
    assert (due(answered), columns_asked(answered)) == (MOVED, [])


def test_which_of_three_times_holds_is_asked() -> None:
    found = plan([(*HEAD, "Original", "When", "Revised")], FIRST, FIRST, LATER)
    assert [heading in text for heading, text in zip(("Original", "Revised"), columns_asked(found), strict=True)] == [
        True,
        True,
    ]


@pytest.mark.parametrize("heading", ["Completion date", "Date of completion"])
def test_a_day_of_completion_beside_a_timescale_may_be_either(heading: str) -> None:
    found = plan([(*HEAD, "Deadline", heading)], FIRST, LATER)
    (question,) = (one for one in found.questions if one.kind == "column")
    assert question.choices[0].value == "completed"
    beside_start = plan([(*HEAD, "Start date", heading)], FIRST, LATER)
    assert columns_asked(beside_start) == []
