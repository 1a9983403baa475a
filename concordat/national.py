"""The amber-green rule: how every area stands on a day. Pure: facts in, an answer out.

Sign-up status (docs/rules.md, rules 1 to 4; the first that fits):

1. grey: the area does not exist on that day.
2. red: no declaration that covers the area is published and not withdrawn.
3. amber: declaration made, and no live plan touches the area.
4. green: a live plan of any partnership covers the whole area, or every plan that the declaration expects
   for it is live. Otherwise amber: some of the expected plans, or a part of the area only.

A new area shows the worst of its predecessors' statuses for 12 months, or its own as soon as that is as good.
Days are calendar days in Europe/London. The order of the facts never matters, and a fact of a later day
never changes the answer for an earlier one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from concordat.kernel.dates import add_months
from concordat.kernel.periods import holds

T = TypeVar("T")


class SignUpStatus(StrEnum):
    """From the worst to the best; grey is outside the order."""

    GREY = "grey"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"

    @property
    def rank(self) -> int:
        return list(SignUpStatus).index(self)


@dataclass(frozen=True, slots=True)
class Cover:
    """An area, or a labelled part of it, that a declaration or plan is for."""

    area: int
    label: str = ""  # empty: the whole area
    from_on: date | None = None
    until_on: date | None = None

    @property
    def is_whole(self) -> bool:
        return not self.label


@dataclass(frozen=True, slots=True)
class Publication:
    """The life of a published document: from its publication until it is superseded or withdrawn."""

    published_on: date
    precision: str = "day"
    superseded_on: date | None = None
    withdrawn_on: date | None = None

    def is_live(self, on: date) -> bool:
        # Written out: the map asks this some million times for its timelines.
        return (
            self.published_on <= on
            and (self.superseded_on is None or on < self.superseded_on)
            and (self.withdrawn_on is None or on < self.withdrawn_on)
        )

    @property
    def days(self) -> tuple[date | None, ...]:
        return self.published_on, self.superseded_on, self.withdrawn_on


@dataclass(frozen=True, slots=True)
class Expectation:
    """A plan that a declaration expects, for the areas named."""

    id: int
    label: str
    areas: frozenset[int]


@dataclass(frozen=True, slots=True)
class Declaration:
    id: int
    publication: Publication
    covers: tuple[Cover, ...]
    expects: tuple[Expectation, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A published version of a plan."""

    id: int
    publication: Publication
    period_ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan with its published versions. Its partnership reports every so many months, or as the programme asks."""

    id: int
    covers: tuple[Cover, ...]
    versions: tuple[Version, ...]
    fulfils: int | None = None
    update_every_months: int | None = None

    def live_version(self, on: date) -> Version | None:
        """The version that counts on that day: the newest live one."""
        live = [version for version in self.versions if version.publication.is_live(on)]
        if len(live) < 2:
            return live[0] if live else None
        return max(live, key=lambda version: (version.publication.published_on, version.id))


@dataclass(frozen=True, slots=True)
class Code:
    """A GSS code of an area, and the kind of authority that went with it, for as long as they held."""

    code: str
    kind: str
    official_name: str = ""
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """An area; one that is only planned, or whose plan was cancelled, does not come to exist."""

    id: int
    name: str
    slug: str
    from_on: date | None = None
    until_on: date | None = None
    region: str = ""
    codes: tuple[Code, ...] = ()
    is_planned: bool = False

    def exists(self, on: date) -> bool:
        """Whether there is such an area on that day."""
        return not self.is_planned and holds(self.from_on, self.until_on, on)

    def code_on(self, on: date) -> Code | None:
        """The code that it has on that day; None where it does not exist, or has none recorded."""
        if not self.exists(on):
            return None
        return next((code for code in self.codes if holds(code.from_on, code.until_on, on)), None)


@dataclass(frozen=True, slots=True)
class Succession:
    predecessor: int
    successor: int
    on: date


@dataclass(frozen=True, slots=True)
class SignUp:
    """How an area stands, why, and through which documents (ids)."""

    status: SignUpStatus
    reason: str
    declarations: frozenset[int] = frozenset()
    plans: frozenset[int] = frozenset()
    inherited_from: tuple[int, ...] = ()
    inherited_until: date | None = None
    out_of_date: bool = False


@dataclass(frozen=True)
class Facts:
    """All that the rule needs to know, for every area at once."""

    areas: tuple[Area, ...]
    declarations: tuple[Declaration, ...] = ()
    plans: tuple[Plan, ...] = ()
    successions: tuple[Succession, ...] = ()
    begins_on: date = date(2014, 2, 18)
    inherit_months: int = 12

    @cached_property
    def area(self) -> dict[int, Area]:
        return {area.id: area for area in self.areas}

    @cached_property
    def declarations_of(self) -> dict[int, list[tuple[Declaration, Cover]]]:
        return _by_area((declaration, declaration.covers) for declaration in self.declarations)

    @cached_property
    def plans_of(self) -> dict[int, list[tuple[Plan, Cover]]]:
        return _by_area((plan, plan.covers) for plan in self.plans)

    @cached_property
    def plan_fulfilling(self) -> dict[int, Plan]:
        return {plan.fulfils: plan for plan in self.plans if plan.fulfils is not None}

    @cached_property
    def predecessors_of(self) -> dict[int, list[Succession]]:
        """Only areas that began with the succession inherit; one that goes on keeps its own status."""
        found: dict[int, list[Succession]] = {}
        for succession in sorted(self.successions, key=lambda each: (each.on, each.predecessor)):
            predecessor_began = self.area[succession.predecessor].from_on
            if self.area[succession.successor].from_on == succession.on and (
                predecessor_began is None or predecessor_began < succession.on
            ):
                found.setdefault(succession.successor, []).append(succession)
        return found


def _by_area(documents: Iterable[tuple[T, tuple[Cover, ...]]]) -> dict[int, list[tuple[T, Cover]]]:
    found: dict[int, list[tuple[T, Cover]]] = {}
    for document, covers in documents:
        for cover in covers:
            found.setdefault(cover.area, []).append((document, cover))
    return found


def sign_up(facts: Facts, area_id: int, on: date) -> SignUp:
    """The sign-up status of an area on that day."""
    area = facts.area[area_id]
    if not area.exists(on):
        return SignUp(SignUpStatus.GREY, "This area does not exist on this day")
    return _standing(facts, area_id, on, covered_on=on)


def _standing(facts: Facts, area_id: int, on: date, covered_on: date) -> SignUp:
    """Its own status as soon as that is confirmed and as good as the inherited one; until then the inherited one."""
    own = _own(facts, area_id, on, covered_on)
    inherited = _inherited(facts, area_id, on)
    is_confirmed = own.status is not SignUpStatus.RED
    if inherited is None or (is_confirmed and own.status.rank >= inherited.status.rank):
        return own
    return replace(inherited, declarations=inherited.declarations | own.declarations, plans=inherited.plans | own.plans)


def _own(facts: Facts, area_id: int, on: date, covered_on: date) -> SignUp:
    """What the documents that are live on the day and cover the area on `covered_on` make of it."""
    declared = [
        (declaration, cover)
        for declaration, cover in facts.declarations_of.get(area_id, [])
        if declaration.publication.is_live(on) and holds(cover.from_on, cover.until_on, covered_on)
    ]
    touching = [
        (plan, cover)
        for plan, cover in facts.plans_of.get(area_id, [])
        if plan.live_version(on) and holds(cover.from_on, cover.until_on, covered_on)
    ]
    whole = [declaration for declaration, cover in declared if cover.is_whole]
    status, reason, out_of_date = _verdict(facts, area_id, on, declared, whole, touching)
    return SignUp(
        status,
        reason,
        declarations=frozenset(declaration.id for declaration, _ in declared),
        plans=frozenset(plan.id for plan, _ in touching),
        out_of_date=out_of_date,
    )


def _verdict(
    facts: Facts,
    area_id: int,
    on: date,
    declared: list[tuple[Declaration, Cover]],
    whole: list[Declaration],
    touching: list[tuple[Plan, Cover]],
) -> tuple[SignUpStatus, str, bool]:
    """Rules 2 to 4, in their order: the status, why, and whether green rests on a plan whose period is over."""
    if not whole:
        return SignUpStatus.RED, _why_red(facts, area_id, on, declared), False
    if not touching:
        return SignUpStatus.AMBER, "Declaration made", False
    for_all_of_it = [plan for plan, cover in touching if cover.is_whole]
    if for_all_of_it:
        return SignUpStatus.GREEN, "Action plan published", all(_is_over(plan, on) for plan in for_all_of_it)
    published, expected = _expected(facts, area_id, on, whole)
    if expected and len(published) == expected:
        plans = "the plan" if expected == 1 else f"all {expected} plans"
        reason = f"Action plan published ({plans} that the declaration expects)"
        return SignUpStatus.GREEN, reason, any(_is_over(plan, on) for plan in published)
    if expected:
        return SignUpStatus.AMBER, f"{len(published)} of {expected} plans published", False
    parts = ", ".join(sorted({cover.label for _, cover in touching}))
    return SignUpStatus.AMBER, f"Part of the area covered by a plan: {parts}", False


def _expected(facts: Facts, area_id: int, on: date, declarations: list[Declaration]) -> tuple[list[Plan], int]:
    """The live ones of the expected plans, and how many are expected, by the declaration nearest its goal."""
    found: list[tuple[list[Plan], int]] = []
    for declaration in declarations:
        wanted = [expectation.id for expectation in declaration.expects if area_id in expectation.areas]
        plans = [facts.plan_fulfilling[each] for each in wanted if each in facts.plan_fulfilling]
        if wanted:
            found.append(([plan for plan in plans if plan.live_version(on)], len(wanted)))
    return max(found, key=lambda pair: (len(pair[0]) / pair[1], pair[1]), default=([], 0))


def _why_red(facts: Facts, area_id: int, on: date, declared: list[tuple[Declaration, Cover]]) -> str:
    if declared:
        parts = ", ".join(sorted({cover.label for _, cover in declared}))
        return f"A declaration covers only part of the area: {parts}"
    withdrawn = [
        declaration.publication.withdrawn_on
        for declaration, _ in facts.declarations_of.get(area_id, [])
        if declaration.publication.withdrawn_on and declaration.publication.withdrawn_on <= on
    ]
    if withdrawn:
        return f"The declaration was withdrawn on {_in_words(max(withdrawn))}"
    return "No declaration recorded"


def _is_over(plan: Plan, on: date) -> bool:
    version = plan.live_version(on)
    return bool(version and version.period_ends_on and version.period_ends_on < on)


def _inherited(facts: Facts, area_id: int, on: date) -> SignUp | None:
    """The worst of the predecessors' statuses, for so many months after the succession.

    Their coverage counts as it was on their last day; their documents as they are on the day asked for.
    """
    successions = [
        succession
        for succession in facts.predecessors_of.get(area_id, [])
        if succession.on <= on < add_months(succession.on, facts.inherit_months)
    ]
    if not successions:
        return None
    standings = [_standing(facts, each.predecessor, on, each.on - timedelta(days=1)) for each in successions]
    # What a predecessor had itself inherited ends when it would have ended there.
    ends = [standing.inherited_until for standing in standings if standing.inherited_until]
    until = min([add_months(successions[0].on, facts.inherit_months), *ends])
    worst = min(standings, key=lambda standing: (standing.status.rank, not standing.out_of_date, standing.reason))
    names = _listed([facts.area[each.predecessor].name for each in successions])
    return replace(
        worst,
        reason=f"{worst.reason}, inherited from {names} until {_in_words(until)}",
        declarations=frozenset().union(*(standing.declarations for standing in standings)),
        plans=frozenset().union(*(standing.plans for standing in standings)),
        inherited_from=tuple(each.predecessor for each in successions),
        inherited_until=until,
    )


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
