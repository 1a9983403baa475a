"""The map of a report: all of England, or the part of it where the areas lie that are asked about."""

from xml.etree import ElementTree

import pytest

from concordat.palette import SIGN_UP
from concordat.reports.drawing.england import ENGLAND, LONDON, PALE_TOLD, SCILLY, View, england, view_of
from concordat.reports.drawing.svg import WIDTH, Named
from concordat.sheet import Paths, Row, Shape, Sheet

SVG = "{http://www.w3.org/2000/svg}"
NAMED = Named("map", "Signing up", "1 of 2 areas is green.")
GREEN = SIGN_UP[0]
NORTH, NEXT_TO_IT, SOUTH = "M700 400l100 0 0 100-100 0z", "M800 400l100 0 0 100-100 0z", "M700 1400l50 0 0 40-50 0z"
BRENT, CAMDEN = (
    ("M900 1200l10 0 0 10-10 0z", "M200 900l60 0 0 60-60 0z"),
    ("M912 1200h2v2h-2z", "M270 900l60 0 0 60-60 0z"),
)
SCILLY_DOTS = "M100 1300l20 0 0 20-20 0z"
CORNWALL = "M250 1480l150-40 20 60-140 50z"


def sheet_of(*paths: str, london: tuple[str, ...] = (), name: str = "Northshire") -> Sheet:
    def shapes(drawn: tuple[str, ...]) -> list[tuple[object, list[Shape]]]:
        return [(GREEN, [Shape("E1", "green", f"{name}: green", d) for d in drawn])] if drawn else []

    legend = [Row(0, "green", GREEN, len(paths), "Green")]
    return Sheet("Map", "", legend, shapes(paths), shapes(london), [(0, "Boundaries: nobody’s.")], 100)  # type: ignore[arg-type] # paints


def test_without_other_areas_it_is_all_of_england() -> None:
    view = view_of(sheet_of(NORTH, SOUTH), [])
    assert view == View(ENGLAND, insets=(LONDON, SCILLY))


def test_of_one_area_its_neighbourhood_is_shown_with_room_around() -> None:
    box = view_of(sheet_of(NORTH), [Paths(SOUTH)]).box
    assert box.left < 700
    assert box.left + box.across > 800
    assert box.top < 400
    assert box.top + box.down > 500
    assert box.across < ENGLAND.across / 4


@pytest.mark.parametrize("path", ["M700 400l400 0 0 10-400 0z", "M700 400l10 0 0 400-10 0z", "M700 400h2v2h-2z"])
def test_a_view_is_neither_too_flat_nor_too_high_nor_too_near(path: str) -> None:
    box = view_of(sheet_of(path), [Paths(SOUTH)]).box
    assert 0.59 < box.down / box.across < 1.11
    assert box.across >= 200


def test_areas_all_over_england_are_shown_on_all_of_it() -> None:
    assert view_of(sheet_of(NORTH, SOUTH), [Paths(NEXT_TO_IT)]).box == ENGLAND


def test_boroughs_of_london_are_shown_as_they_are_enlarged() -> None:
    view = view_of(sheet_of(BRENT[0], london=(BRENT[1],)), [Paths(*CAMDEN), Paths(NORTH)])
    assert view.is_of_london
    assert (view.box.left < 200, view.box.left + view.box.across > 260) == (True, True)
    drawn = england(NAMED, "signup", sheet_of(BRENT[0], london=(BRENT[1],)), [Paths(*CAMDEN), Paths(NORTH)])
    assert CAMDEN[1] in drawn
    assert NORTH not in drawn
    assert BRENT[0] not in drawn


def test_a_view_that_comes_near_scilly_has_its_frame_whole() -> None:
    view = view_of(sheet_of(CORNWALL), [Paths(NORTH), Paths(SCILLY_DOTS)])
    assert view.insets == (SCILLY,)
    assert (view.box.left <= SCILLY.left, view.box.top <= SCILLY.top) == (True, True)
    assert "Isles of Scilly" in england(NAMED, "signup", sheet_of(CORNWALL), [Paths(NORTH), Paths(SCILLY_DOTS)])


def test_other_areas_are_pale_where_they_are_in_sight_and_that_is_said() -> None:
    drawn = england(NAMED, "signup", sheet_of(NORTH), [Paths(NEXT_TO_IT), Paths(SOUTH)])
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own
    (pale,) = [path for path in root.iter(f"{SVG}path") if path.get("class") == "chart__elsewhere"]
    assert pale.get("d") == NEXT_TO_IT
    assert PALE_TOLD in " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    assert float(str(root.get("viewBox")).split()[2]) == WIDTH


def test_where_no_other_is_in_sight_none_is_told_of() -> None:
    drawn = england(NAMED, "signup", sheet_of(NORTH), [Paths(SOUTH)])
    assert PALE_TOLD not in drawn
    assert "chart__elsewhere" not in drawn


def test_nothing_to_draw_is_an_empty_map() -> None:
    assert view_of(sheet_of(), [Paths(NORTH)]).box == ENGLAND


def test_what_xml_forbids_is_in_no_picture() -> None:
    drawn = england(NAMED, "signup", sheet_of(NORTH, name="North\x08shire\x0b & \ud800"))
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own
    assert [each.text for each in root.iter(f"{SVG}title")][-1] == "North�shire\n & �: green"
