"""Made-up actions of a plan: in its versions, with leads, themes and moved dates; and mirrored ones."""

from collections.abc import Iterator
from datetime import date, timedelta

from actionplans.models import Action, ActionInVersion, ActionLead, ActionOwner, DateChange
from actionplans.models.timed import Timed
from actionplans.timescale import Timescale
from concordat.demo.batch import ACTION_THEMES
from concordat.demo.group import Group, MadeAction
from concordat.demo.moods import Fate, fate_of
from concordat.demo.plans import MadePlan
from concordat.demo.roles import owner_of
from concordat.demo.stories import Mood
from concordat.demo.timescales import a_month, timescale_in
from concordat.demo.wording import LABEL, LEADS, MOVED, OUTCOMES, Item, items, theme_of
from signatories.models import Organisation

Role = ActionLead.Role
STRIDE = 8  # each partnership begins so many lines further on, so that short plans differ too
# Plans in these moods stay in them when they mirror an action that goes well.
MIRRORING = frozenset({Mood.ON_TRACK, Mood.OFF_TRACK, Mood.SOME_DELAYS})


def actions(group: Group, made: MadePlan) -> Iterator[MadeAction]:
    """The plan's own actions, with everything that belongs to them but their reports."""
    if made.mood is Mood.NO_ACTIONS:
        return
    lines = items()
    for place in range(group.actions_per_plan):
        fate = fate_of(made.mood, place)
        begins_on = made.begins_on(_is_new(place), group.on)
        line = lines[(place + STRIDE * group.number) % len(lines)]
        action = _action(group, made, line, place, fate, begins_on)
        _in_versions(group, made, action, line, place)
        _leads(group, action, line, place)
        if owner := owner_of(group, line, place):
            group.batch.add(ActionOwner(action=action, person=owner, from_on=begins_on))
        group.batch.add(ACTION_THEMES(action=action, theme=group.themes[theme_of(line.text)]))
        yield MadeAction(action, line, place, fate, begins_on)


def _is_new(place: int) -> bool:
    """Whether the action comes only with the second version."""
    return place % 5 == 4


def _is_dropped(place: int) -> bool:
    """Whether the second version no longer has the action: finished ones vanish from documents."""
    return place % 10 == 7


def _action(group: Group, made: MadePlan, line: Item, place: int, fate: Fate, begins_on: date) -> Action:
    reference, text = line.in_round(place // len(items()))
    last = timescale_in(fate.due.window(group.on, begins_on), begins_on, group.chances)
    moves = list(_moves(group, fate, last, begins_on))
    action = group.batch.add(
        Action(
            plan=made.plan,
            reference=reference,
            text=text,
            outcome=OUTCOMES[line.section],
            outcome_measure=line.outcome_measure,
            must_do=fate.must_do,
            footprint="The whole county" if place % 20 == 19 else "",
            source=LABEL,
            **(moves[0][1] if moves else last).as_fields(),
        )
    )
    _date_changes(group, action, moves, last)
    return action


def _moves(group: Group, fate: Fate, last: Timescale, begins_on: date) -> Iterator[tuple[date, Timescale]]:
    """When each move was decided, with the timescale that it replaced; spread over the time before the last one."""
    if last.end is None or not fate.moves:
        return
    span = (min(last.end, group.on) - begins_on) // (fate.moves + 2)
    for move in range(fate.moves):
        decided_on = begins_on + span * (move + 1)
        window = (decided_on + timedelta(days=1), decided_on + timedelta(days=32))
        old = a_month(window[0], begins_on)
        yield decided_on, old


def _date_changes(group: Group, action: Action, moves: list[tuple[date, Timescale]], last: Timescale) -> None:
    following: list[tuple[date | None, Timescale]] = [*moves[1:], (None, last)]
    for (decided_on, old), (until_on, new) in zip(moves, following, strict=False):
        group.batch.add(
            DateChange(
                action=action,
                old_due_on=old.end,
                decided_on=decided_on,
                until_on=until_on,
                reason=group.chances.choice(MOVED),
                **new.as_fields(),
            )
        )


def _in_versions(group: Group, made: MadePlan, action: Action, line: Item, place: int) -> None:
    """The wording that each version froze."""
    for number, version in enumerate(made.versions):
        is_absent = _is_dropped(place) if number else _is_new(place) and len(made.published) > 1
        if is_absent:
            continue
        group.batch.add(
            ActionInVersion(
                version=version,
                action=action,
                section=group.sections[line.section],
                section_text=str(group.sections[line.section]),
                reference=action.reference,
                text=action.text,
                outcome=action.outcome,
                outcome_measure=action.outcome_measure,
                footprint=action.footprint,
                timescale_text=action.timescale_text,
                position=line.number * (1 + group.actions_per_plan // len(items())) + place // len(items()),
            )
        )


def _leads(group: Group, action: Action, line: Item, place: int) -> None:
    """One accountable lead, perhaps a joint one, and those who work with them; now and then only the plan's word."""
    types = LEADS[line.lead]
    if not types:
        _lead(group, action, Role.ALL, None, "All signatories")
    for role, type_ in zip((Role.LEAD, Role.JOINT), types, strict=False):
        organisation = None if place % 29 == 28 else group.organisations[type_]
        _lead(group, action, role, organisation, line.lead)
    if place % 2:
        _lead(group, action, Role.WORKING_WITH, None, line.working_with)


def _lead(group: Group, action: Action, role: Role, organisation: Organisation | None, text: str) -> None:
    group.batch.add(ActionLead(action=action, role=role, organisation=organisation, text=text))


def mirror(group: Group, made: MadePlan, lent: MadeAction) -> None:
    """An action of another plan, kept there and shown here."""
    original = lent.action
    action = group.batch.add(
        Action(
            plan=made.plan,
            reference="Shared",
            text=original.text,
            outcome=original.outcome,
            footprint=f"Shared with {original.plan.partnership.name}"[:120],
            mirrors=original,
            source=LABEL,
            **{field.name: getattr(original, field.name) for field in Timed._meta.fields},
        ),
        later=True,
    )
    _in_versions(group, made, action, lent.line, lent.place)
