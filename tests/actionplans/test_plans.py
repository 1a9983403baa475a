"""Publishing and withdrawing versions of a plan: what supersedes what, what is refused, and what is recorded."""

from datetime import date
from typing import Any

import pytest

from actionplans.models import ActionPlan, PlanVersion
from actionplans.services.plans import publish_version, withdraw_version
from areas.models import Area
from concordat.kernel.models import Change
from signatories.services.errors import NotAllowedError
from tests.factories import cover, make_area, make_declaration, make_person, make_plan, make_version

pytestmark = pytest.mark.django_db

JANUARY, MARCH, JUNE, SEPTEMBER = (date(2015, month, 1) for month in (1, 3, 6, 9))


def declared_area(**fields: Any) -> Area:
    """An area whose declaration was published in 2014."""
    area = make_area(**fields)
    make_declaration(areas=[area], published_on=date(2014, 12, 1))
    return area


def declared_plan() -> ActionPlan:
    return make_plan(areas=[declared_area()])


def published(plan: ActionPlan, on: date) -> PlanVersion:
    return publish_version(make_version(plan=plan), on=on, by="test")


def life(version: PlanVersion) -> tuple[date | None, date | None]:
    """From when until when it is live, as the database has it."""
    version.refresh_from_db()
    return version.published_on, version.superseded_on


def everything() -> tuple[list[dict[str, Any]], int]:
    """All that publishing may touch, to see that nothing was half-written."""
    return list(PlanVersion.objects.order_by("id").values()), Change.objects.count()


class TestPublishing:
    def test_a_first_version(self) -> None:
        version = published(declared_plan(), JANUARY)
        assert (version.state, version.published_precision) == ("published", "day")
        assert life(version) == (JANUARY, None)

    def test_the_precision_of_its_day_is_kept(self) -> None:
        version = publish_version(make_version(plan=declared_plan()), on=JANUARY, by="test", precision="by")
        version.refresh_from_db()
        assert version.published_precision == "by"

    def test_the_next_version_supersedes_it(self) -> None:
        plan = declared_plan()
        first, second = published(plan, JANUARY), published(plan, MARCH)
        assert (life(first), life(second)) == ((JANUARY, MARCH), (MARCH, None))

    def test_versions_of_other_plans_are_left_alone(self) -> None:
        area = declared_area()
        other = published(make_plan(areas=[area]), JANUARY)
        published(make_plan(areas=[area]), MARCH)
        assert life(other) == (JANUARY, None)

    def test_an_older_version_entered_late_takes_its_place_in_the_row(self) -> None:
        plan = declared_plan()
        first, third, second = published(plan, JANUARY), published(plan, JUNE), published(plan, MARCH)
        assert [life(version) for version in (first, second, third)] == [
            (JANUARY, MARCH),
            (MARCH, JUNE),
            (JUNE, None),
        ]

    def test_a_version_entered_late_before_all_others(self) -> None:
        plan = declared_plan()
        second, first = published(plan, MARCH), published(plan, JANUARY)
        assert (life(first), life(second)) == ((JANUARY, MARCH), (MARCH, None))

    def test_two_versions_of_one_day_the_second_one_is_live(self) -> None:
        plan = declared_plan()
        first, second = published(plan, JANUARY), published(plan, JANUARY)
        assert (life(first), life(second)) == ((JANUARY, JANUARY), (JANUARY, None))

    def test_after_a_withdrawal_nothing_is_superseded(self) -> None:
        plan = declared_plan()
        first = published(plan, JANUARY)
        withdraw_version(first, on=MARCH, reason="It was the wrong file", by="test")
        second = published(plan, JUNE)
        assert (life(first), life(second)) == ((JANUARY, None), (JUNE, None))

    def test_a_version_entered_late_before_a_withdrawn_one_ends_with_its_publication(self) -> None:
        plan = declared_plan()
        second = published(plan, MARCH)
        withdraw_version(second, on=JUNE, reason="It was the wrong file", by="test")
        first = published(plan, JANUARY)
        assert life(first) == (JANUARY, MARCH)

    @pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2), (2, 0, 3, 1)])
    def test_in_whatever_order_they_are_entered_one_is_live_on_every_day(self, order: tuple[int, ...]) -> None:
        plan, days = declared_plan(), (JANUARY, MARCH, JUNE, SEPTEMBER)
        for number in order:
            published(plan, days[number])
        live = [plan.versions.live_on(day).get().published_on for day in (*days, date(2020, 1, 1))]
        assert live == [*days, SEPTEMBER]


class TestRefusedPublishing:
    def refused(self, version: PlanVersion, on: date, sentence: str) -> None:
        """It is refused with that sentence, and nothing is written."""
        before = everything()
        with pytest.raises(NotAllowedError) as refusal:
            publish_version(version, on=on, by="test")
        assert str(refusal.value) == sentence
        assert everything() == before

    @pytest.mark.parametrize(
        "declaration",
        [
            None,
            {},
            {"published_on": date(2015, 3, 2)},
            {"published_on": date(2014, 12, 1), "withdrawn_on": MARCH},
            {"published_on": date(2014, 12, 1), "superseded_on": MARCH},
        ],
        ids=["none", "a draft", "published the day after", "withdrawn", "superseded"],
    )
    def test_without_a_declaration(self, declaration: dict[str, Any] | None) -> None:
        area = make_area(name="Rutland")
        if declaration is not None:
            make_declaration(areas=[area], **declaration)
        sentence = "A plan cannot be published before the declaration: none is recorded for Rutland."
        self.refused(make_version(plan=make_plan(areas=[area])), MARCH, sentence)

    def test_the_declaration_of_the_same_day_is_in_time(self) -> None:
        area = make_area()
        make_declaration(areas=[area], published_on=MARCH)
        assert life(published(make_plan(areas=[area]), MARCH)) == (MARCH, None)

    def test_if_one_of_its_areas_has_none(self) -> None:
        plan = make_plan(areas=[declared_area(), make_area(name="Rutland")])
        sentence = "A plan cannot be published before the declaration: none is recorded for Rutland."
        self.refused(make_version(plan=plan), MARCH, sentence)

    def test_if_the_declaration_no_longer_covers_the_area(self) -> None:
        left, stayed = make_area(name="Rutland"), make_area()
        declaration = make_declaration(areas=[stayed], published_on=date(2014, 12, 1))
        cover(declaration, left, until_on=MARCH)
        sentence = "A plan cannot be published before the declaration: none is recorded for Rutland."
        self.refused(make_version(plan=make_plan(areas=[left, stayed])), MARCH, sentence)

    def test_areas_that_left_the_plan_need_no_declaration_any_more(self) -> None:
        plan = declared_plan()
        cover(plan, make_area(), until_on=MARCH)
        assert life(published(plan, MARCH)) == (MARCH, None)

    def test_an_area_to_come_that_both_will_cover_is_declared(self) -> None:
        """A new council begins in June; its declaration and its plan are published in March."""
        new, plan = make_area(from_on=JUNE), make_plan()
        cover(make_declaration(published_on=MARCH), new, from_on=JUNE)
        cover(plan, new, from_on=JUNE)
        assert life(published(plan, MARCH)) == (MARCH, None)

    def test_an_area_to_come_needs_a_declaration_too(self) -> None:
        plan = declared_plan()
        cover(plan, make_area(name="Cumberland", from_on=JUNE), from_on=JUNE)
        sentence = "A plan cannot be published before the declaration: none is recorded for Cumberland."
        self.refused(make_version(plan=plan), MARCH, sentence)

    def test_if_it_covers_no_area(self) -> None:
        self.refused(make_version(), MARCH, "A plan that covers no area cannot be published.")

    def test_if_it_no_longer_covers_any_area(self) -> None:
        plan = make_plan()
        cover(plan, declared_area(), until_on=MARCH)
        self.refused(make_version(plan=plan), MARCH, "A plan that covers no area cannot be published.")

    def test_twice(self) -> None:
        version = published(declared_plan(), JANUARY)
        self.refused(version, MARCH, "It is published already.")

    def test_again_after_it_was_superseded_leaves_its_successor_live(self) -> None:
        plan = declared_plan()
        first = published(plan, JANUARY)
        second = published(plan, MARCH)
        self.refused(first, JUNE, "It is published already.")
        assert life(second) == (MARCH, None)

    def test_from_a_draft_read_before_somebody_else_published_it(self) -> None:
        version = make_version(plan=declared_plan())
        publish_version(PlanVersion.objects.get(pk=version.pk), on=JANUARY, by="test")
        self.refused(version, MARCH, "It is published already.")

    def test_every_undeclared_area_is_accounted_for(self) -> None:
        plan = make_plan(areas=[make_area(name=f"Area {letter}") for letter in "ABCDEFG"])
        with pytest.raises(NotAllowedError) as refusal:
            publish_version(make_version(plan=plan), on=MARCH, by="test")
        assert "Area A, Area B, Area C, Area D, Area E" in str(refusal.value)
        assert "Area G" in str(refusal.value) or "2 more" in str(refusal.value)


class TestRelatedPlan:
    def test_needs_no_declaration_and_no_area(self) -> None:
        assert life(published(make_plan(kind="related"), JANUARY)) == (JANUARY, None)
        assert life(published(make_plan(kind="related", areas=[make_area()]), JANUARY)) == (JANUARY, None)

    def test_its_next_version_supersedes_the_first_all_the_same(self) -> None:
        plan = make_plan(kind="related")
        first = published(plan, JANUARY)
        published(plan, MARCH)
        assert life(first) == (JANUARY, MARCH)


class TestPartOfAnArea:
    def test_a_declaration_for_the_part_is_enough_for_a_plan_of_the_part(self) -> None:
        area = make_area()
        cover(make_declaration(published_on=date(2014, 12, 1)), area, part="Craven")
        plan = make_plan()
        cover(plan, area, part="Craven")
        assert life(published(plan, MARCH)) == (MARCH, None)


class TestWithdrawing:
    def test_ends_it_and_its_predecessor_does_not_come_back(self) -> None:
        plan = declared_plan()
        published(plan, JANUARY)
        second = published(plan, MARCH)
        withdraw_version(second, on=JUNE, reason="The partners left", by="test")
        second.refresh_from_db()
        assert (second.withdrawn_on, second.withdrawn_reason) == (JUNE, "The partners left")
        assert plan.versions.live_on(date(2015, 5, 31)).get() == second
        assert not plan.versions.live_on(JUNE).exists()

    @pytest.mark.parametrize(
        ("published_on", "withdrawn_on", "on", "reason", "sentence"),
        [
            (JANUARY, None, MARCH, "", "Say why it is withdrawn."),
            (JANUARY, None, MARCH, " \n", "Say why it is withdrawn."),
            (MARCH, None, JANUARY, "Wrong file", "Only what is published and not yet withdrawn can be withdrawn"),
            (None, None, MARCH, "Wrong file", "Only what is published and not yet withdrawn can be withdrawn"),
            (JANUARY, MARCH, JUNE, "Wrong file", "Only what is published and not yet withdrawn can be withdrawn"),
        ],
        ids=["no reason", "a blank reason", "before its publication", "a draft", "twice"],
    )
    def test_is_refused(
        self, published_on: date | None, withdrawn_on: date | None, on: date, reason: str, sentence: str
    ) -> None:
        version = make_version(published_on=published_on, withdrawn_on=withdrawn_on)
        before = everything()
        with pytest.raises(NotAllowedError, match=sentence):
            withdraw_version(version, on=on, reason=reason, by="test")
        assert everything() == before

    def test_on_the_day_of_its_publication_it_was_never_live(self) -> None:
        plan = declared_plan()
        withdraw_version(published(plan, MARCH), on=MARCH, reason="Wrong file", by="test")
        assert not plan.versions.live_on(MARCH).exists()


class TestTheRecord:
    """Who, when, from what to what, and why."""

    def test_of_a_publication(self) -> None:
        version, jo = make_version(plan=declared_plan(), state="submitted"), make_person(name="Jo Smith")
        publish_version(version, on=JANUARY, by=jo)
        [change] = Change.objects.about(version)
        assert (change.verb, change.by, change.by_command) == ("published", jo, "")
        assert change.fields == {
            "state": ["submitted", "published"],
            "published_on": [None, "2015-01-01"],
            "published_precision": ["", "day"],
        }

    def test_of_the_version_that_is_superseded(self) -> None:
        plan, jo = declared_plan(), make_person()
        first = published(plan, JANUARY)
        publish_version(make_version(plan=plan), on=MARCH, by=jo)
        change = Change.objects.about(first).last()
        assert (change.verb, change.by) == ("superseded", jo)
        assert change.fields == {"superseded_on": [None, "2015-03-01"]}

    def test_of_a_version_entered_late_tells_that_it_is_superseded(self) -> None:
        plan = declared_plan()
        published(plan, MARCH)
        first = published(plan, JANUARY)
        [change] = Change.objects.about(first)
        assert change.fields["superseded_on"] == [None, "2015-03-01"]

    def test_of_a_withdrawal(self) -> None:
        version, jo = published(declared_plan(), JANUARY), make_person()
        withdraw_version(version, on=MARCH, reason="The partners left", by=jo)
        change = Change.objects.about(version).last()
        assert (change.verb, change.by, change.why) == ("withdrawn", jo, "The partners left")
        assert change.fields == {"withdrawn_on": [None, "2015-03-01"]}
