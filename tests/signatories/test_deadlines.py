"""By when papers are due: the next meeting's day, or the end of the quarter."""

from datetime import date, timedelta
from typing import Any

import pytest

from signatories.deadlines import Deadline, next_deadline, next_deadlines, usual_papers_day
from tests import factories as make

ON = date(2026, 5, 5)
END = Deadline(date(2026, 6, 30))


def test_ten_working_days_before() -> None:
    assert usual_papers_day(date(2026, 1, 12)) == date(2025, 12, 24)  # two bank holidays and a weekend between


@pytest.mark.django_db
class TestNextDeadline:
    def test_the_earliest_papers_of_any_board(self) -> None:
        partnership = make.make_partnership()
        make.make_meeting(partnership=partnership, held_on=date(2026, 7, 1), papers_due_on=date(2026, 6, 1))
        later = make.make_meeting(partnership=partnership, held_on=date(2026, 6, 1), papers_due_on=date(2026, 5, 20))
        assert next_deadline(partnership.pk, ON) == Deadline(date(2026, 5, 20), later.pk)

    def test_the_day_itself_counts_and_the_day_after_does_not(self) -> None:
        partnership = make.make_partnership()
        meeting = make.make_meeting(partnership=partnership, held_on=date(2026, 5, 20), papers_due_on=ON)
        assert next_deadline(partnership.pk, ON) == Deadline(ON, meeting.pk)
        assert next_deadline(partnership.pk, ON + timedelta(days=1)) == END

    @pytest.mark.parametrize(
        "oversight",
        [{"until_on": date(2026, 6, 1)}, {"from_on": date(2026, 6, 2)}],
        ids=["over by the meeting", "begins after it"],
    )
    def test_not_where_the_board_does_not_oversee_it_on_the_day(self, oversight: dict[str, Any]) -> None:
        row = make.make_oversight(**oversight)
        make.make_meeting(board=row.board, held_on=date(2026, 6, 1))
        assert next_deadline(row.partnership_id, ON) == END

    def test_a_board_that_begins_to_oversee_it_before_the_meeting(self) -> None:
        row = make.make_oversight(from_on=date(2026, 6, 1))
        meeting = make.make_meeting(board=row.board, held_on=date(2026, 6, 1), papers_due_on=date(2026, 5, 8))
        assert next_deadline(row.partnership_id, ON) == Deadline(date(2026, 5, 8), meeting.pk)

    def test_a_cancelled_meeting_asks_for_nothing(self) -> None:
        partnership = make.make_partnership()
        make.make_meeting(partnership=partnership, held_on=date(2026, 6, 1), cancelled_on=ON)
        assert next_deadline(partnership.pk, ON) == END

    @pytest.mark.parametrize("size", [1, 30])
    def test_many_in_one_query(self, size: int, django_assert_num_queries: Any) -> None:
        shared, alone = make.make_board(), make.make_partnership()
        overseen = [make.make_oversight(board=shared).partnership_id for _ in range(size)]
        meeting = make.make_meeting(board=shared, held_on=date(2026, 6, 1), papers_due_on=date(2026, 5, 20))
        for more in range(size):
            make.make_meeting(board=shared, held_on=date(2026, 7, 1) + timedelta(days=more))
        with django_assert_num_queries(1):
            found = next_deadlines([*overseen, alone.pk], ON)
        assert found == dict.fromkeys(overseen, Deadline(date(2026, 5, 20), meeting.pk)) | {alone.pk: END}
