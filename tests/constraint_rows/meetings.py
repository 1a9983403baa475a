"""Rows that the database refuses, and rows near them that it takes: meetings of boards, and what was decided there."""

from datetime import timedelta
from functools import partial

from django.db.models import Model

from signatories.models import BoardMeeting
from tests.constraint_rows.case import BEFORE, Case, check, in_order, unique
from tests.factories import DAY, make_decision, make_meeting


def _meeting() -> Model:
    """A meeting on a day of its own."""
    return make_meeting(held_on=DAY + timedelta(days=BoardMeeting.objects.count()))


def _without(kind: str, field: str) -> dict[str, object]:
    return {"kind": kind, field: None}


CASES: list[Case] = [
    *in_order("boardmeeting_papers_before", make_meeting, "papers_due_on", "held_on", same_day=True),
    *check(
        "boardmeeting_cancelled_with_reason",
        make_meeting,
        refused={
            "cancelled for no reason": {"cancelled_on": DAY},
            "a reason, and not cancelled": {"cancelled_reason": "x"},
        },
        accepted={
            "cancelled with a reason": {"cancelled_on": DAY, "cancelled_reason": "x"},
            "not cancelled": {"cancelled_on": None, "cancelled_reason": ""},
        },
    ),
    *check(
        "boardmeeting_decided_is_not_cancelled",
        partial(make_meeting, cancelled_on=DAY),
        refused={"decided and cancelled": {"has_decisions": True}},
        accepted={
            "cancelled": {"has_decisions": False},
            "decided": {"has_decisions": True, "cancelled_on": None, "cancelled_reason": ""},
        },
    ),
    *unique(
        "boardmeeting_one_open_per_day",
        _meeting,
        same=("board", "held_on"),
        accepted={"one that is cancelled": {"cancelled_on": BEFORE, "cancelled_reason": "x"}},
    ),
    *unique(
        "meetingdecision_once",
        make_decision,
        first=partial(make_decision, position=2),
        same=("meeting", "action", "position"),
    ),
    *check(
        "meetingdecision_position",
        make_decision,
        refused={"before the first": {"position": 0}},
        accepted={"the second": {"position": 2}},
    ),
    *check(
        "meetingdecision_kind_and_effect",
        partial(make_decision, kind="agreed"),
        refused={
            "another word": {"kind": "x"},
            "agreed, and no report": _without("agreed", "update"),
            "agreed, and no moved date": _without("agreed", "date_change"),
            "another date, with a report": {"kind": "moved"},
            "not going ahead, with a moved date": {"kind": "not_going_ahead"},
            "merged, with a moved date": {"kind": "merged"},
            "merged, and no report": {"kind": "merged", "update": None, "date_change": None},
            "kept, with a moved date": {"kind": "kept"},
            "asked, with a report": {"kind": "asked", "date_change": None, "note": "x"},
        },
        accepted={
            "another date": _without("moved", "update"),
            "not going ahead": _without("not_going_ahead", "date_change"),
            "merged": _without("merged", "date_change"),
            "kept": {"kind": "kept", "update": None, "date_change": None},
            "asked": {"kind": "asked", "update": None, "date_change": None, "note": "x"},
            "other": {"kind": "other", "update": None, "date_change": None, "note": "x"},
        },
    ),
    *check(
        "meetingdecision_says_what",
        partial(make_decision, kind="asked"),
        refused={"asked nothing": {"note": ""}, "something else, unsaid": {"kind": "other", "note": ""}},
        accepted={"kept without a word": {"kind": "kept", "note": ""}, "one letter": {"note": "x"}},
    ),
    *unique(
        "actionplans.meetingdecision.update",
        partial(make_decision, kind="agreed"),
        same=("update",),
        accepted={"none": {"kind": "kept", "update": None, "date_change": None}},
    ),
    *unique(
        "actionplans.meetingdecision.date_change",
        partial(make_decision, kind="moved"),
        same=("date_change",),
        accepted={"none": {"kind": "kept", "date_change": None}},
    ),
]
