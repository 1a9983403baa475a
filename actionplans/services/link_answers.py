"""Answers that come by the signed link of a mail (docs/adr/0020-the-signed-link.md): the reports of `reports.py`.

Each says in the record that it came so. What was sent once is not sent again, however often its button is pressed. Days
in London, moments in UTC.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from actionplans.models import Action, ActionOwner, ProgressUpdate
from actionplans.services import handover, reports
from actionplans.services.reports import Answer
from actionplans.states import CLOSED
from signatories.models import Person
from signatories.services.errors import FasterError, NotAllowedError

CAME_BY = "By the link in an email, without signing in"
OVERTAKEN = "Another report was accepted since you opened this page."
State = ProgressUpdate.State
OF_THE_NEW_DATE = ("new_due_on", "new_timescale_text", "new_date_reason")


class SignInError(NotAllowedError):
    """The partnership wants a sign-in for this."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the person had before them: the version of the report in hand (None: there was none, or it was not shown),
    and the last accepted report (0: none).
    """

    version: int | None
    accepted: int


@transaction.atomic
def hand_in(
    action: Action, answer: Answer, *, keeps: Collection[str] = (), seen: Seen, by: Person, on: date, now: datetime
) -> ProgressUpdate:
    """Hand in what somebody says about an action. The same once more is the same report.

    `keeps` names the fields that they were not asked for: a report that was returned to them keeps those.
    Raises FasterError if a report is in hand that they have not seen, or one was accepted since; SignInError if it
    closes the action and the partnership wants a sign-in for that; NotAllowedError as `save_report` does.
    """
    if sent := _sent_already(action, answer, seen, keeps, on):
        return sent
    current = reports.in_hand(action.pk)
    if current and current.state == State.RETURNED and current.version == seen.version:
        answer = replace(answer, **kept(current, keeps, on))
    if answer.status in CLOSED and action.plan.partnership.sign_in_to_close:
        raise SignInError(f"{action.plan.partnership} asks you to sign in before you say this.")
    return reports.save_report(
        action, answer, version=seen.version, hand_in=True, by=by, on=on, now=now, came_by=CAME_BY
    )


@transaction.atomic
def no_change(action: Action, *, seen: Seen, why: str, by: Person, on: date, now: datetime) -> ProgressUpdate:
    """Hand in that everything is as it was last reported. Raises as `hand_in` and `report_no_change` do."""
    last = last_accepted(action.pk)
    if last and (sent := _sent_already(action, reports.unchanged(last, why), seen)):
        return sent
    return reports.report_no_change(action, version=seen.version, by=by, on=on, now=now, why=why, came_by=CAME_BY)


@transaction.atomic
def hand_over(action: Action, *, to: Person, by: Person, on: date) -> ActionOwner:
    """Somebody else answers for it instead. Raises NotAllowedError as `handover.hand_over` does."""
    return handover.hand_over(action, from_person=by, to=to, by=by, on=on, why=CAME_BY)


def last_accepted(action_id: int) -> ProgressUpdate | None:
    """The report that counts now. One query."""
    return ProgressUpdate.objects.accepted().filter(action=action_id, until_on__isnull=True).first()


def kept(report: ProgressUpdate, names: Collection[str], on: date) -> dict[str, Any]:
    """What a report that was returned says in these fields. A new date that has passed by then is asked for no more."""
    is_ahead = report.new_due_on is not None and report.new_due_on >= on
    return {name: getattr(report, name) for name in names if is_ahead or name not in OF_THE_NEW_DATE}


def _sent_already(
    action: Action, answer: Answer, seen: Seen, keeps: Collection[str] = (), on: date = date.max
) -> ProgressUpdate | None:
    """The report that says just this, and was handed in since the person looked. Holds the action, on PostgreSQL.

    One that was returned to them says besides what it `keeps`. Raises FasterError if another one was accepted since.
    """

    def is_it(report: ProgressUpdate) -> bool:
        said, was_returned = says(report), seen.version is not None
        return said == answer or (was_returned and said == replace(answer, **kept(report, keeps, on)))

    Action.objects.select_for_update().get(pk=action.pk)
    current, last = reports.in_hand(action.pk), last_accepted(action.pk)
    if current and current.state == State.SUBMITTED and is_it(current):
        return current
    if (last.pk if last else 0) == seen.accepted:
        return None
    if last and is_it(last):
        return last
    raise FasterError(OVERTAKEN)


def says(report: ProgressUpdate) -> Answer:
    """What a report says, as it was filled in."""
    return Answer(**{each.name: getattr(report, each.name) for each in fields(Answer)})
