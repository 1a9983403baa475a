"""Beginning plans and versions, and the areas that a plan is for."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.models import ActionInVersion, ActionPlan, PlanVersion
from actionplans.progress import Thresholds
from actionplans.proposals import proposed
from actionplans.reading import actions_on
from actionplans.services import drafting, plans
from actionplans.services.updates import move_date
from actionplans.timescale import Kind, TimePrecision, Timescale
from areas.models import Area
from concordat.kernel.models import Change
from signatories.checklist import lacking
from signatories.services import review
from signatories.services.errors import FasterError, NotAllowedError
from tests import factories as make

pytestmark = pytest.mark.django_db
BY, ON = "test", date(2026, 11, 2)


@pytest.fixture
def plan() -> ActionPlan:
    """In force since January with three actions: open, completed, and one that mirrors a completed one elsewhere."""
    plan = make.make_plan(areas=[make.make_area()])
    version = make.make_version(plan=plan, label="Version 1", published_on=date(2026, 1, 5))
    for position, reference in enumerate(("A1", "A2", "A3")):
        action = make.make_action(plan=plan, reference=reference, text=f"Do {reference}")
        make.make_in_version(version=version, action=action, position=position, timescale_text="by June")
    make.make_update(action=plan.actions.get(reference="A2"), reported_on=date(2026, 3, 1), status="completed")
    elsewhere = make.make_update(reported_on=date(2026, 3, 1), status="completed").action
    plan.actions.filter(reference="A3").update(mirrors=elsewhere)
    return plan


def lines(version: PlanVersion) -> dict[str, bool]:
    """The references of all its lines, and whether they are left out."""
    return dict(ActionInVersion.every.filter(version=version).values_list("reference", "is_left_out"))


class TestPlan:
    def test_it_begins_with_a_draft_for_the_areas_of_its_partnership(self) -> None:
        partnership = make.make_partnership(areas=[make.make_area(name="Westshire")])
        make.cover(partnership, make.make_area(name="Eastshire"), part="Craven")
        make.cover(partnership, make.make_area(), until_on=ON)
        version = drafting.begin_plan(partnership, title=" Our plan ", by=BY, on=ON)
        assert (version.plan.title, version.label, version.state) == ("Our plan", "Version 1", "draft")
        assert set(version.plan.coverage.values_list("area__name", "label")) == {
            ("Westshire", ""),
            ("Eastshire", "Craven"),
        }
        assert Change.objects.about(version.plan).get().verb == "created"

    def test_one_that_the_declaration_expects_is_for_its_areas(self) -> None:
        expected = make.make_expectation(areas=[make.make_area(name="Westshire")])
        partnership = expected.declaration.partnership
        version = drafting.begin_plan(partnership, title="West plan", fulfils=expected, by=BY, on=ON)
        assert version.plan.coverage.get().area.name == "Westshire"
        with pytest.raises(NotAllowedError, match="has begun already"):
            drafting.begin_plan(partnership, title="Another", fulfils=expected, by=BY, on=ON)

    @pytest.mark.parametrize(("title", "sentence"), [(" ", "Give the plan a title"), ("Our plan", "of this title")])
    def test_its_title_is_its_own(self, title: str, sentence: str) -> None:
        partnership = make.make_plan(title="Our plan").partnership
        with pytest.raises(NotAllowedError, match=sentence):
            drafting.begin_plan(partnership, title=title, by=BY, on=ON)
        assert partnership.plans.count() == 1


class TestVersion:
    def test_all_actions_are_carried_closed_ones_too(self, plan: ActionPlan) -> None:
        version = drafting.begin_version(plan, by=BY, on=ON)
        assert (version.label, version.state) == ("Version 2", "draft")
        assert lines(version) == {"A1": False, "A2": False, "A3": False}
        assert set(version.actions.values_list("timescale_text", flat=True)) == {"by June"}
        assert [each.action for each in version.actions.all()] == list(plan.actions.order_by("reference"))

    def test_published_it_counts_as_done_what_was_done(self, plan: ActionPlan) -> None:
        plan.kind = "related"
        plan.save()
        version = drafting.begin_version(plan, by=BY, on=ON)
        plans.publish_version(version, on=ON, by=BY)
        states = [each.state for each in actions_on([version.pk], ON, Thresholds())]
        assert states == ["not_started", "completed", "completed"]

    def test_it_has_the_words_of_today(self, plan: ActionPlan) -> None:
        plan.actions.filter(reference="A1").update(text="Do it well")
        assert drafting.begin_version(plan, by=BY, on=ON).actions.get(reference="A1").text == "Do it well"

    def test_aims_colours_and_source_are_carried_and_the_period_is_asked_for(self, plan: ActionPlan) -> None:
        same = {"aims": "Help sooner", "uses_colours": True, "rag_key": "Red: late", "source": "https://example.org/"}
        days = {f"{name}_on": date(2026, 2, 1) for name in ("period_starts", "period_ends", "next_review")}
        plan.versions.update(period_text="2026", **same, **days)
        version = drafting.begin_version(plan, by=BY, on=ON)
        assert {name: getattr(version, name) for name in same} == same
        assert (version.period_text, *(getattr(version, name) for name in days)) == ("", None, None, None)

    @pytest.mark.parametrize(("written", "said"), [("Q1 2027/28", "Q1 2027/28"), ("", "30 June 2027")])
    def test_a_moved_date_is_told_in_the_words_that_hold_now(self, plan: ActionPlan, written: str, said: str) -> None:
        moved = plan.actions.get(reference="A1"), plan.actions.get(reference="A3").mirrors
        for action in moved:
            make.make_date_change(
                action=action, due_on=date(2027, 6, 30), timescale_text=written, decided_on=date(2026, 8, 1)
            )
        version = drafting.begin_version(plan, by=BY, on=ON)
        assert dict(version.actions.values_list("reference", "timescale_text")) == {
            "A1": said,
            "A2": "by June",
            "A3": said,
        }
        line = version.actions.get(reference="A1")
        assert proposed(line, ON)["timescale"]["text"] == said

    def test_a_date_that_moves_meanwhile_is_told_in_the_draft(self, plan: ActionPlan) -> None:
        version = drafting.begin_version(plan, by=BY, on=ON)
        own = version.actions.get(reference="A2")
        own.proposes = {"timescale": {"text": "by May", "due_on": "2027-05-31", "precision": "month"}}
        own.save()
        to = Timescale("", Kind.DATE, None, date(2027, 6, 30), TimePrecision.DAY)
        for action in (plan.actions.get(reference="A1"), plan.actions.get(reference="A3").mirrors, own.action):
            move_date(action, to=to, decided_on=ON, reason="Money", by=BY)
        assert dict(version.actions.values_list("reference", "timescale_text")) == {
            "A1": "30 June 2027",
            "A2": "by June",
            "A3": "30 June 2027",
        }
        assert set(plan.versions.get(label="Version 1").actions.values_list("timescale_text", flat=True)) == {"by June"}

    def test_one_at_a_time(self, plan: ActionPlan) -> None:
        drafting.begin_version(plan, by=BY, on=ON)
        with pytest.raises(NotAllowedError, match="in hand already"):
            drafting.begin_version(plan, by=BY, on=ON)
        assert plan.versions.count() == 2

    def test_after_a_withdrawal_the_last_one_is_carried(self, plan: ActionPlan) -> None:
        plan.versions.update(withdrawn_on=date(2026, 5, 1), withdrawn_reason="x")
        assert lines(drafting.begin_version(plan, by=BY, on=ON)) == {"A1": False, "A2": False, "A3": False}

    def test_a_label_in_use_is_passed_over(self, plan: ActionPlan) -> None:
        plan.versions.update(label="Version 2")
        assert drafting.begin_version(plan, by=BY, on=ON).label == "Version 3"

    @pytest.mark.parametrize("size", [10, 500])
    def test_queries(self, size: int) -> None:
        """SQLite takes large inserts in several pieces; what is asked is the same for any size."""
        version = make.make_version(published_on=date(2026, 1, 5))
        for number in range(size):
            make.make_in_version(version=version, action=make.make_action(plan=version.plan, reference=str(number)))
        with CaptureQueriesContext(connection) as asked:
            draft = drafting.begin_version(version.plan, by=BY, on=ON)
        assert sum(query["sql"].startswith("SELECT") for query in asked.captured_queries) == 4
        assert draft.actions.count() == size

    def test_it_begins_with_the_outcomes_measures_and_places_of_today(self, plan: ActionPlan) -> None:
        words = {"outcome": "Calm", "outcome_measure": "9 in 10", "footprint": "Hull"}
        plan.actions.filter(reference="A1").update(**words)
        version = drafting.begin_version(plan, by=BY, on=ON)
        assert version.actions.values(*words).get(reference="A1") == words


class TestAbandoning:
    def test_it_is_out_of_the_way_and_keeps_its_reason(self, plan: ActionPlan) -> None:
        version = drafting.begin_version(plan, by=BY, on=ON)
        review.abandon(version, seen=1, reason=" No money ", by=BY)
        assert (version.state, version.abandoned_reason) == ("abandoned", "No money")
        assert Change.objects.about(version).get(verb="abandoned").why == "No money"
        assert drafting.begin_version(plan, by=BY, on=ON).label == "Version 3"
        with pytest.raises(NotAllowedError, match="in hand already"):
            drafting.take_up_again(version, seen=2, by=BY, on=ON)

    def test_taken_up_again_it_has_what_came_since(self, plan: ActionPlan) -> None:
        version = drafting.begin_version(plan, by=BY, on=ON)
        version.actions.filter(reference="A3").update(reference="A8")
        review.abandon(version, seen=1, reason="No money", by=BY)
        for reference in ("A8", "A9"):
            later = make.make_action(plan=plan, reference=reference, text=f"Later {reference}")
            make.make_in_version(version=plan.versions.get(label="Version 1"), action=later)
        drafting.take_up_again(version, seen=2, by=BY, on=ON)
        assert (version.state, version.abandoned_reason) == ("draft", "")
        assert set(version.actions.values_list("reference", "text")) == {
            ("A1", "Do A1"), ("A2", "Do A2"), ("A8", "Do A3"), ("A9", "Later A9"),
        }  # fmt: skip
        # Its number is another's by now: nobody has said that it leaves the plan.
        [left_out] = ActionInVersion.every.filter(version=version, is_left_out=True)
        assert left_out.text == "Later A8"
        assert "take them in again: A8 Later A8." in lacking(plans.checklist_of(version, on=ON))

    def test_taken_up_again_it_has_the_outcomes_of_today_unless_it_proposes_others(self, plan: ActionPlan) -> None:
        version = drafting.begin_version(plan, by=BY, on=ON)
        own = version.actions.get(reference="A2")
        own.outcome, own.proposes = "Of the draft", {"outcome": "Of the draft"}
        own.save()
        review.abandon(version, seen=1, reason="No money", by=BY)
        plan.actions.update(outcome="Published since", footprint="Hull")
        drafting.take_up_again(version, seen=2, by=BY, on=ON)
        assert list(version.actions.order_by("reference").values_list("outcome", "footprint")) == [
            ("Published since", "Hull"), ("Of the draft", "Hull"), ("Published since", "Hull"),
        ]  # fmt: skip
        assert Change.objects.about(own).get(verb="drafted").fields == {"footprint": ["", "Hull"]}

    @pytest.mark.parametrize(
        ("state", "seen", "reason", "sentence"),
        [
            ("draft", 1, " ", "Say why"),
            ("draft", 9, "x", "Somebody else"),
            ("submitted", 1, "x", "Take it back"),
            ("published", 1, "x", "published already"),
        ],
    )
    def test_only_a_draft_and_with_a_reason(self, state: str, seen: int, reason: str, sentence: str) -> None:
        version = make.make_version(**({"published_on": ON} if state == "published" else {"state": state}))
        with pytest.raises(NotAllowedError, match=sentence):
            review.abandon(version, seen=seen, reason=reason, by=BY)
        version.refresh_from_db()
        assert version.state == state

    def test_it_is_neither_edited_nor_published(self) -> None:
        version = make.make_version(state="abandoned", abandoned_reason="x", plan=make.make_plan(kind="related"))
        with pytest.raises(NotAllowedError, match="Take it up again"):
            plans.save_version(version, {"label": "New"}, seen=1, by=BY)
        with pytest.raises(NotAllowedError, match="Take it up again"):
            plans.publish_version(version, on=ON, by=BY)


class TestAreas:
    @pytest.fixture
    def draft(self) -> PlanVersion:
        area = make.make_area(name="Westshire")
        return make.make_version(plan=make.make_plan(partnership=make.make_partnership(areas=[area]), areas=[area]))

    def test_another_area_of_the_partnership_is_added(self, draft: PlanVersion) -> None:
        area = make.make_area(name="Eastshire")
        make.cover(draft.plan.partnership, area)
        drafting.add_area(draft, area=area, part=" Craven ", from_on=ON, seen=1, by=BY, on=ON)
        cover = draft.plan.coverage.get(area=area)
        assert (cover.extent, cover.label, cover.from_on) == ("part", "Craven", ON)
        assert draft.version == 2

    def test_it_ends_and_its_row_stays(self, draft: PlanVersion) -> None:
        cover = draft.plan.coverage.get()
        drafting.end_area(cover, draft, seen=1, by=BY, on=ON)
        assert draft.plan.coverage.get().until_on == ON
        assert not draft.plan.coverage.on(ON).exists()
        with pytest.raises(NotAllowedError, match="ended already"):
            drafting.end_area(cover, draft, seen=2, by=BY, on=ON)

    @pytest.mark.parametrize("days", [0, 30])
    def test_one_that_has_not_begun_ends_as_well(self, draft: PlanVersion, days: int) -> None:
        draft.plan.coverage.update(from_on=ON + timedelta(days=days))
        drafting.end_area(draft.plan.coverage.get(), draft, seen=1, by=BY, on=ON)
        assert not draft.plan.coverage.exclude(until_on__lte=ON).exists()

    def test_the_second_of_two_is_told(self, draft: PlanVersion) -> None:
        with pytest.raises(FasterError):
            drafting.end_area(draft.plan.coverage.get(), draft, seen=7, by=BY, on=ON)
        assert draft.plan.coverage.get().until_on is None

    def test_once_published_they_are_not_the_coordinators(self, draft: PlanVersion) -> None:
        make.make_version(plan=draft.plan, published_on=date(2020, 1, 1), withdrawn_on=date(2020, 2, 1))
        with pytest.raises(NotAllowedError, match="national administrator"):
            drafting.end_area(draft.plan.coverage.get(), draft, seen=1, by=BY, on=ON)
        with pytest.raises(NotAllowedError, match="national administrator"):
            drafting.add_area(draft, area=make.make_area(), part="", from_on=None, seen=1, by=BY, on=ON)

    @pytest.mark.parametrize(
        ("name", "part", "sentence"),
        [
            ("Westshire", "", "for Westshire already"),
            ("Farshire", "", "does not cover Farshire"),
            ("Partshire", "", "a part of Partshire alone"),
        ],
    )
    def test_what_is_refused(self, draft: PlanVersion, name: str, part: str, sentence: str) -> None:
        make.cover(draft.plan.partnership, make.make_area(name="Partshire"), part="Craven")
        area = Area.objects.filter(name=name).first() or make.make_area(name=name)
        with pytest.raises(NotAllowedError, match=sentence):
            drafting.add_area(draft, area=area, part=part, from_on=None, seen=1, by=BY, on=ON)
        draft.refresh_from_db()
        assert (draft.plan.coverage.count(), draft.version) == (1, 1)
