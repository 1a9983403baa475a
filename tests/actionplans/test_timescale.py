"""A timescale as written and as understood, and how a row keeps it. Pure."""

import json
from datetime import date

import pytest

from actionplans.models.timed import Timed
from actionplans.timescale import Confidence, Kind, TimePrecision, Timescale, of_plain, plain
from actionplans.timescales import read_timescale

QUARTER = Timescale(
    text="Q1 2015",
    kind=Kind.QUARTER,
    start=date(2015, 1, 1),
    end=date(2015, 3, 31),
    precision=TimePrecision.QUARTER,
    confidence=Confidence.ASK,
    alternatives=(
        Timescale("Q1 2015", Kind.QUARTER, date(2015, 4, 1), date(2015, 6, 30), TimePrecision.QUARTER),
        Timescale(text="Q1 2015"),
    ),
)


def test_the_due_day_is_the_last_day_of_the_period_and_the_text_stays_as_written() -> None:
    fields = QUARTER.as_fields()
    del fields["alternatives"], fields["milestones"]
    assert fields == {
        "timescale_text": "Q1 2015",
        "timescale_kind": "quarter",
        "starts_on": date(2015, 1, 1),
        "due_on": date(2015, 3, 31),
        "timescale_precision": "quarter",
        "timescale_confidence": "ask",
        "review_every_months": None,
    }


def test_something_recurring_has_a_rhythm_and_no_due_day() -> None:
    fields = Timescale(text="At least quarterly", kind=Kind.RECURRING, review_every_months=3).as_fields()
    assert (fields["due_on"], fields["review_every_months"], fields["timescale_precision"]) == (None, 3, "")


def test_no_time_given_is_sure_of_nothing_being_due() -> None:
    assert Timescale(text="TBC").as_fields() == {
        "timescale_text": "TBC",
        "timescale_kind": "none",
        "starts_on": None,
        "due_on": None,
        "timescale_precision": "",
        "timescale_confidence": "sure",
        "review_every_months": None,
        "alternatives": [],
        "milestones": [],
    }


def test_other_readings_are_kept_as_json_with_what_they_say_alone() -> None:
    kept = json.loads(json.dumps(QUARTER.as_fields()["alternatives"]))
    assert kept == [
        {
            "text": "Q1 2015",
            "kind": "quarter",
            "start": "2015-04-01",
            "end": "2015-06-30",
            "precision": "quarter",
            "confidence": "sure",
        },
        {"text": "Q1 2015", "kind": "none", "confidence": "sure"},
    ]


def test_a_reading_of_several_milestones_is_kept_with_each_of_them() -> None:
    steps = tuple(
        Timescale("", Kind.MONTH, date(2015, month, 1), date(2015, month, 30), TimePrecision.MONTH, label=label)
        for month, label in ((4, "draft"), (6, "final"))
    )
    either = Timescale("April, June", confidence=Confidence.ASK, alternatives=(Timescale(milestones=steps),))
    kept = json.loads(json.dumps(either.as_fields()["alternatives"]))
    assert [(each["label"], each["end"]) for each in kept[0]["milestones"]] == [
        ("draft", "2015-04-30"),
        ("final", "2015-06-30"),
    ]


def test_the_fields_are_those_of_a_revised_date_as_it_holds_now() -> None:
    later = Timescale("April 2017", Kind.MONTH, date(2017, 4, 1), date(2017, 4, 30), TimePrecision.MONTH)
    revised = Timescale(
        "April 2015 (revised: April 2017)",
        Kind.MONTH,
        date(2015, 4, 1),
        date(2015, 4, 30),
        TimePrecision.MONTH,
        revised=(later,),
    )
    fields = revised.as_fields()
    assert (fields["timescale_text"], fields["due_on"]) == (revised.text, date(2017, 4, 30))
    assert revised.original_due == date(2015, 4, 30)


@pytest.mark.parametrize(
    "text",
    ["Q1 2015", "Feasibility June 2015; live April 2016", "April 2015 (revised: April 2017)", "Six-monthly", "TBC", ""],
)
def test_what_is_told_as_json_is_read_back(text: str) -> None:
    read = read_timescale(text)
    assert of_plain(json.loads(json.dumps(plain(read)))) == read


def test_the_fields_are_those_of_a_row_with_a_timescale() -> None:
    assert set(Timescale().as_fields()) == {field.name for field in Timed._meta.get_fields()}


def test_it_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="A timescale cannot end before it starts: 2015-06-02 to 2015-06-01"):
        Timescale(kind=Kind.RANGE, start=date(2015, 6, 2), end=date(2015, 6, 1))


@pytest.mark.parametrize(
    ("start", "end"),
    [(date(2015, 6, 1), date(2015, 6, 1)), (date(2015, 6, 1), None), (None, date(2015, 6, 1))],
    ids=["one day", "no end", "no start"],
)
def test_it_may_last_a_day_or_be_open(start: date | None, end: date | None) -> None:
    fields = Timescale(kind=Kind.RANGE, start=start, end=end, precision=TimePrecision.DAY).as_fields()
    assert (fields["starts_on"], fields["due_on"]) == (start, end)


@pytest.mark.parametrize(
    ("kind", "precision"),
    [(Kind.NONE, TimePrecision.DAY), (Kind.RECURRING, TimePrecision.DAY), (Kind.DATE, None)],
    ids=["no time given", "again and again", "without a precision"],
)
def test_an_end_needs_a_kind_that_ends_and_a_precision(kind: Kind, precision: TimePrecision | None) -> None:
    with pytest.raises(ValueError, match="has an end"):
        Timescale(kind=kind, end=date(2015, 6, 1), precision=precision)
