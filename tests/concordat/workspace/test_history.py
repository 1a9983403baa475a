"""The history of an action: who changed what and why, for those who see its own side."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from actionplans.models import ActionInVersion, Commitment, PlanVersion, Promise
from actionplans.services.reports import return_report
from concordat.kernel.changes import create, record, revise
from concordat.workspace.kinds import KINDS
from signatories.models import Declaration, Document, Signature
from tests import factories as make
from tests.actionplans.reporting import report
from tests.concordat.workspace.conftest import NOON, TODAY, Place
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def address(place: Place) -> str:
    return f"/workspace/actions/{place.action.pk}/history/"


@pytest.fixture
def changed(place: Place) -> None:
    owner, coordinator = place.people["owner"], place.people["coordinator"]
    report(place.action, TODAY, by=owner, hand_in=False, public_text="A frist draft")
    waiting = report(place.action, TODAY, by=owner, public_text="A second nurse")
    return_report(waiting, version=waiting.version, comment="From when on?", by=coordinator)


@pytest.mark.usefixtures("changed")
def test_who_did_what(as_: As, place: Place) -> None:
    page = plain(as_("owner").get(address(place)))
    assert "2 November 2026, 12:00, by Jo coordinator." in page
    assert "A frist draft A second nurse" in page
    assert page.index("Returned") < page.index("Handed in") < page.index("Drafted") < page.index("Created")


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize("role", ["board member", "reviewer"])
def test_readers_see_no_drafts(as_: As, place: Place, role: str) -> None:
    page = plain(as_(role).get(address(place)))
    assert "From when on?" in page
    assert "A second nurse" in page
    assert "frist" not in page
    assert "Created: report" not in page


def test_readers_see_what_was_handed_in_at_once(as_: As, place: Place) -> None:
    report(place.action, TODAY, by=place.people["owner"], public_text="Two nurses")
    assert "Two nurses" in plain(as_("board member").get(address(place)))


@pytest.mark.parametrize(("role", "status"), [("lead", 200), ("administrator", 200), ("nobody", 403)])
def test_who_sees_it(as_: As, place: Place, role: str, status: int) -> None:
    assert as_(role).get(address(place)).status_code == status


@pytest.mark.parametrize("role", ["owner", "organisation_lead", "coordinator", "board_member"])
def test_not_from_elsewhere(client: Client, place: Place, role: str) -> None:
    stranger = make.make_person()
    make.make_membership(role, person=stranger)
    enter(client, stranger)
    assert client.get(address(place)).status_code == 404


def test_a_report_in_hand_is_no_readers_business_in_a_partnership_either(as_: As, place: Place) -> None:
    report(place.action, TODAY, by=place.people["owner"], hand_in=False, public_text="A frist draft")
    plan = f"/workspace/history/plans/{place.action.plan_id}/"
    assert "frist" not in plain(as_("board member").get(plan))


def test_it_is_told_in_peoples_words(as_: As, place: Place) -> None:
    owner, coordinator = place.people["owner"], place.people["coordinator"]
    document = Document(
        subject_type="actionplans.action", subject_id=place.action.pk, title="Rota", kind="file", format="pdf", size=9,
        stored_as="documents/01/secret.pdf", sha256="0" * 64, original_name="rota.pdf", uploaded_at=NOON,
        uploaded_by=owner,
    )  # fmt: skip
    create(document, by=owner)
    waiting = report(place.action, TODAY, by=owner, public_text="A second nurse")
    return_report(waiting, version=waiting.version, comment="From when on?", by=coordinator)
    page = as_("owner").get(address(place))
    words = plain(page)
    assert "Handed in: report of 2 November 2026" in words
    assert "How it stands In progress" in words
    assert "What has changed (public) A second nurse" in words
    assert "Created: document Rota" in words
    assert "Name as sent rota.pdf" in words
    assert "Waiting for acceptance Returned" in words
    told = page.content.decode().split('<ol class="govuk-list')[1].split("</ol>")[0]
    technical = ("Subject", "Stored as", "SHA-256", "Size", "(empty)", "Version", "Author", "progress update", "Action")
    assert [each for each in technical if each in told] == []
    assert told.count("<del>") == 1
    assert "No change since last time" not in told


def test_how_exactly_a_day_is_known_is_left_out_beside_it(as_: As, place: Place) -> None:
    by = place.people["coordinator"]
    said = Commitment(partnership=place.partnership, you_said="Hear us", made_on=TODAY, made_precision="by")
    create(said, by=by)
    revise(said, by=by, made_on=None, made_precision="")
    words = plain(as_("coordinator").get(f"/workspace/history/commitments/{said.pk}/"))
    assert "Made on 2 November 2026 (empty)" in words
    assert "recision" not in words
    assert "You said Hear us" in words


def test_what_only_the_program_reads_is_left_out(as_: As, place: Place) -> None:
    by = place.people["coordinator"]
    version = create(PlanVersion(plan=place.action.plan, label="Second version"), by=by)
    line = create(ActionInVersion(version=version, action=place.action, text="Two nurses"), by=by)
    record(line, "changed", by=by, fields={"proposes": ({}, {"due_on": "2027-03-31"}), "position": (0, 3)})
    declaration = create(Declaration(partnership=place.partnership, title="Ours"), by=by)
    record(declaration, "changed", by=by, fields={"sections_covered": (["A"], ["A", "B"])})
    client = as_("coordinator")
    words = plain(client.get(f"/workspace/history/versions/{version.pk}/"))
    assert "Changed: its words in a version Two nurses" in words
    assert "2027-03-31" not in words
    assert "osition" not in words
    assert "A A, B" in plain(client.get(f"/workspace/history/declarations/{declaration.pk}/"))


class TestKinds:
    """Each kind is seen by those who see its own side, with what belongs to it."""

    @pytest.fixture
    def rows(self, place: Place) -> dict[str, Any]:
        partnership, plan = place.partnership, place.action.plan
        by = place.people["coordinator"]
        make.make_member(partnership=partnership, organisation=place.police)
        declaration = create(Declaration(partnership=partnership, title="Our declaration"), by=by)
        signature = Signature(
            declaration=declaration, organisation=place.police, name_as_signed="Northshire Police", as_type="police"
        )
        create(signature, by=by, why="Signed on paper")
        version = create(PlanVersion(plan=plan, label="Second version"), by=by)
        create(ActionInVersion(version=version, action=place.action, text="Two nurses"), by=by)
        commitment = create(Commitment(partnership=partnership, you_said="Hear us"), by=by)
        create(Promise(commitment=commitment, we_will="Listen to everybody"), by=by)
        meeting = make.make_meeting(partnership=partnership, held_on=date(2026, 12, 1))
        revise(meeting, by=by, place="Town hall")
        document = make.make_document(subject=declaration)
        revise(document, by=by, title="Signed copy")
        revise(partnership, by=by, public_note="A note")
        revise(plan, by=by, title="A better plan")
        return {
            "declarations": declaration, "signatures": signature, "versions": version, "plans": plan,
            "partnerships": partnership, "commitments": commitment, "documents": document, "actions": place.action,
            "meetings": meeting,
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("kind", "told"),
        [
            ("declarations", ["Our declaration", "Why: Signed on paper", "Signed copy", "Jo coordinator"]),
            ("signatures", ["Why: Signed on paper"]),
            ("versions", ["Second version", "Two nurses"]),
            ("plans", ["A better plan", "Second version"]),
            ("partnerships", ["A note", "Hear us", "Listen to everybody"]),
            ("commitments", ["Hear us", "Listen to everybody"]),
            ("documents", ["Signed copy"]),
            ("meetings", ["Town hall"]),
            ("actions", ["No change is recorded"]),
        ],
    )
    def test_what_it_tells(self, as_: As, rows: dict[str, Any], kind: str, told: list[str]) -> None:
        page = plain(as_("board member").get(f"/workspace/history/{kind}/{rows[kind].pk}/"))
        assert [words for words in told if words not in page] == []

    @pytest.mark.parametrize("kind", KINDS)
    def test_who_sees_it(self, as_: As, client: Client, rows: dict[str, Any], kind: str) -> None:
        address = f"/workspace/history/{kind}/{rows[kind].pk}/"
        leads_too = {"declarations", "signatures", "documents", "actions"}
        expected = {"coordinator": 200, "reviewer": 200, "nobody": 403, "lead": 200 if kind in leads_too else 404}
        assert {role: as_(role).get(address).status_code for role in expected} == expected
        stranger = make.make_membership("coordinator").person
        enter(client, stranger)
        assert client.get(address).status_code == 404

    @pytest.mark.parametrize("kind", KINDS)
    def test_its_page_is_the_way_back(self, as_: As, rows: dict[str, Any], kind: str) -> None:
        back = KINDS[kind].address(rows[kind])
        assert as_("coordinator").get(back).status_code == 200

    @pytest.mark.parametrize("kind", ["declarations", "versions", "partnerships", "documents"])
    def test_its_page_leads_to_it(self, as_: As, rows: dict[str, Any], kind: str) -> None:
        page = as_("coordinator").get(KINDS[kind].address(rows[kind])).content.decode()
        assert f'href="/workspace/history/{kind}/{rows[kind].pk}/"' in page

    def test_no_such_kind(self, as_: As) -> None:
        assert as_("administrator").get("/workspace/history/secrets/1/").status_code == 404

    @pytest.mark.parametrize("size", [10, 500])
    def test_queries(self, as_: As, place: Place, size: int, django_assert_num_queries: Any) -> None:
        declaration = make.make_declaration(partnership=place.partnership)
        by = place.people["coordinator"]
        for number in range(size):
            fields = {"title": (str(number), "New"), "partnership_id": (None, place.partnership.pk)}
            record(declaration, "changed", by=by, fields=fields)
        client = as_("board member")
        with django_assert_num_queries(7):
            page = client.get(f"/workspace/history/declarations/{declaration.pk}/")
        assert plain(page).count("Changed: declaration") == min(size, 50)


@pytest.mark.parametrize("size", [1, 30])
def test_queries(as_: As, place: Place, size: int, django_assert_max_num_queries: Any) -> None:
    """At most these: a page on which nobody and no action is named needs fewer."""
    for number in range(size):
        report(place.action, date(2026, 9, 1 + number % 28), by=place.people["owner"], public_text=f"Turn {number}")
    client = as_("owner")
    with django_assert_max_num_queries(9):
        client.get(address(place))
