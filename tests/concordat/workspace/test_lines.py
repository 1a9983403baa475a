"""The pages on which a coordinator edits the actions of a draft."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from actionplans.models import Action, ActionInVersion, PlanVersion
from actionplans.services import drafting, plans
from actionplans.services.lines import leave_out
from concordat.kernel.dates import today
from concordat.kernel.passages import MARK, Sought
from concordat.traces.removing import remove_words
from tests import factories as make
from tests.concordat.workspace.conftest import Place
from tests.plain import plain

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


@pytest.fixture
def draft(place: Place) -> PlanVersion:
    make.make_member(partnership=place.partnership, organisation=place.police)
    return drafting.begin_version(place.action.plan, by="test", on=today())


@pytest.fixture
def line(draft: PlanVersion) -> ActionInVersion:
    return draft.actions.get()


def address(version: PlanVersion) -> str:
    return f"/workspace/versions/{version.pk}/actions/"


def filled(line: ActionInVersion, **differs: Any) -> dict[str, Any]:
    line.version.refresh_from_db()
    lead = line.action.leads.get().organisation_id
    same = {"reference": line.reference, "text": line.text, "version": line.version.version, "lead": lead}
    return same | {"precision": "day"} | differs


def send(client: Client, line: ActionInVersion, **differs: Any) -> Any:
    return client.post(f"{address(line.version)}{line.pk}/", filled(line, **differs), follow=True)


def due(day: int, month: int, year: int) -> dict[str, str]:
    return {"due_on_0": str(day), "due_on_1": str(month), "due_on_2": str(year)}


def test_one_that_was_left_out_has_no_place_to_move_to(as_: As, line: ActionInVersion) -> None:
    leave_out(line, seen=line.version.version, by="test", reason="Done elsewhere")
    line.version.refresh_from_db()
    for way in ("up", "down"):
        sent = {way: str(line.pk), "version": line.version.version}
        page = plain(as_("coordinator").post(address(line.version), sent, follow=True))
        assert "is left out of this version, so it has no place in it. Take it in first." in page


class TestList:
    def test_by_section_in_the_order_of_the_template(self, as_: As, draft: PlanVersion) -> None:
        for title, position in (("Urgent help", 2), ("Before a crisis", 1)):
            section = make.make_section(title=title, position=position, code=str(position))
            make.make_in_version(
                version=draft, section=section, action=make.make_action(plan=draft.plan, reference=title)
            )
        page = plain(as_("coordinator").get(address(draft)))
        assert "3 actions in this version, 0 left out of it." in page
        assert page.index("1 Before a crisis") < page.index("2 Urgent help") < page.index("Other actions")

    def test_left_out_with_a_reason_and_taken_in_again(self, as_: As, line: ActionInVersion) -> None:
        client, why = as_("coordinator"), {"version": 1, "reason": "The trust’s own plan has it"}
        page = plain(client.post(address(line.version), {"out": line.pk, "version": 1}, follow=True))
        assert "This action is open. If it is not going ahead" in page
        assert line.version.actions.exists()
        page = plain(client.post(f"{address(line.version)}{line.pk}/leave-out/", why, follow=True))
        assert "is left out of this version. You can take it in again." in page
        assert "It has no action yet." in page
        page = plain(client.get(f"{address(line.version)}left-out/"))
        assert "Mental health nurse" in page
        assert "Why it is left out (public once the version is published): The trust’s own plan has it" in page
        page = plain(client.post(address(line.version), {"in": line.pk, "version": 2}, follow=True))
        assert "is in this version again." in page
        assert line.version.actions.get() == line

    def test_moved(self, as_: As, line: ActionInVersion) -> None:
        make.make_in_version(
            version=line.version, position=5, action=make.make_action(plan=line.action.plan, reference="B2")
        )
        client = as_("coordinator")
        page = plain(client.post(address(line.version), {"down": line.pk, "version": 1}, follow=True))
        assert "is one place further down." in page
        assert page.index("B2") < page.rindex("B1")
        page = plain(client.post(address(line.version), {"down": line.pk, "version": 2}, follow=True))
        assert "It is the last of its section already." in page

    def test_without_a_reason_it_stays(self, as_: As, line: ActionInVersion) -> None:
        answer = as_("coordinator").post(f"{address(line.version)}{line.pk}/leave-out/", {"version": 1, "reason": " "})
        assert answer.status_code == 400
        assert "Say why it is left out." in plain(answer)
        assert line.version.actions.exists()

    def test_the_reason_of_the_second_of_two_is_not_lost(self, as_: As, line: ActionInVersion) -> None:
        there, why = f"{address(line.version)}{line.pk}/leave-out/", {"version": 9, "reason": "The trust has it"}
        answer = as_("coordinator").post(there, why)
        assert answer.status_code == 409
        assert "The trust has it" in plain(answer)
        assert line.version.actions.exists()

    def test_one_that_is_done_says_what_is_lost(self, as_: As, line: ActionInVersion) -> None:
        make.make_update(action=line.action, status="completed", reported_on=date(2026, 5, 1))
        page = plain(as_("coordinator").get(f"{address(line.version)}{line.pk}/leave-out/"))
        assert "This action is done. If you leave it out, it no longer counts as done in this plan." in page

    def test_a_new_one_is_left_out_at_once(self, as_: As, line: ActionInVersion) -> None:
        new = make.make_in_version(version=line.version, action=make.make_action(plan=line.action.plan, text="New"))
        page = plain(as_("coordinator").post(address(line.version), {"out": new.pk, "version": 1}, follow=True))
        assert "is left out of this version. You can take it in again." in page
        assert list(line.version.actions.all()) == [line]

    def test_with_an_older_page_nothing_happens(self, as_: As, line: ActionInVersion) -> None:
        new = make.make_in_version(version=line.version, action=make.make_action(plan=line.action.plan))
        page = plain(as_("coordinator").post(address(line.version), {"out": new.pk, "version": 9}, follow=True))
        assert "Somebody else has changed this since you opened it." in page
        assert line.version.actions.count() == 2

    def test_of_another_version_it_is_not_found(self, as_: As, line: ActionInVersion) -> None:
        other = make.make_in_version()
        assert as_("coordinator").post(address(line.version), {"out": other.pk, "version": 1}).status_code == 404
        assert as_("coordinator").get(f"{address(line.version)}{other.pk}/").status_code == 404

    def test_a_reader_sees_them_without_buttons(self, as_: As, line: ActionInVersion) -> None:
        answer = as_("board member").get(address(line.version))
        assert "Mental health nurse" in plain(answer)
        assert "Leave it out" not in plain(answer)
        assert as_("board member").post(address(line.version), {"out": line.pk, "version": 1}).status_code == 403
        assert line.version.actions.exists()

    @pytest.mark.parametrize("size", [10, 500])
    @pytest.mark.parametrize("which", ["", "left-out/"])
    def test_queries(self, as_: As, draft: PlanVersion, size: int, which: str, django_assert_num_queries: Any) -> None:
        for number in range(size):
            action = make.make_action(plan=draft.plan)
            proposes = {"themes": [1], "leads": [["lead", 1, ""]]}
            make.make_in_version(
                version=draft, action=action, position=number, is_left_out=bool(which), proposes=proposes
            )
        client = as_("coordinator")
        with django_assert_num_queries(9 if which else 8):
            client.get(f"{address(draft)}{which}")


class TestEditing:
    def test_it_is_in_the_draft_and_not_in_public(self, as_: As, line: ActionInVersion) -> None:
        council = make.make_organisation(name="Northshire Council")
        make.make_member(partnership=line.version.plan.partnership, organisation=council)
        theme = make.make_theme(name="Street triage")
        page = send(
            as_("coordinator"), line, text="Two nurses", outcome="Help at once", themes=[theme.pk], must_do="on",
            joint=[council.pk], others="Carers\n Voices of Northshire ", timescale_text="by June", **due(30, 6, 2027),
            precision="month", date_reason="No day was set", footprint="Hull",
        )  # fmt: skip
        assert "“B1 Two nurses” is saved." in plain(page)
        assert "When: by June ." in plain(page)
        read = plain(as_("board member").get(address(line.version)))
        for words in ("Due: 30 June 2027", "Why the date moves: No day was set", "What will be better: Help at once",
                      "Jointly led by Northshire Council; Working with Carers", "Themes: Street triage"):  # fmt: skip
            assert words in read
        public = plain(Client().get(f"/actions/{line.action_id}/"))
        assert "Mental health nurse in the control room" in public
        for words in ("Two nurses", "Help at once", "Street triage", "Northshire Council", "Carers", "June", "Hull"):
            assert words not in public
        shown = as_("coordinator").get(f"{address(line.version)}{line.pk}/").content.decode()
        assert "Carers\nVoices of Northshire" in shown
        for words in ("Two nurses", "Help at once", 'value="2027"', "No day was set"):
            assert words in shown

    def test_after_its_publication_everybody_reads_it(self, as_: As, line: ActionInVersion) -> None:
        area = make.make_area()
        make.cover(line.action.plan, area)
        make.make_declaration(areas=[area], published_on=date(2020, 1, 1))
        send(as_("coordinator"), line, text="Two nurses", outcome="Help at once", timescale_text="by June",
             **due(30, 6, 2027), precision="month", date_reason="No day was set")  # fmt: skip
        plans.publish_version(PlanVersion.objects.get(pk=line.version_id), on=today(), by="test")
        public = plain(Client().get(f"/actions/{line.action_id}/"))
        for words in ("Two nurses", "Help at once", "30 June 2027", "No day was set"):
            assert words in public

    @pytest.mark.parametrize(
        ("differs", "sentence"),
        [
            ({"text": ""}, "Say what will be done."),
            ({"reference": "C9"}, "Another action of this version has the reference C9."),
            (due(31, 2, 2027), "That is not a real date."),
            (due(30, 6, 2027), "Say why the date moves: people have read the old one."),
            ({"lead_text": "Somebody"}, "Choose an organisation, or write who leads it. Not both."),
            ({"lead": "999999"}, "Select a valid choice."),
            ({"others": "x" * 201}, "in 200 characters or fewer"),
            ({"text": "x\u202ey"}, "marks that turn the direction"),
        ],
        ids=str,
    )
    def test_bad_input(self, as_: As, line: ActionInVersion, differs: dict[str, str], sentence: str) -> None:
        other = make.make_action(plan=line.action.plan, reference="C9")
        make.make_in_version(version=line.version, action=other)
        answer = send(as_("coordinator"), line, **({"outcome": "Typed words"} | differs))
        assert answer.status_code == 400
        assert sentence in plain(answer)
        assert "Typed words" in answer.content.decode()
        line.refresh_from_db()
        assert (line.reference, line.proposes) == ("B1", {})

    def test_an_organisation_has_one_part_in_it(self, as_: As, line: ActionInVersion) -> None:
        lead = line.action.leads.get().organisation_id
        answer = send(as_("coordinator"), line, joint=[lead])
        assert "An organisation leads the action, leads it jointly, or works with those who do." in plain(answer)
        answer = send(as_("coordinator"), line, working_with=[lead])
        assert "does not also work with itself" in plain(answer)

    def test_the_second_of_two_sees_both(self, as_: As, line: ActionInVersion) -> None:
        client, older = as_("coordinator"), filled(line)
        send(client, line, text="Hers")
        answer = client.post(f"{address(line.version)}{line.pk}/", older | {"text": "His", "outcome": "Typed words"})
        assert answer.status_code == 409
        page = plain(answer)
        assert "What will be done? Hers His" in page
        assert "What will be better for people? (optional) – Typed words" in page
        again = send(client, line, text="His", outcome="Typed words")
        assert "is saved" in plain(again)

    def test_whoever_changed_another_action_is_in_nobodys_way(self, as_: As, line: ActionInVersion) -> None:
        other = make.make_in_version(
            version=line.version, action=make.make_action(plan=line.action.plan, reference="B2")
        )
        make.make_lead(action=other.action)
        client = as_("coordinator")
        opened = client.get(f"{address(line.version)}{line.pk}/").context["form"]["opened"].value()
        older = filled(line, text="Mine", opened=opened)
        send(client, other, text="Hers")
        assert "“B1 Mine” is saved." in plain(client.post(f"{address(line.version)}{line.pk}/", older, follow=True))
        answer = client.post(f"{address(line.version)}{line.pk}/", older | {"text": "Mine again"})
        assert answer.status_code == 409
        assert sorted(line.version.actions.values_list("text", flat=True)) == ["Hers", "Mine"]

    def opened(self, client: Client, line: ActionInVersion) -> dict[str, Any]:
        """All that the form shows, as a browser sends it."""
        form = client.get(f"{address(line.version)}{line.pk}/").context["form"]
        return filled(line, opened=form["opened"].value(), outcome=form["outcome"].value() or "")

    def test_personal_data_removed_meanwhile_do_not_come_back_unseen(
        self, as_: As, place: Place, line: ActionInVersion
    ) -> None:
        Action.objects.filter(pk=line.action_id).update(outcome="Call Jane Bloggs")
        client = as_("coordinator")
        sent = self.opened(client, line) | {"text": "Two nurses"}
        why = {"category": "person", "reason": "Asked for", "by": place.people["administrator"]}
        remove_words(Sought("Jane Bloggs"), line.action, now=make.noon(today()), **why)
        answer = client.post(f"{address(line.version)}{line.pk}/", sent)
        assert answer.status_code == 409
        assert f"What will be better for people? (optional) Call {MARK} Call Jane Bloggs" in plain(answer)
        line.refresh_from_db()
        assert (line.text, line.proposes) == ("Mental health nurse in the control room", {})
        page = self.opened(client, line) | {"text": "Two nurses"}
        assert "“B1 Two nurses” is saved." in plain(
            client.post(f"{address(line.version)}{line.pk}/", page, follow=True)
        )
        line.refresh_from_db()
        assert (line.text, line.proposes) == ("Two nurses", {})

    @pytest.mark.parametrize("changed", ["outcome", "must_do", "footprint", "themes", "leads", "day"])
    def test_what_others_change_of_the_action_is_shown_beside(
        self, as_: As, line: ActionInVersion, changed: str
    ) -> None:
        client, action = as_("coordinator"), line.action
        sent = self.opened(client, line) | {"text": "Two nurses"}
        if changed == "themes":
            action.themes.add(make.make_theme(name="Street triage"))
        elif changed == "leads":
            make.make_lead(action=action, role="joint")
        elif changed == "day":
            sent |= {"date_reason": "The money comes later"}
            make.make_date_change(action=action, decided_on=today(), due_on=date(2027, 6, 30))
        else:
            Action.objects.filter(pk=action.pk).update(**{changed: True if changed == "must_do" else "Corrected"})
        answer = client.post(f"{address(line.version)}{line.pk}/", sent)
        assert answer.status_code == 409
        assert "Two nurses" in answer.content.decode()
        line.refresh_from_db()
        assert line.text == "Mental health nurse in the control room"
        again = {name: answer.context["form"][name].value() for name in ("version", "opened")}
        saved = client.post(f"{address(line.version)}{line.pk}/", sent | again, follow=True)
        assert "“B1 Two nurses” is saved." in plain(saved)

    def test_what_was_typed_outlives_the_session(self, as_: As, line: ActionInVersion) -> None:
        there = f"{address(line.version)}{line.pk}/"
        client = as_("coordinator")
        who = client.get(there).context["who"]
        client.logout()
        client.post(there, filled(line, text="Typed before", who=who))
        again = as_("coordinator").get(there)
        assert "You had been signed out." in plain(again)
        assert "Typed before" in again.content.decode()

    def test_one_that_mirrors_another_plan_keeps_its_days_there(self, as_: As, line: ActionInVersion) -> None:
        line.action.mirrors = make.make_action(due_on=date(2027, 1, 1))
        line.action.save()
        there = f"{address(line.version)}{line.pk}/"
        assert "The last day of that time" not in plain(as_("coordinator").get(there))
        page = as_("coordinator").post(there, {"text": "Ours", "version": 1, "outcome": "Better"}, follow=True)
        assert "“Ours” is saved." in plain(page)
        line.refresh_from_db()
        assert line.proposes == {"outcome": "Better"}

    def test_a_submitted_version_leads_back(self, as_: As, line: ActionInVersion) -> None:
        PlanVersion.objects.filter(pk=line.version_id).update(state="submitted", submitted_at=make.noon(today()))
        page = as_("coordinator").get(f"{address(line.version)}{line.pk}/", follow=True)
        assert "It is with the national reviewers. Take it back to change it." in plain(page)
        answer = send(as_("coordinator"), line, text="Two nurses")
        assert answer.status_code == 400
        assert "Take it back to change it." in plain(answer)


class TestAdding:
    def test_added_at_the_end(self, as_: As, line: ActionInVersion) -> None:
        data = {
            "text": "A crisis café",
            "reference": "B2",
            "version": 1,
            "timescale_text": "ongoing",
            "lead_text": "All",
        }
        page = plain(as_("coordinator").post(f"{address(line.version)}new/", data, follow=True))
        assert "“B2 A crisis café” is added." in page
        assert "2 actions in this version" in page
        new = line.version.actions.get(reference="B2")
        assert new.proposes["leads"] == [["lead", None, "All"]]
        assert Client().get(f"/actions/{new.action_id}/").status_code == 404

    def test_its_reference_is_free(self, as_: As, line: ActionInVersion) -> None:
        data = {"text": "A crisis café", "reference": "B1", "version": 1}
        answer = as_("coordinator").post(f"{address(line.version)}new/", data)
        assert answer.status_code == 400
        assert "Another action of this version has the reference B1." in plain(answer)
        assert line.version.actions.count() == 1

    def test_the_number_of_one_left_out_is_free(self, as_: As, line: ActionInVersion) -> None:
        leave_out(line, seen=1, reason="x", by="test")
        data = {"text": "A crisis café", "reference": "B1", "version": 2}
        assert "is added" in plain(as_("coordinator").post(f"{address(line.version)}new/", data, follow=True))
