"""What a visitor sees of the areas: the list, and the page of each."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from areas.models import Area, AreaSuccession
from signatories.models.organisation import OrganisationType
from tests import factories as make

pytestmark = pytest.mark.django_db
DECLARED, PLANNED, TODAY = date(2025, 1, 10), date(2025, 3, 20), date(2026, 5, 20)


@pytest.fixture(autouse=True)
def _today(db: None, time_machine: Any) -> None:
    time_machine.move_to("2026-05-20 12:00 +0000", tick=False)
    make.the_programme()


@pytest.fixture
def england() -> None:
    """The real history of 2014-15."""
    make.who.Programme.objects.all().delete()
    call_command("load_areas", verbosity=0)
    call_command("load_history", verbosity=0)


@pytest.fixture
def read(client: Client) -> Callable[..., str]:
    """The words of a page, without its tags, white space folded."""

    def words(address: str, status: int = 200) -> str:
        response = client.get(address)
        assert response.status_code == status
        main = response.content.decode().partition("<main")[2]
        return " ".join(unescape(re.sub(r"<[^>]*>", "", main)).split())

    return words


def standing(**fields: Any) -> tuple[Area, make.what.PlanVersion]:
    """An area with a partnership, a declaration and a live plan."""
    area = make.make_area(**fields)
    partnership = make.make_partnership(name="Crisis partnership")
    make.cover(partnership, area, is_primary=True)
    make.make_declaration(partnership=partnership, areas=[area], published_on=DECLARED, source="Board paper")
    plan = make.make_plan(partnership=partnership, areas=[area], title="Crisis plan")
    return area, make.make_version(plan=plan, published_on=PLANNED, source="https://example.org/plan")


def with_action(version: make.what.PlanVersion, status: str = "", **fields: Any) -> make.what.Action:
    """An action of that version, with an update of yesterday if a status is given."""
    placed = {name: fields.pop(name) for name in ("section", "section_text") if name in fields}
    action = make.make_action(plan=version.plan, **fields)
    make.make_in_version(version=version, action=action, **placed)
    if status:
        make.make_update(action=action, status=status, reported_on=date(2026, 5, 12))
    return action


@pytest.mark.usefixtures("england")
def test_hertfordshire_on_the_day_its_plan_was_published(read: Callable[..., str]) -> None:
    page = read("/areas/hertfordshire/?on=2015-04-10")
    assert "Hertfordshire on 10 April 2015" in page
    assert "Green: an action plan is published. Green since 10 April 2015." in page
    assert "It was published on 10 April 2015. (source: hertscommissioner.org)" in page
    assert "It was published by 31 December 2014; the exact day is not recorded." in page
    assert "Not started: 0 of 4 actions are done, none is overdue." in page
    assert "This is what the partnership reports; nobody has inspected it." in page
    assert "The declaration says it has 22 signatories; 1 is recorded here." in page
    assert "nobody can be called missing" in page
    assert "No signature of them is in force" not in page
    assert "Overseen by Hertfordshire Community Safety Board, Hertfordshire Health and Wellbeing Board." in page
    assert "David Lloyd, Police and Crime Commissioner for Hertfordshire, 10 October 2014" in page
    assert "Our records are complete to" not in page
    assert "Five-year plan" not in page


@pytest.mark.usefixtures("england")
def test_hertfordshire_the_day_before_and_in_2020(read: Callable[..., str]) -> None:
    before = read("/areas/hertfordshire/?on=2015-04-09")
    assert "Amber: a declaration is made. No action plan is recorded yet. Amber since 31 December 2014 at the" in before
    assert "No actions recorded: no action plan is recorded for this area on this day" in before
    later = read("/areas/hertfordshire/?on=2020-01-01")
    assert "Our records are complete to 10 April 2015." in later
    assert "it does not count for the Concordat’s map. Five-year plan for mental health" in later
    to_come = read("/areas/hertfordshire/?on=2098-01-01")
    assert "This day is still to come. The page shows how it will be if nothing changes until then." in to_come
    assert "still to come" not in later


@pytest.mark.usefixtures("england")
def test_intentions_and_conflicting_claims_are_told_with_their_source(read: Callable[..., str]) -> None:
    assert "By 31 October 2014 Intention to sign: On 10 October 2014 the partners meant to" in read(
        "/areas/hertfordshire/"
    )
    forest = read("/areas/waltham-forest/")
    assert "Our record follows this." in forest
    assert "walthamforestccg.nhs.uk) Our record follows another source." in forest
    assert "walthamforestccg.nhs.uk" not in read("/areas/waltham-forest/?on=2015-01-31")


@pytest.mark.usefixtures("england")
def test_an_area_with_three_expected_plans(read: Callable[..., str]) -> None:
    page = read("/areas/essex/?on=2015-01-01")
    assert "3 plans that are not recorded yet: “North Essex”, “South East Essex” and “South West Essex”." in page
    assert "Who signed is not recorded." in page


@pytest.mark.usefixtures("england")
def test_an_area_that_ended_shows_its_last_day(read: Callable[..., str]) -> None:
    page = read("/areas/cumbria/")
    assert "Cumbria on 31 March 2023" in page
    assert "This area ended on 31 March 2023. Its successors: Cumberland, Westmorland and Furness." in page
    assert "Amber: a declaration is made." in page
    assert "Show today" not in page
    assert "Its successor: Bournemouth, Christchurch and Poole." in read("/areas/bournemouth/")


@pytest.mark.usefixtures("england")
def test_an_area_after_its_end_and_before_its_beginning(read: Callable[..., str]) -> None:
    after = read("/areas/cumbria/?on=2024-01-01")
    assert "This area ended on 31 March 2023, so it has no status on 1 January 2024." in after
    assert "Signing up" not in after
    before = read("/areas/cumberland/?on=2020-01-01")
    assert "Cumberland did not exist yet on 1 January 2020. It began on 1 April 2023." in before
    assert "Before it there was: Cumbria." in before


@pytest.mark.usefixtures("england")
def test_a_new_area_says_what_it_inherits(read: Callable[..., str]) -> None:
    page = read("/areas/cumberland/?on=2023-06-01")
    assert "It is inherited from Cumbria until 1 April 2024." in page
    assert "What it inherited was promised by Cumbria." in page
    assert "Red: no declaration is recorded." in read("/areas/cumberland/?on=2024-04-01")


@pytest.mark.usefixtures("england")
def test_the_list_has_every_area_and_those_of_the_past(read: Callable[..., str], client: Client) -> None:
    page = read("/areas/?on=2014-12-31")
    assert "There are 152 areas." in page
    assert "Areas of the past" not in page
    now = read("/areas/")
    assert (
        "Cumbria ended on 31 March 2023. It became (in part) Cumberland and (in part) Westmorland and Furness." in now
    )
    assert 'href="/areas/hertfordshire/?on=2014-12-31"' in client.get("/areas/?on=2014-12-31").content.decode()


def test_delivery_of_a_plan_with_its_numbers_and_reason(read: Callable[..., str]) -> None:
    area, version = standing()
    with_action(version, "completed")
    late = with_action(version, "in_progress", text="Open a safe haven", due_on=date(2026, 3, 31))
    page = read(f"/areas/{area.slug}/")
    assert "Off track: 1 of 2 actions are done, 1 is overdue. At least 25 in 100 of the open actions" in page
    assert "The last update was on 12 May 2026." in page
    assert "Open a safe haven In progress Overdue Due by 31 March 2026." in page
    only = read(f"/areas/{area.slug}/?show=overdue")
    assert "Only overdue actions are shown." in only
    assert str(late.text) in only
    assert "Completed" not in only


def test_actions_stand_by_section_in_plain_words(read: Callable[..., str]) -> None:
    area, version = standing()
    urgent = make.make_section(code="B", plain_title="I am helped quickly", position=2)
    police = make.make_organisation(name="Example Police")
    action = with_action(version, "in_progress", section=urgent, text="Train officers", due_on=date(2026, 4, 30))
    make.make_lead(action=action, organisation=police)
    make.what.ProgressUpdate.objects.update(confidence="on_track")
    with_action(version, section_text="Triage", text="Ride along")
    page = read(f"/areas/{area.slug}/")
    assert "I am helped quickly 1 action: 0 done" in page
    assert "Triage 1 action: 0 done" in page
    assert "Led by Example Police." in page
    assert "Owner says on track; due date passed 30 April 2026." in page
    assert page.index("I am helped quickly") < page.index("Triage 1")


def test_an_area_shows_the_worst_of_its_plans_and_who_else_shares_them(read: Callable[..., str]) -> None:
    area, version = standing()
    with_action(version, "completed")
    other = make.make_plan(areas=[area, make.make_area(), make.make_area()], title="Other plan")
    with_action(make.make_version(plan=other, published_on=PLANNED), due_on=date(2025, 4, 1))
    page = read(f"/areas/{area.slug}/")
    assert "No recent update This area has 2 plans. It shows the worst of them." in page
    assert "Other plan Shared with 2 other areas." in page


def test_who_signed_and_of_whom_no_signature_is_recorded(read: Callable[..., str]) -> None:
    types = [OrganisationType.POLICE, OrganisationType.ACUTE_TRUST, OrganisationType.AMBULANCE_TRUST]
    make.who.Programme.objects.update(core_signatory_types=types)
    area, _ = standing()
    declaration = make.who.Declaration.objects.get()
    renamed = make.make_organisation(name="Thames Police")
    signed = {"declaration": declaration, "signed_on": DECLARED}
    make.make_signature(**signed, organisation=renamed, name_as_signed="Old Police", signer_role="Chief Constable")
    trust = make.make_organisation(type=OrganisationType.ACUTE_TRUST, name="Hospitals Trust")
    gone = {"withdrawn_on": date(2025, 6, 1), "withdrawn_reason": "Private"}
    make.make_signature(**signed, organisation=trust, **gone)
    mind = make.make_organisation(type=OrganisationType.VOLUNTARY, name="Mind")
    make.make_signature(**signed, organisation=mind, kind="supporter")
    page = read(f"/areas/{area.slug}/")
    assert "Old Police (now Thames Police), as police force. Chief Constable, 10 January 2025." in page
    assert "No signature of them is in force: acute NHS trust ambulance trust" in page
    assert "Supporters back the declaration, without a duty of their own: Mind, as voluntary organisation." in page
    assert "Hospitals Trust, as acute NHS trust. 10 January 2025. Withdrawn on 1 June 2025." in page
    assert "Private" not in page
    assert "These signed once" not in read(f"/areas/{area.slug}/?on=2025-05-31")


def test_what_became_of_each_promise(read: Callable[..., str]) -> None:
    area, version = standing()
    asking = make.make_commitment(partnership=version.plan.partnership, you_said="Nobody answers at night")
    done, dropped = with_action(version, "completed"), with_action(version, "not_going_ahead")
    for action, words, is_hope in [
        (done, "open a line", False),
        (dropped, "build a house", True),
        (None, "try", False),
    ]:
        promise = make.make_promise(commitment=asking, we_will=words, is_hope=is_hope)
        promise.actions.set([action] if action else [])
    page = read(f"/areas/{area.slug}/")
    assert "You said: Nobody answers at night" in page
    assert "We will: open a line Done" in page
    assert "We will: build a house Not happening A hope, not a promise Why not: No money for it" in page
    assert "We will: try Promised" in page
    hoped = make.make_promise(commitment=asking, we_will="We hope for more beds", is_hope=True)
    assert f"{hoped.we_will} A hope, not a promise" in read(f"/areas/{area.slug}/?on=2026-05-19")
    assert "We will: open a line Promised" in read(f"/areas/{area.slug}/?on=2026-05-11")


def test_other_partnerships_also_cover_the_area(read: Callable[..., str]) -> None:
    area, _ = standing()
    make.cover(make.make_partnership(name="Rail partnership"), area, part="the stations")
    page = read(f"/areas/{area.slug}/")
    assert "Ask first: Crisis partnership (for the whole area)." in page
    assert "Also covered by: Rail partnership (for a part of the area: the stations)." in page


def test_planned_changes_are_told_as_planned(read: Callable[..., str], client: Client) -> None:
    old, new = make.make_area(name="Old shire"), make.make_area(name="New shire", from_on=date(2028, 4, 1))
    make.make_succession(predecessor=old, successor=new, on=date(2028, 4, 1), state=AreaSuccession.State.PLANNED)
    assert "Old shire is planned to become New shire on 1 April 2028. This is not certain yet." in read(
        f"/areas/{old.slug}/"
    )
    coming = read(f"/areas/{new.slug}/?on=2029-01-01")
    assert "New shire does not exist. It is planned to begin on 1 April 2028, but that is not certain yet." in coming
    assert "Signing up" not in coming
    assert "Old shire is planned to become New shire on 1 April 2028." in read("/areas/")


def test_an_area_with_two_codes_lists_both(read: Callable[..., str]) -> None:
    area = make.make_area(name="Somerset", code="E10000099", until_on=None)
    area.codes.update(until_on=date(2023, 4, 1))
    make.make_code(area=area, code="E06999999", kind="unitary_authority", from_on=date(2023, 4, 1))
    page = read(f"/areas/{area.slug}/")
    assert "E10000099: Somerset, County, until 31 March 2023" in page
    assert "E06999999: Somerset, Unitary authority, from 1 April 2023" in page


def test_drafts_and_waiting_updates_are_never_shown(read: Callable[..., str]) -> None:
    area, version = standing()
    make.make_declaration(areas=[area], title="Secret declaration")
    draft = make.make_version(plan=version.plan, label="Secret draft")
    with_action(draft, text="Secret action")
    action = with_action(version)
    make.make_update(
        action=action, state="submitted", status="in_progress", public_text="Secret", internal_note="Secret"
    )
    page = read(f"/areas/{area.slug}/")
    assert "Secret" not in page
    assert "Not started" in page


def test_a_day_that_makes_no_sense_is_refused_with_a_sentence(read: Callable[..., str]) -> None:
    area, _ = standing(name="Testshire")
    page = read(f"/areas/{area.slug}/?on=31-12-2014", 400)
    assert "There is a problem “31-12-2014” is not a date." in page
    assert "Green: an action plan is published." in page
    assert "“soon” is not a date." in read("/areas/?on=soon", 400)


@pytest.mark.parametrize("slug", ["nowhere", "a" * 3000, "Elsewhere", "%00", "..", "'"])
def test_an_unknown_area_is_not_found(client: Client, slug: str) -> None:
    make.make_area(slug="testshire")
    response = client.get(f"/areas/{slug}/")
    assert response.status_code == 404
    assert "Samaritans" in response.content.decode()


def test_the_page_leads_to_the_error_report_and_to_the_data(client: Client) -> None:
    area, _ = standing(slug="testshire")
    page = client.get(f"/areas/{area.slug}/?on=2025-05-01").content.decode()
    assert 'href="/contact/?about=%2Fareas%2Ftestshire%2F"' in page
    assert 'href="/api/v1/status?on=2025-05-01"' in page
    assert f'href="/partnerships/{make.who.Partnership.objects.get().slug}/?on=2025-05-01"' in page


def test_without_a_programme_there_is_no_page_and_the_list_says_so(read: Callable[..., str], client: Client) -> None:
    area = make.make_area()
    make.who.Programme.objects.all().delete()
    assert client.get(f"/areas/{area.slug}/").status_code == 404
    assert "No areas are recorded here for this day." in read("/areas/")


def crowd(area: Area, version: make.what.PlanVersion, number: int) -> None:
    """So many of everything that the page of the area tells."""
    for n in range(number):
        partnership = make.make_partnership(areas=[area])
        make.make_oversight(partnership=partnership)
        make.make_statement(partnership=partnership)
        promise = make.make_promise(commitment=make.make_commitment(partnership=partnership))
        action = with_action(version, "in_progress")
        make.make_lead(action=action)
        promise.actions.add(action)
        declaration = make.make_declaration(partnership=partnership, areas=[area], published_on=DECLARED)
        make.make_signature(declaration=declaration)
        make.make_expectation(declaration=declaration, areas=[area])
        plan = make.make_plan(partnership=partnership, areas=[area, make.make_area()])
        with_action(make.make_version(plan=plan, published_on=PLANNED, period_ends_on=TODAY), "paused")
        make.make_version(plan=make.make_plan(areas=[area], kind="related"), published_on=PLANNED)
        make.make_claim(subject_type="actionplans.actionplan", subject_id=plan.pk, event="plan", on=PLANNED)
        ended = make.make_area(until_on=PLANNED + timedelta(days=n))
        make.make_succession(predecessor=ended, successor=area, on=ended.until_on)
        make.make_succession(successor=make.make_area(), on=date(2030, 1, 1), state="planned")


@pytest.mark.parametrize("number", [1, 12])
def test_a_page_costs_the_same_however_much_there_is(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    area, version = standing()
    crowd(area, version, number)
    with django_assert_num_queries(18):
        page = client.get(f"/areas/{area.slug}/").content.decode()
    assert page.count("We work together.") == number


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_costs_the_same_however_many_there_are(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    area, version = standing()
    crowd(area, version, number)
    with django_assert_num_queries(13):
        page = client.get("/areas/").content.decode()
    assert page.count("ended on") == number


def test_what_became_of_an_action_not_yet_published_is_not_told(read: Callable[..., str]) -> None:
    area, version = standing()
    asking = make.make_commitment(partnership=version.plan.partnership)
    action = make.make_action(plan=version.plan)
    make.make_update(action=action, status="not_going_ahead", reason="Secret", reported_on=date(2026, 5, 1))
    make.make_promise(commitment=asking, we_will="open a line").actions.set([action])
    page = read(f"/areas/{area.slug}/")
    assert "We will: open a line Promised" in page
    assert "Secret" not in page
    draft = make.make_version(plan=version.plan)
    make.make_in_version(version=draft, action=action)
    assert "Secret" not in read(f"/areas/{area.slug}/?on=2026-05-19")


def test_an_area_that_will_end_is_not_called_ended(read: Callable[..., str]) -> None:
    area, _ = standing(name="Westshire", until_on=date(2027, 4, 1))
    successor = make.make_area(name="Eastish", slug="eastish", code="E06000999", from_on=date(2027, 4, 1))
    make.make_succession(predecessor=area, successor=successor, on=date(2027, 4, 1))
    page = read(f"/areas/{area.slug}/")
    assert "This area will end on 31 March 2027. Its successor: Eastish." in page
    assert "ended on" not in page
    new = read("/areas/eastish/")
    assert "Eastish does not exist yet. It will begin on 1 April 2027. Before it there is: Westshire." in new
    assert "Show Eastish" not in new


def test_a_core_signature_that_was_withdrawn_is_missed(read: Callable[..., str]) -> None:
    types = [OrganisationType.POLICE, OrganisationType.ACUTE_TRUST]
    make.who.Programme.objects.update(core_signatory_types=types)
    area, _ = standing()
    declaration = make.who.Declaration.objects.get()
    make.who.Declaration.objects.update(claimed_signatory_count=2)
    for type_, ends in ((types[0], {}), (types[1], {"withdrawn_on": DECLARED, "withdrawn_reason": "Merged"})):
        body = make.make_organisation(type=type_)
        make.make_signature(declaration=declaration, organisation=body, signed_on=DECLARED, **ends)
    page = read(f"/areas/{area.slug}/")
    assert "The declaration says it has 2 signatories; 2 are recorded here." in page
    assert "No signature of them is in force: acute NHS trust" in page


def test_for_the_whole_and_for_parts(read: Callable[..., str]) -> None:
    area, version = standing()
    make.cover(version.plan, area, part="the north")
    assert "It is for a part of this area" not in read(f"/areas/{area.slug}/")
    make.who.DeclarationCoverage.objects.update(extent="part", label="the south")
    make.cover(make.who.Declaration.objects.get(), area, part="the north")
    assert "It is for a part of this area: the north and the south." in read(f"/areas/{area.slug}/?on=2026-05-19")


@pytest.mark.parametrize("show", ["junk", "Overdue", "all", "overdue2"])
def test_a_choice_of_actions_that_there_is_not_is_not_found(client: Client, show: str) -> None:
    area, _ = standing(slug="kent")
    assert client.get(f"/areas/{area.slug}/", {"show": show}).status_code == 404
    assert client.get(f"/areas/{area.slug}/", {"show": ""}).status_code == 200
