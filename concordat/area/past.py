"""An area's past: every change of its status, what sources claim happened, and the areas before and after it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Prefetch, Q, QuerySet

from areas.models import Area, AreaSuccession
from concordat.kernel.models import Claim
from concordat.kernel.sources import Precision
from concordat.national import SignUpStatus
from concordat.sentences import in_words, sign_up_reason
from concordat.signup import Step
from signatories.models import DeclarationCoverage

OURS, NOT_OURS = "Our record follows this.", "Our record follows another source."


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a source says happened. `standing`: whether our record follows it, where sources differ."""

    what: str
    text: str
    source: str
    standing: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A day in the area's past, or no day where the source gives none: what began or ended, the new status with its
    reason, and what sources claim."""

    on: date | None
    precision: str
    status: SignUpStatus | None
    event: str
    reason: str
    claims: tuple[Claimed, ...]

    @property
    def when(self) -> str:
        """The day in words, as exactly as it is known."""
        if self.on is None:
            return "Day not recorded"
        return f"{'By ' if self.precision == Precision.BY else ''}{in_words(self.on)}"


def moments(steps: Sequence[Step], claims: Iterable[Claim], horizon: date, opening: str = "") -> list[Moment]:
    """The steps and claims up to the horizon, oldest first; claims without a day come last.

    A claim for a later day than the horizon is not told. `opening` says what the first step was.
    """
    told = {(step.on, step.precision): step for step in steps if step.on <= horizon}
    kept = [claim for claim in claims if claim.on is None or claim.on <= horizon]
    disputed = {_about(claim) for claim in kept if claim.chosen} & {_about(claim) for claim in kept if not claim.chosen}
    by_day: dict[tuple[date | None, str], list[Claimed]] = {key: [] for key in told}
    for claim in kept:
        by_day.setdefault((claim.on, claim.precision), []).append(_claimed(claim, disputed))
    days = sorted(by_day, key=lambda day: (day[0] or date.max, day[1]))
    events = _events([step for step in steps if step.on <= horizon], opening)
    return [
        _moment(on, precision, told.get((on or date.max, precision)), by_day[on, precision], events.get(on, ""))
        for on, precision in days
    ]


def _events(steps: Sequence[Step], opening: str) -> dict[date | None, str]:
    """What happened on the day of a step, where its reason alone does not say why it is a step."""
    events: dict[date | None, str] = {step.on: opening for step in steps[:1]}
    for before, after in pairwise(steps):
        was, now = before.sign_up, after.sign_up
        if was.inherited_from and not now.inherited_from and now.status is not SignUpStatus.GREY:
            events[after.on] = "It no longer shows what the areas before it had."
        elif now.out_of_date and not was.out_of_date:
            events[after.on] = "The time for the action plan was over: it is out of date."
    return events


def _moment(on: date | None, precision: str, step: Step | None, claims: list[Claimed], opening: str) -> Moment:
    if step is None:
        return Moment(on, precision, None, "", "", tuple(claims))
    if step.sign_up.status is SignUpStatus.GREY:
        return Moment(on, precision, None, "This area had ended the day before.", "", tuple(claims))
    return Moment(on, precision, step.sign_up.status, opening, sign_up_reason(step.sign_up), tuple(claims))


def _about(claim: Claim) -> tuple[str, int, str]:
    """What happened to what: claims that agree in this may conflict."""
    return claim.subject_type, claim.subject_id, claim.event


def _claimed(claim: Claim, disputed: Collection[tuple[str, int, str]]) -> Claimed:
    standing = "" if _about(claim) not in disputed else OURS if claim.chosen else NOT_OURS
    what = claim.get_event_display()
    return Claimed(f"{what[:1].upper()}{what[1:]}", claim.text, claim.source, standing)


def claims_about(
    area: int, *, partnerships: Collection[int], declarations: Collection[int], plans: Collection[int]
) -> QuerySet[Claim, Claim]:
    """What sources claim about these, and any intention to declare for the area, also where nothing came of it yet."""
    declared = DeclarationCoverage.objects.filter(area=area).values("declaration_id")
    return Claim.objects.filter(
        Q(subject_type="signatories.partnership", subject_id__in=partnerships)
        | Q(subject_type="signatories.declaration", subject_id__in=declarations)
        | Q(subject_type="signatories.declaration", subject_id__in=declared, event=Claim.Event.INTENDED)
        | Q(subject_type="actionplans.actionplan", subject_id__in=plans)
    ).order_by("on", "id")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An area before or after this one. `part`: which part of the earlier area became the later one."""

    name: str
    slug: str
    on: date
    part: str
    is_planned: bool
    source: str
    source_note: str


@dataclass(frozen=True, slots=True)
class Successions:
    """What an area came from and what it became, or is to become."""

    before: tuple[Neighbour, ...]
    after: tuple[Neighbour, ...]

    @property
    def successors(self) -> list[Neighbour]:
        """The areas that follow for certain."""
        return [each for each in self.after if not each.is_planned]

    @property
    def predecessors(self) -> list[Neighbour]:
        """The areas before it, for certain."""
        return [each for each in self.before if not each.is_planned]


def successions_of(area: int) -> Successions:
    """The areas before and after, planned ones too; cancelled plans are left out. One query."""
    rows = (
        AreaSuccession.objects.filter(Q(predecessor=area) | Q(successor=area))
        .exclude(state=AreaSuccession.State.CANCELLED)
        .select_related("predecessor", "successor")
        .order_by("on", "predecessor__name", "successor__name")
    )
    before: list[Neighbour] = []
    after: list[Neighbour] = []
    for row in rows:
        is_before = row.successor_id == area
        other = row.predecessor if is_before else row.successor
        is_planned = row.state == AreaSuccession.State.PLANNED
        neighbour = Neighbour(other.name, other.slug, row.on, row.label, is_planned, row.source, row.source_note)
        (before if is_before else after).append(neighbour)
    return Successions(tuple(before), tuple(after))


def former_areas(on: date) -> QuerySet[Area, Area]:
    """The areas that had ended by the day, each with its confirmed `successions`. Two queries."""
    confirmed = AreaSuccession.objects.filter(state=AreaSuccession.State.CONFIRMED, on__lte=on)
    after = Prefetch("successions", confirmed.select_related("successor"))
    return Area.objects.filter(until_on__lte=on).prefetch_related(after).order_by("until_on", "name")


def planned_changes() -> QuerySet[AreaSuccession, AreaSuccession]:
    """The successions that are planned and not yet certain, the next one first."""
    planned = AreaSuccession.objects.filter(state=AreaSuccession.State.PLANNED)
    return planned.select_related("predecessor", "successor").order_by("on", "predecessor__name")
