"""What is known of one partnership's action plans on a day, for the papers of its boards: a fixed number of queries.

Days are days in London. The actions are those that the public numbers count (`actionplans.reading`), each once. What a
coordinator has not accepted is here alone: a board of the partnership decides on it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q

from actionplans.agenda import USUAL_MONTHS, Proposal
from actionplans.models import ActionInVersion, ActionPlan, PlanVersion, ProgressUpdate
from actionplans.models.update import reported_on
from actionplans.progress import PlanOnDay, Tally, Thresholds, delivery, tally
from actionplans.reading import ActionOnDay, actions_on
from actionplans.states import Delivery
from actionplans.work import Place, Report, Work, needs_update, urgency
from concordat.kernel.dates import LONDON, add_months
from concordat.kernel.models import Change
from concordat.picture import thresholds_of
from concordat.reports.questions import Question
from signatories.models import BoardMeeting, Partnership, UpdateWindow
from signatories.models.meeting import BoardMeetingQuerySet

State = ProgressUpdate.State


@dataclass(frozen=True, slots=True)
class LivePlan:
    """A plan in force on the day, and how it is being delivered."""

    version: PlanVersion
    numbers: Tally
    status: Delivery | None


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans in force on a day, and their actions: each once, also where two plans share one."""

    on: date
    live: tuple[LivePlan, ...]
    actions: tuple[ActionOnDay, ...]

    @property
    def numbers(self) -> Tally:
        """Of all its actions."""
        return tally(action.group for action in self.actions)


class Said(NamedTuple):
    """What the accepted report that holds says of an action. `note`: of the partnership's own actions alone."""

    status: str
    public_text: str
    note: str
    outcome: str
    reason: str
    merged_into: str
    completed_on: date | None


class Measured(NamedTuple):
    """What a measure was, and the day of the report that says so."""

    value: str
    on: date


@dataclass(frozen=True, slots=True)
class Meetings:
    """The meeting that a paper is for, and the day of the board's next one: the usual one where none is planned."""

    meeting: BoardMeeting | None
    next_on: date
    is_past: bool = False  # on the day of the paper: it was held before, so that nothing is asked of it


def plans_on(partnership: Partnership, on: date) -> Plans:
    """The partnership's concordat plans in force on the day. Three queries."""
    thresholds = thresholds_of_partnership(partnership)
    rows = PlanVersion.objects.live_on(on).filter(plan__partnership=partnership, plan__kind=ActionPlan.Kind.CONCORDAT)
    versions = list(rows.select_related("plan").order_by("plan__title", "plan_id"))
    actions = actions_on([version.pk for version in versions], on, thresholds)
    order = {version.pk: number for number, version in enumerate(versions)}
    actions.sort(key=lambda action: order[action.version_id])
    live = tuple(
        _live(version, [a for a in actions if a.version_id == version.pk], on, thresholds) for version in versions
    )
    return Plans(on, live, tuple(_once(actions)))


def thresholds_of_partnership(partnership: Partnership) -> Thresholds:
    """What the programme sets, with the partnership's own rhythm."""
    return thresholds_of(partnership.programme, partnership.update_every_months)


def _live(version: Any, actions: list[ActionOnDay], on: date, thresholds: Thresholds) -> LivePlan:
    numbers = tally(action.group for action in actions)
    plan = PlanOnDay(version.published_on, version.period_ends_on, numbers)
    return LivePlan(version, numbers, delivery(plan, on, thresholds))


def _once(actions: Iterable[ActionOnDay]) -> Iterable[ActionOnDay]:
    """Each action once: of those that mirror one, none whose own stands here too, and one alone."""
    actions = list(actions)
    seen = {action.id for action in actions if action.mirrors is None}
    for action in actions:
        if action.mirrors is None:
            yield action
        elif action.mirrors not in seen:
            seen.add(action.mirrors)
            yield action


def key_of(action: ActionOnDay) -> int:
    """The action on which is reported: itself, or the one of another plan that it shows."""
    return action.mirrors or action.id


def said_on(ids: Collection[int], own: Collection[int], on: date) -> Mapping[int, Said]:
    """What holds on the day of each of these actions; notes of the partnership's `own` alone. One query."""
    rows = ProgressUpdate.objects.filter(reported_on(on), action__in=list(ids)).select_related("merged_into")
    return {
        row.action_id: Said(
            status=row.status,
            public_text=row.public_text,
            note=row.internal_note if row.action_id in own else "",
            outcome=row.outcome_note,
            reason=row.reason,
            merged_into=str(row.merged_into or ""),
            completed_on=row.completed_on,
        )
        for row in rows
    }


def waiting_on(ids: Collection[int], on: date) -> list[ProgressUpdate]:
    """The reports that waited for acceptance at the end of the day, the oldest first. One query.

    One that was accepted or returned later is among them. What was handed in again after it was returned is of the
    day on which that happened.
    """
    end = datetime.combine(on + timedelta(days=1), time.min, LONDON)
    changes = Change.objects.filter(
        subject_type=ProgressUpdate._meta.label_lower, subject_id=OuterRef("pk"), recorded_at__gte=end
    )
    left_later = Q(state=State.ACCEPTED, accepted_at__gte=end) | Q(
        Exists(changes.filter(verb="returned")), state=State.RETURNED
    )
    rows = ProgressUpdate.objects.filter(
        Q(state=State.SUBMITTED) | left_later, action__in=list(ids), reported_on__lte=on, submitted_at__lt=end
    )
    return list(rows.order_by("pk"))


def proposals_in(waiting: Iterable[ProgressUpdate]) -> Mapping[int, Proposal]:
    """The new date that is asked for, by action; the latest, should there be several."""
    return {
        each.action_id: Proposal(each.pk, each.version, each.new_due_on, each.new_date_reason, each.reported_on)
        for each in waiting
        if each.new_due_on
    }


def measured_on(ids: Collection[int], on: date) -> Mapping[int, list[Measured]]:
    """What accepted reports by the day say that the measure of each action was, the oldest first. One query."""
    rows = ProgressUpdate.objects.public_by(on).filter(action__in=list(ids)).exclude(measure_value="")
    found: dict[int, list[Measured]] = {}
    for action, value, day in rows.order_by("reported_on", "pk").values_list(
        "action_id", "measure_value", "reported_on"
    ):
        found.setdefault(action, []).append(Measured(value, day))
    return found


def left_out_of(plans: Plans) -> Mapping[int, str]:
    """The actions that the versions in force leave out, each with why. One query."""
    versions = [each.version.pk for each in plans.live]
    return dict(
        ActionInVersion.every.filter(version__in=versions, is_left_out=True).values_list("action_id", "left_out_reason")
    )


def asked_since(partnership: Partnership, on: date) -> date | None:
    """From which day on updates were asked for, for the papers that are due next or were due last. One query."""
    standing = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)
    rows = UpdateWindow.objects.filter(standing, partnership=partnership, opens_on__lte=on)
    return rows.order_by("-opens_on", "-pk").values_list("opens_on", flat=True).first()


def works_on(
    partnership: Partnership, plans: Plans, waiting: Sequence[ProgressUpdate], opened: date | None
) -> list[Work]:
    """The actions as those see them who work on them, with what waited on the day.

    An update is lacking by the partnership's rhythm, or where none came since updates were asked for (`opened`).
    """
    every = partnership.update_every_months or partnership.programme.update_every_months
    reports = {each.action_id: each for each in waiting}
    titles = {each.version.pk: each.version.plan.title for each in plans.live}
    return [
        Work(
            action=action,
            place=Place(
                action.version_id, action.plan_id, titles[action.version_id], partnership.name, partnership.slug, every
            ),
            report=_report(report) if (report := reports.get(key_of(action))) else None,
            owners=(),
            urgency=urgency(action, report.state if report else None, every, plans.on),
            needs_update=needs_update(action, every, plans.on) or is_silent(action, opened),
        )
        for action in plans.actions
    ]


def is_silent(action: ActionOnDay, opened: date | None) -> bool:
    """Whether no accepted report is of that day or later; never where updates were not asked for."""
    return opened is not None and (action.last_update is None or action.last_update < opened)


def _report(row: ProgressUpdate) -> Report:
    return Report(row.pk, State.SUBMITTED, row.version, row.reported_on, row.author_id, "")


def meetings_for(question: Question, partnership: Partnership) -> Meetings:
    """The meeting asked for, or else the next one of a board that oversees the partnership. Two queries.

    Raises BoardMeeting.DoesNotExist for a meeting that is about other partnerships, or is cancelled.
    """
    about = meetings_about(partnership, question.on)
    meeting = about.get(pk=question.meeting) if question.meeting else about.filter(held_on__gte=question.on).first()
    if meeting is None:
        return Meetings(None, add_months(question.on, USUAL_MONTHS))
    following = _standing(question.on).filter(board=meeting.board_id, held_on__gt=meeting.held_on)
    after = following.values_list("held_on", flat=True).first()
    return Meetings(meeting, after or add_months(meeting.held_on, USUAL_MONTHS), meeting.held_on < question.on)


def meetings_about(partnership: Partnership, on: date) -> BoardMeetingQuerySet:
    """The meetings of the boards that oversee the partnership, but for those cancelled by the day."""
    return _standing(on).about(frozenset({partnership.pk})).select_related("board")


def _standing(on: date) -> BoardMeetingQuerySet:
    found: BoardMeetingQuerySet = BoardMeeting.objects.filter(Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=on))
    return found
