"""What holds for every text: it is read without an error, the same however it is spaced, and prints as it is read."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from actionplans.timescale import Confidence, Kind, TimePrecision, Timescale
from actionplans.timescales import Context, as_json, print_timescale, read_timescale
from actionplans.timescales.reading import UNREADABLE
from actionplans.timescales.spans import financial_year, month, nhs_quarter, season
from concordat.kernel.dates import add_months
from tests.actionplans.timescales.asked import ASKED
from tests.actionplans.timescales.dated import DATED
from tests.actionplans.timescales.examples import AGAIN, MILESTONES, REVISED, UNDATED

TEXTS = [row[0] for table in (DATED, ASKED, AGAIN, MILESTONES, REVISED, UNDATED) for row in table]
WORDS = sorted({word for text in TEXTS for word in text.split()})
DAYS = st.dates(date(2001, 1, 1), date(2049, 12, 31))
CONTEXTS = st.sampled_from(
    [
        Context(),
        Context(date(2015, 4, 1), date(2016, 3, 31), date(2015, 4, 10)),
        Context(date(2014, 10, 1), date(2017, 3, 31), quarters="calendar"),
        Context(published_on=date(2015, 1, 5), quarters="nhs"),
        Context(default_year=2015),
    ]
)
MIXED = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
NAMED = re.compile(r"\b(?:Jan|April|May|June|August|Summer|Autumn)\s+[A-Z]")  # there capitals may tell a person
bounded = settings(max_examples=100, deadline=None)


def facts(read: Timescale) -> tuple[object, ...]:
    return read.kind, read.start, read.end, read.precision, read.review_every_months


def all_of(read: Timescale) -> Iterator[Timescale]:
    yield read
    for each in (*read.alternatives, *read.revised, *read.milestones):
        yield from all_of(each)


def holds_always(read: Timescale) -> None:
    assert read.question != UNREADABLE
    for each in all_of(read):
        assert each.start is None or each.end is None or each.start <= each.end
        if each.confidence == Confidence.ASK:
            assert (each.start, each.end) == (None, None)
            assert each.question
        if each.confidence == Confidence.SURE:
            assert each.alternatives == ()
    assert set(as_json(read)) >= {"text", "kind", "start", "end", "revised", "milestones"}
    assert read.as_fields()["timescale_text"] == read.text


@given(st.text(max_size=60), CONTEXTS)
@bounded
def test_no_text_is_too_strange_to_read(text: str, context: Context) -> None:
    read = read_timescale(text, context)
    assert read.text == text
    holds_always(read)


@given(MIXED, CONTEXTS)
@bounded
def test_no_mixture_of_the_words_of_plans_is_too_strange_to_read(text: str, context: Context) -> None:
    holds_always(read_timescale(text, context))


@given(st.sampled_from(TEXTS) | MIXED, CONTEXTS, st.sampled_from([" ", "  ", "\n", "\u00a0", " \t ", "\u2009"]))
@bounded
def test_spaces_and_capitals_change_nothing(text: str, context: Context, space: str) -> None:
    assume(not NAMED.search(text))
    read = read_timescale(text, context)
    for written in (text.upper(), text.lower(), f"{space}{re.sub(r' +', space, text)}{space}"):
        other = read_timescale(written, context)
        assert (facts(other), other.confidence) == (facts(read), read.confidence)


@given(st.sampled_from(TEXTS) | MIXED, CONTEXTS, st.sampled_from("-–—‐‑−"))
@bounded
def test_one_dash_is_as_good_as_another(text: str, context: Context, dash: str) -> None:
    read, other = (read_timescale(each, context) for each in (text, re.sub("[-–—‐‑−]", dash, text)))
    assert (facts(other), other.confidence) == (facts(read), read.confidence)


def ranges() -> st.SearchStrategy[Timescale]:
    def made(start: date, days: int, precision: TimePrecision) -> Timescale:
        return Timescale("", Kind.RANGE, start, min(start + timedelta(days=days), date(2049, 12, 31)), precision)

    return st.builds(made, DAYS, st.integers(0, 1500), st.just(TimePrecision.DAY))


def whole_ranges() -> st.SearchStrategy[Timescale]:
    """From one month, quarter, season or financial year to another."""

    def made(first: Timescale, last: Timescale) -> Timescale:
        one, two = sorted((first, last), key=lambda each: each.start or date.min)
        return Timescale("", Kind.RANGE, one.start, two.end, one.precision)

    kinds = (months(), quarters(), seasons(), financial_years())
    return st.one_of(*(st.builds(made, each, each) for each in kinds))


def months() -> st.SearchStrategy[Timescale]:
    return st.builds(month, st.integers(1, 12), st.integers(2001, 2049))


def quarters() -> st.SearchStrategy[Timescale]:
    return st.builds(nhs_quarter, st.integers(1, 4), st.integers(2001, 2048))


def seasons() -> st.SearchStrategy[Timescale]:
    return st.builds(season, st.sampled_from([3, 6, 9, 12]), st.integers(2001, 2048))


def financial_years() -> st.SearchStrategy[Timescale]:
    return st.builds(financial_year, st.integers(2001, 2048))


def one_day() -> st.SearchStrategy[Timescale]:
    return DAYS.map(lambda on: Timescale("", Kind.DATE, on, on, TimePrecision.DAY))


def lapses() -> st.SearchStrategy[Timescale]:
    def made(start: date, months: int) -> Timescale:
        return Timescale("", Kind.RELATIVE, start, add_months(start, months), TimePrecision.DAY)

    return st.builds(made, st.dates(date(2001, 1, 1), date(2044, 12, 31)), st.integers(0, 60))


def rhythms() -> st.SearchStrategy[Timescale]:
    def made(months: int | None, start: date | None) -> Timescale:
        return Timescale("", Kind.RECURRING, start, review_every_months=months)

    return st.builds(made, st.integers(1, 60), st.none() | DAYS)


PERIODS = st.one_of(one_day(), months(), quarters(), seasons(), financial_years(), ranges(), whole_ranges(), lapses())


def milestones() -> st.SearchStrategy[Timescale]:
    def made(parts: list[Timescale]) -> Timescale:
        last = max(parts, key=lambda each: each.end or date.min)
        start = min(each.start for each in parts if each.start)
        return Timescale("", Kind.MILESTONES, start, last.end, last.precision, milestones=tuple(parts))

    return st.lists(
        one_day() | months(), min_size=2, max_size=4, unique_by=lambda each: each.end
    ).map(made)  # fmt: skip


@given(PERIODS | rhythms() | milestones())
@settings(max_examples=250, deadline=None)
def test_what_is_printed_is_read_back_as_the_same(timescale: Timescale) -> None:
    assert facts(read_timescale(print_timescale(timescale))) == facts(timescale)


@given(st.sampled_from(TEXTS) | MIXED, CONTEXTS)
@bounded
def test_what_was_read_is_printed_so_that_it_is_read_back_as_the_same(text: str, context: Context) -> None:
    for read in (first := read_timescale(text, context), *first.alternatives, *first.revised, *first.milestones):
        if read.confidence != Confidence.ASK:
            printed = print_timescale(read)
            back = read_timescale(printed)
            assert (printed, facts(back)) == (printed, facts(read))
            assert [facts(each) for each in back.revised] == [facts(each) for each in read.revised]
