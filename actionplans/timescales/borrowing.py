"""A time without its year takes it from a neighbour: “Jan – Mar 2015”, “Design Q1, first report Q3 2015/16”."""

from dataclasses import replace

from actionplans.timescales.points import Point

WHY = "The year is taken from the date beside it."
_OF_CALENDAR = {"day", "month", "season", "christmas"}
_OF_EITHER = {"quarter", "half"}


def with_years(points: list[Point]) -> list[Point]:
    """The points with the years that they can take from the next dated one, or else from the one before."""
    return [point if point.dated else _borrowed(point, points, at) for at, point in enumerate(points)]


def _borrowed(point: Point, points: list[Point], at: int) -> Point:
    after = [each for each in points[at + 1 :] if each.dated]
    before = [each for each in points[:at] if each.dated]
    for neighbour, later in [(each, True) for each in after[:1]] + [(each, False) for each in before[-1:]]:
        year = _year(point, neighbour, later=later)
        if year is not None:
            return replace(point, year=year[0], fy=year[1], doubt=point.doubt or WHY)
    return point


def _year(point: Point, neighbour: Point, *, later: bool) -> tuple[int | None, int | None] | None:
    """(calendar year, financial year): of a month the last one before a later neighbour, or the first one after."""
    if neighbour.fy is not None and point.unit in _OF_CALENDAR | _OF_EITHER:
        return None, neighbour.fy
    if point.unit in _OF_EITHER and neighbour.unit in _OF_EITHER:
        return neighbour.year, None
    if point.unit not in _OF_CALENDAR or neighbour.year is None:
        return None
    if neighbour.unit not in _OF_CALENDAR:
        return neighbour.year, None
    mine, theirs = _order(point), _order(neighbour)
    if later:
        return neighbour.year - (mine > theirs), None
    return neighbour.year + (mine < theirs), None


def _order(point: Point) -> tuple[int, int]:
    return (12, 25) if point.unit == "christmas" else (point.number, point.day)
