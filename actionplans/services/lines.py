"""The actions of a draft version: added, edited, left out and taken in, and put in order. Days are days in London.

Each step names the version of the draft that the person has `seen`; a conditional UPDATE decides who was first. Each
raises FasterError if somebody has changed the draft since, and NotAllowedError if it is no draft.
What the public reads changes only when the version is published (docs/adr/0011-what-a-draft-proposes.md).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from actionplans.models import Action, ActionInVersion, PlanVersion
from actionplans.proposals import WORDED, changing, mark_of, moves_the_day, same_time, standing
from concordat.kernel.changes import Actor, change, create, revise
from concordat.kernel.models import Change
from signatories.services import review
from signatories.services.errors import FasterError, NotAllowedError

WORDS = ("reference", "section", "section_text", "text")


class ReferenceTakenError(NotAllowedError):
    """Another action of the version has that reference."""


class ReasonMissingError(NotAllowedError):
    """A day that the public knows moves, and nobody says why."""


class WhyLeftOutError(NotAllowedError):
    """An action that the public knows would leave the plan, and nobody says why."""


@transaction.atomic
def add_action(version: PlanVersion, values: Mapping[str, Any], *, seen: int, by: Actor, on: date) -> ActionInVersion:
    """A new action at the end of the draft. Raises ReferenceTakenError."""
    review.revise_parts(version, seen=seen, verb="action added", by=by)
    action = create(Action(plan_id=version.plan_id, reference=values["reference"], text=values["text"]), by=by)
    last = ActionInVersion.every.filter(version=version).aggregate(last=Max("position"))["last"] or 0
    line = ActionInVersion(version=version, action=action, position=last + 1, **_fields(values, standing(action, on)))
    return _kept(line, by=by)


@transaction.atomic
def save_action(
    line: ActionInVersion, values: Mapping[str, Any], *, seen: int, by: Actor, on: date, opened: str = ""
) -> ActionInVersion:
    """Set an action's words in the draft, and what the draft proposes for it.

    `opened`: the mark of what the person was shown (`proposals.mark_of`), where a whole form was. Raises
    FasterError if the action itself has changed since, ReferenceTakenError, and ReasonMissingError where a day that is
    published moves without a reason.
    """
    review.revise_parts(line.version, seen=seen, verb="action drafted", by=by)
    line.action = Action.objects.select_for_update(no_key=True).get(pk=line.action_id)
    now = standing(line.action, on)
    values = _as_read_before(line, values)
    if opened and opened != mark_of(line, now):
        raise FasterError(review.FASTER)
    if _lacks_reason(line.action, values, now):
        raise ReasonMissingError("Say why the date moves: people have read the old one.")
    return _kept(line, by=by, verb="drafted", **_fields(values, now))


def _lacks_reason(action: Action, values: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether a day that the public knows becomes another one, without a word why."""
    return not values.get("date_reason", "").strip() and moves_the_day(changing(values, now), now) and action.has_page


@transaction.atomic
def leave_out(line: ActionInVersion, *, seen: int, by: Actor, reason: str = "") -> ActionInVersion:
    """Take an action out of the draft. Its words are kept, so that it can be taken in again.

    The reason is public once the version is. Raises WhyLeftOutError where one is missing: for an action that stands in
    a published version, which nobody takes out of the plan in silence. Others need none, and keep none.
    """
    review.revise_parts(line.version, seen=seen, verb="action left out", by=by)
    is_known = line.action.has_page
    if is_known and not reason.strip():
        raise WhyLeftOutError("Say why it is left out: people have read it in a published version.")
    why = reason.strip() if is_known else ""
    return revise(line, by=by, verb="left out", why=why, is_left_out=True, left_out_reason=why)


@transaction.atomic
def take_in(line: ActionInVersion, *, seen: int, by: Actor) -> ActionInVersion:
    """Let an action that was left out stand in the draft again; why it was left out is in the history alone.

    Raises ReferenceTakenError.
    """
    review.revise_parts(line.version, seen=seen, verb="action taken in", by=by)
    return _kept(line, by=by, verb="taken in", is_left_out=False, left_out_reason="")


@transaction.atomic
def move(line: ActionInVersion, *, up: bool, seen: int, by: Actor) -> ActionInVersion:
    """Let an action change places with the one before it (or after it) in its section.

    Raises NotAllowedError if it is the first or last of its section, or left out of the draft. Six queries, whatever
    the number of actions.
    """
    review.revise_parts(line.version, seen=seen, verb="action moved", by=by)
    lines = list(line.version.actions.select_related("section").order_by("position", "id"))
    alike = [place for place, each in enumerate(lines) if each.heading == line.heading]
    place = next((place for place in alike if lines[place].pk == line.pk), None)
    if place is None:
        raise NotAllowedError(f"“{line}” is left out of this version, so it has no place in it. Take it in first.")
    number = alike.index(place) + (-1 if up else 1)
    if not 0 <= number < len(alike):
        raise NotAllowedError(f"It is the {'first' if up else 'last'} of its section already.")
    other = alike[number]
    lines[place], lines[other] = lines[other], lines[place]
    _number(lines, by=by)
    line.refresh_from_db()
    return line


def follow(lines: Iterable[ActionInVersion], *, by: Actor, why: str = "") -> None:
    """Let lines of drafts have the outcome, measure and footprint of their actions, unless they propose others.

    For lines with their `action` at hand. Two queries for each 400 that say otherwise, else none.
    """
    changed, changes = [], []
    for line in lines:
        now = {name: getattr(line.action, name) for name in WORDED if name not in line.proposes}
        if fields := {name: (getattr(line, name), now[name]) for name in now if getattr(line, name) != now[name]}:
            changes.append(change(line, "drafted", by=by, fields=fields, why=why))
            for name in fields:
                setattr(line, name, now[name])
            changed.append(line)
    ActionInVersion.every.bulk_update(changed, WORDED, batch_size=400)
    Change.objects.bulk_create(changes, batch_size=400)


def follow_correction(action: Action, *, by: Actor) -> None:
    """Let the drafts follow an action that was corrected by hand; what was published keeps its words. One query."""
    drafts = ActionInVersion.every.filter(action=action, version__published_on__isnull=True)
    follow(drafts.select_related("action"), by=by, why="Its action was corrected.")


def _number(lines: list[ActionInVersion], *, by: Actor) -> None:
    """Give each its place in the list. Only what changes its place is written, and told."""
    changed, changes = [], []
    for position, line in enumerate(lines, start=1):
        if line.position != position:
            changes.append(change(line, "moved", by=by, fields={"position": (line.position, position)}))
            line.position = position
            changed.append(line)
    ActionInVersion.every.bulk_update(changed, ["position"], batch_size=400)
    Change.objects.bulk_create(changes, batch_size=400)


def _as_read_before(line: ActionInVersion, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values with what a plan file told of the timescale besides, where nobody has changed it."""
    before = line.proposes.get("timescale")
    is_same = before and "timescale" in values and same_time(before, values["timescale"])
    return {**values, "timescale": before} if is_same else values


def _fields(values: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the line's own fields. An action that mirrors another plan's has no timescale of its own."""
    words = {name: values[name] for name in WORDS} | {name: values.get(name, now[name]) for name in WORDED}
    words["proposes"] = changing(values, now)
    return words | {"timescale_text": values["timescale"]["text"]} if "timescale" in values else words


def _kept(line: ActionInVersion, *, by: Actor, verb: str = "", **fields: Any) -> ActionInVersion:
    """Write the line. Raises ReferenceTakenError where the database refuses its reference."""
    try:
        with transaction.atomic():
            return revise(line, by=by, verb=verb, **fields) if line.pk else create(line, by=by)
    except IntegrityError as error:
        reference = fields.get("reference", line.reference)
        raise ReferenceTakenError(f"Another action of this version has the reference {reference}.") from error
