"""Timescales in plain words and in the shape that programs rely on."""

import json
from datetime import date

import pytest

from actionplans.timescale import Confidence, Kind, TimePrecision, Timescale
from actionplans.timescales import as_json, print_timescale, read_timescale


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("April 15", "by the end of April 2015"),
        ("31.3.15", "31 March 2015"),
        ("Q4 14/15", "1 January to 31 March 2015 (Q4 2014/15)"),
        ("Winter 18/19", "1 December 2018 to 28 February 2019 (winter 2018/19)"),
        ("15-16", "1 April 2015 to 31 March 2016 (financial year 2015/16)"),
        ("Mid 2014-end 2016", "1 May 2014 to calendar year 2016"),
        ("2014/2015/16", "financial year 2014/15 to financial year 2015/16"),
        ("Jan – Mar 2015", "January 2015 to March 2015"),
        ("Q1-Q3 2015/16", "Q1 2015/16 to Q3 2015/16"),
        ("Spring/Summer 2016", "spring 2016 to summer 2016"),
        ("late 2015", "calendar year 2015"),
        ("From April 2015", "from April 2015"),
        ("Until Sept 2015", "until September 2015"),
        ("twice yearly", "every 6 months"),
        ("Monthly from 1 April 2015", "every month from 1 April 2015"),
        ("within 6 months of 1 April 2015", "within 6 months of 1 April 2015"),
        ("within 45 days of 1 April 2015", "within 45 days of 1 April 2015"),
        ("April 2015, Revised date: April 2017", "by the end of April 2015 (revised: by the end of April 2017)"),
        ("Phase 1 done; phase 2 Oct 2016", "1) Phase 1: completed; 2) phase 2: by the end of October 2016"),
        ("TBC", "no time given"),
        ("Not started", "not started"),
        ("Q1 2015", "Q1 2015"),
    ],
)
def test_it_is_printed_in_plain_words(text: str, printed: str) -> None:
    assert print_timescale(read_timescale(text)) == printed


def test_a_rhythm_without_a_number_is_that_of_meetings() -> None:
    assert print_timescale(Timescale(kind=Kind.RECURRING)) == "at every meeting"


def test_a_range_to_a_day_within_its_period_names_the_day() -> None:
    odd = Timescale("", Kind.RANGE, date(2015, 4, 7), date(2015, 6, 9), TimePrecision.MONTH)
    assert print_timescale(odd) == "7 April 2015 to 9 June 2015"


def test_programs_get_dates_as_iso_8601_and_null_for_what_is_unknown() -> None:
    read = read_timescale("April 2015 (revised: April 2017)")
    assert json.loads(json.dumps(as_json(read))) == {
        "text": "April 2015 (revised: April 2017)",
        "kind": "month",
        "start": "2015-04-01",
        "end": "2015-04-30",
        "precision": "month",
        "confidence": "sure",
        "alternatives": [],
        "revised": [
            {
                "text": "April 2017",
                "kind": "month",
                "start": "2017-04-01",
                "end": "2017-04-30",
                "precision": "month",
                "confidence": "sure",
                "alternatives": [],
                "revised": [],
                "milestones": [],
                "review_every_months": None,
            }
        ],
        "milestones": [],
        "review_every_months": None,
    }


def test_programs_get_the_readings_to_choose_from_and_the_labels_of_milestones() -> None:
    asked = as_json(read_timescale("Q1 2015"))
    assert (asked["kind"], asked["start"], asked["end"], asked["precision"]) == ("quarter", None, None, None)
    assert [(each["start"], each["end"], each["text"]) for each in asked["alternatives"]] == [
        ("2015-01-01", "2015-03-31", "Q1 2015"),
        ("2015-04-01", "2015-06-30", "Q1 2015"),
    ]
    steps = as_json(read_timescale("Feasibility June 2015; live April 2016"))
    assert [(each["label"], each["end"]) for each in steps["milestones"]] == [
        ("Feasibility", "2015-06-30"),
        ("live", "2016-04-30"),
    ]
    assert as_json(read_timescale("Six-monthly"))["review_every_months"] == 6


def test_what_must_be_asked_is_printed_as_it_was_written() -> None:
    assert print_timescale(Timescale("soon", confidence=Confidence.ASK)) == "soon"
