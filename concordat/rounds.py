"""What came back in a review round: which areas refreshed their plan, which confirmed it, which said nothing.

Refreshed is derived from the published versions. Days are days in London.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from actionplans.models import ActionPlan, PlanCoverage, PlanVersion
from areas.models import Area
from concordat.kernel.models import Change
from concordat.kernel.periods import holds
from signatories.models import Partnership, ReviewRound, ReviewRoundArea
from signatories.services.rounds import MOVED, answering

REFRESHED, NO_CHANGE, NONE = "refreshed", "no_change", "none"
WORDS = {REFRESHED: "Plan refreshed", NO_CHANGE: "No change confirmed", NONE: "No answer"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one area in scope answered by the day, and when; who is to answer, or did."""

    row: ReviewRoundArea
    response: str
    answered_on: date | None
    is_late: bool
    version: PlanVersion | None
    partnerships: tuple[Partnership, ...]

    @property
    def area(self) -> Area:
        return self.row.area

    @property
    def words(self) -> str:
        """The response in words."""
        return WORDS[self.response]


def answers_of(round_: ReviewRound, on: date, rows: Iterable[ReviewRoundArea] | None = None) -> list[Answer]:
    """The answer of every area in scope (or of these rows of it), by name, as it stood on the day.

    Once the round is over, as on its last day: what is published later answers it no more. Four queries at most.
    """
    if rows is None:
        rows = round_.scope.select_related("area", "confirmed_by", "confirmed_for").order_by("area__name", "pk")
    rows = list(rows)
    ended_on = round_.closed_on or round_.cancelled_on
    until = min(on, ended_on) if ended_on else on
    areas = [row.area_id for row in rows]
    fresh, by_area = refreshed(areas, round_.opens_on, until), answering(areas, until)
    return [_answer(row, fresh.get(row.area_id), by_area.get(row.area_id, []), round_.due_on, until) for row in rows]


def _answer(
    row: ReviewRoundArea, version: PlanVersion | None, asked: list[Partnership], due_on: date, until: date
) -> Answer:
    if version is not None:
        answered_on, response = version.published_on, REFRESHED
    elif row.confirmed_on and row.confirmed_on <= until:
        answered_on, response = row.confirmed_on, NO_CHANGE
    else:
        answered_on, response = None, NONE
    is_late = (answered_on or until) > due_on
    return Answer(row, response, answered_on, is_late, version, tuple(asked))


def refreshed(areas: Collection[int], from_on: date, until: date) -> dict[int, PlanVersion]:
    """The first version of a plan for each area, whole or part, published from a day until another. Two queries.

    A version that was withdrawn by the second day does not count; one that was superseded by a newer one does.
    """
    stands = Q(withdrawn_on=None) | Q(withdrawn_on__gt=until)
    rows = PlanVersion.objects.published().filter(
        stands, plan__kind=ActionPlan.Kind.CONCORDAT, published_on__range=(from_on, until)
    )
    versions: dict[int, list[PlanVersion]] = defaultdict(list)
    for version in rows.select_related("plan").order_by("published_on", "pk"):
        versions[version.plan_id].append(version)
    covers = PlanCoverage.objects.filter(plan__in=versions, area__in=areas)
    found: dict[int, PlanVersion] = {}
    for area, plan, covered_from, covered_until in covers.values_list("area_id", "plan_id", "from_on", "until_on"):
        for version in versions[plan]:
            known = found.get(area, version)
            day, _ = _place(version)
            if holds(covered_from, covered_until, day) and _place(version) <= _place(known):
                found[area] = version
    return found


def _place(version: PlanVersion) -> tuple[date, int]:
    return version.published_on or date.max, version.pk


@dataclass(frozen=True, slots=True)
class Move:
    """That the day for answers moved: from when to when, and why."""

    before: date
    after: date
    why: str


def moves_of(round_: ReviewRound) -> list[Move]:
    """Each time that the day for answers moved, the first one first. One query."""
    moves = Change.objects.about(round_).filter(verb=MOVED).values_list("fields", "why")
    days = [([date.fromisoformat(day) for day in told["due_on"]], why) for told, why in moves if "due_on" in told]
    return [Move(before, after, why) for (before, after), why in days]


def counted(answers: Iterable[Answer]) -> dict[str, int]:
    """How many areas answered how."""
    counts = Counter(answer.response for answer in answers)
    return {response: counts[response] for response in WORDS}
