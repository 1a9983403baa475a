"""Rows that the database refuses, and rows near them that it takes: chasing and its outbox."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.db.models import F, Model

from signatories.models import ChasingHold, JobDay, Message, Notice, UpdateWindow
from tests.constraint_rows.case import AFTER, BEFORE, Case, Maker, check, dated, in_order, mailed, not_empty, unique
from tests.factories import (
    DAY,
    make_calendar_address,
    make_hold,
    make_job_day,
    make_link,
    make_message,
    make_notice,
    make_opt_out,
    make_partnership,
    make_pause,
    make_person,
    make_programme,
    make_reply,
    make_window,
    noon,
)

SUBJECT = {"subject_type": "actionplans.action", "subject_id": 1}


def _window() -> Model:
    """A window on a day of its own, and shorter by nothing."""
    return make_window(due_on=date_of(UpdateWindow.objects.count()))


def date_of(number: int) -> object:
    return DAY.fromordinal(DAY.toordinal() + number)


def _message() -> Model:
    return make_message(day=date_of(Message.objects.count()))


def _notice() -> Model:
    """A notice that differs from all others in whatever makes it one."""
    number = Notice.objects.count()
    return make_notice(rule=f"rule {number}", subject_type=f"a.b{number}", due_on=date_of(number))


def _subject_is_whole(model: str, make: Maker, **besides: Callable[[], Any]) -> Iterator[Case]:
    """`besides`: what it is about instead, so that no other rule is broken."""
    return check(
        f"{model}_subject_is_whole",
        make,
        refused={
            "a kind without an id": {"subject_type": "actionplans.action", "subject_id": None},
            "an id without a kind": lambda row: (
                {"subject_type": "", "subject_id": 1} | {name: thing() for name, thing in besides.items()}
            ),
        },
        accepted={"one thing": SUBJECT},
    )


def _held_notice() -> ChasingHold:
    return make_hold(notice=make_notice())


def _held_subject() -> ChasingHold:
    """Something held that differs from all others in its kind and its id."""
    number = ChasingHold.objects.count() + 1
    return make_hold(subject_type=f"a.b{number}", subject_id=number)


def _job_day() -> Model:
    """A day of a job of its own."""
    number = JobDay.objects.count()
    return make_job_day(job=f"job_{number}", day=date_of(number))


CASES: list[Case] = [
    *check(
        "programme_window_in_order",
        make_programme,
        refused={
            "the nudge with the opening": {"nudge_days": F("window_opens_days")},
            "closed before the nudge": {"closing_days": F("nudge_days")},
            "the last notice with the closing": {"last_notice_days": F("closing_days")},
            "silent at once": {"silent_after_months": 0},
        },
        accepted={"closer": {"window_opens_days": 4, "nudge_days": 3, "closing_days": 2, "last_notice_days": 1}},
    ),
    *unique(
        "updatewindow_once",
        _window,
        same=("partnership", "due_on"),
        accepted={"one that is withdrawn": {"withdrawn_on": DAY}},
    ),
    *check(
        "updatewindow_in_order",
        make_window,
        refused={
            "opened after the nudge": {"opens_on": F("closing_on")},
            "the nudge after the list": {"nudge_on": F("last_notice_on")},
            "the list after the last notice": {"closing_on": F("due_on")},
            "the last notice after the day": {"last_notice_on": AFTER},
        },
        accepted={"all on one day": dict.fromkeys(("opens_on", "nudge_on", "closing_on", "last_notice_on"), DAY)},
    ),
    *in_order("chasingpause_from_before_until", make_pause, "from_on", "until_on", same_day=True),
    *_subject_is_whole("chasingpause", make_pause),
    *check(
        "chasingpause_has_days",
        make_pause,
        refused={"from no day": {"from_on": None}, "until no day": {"until_on": None}},
        accepted={"for a day": {"from_on": DAY, "until_on": AFTER}},
    ),
    *check(
        "chasingpause_deputy_is_somebody_else",
        make_pause,
        refused={"the person": {"deputy": F("person")}},
        accepted={"somebody": lambda row: {"deputy": make_person()}, "nobody": {"deputy": None}},
    ),
    *check(
        "chasingpause_snooze_has_no_deputy",
        lambda: make_pause(deputy=make_person()),
        refused={"a snooze with a deputy": SUBJECT},
        accepted={"without": SUBJECT | {"deputy": None}},
    ),
    *in_order("chasinghold_from_before_until", make_hold, "from_on", "until_on", same_day=True),
    *check(
        "chasinghold_from_before_until",
        make_hold,
        refused={},
        accepted={"no first day": {"from_on": None, "until_on": DAY}, "no end": {"from_on": DAY, "until_on": None}},
    ),
    *unique(
        "chasinghold_one_open_of_partnership",
        make_hold,
        same=("partnership",),
        accepted={"one that is released": {"until_on": DAY}},
    ),
    *unique(
        "chasinghold_one_open_of_notice",
        lambda: make_hold(notice=make_notice()),
        same=("notice",),
        accepted={"one that is released": {"until_on": DAY}},
    ),
    *unique(
        "chasinghold_one_open_of_subject",
        _held_subject,
        same=("subject_type", "subject_id"),
        accepted={"one that is released": {"until_on": DAY}},
    ),
    *check(
        "calendaraddress_in_order",
        make_calendar_address,
        refused={"ended before it was made": {"ended_at": noon(BEFORE)}},
        accepted={"ended at once": {"ended_at": noon(DAY)}, "ended later": {"ended_at": noon(AFTER)}},
    ),
    *unique(
        "signatories.calendaraddress.person",
        make_calendar_address,
        same=("person",),
        accepted={"of somebody else": lambda row: {"person": make_person()}},
    ),
    *_subject_is_whole("chasinghold", partial(make_hold, **SUBJECT), partnership=make_partnership),
    *check(
        "chasinghold_is_about_one_thing",
        make_hold,
        refused={
            "nothing": {"partnership": None},
            "a partnership and a thing": SUBJECT,
            "a partnership and a notice": lambda row: {"notice": make_notice()},
        },
        accepted={"a thing": SUBJECT | {"partnership": None}, "a partnership": {"partnership": F("partnership")}},
    ),
    *check(
        "chasinghold_is_about_one_thing",
        _held_notice,
        refused={"a notice and a thing": SUBJECT},
        accepted={"a notice": {"reason": "x"}},
    ),
    *not_empty("chasinghold_has_reason", make_hold, "reason"),
    *dated("chasingoptout", make_opt_out),
    *unique(
        "chasingoptout_one_open", make_opt_out, same=("person",), accepted={"one that has ended": {"until_on": DAY}}
    ),
    *mailed("message", make_message),
    *unique("message_once_a_day", _message, same=("recipient", "day")),
    *unique("notice_once", _notice, same=("recipient_id", "subject_type", "subject_id", "rule", "due_on")),
    *not_empty("notice_says_why", make_notice, "rule", "subject_type"),
    *check(
        "notice_goes_once_planned",
        make_notice,
        refused={"before it was planned": {"send_on": BEFORE}},
        accepted={"later": {"send_on": AFTER}, "on its day": {"send_on": DAY}},
    ),
    *check(
        "notice_dropped_with_reason",
        make_notice,
        refused={
            "dropped for no reason": {"dropped_on": DAY},
            "a reason, and not dropped": {"dropped_why": "x"},
            "dropped and in a message": lambda row: {
                "dropped_on": DAY,
                "dropped_why": "x",
                "message": make_message(),
            },
        },
        accepted={
            "dropped": {"dropped_on": DAY, "dropped_why": "x"},
            "in a message": lambda row: {"message": make_message()},
        },
    ),
    *check(
        "programme_link_days",
        make_programme,
        refused={"none": {"link_days": 0}, "longer than a quarter": {"link_days": 91}},
        accepted={"one": {"link_days": 1}, "ninety": {"link_days": 90}},
    ),
    *unique(
        "signatories.signedlink.message",
        make_link,
        same=("message",),
        accepted={"of another": lambda row: {"message": make_message()}},
    ),
    *check(
        "signedlink_lasts",
        make_link,
        refused={"ended as it was made": {"expires_at": F("made_at")}, "before": {"expires_at": noon(BEFORE)}},
        accepted={"for a day": {"expires_at": noon(AFTER)}},
    ),
    *check(
        "signedlink_in_order",
        make_link,
        refused={"taken back before it was made": {"revoked_at": noon(BEFORE)}},
        accepted={"at once": {"revoked_at": F("made_at")}, "never": {"revoked_at": None}},
    ),
    *check(
        "signedlink_nonce",
        make_link,
        refused={"none": {"nonce": ""}, "words": {"nonce": "x" * 32}, "short": {"nonce": "0" * 31}},
        accepted={"another": {"nonce": "f" * 32}},
    ),
    *unique("jobday_once", _job_day, same=("job", "day")),
    *not_empty("jobday_has_job", make_job_day, "job"),
    *check(
        "jobday_ends_what_began",
        make_job_day,
        refused={"more ended than began": {"begun": 1, "ended": 2}, "both ways": {"begun": 1, "ended": 1, "failed": 1}},
        accepted={"one still running": {"begun": 2, "ended": 1}, "all over": {"begun": 2, "ended": 1, "failed": 1}},
    ),
    *check(
        "jobday_failed_for_a_reason",
        make_job_day,
        refused={"no reason": {"failed_at": noon(DAY)}, "a reason, and not failed": {"failure": "x"}},
        accepted={"with a reason": {"failed_at": noon(DAY), "failure": "x"}},
    ),
    *mailed("reply", make_reply),
    *not_empty("reply_says_something", make_reply, "subject", "subject_type"),
]
