"""From a draft to its publication: each step, who is refused, and two people at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from concordat.kernel.models import Change
from signatories.models import Declaration
from signatories.services import declarations, review
from signatories.services.declarations import (
    approve_declaration,
    begin_declaration,
    publish_declaration,
    publish_due_declarations,
    save_declaration,
    schedule_declaration,
    submit_declaration,
    take_over_areas,
)
from signatories.services.errors import FasterError, NotAllowedError
from tests import factories as make
from tests.submitting import complete_declaration

pytestmark = pytest.mark.django_db
BY = "test"
DAY = date(2026, 5, 1)
NEXT = DAY + timedelta(days=1)
NOW = datetime(2026, 5, 1, 10, tzinfo=UTC)


@pytest.fixture
def _core() -> None:
    make.make_programme(core_signatory_types=["police", "acute_trust"])


def submitted(**fields: Any) -> Declaration:
    return complete_declaration(state="submitted", **fields)


def verbs(row: Any) -> list[str]:
    return list(Change.objects.about(row).order_by("pk").values_list("verb", flat=True))


class TestDrafting:
    def test_it_begins_with_the_coverage_of_the_partnership_and_replaces_what_is_in_force(self) -> None:
        area, former = make.make_area(), make.make_area()
        partnership = make.make_partnership(areas=[area])
        make.cover(partnership, former, until_on=date(2020, 1, 1))
        old = make.make_declaration(partnership=partnership, areas=[former], published_on=date(2015, 1, 1))
        declaration = begin_declaration(partnership, title=" New promises ", by=BY, on=DAY)
        assert (declaration.title, declaration.state, declaration.supersedes) == ("New promises", "draft", old)
        assert [each.area for each in declaration.coverage.all()] == [area]
        assert verbs(declaration) == ["created"]

    def test_a_partnership_works_on_one_at_a_time(self) -> None:
        partnership = make.make_partnership()
        begin_declaration(partnership, title="One", by=BY, on=DAY)
        with pytest.raises(NotAllowedError, match="in hand already"):
            begin_declaration(partnership, title="Two", by=BY, on=DAY)

    def test_it_has_a_title(self) -> None:
        with pytest.raises(NotAllowedError, match="title"):
            begin_declaration(make.make_partnership(), title=" ", by=BY, on=DAY)

    def test_it_takes_over_the_areas_of_its_partnership(self) -> None:
        stays, goes, comes = make.make_area(), make.make_area(), make.make_area()
        partnership = make.make_partnership(areas=[stays, comes])
        draft = make.make_declaration(partnership=partnership, areas=[stays, goes])
        take_over_areas(draft, seen=1, by=BY, on=DAY)
        assert {each.area for each in draft.coverage.on(DAY)} == {stays, comes}
        assert draft.coverage.get(area=goes).until_on == DAY
        assert verbs(draft) == ["areas taken over"]
        with pytest.raises(NotAllowedError, match="already"):
            take_over_areas(draft, seen=2, by=BY, on=DAY)

    @pytest.mark.parametrize(("seen", "sentence"), [(1, "signed already for these areas"), (2, "changed this")])
    def test_the_areas_of_a_signed_one_stay(self, seen: int, sentence: str) -> None:
        draft = make.make_declaration(partnership=make.make_partnership(areas=[make.make_area()]))
        if seen == 1:
            make.make_signature(declaration=draft)
        with pytest.raises(NotAllowedError, match=sentence):
            take_over_areas(draft, seen=seen, by=BY, on=DAY)
        assert not draft.coverage.exists()

    def test_what_is_saved_is_recorded(self) -> None:
        draft = make.make_declaration()
        save_declaration(draft, {"summary": "We help."}, seen=1, by=BY)
        assert (draft.summary, draft.version) == ("We help.", 2)
        assert Change.objects.about(draft).get().fields == {"summary": ["", "We help."]}

    def test_saving_the_same_changes_nothing(self) -> None:
        draft = make.make_declaration()
        save_declaration(draft, {"summary": ""}, seen=1, by=BY)
        draft.refresh_from_db()
        assert draft.version == 1
        assert not Change.objects.exists()

    def test_the_second_of_two_is_told(self) -> None:
        draft = make.make_declaration()
        other = Declaration.objects.get(pk=draft.pk)
        save_declaration(draft, {"summary": "Hers"}, seen=1, by=BY)
        with pytest.raises(FasterError):
            save_declaration(other, {"summary": "His"}, seen=1, by=BY)
        draft.refresh_from_db()
        assert draft.summary == "Hers"

    @pytest.mark.parametrize("field", ["title", "summary"])
    def test_signed_words_stay(self, field: str) -> None:
        draft = make.make_declaration()
        signature = make.make_signature(declaration=draft)
        with pytest.raises(NotAllowedError, match=f"signed already, by {signature}"):
            save_declaration(draft, {field: "Other words"}, seen=1, by=BY)
        save_declaration(draft, {field: getattr(draft, field), "source": "The Gazette"}, seen=1, by=BY)
        assert draft.source == "The Gazette"

    @pytest.mark.parametrize(
        "other", [{"sections_covered": ["A"]}, {"made_on": DAY}, {"source": "Another paper"}, {"source": ""}], ids=str
    )
    def test_the_rest_of_what_is_signed_stays_too(self, other: dict[str, Any]) -> None:
        draft = complete_declaration()
        make.make_signature(declaration=draft)
        with pytest.raises(NotAllowedError, match="signed already"):
            save_declaration(draft, other, seen=1, by=BY)
        assert verbs(draft) == []

    def test_words_change_once_every_signature_is_withdrawn(self) -> None:
        draft = make.make_declaration()
        make.make_signature(declaration=draft, withdrawn_on=DAY, withdrawn_reason="Other words are needed")
        assert save_declaration(draft, {"title": "Other words"}, seen=1, by=BY).title == "Other words"

    @pytest.mark.parametrize(
        ("state", "sentence"), [("submitted", "Take it back to change it"), ("published", "published already")]
    )
    def test_only_what_is_in_hand_is_changed(self, state: str, sentence: str) -> None:
        fields = {"published_on": date(2026, 1, 1)} if state == "published" else {"state": state}
        declaration = make.make_declaration(**fields)
        with pytest.raises(NotAllowedError, match=sentence):
            save_declaration(declaration, {"summary": "Other"}, seen=1, by=BY)


@pytest.mark.usefixtures("_core")
class TestSubmitting:
    @pytest.mark.parametrize("state", ["draft", "returned"])
    def test_what_lacks_nothing_is_submitted(self, state: str) -> None:
        jo, declaration = make.make_person(), complete_declaration(state=state)
        submit_declaration(declaration, seen=1, by=jo, on=DAY, now=NOW)
        assert (declaration.state, declaration.submitted_at, declaration.submitted_by) == ("submitted", NOW, jo)
        assert verbs(declaration) == ["submitted"]

    def test_what_lacks_something_is_told_all_of_it(self) -> None:
        declaration = make.make_declaration()
        with pytest.raises(NotAllowedError) as refusal:
            submit_declaration(declaration, seen=1, by=BY, on=DAY, now=NOW)
        assert "No area is recorded." in str(refusal.value)
        assert "No signature yet of: police force; acute NHS trust." in str(refusal.value)
        declaration.refresh_from_db()
        assert declaration.state == "draft"

    @pytest.mark.parametrize(
        "fields",
        [
            {"kind": "supporter"},
            {"withdrawn_on": DAY, "withdrawn_reason": "x", "signed_on": date(2026, 1, 1)},
            {"signed_on": NEXT},
        ],
        ids=["a supporter's", "a withdrawn one", "one of a later day"],
    )
    def test_a_signature_that_does_not_count(self, fields: dict[str, Any]) -> None:
        declaration = complete_declaration()
        declaration.signatures.filter(as_type="police").update(**fields)
        with pytest.raises(NotAllowedError, match="No signature yet of: police force"):
            submit_declaration(declaration, seen=1, by=BY, on=DAY, now=NOW)

    def test_twice(self) -> None:
        declaration = complete_declaration()
        submit_declaration(declaration, seen=1, by=BY, on=DAY, now=NOW)
        with pytest.raises(FasterError):
            submit_declaration(declaration, seen=1, by=BY, on=DAY, now=NOW)
        with pytest.raises(NotAllowedError, match="with the national reviewers"):
            submit_declaration(declaration, seen=2, by=BY, on=DAY, now=NOW)

    def test_taken_back_it_is_a_draft_and_no_longer_approved(self) -> None:
        declaration = submitted(publish_on=NEXT)
        review.take_back(declaration, seen=1, by=BY)
        assert (declaration.state, declaration.submitted_at) == ("draft", None)
        assert declaration.publish_on is None

    def test_what_is_held_is_not_taken_back(self) -> None:
        declaration = submitted(held_since=DAY, held_reason="Elections")
        with pytest.raises(NotAllowedError, match="The national reviewers hold it"):
            review.take_back(declaration, seen=1, by=BY)
        declaration.refresh_from_db()
        assert (declaration.state, declaration.held_since) == ("submitted", DAY)


@pytest.mark.usefixtures("_core")
class TestDeciding:
    def test_returned_with_a_comment(self) -> None:
        declaration = submitted(publish_on=NEXT)
        review.return_with_comment(declaration, seen=1, comment=" Who signs for children? ", by=BY)
        assert (declaration.state, declaration.review_comment) == ("returned", "Who signs for children?")
        assert declaration.publish_on is None
        assert verbs(declaration) == ["returned"]

    def test_returning_needs_a_comment(self) -> None:
        with pytest.raises(NotAllowedError, match="what must change"):
            review.return_with_comment(submitted(), seen=1, comment=" ", by=BY)

    def test_approved_it_is_published(self) -> None:
        declaration = submitted()
        approve_declaration(declaration, seen=1, on=DAY, by=BY)
        assert (declaration.state, declaration.published_on) == ("published", DAY)

    def test_nobody_approves_what_they_submitted(self) -> None:
        ada, bea = make.make_person(is_superuser=True), make.make_person(is_superuser=True)
        declaration = submitted(submitted_by=ada)
        with pytest.raises(NotAllowedError, match="You submitted it yourself"):
            approve_declaration(declaration, seen=1, on=DAY, by=ada)
        with pytest.raises(NotAllowedError, match="You submitted it yourself"):
            schedule_declaration(declaration, seen=1, publish_on=NEXT, by=ada, on=DAY)
        schedule_declaration(declaration, seen=1, publish_on=NEXT, by=bea, on=DAY)
        assert publish_due_declarations(on=NEXT, by=BY) == [declaration]

    def test_what_lost_a_signature_meanwhile_is_not_published(self) -> None:
        declaration = submitted()
        declaration.signatures.filter(as_type="police").update(withdrawn_on=DAY, withdrawn_reason="They left")
        with pytest.raises(NotAllowedError, match=r"published yet\. No signature yet of: police force"):
            approve_declaration(declaration, seen=1, on=DAY, by=BY)

    def test_only_what_was_read_is_published(self) -> None:
        declaration = submitted()
        review.take_back(Declaration.objects.get(pk=declaration.pk), seen=1, by=BY)
        with pytest.raises(FasterError):
            approve_declaration(declaration, seen=1, on=DAY, by=BY)
        with pytest.raises(NotAllowedError, match="is a draft again"):
            approve_declaration(declaration, seen=2, on=DAY, by=BY)

    def test_of_two_reviewers_one_decides(self) -> None:
        declaration = submitted()
        other = Declaration.objects.get(pk=declaration.pk)
        approve_declaration(declaration, seen=1, on=DAY, by=BY)
        with pytest.raises(FasterError):
            review.return_with_comment(other, seen=1, comment="No", by=BY)
        declaration.refresh_from_db()
        assert declaration.state == "published"

    def test_declarations_of_former_years_need_no_signatures(self) -> None:
        old = make.make_declaration(areas=[make.make_area()])
        assert publish_declaration(old, on=date(2014, 12, 31), by="load_history").state == "published"

    @pytest.mark.parametrize(
        "step",
        [
            lambda d: review.return_with_comment(d, seen=1, comment="x", by=BY),
            lambda d: review.take_back(d, seen=1, by=BY),
            lambda d: review.hold(d, seen=1, reason="x", by=BY, on=DAY),
            lambda d: schedule_declaration(d, seen=1, publish_on=NEXT, by=BY, on=DAY),
            lambda d: review.unschedule(d, seen=1, by=BY),
            lambda d: approve_declaration(d, seen=1, on=DAY, by=BY),
        ],
    )
    def test_a_draft_is_for_its_coordinators(self, step: Callable[[Declaration], object]) -> None:
        declaration = complete_declaration()
        with pytest.raises(NotAllowedError, match="is a draft again"):
            step(declaration)
        assert not Change.objects.exists()


@pytest.mark.usefixtures("_core")
class TestScheduling:
    def test_published_on_its_day_and_once(self) -> None:
        declaration = submitted()
        schedule_declaration(declaration, seen=1, publish_on=NEXT, by=BY, on=DAY)
        assert publish_due_declarations(on=DAY, by="job") == []
        assert publish_due_declarations(on=NEXT, by="job") == [declaration]
        assert publish_due_declarations(on=NEXT, by="job") == []
        declaration.refresh_from_db()
        assert (declaration.published_on, declaration.publish_on) == (NEXT, None)
        assert verbs(declaration) == ["scheduled", "published"]

    def test_a_missed_day_is_made_up_for_and_the_day_is_the_true_one(self) -> None:
        declaration = submitted(publish_on=DAY)
        publish_due_declarations(on=NEXT, by="job")
        declaration.refresh_from_db()
        assert declaration.published_on == NEXT

    @pytest.mark.parametrize("day", [DAY, DAY - timedelta(days=1)])
    def test_only_for_a_day_to_come(self, day: date) -> None:
        with pytest.raises(NotAllowedError, match="Choose a day to come"):
            schedule_declaration(submitted(), seen=1, publish_on=day, by=BY, on=DAY)

    def test_what_lacks_something_is_not_approved(self) -> None:
        with pytest.raises(NotAllowedError, match="approved yet"):
            schedule_declaration(submitted(source=""), seen=1, publish_on=NEXT, by=BY, on=DAY)

    def test_one_that_must_wait_stops_none_of_the_others(self, caplog: pytest.LogCaptureFixture) -> None:
        lacking = submitted(publish_on=DAY, source="")
        good = submitted(publish_on=DAY)
        assert publish_due_declarations(on=DAY, by="job") == [good]
        assert f"signatories.Declaration {lacking.pk} is not published on its day" in caplog.text
        lacking.refresh_from_db()
        assert (lacking.state, lacking.publish_on) == ("submitted", DAY)

    def test_one_that_fails_stops_none_of_the_others(
        self, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken, good = submitted(publish_on=DAY), submitted(publish_on=DAY)

        def approve(declaration: Declaration, **options: Any) -> Declaration:
            if declaration == broken:
                raise IntegrityError("of one row")
            return approve_declaration(declaration, **options)

        monkeypatch.setattr(declarations, "approve_declaration", approve)
        assert publish_due_declarations(on=DAY, by="job") == [good]
        assert f"signatories.Declaration {broken.pk} could not be published on its day" in caplog.text
        assert "of one row" in caplog.text

    def test_unscheduled_it_waits_again(self) -> None:
        declaration = submitted(publish_on=DAY)
        review.unschedule(declaration, seen=1, by=BY)
        assert publish_due_declarations(on=DAY, by="job") == []


@pytest.mark.usefixtures("_core")
class TestHolding:
    def test_nothing_publishes_what_is_held(self) -> None:
        declaration = submitted(publish_on=DAY)
        review.hold(declaration, seen=1, reason="Council elections", by=BY, on=DAY)
        assert (declaration.held_since, declaration.held_reason) == (DAY, "Council elections")
        assert publish_due_declarations(on=DAY, by="job") == []
        with pytest.raises(NotAllowedError, match="It is held: release it first"):
            approve_declaration(declaration, seen=2, on=DAY, by=BY)
        with pytest.raises(NotAllowedError, match="It is held: release it first"):
            publish_declaration(declaration, on=DAY, by=BY)

    def test_released_it_is_published_if_its_day_has_passed(self) -> None:
        declaration = submitted(publish_on=DAY, held_since=DAY, held_reason="Elections")
        review.release(declaration, seen=1, by=BY)
        assert publish_due_declarations(on=NEXT, by="job") == [declaration]

    @pytest.mark.parametrize("reason", ["", " "])
    def test_a_hold_needs_a_reason(self, reason: str) -> None:
        with pytest.raises(NotAllowedError, match="Say why"):
            review.hold(submitted(), seen=1, reason=reason, by=BY, on=DAY)

    def test_not_twice(self) -> None:
        declaration = submitted()
        with pytest.raises(NotAllowedError, match="not held"):
            review.release(declaration, seen=1, by=BY)
        review.hold(declaration, seen=1, reason="Elections", by=BY, on=DAY)
        with pytest.raises(NotAllowedError, match="held already"):
            review.hold(declaration, seen=2, reason="Elections", by=BY, on=DAY)
