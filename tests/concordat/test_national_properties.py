"""What holds of the amber-green rule whatever the facts are: tried on worlds that Hypothesis makes up."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from concordat.kernel.dates import add_months
from concordat.kernel.periods import holds
from concordat.national import (
    Area,
    Cover,
    Declaration,
    Expectation,
    Facts,
    Plan,
    Publication,
    SignUp,
    SignUpStatus,
    Succession,
    Version,
    sign_up,
)
from concordat.signup import Step, since, timeline

# The same worlds on every machine and in every run.
bounded = settings(derandomize=True, deadline=None, max_examples=150)

AREAS = (1, 2, 3, 4)
ONE_DAY = timedelta(days=1)
BEGINS = date(2014, 2, 18)
# Few days, close together, so that facts meet on one day, follow on the next, or lie twelve months apart.
DAYS = [
    date(2014, 1, 1),
    BEGINS,
    BEGINS + ONE_DAY,
    date(2014, 12, 31),
    date(2015, 1, 1),
    date(2015, 4, 10),
    date(2015, 12, 31),
    date(2016, 2, 29),
    date(2017, 2, 28),
    date(2017, 3, 1),
]
LAST = date(2019, 4, 1)


class World:
    """Makes up facts about four areas from a number: the same number, the same facts."""

    def __init__(self, number: int) -> None:
        self.dice = Random(number)  # noqa: S311 made-up facts, no secrets

    def happens(self, times_in_ten: int) -> bool:
        return self.dice.randrange(10) < times_in_ten

    def day(self) -> date:
        return self.dice.choice(DAYS)

    def span(self, times_in_ten: int) -> tuple[date | None, date | None]:
        """From a day until a later one; each of them known so many times in ten."""
        first, end = sorted(self.dice.sample(DAYS, 2))
        return first if self.happens(times_in_ten) else None, end if self.happens(times_in_ten) else None

    def life(self) -> Publication:
        first, second, third = sorted(self.dice.choices(DAYS, k=3))
        return Publication(
            first,
            self.dice.choice(["day", "by"]),
            second if self.happens(2) else None,
            third if self.happens(2) else None,
        )

    def covers(self, whole_times_in_ten: int) -> tuple[Cover, ...]:
        areas = self.dice.choices(AREAS, k=self.dice.randrange(1, 5))
        labels = ["" if self.happens(whole_times_in_ten) else self.dice.choice(["Craven", "South"]) for _ in areas]
        return tuple(Cover(area, label, *self.span(1)) for area, label in zip(areas, labels, strict=True))

    def declaration(self, id_: int) -> Declaration:
        """It may expect two plans, numbered 10 and 11 after the first declaration, 20 and 21 after the second …"""
        numbers = [id_ * 10, id_ * 10 + 1] if self.happens(5) else []
        expects = [Expectation(n, f"Plan {n}", frozenset(self.dice.choices(AREAS, k=2))) for n in numbers]
        return Declaration(id_, self.life(), self.covers(9), tuple(expects))

    def plan(self, id_: int, fulfils: int | None) -> Plan:
        ends = [self.dice.choice([None, None, self.day(), date.max]) for _ in range(self.dice.randrange(3))]
        versions = tuple(Version(id_ * 10 + number, self.life(), end) for number, end in enumerate(ends))
        return Plan(id_, self.covers(4), versions, fulfils)

    def successions(self, areas: tuple[Area, ...]) -> tuple[Succession, ...]:
        """Often a chain, each area on the first day of the next; and some of any kind."""
        chain = [(old, new, new.from_on) for old, new in pairwise(areas) if self.happens(7)]
        others = [(*self.dice.sample(areas, 2), self.day()) for _ in range(self.dice.randrange(3))]
        return tuple(Succession(old.id, new.id, on) for old, new, on in [*chain, *others] if on)

    def facts(self) -> Facts:
        early, late = sorted(self.dice.sample(DAYS, 2))
        spans = [(None, early), (early, late), (late, None), self.span(5)]
        areas = tuple(Area(id_, f"Area {id_}", f"area-{id_}", *span) for id_, span in zip(AREAS, spans, strict=True))
        fulfils = self.dice.sample([10, 11, 20, 21, 30, 31, None, None], k=5)
        return Facts(
            areas,
            declarations=tuple(self.declaration(id_) for id_ in range(1, self.dice.randrange(2, 5))),
            plans=tuple(self.plan(id_, expectation) for id_, expectation in enumerate(fulfils, 1)),
            successions=self.successions(areas),
            begins_on=BEGINS,
            inherit_months=self.dice.choice([12, 12, 3]),
        )

    def shuffled(self, rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(self.dice.sample(rows, len(rows)))


NUMBERS = st.integers(0, 10**9)
WORLDS = NUMBERS.map(lambda number: World(number).facts())
ANY_DAY = st.sampled_from([day + shift for day in [*DAYS, LAST] for shift in (-ONE_DAY, timedelta())])


def in_another_order(facts: Facts, number: int) -> Facts:
    """The same facts, each list of them shuffled."""
    shuffled = World(number).shuffled
    declarations = (
        replace(each, covers=shuffled(each.covers), expects=shuffled(each.expects)) for each in facts.declarations
    )
    plans = (replace(each, covers=shuffled(each.covers), versions=shuffled(each.versions)) for each in facts.plans)
    return replace(
        facts,
        areas=shuffled(facts.areas),
        declarations=shuffled(tuple(declarations)),
        plans=shuffled(tuple(plans)),
        successions=shuffled(facts.successions),
    )


def by_then(facts: Facts, on: date) -> Facts:
    """The facts as they stood at the end of that day: what happened later has not happened."""

    def past(day: date | None) -> date | None:
        return day if day is not None and day <= on else None

    def known(publication: Publication) -> Publication:
        return replace(
            publication, superseded_on=past(publication.superseded_on), withdrawn_on=past(publication.withdrawn_on)
        )

    def covered(covers: tuple[Cover, ...]) -> tuple[Cover, ...]:
        begun = (cover for cover in covers if cover.from_on is None or cover.from_on <= on)
        return tuple(replace(cover, until_on=past(cover.until_on)) for cover in begun)

    return replace(
        facts,
        areas=tuple(replace(area, until_on=past(area.until_on)) for area in facts.areas),
        declarations=tuple(
            replace(each, publication=known(each.publication), covers=covered(each.covers))
            for each in facts.declarations
            if each.publication.published_on <= on
        ),
        plans=tuple(
            replace(
                each,
                covers=covered(each.covers),
                versions=tuple(
                    replace(version, publication=known(version.publication))
                    for version in each.versions
                    if version.publication.published_on <= on
                ),
            )
            for each in facts.plans
            if any(version.publication.published_on <= on for version in each.versions)
        ),
        successions=tuple(succession for succession in facts.successions if succession.on <= on),
    )


def told(found: SignUp) -> tuple[SignUpStatus, str, bool]:
    return found.status, found.reason, found.out_of_date


def last_step(steps: list[Step], on: date) -> Step:
    return [step for step in steps if step.on <= on][-1]


def notable_days(facts: Facts, area: int) -> list[date]:
    """Every day of the pool, and the ends of what is inherited, with their neighbours, from the timeline's start on."""
    start = max(BEGINS, facts.area[area].from_on or BEGINS)
    days = {
        each + shift
        for day in DAYS
        for each in (day, add_months(day, facts.inherit_months))
        for shift in (-ONE_DAY, timedelta(), ONE_DAY)
    }
    return sorted({start, *(day for day in days if day >= start)})


def test_the_worlds_show_all_that_the_rule_knows() -> None:
    """Properties that hold of dull worlds alone say little."""
    worlds = [World(number).facts() for number in range(100)]
    seen = [sign_up(facts, area, on) for facts in worlds for area in AREAS for on in DAYS]
    assert {found.status for found in seen} == set(SignUpStatus)
    assert {found.status for found in seen if found.inherited_from} >= {SignUpStatus.AMBER, SignUpStatus.GREEN}
    for words in ("Part of", "only part", "withdrawn", "1 of 2 plans", "expects", "Action plan published, inherited"):
        assert any(words in found.reason for found in seen), words
    assert any(found.out_of_date for found in seen)
    assert any(found.reason.count("inherited from") > 1 for found in seen)  # a chain of successions


@bounded
@given(WORLDS, NUMBERS, ANY_DAY)
def test_the_order_of_rows_never_matters(facts: Facts, number: int, on: date) -> None:
    other = in_another_order(facts, number)
    for area in AREAS:
        assert sign_up(other, area, on) == sign_up(facts, area, on)
        assert timeline(other, area) == timeline(facts, area)


@bounded
@given(WORLDS, ANY_DAY)
def test_a_fact_that_happened_after_a_day_never_changes_that_day(facts: Facts, on: date) -> None:
    """Declarations, plans, versions, withdrawals, supersessions, coverage, ends of areas and successions alike."""
    before = by_then(facts, on)
    for area in AREAS:
        for day in (on, on - ONE_DAY, on - timedelta(days=200)):
            assert sign_up(before, area, day) == sign_up(facts, area, day)


@bounded
@given(WORLDS, ANY_DAY)
def test_a_fact_that_happened_after_a_day_never_changes_the_timeline_up_to_it(facts: Facts, on: date) -> None:
    before = by_then(facts, on)
    for area in AREAS:
        past, now = ([step for step in timeline(each, area) if step.on <= on] for each in (before, facts))
        assert [(step.on, told(step.sign_up)) for step in past] == [(step.on, told(step.sign_up)) for step in now]


@bounded
@given(WORLDS)
def test_the_status_on_a_day_is_the_last_step_of_the_timeline(facts: Facts) -> None:
    for area in AREAS:
        steps = timeline(facts, area)
        for on in notable_days(facts, area):
            assert told(sign_up(facts, area, on)) == told(last_step(steps, on).sign_up)


@bounded
@given(WORLDS)
def test_the_timeline_runs_forward_and_every_step_tells_something_new(facts: Facts) -> None:
    for area in AREAS:
        steps = timeline(facts, area)
        days = [step.on for step in steps]
        assert days == sorted(set(days))
        assert all(told(one.sign_up) != told(other.sign_up) for one, other in pairwise(steps))
        assert {step.precision for step in steps} <= {"day", "by"}


@bounded
@given(WORLDS, ANY_DAY)
def test_since_leads_to_a_step_of_the_colour_that_has_lasted(facts: Facts, on: date) -> None:
    for area in AREAS:
        steps = timeline(facts, area)
        step = since(steps, on)
        lasting = [each for each in steps if step and step.on <= each.on <= on]
        assert {each.sign_up.status for each in lasting} == ({step.sign_up.status} if step else set())
        if step and step is not steps[0]:
            assert steps[steps.index(step) - 1].sign_up.status != step.sign_up.status


@bounded
@given(WORLDS, ANY_DAY)
def test_an_area_is_grey_exactly_outside_its_life(facts: Facts, on: date) -> None:
    for area in facts.areas:
        is_grey = sign_up(facts, area.id, on).status is SignUpStatus.GREY
        assert is_grey is not holds(area.from_on, area.until_on, on)


@bounded
@given(WORLDS, st.dates(date(1900, 1, 1), date(2200, 1, 1)))
@example(Facts((Area(1, "Area 1", "area-1"),)), date.min)
@example(Facts((Area(1, "Area 1", "area-1"),)), date.max)
def test_the_rule_answers_on_any_day(facts: Facts, on: date) -> None:
    for area in facts.areas:
        assert sign_up(facts, area.id, on).reason


@bounded
@given(WORLDS, ANY_DAY)
def test_the_colours_mean_what_the_rules_say(facts: Facts, on: date) -> None:
    """Amber and green need a live declaration, green a live plan; only green is out of date."""
    for area in AREAS:
        found = sign_up(facts, area, on)
        assert bool(found.declarations) or found.status in ("red", "grey")
        assert bool(found.plans) or found.status != "green"
        assert found.status == "green" or not found.out_of_date


@bounded
@given(WORLDS, ANY_DAY)
def test_only_an_area_that_began_with_a_succession_inherits_and_only_so_long(facts: Facts, on: date) -> None:
    for area in facts.areas:
        found = sign_up(facts, area.id, on)
        if found.inherited_until is None:
            assert found.inherited_from == ()
            continue
        assert area.from_on is not None
        assert area.from_on <= on < found.inherited_until <= add_months(area.from_on, facts.inherit_months)
        assert found.inherited_from
