"""The areas that lag on a day, and what the contact log says of them: a fixed number of queries however many there are.

The rules are in `concordat.lagging`. Days are days in London. What happened after the day is left out, but for one
thing: an account knows only its latest sign-in, so nobody is dormant on a day before that.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Min, Q

from actionplans.course import Step, course
from actionplans.facts import action_groups
from actionplans.lives import version_lives
from actionplans.progress import tally
from actionplans.states import Delivery
from concordat import national, signup
from concordat.facts import national_facts
from concordat.kernel.dates import LONDON
from concordat.kernel.periods import holds_on
from concordat.lagging import AreaFacts, Contacts, Finding, Milestones, findings
from concordat.picture import existing_on, thresholds_of
from signatories.models import ContactEntry, Membership, PartnershipCoverage, Programme, Role

# What the programme calls the two milestones that the rules ask about.
DECLARATION, PLAN = "Declaration", "Action plan"


@dataclass(frozen=True, slots=True)
class Lagging:
    """An area that lags: why, the longest first; the latest contact, and the open step that is due first."""

    area: national.Area
    sign_up: national.SignUp
    findings: tuple[Finding, ...]
    partnerships: tuple[str, ...] = ()
    last_contact: ContactEntry | None = None
    next_step: ContactEntry | None = None

    @property
    def days(self) -> int:
        """For how many days the longest reason holds; 0 where nobody knows."""
        return self.findings[0].days or 0


@dataclass(slots=True)
class _Coordination:
    """What is known of who works for one area."""

    partnerships: dict[int, str] = field(default_factory=dict)
    holders: list[tuple[date | None, date | None]] = field(default_factory=list)  # from, last sign-in
    ended: list[date] = field(default_factory=list)


def lagging_areas(
    on: date, programme: Programme, only: Collection[int] | None = None, facts: national.Facts | None = None
) -> list[Lagging]:
    """The areas (all, or those with these ids) that lag on the day, the longest first, then by name.

    18 queries, or 12 with the national facts at hand.
    """
    facts = facts or national_facts(programme)
    areas = [area for area, _ in existing_on(facts, on) if only is None or area.id in only]
    standings = _standings(facts, areas, programme, on)
    coordination = _coordination(programme, on)
    contacts = _contacts_of(areas, coordination, programme, on)
    milestones = _milestones(programme)
    found = []
    for area in areas:
        sign_up, known = standings[area.id]
        why = tuple(findings(known, contacts[area.id], milestones, on))
        if why:
            found.append(Lagging(area, sign_up, why, tuple(coordination[area.id].partnerships.values())))
    return sorted(_with_log(found, coordination, on), key=lambda each: (-each.days, each.area.name, each.area.id))


def _milestones(programme: Programme) -> Milestones:
    due = dict(programme.milestones.filter(name__in=(DECLARATION, PLAN)).values_list("name", "due_on"))
    return Milestones(due.get(DECLARATION), due.get(PLAN))


# What the records say


def _standings(
    facts: national.Facts, areas: Iterable[national.Area], programme: Programme, on: date
) -> dict[int, tuple[national.SignUp, AreaFacts]]:
    """How each area stands on paper and in delivery, and since when. Five queries."""
    lives = version_lives()
    courses = {
        plan.id: course(lives.get(plan.id, ()), thresholds_of(programme, plan.update_every_months), on)
        for plan in facts.plans
    }
    groups = action_groups(on, thresholds_of(programme))
    updated = {plan: tally(of_plan).last_update for plan, of_plan in groups.items()}
    found = {}
    for area in areas:
        sign_up = national.sign_up(facts, area.id, on)
        last_update = max(filter(None, (updated.get(plan) for plan in sign_up.plans)), default=None)
        found[area.id] = sign_up, _area_facts(facts, area, sign_up, courses, last_update, programme, on)
    return found


def _area_facts(
    facts: national.Facts,
    area: national.Area,
    sign_up: national.SignUp,
    courses: Mapping[int, list[Step]],
    last_update: date | None,
    programme: Programme,
    on: date,
) -> AreaFacts:
    steps = signup.timeline(facts, area.id)
    came = signup.since(steps, on)
    judged_on = _judged_on(facts, area, last_update, programme.complete_to, on)
    return AreaFacts(
        judged_on=judged_on,
        sign_up=sign_up.status,
        since=came.on if came else None,
        began_on=area.from_on,
        plan_ended_on=_out_of_date_from(steps, on) if sign_up.out_of_date else None,
        off_track_since=_since(courses, sign_up.plans, Delivery.OFF_TRACK, judged_on),
        stale_since=_since(courses, sign_up.plans, Delivery.NO_RECENT_UPDATE, judged_on),
        last_update=last_update,
    )


def _judged_on(
    facts: national.Facts, area: national.Area, last_update: date | None, complete_to: date | None, on: date
) -> date:
    """The day itself while records are complete, or where something later is recorded of the area; else their end."""
    if complete_to is None or on <= complete_to:
        return on
    documents = [declaration.publication for declaration, _ in facts.declarations_of.get(area.id, [])]
    documents += [version.publication for plan, _ in facts.plans_of.get(area.id, []) for version in plan.versions]
    days = [document.published_on for document in documents if document.published_on <= on]
    later = max(filter(None, [*days, last_update]), default=None)
    return on if later and later > complete_to else complete_to


def _out_of_date_from(steps: list[signup.Step], on: date) -> date | None:
    """The last day of the plan's period: the day before the one from which green is out of date."""
    began = None
    for step in steps:
        if step.on <= on:
            began = (began or step.on) if step.sign_up.out_of_date else None
    return began - timedelta(days=1) if began else None


def _since(courses: Mapping[int, list[Step]], plans: Iterable[int], status: Delivery, on: date) -> date | None:
    """From when the first of these plans stands so on the day without a break; None if none does."""
    days = []
    for plan in plans:
        last = next((step for step in reversed(courses.get(plan, [])) if step.on <= on), None)
        if last and last.status is status:
            days.append(last.on)
    return min(days, default=None)


# Who coordinates


def _roles_kept_from(programme: Programme) -> date | None:
    """The first day on which somebody coordinated a partnership of the programme; None if nobody ever did."""
    ever = Membership.objects.filter(role=Role.COORDINATOR, partnership__programme=programme)
    first = ever.aggregate(first=Min("from_on"), undated=Min("pk", filter=Q(from_on=None)))
    return date.min if first["undated"] else first["first"]


def _coordination(programme: Programme, on: date) -> dict[int, _Coordination]:
    """The partnerships that work for each area on the day, and who coordinates them. Two queries."""
    found: dict[int, _Coordination] = defaultdict(_Coordination)
    working: dict[int, list[int]] = defaultdict(list)
    rows = PartnershipCoverage.objects.filter(
        holds_on(on), holds_on(on, "partnership__"), partnership__programme=programme
    ).order_by("-is_primary", "partnership__name", "pk")
    for area, partnership, name in rows.values_list("area_id", "partnership_id", "partnership__name"):
        found[area].partnerships[partnership] = name
        working[partnership].append(area)
    roles = Membership.objects.filter(role=Role.COORDINATOR, partnership__programme=programme)
    for partnership, from_on, until_on, login in roles.values_list(
        "partnership_id", "from_on", "until_on", "person__last_login"
    ):
        for area in working[partnership]:
            if until_on is not None and until_on <= on:
                found[area].ended.append(until_on)
            elif from_on is None or from_on <= on:
                found[area].holders.append((from_on, login.astimezone(LONDON).date() if login else None))
    return found


def contacts_of(areas: Iterable[national.Area], programme: Programme, on: date) -> dict[int, Contacts]:
    """Who answers for each of the areas on the day, by id. Three queries."""
    return _contacts_of(areas, _coordination(programme, on), programme, on)


def _contacts_of(
    areas: Iterable[national.Area], coordination: Mapping[int, _Coordination], programme: Programme, on: date
) -> dict[int, Contacts]:
    kept_from = _roles_kept_from(programme)
    return {area.id: _contacts(area, coordination[area.id], kept_from, on) for area in areas}


def _contacts(area: national.Area, known: _Coordination, kept_from: date | None, on: date) -> Contacts:
    if kept_from is None or kept_from > on:
        return Contacts(are_kept=False)
    if known.holders:
        seen = [day for holder in known.holders for day in holder if day]
        return Contacts(last_seen=max(seen, default=None))
    began = max(filter(None, (kept_from, area.from_on)))
    since = max(known.ended, default=began)
    return Contacts(
        has_partnership=bool(known.partnerships),
        is_coordinated=False,
        none_since=None if since == date.min else since,
    )


# The contact log


def _with_log(rows: list[Lagging], coordination: Mapping[int, _Coordination], on: date) -> Iterable[Lagging]:
    """The same with the latest contact and the first open step of each area or one of its partnerships. One query."""
    of_area, of_partnership = log_by_place(on)
    for row in rows:
        entries = [*of_area[row.area.id]]
        for partnership in coordination[row.area.id].partnerships:
            entries += of_partnership[partnership]
        last = max(entries, key=lambda entry: (entry.spoken_on, entry.pk), default=None)
        yield Lagging(row.area, row.sign_up, row.findings, row.partnerships, last, first_step(entries, on))


def log_by_place(on: date) -> tuple[dict[int, list[ContactEntry]], dict[int, list[ContactEntry]]]:
    """What the log told by the day, without what was corrected: by area and by partnership (ids). One query."""
    of_area: dict[int, list[ContactEntry]] = defaultdict(list)
    of_partnership: dict[int, list[ContactEntry]] = defaultdict(list)
    rows = ContactEntry.objects.standing().filter(spoken_on__lte=on).select_related("closed_by", "recorded_by")
    for entry in rows.defer("said", "closed_by__said").order_by("spoken_on", "pk"):
        if entry.area_id:
            of_area[entry.area_id].append(entry)
        elif entry.partnership_id:
            of_partnership[entry.partnership_id].append(entry)
    return of_area, of_partnership


def has_open_step(entry: ContactEntry, on: date) -> bool:
    """Whether the next step of an entry that stands was still to be taken on the day. `closed_by` is read with it."""
    closing = getattr(entry, "closed_by", None)
    return bool(entry.next_step) and (closing is None or closing.spoken_on > on)


def first_step(entries: Iterable[ContactEntry], on: date) -> ContactEntry | None:
    """The open next step that is due first; those without a day come last."""
    open_ = [entry for entry in entries if has_open_step(entry, on)]
    return min(open_, key=lambda entry: (entry.next_due_on or date.max, entry.pk), default=None)
