"""All that an area's page tells of one day, put together."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from actionplans.models import PlanVersion
from actionplans.progress import worst
from actionplans.states import Delivery
from areas.models import Kind
from concordat import national, signup
from concordat.area.declared import Declared, declared_on
from concordat.area.past import Moment, Successions, claims_about, moments, successions_of
from concordat.area.people import Working, statements_on, working_on
from concordat.area.plans import LivePlan, awaited, cover_holds, parts_held, plans_on
from concordat.area.promises import Asking, asked_for
from concordat.kernel.models import Claim
from concordat.sentences import awaited_sentence, sign_up_reason
from signatories.models import Programme, Statement


class Life(StrEnum):
    """Whether the area exists on the day, and why not."""

    EXISTS = "exists"
    NOT_YET = "not yet"
    ENDED = "ended"
    PLANNED = "planned"


@dataclass(frozen=True)
class Portrait:
    """One area on one day (London). Where it does not exist then, only its past and its neighbours are told."""

    area: national.Area
    on: date
    life: Life
    sign_up: national.SignUp
    since: signup.Step | None
    successions: Successions
    moments: list[Moment]
    partnerships: tuple[Working, ...] = ()
    declarations: tuple[Declared, ...] = ()
    plans: list[LivePlan] = field(default_factory=list)
    related: list[PlanVersion] = field(default_factory=list)
    awaited: list[str] = field(default_factory=list)
    inherited_from: tuple[national.Area, ...] = ()
    askings: tuple[Asking, ...] = ()
    statements: list[Statement] = field(default_factory=list)

    @property
    def delivery(self) -> Delivery | None:
        """The worst of its plans'; None where nothing can be said."""
        return worst(plan.delivery for plan in self.plans)

    @property
    def overdue(self) -> int:
        """How many actions of its plans are overdue."""
        return sum(plan.numbers.overdue for plan in self.plans)

    @property
    def sign_up_told(self) -> str:
        """Why it has its sign-up status, to follow the status and a colon."""
        return sign_up_reason(self.sign_up)

    @property
    def awaited_told(self) -> str:
        """The plans that are expected and not there yet, as a sentence."""
        return awaited_sentence(self.awaited)

    @property
    def last_day(self) -> date | None:
        """The last day of the area, if it has ended or is to end."""
        return self.area.until_on - timedelta(days=1) if self.area.until_on else None

    @property
    def kind(self) -> str:
        """What kind of authority it is on the day, or was last: “unitary authority”."""
        code = self.area.code_on(self.on) or (self.area.codes[-1] if self.area.codes else None)
        return Kind(code.kind).label if code else ""

    @property
    def codes(self) -> list[tuple[national.Code, str, date | None]]:
        """The codes that it has had, oldest first, each with its kind and its last day."""
        return [
            (code, Kind(code.kind).label, code.until_on - timedelta(days=1) if code.until_on else None)
            for code in self.area.codes
        ]


def day_shown(area: national.Area, on: date, *, was_asked: bool) -> date:
    """The day that the page shows: for an area that has ended its last one, unless another was asked for."""
    has_ended = area.until_on is not None and area.until_on <= on
    return area.until_on - timedelta(days=1) if area.until_on and has_ended and not was_asked else on


def portrait(facts: national.Facts, area: national.Area, programme: Programme, on: date, horizon: date) -> Portrait:
    """The area on the day; its past is told up to the horizon. Ten queries, whatever there is to tell."""
    sign_up = national.sign_up(facts, area.id, on)
    partnerships = working_on(area.id, programme, on)
    declared = facts.declarations_of.get(area.id, [])
    held = {each.id: each for each, cover in declared if cover_holds(cover, on)}
    declarations = declared_on(sign_up.declarations, parts_held(declared, on), programme, on)
    working = {each.id for each in partnerships}
    plans, related = plans_on(facts, area.id, sign_up, working, programme, on)
    answering = working | {each.partnership for each in declarations}
    steps = signup.timeline(facts, area.id)
    return Portrait(
        area=area,
        on=on,
        life=life_on(area, on),
        sign_up=sign_up,
        since=signup.since(steps, on),
        successions=successions_of(area.id),
        moments=_moments(area, steps, _claims(facts, area.id, sign_up, answering, related), horizon),
        partnerships=partnerships,
        declarations=declarations,
        plans=plans,
        related=related,
        awaited=awaited(facts, area.id, list(held.values()), on),
        inherited_from=tuple(facts.area[each] for each in sign_up.inherited_from),
        askings=asked_for(answering, on),
        statements=list(statements_on(answering, on)),
    )


def life_on(area: national.Area, on: date) -> Life:
    """Whether the area exists on the day, and why not."""
    if area.is_planned:
        return Life.PLANNED
    if area.exists(on):
        return Life.EXISTS
    return Life.ENDED if area.until_on is not None and area.until_on <= on else Life.NOT_YET


def _moments(area: national.Area, steps: Sequence[signup.Step], claims: Iterable[Claim], horizon: date) -> list[Moment]:
    """The area's past; one that is only planned has none."""
    if area.is_planned:
        return []
    began_with_it = bool(steps) and steps[0].on == area.from_on
    opening = "This area began." if began_with_it else "The national Concordat began."
    return moments(steps, claims, horizon, opening)


def _claims(
    facts: national.Facts,
    area: int,
    sign_up: national.SignUp,
    partnerships: Collection[int],
    related: Collection[PlanVersion],
) -> Iterable[Claim]:
    """What sources claim about everything that was ever for the area, inherited and related documents too."""
    return claims_about(
        area,
        partnerships=partnerships,
        declarations=sign_up.declarations | {each.id for each, _ in facts.declarations_of.get(area, [])},
        plans=sign_up.plans
        | {plan.id for plan, _ in facts.plans_of.get(area, [])}
        | {version.plan_id for version in related},
    )
