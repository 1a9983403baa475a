"""How an area stood through time: the amber-green rule asked on every day on which its answer can change. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from concordat.kernel.dates import add_months
from concordat.national import Facts, SignUp, SignUpStatus, sign_up


@dataclass(frozen=True, slots=True)
class Step:
    """From that day on the area stands so. `precision`: on this day, or by it at the latest."""

    on: date
    precision: str
    sign_up: SignUp


def standings(facts: Facts, area_id: int, until: date = date.max) -> list[Step]:
    """How an area stood on every day on which anything about it changed since the programme began, oldest first.

    Until that day, which is one of them.
    """
    days = _turning_points(facts, area_id)
    area = facts.area[area_id]
    begins_on = max(facts.begins_on, area.from_on or facts.begins_on)
    turns = sorted(day for day in {begins_on, *days} if begins_on <= day <= until)
    return [Step(on, days.get(on, "day"), sign_up(facts, area_id, on)) for on in turns]


def timeline(facts: Facts, area_id: int) -> list[Step]:
    """Every change of an area's status since the programme began, oldest first; its end is a step to grey."""
    return changes_of_status(standings(facts, area_id))


def changes_of_status(standings: Iterable[Step]) -> list[Step]:
    """Of an area's standings, in their order, those by which a reader's view of it changed."""
    steps: list[Step] = []
    for step in standings:
        if not steps or _told(step.sign_up) != _told(steps[-1].sign_up):
            steps.append(step)
    return steps


def _told(sign_up: SignUp) -> tuple[SignUpStatus, str, bool]:
    """What a reader of the timeline would notice."""
    return sign_up.status, sign_up.reason, sign_up.out_of_date


def since(steps: list[Step], on: date) -> Step | None:
    """The step by which the area came to its status of that day; None if it has been red from the beginning."""
    past = [step for step in steps if step.on <= on]
    for earlier, step in zip(reversed(past[:-1]), reversed(past), strict=False):
        if earlier.sign_up.status is not step.sign_up.status:
            return step
    return past[0] if past and past[0].sign_up.status is not SignUpStatus.RED else None


def _turning_points(facts: Facts, area_id: int) -> dict[date, str]:
    """The days on which an area's status can change, each with the least precision known of it."""
    area = facts.area[area_id]
    days: list[tuple[date | None, str]] = [(area.from_on, "day"), (area.until_on, "day")]
    declarations = facts.declarations_of.get(area_id, [])
    plans = facts.plans_of.get(area_id, [])
    expected = [
        facts.plan_fulfilling[expectation.id]
        for declaration, _ in declarations
        for expectation in declaration.expects
        if expectation.id in facts.plan_fulfilling
    ]
    publications = [declaration.publication for declaration, _ in declarations]
    publications += [version.publication for plan, _ in plans for version in plan.versions]
    publications += [version.publication for plan in expected for version in plan.versions]
    days += [(day, "day") for publication in publications for day in publication.days]
    days += [(publication.published_on, publication.precision) for publication in publications]
    days += [(day, "day") for _, cover in [*declarations, *plans] for day in (cover.from_on, cover.until_on)]
    days += [
        (version.period_ends_on + timedelta(days=1), "day")
        for plan in [*(plan for plan, _ in plans), *expected]
        for version in plan.versions
        if version.period_ends_on and version.period_ends_on < date.max
    ]
    points = {day: "day" for day, _ in days if day is not None}
    points |= {day: precision for day, precision in days if day is not None and precision == "by"}
    for succession in facts.predecessors_of.get(area_id, []):
        inherited = _turning_points(facts, succession.predecessor)
        points = inherited | points
        points[succession.on] = points[add_months(succession.on, facts.inherit_months)] = "day"
    return points
