"""Review rounds as a service: who opens and answers them, who answers for an area, and who was first."""

from datetime import timedelta
from typing import Any

import pytest

from concordat.kernel.models import Change
from signatories.models import Partnership, Person, ReviewRound, ReviewRoundArea, RoundState
from signatories.services import rounds
from signatories.services.errors import FasterError, NotAllowedError
from tests import factories as make
from tests.factories import DAY

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=30)


@pytest.fixture
def reviewer() -> Person:
    return make.make_membership("national_reviewer").person


@pytest.fixture
def coordinator() -> Person:
    return make.make_membership("coordinator").person


def partnership_of(person: Person) -> Partnership:
    partnership = person.memberships.get().partnership
    assert partnership
    return partnership


def open_one(by: Person, **fields: Any) -> ReviewRound:
    own = {"title": "Refresh", "asks": "Look at it.", "opens_on": DAY, "due_on": LATER, "areas": [make.make_area()]}
    return rounds.open_round(programme=make.the_programme(), by=by, on=DAY, **(own | fields))


def test_each_area_of_a_new_round_has_its_change(reviewer: Person) -> None:
    row = open_one(reviewer, areas=[make.make_area(), make.make_area()])
    assert row.scope.count() == 2
    assert Change.objects.filter(subject_type="signatories.reviewroundarea", verb="created").count() == 2


def test_a_cancelled_round_may_be_opened_again(reviewer: Person) -> None:
    row = open_one(reviewer)
    with pytest.raises(NotAllowedError, match="There is a round with this title"):
        open_one(reviewer)
    rounds.cancel_round(row, seen=1, reason="A slip", by=reviewer, on=DAY)
    assert open_one(reviewer).pk != row.pk


def test_only_national_staff_run_rounds(reviewer: Person, coordinator: Person) -> None:
    row = open_one(reviewer)
    for attempt in (
        lambda: open_one(coordinator, title="Mine"),
        lambda: rounds.close_round(row, seen=1, by=coordinator, on=DAY),
        lambda: rounds.cancel_round(row, seen=1, reason="x", by=coordinator, on=DAY),
        lambda: rounds.move_due_day(row, seen=1, due_on=LATER + timedelta(days=1), reason="x", by=coordinator, on=DAY),
    ):
        with pytest.raises(NotAllowedError, match="Only national staff run review rounds"):
            attempt()
    assert list(ReviewRound.objects.values_list("version", flat=True)) == [1]


def test_the_version_decides_who_was_first(reviewer: Person) -> None:
    row = open_one(reviewer)
    rounds.move_due_day(row, seen=1, due_on=LATER + timedelta(days=1), reason="Holidays", by=reviewer, on=DAY)
    with pytest.raises(FasterError):
        rounds.close_round(row, seen=1, by=reviewer, on=DAY)
    rounds.close_round(row, seen=2, by=reviewer, on=DAY)
    with pytest.raises(NotAllowedError, match="closed or cancelled"):
        rounds.cancel_round(row, seen=3, reason="x", by=reviewer, on=DAY)


@pytest.mark.parametrize(
    ("days", "state"),
    [(-1, RoundState.TO_COME), (0, RoundState.OPEN), (30, RoundState.OPEN), (31, RoundState.LATE)],
)
def test_what_a_round_is_on_a_day(days: int, state: RoundState) -> None:
    row, on = make.make_round(due_on=LATER), DAY + timedelta(days=days)
    assert row.state_on(on) is state
    assert row.takes_answers(on) == (state in (RoundState.OPEN, RoundState.LATE))
    assert ReviewRound.objects.taking_answers(on).exists() == row.takes_answers(on)


def test_the_primary_partnership_answers_else_every_one() -> None:
    first, second = make.make_area(), make.make_area()
    primary = make.make_partnership(name="B")
    other = make.make_partnership(name="A", areas=[first, second])
    former = make.make_partnership(name="C")
    make.cover(primary, first, is_primary=True)
    make.cover(primary, second, part="the north")
    make.cover(former, second, until_on=DAY)
    assert rounds.answering([first.pk, second.pk], DAY) == {first.pk: [primary], second.pk: [other, primary]}


class TestNoChange:
    def answer(self, row: ReviewRound, by: Person, partnership: Partnership, **fields: Any) -> list[ReviewRoundArea]:
        areas = list(row.scope.values_list("area", flat=True))
        return rounds.confirm_no_change(
            row, partnership, by=by, **({"areas": areas, "note": "It holds.", "on": DAY} | fields)
        )

    def test_in_one_transaction_with_a_change_for_each_area(self, coordinator: Person) -> None:
        partnership = partnership_of(coordinator)
        areas = [make.make_area() for _ in range(3)]
        for area in areas:
            make.cover(partnership, area)
        row = make.make_round(areas=areas)
        answered = self.answer(row, coordinator, partnership)
        assert len(answered) == 3
        assert Change.objects.filter(verb="no change confirmed", by=coordinator).count() == 3

    def test_somebody_was_faster_with_one_of_them_and_none_is_half_written(self, coordinator: Person) -> None:
        partnership = partnership_of(coordinator)
        areas = [make.make_area() for _ in range(2)]
        for area in areas:
            make.cover(partnership, area)
        row = make.make_round(areas=areas)
        self.answer(row, coordinator, partnership, areas=[areas[0].pk])
        with pytest.raises(FasterError):
            self.answer(row, coordinator, partnership, note="Me too")
        assert list(ReviewRoundArea.objects.order_by("pk").values_list("note", flat=True)) == ["It holds.", ""]

    @pytest.mark.parametrize("on", [DAY - timedelta(days=1), LATER + timedelta(days=1)])
    def test_before_it_opens_not_and_late_yes(self, coordinator: Person, on: Any) -> None:
        partnership = partnership_of(coordinator)
        make.cover(partnership, area := make.make_area())
        row = make.make_round(areas=[area], due_on=LATER)
        if on > DAY:
            assert self.answer(row, coordinator, partnership, on=on)[0].area == area
            return
        with pytest.raises(NotAllowedError, match="takes no answers"):
            self.answer(row, coordinator, partnership, on=on)

    @pytest.mark.parametrize("end", [{"closed_on": DAY}, {"cancelled_on": DAY, "cancelled_reason": "x"}])
    def test_not_once_it_is_over(self, coordinator: Person, end: dict[str, Any]) -> None:
        partnership = partnership_of(coordinator)
        make.cover(partnership, area := make.make_area())
        row = make.make_round(areas=[area], **end)
        with pytest.raises(NotAllowedError, match="takes no answers"):
            self.answer(row, coordinator, partnership)

    def test_by_nobody_else(self, coordinator: Person, reviewer: Person) -> None:
        partnership = partnership_of(coordinator)
        make.cover(partnership, area := make.make_area())
        row = make.make_round(areas=[area])
        chair = make.make_membership("chair", partnership=partnership).person
        elsewhere = make.make_membership("coordinator").person
        for person in (reviewer, chair, elsewhere):
            with pytest.raises(NotAllowedError, match="Only a coordinator answers"):
                self.answer(row, person, partnership)
        with pytest.raises(NotAllowedError, match="does not answer for one of these"):
            self.answer(row, elsewhere, partnership_of(elsewhere))
        assert ReviewRoundArea.objects.unanswered().count() == 1

    @pytest.mark.parametrize("fields", [{"note": " "}, {"areas": []}])
    def test_what_is_lacking(self, coordinator: Person, fields: dict[str, Any]) -> None:
        partnership = partnership_of(coordinator)
        make.cover(partnership, area := make.make_area())
        with pytest.raises(NotAllowedError):
            self.answer(make.make_round(areas=[area]), coordinator, partnership, **fields)
