"""Writing what a plan file says into a draft version, set-based: a fixed number of queries for each thousand rows.

What the draft proposes waits for its publication (docs/adr/0011-what-a-draft-proposes.md); how actions stand is
reported at once (docs/adr/0016-a-file-on-its-way.md). Days are days in London, moments are in UTC.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db import transaction

from actionplans.importing.known import Facts
from actionplans.importing.understanding.comparison import CHANGED, NEW, timescale_now, timescale_text
from actionplans.importing.understanding.references import natural_key
from actionplans.importing.understanding.shapes import (
    Compared,
    Going,
    Line,
    Meaning,
    Missing,
    RagKey,
    Understood,
    quietly,
)
from actionplans.models import Action, ActionInVersion, PlanImport
from actionplans.proposals import WORDED, changing, in_order, moves_the_day, read, same_time, with_proposals
from actionplans.services.file_reports import Filed, file_reports, of_line, of_missing
from actionplans.states import ActionState, Confidence
from concordat.kernel.changes import Actor, change, create_many, revise
from concordat.kernel.models import Change
from signatories.services import review

BATCH = 400
# What the draft proposes for an action, by the name of the difference.
PROPOSED = ("outcome", "outcome_measure", "must_do", "footprint", "leads", "timescale")
WORDS = ("reference", "section", "text")
NOTHING = {
    **{"outcome": "", "outcome_measure": "", "must_do": False, "footprint": ""},
    **{"themes": [], "leads": [], "timescale": {"text": "", "due_on": "", "precision": ""}},
}


@dataclass(slots=True)
class Taken:
    """What was written: how many of what, and which action each new line of the file became, by sheet and row."""

    counts: dict[str, int] = field(default_factory=dict)
    actions: dict[tuple[str, int], int] = field(default_factory=dict)


@transaction.atomic
def take_over(
    plan_import: PlanImport,
    understood: Understood,
    facts: Facts,
    *,
    by: Actor,
    on: date,
    now: datetime,
    going: Going = quietly,
) -> Taken:
    """Let the draft say what the file says, and report how its actions stand. `going` is told how far it is.

    Raises NotAllowedError and FasterError as `review.revise_parts` does.
    """
    draft, why = plan_import.draft, f"From the plan file “{plan_import}”."
    review.revise_parts(draft, seen=draft.version, verb="plan file applied", by=by)
    if understood.rag_key and not draft.rag_key:
        revise(draft, by=by, why=why, uses_colours=True, rag_key=key_in_words(understood.rag_key))
    writer = Writer(plan_import, facts, by, why)
    taken = Taken()
    new = [one for one in understood.lines if one.change == NEW]
    going(f"Writing {len(new):,} new actions", 0.0)
    actions = writer.begin(new)
    taken.actions = {(one.line.sheet, one.line.row): action.pk for one, action in zip(new, actions, strict=True)}
    of_line_ids = [
        taken.actions[one.line.sheet, one.line.row] if one.action is None else one.action.id for one in understood.lines
    ]
    changed = [one for one in understood.lines if one.change == CHANGED]
    numbered = {one.line.reference for one in understood.lines if one.line.reference}
    going(f"Writing what {len(changed):,} actions say now", 0.25)
    writer.redraft(changed, understood.missing, numbered)
    going("Writing the lines of the draft", 0.35)
    writer.add_lines(new, actions)
    going("Putting the actions in order", 0.55)
    writer.put_in_order(of_line_ids, has_new=bool(new))
    going("Reporting how the actions stand", 0.65)
    filed = _filed(plan_import, understood, of_line_ids, facts)
    reports = file_reports(filed, facts.reports, as_at=plan_import.as_at, by=by, now=now, why=why)
    taken.counts = {"actions": len(new), "reworded": len(changed), "reports": len(reports)}
    return taken


def key_in_words(key: RagKey) -> str:
    """What the colours of a plan mean, for readers: “Red: Not started. Amber: In progress, at risk.”"""
    return " ".join(f"{colour.capitalize()}: {_meaning(each)}." for colour, each in key.items())


def _meaning(meaning: Meaning) -> str:
    if meaning.state is None:
        return "said for each action"
    state = str(ActionState(meaning.state).label)
    return f"{state}, {Confidence(meaning.confidence).label.lower()}" if meaning.confidence else state


def _filed(
    plan_import: PlanImport, understood: Understood, of_line_ids: Sequence[int], facts: Facts
) -> list[tuple[int, Filed]]:
    """What is to be reported of which action."""
    lines = list(zip(of_line_ids, understood.lines, strict=True))
    by_reference = {line.reference: action for action, line in facts.lines.items() if line.reference}
    by_reference |= {one.line.reference: action for action, one in lines if one.line.reference}
    found = [(action, of_line(one, plan_import.as_at, by_reference)) for action, one in lines]
    found += [(one.action.id, of_missing(one, plan_import.as_at, by_reference)) for one in understood.missing]
    return [(action, filed) for action, filed in found if filed is not None]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the lines of one draft."""

    plan_import: PlanImport
    facts: Facts
    by: Actor
    why: str

    def begin(self, new: Sequence[Compared]) -> list[Action]:
        """The new actions, without anything that the public must not know yet."""
        plan = self.plan_import.draft.plan_id
        rows = [Action(plan_id=plan, reference=one.line.reference, text=one.line.action) for one in new]
        return create_many(rows, by=self.by, why=self.why)

    def add_lines(self, new: Sequence[Compared], actions: Sequence[Action]) -> None:
        """Their lines in the draft, at its end for now."""
        last = max((line.position for line in self.facts.lines.values()), default=0)
        rows = [
            ActionInVersion(
                version=self.plan_import.draft,
                action=action,
                position=last + place,
                reference=one.line.reference,
                text=one.line.action,
                section=self.facts.sections.get(one.line.place.code or ""),
                section_text=one.line.place.text,
                timescale_text=timescale_text(one.line),
                proposes=self._proposes({}, one.line, PROPOSED, NOTHING),
                **_worded(one.line),
            )
            for place, (one, action) in enumerate(zip(new, actions, strict=True), start=1)
        ]
        create_many(rows, by=self.by, why=self.why)

    def redraft(self, changed: Sequence[Compared], missing: Sequence[Missing], numbered: Set[str]) -> None:
        """Set what differs in the lines that are there.

        What is missing stays, closed or not, but without a number that the file gives to another.
        """
        lines, changes = [], []
        for one in changed:
            line = self.facts.lines[one.action.id]  # type: ignore[union-attr] # only a new one has no action
            lines.append(line)
            changes.append(self._set(line, self._wanted(line, one)))
        for gone in missing:
            line = self.facts.lines[gone.action.id]
            if line.reference in numbered and not line.is_left_out:
                lines.append(line)
                changes.append(self._set(line, {"reference": ""}))
        # References may change places, and the database looks at each row by itself.
        renumbered = [line.pk for line, each in zip(lines, changes, strict=True) if "reference" in each.fields]
        for start in range(0, len(renumbered), BATCH):
            ActionInVersion.every.filter(pk__in=renumbered[start : start + BATCH]).update(reference="")
        names = ["reference", "section", "section_text", "text", "timescale_text", "proposes"]
        names += [*WORDED, "is_left_out", "left_out_reason"]
        ActionInVersion.every.bulk_update(lines, names, batch_size=BATCH)
        Change.objects.bulk_create((each for each in changes if each.fields), batch_size=BATCH)

    def _set(self, line: ActionInVersion, wanted: Mapping[str, Any]) -> Change:
        """Set the values that differ; gives the record of it."""
        fields = {name: (getattr(line, name), value) for name, value in wanted.items() if getattr(line, name) != value}
        for name in fields:
            setattr(line, name, wanted[name])
        return change(line, "drafted", by=self.by, fields=fields, why=self.why)

    def _wanted(self, line: ActionInVersion, one: Compared) -> dict[str, Any]:
        """What the line is to say, of what differs."""
        names = {each.name for each in one.differences}
        said, wanted = one.line, dict[str, Any]()
        if "reference" in names:
            wanted["reference"] = said.reference
        if "action" in names:
            wanted["text"] = said.action
        if "section" in names:
            wanted |= {"section": self.facts.sections.get(said.place.code or ""), "section_text": said.place.text}
        if "left_out" in names:
            wanted |= {"is_left_out": False, "left_out_reason": ""}
        if "timescale" in names:
            wanted["timescale_text"] = timescale_text(said)
        wanted |= {name: value for name, value in _worded(said).items() if name in names}
        standing = self.facts.standing[line.action_id]
        wanted["proposes"] = self._proposes(line.proposes, said, [each for each in PROPOSED if each in names], standing)
        return wanted

    def _proposes(
        self, before: Mapping[str, Any], said: Line, names: Sequence[str], standing: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What the draft proposes: what it did, and what the file says by these names; only what is not so already."""
        told = {
            **_worded(said),
            "must_do": said.must_do,
            "leads": self._leads(said),
            "timescale": read(timescale_now(said), timescale_text(said)),
        }
        said_here = {name: told[name] for name in names}
        wanted = {**with_proposals(before, standing), **said_here}
        if same_time(wanted["timescale"], standing["timescale"]):
            wanted["timescale"] = standing["timescale"]
        found = changing(wanted, standing)
        is_moved = "first" in found.get("timescale", ()) if standing is NOTHING else moves_the_day(found, standing)
        if is_moved:
            found.setdefault("date_reason", f"As in the plan of {self.plan_import.as_at:%-d %B %Y}.")
        return found

    def _leads(self, said: Line) -> list[list[Any]]:
        """Who leads it, with the text as written. Whoever stands twice stands once."""
        found = [[lead.role, self.facts.organisations.get(lead.organisation or ""), lead.text] for lead in said.leads]
        return in_order(each for at, each in enumerate(found) if each not in found[:at] and (each[1] or each[2]))

    def put_in_order(self, of_line_ids: Sequence[int], has_new: bool) -> None:
        """Let the lines stand as in the file, and the others where their numbers belong among these.

        Nothing is written where nothing is new and the lines stand so already.
        """
        lines = {each.action_id: each for each in ActionInVersion.every.filter(version=self.plan_import.draft)}
        of_file = [lines[action] for action in dict.fromkeys(of_line_ids)]
        if not has_new and all(one.position < other.position for one, other in pairwise(of_file)):
            return
        known = set(of_line_ids)
        others = sorted((each for each in lines.values() if each.action_id not in known), key=lambda one: one.position)
        moved, changes = [], []
        for position, line in enumerate(in_natural_order(of_file, others), start=1):
            if line.position != position:
                changes.append(change(line, "moved", by=self.by, fields={"position": (line.position, position)}))
                line.position = position
                moved.append(line)
        ActionInVersion.every.bulk_update(moved, ["position"], batch_size=BATCH)
        Change.objects.bulk_create(changes, batch_size=BATCH)


def _worded(said: Line) -> dict[str, str]:
    """What the file says of it that stands in the line, and is proposed for the action, in the same words."""
    return {"outcome": said.outcome, "outcome_measure": said.measure, "footprint": said.footprint}


def in_natural_order(of_file: Sequence[ActionInVersion], others: Sequence[ActionInVersion]) -> list[ActionInVersion]:
    """The lines of the file in its order, each other one in its section behind the last with a smaller number.

    Without a number, or a section that the file has, it stands at the end of its section, or of all.
    """
    behind: dict[int | None, list[ActionInVersion]] = defaultdict(list)  # by the id of the line it follows
    first: dict[int, list[ActionInVersion]] = defaultdict(list)  # by the id of the line it precedes
    sections: dict[tuple[int | None, str], list[tuple[Any, ActionInVersion]]] = defaultdict(list)
    for line in of_file:
        sections[_section(line)].append((natural_key(line.reference), line))
    for line in sorted(others, key=lambda one: (not one.reference, natural_key(one.reference), one.position)):
        beside = sections.get(_section(line), [])
        key = natural_key(line.reference)
        smaller = (one for its, one in reversed(beside) if not line.reference or (one.reference and its < key))
        before = next(smaller, None)
        if beside and before is None:
            first[beside[0][1].pk].append(line)
        else:
            behind[before.pk if before else None].append(line)
    found = [each for line in of_file for each in (*first[line.pk], line, *behind[line.pk])]
    return [*found, *behind[None]]


def _section(line: ActionInVersion) -> tuple[int | None, str]:
    return line.section_id, "" if line.section_id else line.section_text
