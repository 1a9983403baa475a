"""The due days of actions as events of a calendar. Days in London."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from actionplans.models import Action, ActionInVersion, DateChange, PlanVersion
from actionplans.progress import Thresholds
from actionplans.reading import ActionOnDay, actions_on
from concordat.calendars.events import Event, Revision
from concordat.calendars.recorded import begun_on, recorded, together
from concordat.sentences import listed

ACTION, MOVE = "actionplans.action", "actionplans.datechange"


class Place(NamedTuple):
    """The version in which an action stands, and whose plan it is."""

    version_id: int
    plan_id: int
    published_on: date
    partnership: str


def of_actions(lines: "QuerySet[ActionInVersion]", on: date, page: str) -> list[Event]:
    """The open actions with a due day among these lines of versions in force. Six queries, however many there are.

    `page`: the address of an action, with its id to be filled in. One that mirrors another of them is left out.
    """
    places = _places(lines)
    found = actions_on({place.version_id for place in places.values()}, on, Thresholds(), only=places)
    due = [each for each in found if each.is_open and each.due_on and each.mirrors not in places]
    revisions = _revisions(due, places)
    return [_event(each, places[each.id], revisions[each.id], page) for each in due]


def _places(lines: "QuerySet[ActionInVersion]") -> dict[int, Place]:
    version = "version__"
    rows = lines.order_by("pk").values_list(
        *("action_id", "version_id", f"{version}plan_id"),
        *(f"{version}published_on", f"{version}plan__partnership__name"),
    )
    return {action: Place(*rest) for action, *rest in rows}


def _event(action: ActionOnDay, place: Place, revision: Revision, page: str) -> Event:
    assert action.due_on is not None  # noqa: S101 - the caller has looked
    named = f"{action.reference} {action.text}".strip()
    leads = listed(lead.name for lead in action.leads if lead.role in ("lead", "joint"))
    said = [named, place.partnership, f"Led by {leads}." if leads else "", _when(action)]
    return Event(
        key=f"action-{action.id}-due",
        day=action.due_on,
        title=f"Due: {named}",
        text="\n".join(line for line in said if line),
        address=page.format(action.id),
        revision=revision,
    )


def _when(action: ActionOnDay) -> str:
    return f"Timescale: {action.timescale_text}" if action.timescale_text else ""


def _revisions(due: Iterable[ActionOnDay], places: Mapping[int, Place]) -> dict[int, Revision]:
    """By what is recorded of each action and of its moved dates, and by how often its plan was published."""
    source = {each.id: each.mirrors or each.id for each in due}
    moves: dict[int, list[Any]] = defaultdict(list)
    for move in DateChange.objects.filter(action__in=source.values()).order_by("pk"):
        moves[move.action_id].append(move)
    changes = recorded({
        ACTION: {*source, *source.values()},
        MOVE: [move.pk for of_action in moves.values() for move in of_action],
    })  # fmt: skip
    plans = {places[action].plan_id for action in source}
    versions = PlanVersion.objects.published().filter(plan__in=plans).order_by().values("plan")
    published = dict(versions.annotate(times=Count("pk")).values_list("plan_id", "times"))
    return {
        action: together(
            [
                Revision(published.get(places[action].plan_id, 0), begun_on(places[action].published_on)),
                *(changes.get((ACTION, each)) for each in {action, origin}),
                *(Revision(1, move.recorded_at) for move in moves[origin]),
                *(changes.get((MOVE, move.pk)) for move in moves[origin]),
            ]
        )
        for action, origin in source.items()
    }


def lines_of(actions: "QuerySet[Action]") -> "QuerySet[ActionInVersion]":
    """The lines of these actions."""
    return ActionInVersion.objects.filter(action__in=actions.order_by().values("pk"))
