"""“What has changed here”: the day it happened, what and why, and when we learnt it; as at any day, without names."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from actionplans.models import Action, ActionPlan
from actionplans.services import drafting, lines
from actionplans.services.plans import publish_version, withdraw_version
from concordat.kernel.changes import create, revise
from concordat.pages.happened import later
from concordat.picture import picture
from signatories.models import Declaration, Partnership, PartnershipMember, Signature
from signatories.services.declarations import publish_declaration, withdraw_declaration
from signatories.services.signatures import withdraw_signature
from tests import factories as make
from tests.plain import plain

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def at(day: date) -> time_machine.travel:
    """Let it be noon of that day in London."""
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=LONDON), tick=False)


def changed(client: Client, address: str) -> str:
    """What the page says under its last heading."""
    page = plain(client.get(address))
    return page.split("What has changed here", 1)[1].split("Report an error", 1)[0] if "changed here" in page else ""


@pytest.fixture
def partnership() -> Partnership:
    return make.make_partnership(name="North", from_on=date(2020, 1, 1))


@pytest.fixture
def declaration(partnership: Partnership) -> Declaration:
    """Signed and published on its day; withdrawn in March, which was entered in May."""
    declaration = make.make_declaration(partnership=partnership, title="Our word", areas=[make.make_area()])
    jo = make.make_person(name="Jo Smith")
    with at(date(2026, 1, 5)):
        publish_declaration(declaration, on=date(2026, 1, 5), by=jo)
        signature = create(
            Signature(
                declaration=declaration,
                organisation=make.make_organisation(name="Northshire Police"),
                name_as_signed="Northshire Police",
                as_type="police",
                signed_on=date(2026, 1, 5),
            ),
            by=jo,
        )
    with at(date(2026, 5, 6)):
        withdraw_signature(signature, on=date(2026, 2, 1), reason="Jo Smith said so", by=jo)
        withdraw_declaration(declaration, on=date(2026, 3, 2), reason="Its partners split", by=jo)
    return declaration


def test_a_declaration(client: Client, declaration: Declaration) -> None:
    with at(date(2026, 6, 1)):
        told = changed(client, declaration.get_absolute_url())
        earlier = changed(client, f"{declaration.get_absolute_url()}?on=2026-03-10")
        before = changed(client, f"{declaration.get_absolute_url()}?on=2026-01-20")
    assert "2 March 2026: The declaration was withdrawn. Why: Its partners split Recorded here on 6 May 2026." in told
    assert "5 January 2026: The declaration was published." in told
    assert told.index("withdrawn. Why") < told.index("Signature withdrawn by Northshire Police, as police force")
    assert "Signed by Northshire Police, as police force." in told
    assert "Jo Smith" not in told
    assert "Recorded here on 6 May 2026: what this page says of 10 March 2026 was revised then." in earlier
    assert "withdrawn" not in before
    assert "Recorded here" not in before


@pytest.fixture
def plan(partnership: Partnership) -> ActionPlan:
    """Two versions, the second withdrawn."""
    areas = [make.make_area()]
    with at(date(2026, 6, 1)):
        make.make_declaration(partnership=partnership, areas=areas, published_on=date(2026, 1, 1))
        plan = make.make_plan(partnership=partnership, areas=areas, title="The plan")
        for label, text, on in (("First", "A nurse", date(2026, 1, 5)), ("Second", "Two nurses", date(2026, 4, 1))):
            version = make.make_version(plan=plan, label=label)
            action = plan.actions.first() or make.make_action(plan=plan, text=text, due_on=date(2026, 9, 1))
            make.make_in_version(version=version, action=action, text=text)
            publish_version(version, on=on, by="test")
        withdraw_version(version, on=date(2026, 5, 20), reason="It was wrong", by="test")
    return plan


def test_a_plan(client: Client, plan: ActionPlan) -> None:
    with at(date(2026, 6, 10)):
        told = changed(client, plan.get_absolute_url())
        then = changed(client, f"{plan.get_absolute_url()}?on=2026-04-02")
    assert "20 May 2026: Second was withdrawn. Why: It was wrong" in told
    assert "1 April 2026: First was replaced by a newer one." in told
    assert "5 January 2026: First was published. Recorded here on 1 June 2026." in told
    assert "withdrawn" not in then
    assert "Second was published. Recorded here on 1 June 2026: what this page says of 2 April 2026" in then


def test_an_action(client: Client, plan: ActionPlan) -> None:
    action = plan.actions.get()
    with at(date(2026, 6, 1)):
        make.make_date_change(action=action, decided_on=date(2026, 5, 1), due_on=date(2026, 12, 1), reason="No money")
        make.make_update(action=action, reported_on=date(2026, 5, 2), accepted_at=make.noon(date(2026, 5, 9)))
    with at(date(2026, 6, 10)):
        told = changed(client, action.get_absolute_url())
        before = changed(client, f"{action.get_absolute_url()}?on=2026-01-06")
    assert "2 May 2026: Reported: In progress. Recorded here on 9 May 2026." in told
    assert "1 May 2026: Moved from 1 September 2026 to 1 December 2026, 3 months later. Why: No money" in told
    assert "1 April 2026: Reworded in Second." in told
    assert "5 January 2026: Published in First." in told
    assert "Reported" not in before
    assert "Moved" not in before


def test_a_partnership(client: Client, plan: ActionPlan, partnership: Partnership) -> None:
    with at(date(2026, 6, 1)):
        member = PartnershipMember(partnership=partnership, name_as_written="A charity", from_on=date(2026, 2, 1))
        create(member, by="test")
        revise(member, by="test", until_on=date(2026, 5, 1))
    with at(date(2026, 6, 10)):
        told = changed(client, partnership.get_absolute_url())
    assert "20 May 2026: “The plan, Second” was withdrawn. Why: It was wrong" in told
    assert "1 May 2026: A charity no longer takes part. Recorded here on 1 June 2026." in told
    assert "1 February 2026: A charity began to take part." in told
    assert "1 January 2020: The partnership began." in told


def test_nothing_happened(client: Client) -> None:
    assert changed(client, make.make_partnership().get_absolute_url()) == ""


def test_what_is_entered_late_counts_from_its_own_day_alone(plan: ActionPlan, partnership: Partnership) -> None:
    """A report entered late changes no day before it was made, and the sign-up of none."""
    action: Action = plan.actions.get()
    days = [date(2026, month, 15) for month in range(1, 7)]
    with at(date(2026, 6, 10)):
        before = [picture(on, partnership.programme) for on in days]
        make.make_update(action=action, reported_on=date(2026, 4, 2), accepted_at=make.noon(date(2026, 6, 9)))
        after = [picture(on, partnership.programme) for on in days]
    assert after[:3] == before[:3]
    assert after[3] != before[3]
    assert [[area.sign_up for area in each.areas] for each in after] == [
        [area.sign_up for area in each.areas] for each in before
    ]


@pytest.mark.parametrize(
    ("recorded_on", "shown"), [(None, None), (date(2026, 1, 1), None), (date(2026, 1, 2), date(2026, 1, 2))]
)
def test_recorded_later(recorded_on: date | None, shown: date | None) -> None:
    assert later(recorded_on, date(2026, 1, 1)) == shown


def test_an_action_that_is_left_out_is_told_on_its_page_and_the_plans(client: Client, plan: ActionPlan) -> None:
    action = plan.actions.get()
    with at(date(2026, 6, 1)):
        third = drafting.begin_version(plan, by="test", on=date(2026, 6, 1))
        lines.leave_out(third.actions.get(), seen=1, reason="The trust’s own plan has it", by="test")
        make.make_in_version(version=third, action=make.make_action(plan=plan, text="Never read"), is_left_out=True)
        make.make_in_version(version=third, action=make.make_action(plan=plan, text="Another"))
        assert "Left out" not in changed(client, action.get_absolute_url())
        publish_version(third, on=date(2026, 6, 1), by="test")
    with at(date(2026, 6, 10)):
        told, of_plan = (changed(client, each.get_absolute_url()) for each in (action, plan))
        before = changed(client, f"{action.get_absolute_url()}?on=2026-05-31")
    assert "1 June 2026: Left out of Version 3. Why: The trust’s own plan has it" in told
    assert "was left out of Version 3. Why: The trust’s own plan has it" in of_plan
    assert "Never read" not in of_plan
    assert "Left out" not in before
