"""The national picture on a day: every area with its two statuses; map, table, pages and reports are made from it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from actionplans.facts import action_groups
from actionplans.progress import ActionGroup, PlanOnDay, Tally, Thresholds, delivery, tally, worst
from actionplans.states import Delivery
from concordat import national, signup
from concordat.facts import national_facts
from concordat.kernel.periods import holds_on
from signatories.models import PartnershipCoverage, Programme


class Mirrored(Protocol):
    """What is counted of a plan, and may be of an action that the plan only mirrors."""

    @property
    def mirrored_action(self) -> int | None: ...

    @property
    def mirrored_plan(self) -> int | None: ...


Counted = TypeVar("Counted", bound=Mirrored)


@dataclass(frozen=True, slots=True)
class AreaOnDay:
    """How one area stands: sign-up and delivery, always apart."""

    code: str
    slug: str
    name: str
    region: str
    kind: str
    sign_up: national.SignUp
    since: date | None
    since_precision: str | None
    delivery: Delivery | None
    actions: Tally
    partnerships: tuple[str, ...]
    inherited_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All areas that exist on the day, ordered by code.

    `actions` counts each action once, however many areas share it.
    """

    on: date
    areas: tuple[AreaOnDay, ...]
    actions: Tally
    complete_to: date | None

    @property
    def sign_up_counts(self) -> dict[str, int]:
        """How many areas are red, amber and green."""
        counted = Counter(area.sign_up.status.value for area in self.areas)
        return {status.value: counted[status.value] for status in national.SignUpStatus if status != "grey"}

    @property
    def delivery_counts(self) -> dict[str, int]:
        """How many areas stand how in delivery; `none` for those without a plan or without recorded actions."""
        counted = Counter(area.delivery.value if area.delivery else "none" for area in self.areas)
        return {name: counted[name] for name in [*Delivery.values, "none"]}

    @property
    def is_beyond_records(self) -> bool:
        """Whether the day lies after the records' end: “none recorded” then does not mean “none”."""
        return self.complete_to is not None and self.on > self.complete_to


def thresholds_of(programme: Programme, update_every_months: int | None = None) -> Thresholds:
    """The programme's settings as the delivery rule takes them; a partnership may have a rhythm of its own."""
    return Thresholds(
        stale_after_months=programme.stale_after_periods * (update_every_months or programme.update_every_months),
        overdue_after_working_days=programme.overdue_after_working_days,
        must_do_overdue_days=programme.must_do_overdue_days,
        off_track_percent=programme.off_track_percent,
    )


def picture(
    on: date,
    programme: Programme | None = None,
    *,
    facts: national.Facts | None = None,
    groups: Mapping[int, list[ActionGroup]] | None = None,
) -> Picture:
    """Every area on that day (London). A fixed number of queries, whatever the number of areas, plans or actions.

    The national facts, and the actions of that day by plan, are asked for unless they are at hand.
    Raises Programme.DoesNotExist where no programme is loaded yet.
    """
    programme = programme or Programme.objects.earliest("id")
    facts = facts or national_facts(programme)
    groups = action_groups(on, thresholds_of(programme)) if groups is None else groups
    standing = _delivery_of_plans(facts, programme, groups, on)
    partnerships = _partnerships(programme, on)
    return Picture(
        on=on,
        areas=tuple(
            _area_on_day(area, code, facts, standing, groups, partnerships, on) for area, code in existing_on(facts, on)
        ),
        actions=tally(once(standing, groups)),
        complete_to=programme.complete_to,
    )


def existing_on(facts: national.Facts, on: date) -> list[tuple[national.Area, national.Code]]:
    """The areas that exist on the day, each with the code that it then has, ordered by code."""
    coded = [(area, code) for area in facts.areas if (code := area.code_on(on))]
    return sorted(coded, key=lambda pair: pair[1].code)


def _area_on_day(
    area: national.Area,
    code: national.Code,
    facts: national.Facts,
    standing: Mapping[int, Delivery | None],
    groups: Mapping[int, list[ActionGroup]],
    partnerships: Mapping[int, list[str]],
    on: date,
) -> AreaOnDay:
    sign_up = national.sign_up(facts, area.id, on)
    step = signup.since(signup.timeline(facts, area.id), on)
    return AreaOnDay(
        code=code.code,
        slug=area.slug,
        name=area.name,
        region=area.region,
        kind=code.kind,
        sign_up=sign_up,
        since=step.on if step else None,
        since_precision=step.precision if step else None,
        delivery=worst(standing.get(plan) for plan in sign_up.plans),
        actions=tally(once(sign_up.plans, groups)),
        partnerships=tuple(partnerships.get(area.id, ())),
        inherited_from=tuple(facts.area[predecessor].slug for predecessor in sign_up.inherited_from),
    )


def once(plans: Iterable[int], groups: Mapping[int, list[Counted]]) -> list[Counted]:
    """The actions of several plans, each once, also where one mirrors another's or two mirror that of a third."""
    plans = frozenset(plans)
    of_all = [group for plan in plans for group in groups.get(plan, ())]
    mirrors = {each.mirrored_action: each for each in of_all if each.mirrored_action is not None}
    own = [each for each in of_all if each.mirrored_action is None]
    return [*own, *(each for each in mirrors.values() if each.mirrored_plan not in plans)]


def _delivery_of_plans(
    facts: national.Facts, programme: Programme, groups: Mapping[int, list[ActionGroup]], on: date
) -> dict[int, Delivery | None]:
    """The delivery status of every plan live on the day, each by the rhythm of its own partnership."""
    found = {}
    for plan in facts.plans:
        version = plan.live_version(on)
        if version is None:
            continue
        on_day = PlanOnDay(version.publication.published_on, version.period_ends_on, tally(groups.get(plan.id, ())))
        found[plan.id] = delivery(on_day, on, thresholds_of(programme, plan.update_every_months))
    return found


def _partnerships(programme: Programme, on: date) -> dict[int, list[str]]:
    """The partnerships that work for each area on the day, the primary one first."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = PartnershipCoverage.objects.filter(
        holds_on(on), holds_on(on, "partnership__"), partnership__programme=programme
    )
    for area, slug in rows.order_by("-is_primary", "partnership__slug").values_list("area_id", "partnership__slug"):
        if slug not in found[area]:
            found[area].append(slug)
    return found
