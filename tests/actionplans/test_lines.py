"""The actions of a draft, and what its publication makes of them."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.comparing import compare_versions
from actionplans.models import Action, ActionInVersion, PlanVersion
from actionplans.progress import Thresholds
from actionplans.proposals import mark_of, proposed, standing
from actionplans.reading import actions_on, leads_on
from actionplans.services import drafting, lines, plans
from actionplans.services.updates import move_date
from actionplans.timescale import Kind, TimePrecision, Timescale
from concordat.kernel.models import Change
from signatories.checklist import lacking
from signatories.services.errors import FasterError, NotAllowedError
from tests import factories as make

pytestmark = pytest.mark.django_db
BY, BEGAN, ON, ENDS = "test", date(2026, 1, 5), date(2026, 11, 2), date(2027, 1, 1)
POLICE, COUNCIL = "Northshire Police", "Northshire Council"


@pytest.fixture
def action() -> Action:
    """Of a related plan in force, which needs no declaration; led by the police, due on 30 June 2027."""
    plan = make.make_plan(kind="related", areas=[make.make_area()])
    action = make.make_action(
        plan=plan, reference="A1", text="A nurse in the control room", timescale_text="by June 2027",
        due_on=date(2027, 6, 30), timescale_precision="month", timescale_kind="month", outcome="Help sooner",
    )  # fmt: skip
    version = make.make_version(plan=plan, label="Version 1", published_on=BEGAN)
    make.make_in_version(version=version, action=action, timescale_text="by June 2027")
    make.make_lead(action=action, organisation=make.make_organisation(name=POLICE), text="The police")
    return action


@pytest.fixture
def line(action: Action) -> ActionInVersion:
    """The action in the draft of the next version."""
    return drafting.begin_version(action.plan, by=BY, on=ON).actions.get()


def values(line: ActionInVersion, **differs: Any) -> dict[str, Any]:
    """What a form sends that changes nothing but what is said."""
    same = {name: getattr(line, name) for name in lines.WORDS}
    return {**same, **proposed(line, ON), **differs}


def save(line: ActionInVersion, **differs: Any) -> ActionInVersion:
    line.version.refresh_from_db()
    return lines.save_action(line, values(line, **differs), seen=line.version.version, by=BY, on=ON)


def publish(line: ActionInVersion, on: date = ON) -> Action:
    plans.publish_version(PlanVersion.objects.get(pk=line.version_id), on=on, by=BY)
    return Action.objects.get(pk=line.action_id)


def timescale(text: str, due_on: str = "", precision: str = "") -> dict[str, str]:
    return {"text": text, "due_on": due_on, "precision": precision}


class TestSaving:
    def test_what_is_not_changed_is_not_proposed(self, line: ActionInVersion) -> None:
        save(line)
        assert line.proposes == {}
        save(line, outcome="Help at once")
        assert line.proposes == {"outcome": "Help at once"}
        save(line, outcome="Help sooner")
        assert line.proposes == {}

    def test_the_line_says_what_it_proposes_for_outcome_measure_and_place(self, line: ActionInVersion) -> None:
        published = ActionInVersion.objects.get(action=line.action_id, version__published_on=BEGAN)
        save(line, outcome="Help at once", outcome_measure="9 in 10", footprint="Hull")
        for row, says in ((line, ("Help at once", "9 in 10", "Hull")), (published, ("Help sooner", "", ""))):
            row.refresh_from_db()
            assert (row.outcome, row.outcome_measure, row.footprint) == says
        save(line, outcome="Help sooner", outcome_measure="", footprint="")
        line.refresh_from_db()
        assert (line.outcome, line.outcome_measure, line.footprint, line.proposes) == ("Help sooner", "", "", {})

    def test_what_a_form_showed_and_is_otherwise_now_is_not_written_over(self, line: ActionInVersion) -> None:
        shown, mark = values(line, text="Two nurses"), mark_of(line, standing(line.action, ON))
        Action.objects.filter(pk=line.action_id).update(outcome="Corrected")
        with pytest.raises(FasterError):
            lines.save_action(line, shown, seen=1, by=BY, on=ON, opened=mark)
        line.refresh_from_db()
        assert (line.text, line.proposes, line.version.version) == ("A nurse in the control room", {}, 1)
        mark = mark_of(line, standing(line.action, ON))
        lines.save_action(line, values(line, text="Two nurses"), seen=1, by=BY, on=ON, opened=mark)
        assert (line.text, line.outcome, line.proposes) == ("Two nurses", "Corrected", {})

    def test_nothing_of_the_action_changes(self, line: ActionInVersion, action: Action) -> None:
        before = Action.objects.values().get(pk=action.pk)
        theme = make.make_theme()
        save(line, text="Two nurses", outcome="Help at once", must_do=True, themes=[theme.pk],
             leads=[["all", None, "All"]], timescale=timescale("by July", "2027-07-31", "month"),
             date_reason="Late")  # fmt: skip
        assert Action.objects.values().get(pk=action.pk) == before
        assert not action.themes.exists()
        assert action.leads.get().until_on is None
        assert not action.date_changes.exists()

    def test_a_day_that_was_published_moves_with_a_reason(self, line: ActionInVersion) -> None:
        later = timescale("by July 2027", "2027-07-31", "month")
        with pytest.raises(lines.ReasonMissingError, match="Say why the date moves"):
            save(line, timescale=later)
        line.refresh_from_db()
        assert (line.proposes, line.timescale_text) == ({}, "by June 2027")
        save(line, timescale=later, date_reason="The money comes later")
        assert line.proposes == {"timescale": later, "date_reason": "The money comes later"}
        assert line.timescale_text == "by July 2027"

    def test_the_second_of_two_changes_nothing(self, line: ActionInVersion) -> None:
        save(line, text="Hers")
        with pytest.raises(FasterError):
            lines.save_action(line, values(line, text="His"), seen=1, by=BY, on=ON)
        line.refresh_from_db()
        assert line.text == "Hers"

    def test_a_reference_is_once_in_a_version(self, line: ActionInVersion) -> None:
        other = make.make_in_version(
            version=line.version, action=make.make_action(plan=line.action.plan, reference="B1")
        )
        with pytest.raises(lines.ReferenceTakenError, match="has the reference A1"):
            save(other, reference="A1")
        other.refresh_from_db()
        assert other.reference == "B1"

    def test_only_a_draft(self, line: ActionInVersion) -> None:
        PlanVersion.objects.filter(pk=line.version_id).update(state="submitted", submitted_at=make.noon(ON))
        with pytest.raises(NotAllowedError, match="Take it back"):
            save(line, text="Other words")

    def test_the_history_tells_who_said_what(self, line: ActionInVersion) -> None:
        save(line, text="Two nurses")
        change = Change.objects.about(line).get(verb="drafted")
        assert change.fields == {"text": ["A nurse in the control room", "Two nurses"]}


class TestAdding:
    def new(self, version: PlanVersion, **differs: Any) -> ActionInVersion:
        words = {"reference": "B1", "section": None, "section_text": "", "text": "A crisis café"}
        rest = {"timescale": timescale("by May", "2027-05-31", "month"), "date_reason": ""}
        return lines.add_action(version, words | rest | differs, seen=version.version, by=BY, on=ON)

    def test_it_stands_last_and_nobody_finds_it(self, line: ActionInVersion) -> None:
        line.version.refresh_from_db()
        new = self.new(line.version, outcome="A place to go")
        assert [each.reference for each in line.version.actions.all()] == ["A1", "B1"]
        assert not new.action.has_page
        assert new.proposes == {
            "outcome": "A place to go",
            "timescale": {"text": "by May", "due_on": "2027-05-31", "precision": "month"},
        }

    def test_published_it_has_its_first_day(self, line: ActionInVersion) -> None:
        line.version.refresh_from_db()
        action = publish(self.new(line.version, outcome="A place to go"))
        assert (action.due_on, action.timescale_text, action.outcome) == (date(2027, 5, 31), "by May", "A place to go")
        assert not action.date_changes.exists()

    def test_its_reference_is_its_own(self, line: ActionInVersion) -> None:
        line.version.refresh_from_db()
        with pytest.raises(lines.ReferenceTakenError):
            self.new(line.version, reference="A1")
        assert Action.objects.count() == 1


class TestLeavingOut:
    def test_it_is_out_and_in_again(self, line: ActionInVersion) -> None:
        lines.leave_out(line, seen=1, reason="Another plan has it", by=BY)
        assert not line.version.actions.exists()
        assert ActionInVersion.every.filter(pk=line.pk).exists()
        lines.take_in(line, seen=2, by=BY)
        assert line.version.actions.get() == line

    @pytest.mark.parametrize("reason", ["", " \n"])
    def test_what_people_have_read_needs_a_reason(self, line: ActionInVersion, reason: str) -> None:
        with pytest.raises(lines.WhyLeftOutError, match="Say why it is left out"):
            lines.leave_out(line, seen=1, reason=reason, by=BY)
        line.refresh_from_db()
        assert (line.is_left_out, PlanVersion.objects.get(pk=line.version_id).version) == (False, 1)

    def test_the_reason_stays_until_it_is_taken_in_again(self, line: ActionInVersion) -> None:
        lines.leave_out(line, seen=1, reason=" Another plan has it ", by=BY)
        line = ActionInVersion.every.get(pk=line.pk)
        assert line.left_out_reason == "Another plan has it"
        assert Change.objects.about(line).get(verb="left out").why == "Another plan has it"
        lines.take_in(line, seen=2, by=BY)
        assert line.version.actions.get().left_out_reason == ""

    def test_what_nobody_has_read_needs_none(self, line: ActionInVersion) -> None:
        new = make.make_in_version(version=line.version, action=make.make_action(plan=line.action.plan))
        lines.leave_out(new, seen=1, reason="A slip", by=BY)
        new = ActionInVersion.every.get(pk=new.pk)
        assert (new.is_left_out, new.left_out_reason) == (True, "")
        assert lacking(plans.checklist_of(new.version, on=ON)).count("left out") == 0

    def test_left_out_without_a_word_it_is_not_submitted(self, line: ActionInVersion) -> None:
        """As a plan file may leave it out, or an older draft."""
        ActionInVersion.every.filter(pk=line.pk).update(is_left_out=True)
        said = lacking(plans.checklist_of(line.version, on=ON), submitting=True)
        assert "Say why these are left out, or take them in again: A1 A nurse in the control room." in said
        ActionInVersion.every.filter(pk=line.pk).update(left_out_reason="Another plan has it")
        assert "left out" not in lacking(plans.checklist_of(line.version, on=ON), submitting=True)

    def test_its_reference_may_be_taken_meanwhile(self, line: ActionInVersion) -> None:
        lines.leave_out(line, seen=1, reason="Another plan has it", by=BY)
        make.make_in_version(version=line.version, action=make.make_action(plan=line.action.plan, reference="A1"))
        with pytest.raises(lines.ReferenceTakenError):
            lines.take_in(line, seen=2, by=BY)

    def test_left_out_it_does_not_stand_in_what_is_published(self, line: ActionInVersion, action: Action) -> None:
        lines.leave_out(line, seen=1, reason="Another plan has it", by=BY)
        line.proposes = {"outcome": "Never"}
        line.save()
        assert publish(line).outcome == "Help sooner"
        assert not PlanVersion.objects.get(pk=line.version_id).actions.exists()


class TestMoving:
    @pytest.fixture
    def draft(self) -> PlanVersion:
        draft, section = make.make_version(), make.make_section()
        for reference, under in (("A1", section), ("B1", None), ("A2", section), ("A3", section)):
            action = make.make_action(plan=draft.plan, reference=reference)
            make.make_in_version(version=draft, action=action, section=under)
        return draft

    def order(self, draft: PlanVersion) -> list[str]:
        return list(draft.actions.order_by("position", "pk").values_list("reference", flat=True))

    def test_within_its_section(self, draft: PlanVersion) -> None:
        lines.move(draft.actions.get(reference="A2"), up=True, seen=1, by=BY)
        assert self.order(draft) == ["A2", "B1", "A1", "A3"]
        lines.move(draft.actions.get(reference="A2"), up=False, seen=2, by=BY)
        assert self.order(draft) == ["A1", "B1", "A2", "A3"]

    @pytest.mark.parametrize(
        ("reference", "up", "end"), [("A1", True, "first"), ("A3", False, "last"), ("B1", True, "first")]
    )
    def test_not_out_of_it(self, draft: PlanVersion, reference: str, up: bool, end: str) -> None:
        with pytest.raises(NotAllowedError, match=f"the {end} of its section"):
            lines.move(draft.actions.get(reference=reference), up=up, seen=1, by=BY)
        draft.refresh_from_db()
        assert (self.order(draft), draft.version) == (["A1", "B1", "A2", "A3"], 1)


class TestPublishing:
    def test_words_and_what_is_proposed_hold_from_that_day(self, line: ActionInVersion) -> None:
        theme = make.make_theme()
        save(line, reference="A1.1", text="Two nurses", outcome="Help at once", footprint="Hull", themes=[theme.pk])
        action = publish(line)
        assert (action.reference, action.text, action.outcome) == ("A1.1", "Two nurses", "Help at once")
        assert (action.footprint, list(action.themes.all())) == ("Hull", [theme])
        told = Change.objects.about(action).get(fields__has_key="text")
        assert told.fields["text"] == ["A nurse in the control room", "Two nurses"]
        assert "Version 2" in told.why

    def test_what_was_published_before_keeps_its_outcome_measure_and_place(self, line: ActionInVersion) -> None:
        before = line.action.in_versions.get(version__published_on=BEGAN).version
        save(line, outcome="Help at once", outcome_measure="9 in 10", footprint="Hull")
        publish(line)
        then, now = (actions_on([each.pk], ON, Thresholds())[0] for each in (before, line.version))
        assert (then.outcome, then.outcome_measure, then.footprint) == ("Help sooner", "", "")
        assert (now.outcome, now.outcome_measure, now.footprint) == ("Help at once", "9 in 10", "Hull")
        found = compare_versions(before, line.version, Thresholds(), ON)
        assert [words[1:] for words in found.reworded[0].words] == [
            ("Help sooner", "Help at once"), ("", "9 in 10"), ("", "Hull"),
        ]  # fmt: skip

    def test_published_late_it_has_its_own_outcome(self, line: ActionInVersion) -> None:
        save(line, outcome="Help at all")
        assert publish(line, on=date(2025, 1, 1)).outcome == "Help sooner"
        [late] = actions_on([line.version_id], date(2025, 1, 1), Thresholds())
        assert late.outcome == "Help at all"

    def test_the_day_moves_and_keeps_the_old_one(self, line: ActionInVersion) -> None:
        save(line, timescale=timescale("by July 2027", "2027-07-31", "month"), date_reason="The money comes later")
        move = publish(line).date_changes.get()
        assert (move.old_due_on, move.due_on, move.decided_on) == (date(2027, 6, 30), date(2027, 7, 31), ON)
        assert (move.timescale_text, move.timescale_kind, move.reason) == (
            "by July 2027",
            "month",
            "The money comes later",
        )

    def test_a_day_that_moved_meanwhile_stays_where_the_draft_says_nothing(self, line: ActionInVersion) -> None:
        save(line, text="Two nurses")
        to = Timescale("by May", Kind.DATE, None, date(2028, 5, 1), TimePrecision.DAY)
        move_date(line.action, to=to, decided_on=ON, reason="Late", by=BY)
        assert publish(line).date_changes.get().due_on == date(2028, 5, 1)

    def test_other_words_for_the_same_day_move_nothing(self, line: ActionInVersion) -> None:
        save(line, timescale=timescale("summer 2027", "2027-06-30", "month"))
        action = publish(line)
        assert (action.timescale_text, action.due_on) == ("summer 2027", date(2027, 6, 30))
        assert not action.date_changes.exists()

    def test_other_words_for_a_day_that_moved_meanwhile_move_nothing_back(self, line: ActionInVersion) -> None:
        save(line, timescale=timescale("end of June 2027", "2027-06-30", "month"))
        to = Timescale("by December 2027", Kind.MONTH, None, date(2027, 12, 31), TimePrecision.MONTH)
        move_date(line.action, to=to, decided_on=ON, reason="The board agreed", by=BY)
        line.refresh_from_db()
        assert proposed(line, ON)["timescale"] == timescale("by December 2027", "2027-12-31", "month")
        move = publish(line).date_changes.get()
        assert (move.due_on, move.timescale_text, move.reason) == (
            date(2027, 12, 31),
            "by December 2027",
            "The board agreed",
        )

    def test_of_what_it_is_the_last_day(self, line: ActionInVersion) -> None:
        save(line, timescale=timescale("by June 2027", "2027-06-30", "quarter"))
        action = publish(line)
        assert (action.timescale_precision, action.timescale_kind) == ("quarter", "quarter")
        assert not action.date_changes.exists()

    def test_themes_that_others_add_meanwhile_stay(self, line: ActionInVersion) -> None:
        old, kept, new, theirs = (make.make_theme() for _ in range(4))
        line.action.themes.set([old, kept])
        save(line, themes=sorted([kept.pk, new.pk]))
        line.action.themes.add(theirs)
        assert set(publish(line).themes.all()) == {kept, new, theirs}

    def test_a_must_do_is_one_from_that_day_on(self, line: ActionInVersion, action: Action) -> None:
        save(line, must_do=True)
        publish(line)
        draft = drafting.begin_version(action.plan, by=BY, on=date(2026, 11, 9)).actions.get()
        save(draft, must_do=False)
        publish(draft, on=date(2026, 11, 9))
        action.refresh_from_db()
        assert not action.must_do
        assert list(action.earlier_must_dos.values_list("must_do", "from_on", "until_on")) == [
            (False, None, ON),
            (True, ON, date(2026, 11, 9)),
        ]

    def test_of_two_publications_of_a_day_the_last_says_whether_it_is_a_must_do(self, line: ActionInVersion) -> None:
        for must_do in (True, False, True):
            save(line, must_do=must_do)
            action = publish(line)
            assert action.must_do is must_do
            assert action.earlier_must_dos.get().until_on == ON
            line = drafting.begin_version(action.plan, by=BY, on=ON).actions.get()

    def test_who_leads_changes_on_that_day(self, line: ActionInVersion) -> None:
        council = make.make_organisation(name=COUNCIL)
        save(line, leads=[["lead", council.pk, ""], ["working_with", None, "Carers"]])
        action = publish(line)
        old, new, others = action.leads.order_by("pk")
        assert (old.organisation.name, old.until_on, old.text) == (POLICE, ON, "The police")
        assert (new.organisation.name, new.role, new.from_on) == (COUNCIL, "lead", ON)
        assert (others.text, others.role) == ("Carers", "working_with")
        assert Change.objects.about(old).get().verb == "ended"

    def test_who_has_no_role_with_the_new_lead_hands_it_back(self, line: ActionInVersion) -> None:
        police, council = line.action.leads.get().organisation, make.make_organisation(name=COUNCIL)
        owner, stays = (make.make_owner(action=line.action, from_on=BEGAN) for _ in range(2))
        make.make_membership("owner", person=owner.person, organisation=police)
        make.make_membership("owner", person=stays.person, organisation=council)
        save(line, leads=[["lead", council.pk, ""]])
        publish(line)
        assert list(line.action.owners.filter(until_on=None)) == [stays]
        assert "Led by others" in Change.objects.about(owner).get().why

    def test_a_lead_of_the_same_day_held_on_no_day(self, line: ActionInVersion) -> None:
        line.action.leads.update(from_on=ON)
        save(line, leads=[])
        action = publish(line)
        assert action.leads.get().until_on == ON
        assert leads_on([action.pk], ON) == {}

    def test_several_publications_on_one_day_leave_one_lead(self, line: ActionInVersion) -> None:
        police = line.action.leads.get().organisation
        council = make.make_organisation(name=COUNCIL)
        for who in (council, police, council):
            save(line, leads=[["lead", who.pk, ""]])
            action = publish(line)
            for on in (ON, date(2026, 11, 3)):
                assert [lead.name for lead in leads_on([action.pk], on)[action.pk]] == [who.name]
            line = drafting.begin_version(action.plan, by=BY, on=ON).actions.get()
        assert [lead.name for lead in leads_on([action.pk], date(2026, 11, 1))[action.pk]] == [POLICE]

    def who(self, action: Action, on: date) -> list[tuple[str, str]]:
        return [(lead.role, lead.name) for lead in leads_on([action.pk], on).get(action.pk, ())]

    def test_a_lead_with_a_planned_end_is_followed_at_once(self, line: ActionInVersion) -> None:
        line.action.leads.update(until_on=ENDS)
        council = make.make_organisation(name=COUNCIL)
        save(line, leads=[["lead", council.pk, ""]])
        action = publish(line)
        assert self.who(action, ON) == self.who(action, ENDS) == [("lead", COUNCIL)]
        old = action.leads.get(organisation__name=POLICE)
        assert Change.objects.about(old).get().fields == {"until_on": ["2027-01-01", "2026-11-02"]}

    @pytest.mark.parametrize("on", [ON, date(2027, 2, 1)], ids=["before it", "after it"])
    def test_a_planned_change_of_lead_outlives_a_new_joint_lead(self, line: ActionInVersion, on: date) -> None:
        lead = line.action.leads.get()
        line.action.leads.update(until_on=ENDS)
        make.make_lead(action=line.action, organisation=make.make_organisation(name=COUNCIL), from_on=ENDS)
        trust = make.make_organisation(name="The trust")
        save(line, leads=[["lead", lead.organisation_id, lead.text], ["joint", trust.pk, ""]])
        with time_machine.travel(make.noon(on), tick=False):
            action = publish(line, on=on)
        joint = [("joint", "The trust")]
        assert self.who(action, date(2026, 12, 31)) == [("lead", POLICE), *(joint if on == ON else [])]
        assert self.who(action, date(2027, 3, 1)) == [("lead", COUNCIL), *joint]

    def test_who_leads_now_leads_until_the_planned_lead(self, line: ActionInVersion) -> None:
        line.action.leads.update(until_on=ENDS)
        make.make_lead(action=line.action, organisation=make.make_organisation(name=COUNCIL), from_on=ENDS)
        trust = make.make_organisation(name="The trust")
        save(line, leads=[["lead", trust.pk, ""]])
        action = publish(line)
        assert self.who(action, ON) == self.who(action, date(2026, 12, 31)) == [("lead", "The trust")]
        assert self.who(action, ENDS) == [("lead", COUNCIL)]

    def test_a_planned_lead_may_begin_earlier(self, line: ActionInVersion) -> None:
        line.action.leads.update(until_on=ENDS)
        council = make.make_organisation(name=COUNCIL)
        to_come = make.make_lead(action=line.action, organisation=council, from_on=ENDS)
        save(line, leads=[["lead", council.pk, ""]])
        action = publish(line)
        assert self.who(action, ON) == self.who(action, ENDS) == [("lead", COUNCIL)]
        assert Change.objects.about(to_come).get().fields == {"from_on": ["2027-01-01", "2026-11-02"]}

    def test_published_late_it_changes_no_words_of_today(self, line: ActionInVersion) -> None:
        save(line, text="Two nurses")
        assert publish(line, on=date(2025, 1, 1)).text == "A nurse in the control room"

    @pytest.mark.parametrize("size", [10, 500])
    def test_queries(self, size: int) -> None:
        draft = make.make_version(plan=make.make_plan(kind="related"))
        for number in range(size):
            action = make.make_action(plan=draft.plan, reference=str(number))
            make.make_in_version(
                version=draft, action=action, text="Other words", proposes={"outcome": "x", "leads": []}
            )
        with CaptureQueriesContext(connection) as asked:
            plans.publish_version(draft, on=ON, by=BY)
        assert sum(query["sql"].startswith("SELECT") for query in asked.captured_queries) == 10
        assert Action.objects.filter(text="Other words", outcome="x").count() == size
