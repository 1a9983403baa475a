"""The national review: the queue, the decision, what it would change on the map; nobody else decides."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from actionplans.models import PlanVersion
from concordat.tasks import publish_scheduled
from signatories.models import Declaration
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain
from tests.submitting import complete_declaration, complete_version

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


@pytest.fixture
def declaration(place: Place) -> Declaration:
    return complete_declaration(
        partnership=place.partnership, areas=[make.make_area(name="Northshire")], state="submitted"
    )


@pytest.fixture
def version(place: Place) -> PlanVersion:
    return complete_version(
        partnership=place.partnership, area=make.make_area(name="Southshire"), state="submitted", label="Version 2"
    )


def address(document: Declaration | PlanVersion) -> str:
    kind = "declarations" if isinstance(document, Declaration) else "versions"
    return f"/workspace/national/{kind}/{document.pk}/"


def decide(client: Client, document: Any, then: str, **fields: Any) -> Any:
    return client.post(address(document), {"version": document.version, "then": then, **fields}, follow=True)


class TestQueue:
    def test_the_longest_wait_comes_first(
        self, as_: As, place: Place, declaration: Declaration, version: PlanVersion
    ) -> None:
        PlanVersion.objects.filter(pk=version.pk).update(submitted_at=datetime(2026, 9, 1, tzinfo=UTC))
        make.make_declaration(title="A draft")
        page = plain(as_("reviewer").get("/workspace/national/"))
        assert "2 submissions wait. The longest wait comes first." in page
        assert page.index("Version 2") < page.index("Our declaration")
        assert "A draft" not in page

    def test_it_says_what_is_held_and_what_should_have_been_published(
        self, as_: As, declaration: Declaration, version: PlanVersion
    ) -> None:
        Declaration.objects.filter(pk=declaration.pk).update(held_since=TODAY, held_reason="Elections")
        PlanVersion.objects.filter(pk=version.pk).update(publish_on=date(2026, 11, 1))
        page = plain(as_("reviewer").get("/workspace/national/"))
        assert "Held since 2 November 2026." in page
        assert "It was to be published on 1 November 2026, and is not." in page

    def test_empty(self, as_: As) -> None:
        assert "No submission waits." in plain(as_("administrator").get("/workspace/national/"))

    @pytest.mark.parametrize("size", [1, 30])
    def test_queries(self, as_: As, place: Place, size: int, django_assert_num_queries: Any) -> None:
        for _ in range(size):
            complete_declaration(state="submitted")
            complete_version(state="submitted")
        client = as_("reviewer")
        with django_assert_num_queries(6):
            client.get("/workspace/national/")


class TestWhatChanges:
    """The reviewer reads what the version changes, beside the one in force."""

    @pytest.fixture
    def renewed(self, version: PlanVersion) -> PlanVersion:
        old = make.make_version(plan=version.plan, label="Version 1", published_on=date(2025, 1, 1))
        for reference in ("A1", "A2", "A3"):
            action = make.make_action(plan=version.plan, reference=reference, text=f"Do {reference}")
            make.make_in_version(version=old, action=action)
            make.make_in_version(
                version=version,
                action=action,
                text="Do it well" if reference == "A2" else action.text,
                is_left_out=reference == "A1",
                left_out_reason="The trust’s own plan has it" if reference == "A1" else "",
                proposes={"timescale": {"text": "by May", "due_on": "2027-05-31", "precision": "month"}}
                if reference == "A3"
                else {},
            )
        return version

    def test_what_is_new_left_out_reworded_and_moved(self, as_: As, renewed: PlanVersion) -> None:
        page = plain(as_("reviewer").get(address(renewed)))
        told = page.partition("What it changes beside Version 1")[2].partition("Your decision")[0]
        assert "Beside Version 1: 1 new, 1 left out, 2 reworded, 1 with another date." in told
        assert "Left out while open (1) A1 Do A1 Why it was left out: The trust’s own plan has it" in told
        assert "Action Do A2 Do it well" in told
        assert "A3 Do A3 No date 31 May 2027" in told
        assert "New (1)" in told

    def test_a_first_version_says_that_there_is_none_before(self, as_: As, version: PlanVersion) -> None:
        assert "It is the first version of its plan" in plain(as_("reviewer").get(address(version)))

    @pytest.mark.parametrize("size", [1, 40])
    def test_queries(self, as_: As, renewed: PlanVersion, size: int, django_assert_num_queries: Any) -> None:
        old = renewed.plan.versions.get(label="Version 1")
        for number in range(size):
            action = make.make_action(plan=renewed.plan, reference=f"C{number}")
            make.make_in_version(version=old, action=action)
            make.make_in_version(version=renewed, action=action, text="Else", proposes={"must_do": True})
            gone = make.make_action(plan=renewed.plan)
            make.make_in_version(version=old, action=gone)
            make.make_in_version(version=renewed, action=gone, is_left_out=True, left_out_reason="x")
        client = as_("reviewer")
        with django_assert_num_queries(27):
            client.get(address(renewed))


class TestDeciding:
    def test_published_it_is_public_and_leaves_the_queue(self, as_: As, declaration: Declaration) -> None:
        client = as_("reviewer")
        assert "“Our declaration” is published." in plain(decide(client, declaration, "publish"))
        assert "No submission waits." in plain(client.get("/workspace/national/"))
        client.logout()
        assert "Our declaration" in plain(client.get(f"/declarations/{declaration.pk}/"))

    def test_not_by_who_submitted_it(self, as_: As, place: Place, declaration: Declaration) -> None:
        Declaration.objects.filter(pk=declaration.pk).update(submitted_by=place.people["reviewer"])
        client = as_("reviewer")
        address = f"/workspace/national/declarations/{declaration.pk}/"
        page = plain(client.get(address))
        assert "You submitted it yourself, so another national reviewer or administrator approves it." in page
        assert "Publish it now" not in page
        answer = client.post(address, {"version": declaration.version, "then": "publish"})
        assert (answer.status_code, "You submitted it yourself" in plain(answer)) == (400, True)
        declaration.refresh_from_db()
        assert declaration.state == "submitted"

    def test_a_version_supersedes_the_one_in_force(self, as_: As, version: PlanVersion) -> None:
        old = make.make_version(plan=version.plan, published_on=date(2025, 1, 1))
        assert "is published." in plain(decide(as_("reviewer"), version, "publish"))
        old.refresh_from_db()
        version.refresh_from_db()
        assert (old.superseded_on, version.published_on) == (TODAY, TODAY)

    def test_a_version_without_a_declaration_is_not_published(self, as_: As, place: Place) -> None:
        version = complete_version(
            partnership=place.partnership, area=make.make_area(name="Westshire"), declared=False, state="submitted"
        )
        client = as_("reviewer")
        assert "It can be submitted before that, but not published." in plain(client.get(address(version)))
        answer = decide(client, version, "publish")
        assert answer.status_code == 400
        assert "It cannot be published yet. No declaration is in force for: Westshire." in plain(answer)

    def test_returned_with_a_comment(self, as_: As, declaration: Declaration) -> None:
        client = as_("reviewer")
        answer = decide(client, declaration, "return", comment=" ")
        assert answer.status_code == 400
        assert "Say what must change before it can be published." in plain(answer)
        assert "is returned with your comment" in plain(decide(client, declaration, "return", comment="Who signs?"))
        assert "Who signs?" in plain(as_("coordinator").get(f"/workspace/declarations/{declaration.pk}/"))

    def test_approved_for_a_day_and_published_by_the_job(self, as_: As, declaration: Declaration) -> None:
        client = as_("reviewer")
        day = {"publish_on_0": "9", "publish_on_1": "11", "publish_on_2": "2026"}
        page = plain(decide(client, declaration, "schedule", **day))
        assert "Approved: to be published on 9 November 2026." in page
        publish_scheduled()
        declaration.refresh_from_db()
        assert declaration.state == "submitted"
        Declaration.objects.update(publish_on=TODAY)
        publish_scheduled()
        publish_scheduled()
        declaration.refresh_from_db()
        assert (declaration.state, declaration.published_on) == ("published", TODAY)

    def test_the_job_publishes_a_plan_after_its_declaration(self, as_: As, place: Place) -> None:
        area = make.make_area()
        complete_declaration(areas=[area], state="submitted", publish_on=TODAY)
        version = complete_version(area=area, declared=False, state="submitted", publish_on=TODAY)
        publish_scheduled()
        version.refresh_from_db()
        assert version.published_on == TODAY

    @pytest.mark.parametrize(
        ("day", "sentence"),
        [
            (("", "", ""), "Say on which day it is to be published."),
            (("2", "11", "2026"), "Choose a day to come, or publish it now."),
            (("x", "11", "2026"), "That is not a real date."),
        ],
    )
    def test_a_day_that_makes_no_sense(
        self, as_: As, declaration: Declaration, day: tuple[str, str, str], sentence: str
    ) -> None:
        parts = {f"publish_on_{number}": part for number, part in enumerate(day)}
        answer = decide(as_("reviewer"), declaration, "schedule", **parts)
        assert answer.status_code == 400
        assert sentence in plain(answer)

    def test_held_and_released(self, as_: As, declaration: Declaration) -> None:
        client = as_("reviewer")
        assert "Say why it is held." in plain(decide(client, declaration, "hold"))
        page = plain(decide(client, declaration, "hold", hold_reason="Council elections"))
        assert "Held since 2 November 2026. Nothing publishes it until it is released. Council elections" in page
        declaration.refresh_from_db()
        assert "It is held: release it first." in plain(decide(client, declaration, "publish"))
        assert "is no longer held" in plain(decide(client, declaration, "release"))

    def test_unscheduled(self, as_: As, declaration: Declaration) -> None:
        Declaration.objects.update(publish_on=date(2026, 12, 1))
        assert "waits for a decision again" in plain(decide(as_("reviewer"), declaration, "unschedule"))

    @pytest.mark.parametrize("kind", ["declaration", "version"])
    def test_withdrawn_with_a_reason(self, as_: As, kind: str, request: pytest.FixtureRequest) -> None:
        document = request.getfixturevalue(kind)
        client = as_("reviewer")
        decide(client, document, "publish")
        document.refresh_from_db()
        assert "Say why it is withdrawn." in plain(decide(client, document, "withdraw"))
        page = plain(decide(client, document, "withdraw", withdraw_reason="The partners left"))
        assert "is withdrawn from today on" in page
        assert "Only what is published and not yet withdrawn" in plain(
            decide(client, document, "withdraw", withdraw_reason="Again")
        )

    def test_what_changed_since_it_was_opened_is_not_published_unseen(self, as_: As, declaration: Declaration) -> None:
        Declaration.objects.update(version=2)
        answer = decide(as_("reviewer"), declaration, "publish")
        assert answer.status_code == 409
        assert "Read it again before you go on." in plain(answer)
        assert 'name="version" value="2"' in answer.content.decode()

    def test_twice_from_two_windows(self, as_: As, declaration: Declaration) -> None:
        client = as_("reviewer")
        decide(client, declaration, "publish")
        assert decide(client, declaration, "publish").status_code == 409
        declaration.refresh_from_db()
        answer = decide(client, declaration, "return", comment="Too late")
        assert "It is published already." in plain(answer)

    @pytest.mark.parametrize("then", ["", "burn"])
    def test_no_such_decision(self, as_: As, declaration: Declaration, then: str) -> None:
        answer = decide(as_("reviewer"), declaration, then)
        assert answer.status_code == 400
        assert "Choose what to do with it." in plain(answer)


class TestMap:
    def test_a_declaration_turns_its_area_amber(self, as_: As, declaration: Declaration) -> None:
        page = plain(as_("reviewer").get(address(declaration)))
        assert "What changes on the map if it is published on 2 November 2026" in page
        assert "Northshire : from Red to Amber Before: No declaration recorded. Then: Declaration made." in page

    def test_a_plan_turns_its_area_green(self, as_: As, version: PlanVersion) -> None:
        assert "Southshire : from Amber to Green" in plain(as_("reviewer").get(address(version)))

    def test_the_next_version_changes_nothing(self, as_: As, version: PlanVersion) -> None:
        make.make_version(plan=version.plan, published_on=date(2025, 1, 1))
        page = plain(as_("reviewer").get(address(version)))
        assert "Nothing: no area turns amber or green, or red, by it." in page

    def test_a_related_plan_is_not_on_the_map(self, as_: As, version: PlanVersion) -> None:
        version.plan.kind = "related"
        version.plan.save()
        assert "Nothing: no area turns" in plain(as_("reviewer").get(address(version)))

    @pytest.mark.parametrize("size", [1, 30])
    @pytest.mark.parametrize("kind", ["declaration", "version"])
    def test_queries(self, as_: As, kind: str, size: int, request: Any, django_assert_num_queries: Any) -> None:
        document = request.getfixturevalue(kind)
        for _ in range(size):
            make.cover(document if kind == "declaration" else document.plan, make.make_area())
            make.make_declaration(areas=[make.make_area()], published_on=date(2020, 1, 1))
        client = as_("reviewer")
        with django_assert_num_queries(18 if kind == "declaration" else 20):
            client.get(address(document))


class TestAccess:
    @pytest.mark.parametrize("kind", ["declaration", "version"])
    @pytest.mark.parametrize(
        ("role", "queue", "page"),
        [
            ("reviewer", 200, 200),
            ("administrator", 200, 200),
            ("coordinator", 403, 403),
            ("board member", 403, 403),
            ("lead", 403, 404),
            ("owner", 403, 404),
            ("nobody", 403, 403),
        ],
    )
    def test_who_decides(
        self, as_: As, kind: str, role: str, queue: int, page: int, request: pytest.FixtureRequest
    ) -> None:
        document = request.getfixturevalue(kind)
        client = as_(role)
        assert client.get("/workspace/national/").status_code == queue
        assert client.get(address(document)).status_code == page
        assert decide(client, document, "publish").status_code == page
        document.refresh_from_db()
        assert (document.state == "published") == (page == 200)

    def test_signed_out(self, client: Client, declaration: Declaration) -> None:
        assert client.get(address(declaration)).status_code == 302

    def test_a_draft_is_not_reviewed_yet(self, as_: As) -> None:
        assert as_("reviewer").get(address(make.make_declaration())).status_code == 403

    @pytest.mark.parametrize("method", ["put", "delete"])
    def test_wrong_method(self, as_: As, declaration: Declaration, method: str) -> None:
        client = as_("reviewer")
        assert getattr(client, method)(address(declaration)).status_code == 405
        assert client.post("/workspace/national/").status_code == 405


@pytest.mark.parametrize("then", ["return", "hold", "schedule"])
def test_what_was_typed_outlives_the_session(as_: As, declaration: Declaration, then: str) -> None:
    client = as_("reviewer")
    who = client.get(address(declaration)).content.decode().partition('name="who" value="')[2].partition('"')[0]
    typed = {"return": {"comment": "Typed"}, "hold": {"hold_reason": "Typed"}, "schedule": {"publish_on_0": "Typed"}}
    client.logout()
    decide(client, declaration, then, who=who, **typed[then])
    page = as_("reviewer").get(address(declaration))
    assert "You had been signed out." in plain(page)
    assert "Typed" in page.content.decode()
    declaration.refresh_from_db()
    assert declaration.version == 1
