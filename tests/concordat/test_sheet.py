"""What stands where on the sheet of the map, from made-up pictures."""

from datetime import date
from itertools import pairwise

import pytest

from actionplans.progress import Tally
from actionplans.states import Delivery
from concordat.drawing import Frame
from concordat.national import SignUp, SignUpStatus
from concordat.picture import AreaOnDay, Picture
from concordat.sheet import ENGLAND, LONDON, SCILLY, Paths, paths_of, sheet

SQUARE = {"type": "Polygon", "coordinates": [[[0, 52], [1, 52], [1, 53], [0, 53], [0, 52]]]}
ISLES = {"type": "Polygon", "coordinates": [[[-6.3, 49.9], [-6.28, 49.9], [-6.28, 49.93], [-6.3, 49.9]]]}


def area(name: str, status: SignUpStatus, reason: str, delivery: Delivery | None = None) -> AreaOnDay:
    return AreaOnDay(
        code=f"E{name}",
        slug=name.lower(),
        name=name,
        region="London",
        kind="county",
        sign_up=SignUp(status, reason),
        since=None,
        since_precision=None,
        delivery=delivery,
        actions=Tally(),
        partnerships=(),
        inherited_from=(),
    )


def picture(*areas: AreaOnDay) -> Picture:
    return Picture(on=date(2015, 4, 10), areas=areas, actions=Tally(), complete_to=None)


THREE = picture(
    area("Ash", SignUpStatus.AMBER, "1 of 2 plans published", Delivery.OFF_TRACK),
    area("Birch", SignUpStatus.GREEN, "Action plan published", Delivery.DELIVERED),
    area("Cedar", SignUpStatus.RED, "No declaration recorded"),
)
ALL_DRAWN = {name: Paths("M0 0h1v1z", "M2 2h1v1z") for name in ("ash", "birch", "cedar")}


@pytest.mark.parametrize(
    ("lens", "said"),
    [
        (
            "signup",
            {
                "Ash: amber, 1 of 2 plans published",
                "Birch: green, action plan published",
                "Cedar: red, no declaration recorded",
            },
        ),
        ("delivery", {"Ash: off track", "Birch: delivered", "Cedar: no actions recorded"}),
    ],
)
def test_every_area_is_said_with_its_status(lens: str, said: set[str]) -> None:
    drawn = sheet(THREE, lens, ALL_DRAWN, [])
    for layer in (drawn.england, drawn.london):
        assert {shape.said for _, shapes in layer for shape in shapes} == said
        assert all(shape.status == paint.status for paint, shapes in layer for shape in shapes)


def test_the_legend_counts_every_status_and_its_sentence_only_those_that_occur() -> None:
    drawn = sheet(THREE, "delivery", ALL_DRAWN, [])
    assert [(row.name, row.count) for row in drawn.legend if row.count] == [
        ("Delivered", 1),
        ("Off track", 1),
        ("No actions recorded", 1),
    ]
    assert len(drawn.legend) == 8
    assert drawn.told == "Of 3 areas: 1 delivered, 1 off track, 1 no actions recorded."


def test_dark_borders_are_drawn_over_light_ones() -> None:
    edges = [paint.edge for paint, _ in sheet(THREE, "signup", ALL_DRAWN, []).england]
    assert edges[0] == "#ffffff"
    assert "#ffffff" not in edges[1:]


def test_only_london_is_drawn_twice_and_scilly_in_its_corner() -> None:
    assert paths_of(SQUARE, "East of England", 0).of_london == ""
    assert paths_of(SQUARE, "London", 0).of_london
    x, y = (int(number) for number in paths_of(ISLES, "South West", -6.3).of_england[1:].partition("l")[0].split())
    assert (x, y) == SCILLY.point(-6.3, 49.9)


@pytest.mark.parametrize(
    ("frame", "right", "bottom"), [(ENGLAND, 1260, 1560), (LONDON, 558, 1200), (SCILLY, 290, 1456)]
)
def test_what_a_frame_shows_stays_between_its_edges(frame: Frame, right: int, bottom: int) -> None:
    x, y = frame.point(frame.box.east, frame.box.south)
    assert x <= right
    assert y <= bottom


def test_long_sentences_go_on_in_the_next_line_and_the_sheet_grows() -> None:
    short, long = sheet(THREE, "signup", ALL_DRAWN, ["One."]), sheet(THREE, "signup", ALL_DRAWN, ["Word " * 100])
    assert [line for _, line in short.foot] == ["One."]
    assert len(long.foot) > 5
    assert all(len(line) <= 92 for _, line in long.foot)
    assert {after - before for (before, _), (after, _) in pairwise(long.foot)} == {36}
    assert long.height > short.height


def test_areas_without_a_shape_are_named_first() -> None:
    foot = " ".join(line for _, line in sheet(THREE, "signup", {"ash": ALL_DRAWN["ash"]}, ["Source."]).foot)
    assert foot == "Not drawn, as their boundaries are not loaded: Birch, Cedar. Source."
