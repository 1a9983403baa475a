"""The admin pages of plans, subjects, and “You said / We will”."""

import pytest
from django.test import Client

from actionplans.models import ActionPlan, Commitment, Promise, Section, Theme
from concordat.kernel.models import Change
from tests import factories as make
from tests.admin_pages import WHY, address, administrator, edit, open_page, row_address, send, signed_in


@pytest.fixture
def browser(db: None) -> Client:
    return signed_in(administrator())


def test_what_kind_of_plan_it_is_is_not_typed(browser: Client) -> None:
    """A related plan does not count for the map."""
    row = make.make_plan()
    assert edit(browser, row, kind="related", title="New words") is None
    row.refresh_from_db()
    assert (row.kind, row.title) == ("concordat", "New words")


def test_a_plan_shows_its_versions_and_areas_and_leads_to_its_actions(browser: Client) -> None:
    row = make.make_plan(areas=[make.make_area(name="Hull")])
    make.make_version(plan=row, label="Version 23", published_on=make.DAY)
    action = make.make_action(plan=row)
    make.make_action()
    page = open_page(browser, row_address(row))
    assert "Version 23 Published 1 Apr 2015" in page.words
    assert "Hull the whole area" in page.words
    links = {words: url for url, words in page.links.items()}
    assert list(browser.get(links["Actions"]).context["cl"].result_list) == [action]


@pytest.mark.parametrize("model", [ActionPlan, Commitment, Promise])
def test_what_a_partnership_brings_is_not_added_here(
    browser: Client, model: type[ActionPlan] | type[Commitment] | type[Promise]
) -> None:
    assert browser.get(address(model, "add")).status_code == 403


def test_the_actions_that_keep_a_promise_are_linked(browser: Client) -> None:
    promise, action = make.make_promise(), make.make_action(text="Open a café")
    assert edit(browser, promise, actions=[str(action.pk)]) is None
    (change,) = Change.objects.about(promise)
    assert (change.fields, change.why) == ({"actions": [[], [action.pk]]}, WHY)
    assert "Actions (empty) Open a café" in open_page(browser, row_address(promise, "history")).words


def test_a_commitment_shows_its_answers(browser: Client) -> None:
    promise = make.make_promise(we_will="We will open a café")
    assert "We will open a café" in open_page(browser, row_address(promise.commitment)).words


def test_the_same_words_are_said_once(browser: Client) -> None:
    one = make.make_commitment(you_said="Listen")
    other = make.make_commitment(partnership=one.partnership)
    page = edit(browser, other, you_said="Listen")
    assert page is not None
    assert page.errors["you_said"] == "The partnership has a commitment in these words already."


def test_a_theme_is_added_and_keeps_its_address(browser: Client) -> None:
    url = address(Theme, "add")
    assert send(browser, url, open_page(browser, url), name="Housing", slug="housing") is None
    theme = Theme.objects.get(slug="housing")
    assert Change.objects.about(theme).get().verb == "created"
    assert edit(browser, theme, slug="homes", name="Homes") is None
    theme.refresh_from_db()
    assert (theme.slug, theme.name) == ("housing", "Homes")


def test_a_section_is_added_once_for_each_code(browser: Client) -> None:
    one, url = make.make_section(code="A"), address(Section, "add")
    values = {"programme": str(one.programme_id), "code": "A", "title": "Support", "position": "2"}
    page = send(browser, url, open_page(browser, url), **values)
    assert page is not None
    assert page.errors["code"] == "The programme has a section of this code already."
    assert send(browser, url, open_page(browser, url), **(values | {"code": "B"})) is None


def test_what_is_published_leads_to_its_own_page(browser: Client) -> None:
    published = make.make_in_version(version=make.make_version(published_on=make.DAY))
    draft = make.make_in_version(version=make.make_version())
    for line, is_public in ((published, True), (draft, False)):
        for row in (line.action, line.action.plan):
            links = open_page(browser, row_address(row)).links
            assert (links.get(row.get_absolute_url()) == "View on site") is is_public
