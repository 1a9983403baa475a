"""The facts of one area on a day: the same statuses as the national picture, and what belongs to the day."""

from datetime import date

import pytest
from django.core.management import call_command

from areas.models import Area
from concordat.area import Portrait, day_shown, portrait
from concordat.area.past import moments
from concordat.area.plans import shared_with
from concordat.area.portrait import Life
from concordat.facts import national_facts
from concordat.kernel.models import Claim
from concordat.national import SignUp, SignUpStatus
from concordat.picture import picture
from concordat.signup import Step
from tests import factories as make

pytestmark = pytest.mark.django_db
ON = date(2026, 5, 20)


def seen(area: Area, on: date = ON) -> Portrait:
    programme = make.the_programme()
    facts = national_facts(programme)
    return portrait(facts, facts.area[area.pk], programme, on, horizon=on)


@pytest.mark.slow
def test_every_area_stands_as_in_the_national_picture() -> None:
    call_command("load_areas", verbosity=0)
    call_command("load_history", verbosity=0)
    programme = make.the_programme()
    facts = national_facts(programme)
    slugs = {area.slug: area for area in facts.areas}
    for on in (date(2014, 12, 31), date(2015, 4, 10), date(2019, 6, 1), date(2023, 6, 1), ON):
        for area in picture(on, programme).areas[::9]:
            one = portrait(facts, slugs[area.slug], programme, on, horizon=on)
            told = (one.life, one.sign_up, one.since and one.since.on, one.delivery)
            assert told == (Life.EXISTS, area.sign_up, area.since, area.delivery)
            assert {each.slug for each in one.partnerships} == set(area.partnerships)


def test_delivery_is_that_of_the_national_picture_by_the_partnerships_own_rhythm() -> None:
    area = make.make_area()
    partnership = make.make_partnership(areas=[area], update_every_months=12)
    make.make_declaration(partnership=partnership, areas=[area], published_on=date(2025, 1, 1))
    version = make.make_version(
        plan=make.make_plan(partnership=partnership, areas=[area]), published_on=date(2025, 1, 1)
    )
    action = make.make_action(plan=version.plan)
    make.make_in_version(version=version, action=action)
    make.make_update(action=action, reported_on=date(2025, 6, 1))
    source = make.make_action(due_on=date(2025, 3, 1))
    mirror = make.make_action(plan=version.plan, mirrors=source)
    make.make_in_version(version=version, action=mirror)
    make.make_update(action=source, status="completed", reported_on=date(2025, 6, 2))
    one, whole = seen(area), next(each for each in picture(ON).areas if each.slug == area.slug)
    assert one.delivery == whole.delivery == "on_track"
    assert (
        (one.plans[0].numbers.total, one.plans[0].numbers.done) == (whole.actions.total, whole.actions.done) == (2, 1)
    )


@pytest.mark.parametrize(
    ("on", "was_asked", "shown"),
    [
        (date(2026, 5, 20), False, date(2023, 3, 31)),
        (date(2026, 5, 20), True, date(2026, 5, 20)),
        (date(2020, 1, 1), True, date(2020, 1, 1)),
    ],
)
def test_an_ended_area_shows_its_last_day_unless_another_is_asked_for(on: date, was_asked: bool, shown: date) -> None:
    area = make.make_area(until_on=date(2023, 4, 1))
    facts = national_facts(make.the_programme())
    assert day_shown(facts.area[area.pk], on, was_asked=was_asked) == shown


@pytest.mark.parametrize(
    ("on", "life"), [(date(2019, 3, 31), Life.NOT_YET), (date(2019, 4, 1), Life.EXISTS), (date(2023, 4, 1), Life.ENDED)]
)
def test_whether_an_area_exists(on: date, life: Life) -> None:
    assert seen(make.make_area(from_on=date(2019, 4, 1), until_on=date(2023, 4, 1)), on).life == life


def test_a_planned_area_has_no_past() -> None:
    area = make.make_area(from_on=date(2020, 4, 1))
    make.make_succession(successor=area, on=date(2020, 4, 1), state="planned")
    one = seen(area)
    assert (one.life, one.moments, one.sign_up.status) == (Life.PLANNED, [], SignUpStatus.GREY)


def test_a_shared_plan_counts_other_areas_of_the_day_only() -> None:
    area, ended = make.make_area(), make.make_area(until_on=date(2020, 1, 1))
    plan = make.make_plan(areas=[area, ended, make.make_area()])
    make.cover(plan, make.make_area(), until_on=date(2026, 1, 1))
    make.make_version(plan=plan, published_on=date(2019, 1, 1))
    facts = national_facts(make.the_programme())
    assert shared_with(facts, facts.plans[0], area.pk, ON) == 1
    assert shared_with(facts, facts.plans[0], area.pk, date(2019, 6, 1)) == 3


def claim(on: date | None, chosen: bool = False, source: str = "Minutes", event: str = "plan") -> Claim:
    return Claim(
        subject_type="actionplans.actionplan",
        subject_id=1,
        event=event,
        on=on,
        precision="day" if on else "",
        source=source,
        chosen=chosen,
    )


def test_moments_tell_steps_and_claims_by_day_up_to_the_horizon() -> None:
    begun, greened = date(2014, 2, 18), date(2015, 4, 10)
    red, green = (
        SignUp(SignUpStatus.RED, "No declaration recorded"),
        SignUp(SignUpStatus.GREEN, "Action plan published"),
    )
    steps = [Step(begun, "day", red), Step(greened, "day", green)]
    claims = [claim(greened, chosen=True), claim(date(2015, 5, 1), source="Paper"), claim(None, event="agreement")]
    told = moments(steps, claims, date(2015, 5, 1), opening="It began.")
    assert [moment.when for moment in told] == ["18 February 2014", "10 April 2015", "1 May 2015", "Day not recorded"]
    assert (told[0].event, told[0].reason) == ("It began.", "no declaration is recorded.")
    assert told[1].claims[0].standing == "Our record follows this."
    assert told[2].claims[0].standing == "Our record follows another source."
    assert told[3].claims[0].standing == ""
    assert [moment.on for moment in moments(steps, claims, date(2015, 4, 30))] == [begun, greened, None]


def test_an_unfulfilled_intention_to_declare_is_told_and_the_draft_is_not() -> None:
    area = make.make_area()
    draft = make.make_declaration(areas=[area])
    about = {"subject_type": "signatories.declaration", "subject_id": draft.pk}
    make.make_claim(event=Claim.Event.INTENDED, on=date(2026, 5, 1), text="To sign this month", **about)
    make.make_claim(event=Claim.Event.DECLARATION, on=date(2026, 5, 2), text="Draft", **about)
    one = seen(area)
    assert [each.text for moment in one.moments for each in moment.claims] == ["To sign this month"]
    assert one.declarations == ()


GREEN = SignUp(SignUpStatus.GREEN, "Action plan published")


@pytest.mark.parametrize(
    ("before", "after", "event"),
    [
        (
            SignUp(SignUpStatus.AMBER, "Declaration made", inherited_from=(7,)),
            SignUp(SignUpStatus.RED, "No declaration recorded"),
            "It no longer shows what the areas before it had.",
        ),
        (
            GREEN,
            SignUp(SignUpStatus.GREEN, "Action plan published", out_of_date=True),
            "The time for the action plan was over: it is out of date.",
        ),
        (SignUp(SignUpStatus.RED, "No declaration recorded"), GREEN, ""),
    ],
)
def test_a_step_that_its_reason_does_not_explain_says_what_happened(before: SignUp, after: SignUp, event: str) -> None:
    steps = [Step(date(2019, 4, 1), "day", before), Step(date(2020, 4, 1), "day", after)]
    assert [moment.event for moment in moments(steps, [], ON, opening="It began.")] == ["It began.", event]
