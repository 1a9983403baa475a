"""Points in time as plans write them: the patterns, and what each says. Which days that is, `periods` works out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from actionplans.timescales.context import YEAR_STARTS
from actionplans.timescales.words import MONTHS, SEASONS

Groups = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Point:
    """What was written. What is missing is empty; `year` is of the calendar, `fy` the first of a financial year."""

    unit: str  # day, month, quarter, half, season, year, calendar_year, christmas, easter, year_end
    number: int = 0  # the month, quarter or half; the first month of a season
    day: int = 0
    year: int | None = None
    fy: int | None = None
    part: str = ""  # early, mid, late, start: a part of it
    doubt: str = ""  # why a careful reader is not sure
    first_day: int = 0  # “15-16 March”: the first of its days
    other_day: int = 0  # “04/05/2015”: the day if the month came first

    @property
    def dated(self) -> bool:
        return self.year is not None or self.fy is not None


SHORT = "The year is written with two figures."
TWO_YEARS = "“2015/2016” may be the financial year or both calendar years."
OF_FINANCIAL_YEAR = "The year beside the month is a financial year."
IN_FIGURES = "Month and year, or month and day?"
ORDER = "Day and month may be the other way round."

_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_SEASON = rf"(?P<season>{'|'.join(SEASONS)})"
_FY = r"(?:(?:fy|financial year) )?(?P<fy1>20\d\d|\d\d) (?P<sep>[/-]) (?P<fy2>20\d\d|\d\d)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# Not the day behind a dash: “1 June - 31 August 2015”.
_SHORT = rf"(?P<short>[1-3]\d)(?!(?<=- \d\d) (?:{'|'.join(MONTHS)})(?= |$))"
_JOIN = r"(?: [,/-]| \((?= 20\d\d))?(?: in)? "  # “Q1 (2015)”
# Brackets about one of the two, “Q1 (15/16)” and “(Q3) 15/16”; not about a day, “(Q4) 14/15 March”, “(Q1) 01/02/15”.
_ABOUT_YEAR = rf" [(\[] {_FY} [)\]]"
_BEHIND_BRACKET = rf" [)\]] (?:{_FY}(?! (?:{'|'.join(MONTHS)}|[/.-] \d))|{_YEAR})"
# “15/16 (Q1)”, “(15/16) Q1”, “(15/16) (Q1)”, and the first of “15/16 (Q1-Q3)”
_BEFORE_QUARTER = (
    r"(?: [)\]])? [(\[] q (?P<nth>[1-4])(?: [)\]]|(?= (?:[/&-]|and|to|until) q [1-4] [)\]]))",
    r" [)\]] q (?P<nth>[1-4])",
)
_DAY = r"(?P<day>\d\d?)(?:st|nd|rd|th)?"
_YEAR_END = r"(?:financial )?(?:year end|end year)(?: [:,-])? "
_NTH = r"(?P<nth>[1-4])(?:st|nd|rd|th)?"


def _years(groups: Groups) -> tuple[int | None, int | None, str] | None:
    """(calendar year, financial year, doubt) as written; None where it is no financial year."""
    if groups.get("fy1"):
        first, second = (_in_full(groups[name] or "") for name in ("fy1", "fy2"))
        both_long = len(groups["fy1"] or "") == len(groups["fy2"] or "") == 4
        short = len(groups["fy1"] or "") == len(groups["fy2"] or "") == 2 and not groups.get("nth")
        doubt = TWO_YEARS if both_long else SHORT if short else OF_FINANCIAL_YEAR if groups.get("month") else ""
        return (None, first, doubt) if second == first + 1 else None
    if groups.get("year"):
        return int(groups["year"] or 0), None, ""
    if groups.get("short"):
        return _in_full(groups["short"] or ""), None, SHORT
    return None, None, ""


def _in_full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _number(groups: Groups) -> int:
    if name := groups.get("month"):
        return MONTHS.index(name) + 1
    if name := groups.get("season"):
        return SEASONS[name]
    return int(groups.get("nth") or groups.get("mm") or 0)


def _point(unit: str) -> Callable[[Groups], Point | None]:
    def made(groups: Groups) -> Point | None:
        years = _years(groups)
        if years is None:
            return None
        year, fy, doubt = years
        day = int(groups.get("day") or 0)
        if unit == "year" and doubt == TWO_YEARS and groups["sep"] == "-":
            return Point("years", fy=fy, number=(fy or 0) + 1)
        # A day with its month and “15” is as clear as can be; it is “December 15” that may be the 15th.
        doubt = "" if unit == "day" and doubt == SHORT else doubt
        return Point(unit, _number(groups), day, year, fy, doubt=doubt)

    return made


def _figures(groups: Groups) -> Point | None:
    """“04/05/2015”: England writes the day first. Where only the other order is a date, that, with a doubt."""
    first, second = int(groups["first"] or 0), int(groups["then"] or 0)
    year = _in_full(groups["fyear"] or "")
    if second > 12 >= first:
        return Point("day", first, second, year, doubt=ORDER)
    both = first <= 12 and second <= 12 and first != second
    return Point("day", second, first, year, doubt=ORDER if both else "", other_day=second if both else 0)


def _days(groups: Groups) -> Point | None:
    """“15-16 March 2015” are two days; not where the figures may be the financial year that the month lies in,
    as those of “14-15 March 2015” and “15/16 March” may.
    """
    point = _point("day")(groups)
    first = int(groups["since"] or 0)
    if point is None or not 0 < first < point.day:
        return None
    within = (None, 2000 + first + (point.number < YEAR_STARTS))
    if point.day == first + 1 and (point.year in within or groups["joint"] == "/"):
        return None
    return replace(point, first_day=first)


def _slashed(groups: Groups) -> Point | None:
    """“03/15” is March 2015 or the fifteenth of March, the American way round."""
    return Point("month", _number(groups), year=_in_full(groups["short"] or ""), doubt=IN_FIGURES)


def _year_and_month(groups: Groups) -> Point | None:
    """“2016-03”; not “2010/11”, which is a year, as “2015/16” is."""
    is_year = groups["joint"] != "." and int(groups["year"] or 0) % 100 + 1 == int(groups["mm"] or 0)
    return None if is_year else _point("month")(groups)


def _year_end(groups: Groups) -> Point | None:
    """“The financial year” without figures is the plan's own; “year end” may mean December or March."""
    return Point("year_end", YEAR_STARTS if groups.get("which") else 0)


def _several_years(groups: Groups) -> Point | None:
    """“2014/2015/16” names two financial years; “2014-16” may name those or three years of the calendar."""
    first, last = (_in_full(groups[name] or "") for name in ("from", "to"))
    if groups.get("via"):
        return Point("chain", last, fy=first) if _in_full(groups["via"] or "") == first + 1 == last - 1 else None
    return Point("years", last, fy=first) if first + 1 < last < first + 10 else None


def _named_year(groups: Groups) -> Point | None:
    """“FY15” is the financial year that ends in 2015 to some and that begins then to others."""
    year, _, _ = _years(groups) or (None, None, "")
    return Point("financial_year", year=year)


_DATED = (_FY, _YEAR, _SHORT)
_OF_PART = ("", *(_JOIN + year for year in _DATED), _ABOUT_YEAR, _BEHIND_BRACKET)
# Each shape with the years that may follow it; the first column names what it is.
SHAPES: tuple[tuple[Callable[[Groups], Point | None], str, tuple[str, ...]], ...] = (
    (_point("day"), r"(?P<year>(?:19|20)\d\d) [/.-] (?P<mm>0?\d|1[0-2]) [/.-] (?P<day>\d\d?)", ()),
    (_figures, r"(?P<first>\d\d?) ([/.-]) (?P<then>\d\d?) \2 (?P<fyear>20\d\d|[1-3]\d)", ()),
    (_point("day"), rf"{_DAY}(?: [/.-])? {_MONTH}", ("", *(_JOIN + year for year in (_FY, _YEAR, _SHORT)))),
    (
        _days,
        rf"(?P<since>\d\d?)(?:st|nd|rd|th)? (?P<joint>-|/|&|and|to|until) {_DAY} {_MONTH}",
        ("", *(_JOIN + year for year in (_YEAR, _SHORT))),
    ),
    (_point("day"), rf"{_MONTH} {_DAY}(?: ,)? {_YEAR}", ()),
    (_point("day"), rf"{_MONTH} (?P<day>\d\d?)(?:st|nd|rd|th)", ()),
    (_point("day"), rf"{_MONTH} (?P<day>\d|0\d|1[0-2])", ()),
    (_point("month"), _MONTH, ("", *(_JOIN + year for year in (_FY, _YEAR, _SHORT)))),
    (_point("month"), rf"{_YEAR}(?: [/,-])? {_MONTH}", ()),
    (_point("month"), rf"(?P<mm>0?[1-9]|1[0-2]) [/.-] {_YEAR}", ()),
    (_slashed, r"(?P<mm>0?[1-9]|1[0-2]) / (?P<short>1[4-9]|2\d)", ()),
    (_year_and_month, rf"{_YEAR} (?P<joint>[/.-]) (?P<mm>0[1-9]|1[0-2])", ()),
    (_point("quarter"), rf"q(?: -)? {_NTH}", _OF_PART),
    (_point("quarter"), rf"{_NTH} q", _OF_PART),
    (_point("quarter"), rf"(?:{_FY}|{_YEAR})(?: [,/-])? q {_NTH}", ()),
    (_point("quarter"), rf"(?:{_FY}|{_YEAR})", _BEFORE_QUARTER),
    (_point("half"), r"h (?P<nth>[12])", _OF_PART),
    (_point("half"), r"(?P<nth>[12])(?:st|nd) half", _OF_PART),
    (_point("season"), _SEASON, _OF_PART),
    (_point("season"), rf"{_YEAR} {_SEASON}", ()),
    (_point("year"), rf"{_FY}(?: financial year| fy| year)?", ()),
    (_named_year, rf"(?:fy|financial year) (?:{_YEAR}|{_SHORT})", ()),
    (_several_years, r"(?P<from>20\d\d) / (?P<via>20\d\d|\d\d) / (?P<to>20\d\d|\d\d)", ()),
    (_several_years, r"(?P<from>20\d\d|1\d) [/-] (?P<to>20\d\d|\d\d)", ()),
    (_point("year"), rf"{_YEAR}", ()),
    (_point("calendar_year"), rf"calendar year {_YEAR}", ()),
    (_point("christmas"), "christmas", ("", *(_JOIN + year for year in (_YEAR, _SHORT)))),
    (_point("easter"), "easter", ("", *(_JOIN + year for year in (_YEAR, _SHORT)))),
    (_point("day"), rf"{_YEAR_END}{_DAY} {_MONTH}", (_JOIN + _YEAR, _JOIN + _SHORT)),
    (_point("month"), rf"{_YEAR_END}{_MONTH}", (_JOIN + _YEAR, _JOIN + _SHORT)),
    (_point("year"), rf"{_YEAR_END}{_FY}", ()),
    (_year_end, r"(?:this |current )?(?P<which>financial) year(?: end)?", ()),
    (_year_end, r"year end|end year|end(?: this)? year", ()),
)


def _compiled() -> Iterator[tuple[Callable[[Groups], Point | None], re.Pattern[str]]]:
    for made, shape, years in SHAPES:
        for year in years or ("",):
            yield made, re.compile(f"{shape}{year}(?= |$)")


PATTERNS = tuple(_compiled())
# How any of them begins: at most words of a text none does, and none is tried.
BEGINS = re.compile(
    rf"\d|{_MONTH}|{_SEASON}|[qh] |(?:fy|financial|calendar|christmas|easter|year|end|this|current)(?= |$)"
)


def point_at(line: str, at: int) -> tuple[Point, int] | None:
    """The longest point in time that is written at this place of the line, and where it ends."""
    if not BEGINS.match(line, at):
        return None
    best: tuple[Point, int] | None = None
    for made, pattern in PATTERNS:
        match = pattern.match(line, at)
        if match and (best is None or match.end() > best[1]):
            point = made(match.groupdict())
            best = (point, match.end()) if point else best
    return best
