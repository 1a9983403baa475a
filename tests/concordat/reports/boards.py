"""A partnership with something of everything that a board reads of it, on one day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from actionplans.models import Action, PlanVersion
from concordat.kernel.dates import add_months
from concordat.reports.questions import Question
from concordat.reports.shapes import Answer
from signatories.models import BoardMeeting, Organisation, Partnership
from tests import factories as make
from tests.actionplans.reporting import report

TODAY, MEETS, NEW = date(2026, 11, 2), date(2026, 12, 2), date(2027, 3, 31)


@dataclass(frozen=True)
class Place:
    """What a test needs of it."""

    partnership: Partnership
    police: Organisation
    version: PlanVersion
    meeting: BoardMeeting
    actions: dict[str, Action]


def make_place() -> Place:
    """One plan with six actions, a board that meets in a month, a declaration and a promise."""
    partnership = make.make_partnership(name="Northshire")
    police = make.make_organisation(name="Northshire Police")
    plan = make.make_plan(partnership=partnership, title="Crisis plan")
    version = make.make_version(plan=plan, published_on=date(2026, 1, 5), label="Version 1")
    place = Place(partnership, police, version, _meeting(partnership), {})
    late = one_more(place, "B1", "Nurse in the control room", due_on=date(2026, 8, 31))
    off_track = one_more(place, "B2", "A place of safety", due_on=date(2026, 3, 31), outcome_measure="Hours open")
    make.make_date_change(
        action=off_track, old_due_on=date(2026, 3, 31), due_on=date(2026, 12, 31), decided_on=date(2026, 2, 1)
    )
    said = {"internal_note": "We need a room", "public_text": "No room yet", "measure_value": "70 hours"}
    make.make_update(action=off_track, reported_on=date(2026, 7, 1), measure_value="60 hours")
    make.make_update(action=off_track, reported_on=date(2026, 10, 1), confidence="off_track", **said)
    done = one_more(place, "B3", "A crisis cafe")
    make.make_update(
        action=done, reported_on=date(2026, 9, 21), status="completed", completed_on=date(2026, 9, 20),
        outcome_note="Open seven days",
    )  # fmt: skip
    asking = one_more(place, "B4", "One number to ring", due_on=date(2026, 12, 31))
    make.make_update(action=asking, reported_on=date(2026, 10, 1))
    report(asking, date(2026, 10, 20), new_due_on=NEW, new_date_reason="The builders are late")
    dropped = one_more(place, "B5", "A leaflet")
    make.make_update(action=dropped, reported_on=date(2026, 10, 1), status="not_going_ahead", reason="No money")
    fine = one_more(place, "B6", "Training")
    make.make_update(action=fine, reported_on=date(2026, 10, 1), confidence="on_track")
    place.actions.update(B1=late, B2=off_track, B3=done, B4=asking, B5=dropped, B6=fine)
    declaration = make.make_declaration(partnership=partnership, published_on=date(2026, 1, 2), title="Our word")
    make.make_signature(declaration=declaration, organisation=police, name_as_signed="Northshire Police")
    promise = make.make_promise(
        commitment=make.make_commitment(partnership=partnership, you_said="Somebody to talk to"), we_will="Open a cafe"
    )
    promise.actions.add(done)
    return place


def _meeting(partnership: Partnership) -> BoardMeeting:
    board = make.make_board(name="Northshire Health Board")
    make.make_oversight(board=board, partnership=partnership)
    return make.make_meeting(board=board, held_on=MEETS)


def one_more(place: Place, reference: str, text: str, **fields: Any) -> Action:
    """An action of the plan in force, led by the police."""
    action = make.make_action(plan=place.version.plan, reference=reference, text=text, **fields)
    make.make_in_version(version=place.version, action=action, reference=reference, text=text)
    make.make_lead(action=action, organisation=place.police)
    return action


def asked(place: Place, on: date = TODAY, **others: Any) -> Question:
    """The question for a paper on that day."""
    return Question(on, add_months(on, -3), partnership=place.partnership, **others)


def rows(answer: Answer, table: str, *columns: str) -> list[Any]:
    """Some cells of each row of a table: alone, or as tuples."""
    found = [tuple(row[name] for name in columns) for row in answer.table(table).dicts]
    return [row[0] for row in found] if len(columns) == 1 else found
