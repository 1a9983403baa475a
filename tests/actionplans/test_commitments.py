"""“You said / We will”: saved at once, with its trace; ended and never deleted."""

from datetime import date
from typing import Any

import pytest

from actionplans.models import Commitment, Promise
from actionplans.services import commitments
from concordat.area.promises import asked_for
from concordat.kernel.models import Change
from signatories.services.errors import FasterError, NotAllowedError
from tests import factories as make

pytestmark = pytest.mark.django_db
BY, ON = "test", date(2026, 11, 2)


@pytest.fixture
def commitment() -> Commitment:
    return make.make_commitment(you_said="Listen to us", made_on=date(2026, 1, 5), made_precision="day")


def said(commitment: Commitment, on: date) -> list[str]:
    """What the public reads on that day."""
    return [each.you_said for each in asked_for([commitment.partnership_id], on)]


def test_added_at_the_end_and_recorded(commitment: Commitment) -> None:
    new = commitments.add_commitment(commitment.partnership, {"you_said": "Open a café"}, by=BY)
    assert said(commitment, ON) == ["Listen to us", "Open a café"]
    assert Change.objects.about(new).get().fields["you_said"] == [None, "Open a café"]


def test_the_same_words_are_said_once(commitment: Commitment) -> None:
    with pytest.raises(commitments.SaidAlreadyError):
        commitments.add_commitment(commitment.partnership, {"you_said": "Listen to us"}, by=BY)
    other = make.make_commitment(partnership=commitment.partnership, you_said="Open a café")
    with pytest.raises(commitments.SaidAlreadyError):
        commitments.save_commitment(other, {"you_said": "Listen to us"}, seen=1, by=BY)
    other.refresh_from_db()
    assert (other.you_said, other.version) == ("Open a café", 1)


def test_the_second_of_two_is_told(commitment: Commitment) -> None:
    commitments.save_commitment(commitment, {"you_said": "Hers"}, seen=1, by=BY)
    with pytest.raises(FasterError):
        commitments.save_commitment(commitment, {"you_said": "His"}, seen=1, by=BY)
    with pytest.raises(FasterError):
        commitments.add_promise(commitment, {"we_will": "His"}, actions=[], seen=1, by=BY)
    assert said(commitment, ON) == ["Hers"]
    assert not Promise.objects.exists()


class TestEnding:
    def test_pages_of_earlier_days_still_show_it(self, commitment: Commitment) -> None:
        commitments.end_commitment(commitment, seen=1, reason=" Asked of somebody else ", by=BY, on=ON)
        assert said(commitment, ON) == []
        assert said(commitment, date(2026, 11, 1)) == ["Listen to us"]
        change = Change.objects.about(commitment).get()
        assert (change.verb, change.why) == ("ended", "Asked of somebody else")

    @pytest.mark.parametrize(
        ("reason", "on", "sentence"), [(" ", ON, "Say why"), ("x", date(2026, 1, 4), "cannot end before the day")]
    )
    def test_with_a_reason_after_it_was_made(
        self, commitment: Commitment, reason: str, on: date, sentence: str
    ) -> None:
        with pytest.raises(NotAllowedError, match=sentence):
            commitments.end_commitment(commitment, seen=1, reason=reason, by=BY, on=on)
        assert said(commitment, ON) == ["Listen to us"]

    def test_then_it_stays_as_it_is(self, commitment: Commitment) -> None:
        commitments.end_commitment(commitment, seen=1, reason="x", by=BY, on=ON)
        for step in (
            lambda: commitments.save_commitment(commitment, {"you_said": "New"}, seen=2, by=BY),
            lambda: commitments.end_commitment(commitment, seen=2, reason="x", by=BY, on=ON),
            lambda: commitments.move_commitment(commitment, up=True, by=BY),
        ):
            with pytest.raises(NotAllowedError, match="ended already"):
                step()


class TestPromises:
    def test_kept_by_actions_of_the_partnership(self, commitment: Commitment) -> None:
        action = make.make_action(plan=make.make_plan(partnership=commitment.partnership))
        promise = commitments.add_promise(commitment, {"we_will": "Open one"}, actions=[action], seen=1, by=BY)
        assert list(promise.actions.all()) == [action]
        linked = Change.objects.about(promise).get(verb="changed")
        assert linked.fields == {"actions": [[], [action.pk]]}
        commitments.save_promise(promise, {"we_will": "Open two"}, actions=[], seen=2, by=BY)
        assert not promise.actions.exists()
        assert [each.we_will for each in asked_for([commitment.partnership_id], ON)[0].promises] == ["Open two"]

    def test_not_by_those_of_another(self, commitment: Commitment) -> None:
        with pytest.raises(NotAllowedError, match="actions of this partnership"):
            commitments.add_promise(commitment, {"we_will": "x"}, actions=[make.make_action()], seen=1, by=BY)
        commitment.refresh_from_db()
        assert (Promise.objects.count(), commitment.version) == (0, 1)

    def test_each_answer_is_given_once(self, commitment: Commitment) -> None:
        make.make_promise(commitment=commitment, we_will="Open one")
        with pytest.raises(commitments.SaidAlreadyError):
            commitments.add_promise(commitment, {"we_will": "Open one"}, actions=[], seen=1, by=BY)


@pytest.mark.parametrize(("move", "up", "order"), [("B", True, "BAC"), ("A", False, "BAC"), ("C", True, "ACB")])
def test_in_another_order(move: str, up: bool, order: str) -> None:
    partnership = make.make_partnership()
    rows = {name: make.make_commitment(partnership=partnership, you_said=name) for name in "ABC"}
    commitments.move_commitment(rows[move], up=up, by=BY)
    assert "".join(said(rows["A"], ON)) == order


@pytest.mark.parametrize(("name", "up", "end"), [("A", True, "first"), ("B", False, "last")])
def test_not_beyond_the_ends(name: str, up: bool, end: str) -> None:
    commitment = make.make_commitment()
    rows: dict[str, Any] = {each: make.make_promise(commitment=commitment, we_will=each) for each in "AB"}
    with pytest.raises(NotAllowedError, match=f"the {end} already"):
        commitments.move_promise(rows[name], up=up, by=BY)
