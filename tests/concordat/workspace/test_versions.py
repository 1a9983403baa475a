"""A version of a plan from the inside: drafted, checked, submitted; who may, and two people at once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from actionplans.models import PlanVersion
from actionplans.services import drafting, lines
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain
from tests.sign_in import enter
from tests.submitting import complete_version

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


@pytest.fixture
def draft(place: Place) -> PlanVersion:
    return complete_version(
        partnership=place.partnership, area=make.make_area(name="Southshire"), declared=False, label="Version 2"
    )


def address(version: PlanVersion) -> str:
    return f"/workspace/versions/{version.pk}/"


def filled(draft: PlanVersion, **differs: Any) -> dict[str, Any]:
    starts, ends = draft.period_starts_on, draft.period_ends_on
    days = {
        f"{name}_{number}": str(part)
        for name, day in (("period_starts_on", starts), ("period_ends_on", ends))
        for number, part in enumerate((day.day, day.month, day.year))
    }
    return {"label": draft.label, "version": draft.version, "then": "save"} | days | differs


def send(client: Client, draft: PlanVersion, **differs: Any) -> Any:
    return client.post(address(draft), filled(draft, **differs), follow=True)


def test_its_checklist_coverage_and_actions(as_: As, draft: PlanVersion) -> None:
    page = plain(as_("coordinator").get(address(draft)))
    assert "Missing Each of its areas has a declaration in force No declaration is in force for: Southshire." in page
    assert "Done It has at least one action" in page
    assert "Southshire (the whole area)" in page
    assert "It has 1 action." in page


def test_saved_and_submitted_before_its_declaration_is_published(as_: As, draft: PlanVersion) -> None:
    page = send(as_("coordinator"), draft, then="submit", aims="Help sooner", period_text="2026 to 2028")
    assert "The plan version is with the national reviewers." in plain(page)
    draft.refresh_from_db()
    assert (draft.state, draft.aims, draft.period_text) == ("submitted", "Help sooner", "2026 to 2028")
    assert draft.period_ends_on == date(2028, 3, 31)


def test_its_colours_need_a_key(as_: As, draft: PlanVersion) -> None:
    answer = send(as_("coordinator"), draft, then="submit", uses_colours="on")
    assert answer.status_code == 400
    assert "Write down what red, amber and green mean in this plan." in plain(answer)
    draft.refresh_from_db()
    assert "with the national" in plain(send(as_("coordinator"), draft, then="submit", uses_colours="on", rag_key="R"))


def test_its_next_review_is_to_come_when_it_is_submitted(as_: As, draft: PlanVersion) -> None:
    day = {"next_review_on_0": "1", "next_review_on_1": "11", "next_review_on_2": "2026"}
    answer = send(as_("coordinator"), draft, then="submit", **day)
    assert answer.status_code == 400
    assert "The day of the next review has passed. Give another day, or none." in plain(answer)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_it_says_how_much_it_changes(as_: As, place: Place) -> None:
    for reference in ("B2", "B3", "B4"):
        make.make_in_version(
            version=place.action.plan.versions.get(),
            action=make.make_action(plan=place.action.plan, reference=reference, text=f"Do {reference}"),
        )
    version = drafting.begin_version(place.action.plan, by="test", on=TODAY)
    lines.leave_out(version.actions.get(reference="B1"), seen=1, reason="The trust has it", by="test")
    version.actions.filter(reference="B2").update(text="Do it well")
    moved = {"text": "by May", "due_on": "2027-05-31", "precision": "month"}
    version.actions.filter(reference="B3").update(proposes={"timescale": moved})
    for reference in ("N1", "N2"):
        action = make.make_action(plan=place.action.plan, reference=reference, text="New")
        make.make_in_version(version=version, action=action)
    page = plain(as_("coordinator").get(address(version)))
    older = place.action.plan.versions.get(published_on__isnull=False)
    assert f"Beside {older.label}: 2 new, 1 left out, 2 reworded, 1 with another date." in page


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"label": ""}, "Say what this version is called."),
        ({"label": "Version 1"}, "Another version of this plan is called so."),
        ({"period_ends_on_2": "2025"}, "The last day cannot be before the first."),
        (
            {"next_review_on_0": "1", "next_review_on_1": "1", "next_review_on_2": "2015"},
            "The review cannot be before the first day of the plan.",
        ),
        ({"period_ends_on_2": "9999"}, "Write a year from 2010 to 2099."),
        ({"version": str(10**20)}, "Ensure this value is less than or equal to"),
    ],
    ids=str,
)
def test_bad_input_keeps_what_was_typed(as_: As, draft: PlanVersion, differs: dict[str, Any], sentence: str) -> None:
    make.make_version(plan=draft.plan, label="Version 1", published_on=date(2025, 1, 1))
    answer = send(as_("coordinator"), draft, aims="Typed words", **differs)
    assert answer.status_code == 400
    assert sentence in plain(answer)
    assert "Typed words" in answer.content.decode()


def test_the_second_of_two_sees_both(as_: As, draft: PlanVersion) -> None:
    client = as_("coordinator")
    send(client, draft, aims="Hers", period_ends_on_2="2029")
    answer = send(client, draft, aims="His", uses_colours="on")
    assert answer.status_code == 409
    page = plain(answer)
    assert "What the plan sets out to do, in plain words Hers His" in page
    assert "Last day of the plan 31 March 2029 31 March 2028" in page
    assert "The plan marks its actions red, amber or green No Yes" in page


def test_a_submitted_one_is_read_and_taken_back(as_: As, draft: PlanVersion) -> None:
    client = as_("coordinator")
    send(client, draft, then="submit", aims="Help sooner")
    page = plain(client.get(address(draft)))
    assert "What the plan sets out to do, in plain words Help sooner" in page
    assert "Last day of the plan 31 March 2028" in page
    draft.refresh_from_db()
    client.post(address(draft), {"then": "take_back", "version": draft.version})
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.parametrize(
    ("role", "read", "save"),
    [
        ("coordinator", 200, 200),
        ("administrator", 200, 200),
        ("board member", 200, 403),
        ("reviewer", 200, 403),
        ("lead", 404, 404),
        ("owner", 404, 404),
        ("nobody", 403, 403),
    ],
)
def test_who_reads_and_who_drafts(as_: As, draft: PlanVersion, role: str, read: int, save: int) -> None:
    client = as_(role)
    assert client.get(address(draft)).status_code == read
    assert send(client, draft).status_code == save


@pytest.mark.parametrize("role", ["coordinator", "board_member", "organisation_lead"])
def test_the_same_role_elsewhere_finds_nothing(client: Client, draft: PlanVersion, role: str) -> None:
    stranger = make.make_person()
    make.make_membership(role, person=stranger)
    enter(client, stranger)
    assert send(client, draft).status_code == 404


def test_wrong_method(as_: As, draft: PlanVersion) -> None:
    assert as_("coordinator").put(address(draft)).status_code == 405


@pytest.mark.parametrize("size", [1, 40])
def test_queries(as_: As, draft: PlanVersion, size: int, django_assert_num_queries: Any) -> None:
    for _ in range(size):
        make.make_in_version(version=draft)
        make.cover(draft.plan, make.make_area())
    client = as_("coordinator")
    with django_assert_num_queries(14):
        client.get(address(draft))
