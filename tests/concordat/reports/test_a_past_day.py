"""A report of a past day does not change when facts that happened later are added: every report, whatever happens."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from actionplans.models import Action, ActionLead, ActionOwner, EarlierMustDo, PlanVersion
from actionplans.services.plans import publish_version, withdraw_version
from actionplans.services.updates import accept_update, move_date
from actionplans.states import ActionState, Confidence
from actionplans.timescale import Kind, TimePrecision, Timescale
from areas.models import Area
from concordat.reports.catalogue import REPORTS
from concordat.reports.questions import Question
from concordat.reports.report import Report
from signatories.models import (
    BoardOversight,
    Declaration,
    Membership,
    Organisation,
    Partnership,
    PartnershipCoverage,
    PartnershipMember,
    Person,
    Signature,
)
from signatories.services.declarations import publish_declaration, withdraw_declaration
from signatories.services.errors import NotAllowedError
from signatories.services.people import end_role
from signatories.services.signatures import withdraw_signature
from tests import factories as make
from tests.concordat.reports.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ON = date(2026, 3, 2)
ONE_DAY = timedelta(days=1)
Told = dict[str, Any]


def questions(report: Report) -> list[Question]:
    """The report of everything, and of a partnership and an organisation where it can be asked so."""
    since = ON - timedelta(days=200)
    partnership, organisation = Partnership.objects.earliest("pk"), Organisation.objects.earliest("pk")
    asked = [] if report.needs else [Question(ON, since)]
    if "partnership" in (report.needs or report.takes):
        asked.append(Question(ON, since, partnership=partnership))
    if "organisation" in (report.needs or report.takes):
        asked.append(Question(ON, since, organisation=organisation))
    return asked


def told() -> Told:
    """What every report says of the day: its sentences, and all its tables row by row."""
    found: Told = {}
    for name, report in REPORTS.items():
        for number, question in enumerate(questions(report)):
            answer = report.answer(question)
            tables = {table.key: [tuple(row) for row in table.rows] for table in answer.tables}
            found[f"{name} {number}"] = {"summary": answer.summary, "notes": answer.notes, **tables}
    return found


def differing(before: Told, after: Told) -> dict[tuple[str, str], Any]:
    """By report and table what it said before and says no more, and what it says now."""
    return {
        (name, part): ([row for row in was if row not in now], [row for row in now if row not in was])
        for name, parts in before.items()
        for part, was in parts.items()
        if (now := after[name][part]) != was
    }


# What can happen on a later day. `pick` chooses one of several rows, the same each time.


def reported(on: date, pick: Callable[[Any], Any]) -> None:
    action = pick(Action.objects.filter(mirrors=None))
    status, confidence = pick(list(ActionState)), pick(["", *Confidence])
    update = make.make_update(
        action=action, reported_on=on, status=status, state="submitted", confidence=confidence, reason="It must be."
    )
    accept_update(update, by="test")


def date_moved(on: date, pick: Callable[[Any], Any]) -> None:
    to = Timescale(kind=Kind.DATE, end=on + timedelta(days=pick([-90, 10, 400])), precision=TimePrecision.DAY)
    move_date(pick(Action.objects.filter(mirrors=None)), to=to, decided_on=on, reason="It came late", by="test")


def version_published(on: date, pick: Callable[[Any], Any]) -> None:
    live = pick(PlanVersion.objects.live_on(on))
    version = make.make_version(plan=live.plan)
    for line in list(live.actions.all())[1:]:
        words = {"outcome": "Another outcome", "outcome_measure": "By another number", "footprint": "Elsewhere"}
        make.make_in_version(
            version=version, action=line.action, section=line.section, text="In other words", proposes=words
        )
    make.make_in_version(version=version)
    publish_version(version, on=on, by="test")


def version_withdrawn(on: date, pick: Callable[[Any], Any]) -> None:
    withdraw_version(pick(PlanVersion.objects.live_on(on)), on=on, reason="They withdrew it", by="test")


def declared(on: date, pick: Callable[[Any], Any]) -> None:
    partnership = pick(Partnership.objects.all())
    declaration = make.make_declaration(partnership=partnership, areas=[pick(Area.objects.all())])
    make.make_signature(declaration=declaration, signed_on=on - ONE_DAY)
    publish_declaration(declaration, on=on, by="test")


def declaration_withdrawn(on: date, pick: Callable[[Any], Any]) -> None:
    withdraw_declaration(pick(Declaration.objects.live_on(on)), on=on, reason="They withdrew it", by="test")


def signature_withdrawn(on: date, pick: Callable[[Any], Any]) -> None:
    withdraw_signature(pick(Signature.objects.in_force(on)), on=on, reason="It left", by=administrator())


def signed_later(on: date, pick: Callable[[Any], Any]) -> None:
    make.make_signature(declaration=pick(Declaration.objects.published()), signed_on=on, as_type="probation")


def coordinator_left(on: date, pick: Callable[[Any], Any]) -> None:
    end_role(pick(Membership.objects.filter(until_on=None)), by=administrator(), now=make.noon(on), why="Moved on")


def spoken_to(on: date, pick: Callable[[Any], Any]) -> None:
    make.make_contact(area=pick(Area.objects.all()), spoken_on=on, next_step="Write")


def board_met(on: date, pick: Callable[[Any], Any]) -> None:
    # Not of the partnership whose papers are looked at: they are for the next meeting that is planned, from then on.
    make.make_meeting(
        board=pick(BoardOversight.objects.exclude(partnership=Partnership.objects.earliest("pk"))).board, held_on=on
    )


def lead_changed(on: date, pick: Callable[[Any], Any]) -> None:
    lead = pick(ActionLead.objects.filter(until_on=None))
    ActionLead.objects.filter(pk=lead.pk).update(until_on=on)
    make.make_lead(action=lead.action, from_on=on)


def owner_came(on: date, pick: Callable[[Any], Any]) -> None:
    lead = pick(ActionLead.objects.exclude(organisation=None))
    person = make.make_membership("owner", organisation=lead.organisation, from_on=on).person
    ActionOwner.objects.create(action=lead.action, person=person, from_on=on)


def must_do_changed(on: date, pick: Callable[[Any], Any]) -> None:
    action = pick(Action.objects.filter(earlier_must_dos=None))
    EarlierMustDo.objects.create(action=action, must_do=action.must_do, until_on=on)
    Action.objects.filter(pk=action.pk).update(must_do=not action.must_do)


def coverage_ended(on: date, pick: Callable[[Any], Any]) -> None:
    row = pick(PartnershipCoverage.objects.filter(until_on=None))
    PartnershipCoverage.objects.filter(pk=row.pk).update(until_on=on)
    make.cover(row.partnership, pick(Area.objects.all()), from_on=on, part="The north")


def member_changed(on: date, pick: Callable[[Any], Any]) -> None:
    row = pick(PartnershipMember.objects.filter(until_on=None))
    PartnershipMember.objects.filter(pk=row.pk).update(until_on=on)
    make.make_member(partnership=row.partnership, organisation=row.organisation, from_on=on)


def organisation_ended(on: date, pick: Callable[[Any], Any]) -> None:
    Organisation.objects.filter(pk=pick(Organisation.objects.filter(until_on=None)).pk).update(until_on=on)


def area_split(on: date, pick: Callable[[Any], Any]) -> None:
    old = pick(Area.objects.filter(until_on=None))
    Area.objects.filter(pk=old.pk).update(until_on=on)
    old.codes.update(until_on=on)
    make.make_succession(predecessor=old, successor=make.make_area(from_on=on), on=on)


def administrator() -> Person:
    return Person.objects.filter(is_superuser=True).first() or make.make_person(is_superuser=True, is_staff=True)


HAPPENINGS = (
    *(reported, date_moved, version_published, version_withdrawn, declared, declaration_withdrawn),
    *(signature_withdrawn, signed_later, coordinator_left, spoken_to, board_met, lead_changed, owner_came),
    *(must_do_changed, coverage_ended, member_changed, organisation_ended, area_split),
)
LATER = st.lists(
    st.tuples(st.sampled_from(HAPPENINGS), st.integers(1, 240), st.randoms(use_true_random=False)),
    min_size=4,
    max_size=9,
)


def picker(chance: Any) -> Callable[[Any], Any]:
    """Chooses one of the rows there are; where there is none nothing can happen."""

    def pick(rows: Any) -> Any:
        rows = list(rows if isinstance(rows, list) else rows.order_by("pk"))
        if not rows:
            raise NotAllowedError("There is none.")
        return chance.choice(rows)

    return pick


@pytest.mark.parametrize("happening", HAPPENINGS, ids=lambda each: str(each.__name__))
def test_it_can_happen(happening: Callable[..., None]) -> None:
    """Each of them is something that can be done at all: the test below would not notice one that never is."""
    make_world(2, ON)
    happening(ON + timedelta(days=30), picker(Random(1)))  # noqa: S311 - no secrets


@pytest.mark.usefixtures("_today")
def test_it_does_not_change() -> None:
    make_world(2, ON)
    before = told()
    tried = 0

    @settings(max_examples=8, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
    @given(LATER)
    def later(happened: list[tuple[Callable[..., None], int, Any]]) -> None:
        nonlocal tried
        with transaction.atomic():
            for happen, days, chance in sorted(happened, key=lambda each: each[1]):
                with suppress(NotAllowedError), transaction.atomic():
                    happen(ON + timedelta(days=days), picker(chance))
                    tried += 1
            after = told()
            transaction.set_rollback(True)
        found = differing(before, after)
        assert found == {}, found

    later()
    assert tried > 20
