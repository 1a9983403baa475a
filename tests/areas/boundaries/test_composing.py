from datetime import date

import shapely

from areas.boundaries.composing import Coded, compose, epoch_days, existing_on

SPLIT, RECODED, LATER = date(2019, 4, 1), date(2023, 4, 1), date(2030, 4, 1)
LAST = date(2026, 1, 1)

# One area is split in two, its neighbour goes on under another code, a third one lies far away.
WHOLE = Coded(1, "E10000001", "Wholeshire", until_on=SPLIT)
HALVES = [Coded(2, "E06000002", "East Half", from_on=SPLIT), Coded(3, "E06000003", "West Half", from_on=SPLIT)]
NEIGHBOUR = [
    Coded(4, "E08000004", "Neighbour", until_on=RECODED),
    Coded(4, "E08000005", "Neighbour", from_on=RECODED),
]
FAR = Coded(5, "E09000005", "Farborough")
CODES = [WHOLE, *HALVES, *NEIGHBOUR, FAR]

OLDER = {
    "E10000001": shapely.box(-3, 52, -1, 53),
    "E08000004": shapely.box(-1, 52, 0, 53),
    "E09000005": shapely.box(0, 50, 1, 51),
}
NEWER = {
    "E06000002": shapely.box(-2, 52, -1.01, 53),
    "E06000003": shapely.box(-3, 52, -2, 53),
    "E08000005": shapely.box(-1.01, 52, 0, 53),
    "E09000005": shapely.box(0, 50, 1.01, 51),
}


def test_an_epoch_begins_wherever_an_area_or_code_does_or_ends() -> None:
    assert epoch_days(CODES, LAST) == [date(2014, 1, 1), SPLIT, RECODED]


def test_changes_after_the_last_day_and_before_the_first_begin_no_epoch() -> None:
    planned = Coded(6, "E06000006", "Planned", from_on=LATER)
    ancient = Coded(7, "E06000007", "Ancient", from_on=date(2009, 4, 1))
    assert epoch_days([planned, ancient], LAST) == [date(2014, 1, 1)]
    assert epoch_days([planned, ancient], LATER) == [date(2014, 1, 1), LATER]


def test_the_areas_of_a_day_have_the_codes_of_that_day() -> None:
    assert {coded.code for coded in existing_on(CODES, date(2019, 3, 31))} == {"E10000001", "E08000004", "E09000005"}
    assert {coded.code for coded in existing_on(CODES, RECODED)} == {
        "E06000002",
        "E06000003",
        "E08000005",
        "E09000005",
    }


def test_an_area_that_ended_and_its_neighbours_come_from_the_older_set() -> None:
    first = compose(CODES, OLDER, NEWER, LAST)[0]
    assert first.shapes == {**OLDER, "E09000005": NEWER["E09000005"]}


def test_once_it_is_gone_its_neighbours_come_from_the_newer_set_under_the_code_of_the_day() -> None:
    _, second, third = compose(CODES, OLDER, NEWER, LAST)
    assert second.shapes == {
        "E06000002": NEWER["E06000002"],
        "E06000003": NEWER["E06000003"],
        "E08000004": NEWER["E08000005"],
        "E09000005": NEWER["E09000005"],
    }
    assert third.shapes == NEWER


def test_an_area_without_a_shape_is_told() -> None:
    new = Coded(6, "E06000006", "Newborough", from_on=RECODED)
    *before, last = compose([*CODES, new], OLDER, NEWER, LAST)
    assert last.missing == (new,)
    assert not any(epoch.missing for epoch in before)
