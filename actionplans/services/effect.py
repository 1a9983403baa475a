"""What the publication of a version makes of its actions (docs/adr/0011-what-a-draft-proposes.md).

Days are days in London.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from actionplans.models import Action, ActionInVersion, ActionLead, PlanVersion
from actionplans.proposals import PLAIN, Lead, timed_now, timescale_of, told
from actionplans.services import owners
from actionplans.services.updates import move_date
from concordat.kernel.changes import Actor, Fields, change, create_many, record, revise
from concordat.kernel.models import Change

WORDS = ("reference", "text")
BATCH = 400


@transaction.atomic
def take_effect(version: PlanVersion, *, on: date, by: Actor) -> None:
    """Let its words be the current words of its actions, and what it proposes hold from that day on.

    The day of an action that stood in a published version before is moved, with the reason in the draft; that of a
    new one is its first. Who answers for an action that others lead from then on hands it back. Five queries, and some
    for each action whose day or themes change.
    """
    lines = list(version.actions.select_related("action"))
    _reword(lines, by=by)
    proposing = [line for line in lines if line.proposes]
    before = _published_before(version, [line.action_id for line in proposing])
    for line in proposing:
        if "timescale" in line.proposes:
            _time(line, is_new=line.action_id not in before, on=on, by=by)
        if "themes" in line.proposes:
            _sort(line.action, line.proposes["themes"], by=by)
    _lead(proposing, on=on, by=by)
    led_by_others = [line.action_id for line in proposing if "leads" in line.proposes]
    owners.hand_back_unled(led_by_others, on=on, by=by, why=f"Led by others from {version} on.")


def _reword(lines: Iterable[ActionInVersion], *, by: Actor) -> None:
    """Set the words of all their actions at once."""
    changed, changes = [], []
    for line in lines:
        wanted = {name: getattr(line, name) for name in WORDS}
        wanted |= {name: line.proposes[name] for name in PLAIN if name in line.proposes}
        if fields := _differing(line.action, wanted):
            changed.append(line.action)
            changes.append(change(line.action, "changed", by=by, fields=fields, why=f"As in {line.version}."))
    Action.objects.bulk_update(changed, [*WORDS, *PLAIN], batch_size=BATCH)
    Change.objects.bulk_create(changes, batch_size=BATCH)


def _differing(action: Action, wanted: Mapping[str, Any]) -> Fields:
    """Set these values, and give those that were others before."""
    fields = {}
    for name, value in wanted.items():
        if getattr(action, name) != value:
            fields[name] = (getattr(action, name), value)
            setattr(action, name, value)
    return fields


def _published_before(version: PlanVersion, actions: Collection[int]) -> set[int]:
    """Those of the actions that stood in another published version."""
    lines = ActionInVersion.objects.filter(version__published_on__isnull=False, action__in=actions)
    return set(lines.exclude(version=version).values_list("action_id", flat=True))


def _time(line: ActionInVersion, *, is_new: bool, on: date, by: Actor) -> None:
    typed, holding = line.proposes["timescale"], timed_now(line.action)
    wanted = timescale_of(typed, holding)
    if is_new:
        revise(line.action, by=by, **wanted.as_fields())
    elif typed["due_on"] != told(holding)["due_on"]:
        reason = line.proposes.get("date_reason") or f"As in {line.version}."
        move_date(line.action, to=wanted, decided_on=on, reason=reason, by=by)
    else:
        revise(holding, by=by, timescale_text=wanted.text)


def _sort(action: Action, themes: list[int], *, by: Actor) -> None:
    """Put it under these themes."""
    before = sorted(action.themes.values_list("pk", flat=True))
    action.themes.set(themes)
    record(action, "changed", by=by, fields={"themes": (before, themes)})


def _lead(lines: Iterable[ActionInVersion], *, on: date, by: Actor) -> None:
    """End who leads no longer, and let the others begin. One that began on that day ends the day after."""
    wanted: dict[int, list[Lead]] = {
        line.action_id: [list(lead) for lead in line.proposes["leads"]] for line in lines if "leads" in line.proposes
    }
    ended = []
    for row in ActionLead.objects.filter(action__in=wanted, until_on__isnull=True):
        lead = [row.role, row.organisation_id, row.text]
        if lead in wanted[row.action_id]:
            wanted[row.action_id].remove(lead)
        else:
            row.until_on = on if row.from_on is None or row.from_on < on else row.from_on + timedelta(days=1)
            ended.append(row)
    ActionLead.objects.bulk_update(ended, ["until_on"], batch_size=BATCH)
    Change.objects.bulk_create(
        (change(row, "ended", by=by, fields={"until_on": (None, row.until_on)}) for row in ended), batch_size=BATCH
    )
    create_many(
        (
            ActionLead(action_id=action, role=role, organisation_id=organisation, text=text, from_on=on)
            for action, leads in wanted.items()
            for role, organisation, text in leads
        ),
        by=by,
    )
