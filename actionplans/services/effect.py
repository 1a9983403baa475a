"""What the publication of a version makes of its actions (docs/adr/0011-what-a-draft-proposes.md).

Days are days in London.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from actionplans.models import Action, ActionInVersion, ActionLead, EarlierMustDo, PlanVersion
from actionplans.proposals import (
    PLAIN,
    Lead,
    first_written,
    leads_of,
    merged,
    timed_now,
    timescale_of,
    timescale_then,
    told,
)
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
    new one is its first; where the plan file gave a revised one too, that moves the first at once. What others have
    changed since the draft was edited stays. Who answers for an action that others lead from then on hands it back.
    The actions are locked, in one order. Five queries, one more where a must-do changes, and some for each action
    whose day or themes change.
    """
    rows = version.actions.select_related("action").order_by("action_id")
    lines = list(rows.select_for_update(of=("action",), no_key=True))
    _reword(lines, on=on, by=by)
    proposing = [line for line in lines if line.proposes]
    before = _published_before(version, [line.action_id for line in proposing])
    for line in proposing:
        if "timescale" in line.proposes:
            _time(line, is_new=line.action_id not in before, on=on, by=by)
        if "themes" in line.proposes:
            _sort(line, by=by)
    _lead(proposing, on=on, by=by)
    led_by_others = [line.action_id for line in proposing if "leads" in line.proposes]
    owners.hand_back_unled(led_by_others, on=on, by=by, why=f"Led by others from {version} on.")


def _reword(lines: Iterable[ActionInVersion], *, on: date, by: Actor) -> None:
    """Set the words of all their actions at once. Nothing is written but what differs."""
    changed: dict[str, list[Action]] = {name: [] for name in (*WORDS, *PLAIN)}
    changes = []
    for line in lines:
        wanted = {name: getattr(line, name) for name in WORDS}
        wanted |= {name: line.proposes[name] for name in PLAIN if name in line.proposes}
        if fields := _differing(line.action, wanted):
            for name in fields:
                changed[name].append(line.action)
            changes.append(change(line.action, "changed", by=by, fields=fields, why=f"As in {line.version}."))
    for name, actions in changed.items():
        Action.objects.bulk_update(actions, [name], batch_size=BATCH)
    Change.objects.bulk_create(changes, batch_size=BATCH)
    _keep_the_past(changed["must_do"], on=on, by=by)


def _keep_the_past(actions: Collection[Action], *, on: date, by: Actor) -> None:
    """Let the days before keep whether it was a must-do. What another publication of that day said held on no day."""
    if not actions:
        return
    rows = EarlierMustDo.objects.filter(action__in=actions).order_by("until_on")
    since: dict[int, date] = dict(rows.values_list("action_id", "until_on"))
    create_many(
        (
            EarlierMustDo(action=action, must_do=not action.must_do, from_on=since.get(action.pk), until_on=on)
            for action in actions
            if action.pk not in since or since[action.pk] < on
        ),
        by=by,
    )


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
    holding = timed_now(line.action)
    now = told(holding)
    then = timescale_then(line.proposes, now)
    if then == now:
        return
    wanted = timescale_of(then, holding)
    first = first_written(then) if is_new else None
    if is_new:
        revise(line.action, by=by, **(first or wanted).as_fields())
    if first or (not is_new and then["due_on"] != now["due_on"]):
        reason = line.proposes.get("date_reason") or f"As in {line.version}."
        move_date(line.action, to=wanted, decided_on=on, reason=reason, by=by)
    elif not is_new:
        revise(holding, by=by, **wanted.as_fields())


def _sort(line: ActionInVersion, *, by: Actor) -> None:
    """Put its action under the themes."""
    before = sorted(line.action.themes.values_list("pk", flat=True))
    themes = merged(line.proposes, "themes", before)
    if themes != before:
        line.action.themes.set(themes)
        record(line.action, "changed", by=by, fields={"themes": (before, themes)})


def _lead(lines: Iterable[ActionInVersion], *, on: date, by: Actor) -> None:
    """End who leads no longer, and let the others begin."""
    led = [line for line in lines if "leads" in line.proposes]
    rows: dict[int, list[ActionLead]] = defaultdict(list)
    unended = Q(until_on__isnull=True) | Q(until_on__gt=on)
    for row in ActionLead.objects.filter(unended, action__in=[line.action_id for line in led]).order_by("pk"):
        rows[row.action_id].append(row)
    changed: list[tuple[ActionLead, Fields]] = []
    beginning: list[ActionLead] = []
    for line in led:
        now = [row for row in rows[line.action_id] if row.holds_on(on)]
        to_come = [row for row in rows[line.action_id] if not row.holds_on(on)]
        wanted = merged(line.proposes, "leads", leads_of(now))
        changed += _ended(now, wanted, on)
        for lead in wanted:
            if lead not in leads_of(now):
                _begin(line.action_id, lead, to_come, on, changed, beginning)
    ActionLead.objects.bulk_update([row for row, _ in changed], ["from_on", "until_on"], batch_size=BATCH)
    verbs = ("ended" if "until_on" in fields else "changed" for _, fields in changed)
    changes = [change(row, verb, by=by, fields=fields) for (row, fields), verb in zip(changed, verbs, strict=True)]
    Change.objects.bulk_create(changes, batch_size=BATCH)
    create_many(beginning, by=by)


def _ended(now: Iterable[ActionLead], wanted: list[Lead], on: date) -> Iterator[tuple[ActionLead, Fields]]:
    """Those that are not wanted any more, ended on that day; a planned end of the others stays.

    One that began on that day, by another publication, held on no day.
    """
    for row in now:
        if [row.role, row.organisation_id, row.text] not in wanted:
            before, row.until_on = row.until_on, on
            yield row, {"until_on": (before, on)}


def _begin(
    action: int,
    lead: Lead,
    to_come: Iterable[ActionLead],
    on: date,
    changed: list[tuple[ActionLead, Fields]],
    beginning: list[ActionLead],
) -> None:
    """Let it lead from that day on: earlier than was planned, or until another that is planned takes its place."""
    role, organisation, text = lead
    until_on = None
    for row in to_come:
        if [row.role, row.organisation_id, row.text] == lead:
            changed.append((row, {"from_on": (row.from_on, on)}))
            row.from_on = on
            return
        same = row.organisation_id is not None and row.organisation_id == organisation
        if row.role == role and (same or role == ActionLead.Role.LEAD):
            until_on = min(filter(None, (until_on, row.from_on)))
    beginning.append(
        ActionLead(action_id=action, role=role, organisation_id=organisation, text=text, from_on=on, until_on=until_on)
    )
