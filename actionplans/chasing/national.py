"""What is due to be said of plans, national milestones and review rounds on a day: a few rows. Days in London."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, F, FilteredRelation, Max, OuterRef, Q, QuerySet

from actionplans.chasing.facts import Asked, Candidate, unsaid
from actionplans.chasing.policy import (
    MILESTONE_LASTS,
    PLAN_REVIEW,
    ROUND,
    Rule,
    countdown,
    milestone_step,
    silent_on,
)
from actionplans.models import ActionInVersion, ActionPlan, PlanCoverage, PlanVersion, ProgressUpdate
from actionplans.models.update import reported_on
from actionplans.states import CLOSED
from concordat.kernel.dates import add_months
from concordat.kernel.periods import holds_on
from signatories.models import (
    ChasingHold,
    Declaration,
    Membership,
    Person,
    Programme,
    ReviewRound,
    ReviewRoundArea,
    Role,
    reachable,
)
from signatories.services.rounds import answering

PLAN, MILESTONE, REVIEW_ROUND = "actionplans.actionplan", "signatories.milestone", "signatories.reviewround"
LONGEST = timedelta(days=60)
LOCAL = (Role.COORDINATOR, Role.CHAIR)


def of_plans(asked: Asked) -> Iterator[Candidate]:
    """Plans in force that are to be reviewed, for the coordinators. Two queries."""
    on = asked.on
    members = "plan__partnership__memberships"
    held = Q(**{f"{members}__role": Role.COORDINATOR}) & holds_on(on, f"{members}__")
    rows = (
        PlanVersion.objects.live_on(on)
        .annotate(member=FilteredRelation(members, condition=held))
        .filter(
            holds_on(on, "plan__partnership__"),
            reachable("member__person__"),
            plan__partnership__programme=asked.programme_id,
            next_review_on__lte=on + LONGEST,
        )
    )
    if asked.people is not None:
        rows = rows.filter(member__person__in=list(asked.people))
    if asked.partnership is not None:
        rows = rows.filter(plan__partnership=asked.partnership)
    found = rows.order_by().values_list("member__person_id", "plan_id", "next_review_on", "plan__partnership_id")
    yield from unsaid(
        (
            Candidate(who, rule, PLAN, plan, due_on, whose)
            for who, plan, due_on, whose in found.distinct()
            if (rule := countdown(due_on, on, PLAN_REVIEW))
        ),
        asked,
    )


def silent(asked: Asked) -> Iterator[Candidate]:
    """Plans with open actions of which nothing was heard for long, for the national administrators. Four queries.

    What the shipped history alone tells of is not silent: its records end (docs/rules.md, Areas that lag).
    """
    on = asked.on
    administrators = Person.objects.filter(reachable(), is_superuser=True)
    if asked.people is not None:
        administrators = administrators.filter(pk__in=list(asked.people))
    people = list(administrators.order_by("pk").values_list("pk", flat=True))
    if not people:
        return
    complete_to = Programme.objects.values_list("complete_to", flat=True).get(pk=asked.programme_id)
    found = [
        (plan, silent_on(last_on, asked.limits), whose)
        for plan, published_on, heard_on, whose in _quiet_plans(asked)
        if (last_on := max(published_on, heard_on or published_on)) and not (complete_to and last_on <= complete_to)
    ]
    yield from unsaid(
        (
            Candidate(person, Rule.SILENT, PLAN, plan, due_on, whose)
            for plan, due_on, whose in found
            if due_on <= on
            for person in people
        ),
        asked,
    )


def _quiet_plans(asked: Asked) -> Iterator[tuple[int, date, date | None, int]]:
    """Plans in force without an accepted report in the last months: when published, when last heard of, whose."""
    on = asked.on
    # The ends of months differ: six months after 31 August is 28 February, six before that is 28 August.
    since = add_months(on, -asked.limits.silent_months) + timedelta(days=3)
    closed = ProgressUpdate.objects.filter(reported_on(on), status__in=CLOSED, action=OuterRef("action"))
    lines = ActionInVersion.objects.filter(~Exists(closed), version=OuterRef("pk"), action__mirrors__isnull=True)
    rows = PlanVersion.objects.live_on(on).filter(
        Exists(lines),
        holds_on(on, "plan__partnership__"),
        plan__partnership__programme=asked.programme_id,
        plan__kind=ActionPlan.Kind.CONCORDAT,
        published_on__lte=since,
    )
    if asked.partnership is not None:
        rows = rows.filter(plan__partnership=asked.partnership)
    accepted = Q(plan__actions__updates__state="accepted", plan__actions__updates__reported_on__lte=on)
    last = Max("plan__actions__updates__reported_on", filter=accepted)
    heard = rows.order_by().annotate(heard_on=last)
    heard = heard.filter(Q(heard_on__isnull=True) | Q(heard_on__lte=since))
    yield from heard.values_list("plan_id", "published_on", "heard_on", "plan__partnership_id")


def of_milestones(asked: Asked) -> Iterator[Candidate]:
    """National milestones, for coordinators, and once the day has come for chairs. Two queries.

    Not for a partnership whose declaration, or plan, is in force by then, where that is what is asked for.
    """
    on = asked.on
    near = "partnership__programme__milestones"
    soon = Q(**{f"{near}__due_on__range": (on - MILESTONE_LASTS, on + LONGEST)})
    declared = Declaration.objects.live_on(on).filter(partnership=OuterRef("partnership"))
    planned = PlanVersion.objects.live_on(on).filter(plan__partnership=OuterRef("partnership"))
    rows = _local_people(asked).annotate(milestone=FilteredRelation(near, condition=soon))
    rows = rows.filter(holds_on(on, "partnership__"), milestone__isnull=False)
    # A column, not a path: a negated path through a join of many would look at every milestone.
    rows = rows.annotate(asks=F("milestone__name"))
    rows = rows.filter(~(Q(asks="Declaration") & Exists(declared)), ~(Q(asks="Action plan") & Exists(planned)))
    found = rows.order_by().values_list("person_id", "role", "milestone__id", "milestone__due_on", "partnership_id")
    candidates = [
        Candidate(who, rule, MILESTONE, what, due_on, whose)
        for who, role, what, due_on, whose in found
        if (rule := milestone_step(due_on, on)) and (role == Role.COORDINATOR or rule == Rule.MILESTONE_0)
    ]
    yield from unsaid(_each_once(candidates, on), asked)


def _each_once(candidates: list[Candidate], on: date) -> Iterator[Candidate]:
    """What somebody is told for several partnerships, once: for one that nobody holds, if there is one.

    One query, where anybody is told for several.
    """
    each = list(dict.fromkeys(candidates))  # of a partnership with several areas, or of somebody with two roles
    once = {(one.person_id, one.rule, one.subject_id): one for one in each}
    if len(once) < len(each):
        held = set(ChasingHold.objects.on(on).values_list("partnership_id", flat=True))
        each.sort(key=lambda one: (one.partnership_id not in held, -(one.partnership_id or 0)))
        once = {(one.person_id, one.rule, one.subject_id): one for one in each}
    return iter(once.values())


def _local_people(asked: Asked) -> QuerySet[Membership]:
    rows = Membership.objects.on(asked.on).filter(
        reachable("person__"),
        role__in=LOCAL,
        partnership__programme=asked.programme_id,
    )
    if asked.people is not None:
        rows = rows.filter(person__in=list(asked.people))
    return rows if asked.partnership is None else rows.filter(partnership=asked.partnership)


def of_rounds(asked: Asked) -> Iterator[Candidate]:
    """Review rounds in which an area has not answered, for those who answer for it. Four queries at most."""
    on = asked.on
    fresh = PlanCoverage.objects.filter(
        holds_on(on),
        Q(plan__versions__withdrawn_on__isnull=True) | Q(plan__versions__withdrawn_on__gt=on),
        area=OuterRef("area"),
        plan__kind=ActionPlan.Kind.CONCORDAT,
        plan__versions__published_on__gte=OuterRef("round__opens_on"),
        plan__versions__published_on__lte=on,
    )
    rounds = ReviewRound.objects.taking_answers(on).filter(programme=asked.programme_id, due_on__lte=on + LONGEST)
    rows = ReviewRoundArea.objects.unanswered().filter(~Exists(fresh), round__in=rounds)
    waiting = list(rows.order_by().values_list("area_id", "round_id", "round__due_on"))
    if not waiting:
        return
    by_area = answering({area for area, _, _ in waiting}, on)
    people: dict[int, list[tuple[int, str]]] = {}
    for partnership, person, role in _local_people(asked).values_list("partnership_id", "person_id", "role"):
        people.setdefault(partnership, []).append((person, role))
    candidates = [
        Candidate(person, rule, REVIEW_ROUND, round_, due_on, partnership.pk)
        for area, round_, due_on in waiting
        if (rule := countdown(due_on, on, ROUND))
        for partnership in by_area.get(area, [])
        for person, role in people.get(partnership.pk, [])
        if role == Role.COORDINATOR or rule == Rule.ROUND_0
    ]
    yield from unsaid(_each_once(candidates, on), asked)
