"""How every area stood on every day since the programme began: both statuses, each change of either.

The same rules as the picture of a single day, asked on each day on which an answer can change.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from actionplans.course import Step as DeliveryStep
from actionplans.course import course
from actionplans.lives import version_lives
from actionplans.progress import worst
from actionplans.states import Delivery
from concordat import national, signup
from concordat.asked import FIRST
from concordat.facts import national_facts
from concordat.picture import thresholds_of
from signatories.models import Programme

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SignUpStep:
    """From that day on an area stands so; `since` and its precision: by which day it came to this status."""

    on: date
    sign_up: national.SignUp
    since: date | None
    precision: str | None


@dataclass(frozen=True, slots=True)
class AreaTimeline:
    """Every change of one area's two statuses, oldest first."""

    area: national.Area
    sign_up: tuple[SignUpStep, ...]
    delivery: tuple[DeliveryStep, ...]


def timelines(programme: Programme, until: date) -> list[AreaTimeline]:
    """Of every area there ever was, until that day (London). Ten queries, whatever the number of areas or actions."""
    facts = national_facts(programme)
    lives = version_lives()
    courses = {
        plan.id: course(lives.get(plan.id, ()), thresholds_of(programme, plan.update_every_months), until)
        for plan in facts.plans
    }
    before = replace(facts, begins_on=FIRST)
    return [
        AreaTimeline(
            area=area,
            sign_up=(*_before(before, area.id, facts.begins_on), *_sign_up(signup.changes_of_status(standings))),
            delivery=tuple(_delivery(standings, courses)),
        )
        for area in facts.areas
        if area.codes and not area.is_planned
        for standings in [signup.standings(facts, area.id, until)]
    ]


def _before(facts: national.Facts, area_id: int, begins_on: date) -> Iterator[SignUpStep]:
    """From the first day that can be asked for until the programme begins; nothing dates from then."""
    for step in signup.changes_of_status(signup.standings(facts, area_id, begins_on - ONE_DAY)):
        yield SignUpStep(step.on, step.sign_up, None, None)


def _sign_up(steps: list[signup.Step]) -> Iterator[SignUpStep]:
    for number, step in enumerate(steps, 1):
        came = signup.since(steps[:number], step.on)
        yield SignUpStep(step.on, step.sign_up, came.on if came else None, came.precision if came else None)


def _delivery(
    standings: Sequence[signup.Step], courses: Mapping[int, Sequence[DeliveryStep]]
) -> Iterator[DeliveryStep]:
    """The worst of the plans that count for the area, on each day on which they or one of their statuses change."""
    status: Delivery | None = None
    ends = [*(step.on for step in standings[1:]), date.max][: len(standings)]
    for step, end in zip(standings, ends, strict=True):
        steps = {plan: courses.get(plan, ()) for plan in step.sign_up.plans}
        days = {each.on for course in steps.values() for each in course if step.on < each.on < end}
        for on in sorted({step.on, *days}):
            now = worst(_status(course, on) for course in steps.values())
            if now is not status:
                status = now
                yield DeliveryStep(on, now)


def _status(steps: Sequence[DeliveryStep], on: date) -> Delivery | None:
    """The plan's status on that day: that of the last step until then."""
    return next((step.status for step in reversed(steps) if step.on <= on), None)
