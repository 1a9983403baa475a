"""What became of a partnership's actions since its board last read of them. Pure.

What the board was given is what it compares with: the paper that was frozen for its last meeting, as it was printed.
Where there is none, the records say how things stood on the day to compare with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from actionplans.agenda import leads_of
from actionplans.progress import Tally
from actionplans.reading import ActionOnDay
from actionplans.states import CLOSED, DONE, ActionState
from concordat.reports.papers.facts import Plans, Said, key_of
from concordat.reports.shapes import Answer, Value
from concordat.sentences import listed

# The tables and columns of a paper by which a later one knows what it said.
PLAN, NUMBERS = "plan", "numbers"
MEASURES: Mapping[str, str] = {
    "total": "Actions",
    "done": "Done: completed, or now business as usual",
    "percent_done": "Done, in per cent",
    "in_progress": "In progress",
    "not_started": "Not started",
    "paused": "Paused",
    "not_going_ahead": "Not going ahead",
    "past_due": "Overdue: open, and their day has passed",
    "overdue": "Of these, overdue in public",
    "off_track": "Open and off track",
    "at_risk": "Open and at risk",
    "no_update": "Open, no update provided",
}


class Stood(NamedTuple):
    """How an action stood when the board last read of it."""

    reference: str
    text: str
    lead: str
    status: str
    due_on: date | None


@dataclass(frozen=True)
class Before:
    """How things stood on that day, by the actions' ids and by MEASURES; `paper`: for which meeting that was told."""

    on: date
    actions: Mapping[int, Stood]
    numbers: Mapping[str, int]
    paper: str = ""


class Became(StrEnum):
    """What became of an action, other than that it is done."""

    NEW = "new"
    REOPENED = "reopened"
    NOT_GOING_AHEAD = "not_going_ahead"
    MERGED = "merged"
    LEFT_OUT = "left_out"


BECAME: Mapping[str, str] = {
    Became.NEW.value: "New",
    Became.REOPENED.value: "Taken up again",
    Became.NOT_GOING_AHEAD.value: "Not going ahead",
    Became.MERGED.value: "Merged into another action",
    Became.LEFT_OUT.value: "Left out of the plan",
}


class Changed(NamedTuple):
    """An action that is new, or that is no longer what the board knew."""

    became: Became
    stood: Stood
    why: str


class Completed(NamedTuple):
    """An action that was done since."""

    stood: Stood
    completed_on: date | None
    outcome: str


def measures(numbers: Tally, no_update: int | None = None) -> dict[str, int]:
    """The numbers of a plan, by MEASURES; those that are not known are left out."""
    found = {name: getattr(numbers, name) for name in MEASURES if hasattr(numbers, name)}
    if numbers.total:
        found["percent_done"] = numbers.done * 100 // numbers.total
    return found if no_update is None else found | {"no_update": no_update}


def stood(action: ActionOnDay) -> Stood:
    """How an action stands, in the words of its plan."""
    leads = listed(leads_of(action))
    return Stood(action.reference, action.text, leads, action.state.value, action.due_on)


def by_records(plans: Plans) -> Before:
    """How things stood by the records of that day."""
    return Before(plans.on, {action.id: stood(action) for action in plans.actions}, measures(plans.numbers))


def by_paper(answer: Answer, paper: str) -> Before:
    """How things stood by a paper that was frozen."""
    actions = {number: _stood(row) for row in answer.table(PLAN).dicts if isinstance(number := row["id"], int)}
    numbers = {
        str(row["measure"]): value for row in answer.table(NUMBERS).dicts if isinstance(value := row["now"], int)
    }
    return Before(answer.on, actions, numbers, paper)


def _stood(row: Mapping[str, Value]) -> Stood:
    reference, text, lead, status = (str(row[name] or "") for name in ("ref", "action", "lead", "status"))
    return Stood(reference, text, lead, status, _day(row))


def _day(row: Mapping[str, Value]) -> date | None:
    """The day that held: the revised one, if it was moved."""
    for name in ("revised", "due"):
        if isinstance(day := row[name], date):
            return day
    return None


def completed_since(plans: Plans, before: Before, said: Mapping[int, Said]) -> list[Completed]:
    """Those that are done now and were not then, also where a later version of the plan has them no longer."""
    found = [
        Completed(stood(action), action.completed_on, _outcome(said.get(key_of(action))))
        for action in plans.actions
        if action.state in DONE and _is_news(action, before)
    ]
    for id_, each in _gone(plans, before).items():
        now = said.get(id_)
        if now and now.status in DONE and each.status not in DONE:
            found.append(Completed(each._replace(status=now.status), now.completed_on, _outcome(now)))
    return found


def _is_news(action: ActionOnDay, before: Before) -> bool:
    """Whether that it is done is news: it stood otherwise then, or was in no plan and was done since."""
    if then := before.actions.get(action.id):
        return then.status not in DONE
    day = action.completed_on or action.last_update
    return day is None or day > before.on


def _outcome(said: Said | None) -> str:
    return (said.outcome or said.public_text) if said else ""


def _gone(plans: Plans, before: Before) -> dict[int, Stood]:
    there = {action.id for action in plans.actions} | {key_of(action) for action in plans.actions}
    return {id_: each for id_, each in before.actions.items() if id_ not in there}


def changed_since(plans: Plans, before: Before, said: Mapping[int, Said], left_out: Mapping[int, str]) -> list[Changed]:
    """Those that are new, taken up again, dropped, merged, or left out of the plan, in that order."""
    found = [
        Changed(became, stood(action), _why(became, said.get(key_of(action))))
        for action in plans.actions
        if (became := _became(action, before.actions.get(action.id)))
    ]
    for id_, each in _gone(plans, before).items():
        if (now := said.get(id_)) and now.status in DONE:
            continue
        became = _closed_as(now.status) if now else None
        if each.status in CLOSED:
            continue
        if became is None:
            found.append(Changed(Became.LEFT_OUT, each, left_out.get(id_, "")))
        else:
            found.append(Changed(became, each, _why(became, now) or left_out.get(id_, "")))
    order = list(Became)
    return sorted(found, key=lambda each: order.index(each.became))


def _became(action: ActionOnDay, then: Stood | None) -> Became | None:
    if then is None:
        return Became.NEW if action.is_open else None
    if action.is_open:
        return Became.REOPENED if then.status in CLOSED else None
    return None if action.state.value == then.status else _closed_as(action.state)


def _closed_as(status: str) -> Became | None:
    return {ActionState.NOT_GOING_AHEAD: Became.NOT_GOING_AHEAD, ActionState.MERGED: Became.MERGED}.get(
        ActionState(status)
    )


def _why(became: Became, said: Said | None) -> str:
    if said is None or became is Became.NEW:
        return ""
    return f"Into {said.merged_into}" if became is Became.MERGED else said.reason


def differing(paper: Before, records: Before) -> list[str]:
    """The measures that the records of that day give otherwise now than the paper said then; in words."""
    told: Iterable[tuple[str, int | None, int | None]] = (
        (name, paper.numbers.get(name), records.numbers.get(name)) for name in MEASURES
    )
    return [
        f"{MEASURES[name]}: {then} in that paper, {now} as recorded when this one was made"
        for name, then, now in told
        if then is not None and now is not None and then != now
    ]
