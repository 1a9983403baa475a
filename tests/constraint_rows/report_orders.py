"""Rows that the database refuses, and rows near them that it takes: orders of reports, deliveries, schedules."""

from functools import partial

from django.db.models import Model

from tests.constraint_rows.case import AFTER, BEFORE, Case, check, not_empty, one_of, unique
from tests.factories import (
    DAY,
    make_reply,
    make_report_delivery,
    make_report_order,
    make_report_schedule,
    noon,
)

_working, _ready = partial(make_report_order, state="working"), partial(make_report_order, state="ready")
_withheld = partial(make_report_delivery, withheld="They may no longer read it.")
DIGEST = "ab" * 32


def _of_a_schedule() -> Model:
    """An order of a schedule of its own, for a period of its own."""
    schedule = make_report_schedule()
    return make_report_order(schedule=schedule, period=DAY.fromordinal(DAY.toordinal() + schedule.pk))


CASES: list[Case] = [
    *check(
        "reportorder_state",
        make_report_order,
        refused={"another word": {"state": "x"}, "no word": {"state": ""}},
        accepted={state: {"state": state} for state in ("waiting", "cancelled")},
    ),
    *not_empty("reportorder_of_a_report", make_report_order, "report", "format"),
    *check(
        "reportorder_digest",
        make_report_order,
        refused={
            "no digest": {"digest": ""},
            "large letters": {"digest": "AB" * 32},
            "too long": {"digest": DIGEST[1:]},
        },
        accepted={"another": {"digest": DIGEST}},
    ),
    *check(
        "reportorder_progress",
        make_report_order,
        refused={"more than all": {"progress": 101}},
        accepted={"all": {"progress": 100}},
    ),
    *check(
        "reportorder_claimed_while_working",
        _working,
        refused={
            "nobody has it": {"claimed_at": None},
            "nobody was seen": {"seen_at": None},
            "under no name": {"stored_as": ""},
            "claimed, and waiting": {"state": "waiting"},
        },
        accepted={"freed": {"state": "waiting", "claimed_at": None, "seen_at": None}},
    ),
    *check(
        "reportorder_ready_is_made",
        _ready,
        refused={
            "never made": {"made_at": None},
            "kept for ever": {"kept_until": None},
            "of no size": {"size": None},
            "made, and waiting": {"state": "waiting"},
        },
        accepted={"empty": {"size": 0}},
    ),
    *check(
        "reportorder_file_until_emptied",
        _ready,
        refused={
            "no file, and not emptied": {"stored_as": ""},
            "emptied, with a file": {"emptied_at": noon(DAY)},
        },
        accepted={"emptied": {"emptied_at": noon(DAY), "stored_as": ""}},
    ),
    *check(
        "reportorder_failed_with_sentence",
        partial(make_report_order, state="failed"),
        refused={"for no reason": {"failure": ""}, "waiting, with a reason": {"state": "waiting"}},
        accepted={"another": {"failure": "x"}},
    ),
    *check(
        "reportorder_period_of_a_schedule",
        _of_a_schedule,
        refused={"of no period": {"period": None}, "of no schedule": {"schedule": None}},
        accepted={"of neither": {"period": None, "schedule": None}},
    ),
    *unique(
        "reportorder_stored_once",
        _working,
        same=("stored_as",),
        accepted={"another name": {"stored_as": "documents/another"}},
    ),
    *unique("reportorder_once_a_period", _of_a_schedule, same=("schedule", "period")),
    *unique(
        "reportorder_one_open_alike",
        make_report_order,
        same=("ordered_by", "digest"),
        accepted={"one that has ended": {"state": "cancelled"}},
    ),
    *unique("reportdelivery_once", make_report_delivery, same=("order", "person")),
    *check(
        "reportdelivery_mail_or_why_none",
        _withheld,
        refused={
            "neither": {"withheld": ""},
            "both": lambda _: {"reply": make_reply()},
        },
        accepted={"a mail": lambda _: {"reply": make_reply(), "withheld": ""}},
    ),
    *check(
        "reportschedule_from_before_until",
        make_report_schedule,
        refused={"backwards": {"until_on": BEFORE}},
        accepted={"a day apart": {"until_on": AFTER}, "on one day": {"until_on": DAY}, "no end": {"until_on": None}},
    ),
    *not_empty("reportschedule_of_a_report", make_report_schedule, "report", "format"),
    *one_of("reportschedule_rhythm", make_report_schedule, "rhythm", ["month", "week", "quarter"]),
    *check(
        "reportschedule_why_it_is_paused",
        make_report_schedule,
        refused={"a reason, and not paused": {"paused_why": "x"}},
        accepted={
            "paused by its owner": {"paused_on": DAY},
            "paused, with a reason": {"paused_on": DAY, "paused_why": "x"},
        },
    ),
]
