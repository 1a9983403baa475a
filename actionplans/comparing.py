"""Two versions of a plan beside each other: what went on, what is new, what became of the rest.

Each version has the words that it was published with; how its actions stood, and when they were due, is as of the day
of its publication (for a draft: of today). Days are days in London.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from actionplans.models import ActionInVersion, ActionLead, PlanVersion, ProgressUpdate
from actionplans.models.update import reported_on
from actionplans.progress import Thresholds
from actionplans.reading import ActionOnDay, LeadOnDay, actions_on
from actionplans.states import DONE, ActionState
from signatories.models import Organisation


class Words(NamedTuple):
    """One field that two versions word differently."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Pair:
    """An action in both versions. `moved`: its due day before and after, where that is another one."""

    before: ActionOnDay
    after: ActionOnDay
    words: tuple[Words, ...] = ()
    moved: tuple[date | None, date | None] | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """An action that the later version has no longer, as it stood by then, and why it was left out."""

    action: ActionOnDay
    merged_into: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that became of the actions of one version in another."""

    carried: tuple[Pair, ...] = ()
    reworded: tuple[Pair, ...] = ()
    new: tuple[ActionOnDay, ...] = ()
    done: tuple[Gone, ...] = ()
    dropped: tuple[Gone, ...] = ()
    merged: tuple[Gone, ...] = ()
    left_out: tuple[Gone, ...] = ()

    @property
    def gone(self) -> tuple[Gone, ...]:
        """Those that the later version has no longer, whatever became of them."""
        return (*self.done, *self.dropped, *self.merged, *self.left_out)

    @property
    def moved(self) -> tuple[Pair, ...]:
        """Those whose due day is another one."""
        return tuple(pair for pair in (*self.carried, *self.reworded) if pair.moved)

    @property
    def slipped_days(self) -> list[int]:
        """By how many days each moved due day is later, where both are known."""
        both = [pair.moved for pair in self.moved if pair.moved]
        return [(after - before).days for before, after in both if before and after]


def compare_versions(older: PlanVersion, newer: PlanVersion, thresholds: Thresholds, today: date) -> Comparison:
    """What became of the actions of the older version in the newer. At most ten queries, however many there are."""
    then, now = older.published_on or today, newer.published_on or today
    before = {each.id: each for each in actions_on([older.pk], then, thresholds)}
    after = {each.id: each for each in actions_on([newer.pk], now, thresholds)}
    if newer.published_on is None:
        after = _as_proposed(newer, after)
    gone = [each for each in actions_on([older.pk], now, thresholds) if each.id not in after]
    pairs = [_pair(before[id], each) for id, each in after.items() if id in before]
    return Comparison(
        carried=tuple(pair for pair in pairs if not pair.words),
        reworded=tuple(pair for pair in pairs if pair.words),
        new=tuple(each for id, each in after.items() if id not in before),
        **_gone(gone, newer, now),
    )


def _as_proposed(draft: PlanVersion, actions: Mapping[int, ActionOnDay]) -> dict[int, ActionOnDay]:
    """The actions of a draft as they will be once it is published. Two queries."""
    lines = ActionInVersion.objects.filter(version=draft).values_list("action_id", "proposes")
    proposes = {action: told for action, told in lines if told}
    wanted = {lead[1] for told in proposes.values() for lead in told.get("leads", ()) if lead[1]}
    names = {each.pk: each for each in Organisation.objects.filter(pk__in=wanted)}
    return {id: _proposed(each, proposes.get(id, {}), names) for id, each in actions.items()}


def _proposed(action: ActionOnDay, told: Mapping[str, object], names: Mapping[int, Organisation]) -> ActionOnDay:
    values = {"must_do": told.get("must_do", action.must_do)}
    timescale, leads = told.get("timescale"), told.get("leads")
    if isinstance(timescale, dict):
        due_on = date.fromisoformat(timescale["due_on"]) if timescale["due_on"] else None
        values |= {"timescale_text": timescale["text"], "due_on": due_on}
    if isinstance(leads, list):
        found = ((role, names.get(who), text) for role, who, text in leads)
        values["leads"] = tuple(
            LeadOnDay(ActionLead.Role(role), who.name if who else text, who.slug if who else "")
            for role, who, text in found
        )
    return replace(action, **values)  # type: ignore[arg-type] # what `actionplans.proposals` wrote


def _pair(before: ActionOnDay, after: ActionOnDay) -> Pair:
    moved = (before.due_on, after.due_on) if before.due_on != after.due_on else None
    return Pair(before, after, tuple(_words(before, after)), moved)


def _words(before: ActionOnDay, after: ActionOnDay) -> Iterable[Words]:
    said = (
        ("Section", _section(before), _section(after)),
        ("Number", before.reference, after.reference),
        ("Action", before.text, after.text),
        ("When", before.timescale_text, after.timescale_text),
        ("Who", _leads(before), _leads(after)),
        ("What will be better", before.outcome, after.outcome),
        ("Measure", before.outcome_measure, after.outcome_measure),
        ("Where", before.footprint, after.footprint),
        ("National must-do", _yes(before.must_do), _yes(after.must_do)),
    )
    return (Words(*each) for each in said if each[1] != each[2])


def _yes(says: bool) -> str:
    return "Yes" if says else "No"


def _section(action: ActionOnDay) -> str:
    return f"{action.section.code} {action.section.title}" if action.section else action.section_text


def _leads(action: ActionOnDay) -> str:
    return "; ".join(f"{lead.role.label} {lead.name}" for lead in action.leads)


def _gone(actions: Iterable[ActionOnDay], newer: PlanVersion, now: date) -> dict[str, tuple[Gone, ...]]:
    """What became of those that are in the later version no longer. Two queries."""
    found = list(actions)
    merged = [each.mirrors or each.id for each in found if each.state == ActionState.MERGED]
    reports = ProgressUpdate.objects.filter(reported_on(now), action__in=merged).select_related("merged_into")
    into = {each.action_id: str(each.merged_into or "") for each in reports}
    lines = ActionInVersion.every.filter(version=newer, is_left_out=True)
    why = dict(lines.values_list("action_id", "left_out_reason"))
    kinds: dict[str, list[Gone]] = {"done": [], "dropped": [], "merged": [], "left_out": []}
    for each in found:
        kinds[_kind(each.state)].append(Gone(each, into.get(each.mirrors or each.id, ""), why.get(each.id, "")))
    return {name: tuple(each) for name, each in kinds.items()}


def _kind(state: ActionState) -> str:
    if state in DONE:
        return "done"
    return {ActionState.NOT_GOING_AHEAD: "dropped", ActionState.MERGED: "merged"}.get(state, "left_out")
