"""The admin pages of actions: the wording may be corrected, and nothing that a service writes."""

from datetime import date

import pytest
from django.test import Client

from actionplans.models import Action
from concordat.kernel.models import Change
from tests import factories as make
from tests.admin_pages import address, administrator, edit, open_page, queries_of, row_address, signed_in


@pytest.fixture
def browser(db: None) -> Client:
    return signed_in(administrator())


def test_dates_and_the_plan_are_not_typed(browser: Client) -> None:
    row = make.make_action(due_on=date(2016, 3, 31))
    other = make.make_plan()
    values = {"due_on": "2030-01-01", "timescale_text": "Some day", "plan": str(other.pk), "text": "New words"}
    assert edit(browser, row, **values) is None
    after = Action.objects.get(pk=row.pk)
    assert (after.due_on, after.timescale_text, after.plan) == (date(2016, 3, 31), "", row.plan)
    assert set(Change.objects.about(row).get().fields) == {"text"}


def test_published_versions_keep_the_words_they_had(browser: Client) -> None:
    frozen = make.make_in_version(version=make.make_version(published_on=make.DAY), text="Old words")
    edit(browser, frozen.action, text="New words")
    frozen.refresh_from_db()
    assert frozen.text == "Old words"


def test_drafts_follow_a_corrected_outcome_unless_they_propose_another(browser: Client) -> None:
    action = make.make_action(outcome="Old", footprint="Hull")
    for published_on, proposes in ((make.DAY, {}), (None, {}), (None, {"outcome": "Wished"})):
        version = make.make_version(
            plan=action.plan,
            published_on=published_on,
            **({"state": "abandoned", "abandoned_reason": "x"} if proposes else {}),
        )
        make.make_in_version(version=version, action=action, proposes=proposes)
    edit(browser, action, outcome="Corrected", footprint="Goole")
    assert list(action.in_versions.order_by("pk").values_list("outcome", "footprint")) == [
        ("Old", "Hull"), ("Corrected", "Goole"), ("Wished", "Goole"),
    ]  # fmt: skip
    draft = action.in_versions.order_by("pk")[1]
    told = Change.objects.about(draft).get()
    assert (told.verb, told.fields["outcome"]) == ("drafted", ["Old", "Corrected"])


@pytest.mark.parametrize(("state", "words"), [("paused", "Paused"), ("not_started", "Not started")])
def test_the_state_is_that_of_the_last_accepted_update(browser: Client, state: str, words: str) -> None:
    rows = {"paused": make.make_action(), "not_started": make.make_action()}
    make.make_update(action=rows["paused"], status="in_progress")
    make.make_update(action=rows["paused"], status="paused", reported_on=date(2015, 5, 1))
    make.make_update(action=rows["not_started"], status="in_progress", state="submitted")
    response = browser.get(address(Action), {"state": state})
    assert list(response.context["cl"].result_list) == [rows[state]]
    assert words in response.content.decode()


def test_an_action_shows_its_leads_and_leads_to_its_story(browser: Client) -> None:
    row = make.make_action(lead=make.make_organisation(name="Humber Police"))
    update, moved = make.make_update(action=row), make.make_date_change(action=row)
    make.make_update()
    make.make_date_change()
    page = open_page(browser, row_address(row))
    assert "Led by Humber Police" in page.words
    links = {words: url for url, words in page.links.items()}
    assert list(browser.get(links["Updates"]).context["cl"].result_list) == [update]
    assert list(browser.get(links["Moved dates"]).context["cl"].result_list) == [moved]


def test_the_page_of_an_action_takes_the_same_queries_whatever_it_has(browser: Client) -> None:
    row, counts = make.make_action(), []
    for more in (1, 9):
        for _ in range(more):
            make.make_lead(action=row, role="joint")
        counts.append(queries_of(browser, row_address(row)))
    assert counts == [8, 8]  # one of them asks whether the action has a public page
