"""Freezing a board's paper: once, for good, with who did it; what happens later changes nothing of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from concordat.kernel.models import Change, Redaction
from concordat.kernel.passages import MARK, Sought
from concordat.reports import board
from concordat.reports.kept import answer_of, digest_of
from concordat.reports.models import FrozenLine, FrozenReport
from concordat.reports.papers.gathering import last_paper
from concordat.reports.services.freezing import NO_MEETING, NO_PLAN, Frozen, freeze, last_frozen, thawed
from concordat.reports.verification import frozen_reports_say_what_they_said
from concordat.traces.finding import find
from concordat.traces.removing import remove_words
from signatories.services.errors import NotAllowedError
from tests import factories as make
from tests.concordat.reports.boards import MEETS, TODAY, Place, asked, make_place, one_more, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Iterator[Place]:
    with time_machine.travel(make.noon(TODAY), tick=False):
        yield make_place()


def frozen_on(place: Place, on: date = TODAY, *, seen: int = 0, by: Any = "test", **others: Any) -> Frozen:
    given = {"meeting": place.meeting, "partnership": place.partnership} | others
    return freeze(given["meeting"], given["partnership"], seen=seen, by=by, on=on, now=make.noon(on))


def test_what_is_kept_is_the_paper_of_the_day(place: Place) -> None:
    coordinator = make.make_person(name="Jo Coordinator")
    paper = board.answer(asked(place, meeting=place.meeting.pk))
    frozen, is_new = frozen_on(place, by=coordinator)
    assert is_new
    assert thawed(frozen) == paper
    assert (frozen.number, frozen.as_at, frozen.frozen_by) == (1, TODAY, coordinator)
    assert frozen.length == frozen.lines.count() == 1 + sum(1 + len(list(t.rows)) for t in paper.tables)
    change = Change.objects.about(frozen).get()
    assert (change.verb, change.by) == ("frozen", coordinator)
    assert change.fields["as_at"] == [None, "2026-11-02"]


def test_it_stays_when_everything_changes(place: Place) -> None:
    frozen, _ = frozen_on(place)
    before = thawed(frozen)
    make.make_update(action=place.actions["B1"], reported_on=TODAY, status="completed")
    one_more(place, "C1", "One more", due_on=date(2026, 9, 1))
    place.partnership.name = "Another name"
    place.partnership.save()
    assert thawed(FrozenReport.objects.get()) == before
    assert board.answer(asked(place, meeting=place.meeting.pk)) != before
    assert list(frozen_reports_say_what_they_said()) == []


def test_sent_twice_it_is_frozen_once(place: Place) -> None:
    first, _ = frozen_on(place)
    one_more(place, "C1", "One more")
    assert frozen_on(place) == (first, False)
    assert FrozenReport.objects.count() == Change.objects.filter(verb="frozen").count() == 1


def test_what_has_not_changed_is_not_frozen_again(place: Place) -> None:
    first, _ = frozen_on(place)
    assert frozen_on(place, seen=1) == (first, False)


def test_the_first_is_the_first_whatever_the_form_says(place: Place) -> None:
    first, is_new = frozen_on(place, seen=7)
    assert (first.number, is_new) == (1, True)
    assert frozen_on(place, seen=7) == (first, False)


def test_a_paper_that_is_put_right_stands_beside_the_first(place: Place) -> None:
    first, _ = frozen_on(place)
    one_more(place, "C1", "One more")
    second, is_new = frozen_on(place, seen=1)
    assert is_new
    assert second.number == 2
    assert last_frozen(place.meeting, place.partnership) == second
    assert rows(thawed(second), "plan", "ref")[-1] == "C1"
    assert "C1" not in rows(thawed(first), "plan", "ref")
    # It compares with the meeting before, and not with the paper that it replaces.
    told = "no paper for an earlier meeting of this board was frozen before 2 November 2026"
    assert told in thawed(second).notes[0]
    assert "today" not in str(thawed(second))


@pytest.mark.parametrize(
    "changed",
    [{"cancelled_on": TODAY, "cancelled_reason": "Snow"}, {"held_on": TODAY - timedelta(days=1)}],
    ids=["cancelled", "held"],
)
def test_not_for_a_meeting_that_is_over(place: Place, changed: dict[str, Any]) -> None:
    held_on = changed.get("held_on", MEETS)
    type(place.meeting).objects.filter(pk=place.meeting.pk).update(papers_due_on=held_on, **changed)
    with pytest.raises(NotAllowedError, match=NO_MEETING):
        frozen_on(place)
    assert not FrozenReport.objects.exists()


def test_on_the_day_of_the_meeting(place: Place) -> None:
    assert frozen_on(place, MEETS).is_new


def test_not_without_a_plan() -> None:
    partnership = make.make_partnership()
    meeting = make.make_meeting(partnership=partnership, held_on=MEETS)
    with pytest.raises(NotAllowedError, match=NO_PLAN):
        freeze(meeting, partnership, seen=0, by="test", on=TODAY, now=make.noon(TODAY))


class TestTheNextPaper:
    """A later paper of the same board compares with the last one, as it was printed."""

    LATER = date(2027, 2, 1)

    @pytest.fixture
    def following(self, place: Place) -> Any:
        frozen_on(place)
        return make.make_meeting(board=place.meeting.board, held_on=date(2027, 3, 3))

    def test_since_last_time(self, place: Place, following: Any) -> None:
        make.make_update(
            action=place.actions["B1"], reported_on=date(2027, 1, 4), status="completed",
            completed_on=date(2026, 10, 30), outcome_note="In the room",
        )  # fmt: skip
        one_more(place, "C1", "One more")
        paper = board.answer(asked(place, self.LATER, meeting=following.pk))
        assert paper.since == TODAY
        assert paper.notes[0] == (
            "“Last time” is the paper frozen as at 2 November 2026 (Northshire Health Board, 2 December 2026), as it "
            "was printed."
        )
        # Done before that paper, and told only after it: news to the board.
        assert rows(paper, "completed", "ref", "outcome") == [("B1", "In the room")]
        assert rows(paper, "changed", "became", "ref") == [("new", "C1")]
        numbers = {row[0]: row[1:] for row in rows(paper, "numbers", "measure", "now", "then")}
        assert (numbers["total"], numbers["done"], numbers["no_update"][1]) == ((7, 6), (2, 1), 1)

    def test_what_was_entered_late_is_said_to_differ(self, place: Place, following: Any) -> None:
        make.make_update(action=place.actions["B1"], reported_on=date(2026, 10, 30), status="completed")
        paper = board.answer(asked(place, self.LATER, meeting=following.pk))
        assert paper.notes[1].startswith(
            "Records of 2 November 2026 have been completed since. Done: completed, or now"
        )
        assert "business as usual: 1 in that paper, 2 as recorded when this one was made;" in paper.notes[1]

    def test_what_left_the_plan(self, place: Place, following: Any) -> None:
        type(place.version).objects.filter(pk=place.version.pk).update(superseded_on=date(2027, 1, 5))
        version = make.make_version(plan=place.version.plan, published_on=date(2027, 1, 5), label="Version 2")
        for name in ("B1", "B3", "B4"):
            make.make_in_version(version=version, action=place.actions[name], reference=name)
        make.make_in_version(
            version=version, action=place.actions["B6"], is_left_out=True, left_out_reason="Done elsewhere"
        )
        make.make_update(action=place.actions["B2"], reported_on=date(2027, 1, 3), status="completed")
        paper = board.answer(asked(place, self.LATER, meeting=following.pk))
        assert rows(paper, "completed", "ref") == ["B2"]
        assert rows(paper, "changed", "became", "ref", "why") == [("left_out", "B6", "Done elsewhere")]

    def test_another_day_to_compare_with(self, place: Place, following: Any) -> None:
        question = asked(place, self.LATER, meeting=following.pk, since_given=True)
        paper = board.answer(question)
        assert paper.since == date(2026, 11, 1)
        assert paper.notes[0] == (
            "“Last time” is 1 November 2026, as it was recorded when this paper was made: that day was asked for."
        )

    def test_a_paper_of_the_same_day_is_not_denied(self, place: Place, following: Any) -> None:
        told = board.answer(asked(place, TODAY, meeting=following.pk)).notes[0]
        assert told.endswith("no paper for an earlier meeting of this board was frozen before 2 November 2026.")

    @pytest.mark.parametrize(
        ("fields", "is_read"),
        [
            ({}, True),
            ({"cancelled_on": date(2026, 11, 20), "cancelled_reason": "Snow"}, False),
            ({"cancelled_on": date(2027, 2, 2), "cancelled_reason": "Snow"}, True),  # after the day of the paper
            ({"held_on": date(2027, 6, 2)}, False),
        ],
        ids=["held", "cancelled", "cancelled later", "of a later meeting"],
    )
    def test_a_paper_that_the_board_never_read_is_no_last_time(
        self, place: Place, following: Any, fields: dict[str, Any], is_read: bool
    ) -> None:
        type(place.meeting).objects.filter(pk=place.meeting.pk).update(**fields)
        paper = board.answer(asked(place, self.LATER, meeting=following.pk))
        assert ("is the paper frozen as at 2 November 2026" in paper.notes[0]) is is_read
        assert (last_paper(place.partnership, None, self.LATER) is not None) is is_read

    def test_another_board_has_its_own_last_time(self, place: Place, following: Any) -> None:
        other = make.make_meeting(partnership=place.partnership, held_on=date(2027, 3, 3))
        paper = board.answer(asked(place, self.LATER, meeting=other.pk))
        assert "no paper for an earlier meeting of this board was frozen before 1 February 2027" in paper.notes[0]


class TestPersonalData:
    """Words are removed from what is frozen too, and leave a mark; nothing else changes."""

    def test_from_a_frozen_line(self, place: Place) -> None:
        frozen, _ = frozen_on(place)
        by = make.make_person(is_staff=True, is_superuser=True)
        action, sought = place.actions["B2"], Sought("need a room")
        keys = [each.key for each in find(sought, action).elsewhere]
        assert [key.partition(":")[0] for key in keys] == ["reports.frozenline"]
        remove_words(sought, action, also=keys, category="person", reason="Asked", by=by, now=make.noon(TODAY))
        answer = thawed(frozen)
        assert rows(answer, "exceptions", "ref", "help_needed")[1] == ("B2", f"We {MARK}")
        assert rows(answer, "exceptions", "due")[1] == date(2026, 3, 31)
        assert Redaction.objects.filter(subject_type="reports.frozenline").count() == 1
        assert list(frozen_reports_say_what_they_said()) == []

    def test_no_word_of_the_structure_goes(self, place: Place) -> None:
        frozen, _ = frozen_on(place)
        by = make.make_person(is_staff=True, is_superuser=True)
        for words in ("lead", "day", "plan", "2026"):
            sought = Sought(words)
            found = find(sought, place.meeting)
            keys = [each.key for each in (*found.own, *found.elsewhere) if each.label == "reports.frozenline"]
            if keys:
                remove_words(sought, frozen, also=keys, category="person", reason="x", by=by, now=make.noon(TODAY))
        answer = thawed(frozen)
        assert [table.key for table in answer.tables][-1] == "plan"
        assert rows(answer, "plan", "lead", "due")[0] == ("Northshire Police", date(2026, 8, 31))

    def test_from_a_picture(self) -> None:
        svg = '<svg class="Smith"><text>Jo Smith, 5</text><text>Police</text></svg>'
        line = {"picture": "bars", "title": "By Jo Smith", "told": "", "svg": svg, "of": "numbers"}
        frozen = make.make_frozen(told=[line])
        by = make.make_person(is_staff=True, is_superuser=True)
        sought = Sought("Smith")
        remove_words(sought, frozen, category="person", reason="Asked", by=by, now=make.noon(TODAY))
        told = frozen.lines.get().told
        assert told["title"] == f"By Jo {MARK}"
        assert told["svg"] == f'<svg class="Smith"><text>{MARK}</text><text>Police</text></svg>'


def test_tampering_is_found(place: Place) -> None:
    frozen, _ = frozen_on(place)
    told = [{"report": "board"}, {"row": ["x"]}]
    other = make.make_frozen(told=told, digest=digest_of(told[:1]))
    short = make.make_frozen(told=told[:1], length=2)
    assert list(frozen_reports_say_what_they_said()) == [
        f"Frozen report {other.pk}, “{other}”, does not say what it said when it was frozen.",
        f"Frozen report {short.pk}, “{short}”, should have 2 lines, but it has 1.",
    ]
    assert digest_of(FrozenLine.objects.filter(frozen=frozen).values_list("told", flat=True)) == frozen.digest
    assert answer_of(frozen.lines.values_list("told", flat=True)).name == "board"
