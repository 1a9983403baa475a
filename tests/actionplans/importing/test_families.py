"""One answer to many questions of a kind."""

from datetime import date

import pytest

from actionplans.importing.tables import Cell
from actionplans.importing.understanding.answers import Asking, Family, first
from actionplans.importing.understanding.shapes import Choice
from actionplans.importing.understanding.times import Clock
from actionplans.timescale import Timescale
from actionplans.timescales import Context, read_timescale

LATER = Context(date(2024, 4, 1), date(2027, 3, 31))
OLD = ("March 2015", "June 2015", "December 2015", "April 2015, Revised date: April 2017")


def read(texts: tuple[str, ...], answers: dict[str, str], context: Context = LATER) -> tuple[list[str], Asking]:
    """When each is due with these answers."""
    asking = Asking(answers)
    clock = Clock(lambda text, value, struck="": read_timescale(text, context, struck=struck), asking)
    found: list[Timescale] = [clock.read([Cell(f"C{row}", text)]) for row, text in enumerate(texts, 2)]
    return [str(one.current.end) for one in found], asking


def test_dates_far_outside_the_plan_are_one_question() -> None:
    due, asking = read(OLD, {})
    assert due == ["None"] * 4
    (question,) = asking.questions()
    assert (question.key, question.kind) == ("all:period", "timescale")
    assert question.text.startswith(
        "“March 2015”, “June 2015”, “December 2015” and 1 more: these dates lie far outside"
    )
    assert question.cells == ("C2", "C3", "C4", "C5")
    assert [choice.value for choice in question.choices] == ["meant", "none", "each"]


@pytest.mark.parametrize(
    ("answer", "due", "left"),
    [
        ("meant", ["2015-03-31", "2015-06-30", "2015-12-31", "2017-04-30"], 0),
        ("Yes, all are meant as they are written", ["2015-03-31", "2015-06-30", "2015-12-31", "2017-04-30"], 0),
        ("none", ["None"] * 4, 0),
        ("each", ["None"] * 4, 4),
    ],
)
def test_one_answer_settles_them_or_asks_each(answer: str, due: list[str], left: int) -> None:
    found, asking = read(OLD, {"all:period": answer})
    assert found == due
    assert len(asking.questions()) == left
    assert [question.key for question, _ in asking.answered()] == ([] if left else ["all:period"])


def test_an_answer_of_its_own_goes_before_that_to_all() -> None:
    _, asking = read(OLD, {"all:period": "each"})
    key = asking.questions()[0].key
    due, asking = read(OLD, {"all:period": "meant", key: "none"})
    assert due == ["None", "2015-06-30", "2015-12-31", "2017-04-30"]
    assert asking.questions() == ()


def test_two_are_asked_one_by_one() -> None:
    _, asking = read(OLD[:2], {})
    assert [question.cells for question in asking.questions()] == [("C2",), ("C3",)]


@pytest.mark.parametrize(
    ("answer", "due"),
    [
        ("calendar", ["2015-03-31", "2015-06-30", "2015-12-31"]),
        ("nhs", ["2015-06-30", "2015-09-30", "None"]),  # of Q4 it is yet to be asked which January
    ],
)
def test_how_a_plan_counts_its_quarters_is_one_question(answer: str, due: list[str]) -> None:
    texts = ("Q1 2015", "Q2 2015", "Q4 2015")
    assert [question.key for question in read(texts, {}, Context())[1].questions()] == ["all:quarters"]
    found, asking = read(texts, {"all:quarters": answer}, Context())
    assert found == due
    assert len(asking.questions()) == due.count("None")


@pytest.mark.parametrize(("answer", "due"), [("year", "2015-04-30"), ("day", "None")])
def test_figures_after_a_month_are_one_question(answer: str, due: str) -> None:
    texts = ("Apr-15", "May-15", "Jun-15")
    assert [question.key for question in read(texts, {})[1].questions()] == ["all:figures"]
    assert read(texts, {"all:figures": answer})[0][0] == due


def test_the_start_of_a_span_is_not_asked_about() -> None:
    asking = Asking({})
    clock = Clock(lambda text, value, struck="": read_timescale(text, LATER, struck=struck), asking)
    found = clock.span([Cell("C2", "Apr-15")], [Cell("D2", "March 2026")])
    assert (found.text, str(found.end), found.start) == ("Apr-15 to March 2026", "2026-03-31", date(2026, 3, 1))
    assert asking.questions() == ()


def test_what_an_answer_to_all_does_not_fit_is_asked_by_itself() -> None:
    family = Family("sizes", "{these}?", (Choice("small", "All are small"),), picks={"large": first})
    asking = Asking({"all:sizes": "small"})
    offered = (Choice("large", "Large"),)
    assert asking.ask("size", ("a",), at="A1", text="a?", choices=offered, family=family) is None
    assert [question.text for question in asking.questions()] == ["a?"]
