"""What the national return tells of each area besides its two statuses, gathered in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Max, Q

from actionplans.facts import action_groups, slips
from actionplans.models import ActionPlan, PlanVersion
from actionplans.progress import Slip, Tally, median_slip, oldest_overdue, tally
from concordat import national
from concordat.facts import national_facts
from concordat.kernel.periods import holds, holds_on
from concordat.lagging import Contacts
from concordat.picture import AreaOnDay, Picture, existing_on, once, picture, thresholds_of
from concordat.reports.models import FrozenReport
from concordat.reports.questions import Question
from concordat.reports.selection import asked_for
from concordat.reports.signing import Signing, documents, signing
from concordat.watching import contacts_of
from signatories.models import BoardMeeting, BoardOversight, Partnership, Programme


class Working(NamedTuple):
    """A partnership that works for the area: for how many others too, its note, the boards that oversee it, when one of
    them last met, and of which day the last paper is that one was given.
    """

    name: str
    other_areas: int
    note: str
    boards: tuple[str, ...]
    last_meeting: date | None
    last_report: date | None


class Version(NamedTuple):
    """A version of a plan that is in force."""

    id: int
    plan: int
    title: str
    label: str
    published_on: date
    period_ends_on: date | None
    next_review_on: date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One area on the day, and how it stood on the earlier day; None where it did not exist then."""

    area: AreaOnDay
    on: date
    before: AreaOnDay | None
    working: tuple[Working, ...]
    declared: national.Publication | None
    signing: Signing
    plans: tuple[Version, ...]  # in force; the one to name first
    oldest_due: date | None  # of the actions that are overdue
    moved: int
    slip: int | None
    contacts: Contacts

    @property
    def actions(self) -> Tally:
        return self.area.actions

    @property
    def plan(self) -> Version | None:
        """The plan to name: for the whole area rather than a part, then the one published last."""
        return self.plans[0] if self.plans else None


@dataclass(frozen=True, slots=True)
class Return:
    """The areas that were asked about, what slipped in their plans, and the national pictures of both days.

    An action that several areas share is in the row of each; in `actions` it is once.
    """

    picture: Picture
    earlier: Picture
    rows: list[Row]
    slips: list[Slip]
    actions: Tally

    @property
    def areas(self) -> list[AreaOnDay]:
        return [row.area for row in self.rows]


def national_return(question: Question, programme: Programme, facts: national.Facts | None = None) -> Return:
    """The return on the day of the question, compared with its earlier day. 22 queries, and one for an organisation;
    six fewer with the national facts at hand."""
    on, facts = question.on, facts or national_facts(programme)
    groups = action_groups(on, thresholds_of(programme))
    found = picture(on, programme, facts=facts, groups=groups)
    earlier = picture(question.since, programme, facts=facts)
    before = {area.slug: area for area in earlier.areas}
    moved, versions, signed = slips(on), _versions(programme, on), documents(programme, on)
    working = _working(programme, found.areas, on)
    areas = {area.slug: area for area, _ in existing_on(facts, on)}
    contacts = contacts_of(areas.values(), programme, on)
    rows = []
    for area in asked_for(found.areas, question):
        id_ = areas[area.slug].id
        slipped: list[Slip] = once(area.sign_up.plans, moved)
        rows.append(
            Row(
                area=area,
                on=on,
                before=before.get(area.slug),
                working=tuple(working[slug] for slug in area.partnerships),
                declared=_declared(facts, id_, area.sign_up, on),
                signing=signing([signed[each] for each in area.sign_up.declarations], programme.core_signatory_types),
                plans=tuple(_plans(facts, id_, area.sign_up.plans, versions, on)),
                oldest_due=oldest_overdue(once(area.sign_up.plans, groups)),
                moved=sum(slip.count for slip in slipped),
                slip=median_slip(slipped),
                contacts=contacts[id_],
            )
        )
    plans = frozenset(plan for row in rows for plan in row.area.sign_up.plans)
    return Return(found, earlier, rows, once(plans, moved), tally(once(plans, groups)))


def _declared(facts: national.Facts, area: int, sign_up: national.SignUp, on: date) -> national.Publication | None:
    """The publication of the declaration to name: for the whole area rather than a part, then the latest."""
    wholly = _wholly(facts.declarations_of.get(area, ()), on)
    counting = [each for each in facts.declarations if each.id in sign_up.declarations]
    key = {each.id: (each.id in wholly, each.publication.published_on, each.id) for each in counting}
    return max(counting, key=lambda each: key[each.id]).publication if counting else None


def _plans(
    facts: national.Facts, area: int, plans: Iterable[int], versions: Mapping[int, Version], on: date
) -> list[Version]:
    """The versions in force of these plans, the one to name first."""
    wholly = _wholly(facts.plans_of.get(area, ()), on)
    live = [versions[plan] for plan in plans]
    return sorted(live, key=lambda each: (each.plan in wholly, each.published_on, each.id), reverse=True)


def _wholly(covering: Iterable[tuple[national.Declaration | national.Plan, national.Cover]], on: date) -> set[int]:
    """Which of these documents are for the whole area on the day."""
    return {each.id for each, cover in covering if cover.is_whole and holds(cover.from_on, cover.until_on, on)}


def _versions(programme: Programme, on: date) -> dict[int, Version]:
    """The newest version in force of every plan that counts, by plan. One query."""
    rows = PlanVersion.objects.live_on(on).filter(
        plan__kind=ActionPlan.Kind.CONCORDAT, plan__partnership__programme=programme
    )
    columns = ("id", "plan_id", "plan__title", "label", "published_on", "period_ends_on", "next_review_on")
    found = (Version(*row) for row in rows.order_by("published_on", "id").values_list(*columns))
    return {each.plan: each for each in found}


def _working(programme: Programme, areas: Collection[AreaOnDay], on: date) -> dict[str, Working]:
    """Every partnership of the programme, by slug. Four queries."""
    reach: dict[str, int] = defaultdict(int)
    for area in areas:
        for slug in area.partnerships:
            reach[slug] += 1
    boards, met, given = _boards(programme, on), _last_meetings(on), FrozenReport.objects.last_on(on)
    return {
        slug: Working(
            name,
            max(reach[slug] - 1, 0),
            note,
            tuple(board for _, board in boards[id_]),
            max((met[board] for board, _ in boards[id_] if board in met), default=None),
            given.get(id_),
        )
        for id_, slug, name, note in Partnership.objects.filter(programme=programme).values_list(
            "id", "slug", "name", "public_note"
        )
    }


def _boards(programme: Programme, on: date) -> dict[int, list[tuple[int, str]]]:
    """The boards that oversee each partnership on the day, by name."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = BoardOversight.objects.filter(holds_on(on), holds_on(on, "board__"), partnership__programme=programme)
    for partnership, *board in rows.order_by("board__name", "board_id").values_list(
        "partnership_id", "board_id", "board__name"
    ):
        found[partnership].append((board[0], board[1]))
    return found


def _last_meetings(on: date) -> dict[int, date]:
    """The last day by then on which each board met."""
    met = BoardMeeting.objects.filter(Q(cancelled_on=None) | Q(cancelled_on__gt=on), held_on__lte=on)
    return dict(met.order_by().values_list("board_id").annotate(Max("held_on")))
