"""What a draft would change of an action besides its words (docs/adr/0011-what-a-draft-proposes.md).

A line of a draft keeps these by name, as JSON: `outcome`, `outcome_measure`, `must_do`, `footprint`, `themes` (ids in
order), `leads` (role, organisation or null, the plan's own word), `timescale` (its text, its due day and what that is
the last day of; from a plan file also how it was read), and `date_reason`. What it does not name stays as the action
has it.
Beside them stands in `was` how leads, themes and a due day that stays were at the edit, so that what others change
before the publication is not changed back.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.utils.formats import date_format

from actionplans.models import Action, ActionInVersion, ActionLead, DateChange
from actionplans.models.timed import Timed
from actionplans.timescale import Confidence, Kind, TimePrecision, Timescale, of_plain, plain
from actionplans.timescales import read_timescale
from concordat.kernel.periods import holds_on

# What the line of a version says itself too, as it is once that is published.
WORDED = ("outcome", "outcome_measure", "footprint")
PLAIN = (*WORDED, "must_do")
LISTS = ("themes", "leads")
# Which kind of timescale ends with the last day of such a time.
KIND_OF = {
    TimePrecision.DAY: Kind.DATE,
    TimePrecision.MONTH: Kind.MONTH,
    TimePrecision.QUARTER: Kind.QUARTER,
    TimePrecision.SEASON: Kind.SEASON,
    TimePrecision.YEAR: Kind.RANGE,
}
Lead = list[Any]  # role, id of the organisation or None, the plan's own word


def standing(action: Action, on: date) -> dict[str, Any]:
    """What a draft may change of the action, as it is on that day. Three queries; two where nothing is planned yet."""
    return {
        **{name: getattr(action, name) for name in PLAIN},
        "themes": sorted(action.themes.values_list("pk", flat=True)),
        "leads": leads_of(ActionLead.objects.filter(holds_on(on), action=action)),
        "timescale": told(timed_now(action)),
    }


def standing_of(actions: Collection[Action], on: date) -> dict[int, dict[str, Any]]:
    """The same of many actions, by their ids. Three queries, however many there are; `actions` may be a query."""
    themes: dict[int, list[int]] = defaultdict(list)
    ids = [action.pk for action in actions]
    links = Action.themes.through.objects.filter(action__in=ids).order_by("theme_id")
    for action_id, theme_id in links.values_list("action_id", "theme_id"):
        themes[action_id].append(theme_id)
    leads: dict[int, list[ActionLead]] = defaultdict(list)
    for lead in ActionLead.objects.filter(holds_on(on), action__in=ids):
        leads[lead.action_id].append(lead)
    moves = {move.action_id: move for move in DateChange.objects.filter(until_on__isnull=True, action__in=ids)}
    return {
        action.pk: {
            **{name: getattr(action, name) for name in PLAIN},
            "themes": themes[action.pk],
            "leads": leads_of(leads[action.pk]),
            "timescale": told(moves.get(action.pk, action)),
        }
        for action in actions
    }


def proposed(line: ActionInVersion, on: date) -> dict[str, Any]:
    """The same, as it will be once the line's version is published."""
    return with_proposals(line.proposes, standing(line.action, on))


def with_proposals(proposes: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """How the action would stand with what a line proposes, as it stands now without it."""
    found = {**now, "date_reason": "", **proposes, "timescale": timescale_then(proposes, now["timescale"])}
    found.pop("was", None)
    return found | {name: merged(proposes, name, now[name]) for name in LISTS}


def timescale_then(proposes: Mapping[str, Any], now: dict[str, str]) -> dict[str, str]:
    """The timescale that will hold. Other words for a day that has moved meanwhile are not about the new one."""
    was = proposes.get("was", {}).get("timescale")
    if was and was["due_on"] != now["due_on"]:
        return now
    then: dict[str, str] = proposes.get("timescale", now)
    return then


def merged(proposes: Mapping[str, Any], name: str, now: list[Any]) -> list[Any]:
    """The themes or leads that there will be: what the draft adds and takes away, done to those that there are now."""
    if name not in proposes:
        return now
    wanted = proposes[name]
    was = proposes.get("was", {}).get(name, now)
    added = [each for each in wanted if each not in was]
    stays = [each for each in now if each in wanted or each not in was]
    if name == "leads":
        return in_order(added + [lead for lead in stays if not any(_displaces(new, lead) for new in added)])
    return sorted({*added, *stays})


def _displaces(new: Lead, lead: Lead) -> bool:
    """One answers for an action, and each organisation has one part in it."""
    return new[0] == lead[0] == ActionLead.Role.LEAD or (lead[1] is not None and new[1] == lead[1])


def mark_of(line: ActionInVersion, now: Mapping[str, Any]) -> str:
    """A mark of all that a form shows of an action in a draft: another one once the line, or the action, has changed.

    `now`: how the action stands, as `standing` gives it.
    """
    says = [getattr(line, name) for name in ("reference", "section_id", "section_text", "text", "timescale_text")]
    return sha256(json.dumps([*says, line.is_left_out, line.proposes, now], sort_keys=True).encode()).hexdigest()


def changing(values: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that differ from how the action stands now; the reason only beside a day that moves."""
    found = {name: value for name, value in values.items() if name in now and value != now[name]}
    if values.get("date_reason") and moves_the_day(found, now):
        found["date_reason"] = values["date_reason"]
    was = {name: now[name] for name in LISTS if name in found}
    if "timescale" in found and not moves_the_day(found, now):
        was["timescale"] = now["timescale"]
    return found | {"was": was} if was else found


def moves_the_day(found: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether the due day becomes another one, or none."""
    return "timescale" in found and found["timescale"]["due_on"] != now["timescale"]["due_on"]


def leads_of(rows: Iterable[ActionLead]) -> list[Lead]:
    """Who leads an action and works on it, in an order that does not depend on when each was recorded."""
    return in_order([each.role, each.organisation_id, each.text] for each in rows)


def in_order(leads: Iterable[Lead]) -> list[Lead]:
    """The leads by role, the accountable one first."""
    roles = list(ActionLead.Role)
    return sorted(leads, key=lambda lead: (roles.index(lead[0]), lead[1] or 0, lead[2]))


def timed_now(action: Action) -> Timed:
    """The row that says when it is due: its last moved date, or else the action itself. One query."""
    move: DateChange | None = action.date_changes.filter(until_on__isnull=True).first()
    return move or action


def told(row: Timed) -> dict[str, str]:
    """A timescale as a person types it: its text, its due day, and of what that is the last day.

    A moved date without words of its own is told as its day: what the plan wrote before it is no longer so.
    """
    due_on = row.due_on.isoformat() if row.due_on else ""
    text = row.timescale_text or (in_words(row.due_on) if row.due_on and isinstance(row, DateChange) else "")
    return {"text": text, "due_on": due_on, "precision": row.timescale_precision if due_on else ""}


@lru_cache(maxsize=4096)
def in_words(day: date) -> str:
    """“30 June 2027”: a due day as the words of a timescale."""
    return date_format(day, "j F Y")


TOLD = ("text", "due_on", "precision")


def read(timescale: Timescale, text: str) -> dict[str, Any]:
    """A timescale of a plan file, under its whole text: as a person would type it, and how it was read besides.

    Of one that was revised, also as it was `first` written.
    """
    now = timescale.current
    due_on = now.end.isoformat() if now.end else ""
    found: dict[str, Any] = {
        "text": text,
        "due_on": due_on,
        "precision": str(now.precision) if due_on else "",
        "kind": str(now.kind),
        "starts_on": now.start.isoformat() if now.start else None,
        "review_every_months": now.review_every_months,
        "confidence": str(timescale.confidence),
        "milestones": [plain(step) for step in now.milestones],
    }
    if timescale.end and now.end and timescale.end != now.end:
        found["first"] = plain(replace(timescale, revised=()))
    return found


def first_written(told: Mapping[str, Any]) -> Timescale | None:
    """The timescale that a plan file wrote before it revised it, if the draft tells of one."""
    return of_plain(told["first"]) if "first" in told else None


def same_time(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two say the same to a person, however they were read."""
    return all(one[name] == other[name] for name in TOLD)


def timescale_of(typed: Mapping[str, Any], before: Timed) -> Timescale:
    """What was typed or read, as a timescale: as its words read, if they end on its due day; else the period that ends
    then.

    Words without a due day that stay as they were are understood as before: as often as it was.
    """
    if "kind" in typed:
        return _as_read(typed)
    if typed["due_on"]:
        return on_day(typed["text"], date.fromisoformat(typed["due_on"]), TimePrecision(typed["precision"]))
    if typed["text"] != before.timescale_text:
        reading = read_timescale(typed["text"]).current
        if reading.kind == Kind.RECURRING and reading.confidence != Confidence.ASK:
            return Timescale(typed["text"], Kind.RECURRING, review_every_months=reading.review_every_months)
    recurs = before.timescale_kind == Kind.RECURRING
    kind, every = (Kind.RECURRING, before.review_every_months) if recurs else (Kind.NONE, None)
    return Timescale(typed["text"], kind, review_every_months=every)


def on_day(text: str, due_on: date, precision: TimePrecision) -> Timescale:
    """A timescale that ends on that day. Somebody has given the day, or seen it: so it is sure."""
    reading = read_timescale(text).current
    if reading.confidence != Confidence.ASK and (reading.end, reading.precision) == (due_on, precision):
        sure = Timescale(text, reading.kind, reading.start, due_on, precision, Confidence.SURE)
        return replace(sure, milestones=reading.milestones)
    return Timescale(text, KIND_OF[precision], None, due_on, precision, Confidence.SURE)


def _as_read(told: Mapping[str, Any]) -> Timescale:
    """What `read` told of."""
    starts_on, due_on = (date.fromisoformat(told[name]) if told[name] else None for name in ("starts_on", "due_on"))
    precision = TimePrecision(told["precision"]) if told["precision"] else None
    confidence, every = Confidence(told["confidence"]), told["review_every_months"]
    read = Timescale(told["text"], Kind(told["kind"]), starts_on, due_on, precision, confidence)
    steps = tuple(map(of_plain, told.get("milestones", ())))
    return replace(read, review_every_months=every, milestones=steps)
