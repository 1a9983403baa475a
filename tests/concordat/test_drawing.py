"""Made-up shapes, and the paths that they become."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concordat.drawing import Box, Frame, extent, path

# On the equator a degree is as long as it is high: a hundred units here.
FRAME = Frame.fitted(Box(0, -1, 4, 1), 10, 20, 400, 200)
SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]


def polygon(*rings: list[list[float]]) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}


def corners(d: str) -> list[tuple[int, int]]:
    """Every point that a path goes through, worked out from its relative steps."""
    points = []
    for ring in d.removesuffix("z").split("z"):
        (x, y), *steps = [(int(a), int(b)) for a, b in zip(*[iter(re.findall(r"-?\d+", ring))] * 2, strict=True)]
        points.append((x, y))
        for dx, dy in steps:
            x, y = x + dx, y + dy
            points.append((x, y))
    return points


@pytest.mark.parametrize(
    ("geometry", "d"),
    [
        pytest.param(polygon(SQUARE), "M10 120l100 0 0-100-100 0z", id="a square"),
        pytest.param(
            {"type": "MultiPolygon", "coordinates": [[SQUARE], [[[2, 0], [3, 0], [3, 1], [2, 0]]]]},
            "M10 120l100 0 0-100-100 0zM210 120l100 0 0-100z",
            id="two parts",
        ),
        pytest.param(
            polygon(SQUARE, [[0.2, 0.2], [0.2, 0.8], [0.8, 0.8], [0.2, 0.2]]),
            "M10 120l100 0 0-100-100 0zM30 100l0-60 60 0z",
            id="a hole",
        ),
        pytest.param(
            polygon([[0, 0], [0.5, 0], [1, 0], [1.001, 0.001], [1, 1], [0, 1], [0, 0]]),
            "M10 120l100 0 0-100-100 0z",
            id="points that add nothing are left out",
        ),
        pytest.param(
            polygon(SQUARE, [[0.2, 0.2], [0.2, 0.201], [0.201, 0.201], [0.2, 0.2]]),
            "M10 120l100 0 0-100-100 0z",
            id="a hole too small to see is left out",
        ),
        pytest.param(
            polygon([[1, 0], [1.001, 0], [1.001, 0.001], [1, 0]]), "M109 119h2v2h-2z", id="an area never vanishes"
        ),
        pytest.param(
            polygon([[0, 0, 7], [1, 0, 7], [1, 1, 7], [0, 0, 7]]), "M10 120l100 0 0-100z", id="heights do not matter"
        ),
    ],
)
def test_a_shape_becomes_a_path(geometry: dict[str, object], d: str) -> None:
    assert path(geometry, FRAME) == d


@pytest.mark.parametrize(
    ("edges", "corner", "opposite"),
    [
        ((0, 0, 400, 200), (0, 0), (400, 200)),
        ((0, 0, 400, 400), (0, 100), (400, 300)),  # in the middle of what is too high
        ((0, 0, 800, 200), (200, 0), (600, 200)),  # and of what is too wide
    ],
)
def test_a_box_is_drawn_as_large_as_it_fits(
    edges: tuple[float, ...], corner: tuple[int, int], opposite: tuple[int, int]
) -> None:
    frame = Frame.fitted(Box(0, -1, 4, 1), *edges)
    assert frame.point(0, 1) == corner
    assert frame.point(4, -1) == opposite


def test_a_degree_of_longitude_is_as_short_as_in_the_middle_of_the_box() -> None:
    frame = Frame.fitted(Box(0, 59, 4, 61), 0, 0, 1000, 1000)
    (left, top), (right, bottom) = frame.point(0, 60), frame.point(1, 59)
    assert (right - left) / (bottom - top) == pytest.approx(0.5, abs=0.002)


@given(
    st.lists(
        st.tuples(st.floats(0, 4, allow_subnormal=False), st.floats(-1, 1, allow_subnormal=False)),
        min_size=3,
        max_size=20,
    )
)
def test_whatever_the_shape_every_point_drawn_is_one_of_its_own(places: list[tuple[float, float]]) -> None:
    ring = [list(place) for place in [*places, places[0]]]
    d = path(polygon(ring), FRAME)
    assert re.fullmatch(r"(M\d+ \d+(l-?\d+( |-)\d+(( |-)\d+( |-)\d+)*|h2v2h-2)z)+", d)
    if "h" not in d:
        assert set(corners(d)) <= {FRAME.point(*place) for place in places}


@pytest.mark.parametrize(
    ("d", "reach"),
    [
        ("M10 120l100 0 0-100-100 0z", (10, 20, 110, 120)),
        ("M10 120l100 0 0-100-100 0zM210 120l100 0 0-100z", (10, 20, 310, 120)),
        ("M109 119h2v2h-2z", (109, 119, 111, 121)),
        ("M10 120l100 0 0-100zM-9 5h2v2h-2z", (-9, 5, 110, 120)),
    ],
    ids=["one part", "two parts", "a dot", "a part and a dot"],
)
def test_a_path_says_how_far_it_reaches(d: str, reach: tuple[int, int, int, int]) -> None:
    assert extent(d) == reach
