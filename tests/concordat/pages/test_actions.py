"""What a visitor reads of one action: how it stands, what was reported, and every date that moved."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actionplans.models import Action, DateChange
from actionplans.timescale import Confidence, Kind
from concordat.pages.actions import moved_sentence, slip, understood_sentence
from tests import factories as make
from tests.concordat.pages.conftest import Told

PLANNED = date(2025, 3, 20)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (date(2015, 3, 31), date(2016, 3, 31), ", 12 months later"),
        (date(2015, 3, 31), date(2015, 4, 30), ", 1 month later"),
        (date(2015, 4, 30), date(2015, 3, 31), ", 1 month earlier"),
        (date(2024, 2, 29), date(2025, 2, 28), ", 12 months later"),
        (date(2015, 3, 31), date(2015, 5, 15), ", about 1 month later"),
        (date(2015, 3, 31), date(2015, 4, 14), ", 14 days later"),
        (date(2015, 3, 31), date(2015, 3, 30), ", 1 day earlier"),
        (date(2015, 3, 31), date(2015, 3, 31), ""),
    ],
)
def test_by_how_much_a_date_moved(old: date, new: date, words: str) -> None:
    assert slip(old, new) == words


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (date(2015, 3, 31), date(2015, 6, 30), "Moved from 31 March 2015 to 30 June 2015, 3 months later."),
        (None, date(2015, 6, 30), "Given a due date: 30 June 2015."),
        (date(2015, 3, 31), None, "The due date of 31 March 2015 was taken away. No due date since then."),
        (None, None, "Reworded. No due date since then."),
    ],
)
def test_from_when_to_when_a_date_moved(old: date | None, new: date | None, sentence: str) -> None:
    assert moved_sentence(DateChange(old_due_on=old, due_on=new)) == sentence


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, ""),
        (
            {"timescale_text": "Q1", "timescale_kind": Kind.QUARTER, "due_on": date(2015, 6, 30)},
            "We read this as a quarter; the last day is 30 June 2015.",
        ),
        (
            {
                "timescale_text": "3/4",
                "timescale_kind": Kind.DATE,
                "due_on": date(2015, 4, 3),
                "timescale_confidence": Confidence.ASK,
            },
            "We read this as a day; the last day is 3 April 2015. We are not sure of this.",
        ),
        ({"timescale_text": "TBC"}, "We read no certain day in this."),
        (
            {"timescale_text": "Quarterly", "timescale_kind": Kind.RECURRING, "review_every_months": 3},
            "We read this as something done again and again, every 3 months.",
        ),
    ],
)
def test_how_a_timescale_is_read(fields: dict[str, object], sentence: str) -> None:
    assert understood_sentence(Action(**fields)) == sentence


@pytest.fixture
def action(on_20_may_2026: None) -> Action:
    """An action in the version in force of a plan."""
    plan = make.make_plan(partnership=make.make_partnership(name="North partnership"), title="Crisis plan")
    action = make.make_action(plan=plan, text="Secret draft words", due_on=date(2026, 3, 31))
    version = make.make_version(plan=plan, published_on=PLANNED, label="Version 1")
    make.make_in_version(version=version, action=action, reference="A1", text="Open a cafe", timescale_text="By spring")
    return action


def page_of(action: Action, on: str = "") -> str:
    return f"/actions/{action.pk}/{f'?on={on}' if on else ''}"


@pytest.mark.django_db
class TestWhatItIs:
    def test_its_words_place_outcome_and_leads(self, action: Action, told: Told) -> None:
        section = make.make_section(code="A", title="Access", plain_title="Help before things get worse")
        first = action.in_versions.get()
        on = date(2026, 2, 1)
        type(first.version).objects.filter(pk=first.version_id).update(superseded_on=on)
        words = {"section": section, "section_text": "A: Access", "reference": first.reference, "text": first.text}
        words |= {"outcome": "Fewer crises", "outcome_measure": "10 a month", "footprint": "Humber-wide"}
        make.make_in_version(version=make.make_version(plan=action.plan, published_on=on), action=action, **words)
        Action.objects.filter(pk=action.pk).update(must_do=True, source="Board paper 7")
        make.make_lead(action=action, organisation=make.make_organisation(name="Northern Trust"))
        make.make_lead(action=action, text="A sub-group", role="working_with")
        action.themes.add(make.make_theme(name="Street triage"))
        page = told(page_of(action))
        assert "Action A1 Open a cafe" in page
        assert "Secret draft words" not in page
        assert "Action plan Crisis plan" in page
        assert "Help before things get worse In the national template: A Access In the plan: “A: Access”" in page
        assert "What it should change Fewer crises How that is measured 10 a month Where Humber-wide" in page
        assert "Led by Northern Trust Working with A sub-group" in page
        assert "National must-do Yes" in page
        assert "Subject Street triage" in page
        assert "Source: Board paper 7" in page

    def test_how_each_version_words_it(self, action: Action, told: Told) -> None:
        action.plan.versions.update(superseded_on=date(2026, 1, 2))
        new = make.make_version(plan=action.plan, published_on=date(2026, 1, 2), label="Version 2")
        make.make_in_version(version=new, action=action, reference="B7", text="Open a crisis cafe")
        draft = make.make_version(plan=action.plan, label="Secret version")
        make.make_in_version(version=draft, action=action, reference="C1", text="Secret words")
        page = told(page_of(action))
        assert "Action B7 Open a crisis cafe" in page
        assert "Version 2, published 2 January 2026 B7: “Open a crisis cafe”" in page
        assert "Version 1, published 20 March 2025 A1: “Open a cafe” Until when: “By spring”" in page
        assert "Secret" not in page
        assert "Version 2" not in told(page_of(action, "2026-01-01"))

    def test_which_promises_it_is_to_keep(self, action: Action, told: Told) -> None:
        commitment = make.make_commitment(you_said="Help at night", partnership=action.plan.partnership)
        promise = make.make_promise(commitment=commitment, we_will="Aspire to open all night", is_hope=True)
        promise.actions.add(action)
        later = make.make_promise(commitment=make.make_commitment(made_on=date(2026, 5, 1), made_precision="day"))
        later.actions.add(action)
        page = told(page_of(action, "2026-04-30"))
        assert "You said: Help at night We will: Aspire to open all night A hope, not a promise" in page
        assert later.we_will not in page

    def test_one_that_left_the_plan_says_where_it_was_last(self, action: Action, told: Told) -> None:
        action.plan.versions.update(superseded_on=date(2026, 1, 2))
        make.make_version(plan=action.plan, published_on=date(2026, 1, 2))
        page = told(page_of(action))
        assert "This action is not in a plan in force on 20 May 2026. It was last in Version 1" in page
        assert "Open a cafe" in page


@pytest.mark.django_db
class TestNeverPublished:
    def test_one_outside_every_version_has_no_page(self, on_20_may_2026: None, client: Client) -> None:
        assert client.get(page_of(make.make_action())).status_code == 404

    @pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
    def test_nor_has_one_of_a_draft(self, on_20_may_2026: None, client: Client, state: str) -> None:
        line = make.make_in_version(version=make.make_version(state=state))
        assert client.get(page_of(line.action)).status_code == 404

    def test_before_its_publication_the_page_says_when_it_came(self, action: Action, told: Told) -> None:
        make.make_update(action=action, reported_on=date(2025, 1, 1), public_text="Too early")
        page = told(page_of(action, "2025-03-19"))
        assert "This action was not yet published on 19 March 2025. It was first published on 20 March 2025." in page
        assert "Open a cafe" not in page
        assert "Too early" not in page


@pytest.mark.django_db
class TestHowItStands:
    def test_before_any_report(self, action: Action, told: Told) -> None:
        page = told(page_of(action, "2026-03-31"))
        assert "Not started" in page
        assert "Nothing is reported yet, so it counts as not started." in page
        assert "Overdue" not in page

    def test_publicly_overdue_and_the_owner_disagrees(self, action: Action, told: Told) -> None:
        make.make_update(action=action, reported_on=date(2026, 2, 1), confidence="on_track")
        page = told(page_of(action))
        assert "In progress Overdue The owner says: on track." in page
        assert "it was due by 31 March 2026" in page
        assert "Owner says on track; due date passed 31 March 2026." in page
        assert "Overdue" not in told(page_of(action, "2026-04-01")), "in public only after ten working days"

    def test_accepted_updates_newest_first(self, action: Action, told: Told) -> None:
        make.make_update(action=action, reported_on=date(2026, 2, 1), public_text="Room found", confidence="at_risk")
        make.make_update(action=action, reported_on=date(2026, 4, 9), status="completed", completed_on=date(2026, 4, 2))
        make.make_update(action=action, reported_on=date(2026, 5, 1), reason="It closed again")
        page = told(page_of(action))
        assert "1 May 2026: in progress again (reopened) Why: It closed again 9 April 2026: completed" in page
        assert "Completed on 2 April 2026. What came of it: People get help sooner" in page
        assert "1 February 2026: in progress, at risk Room found" in page
        earlier = told(page_of(action, "2026-04-08"))
        assert "Room found" in earlier
        assert "ompleted" not in earlier

    @pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
    def test_nothing_else_is_told_of_what_people_write(self, action: Action, told: Told, state: str) -> None:
        author = make.make_person(name="Jo Smith", email="jo@example.org")
        make.make_update(action=action, reported_on=date(2026, 2, 1), internal_note="Between us", author=author)
        make.make_update(
            action=action, reported_on=date(2026, 2, 2), state=state, status="paused", public_text="Not yet"
        )
        page = told(page_of(action))
        assert "1 February 2026: in progress" in page
        assert not any(word in page for word in ("Between us", "Jo Smith", "jo@", "Not yet", "aused"))

    def test_merged_into_another(self, action: Action, client: Client, told: Told) -> None:
        target = make.make_action(plan=action.plan)
        update = make.make_update(action=action, reported_on=date(2026, 2, 1), status="merged", merged_into=target)
        assert "Merged into another action." in told(page_of(action))
        assert f"/actions/{target.pk}/".encode() not in client.get(page_of(action)).content, "it has no page"
        version = action.plan.versions.get()
        make.make_in_version(version=version, action=target)
        page = client.get(page_of(action, f"{update.reported_on}")).content
        assert f"/actions/{target.pk}/?on=2026-02-01".encode() in page

    def test_not_going_ahead_says_why(self, action: Action, told: Told) -> None:
        make.make_update(action=action, reported_on=date(2026, 2, 1), status="not_going_ahead")
        assert "1 February 2026: not going ahead Why: No money for it" in told(page_of(action))


@pytest.mark.django_db
class TestDatesThatMoved:
    def test_each_with_its_old_day_reason_and_slip(self, action: Action, told: Told) -> None:
        make.make_date_change(
            action=action, decided_on=date(2026, 2, 1), due_on=date(2026, 9, 30), timescale_text="September"
        )
        make.make_date_change(
            action=action,
            decided_on=date(2026, 4, 1),
            old_due_on=date(2026, 9, 30),
            due_on=date(2027, 3, 31),
            reason="No room yet",
        )
        page = told(page_of(action))
        assert "By 31 March 2027. Moved twice; it was first due by 31 March 2026" in page
        assert "Moved from 30 September 2026 to 31 March 2027, 6 months later. Decided on 1 April 2026" in page
        assert "because: No room yet" in page
        assert "Moved from 31 March 2026 to 30 September 2026, 6 months later. As written: “September”." in page
        earlier = told(page_of(action, "2026-03-31"))
        assert "By 30 September 2026. Moved once" in earlier
        assert "No room yet" not in earlier
        assert "Moved" not in told(page_of(action, "2026-01-31"))


@pytest.mark.django_db
class TestMirrored:
    def mirror(self, source: Action, published_on: date | None = PLANNED) -> Action:
        plan = make.make_plan(title="Other plan", partnership=make.make_partnership(name="South partnership"))
        mirror = make.make_action(plan=plan, text="Same", mirrors=source)
        make.make_in_version(version=make.make_version(plan=plan, published_on=published_on), action=mirror)
        return mirror

    def test_it_tells_what_is_reported_of_its_source(self, action: Action, told: Told) -> None:
        mirror = self.mirror(action)
        make.make_update(action=action, reported_on=date(2026, 2, 1), public_text="Room found")
        make.make_date_change(action=action, decided_on=date(2026, 2, 1), due_on=date(2026, 9, 30))
        page = told(page_of(mirror))
        assert "The same action in Crisis plan. What is reported there counts here too" in page
        assert "Room found" in page
        assert "Moved from 31 March 2026 to 30 September 2026" in page

    def test_the_source_tells_where_else_it_stands(self, action: Action, told: Told) -> None:
        self.mirror(action)
        assert "Other plans with the same action Other plan, South partnership" in told(page_of(action))

    def test_a_draft_that_mirrors_it_is_not_told(self, action: Action, told: Told) -> None:
        self.mirror(action, published_on=None)
        assert "Other plan" not in told(page_of(action))

    def test_a_source_without_a_page_is_not_named(self, on_20_may_2026: None, told: Told) -> None:
        source = make.make_action(plan=make.make_plan(title="Secret plan"))
        page = told(page_of(self.mirror(source)))
        assert "This action is kept in another plan, which is not published" in page
        assert "Secret plan" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 20])
def test_as_many_queries_whatever_there_is_to_tell(
    action: Action, client: Client, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    made = action.plan.versions.get()
    for number in range(size):
        line = make.make_in_version(version=made, action=make.make_action(plan=action.plan))
        target = line.action
        make.make_update(action=action, reported_on=date(2026, 1, number + 1), status="merged", merged_into=target)
        make.make_date_change(action=action, decided_on=date(2026, 1, number + 1))
        make.make_lead(action=action, organisation=make.make_organisation(), role="joint")
        make.make_promise().actions.add(action)
        action.themes.add(make.make_theme())
        TestMirrored().mirror(action)
        version = make.make_version(plan=action.plan, published_on=PLANNED, superseded_on=PLANNED)
        make.make_in_version(version=version, action=action)
    with django_assert_num_queries(13):
        assert client.get(page_of(action)).content.count(b"<li") > 5 * size
