"""Rows that the database refuses, and rows near them that it takes: who owns an action, and open reports."""

from functools import partial

from tests.constraint_rows.case import Case, check, dated, unique
from tests.factories import DAY, make_owner, make_update

CASES: list[Case] = [
    *dated("actionowner", make_owner),
    *unique(
        "actionowner_one_open",
        make_owner,
        same=("action", "person"),
        accepted={"one that has ended": {"until_on": DAY}},
    ),
    *unique("update_one_in_hand_per_action", partial(make_update, state="draft"), same=("action",)),
    *unique(
        "update_one_in_hand_per_action",
        make_update,
        first=partial(make_update, state="draft"),
        same=("action",),
        refused={},
        accepted={"an accepted one beside a draft": {}},
    ),
    *check(
        "update_returned_with_comment",
        partial(make_update, state="returned"),
        refused={"no comment": {"review_comment": ""}},
        accepted={"one letter": {"review_comment": "x"}, "a draft without": {"state": "draft", "review_comment": ""}},
    ),
    *check(
        "update_moved_date_has_reason",
        partial(make_update, new_due_on=DAY, new_date_reason="x"),
        refused={"a new day without a reason": {"new_date_reason": ""}},
        accepted={
            "no new day": {"new_due_on": None, "new_date_reason": ""},
            "a draft, half filled in": {"state": "draft", "accepted_at": None, "new_date_reason": ""},
        },
    ),
]
