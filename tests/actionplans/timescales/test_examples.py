"""Every timescale of the tables is read as a careful reader reads it; what is asked names its alternatives."""

from datetime import date

import pytest

from actionplans.timescales import Context, print_timescale, read_timescale
from tests.actionplans.timescales.asked import ASKED
from tests.actionplans.timescales.dated import DATED
from tests.actionplans.timescales.examples import AGAIN, IN_PLAN, MILESTONES, REVISED, UNDATED

PLAN = Context(date(2015, 4, 1), date(2016, 3, 31), date(2015, 4, 10))


@pytest.mark.parametrize("row", DATED, ids=lambda row: row[0])
def test_a_time_is_read_to_its_last_day(row: tuple[str, ...]) -> None:
    read = read_timescale(row[0])
    days = (str(read.start or ""), str(read.end or ""))
    assert (read.text, read.kind, *days, read.precision, read.confidence) == row


@pytest.mark.parametrize("row", AGAIN, ids=lambda row: row[0])
def test_what_recurs_has_a_rhythm_and_no_due_day(row: tuple[str, int, str, str, str]) -> None:
    read = read_timescale(row[0])
    assert (read.kind, read.end) == ("recurring", None)
    assert (row[0], read.review_every_months, str(read.start or ""), read.status_hint, read.confidence) == row


@pytest.mark.parametrize("row", UNDATED, ids=lambda row: row[0])
def test_what_gives_no_time_has_no_due_day_and_may_tell_how_things_stand(row: tuple[str, str, str]) -> None:
    read = read_timescale(row[0])
    assert (read.kind, read.start, read.end) == ("none", None, None)
    assert (row[0], read.status_hint, read.confidence) == row


@pytest.mark.parametrize("row", REVISED, ids=lambda row: row[0])
def test_a_revised_date_keeps_the_first_one(row: tuple[str, str, tuple[str, ...], str]) -> None:
    read = read_timescale(row[0])
    assert (row[0], str(read.original_due), tuple(str(each.end) for each in read.revised), read.confidence) == row
    assert read.as_fields()["due_on"] == read.revised[-1].end


@pytest.mark.parametrize("row", MILESTONES, ids=lambda row: row[0])
def test_milestones_keep_their_labels_and_the_last_is_due_last(
    row: tuple[str, tuple[tuple[str, str], ...], str],
) -> None:
    read = read_timescale(row[0])
    found = tuple((each.label, str(each.end or each.status_hint)) for each in read.milestones)
    assert (read.kind, found, read.confidence) == ("milestones", *row[1:])
    assert read.end == max(each.end for each in read.milestones if each.end)


@pytest.mark.parametrize("row", ASKED, ids=lambda row: row[0])
def test_what_cannot_be_known_is_asked_and_has_no_days(row: tuple[str, str, tuple[str, ...]]) -> None:
    read = read_timescale(row[0])
    assert (read.confidence, read.start, read.end) == ("ask", None, None)
    assert read.question.endswith(("?", "."))
    assert (row[0], read.kind, tuple(print_timescale(each) for each in read.alternatives)) == row


@pytest.mark.parametrize("row", IN_PLAN, ids=lambda row: row[0])
def test_the_plan_tells_which_year_is_meant(row: tuple[str, ...]) -> None:
    read = read_timescale(row[0], PLAN)
    assert (row[0], read.kind, str(read.start or ""), str(read.end or ""), read.confidence) == row
