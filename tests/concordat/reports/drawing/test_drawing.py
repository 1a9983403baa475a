"""Pictures of reports: numbers in, SVG out that stands alone, says itself in words, and needs no colour to be read."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.palette import DELIVERY, SIGN_UP
from concordat.reports.drawing import areas, bars, heat
from concordat.reports.drawing.scales import Days, thinned
from concordat.reports.drawing.svg import WIDTH, Named

SVG = "{http://www.w3.org/2000/svg}"
NAMED = Named("trend", "Signing up <since> 2014", "1 area & more is “green”.")
GROUND = "chart__ground"
FIRST, LAST = date(2014, 1, 1), date(2015, 1, 1)
UPWARD = list(reversed(SIGN_UP))  # red, amber, green


def course(*counts: tuple[int, int, int], name: str = "England") -> areas.Course:
    """Red, amber and green from month to month."""
    days = [FIRST + timedelta(days=30 * place) for place in range(len(counts))]
    layers = [areas.Layer(paint, [at[place] for at in counts]) for place, paint in enumerate(UPWARD)]
    return areas.Course(name, days, layers)


def stacked() -> str:
    return areas.stacked(NAMED, "signup", course((3, 0, 0), (1, 2, 0), (0, 1, 2)), LAST)


def small() -> str:
    return areas.small(NAMED, "signup", [course((1, 0, 0), (0, 0, 1)), course((2, 0, 0), name="A & B")], LAST)


def made_up() -> str:
    counts = {"delivered": 9, "on_track": 3, "off_track": 0, "some_delays": 1}
    return bars.made_up(NAMED, "delivery", DELIVERY, [bars.Bar("1 <b>", counts, "9 of 13 done")])


def ranges() -> str:
    return bars.ranges(NAMED, [("No slip", 7), ("Up to 3 months", 0), ("A&E", 14)], "Actions")


def marks() -> str:
    shown = {"yes": heat.HAVE, "no": heat.LACK, "was": heat.LAPSED, "unknown": heat.UNKNOWN}
    rows = [("A very long name of a place <i> in the north", ["yes", "no"]), ("B", ["was", "unknown"])]
    return heat.table(NAMED, ["Police", "Ambulance"], rows, shown)


ALL: list[Callable[[], str]] = [stacked, small, made_up, ranges, marks]


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own


@pytest.mark.parametrize("draw", ALL)
class TestEveryPicture:
    def test_it_is_named_and_said_in_words(self, draw: Callable[[], str]) -> None:
        root = read(draw())
        ids = {each.get("id"): each.text for each in root.iter() if each.get("id")}
        assert root.get("role") == "img"
        assert ids[root.get("aria-labelledby")] == NAMED.title
        assert ids[root.get("aria-describedby")] == NAMED.told

    def test_it_stands_alone_and_writes_no_style_inline(self, draw: Callable[[], str]) -> None:
        svg = draw()
        assert " style=" not in svg
        assert "<style" not in svg
        assert "href" not in svg
        used, there = set(re.findall(r"url\(#([^)]+)\)", svg)), set(re.findall(r'<pattern [^>]*id="([^"]+)"', svg))
        assert used <= there
        ids = re.findall(r' id="([^"]+)"', svg)
        assert len(ids) == len(set(ids))
        assert all(each.startswith("trend-") for each in ids)

    def test_everything_is_drawn_on_the_sheet_in_letters_that_can_be_read(self, draw: Callable[[], str]) -> None:
        root = read(draw())
        _, _, wide, high = (float(each) for each in str(root.get("viewBox")).split())
        assert wide == WIDTH
        for text in root.iter(f"{SVG}text"):
            assert float(str(text.get("font-size"))) >= 15
            assert 0 <= float(str(text.get("x"))) <= wide
            assert 0 < float(str(text.get("y"))) <= high
            assert "NaN" not in str(text.attrib)

    def test_every_colour_of_it_has_a_class_by_which_a_page_changes_it(self, draw: Callable[[], str]) -> None:
        root = read(draw())
        parents = {child: parent for parent in root.iter() for child in parent}
        for each in root.iter():
            is_coloured = any(str(each.get(name, "")).startswith("#") for name in ("fill", "stroke"))
            if is_coloured:
                assert each.get("class") or parents[each].get("class")


def texts(svg: str) -> list[str]:
    return [text.text or "" for text in read(svg).iter(f"{SVG}text")]


class TestStacked:
    def test_its_key_says_how_many_there_are_on_the_last_day(self) -> None:
        assert texts(stacked())[:3] == ["Green: 2", "Amber: 1", "Red: 0"]

    def test_each_layer_that_is_not_plain_has_a_pattern_of_its_own(self) -> None:
        drawn = [path.get("d") for path in read(stacked()).findall(f".//{SVG}pattern/{SVG}path")]
        assert len(drawn) == len(set(drawn)) == 2

    def test_a_layer_stands_upon_those_below_it(self) -> None:
        paths = [str(path.get("d")) for path in read(stacked()).iter(f"{SVG}path") if path.get("class") == GROUND]
        levels = [[float(y) for y in re.findall(r"V([\d.]+)", path)] for path in paths]
        red, amber, green = levels
        top, high = 40.0, areas.PLOT
        assert red[0] == top  # three of three are red at first
        assert green[2] == top  # two green on the rest at last
        assert amber[2] == pytest.approx(top + high * 2 / 3, abs=0.1)

    def test_years_are_written_below_it(self) -> None:
        long = areas.Course("England", [FIRST], [areas.Layer(UPWARD[0], [5])])
        assert "2018" in texts(areas.stacked(NAMED, "signup", long, date(2026, 11, 2)))

    def test_a_country_without_areas_is_an_empty_frame(self) -> None:
        root = read(areas.stacked(NAMED, "signup", course((0, 0, 0)), LAST))
        assert [path for path in root.iter(f"{SVG}path") if path.get("class") == GROUND] == []

    @given(st.lists(st.tuples(*[st.integers(0, 500)] * 3), min_size=1, max_size=40))
    def test_no_counts_break_it(self, counts: list[tuple[int, int, int]]) -> None:
        svg = areas.stacked(NAMED, "signup", course(*counts), LAST)
        assert "nan" not in svg
        read(svg)


class TestSmall:
    def test_each_place_is_named_with_its_areas(self) -> None:
        said = texts(small())
        assert said[3:5] == ["England", "1 area"]
        assert "A & B" in said
        assert "2 areas" in said


class TestMadeUp:
    def test_the_numbers_are_written_in_where_there_is_room(self) -> None:
        said = texts(made_up())
        assert said[-3:] == ["9", "3", "1"]
        assert "9 of 13 done" in said

    def test_what_nothing_has_is_not_in_the_key(self) -> None:
        assert texts(made_up())[:3] == ["Delivered", "On track", "Some delays"]

    def test_a_thing_with_nothing_is_an_empty_bar(self) -> None:
        assert texts(bars.made_up(NAMED, "delivery", DELIVERY, [bars.Bar("None", {})])) == ["None", ""]

    def test_a_long_name_takes_several_lines(self) -> None:
        name = "Commissioning to allow earlier intervention and responsive crisis services"
        said = texts(bars.made_up(NAMED, "delivery", DELIVERY, [bars.Bar(name, {"delivered": 1}, "1 of 1 done")]))
        assert " ".join(said[1:3]) == name


class TestRanges:
    def test_each_has_its_number_and_its_name(self) -> None:
        said = texts(ranges())
        assert said[0] == "Actions"
        assert {"7", "0", "14", "No slip", "A&E"} <= set(said)

    def test_the_highest_is_as_high_as_there_is_room(self) -> None:
        heights = [float(str(bar.get("height"))) for bar in read(ranges()).iter(f"{SVG}rect")]
        assert heights == [bars.HIGHEST / 2, 0, bars.HIGHEST]

    def test_nothing_at_all_is_drawn_without_a_fault(self) -> None:
        assert texts(bars.ranges(NAMED, [], "Actions")) == ["Actions"]


class TestMarks:
    def test_columns_are_numbered_and_named_and_rows_shortened(self) -> None:
        said = texts(marks())
        assert "1  Police" in said
        assert "2  Ambulance" in said
        assert any(each.endswith("…") for each in said)

    def test_each_mark_has_a_sign_of_its_own(self) -> None:
        signs = [str(path.get("d")) for path in read(marks()).iter(f"{SVG}path")]
        assert len(set(signs[:4])) == 4
        assert signs[4:] == [signs[0], signs[1], signs[2], signs[3]]


class TestScale:
    def test_the_ends(self) -> None:
        scale = Days(FIRST, LAST, 10, 100)
        assert (scale.at(FIRST), scale.at(LAST)) == (10, 110)
        assert (scale.at(date(2000, 1, 1)), scale.at(date(2030, 1, 1))) == (10, 110)

    def test_a_single_day(self) -> None:
        assert Days(FIRST, FIRST, 10, 100).at(FIRST) == 10

    @pytest.mark.parametrize(
        ("last", "said"),
        [
            (date(2014, 6, 30), ["Jan 2014", "Feb 2014", "Mar 2014", "Apr 2014", "May 2014", "Jun 2014"]),
            (date(2015, 12, 31), ["Jan 2014", "Jul 2014", "Jan 2015", "Jul 2015"]),
            (date(2026, 11, 2), ["2014", "2016", "2018", "2020", "2022", "2024", "2026"]),
        ],
    )
    def test_what_is_written_on_it(self, last: date, said: list[str]) -> None:
        assert [words for _, words in Days(FIRST, last, 0, 100).ticks(7)] == said

    @given(st.dates(date(2014, 1, 1), date(2099, 1, 1)), st.dates(date(2014, 1, 1), date(2099, 1, 1)))
    def test_never_more_than_there_is_room_for(self, one: date, other: date) -> None:
        ticks = Days(min(one, other), max(one, other), 0, 100).ticks(7)
        assert len(ticks) <= 7

    def test_of_steps_that_are_too_near_the_last_is_drawn(self) -> None:
        assert thinned([0, 0.2, 0.4, 5, 5.1], 1) == [2, 4]
        assert thinned([0, 0.6, 1.2, 1.8, 2.4], 1) == [1, 3, 4]
        assert thinned([], 1) == []
