"""What is due to be said on a day, asked of the database: one query for each kind, however many actions there are.

The database decides what is due and not yet said; Python sees only that. The rules are `actionplans.chasing.policy`'s,
written again as conditions; `tests/actionplans/chasing` compares the two. Days in London.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value, When

from actionplans.chasing.policy import LADDER, Limits, Rule, last_reviewed_by, review_due_on
from actionplans.models import Action, ActionInVersion, ActionLead, ActionOwner, ProgressUpdate
from actionplans.models.action import LEADING, moved_on
from actionplans.models.update import reported_on
from actionplans.states import CLOSED
from concordat.kernel.periods import holds_on
from signatories.models import ChasingHold, ChasingPause, Notice, Role, UpdateWindow, reachable
from signatories.models.declaration import live_on

PARTNERSHIP, ACTION = "signatories.partnership", "actionplans.action"
ANSWERED = (ProgressUpdate.State.SUBMITTED, ProgressUpdate.State.ACCEPTED)
AT_ONCE = 5000  # rows that are read at a time
Rows = QuerySet[Any, Any]
# The steps of a window, the latest first: the column with its day, and what is said from that day on.
Steps = tuple[tuple[str, Rule], ...]
ANSWERING: Steps = (("last_notice_on", Rule.LAST_NOTICE), ("nudge_on", Rule.NUDGE), ("opens_on", Rule.OPENS))
CLOSING: Steps = (("last_notice_on", Rule.LAST_NOTICE), ("closing_on", Rule.CLOSING))


@dataclass(frozen=True, slots=True)
class Asked:
    """The day that is asked about; of these people alone, or one partnership, if given.

    `fresh`: only what no notice stands for yet.
    """

    on: date
    limits: Limits
    programme_id: int
    people: Collection[int] | None = None
    fresh: bool = True
    partnership: int | None = None


class Candidate(NamedTuple):
    """Something that ought to be said by the day, to the person whose it is."""

    person_id: int
    rule: Rule
    subject_type: str
    subject_id: int
    due_on: date
    partnership_id: int | None


@dataclass(frozen=True, slots=True)
class Root:
    """Rows that lead to a person and to an action: `person` and `action` are the paths, `key` is the action's id."""

    rows: Rows
    person: str
    action: str
    key: str

    def path(self, name: str) -> str:
        """The path of a field of the action."""
        return f"{self.action}{name}"


def by_owner(asked: Asked) -> Root:
    """The actions of those who answer for them."""
    return Root(ActionOwner.objects.on(asked.on), "person", "action__", "action_id")


def by_lead(asked: Asked) -> Root:
    """The actions of the leads of the organisations that lead them."""
    members = "organisation__memberships"
    lead = Q(**{f"{members}__role": Role.ORGANISATION_LEAD}) & holds_on(asked.on, f"{members}__")
    rows = ActionLead.objects.on(asked.on).filter(role__in=LEADING)
    return Root(
        rows.annotate(member=FilteredRelation(members, condition=lead)), "member__person", "action__", "action_id"
    )


def by_role(asked: Asked, role: Role) -> Root:
    """The actions of a partnership's coordinators, or of its chairs."""
    members = "plan__partnership__memberships"
    held = Q(**{f"{members}__role": role}) & holds_on(asked.on, f"{members}__")
    rows = Action.objects.annotate(member=FilteredRelation(members, condition=held))
    return Root(rows, "member__person", "", "pk")


def without_owner(asked: Asked) -> Root:
    """The actions for which nobody answers who can be written to; their partnership's coordinators stand in."""
    owners = ActionOwner.objects.on(asked.on).filter(reachable("person__"))
    root = by_role(asked, Role.COORDINATOR)
    return Root(root.rows.filter(~Exists(owners.filter(action=OuterRef("pk")))), root.person, root.action, root.key)


def chased(root: Root, asked: Asked) -> Rows:
    """Those of actions that are open and stand in a plan in force, and of people who can be written to (`who`).

    What a subquery compares with is always a column annotated here: a path through a join of many would join anew.
    """
    lines = ActionInVersion.objects.filter(live_on(asked.on, "version__"), action=OuterRef(root.key))
    closed = ProgressUpdate.objects.filter(reported_on(asked.on), status__in=CLOSED, action=OuterRef(root.key))
    partnership = root.path("plan__partnership__")
    conditions: dict[str, Any] = {
        f"{partnership}programme": asked.programme_id,
        root.path("mirrors__isnull"): True,
    }
    if asked.people is not None:
        conditions[f"{root.person}__in"] = list(asked.people)
    if asked.partnership is not None:
        conditions[root.path("plan__partnership")] = asked.partnership
    rows = root.rows.filter(holds_on(asked.on, partnership), reachable(f"{root.person}__"), **conditions)
    rows = rows.filter(Exists(lines), ~Exists(closed))
    found: Rows = rows.annotate(who=F(f"{root.person}_id"), whose=F(root.path("plan__partnership_id")))
    return found


def unanswered(root: Root, asked: Asked) -> Q:
    """Those on which nothing was handed in since `opened`, and that nobody holds."""
    reports = ProgressUpdate.objects.filter(
        action=OuterRef(root.key), state__in=ANSWERED, reported_on__gte=OuterRef("opened")
    )
    holds = ChasingHold.objects.on(asked.on).filter(subject_type=ACTION, subject_id=OuterRef(root.key))
    return Q(~Exists(reports)) & Q(~Exists(holds))


def not_put_off(root: Root, asked: Asked) -> Q:
    """Those that the person has not put off."""
    snoozes = ChasingPause.objects.on(asked.on).filter(subject_type=ACTION, subject_id=OuterRef(root.key))
    return Q(~Exists(snoozes.filter(person=OuterRef("who"))))


def told(rows: Rows, asked: Asked, subject_type: str, subject: str) -> Iterator[Candidate]:
    """The rows (`who`, `rule`, `hangs_on`, `whose`) as candidates, each once; with `fresh` those not told yet."""
    if asked.fresh:
        notices = Notice.objects.standing().filter(
            person=OuterRef("who"),
            rule=OuterRef("rule"),
            subject_type=subject_type,
            subject_id=OuterRef(subject),
            due_on=OuterRef("hangs_on"),
        )
        rows = rows.filter(~Exists(notices))
    found = rows.order_by().values_list("who", "rule", subject, "hangs_on", "whose").distinct()
    for who, rule, what, due_on, whose in found.iterator(chunk_size=AT_ONCE):
        yield Candidate(who, Rule(rule), subject_type, what, due_on, whose)


def rule_by_day(column: str, on: date, *steps: tuple[str, Rule]) -> Case:
    """The first rule whose column is a day that has come."""
    return Case(
        *(When(**{f"{column}__{name}__lte": on}, then=Value(rule.value)) for name, rule in steps),
        output_field=CharField(),
    )


def in_windows(asked: Asked) -> Iterator[Candidate]:
    """What is said while a window is open: to who still owes an update, and to the coordinators. Three queries."""
    coordinating = by_role(asked, Role.COORDINATOR)
    for root, steps in ((by_owner(asked), ANSWERING), (without_owner(asked), ANSWERING), (coordinating, CLOSING)):
        rows = of_window(root, asked, steps).annotate(rule=rule_by_day("asked_in", asked.on, *steps))
        yield from told(rows, asked, PARTNERSHIP, "whose")


def of_window(root: Root, asked: Asked, steps: Steps) -> Rows:
    """What is unanswered in an open window; the last step gives the first day on which anything is said at all.

    What somebody has put off is left out until the last notice.
    """
    path = root.path("plan__partnership__windows")
    is_open = Q(**{f"{path}__due_on__gte": asked.on, f"{path}__withdrawn_on__isnull": True})
    rows = chased(replace(root, rows=root.rows.annotate(asked_in=FilteredRelation(path, condition=is_open))), asked)
    rows = rows.filter(**{f"asked_in__{steps[-1][0]}__lte": asked.on})
    rows = rows.annotate(opened=F("asked_in__opens_on"), hangs_on=F("asked_in__due_on"))
    is_last = Q(asked_in__last_notice_on__lte=asked.on)
    found: Rows = rows.filter(unanswered(root, asked), not_put_off(root, asked) | is_last)
    return found


def missed(asked: Asked) -> Iterator[Candidate]:
    """Who is told of what nobody answered in the last window, the last two, and the last three. Three queries."""
    for times, rule in LADDER.items():
        rows = of_missed(by_rung(asked, times), asked, times)
        rows = rows.annotate(rule=Value(rule.value, output_field=CharField()))
        yield from told(rows, asked, PARTNERSHIP, "whose")


def by_rung(asked: Asked, times: int) -> Root:
    """The actions of those who are told of what was missed so many times running."""
    if times == 2:
        return by_lead(asked)
    return by_role(asked, Role.COORDINATOR if times == 1 else Role.CHAIR)


def of_missed(root: Root, asked: Asked, times: int) -> Rows:
    """What nobody answered in the last so many windows, having stood in the plan before the first of them opened."""
    path = root.path("plan__partnership__windows")
    passed = Q(**{f"{path}__due_on__lt": asked.on, f"{path}__withdrawn_on__isnull": True})
    rows = chased(replace(root, rows=root.rows.annotate(asked_in=FilteredRelation(path, condition=passed))), asked)
    first = "asked_in__" + "before__" * (times - 1) + "opens_on"
    rows = rows.filter(**{f"{first}__isnull": False})
    rows = rows.annotate(opened=F(first), hangs_on=F("asked_in__due_on"), passed=F("asked_in__id"))
    last = UpdateWindow.objects.last_passed(asked.on).filter(pk=OuterRef("passed"))
    stood = ActionInVersion.objects.filter(action=OuterRef(root.key), version__published_on__lte=OuterRef("opened"))
    found: Rows = rows.filter(unanswered(root, asked), not_put_off(root, asked), Exists(last), Exists(stood))
    return found


def due(asked: Asked) -> Iterator[Candidate]:
    """Actions due soon, or whose day has passed; for the chair, must-dos that are overdue for long. Three queries."""
    on = asked.on
    step = Case(
        When(hangs_on__lt=on, then=Value(Rule.DUE_PASSED.value)),
        default=Value(Rule.DUE_SOON.value),
        output_field=CharField(),
    )
    soon = on + timedelta(days=asked.limits.due_soon)
    for root in (by_owner(asked), without_owner(asked)):
        rows = _with_dates(root, asked).filter(hangs_on__lte=soon).annotate(rule=step)
        yield from told(rows, asked, ACTION, root.key)
    long_ago = on - timedelta(days=asked.limits.must_do_overdue)
    root = by_role(asked, Role.CHAIR)
    overdue = _with_dates(root, asked).filter(**{root.path("must_do"): True}, hangs_on__lt=long_ago)
    rule = Value(Rule.MUST_DO_OVERDUE.value, output_field=CharField())
    yield from told(overdue.annotate(rule=rule), asked, ACTION, root.key)


def _with_dates(root: Root, asked: Asked) -> Rows:
    """The rows of chased actions with the due day, and the months between reviews, that hold on the day."""
    path = root.path("date_changes")
    move = FilteredRelation(path, condition=moved_on(asked.on, f"{path}__"))
    rows = chased(replace(root, rows=root.rows.annotate(move=move)), asked)

    def holding(name: str) -> Case:
        return Case(When(move__isnull=False, then=F(f"move__{name}")), default=F(root.path(name)))

    dated: Rows = rows.annotate(hangs_on=holding("due_on"), every=holding("review_every_months"))
    return dated


def not_reviewed(asked: Asked) -> Iterator[Candidate]:
    """Actions without a due day that nobody looked at for as long as they say. Four queries.

    It counts from the last report handed in, or else from when the plan in force was published.
    """
    for root in (by_owner(asked), without_owner(asked)):
        rows = _with_dates(root, asked).filter(hangs_on__isnull=True, every__isnull=False)
        lengths = sorted(set(rows.order_by().values_list("every", flat=True)))
        if not lengths:
            continue
        cut = Case(*(When(every=months, then=Value(last_reviewed_by(asked.on, months))) for months in lengths))
        yield from _unreviewed(root, rows.annotate(cut=cut), asked)


def _unreviewed(root: Root, rows: Rows, asked: Asked) -> Iterator[Candidate]:
    reports = ProgressUpdate.objects.filter(action=OuterRef(root.key), state__in=ANSWERED)
    lines = ActionInVersion.objects.filter(live_on(asked.on, "version__"), action=OuterRef(root.key))
    last = reports.order_by("-reported_on").values("reported_on")[:1]
    published = lines.order_by("version__published_on").values("version__published_on")[:1]
    later = reports.filter(reported_on__gt=OuterRef("cut"))
    rows = rows.filter(~Exists(later)).annotate(last=last, published=published)
    found = rows.order_by().values_list("who", root.key, "every", "last", "published", "whose").distinct()
    due_days = (
        Candidate(who, Rule.NOT_REVIEWED, ACTION, what, review_due_on(last_on or published_on, every), whose)
        for who, what, every, last_on, published_on, whose in found.iterator(chunk_size=AT_ONCE)
    )
    yield from unsaid((each for each in due_days if each.due_on <= asked.on), asked)


def unsaid(candidates: Iterator[Candidate], asked: Asked) -> Iterator[Candidate]:
    """Of a few candidates those of which no notice stands, if only those are asked for. One query."""
    few = list(candidates)
    if not few or not asked.fresh:
        yield from few
        return
    standing = Notice.objects.standing().filter(
        rule__in={each.rule for each in few}, subject_type=few[0].subject_type, due_on__in={each.due_on for each in few}
    )
    known = set(standing.values_list("person_id", "rule", "subject_id", "due_on"))
    for each in few:
        if (each.person_id, each.rule, each.subject_id, each.due_on) not in known:
            yield each
