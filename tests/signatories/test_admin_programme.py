"""The admin pages of the programme: its numbers decide what the map says, so each is checked."""

from datetime import date, timedelta

import pytest
from django.test import Client

from concordat.kernel.dates import today
from concordat.kernel.models import Change
from signatories.models import Milestone, Programme
from tests import factories as make
from tests.admin_pages import WHY, address, administrator, edit, open_page, row_address, send, signed_in


@pytest.fixture
def browser(db: None) -> Client:
    return signed_in(administrator())


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("inherit_months", 0, 60),
        ("update_every_months", 1, 24),
        ("stale_after_periods", 1, 12),
        ("overdue_after_working_days", 0, 260),
        ("must_do_overdue_days", 0, 730),
        ("off_track_percent", 1, 100),
        ("due_soon_days", 1, 365),
        ("silent_after_months", 1, 36),
        ("mail_kept_months", 1, 120),
    ],
)
def test_each_number_has_its_range(browser: Client, name: str, least: int, most: int) -> None:
    programme = make.make_programme()
    opened = open_page(browser, row_address(programme))
    for bad in (least - 1, most + 1, "a few"):
        page = send(browser, row_address(programme), opened, **{name: str(bad), "why": WHY})
        assert page is not None
        assert page.errors[name]
    for good in (least, most):
        assert edit(browser, programme, **{name: str(good)}) is None
        programme.refresh_from_db()
        assert getattr(programme, name) == good


def test_the_steps_of_a_round_of_updates_are_in_order(browser: Client) -> None:
    programme = make.make_programme()
    page = edit(browser, programme, nudge_days="5")
    assert page is not None
    assert page.errors["closing_days"] == "This comes after the step before it, so it needs fewer days."
    assert edit(browser, programme, window_opens_days="30", nudge_days="15") is None
    programme.refresh_from_db()
    assert (programme.window_opens_days, programme.nudge_days, programme.closing_days) == (30, 15, 5)


def test_records_are_not_complete_to_a_day_to_come(browser: Client) -> None:
    programme = make.make_programme(complete_to=date(2015, 4, 10))
    page = edit(browser, programme, complete_to=(today() + timedelta(days=1)).isoformat())
    assert page is not None
    assert page.errors["complete_to"] == "Records cannot be complete to a day that is still to come."
    assert edit(browser, programme, complete_to=today().isoformat()) is None
    (change,) = Change.objects.about(programme)
    assert change.fields == {"complete_to": ["2015-04-10", today().isoformat()]}


def test_records_are_not_complete_to_a_day_before_the_launch(browser: Client) -> None:
    programme = make.make_programme(launched_on=date(2014, 2, 18))
    page = edit(browser, programme, complete_to="2014-02-17")
    assert page is not None
    assert page.errors["complete_to"] == "This day is before the launch."


def test_the_core_types_are_chosen_from_the_known_ones(browser: Client) -> None:
    programme = make.make_programme(core_signatory_types=["police"])
    assert open_page(browser, row_address(programme)).values["core_signatory_types"] == ["police"]
    page = edit(browser, programme, core_signatory_types=["police", "wizards"])
    assert page is not None
    assert "wizards is not one of the available choices" in page.errors["core_signatory_types"]
    assert edit(browser, programme, core_signatory_types=["police", "acute_trust"]) is None
    (change,) = Change.objects.about(programme)
    assert change.fields == {"core_signatory_types": [["police"], ["acute_trust", "police"]]} or change.fields == {
        "core_signatory_types": [["police"], ["police", "acute_trust"]]
    }


def test_there_is_one_programme(browser: Client) -> None:
    assert browser.get(address(Programme, "add")).status_code == 403


def test_a_milestone_stays_with_its_programme(browser: Client) -> None:
    milestone = make.make_milestone()
    assert "programme" not in open_page(browser, row_address(milestone)).values
    assert edit(browser, milestone, programme=str(make.make_programme().pk), name="Plans") is None
    before, milestone = milestone.programme_id, Milestone.objects.get(pk=milestone.pk)
    assert (milestone.name, milestone.programme_id) == ("Plans", before)


def test_two_milestones_of_one_name_are_refused_beside_the_name(browser: Client) -> None:
    """The programme is not on the page of a row that is there already; the constraint is checked all the same."""
    milestone = make.make_milestone(name="Declaration")
    other = make.make_milestone(name="Action plan", programme=milestone.programme)
    page = edit(browser, other, name="Declaration")
    assert page is not None
    assert page.errors["name"] == "There is a milestone of this name already."


def test_a_milestone_is_added_without_a_reason(browser: Client) -> None:
    programme, url = make.make_programme(), address(Milestone, "add")
    opened = open_page(browser, url)
    assert "why" not in opened.values
    assert send(browser, url, opened, programme=str(programme.pk), name="Refresh", due_on="2015-10-31") is None
    (change,) = Change.objects.about(Milestone.objects.get(name="Refresh"))
    assert (change.verb, change.fields["due_on"], change.why) == ("created", [None, "2015-10-31"], "")


def test_the_same_steward_from_the_same_day_is_refused(browser: Client) -> None:
    steward = make.make_steward(name="Mind", from_on=make.DAY)
    other = make.make_steward(name="The department", from_on=make.DAY, programme=steward.programme)
    page = edit(browser, other, name="Mind", why=WHY)
    assert page is not None
    assert page.errors["from_on"] == "This steward is recorded from this day already."


def test_the_same_steward_without_a_first_day_is_refused(browser: Client) -> None:
    """The programme is not on the page, and the constraint has a condition; it is checked all the same."""
    steward = make.make_steward(name="Mind")
    other = make.make_steward(name="The department", programme=steward.programme)
    page = edit(browser, other, name="Mind")
    assert page is not None
    assert page.errors["name"] == "This steward is recorded already, without a first day."
    assert edit(browser, other, name="Mind", from_on="2016-10-28") is None
