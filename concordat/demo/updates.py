"""Made-up reports on actions, as rows."""

from datetime import UTC, date, datetime, time, timedelta

from actionplans.models import Action, ProgressUpdate
from actionplans.states import ActionState
from concordat.demo.group import Group, MadeAction
from concordat.demo.people import OWNERS
from concordat.demo.reporting import Report, reports
from concordat.demo.roles import owner_of
from concordat.demo.wording import ASKED, DROPPED, NOTES, OUTCOME_NOTE, REOPENED, TOLD

State = ProgressUpdate.State


def report(group: Group, made: MadeAction, days: list[date], first_action: Action) -> None:
    """All reports on an action; `days` are those on which its plan was reported on.

    What is merged goes into `first_action` of the plan.
    """
    author = owner_of(group, made.line, made.place) or group.people[OWNERS[made.place % len(OWNERS)]]
    own_days = [day for day in days if day > made.begins_on]
    for told in reports(made.fate, own_days, made.place, group.on):
        update = ProgressUpdate(
            action=made.action,
            state=told.state,
            reported_on=told.reported_on,
            until_on=told.until_on,
            status=told.status,
            confidence=told.confidence or "",
            public_text=group.chances.choice(TOLD[told.status]),
            internal_note=group.chances.choice(NOTES),
            author=author,
        )
        _complete(group, update, told, first_action)
        group.batch.add(update)


def _complete(group: Group, update: ProgressUpdate, told: Report, first_action: Action) -> None:
    """What its state and status ask for."""
    if told.state == State.ACCEPTED:
        accepted_on = min(told.reported_on + timedelta(days=group.chances.randint(0, 4)), group.on)
        update.accepted_at = datetime.combine(accepted_on, time(12), tzinfo=UTC)
        update.accepted_by = group.people["coordinator"]
    if told.state == State.RETURNED:
        update.review_comment = ASKED[told.reported_on.toordinal() % len(ASKED)]
    if told.status is ActionState.COMPLETED:
        update.completed_on = told.reported_on - timedelta(days=group.chances.randint(0, 9))
        update.outcome_note = OUTCOME_NOTE
    if told.status is ActionState.MERGED:
        update.merged_into = first_action
    if told.status is ActionState.NOT_GOING_AHEAD:
        update.reason = DROPPED
    if told.is_reopening:
        update.reason = REOPENED
