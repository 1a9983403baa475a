"""What is due to be said on a day, asked of the database: one query for each kind, however many actions there are.

The database decides what is due and not yet said; Python sees only that. The rules are `actionplans.chasing.policy`'s,
written again as conditions; `tests/actionplans/chasing` compares the two. A few people are asked about directly; for
everybody what the questions share is gathered first (`gathering.py`). Days in London.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from actionplans.chasing.open_action import OpenAction
from actionplans.chasing.policy import LADDER, Limits, Rule, last_reviewed_by, review_due_on
from actionplans.models import Action, ActionInVersion, ActionLead, ActionOwner, ProgressUpdate
from actionplans.models.action import LEADING, moved_on
from actionplans.models.update import reported_on
from actionplans.states import CLOSED
from concordat.kernel.periods import holds_on
from signatories.models import ChasingHold, ChasingPause, Notice, Role, UpdateWindow, reachable
from signatories.models.declaration import live_on
from signatories.outbox.notices import batches

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

    `fresh`: only what no notice stands for yet. `gathered`: the open actions of that day are in their temporary table,
    and are asked there.
    """

    on: date
    limits: Limits
    programme_id: int
    people: Collection[int] | None = None
    fresh: bool = True
    partnership: int | None = None
    gathered: bool = False


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
    """Rows that lead to a person and to an action.

    `person`, `action` and `partnership` are the paths, `key` is the action's id.
    """

    rows: Rows
    person: str
    action: str
    key: str
    partnership: str = "action__plan__partnership__"

    def path(self, name: str) -> str:
        """The path of a field of the action."""
        return f"{self.action}{name}"


def answering(asked: Asked) -> tuple[Root, ...]:
    """The actions of those who answer for them, or stand in where nobody does."""
    if asked.gathered:
        return (_of_gathered(OpenAction.objects.filter(person__isnull=False), "person"),)
    return by_owner(asked), without_owner(asked)


def by_owner(asked: Asked) -> Root:
    """The actions of those who answer for them."""
    return Root(ActionOwner.objects.on(asked.on), "person", "action__", "action_id")


def by_lead(asked: Asked) -> Root:
    """The actions of the leads of the organisations that lead them."""
    members = "organisation__memberships"
    lead = Q(**{f"{members}__role": Role.ORGANISATION_LEAD}) & holds_on(asked.on, f"{members}__")
    rows = OpenAction.objects.all() if asked.gathered else leads(asked)
    rows = rows.annotate(member=FilteredRelation(members, condition=lead))
    return _of_gathered(rows) if asked.gathered else Root(rows, "member__person", "action__", "action_id")


def by_role(asked: Asked, role: Role) -> Root:
    """The actions of a partnership's coordinators, or of its chairs."""
    members = "partnership__memberships" if asked.gathered else "plan__partnership__memberships"
    held = Q(**{f"{members}__role": role}) & holds_on(asked.on, f"{members}__")
    rows = OpenAction.objects.all() if asked.gathered else Action.objects.all()
    rows = rows.annotate(member=FilteredRelation(members, condition=held))
    return _of_gathered(rows) if asked.gathered else Root(rows, "member__person", "", "pk", "plan__partnership__")


def _of_gathered(rows: Rows, person: str = "member__person") -> Root:
    return Root(rows, person, "action__", "action_id", "partnership__")


def without_owner(asked: Asked) -> Root:
    """The actions for which nobody answers who can be written to; their partnership's coordinators stand in."""
    root = by_role(asked, Role.COORDINATOR)
    return replace(root, rows=root.rows.filter(~Exists(owners(asked).filter(action=OuterRef("pk")))))


def owners(asked: Asked) -> Rows:
    """Who answers for what, of those who can be written to."""
    found: Rows = ActionOwner.objects.on(asked.on).filter(reachable("person__"))
    return found


def leads(asked: Asked) -> Rows:
    """Which organisations lead what."""
    found: Rows = ActionLead.objects.on(asked.on).filter(role__in=LEADING)
    return found


def handed_in() -> Rows:
    """Of each action the day of the last report handed in (`last_on`), accepted or not."""
    reports = ProgressUpdate.objects.filter(state__in=ANSWERED).order_by()
    found: Rows = reports.values("action_id").annotate(last_on=Max("reported_on"))
    return found


def in_force(root: Root, asked: Asked) -> Rows:
    """Those of actions that are open and stand in a plan in force, with the partnership (`whose`).

    What a subquery compares with is always a column annotated here: a path through a join of many would join anew.
    """
    lines = ActionInVersion.objects.filter(live_on(asked.on, "version__"), action=OuterRef(root.key))
    closed = ProgressUpdate.objects.filter(reported_on(asked.on), status__in=CLOSED, action=OuterRef(root.key))
    conditions = {f"{root.partnership}programme": asked.programme_id, root.path("mirrors__isnull"): True}
    if asked.partnership is not None:
        conditions[root.path("plan__partnership")] = asked.partnership
    rows = root.rows.filter(Exists(lines), ~Exists(closed), holds_on(asked.on, root.partnership), **conditions)
    found: Rows = rows.annotate(whose=F(f"{root.partnership}id"), is_must_do=F(root.path("must_do")))
    return found


def moved(root: Root, asked: Asked) -> Root:
    """With the moved date that holds on the day (`move`), if there is one."""
    path = root.path("date_changes")
    move = FilteredRelation(path, condition=moved_on(asked.on, f"{path}__"))
    return replace(root, rows=root.rows.annotate(move=move))


def dated(rows: Rows, root: Root) -> Rows:
    """Those of a moved root with the due day (`hangs_on`), and the months between reviews (`every`), that hold."""

    def holding(name: str) -> Case:
        return Case(When(move__isnull=False, then=F(f"move__{name}")), default=F(root.path(name)))

    found: Rows = rows.annotate(hangs_on=holding("due_on"), every=holding("review_every_months"))
    return found


def chased(root: Root, asked: Asked) -> Rows:
    """Those in force of people who can be written to (`who`), with the last report handed in."""
    conditions = {} if asked.people is None else {f"{root.person}__in": list(asked.people)}
    if asked.gathered:
        rows = root.rows.annotate(whose=F("partnership_id"))
    else:
        reports = handed_in().filter(action_id=OuterRef(root.key))
        rows = in_force(root, asked).annotate(last_on=Subquery(reports.values("last_on")))
    found: Rows = rows.filter(reachable(f"{root.person}__"), **conditions).annotate(who=F(f"{root.person}_id"))
    return found


def unanswered(root: Root, asked: Asked) -> Q:
    """Those on which nothing was handed in since `opened`, and that nobody holds."""
    silent = Q(last_on__isnull=True) | Q(last_on__lt=F("opened"))
    holds = ChasingHold.objects.on(asked.on).filter(subject_type=ACTION, subject_id=OuterRef(root.key))
    return silent & Q(~Exists(holds))


def not_put_off(root: Root, asked: Asked) -> Q:
    """Those that the person has not put off."""
    snoozes = ChasingPause.objects.on(asked.on).filter(subject_type=ACTION, subject_id=OuterRef(root.key))
    return Q(~Exists(snoozes.filter(person=OuterRef("who"))))


def untold(rows: Rows, subject_type: str, subject: str) -> Rows:
    """The rows (`who`, `rule`, `hangs_on`) for which no notice stands."""
    notices = Notice.objects.standing().filter(
        person=OuterRef("who"),
        rule=OuterRef("rule"),
        subject_type=subject_type,
        subject_id=OuterRef(subject),
        due_on=OuterRef("hangs_on"),
    )
    found: Rows = rows.filter(~Exists(notices))
    return found


def told(rows: Rows, asked: Asked, subject_type: str, subject: str) -> Iterator[Candidate]:
    """The rows (`who`, `rule`, `hangs_on`, `whose`) as candidates, each once; with `fresh` those not told yet."""
    if asked.fresh:
        rows = untold(rows, subject_type, subject)
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
    roots = [*((root, ANSWERING) for root in answering(asked)), (by_role(asked, Role.COORDINATOR), CLOSING)]
    for root, steps in roots:
        rows = of_window(root, asked, steps).annotate(rule=rule_by_day("asked_in", asked.on, *steps))
        yield from told(rows, asked, PARTNERSHIP, "whose")


def of_window(root: Root, asked: Asked, steps: Steps) -> Rows:
    """What is unanswered in an open window; the last step gives the first day on which anything is said at all.

    What somebody has put off is left out until the last notice.
    """
    path = f"{root.partnership}windows"
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
    path = f"{root.partnership}windows"
    # As a list: the database then knows that it is one window for each partnership.
    last = Q(**{f"{path}__in": list(UpdateWindow.objects.last_passed(asked.on).values_list("pk", flat=True))})
    rows = chased(replace(root, rows=root.rows.annotate(asked_in=FilteredRelation(path, condition=last))), asked)
    first = "asked_in__" + "before__" * (times - 1) + "opens_on"
    rows = rows.filter(**{f"{first}__isnull": False})
    rows = rows.annotate(opened=F(first), hangs_on=F("asked_in__due_on"))
    stood = ActionInVersion.objects.filter(action=OuterRef(root.key), version__published_on__lte=OuterRef("opened"))
    found: Rows = rows.filter(unanswered(root, asked), not_put_off(root, asked), Exists(stood))
    return found


def due(asked: Asked) -> Iterator[Candidate]:
    """Actions due soon, or whose day has passed; for the chair, must-dos that are overdue for long. Three queries."""
    for rows, key in due_rows(asked):
        yield from told(rows, asked, ACTION, key)


def due_rows(asked: Asked) -> Iterator[tuple[Rows, str]]:
    """The same as rows (`who`, `rule`, `hangs_on`, `whose`), with the path of the action's id."""
    on = asked.on
    step = Case(
        When(hangs_on__lt=on, then=Value(Rule.DUE_PASSED.value)),
        default=Value(Rule.DUE_SOON.value),
        output_field=CharField(),
    )
    soon = on + timedelta(days=asked.limits.due_soon)
    for root in answering(asked):
        yield _with_dates(root, asked).filter(hangs_on__lte=soon).annotate(rule=step), root.key
    long_ago = on - timedelta(days=asked.limits.must_do_overdue)
    root = by_role(asked, Role.CHAIR)
    overdue = _with_dates(root, asked).filter(is_must_do=True, hangs_on__lt=long_ago)
    yield overdue.annotate(rule=Value(Rule.MUST_DO_OVERDUE.value, output_field=CharField())), root.key


def _with_dates(root: Root, asked: Asked) -> Rows:
    """The rows of chased actions with the due day, and the months between reviews, that hold on the day."""
    if asked.gathered:
        rows: Rows = chased(root, asked).annotate(hangs_on=F("due_on"), every=F("review_every_months"))
        return rows
    return dated(chased(moved(root, asked), asked), root)


def not_reviewed(asked: Asked) -> Iterator[Candidate]:
    """Actions without a due day that nobody looked at for as long as they say. Four queries.

    It counts from the last report handed in, or else from when the plan in force was published.
    """
    for root in answering(asked):
        rows = _with_dates(root, asked).filter(hangs_on__isnull=True, every__isnull=False)
        lengths = sorted(set(rows.order_by().values_list("every", flat=True)))
        if not lengths:
            continue
        cut = Case(*(When(every=months, then=Value(last_reviewed_by(asked.on, months))) for months in lengths))
        yield from _unreviewed(root, rows.annotate(cut=cut), asked)


def _unreviewed(root: Root, rows: Rows, asked: Asked) -> Iterator[Candidate]:
    lines = ActionInVersion.objects.filter(live_on(asked.on, "version__"), action=OuterRef(root.key))
    published = lines.order_by("version__published_on").values("version__published_on")[:1]
    rows = rows.filter(Q(last_on__isnull=True) | Q(last_on__lte=F("cut"))).annotate(published=published)
    found = rows.order_by().values_list("who", root.key, "every", "last_on", "published", "whose").distinct()
    due_days = (
        Candidate(who, Rule.NOT_REVIEWED, ACTION, what, review_due_on(last_on or published_on, every), whose)
        for who, what, every, last_on, published_on, whose in found.iterator(chunk_size=AT_ONCE)
    )
    yield from unsaid((each for each in due_days if each.due_on <= asked.on), asked)


def unsaid(candidates: Iterator[Candidate], asked: Asked) -> Iterator[Candidate]:
    """Of candidates about one kind of thing those of which no notice stands, if only those are asked for.

    One query for each 2,000.
    """
    if not asked.fresh:
        yield from candidates
        return
    for few in batches(candidates):
        standing = Notice.objects.standing().filter(
            rule__in={each.rule for each in few},
            subject_type=few[0].subject_type,
            subject_id__in={each.subject_id for each in few},
        )
        known = set(standing.values_list("person_id", "rule", "subject_id", "due_on"))
        for each in few:
            if (each.person_id, each.rule, each.subject_id, each.due_on) not in known:
                yield each
