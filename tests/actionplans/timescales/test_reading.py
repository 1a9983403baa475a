"""What the reader keeps and what it says."""

import pytest

from actionplans.timescales import print_timescale, read_timescale
from actionplans.timescales.tokens import LONGEST


def test_the_text_stays_as_written() -> None:
    text = "  By\u00a0the END of\nMarch ’15*  "
    read = read_timescale(text)
    assert (read.text, str(read.end)) == (text, "2015-03-31")


@pytest.mark.parametrize("piece", ["1 ", "q1-", "(", "2015/", "march 2015, ", "every ", "' ", "a.", "ﷺ"])
def test_the_longest_cell_of_a_spreadsheet_is_asked_about_and_not_searched(piece: str) -> None:
    read = read_timescale((piece * 32_767)[:32_767])
    assert (read.confidence, read.question) == ("ask", "The text is too long for a timescale. When is it due?")


def test_long_runs_of_spaces_count_for_one() -> None:
    assert str(read_timescale("March" + " " * LONGEST + "2015").end) == "2015-03-31"


def test_a_question_says_in_plain_words_what_is_to_be_told() -> None:
    asked = {
        "Q1 2015": "Is this counted by the calendar year (from January) or by the NHS year (from April)?",
        "31 Feb 2015": "There is no such day. Which day is meant?",
        "March 2015, June 2015": "Several dates are written. Is each a milestone, or does the last replace the others?",
        "See action 1.2": "The date stands elsewhere. Which is it?",
        "bi-monthly": "Is this every two months or twice a month?",
        "Completed March 2015": "Was this completed then, or is it to be completed by then?",
        "Dec 2015 - March 2015": "It ends before it starts. Which days are meant?",
    }
    assert {text: read_timescale(text).question for text in asked} == asked


def test_a_doubt_says_why_and_what_else_it_may_be() -> None:
    read = read_timescale("04/05/2015")
    assert (read.confidence, str(read.end)) == ("likely", "2015-05-04")
    assert read.question == "Day and month may be the other way round."
    assert [print_timescale(each) for each in read.alternatives] == ["5 April 2015"]


def test_ongoing_with_a_review_keeps_the_day_of_the_review_and_is_never_due() -> None:
    read = read_timescale("Ongoing – review March 2016")
    assert (read.end, read.review_every_months) == (None, 12)
    assert [(each.label, str(each.end)) for each in read.milestones] == [("review", "2016-03-31")]
    assert read.as_fields()["due_on"] is None


def test_the_original_due_day_is_that_first_written() -> None:
    read = read_timescale("Sept 2015 (was March 2015)")
    assert (str(read.original_due), str(read.as_fields()["due_on"])) == ("2015-03-31", "2015-09-30")
