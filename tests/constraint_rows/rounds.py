"""The contact log and review rounds."""

from uuid import uuid4

from django.db.models import F, Model

from tests.constraint_rows.case import AFTER, BEFORE, Case, check, in_order, not_empty, one_of, unique
from tests.factories import (
    DAY,
    make_area,
    make_contact,
    make_partnership,
    make_person,
    make_programme,
    make_round,
    make_round_area,
)


def contact_with_step() -> Model:
    return make_contact(next_step="Call", next_due_on=DAY)


def confirmed_area() -> Model:
    return make_round_area(confirmed_on=DAY)


_cancelled = {"cancelled_on": DAY, "cancelled_reason": "x"}

CASES: list[Case] = [
    *unique(
        "signatories.contactentry.ticket", make_contact, same=("ticket",), accepted={"another": {"ticket": uuid4()}}
    ),
    *unique(
        "signatories.contactentry.corrects",
        make_contact,
        first=lambda: make_contact(corrects=make_contact()),
        same=("corrects",),
        accepted={"two that correct none": {"corrects": None}},
    ),
    *unique(
        "signatories.contactentry.closes",
        make_contact,
        first=lambda: make_contact(closes=make_contact()),
        same=("closes",),
        accepted={"two that close none": {"closes": None}},
    ),
    *check(
        "contactentry_of_one_place",
        make_contact,
        refused={"of none": {"partnership": None}, "of two": lambda _: {"area": make_area()}},
        accepted={
            "of another partnership": lambda _: {"partnership": make_partnership()},
            "of an area": lambda _: {"partnership": None, "area": make_area()},
        },
    ),
    *one_of("contactentry_how", make_contact, "how", ["phone", "email", "meeting", "letter"]),
    *not_empty("contactentry_is_complete", make_contact, "whom", "said"),
    *check(
        "contactentry_due_day_of_a_step",
        contact_with_step,
        refused={"of no step": {"next_step": ""}, "before the contact": {"next_due_on": BEFORE}},
        accepted={"later": {"next_due_on": AFTER}, "no day": {"next_due_on": None}, "on the day": {"next_due_on": DAY}},
    ),
    *check(
        "contactentry_not_its_own_correction",
        make_contact,
        refused={"itself": {"corrects": F("id")}},
        accepted={"another": lambda _: {"corrects": make_contact()}},
    ),
    *check(
        "contactentry_closes_another",
        make_contact,
        refused={"itself": {"closes": F("id")}},
        accepted={"another": lambda _: {"closes": make_contact()}},
    ),
    *unique(
        "reviewround_once",
        lambda: make_round(programme=make_programme(), opens_on=AFTER),
        first=make_round,
        same=("programme", "title", "opens_on"),
        accepted={"one that was cancelled": _cancelled},
    ),
    *not_empty("reviewround_is_complete", make_round, "title", "asks"),
    *in_order("reviewround_opens_before_it_is_due", make_round, "opens_on", "due_on", same_day=False),
    *check(
        "reviewround_closed_once_open",
        make_round,
        refused={"before it opened": {"closed_on": BEFORE}, "and cancelled": {"closed_on": DAY} | _cancelled},
        accepted={"on its first day": {"closed_on": DAY}, "later": {"closed_on": AFTER}, "cancelled": _cancelled},
    ),
    *check(
        "reviewround_cancelled_with_reason",
        make_round,
        refused={"without one": {"cancelled_on": DAY}, "a reason alone": {"cancelled_reason": "x"}},
        accepted={"with one": _cancelled},
    ),
    *unique("reviewroundarea_once", make_round_area, same=("round", "area")),
    *check(
        "reviewroundarea_confirmed_whole",
        confirmed_area,
        refused={
            "at no time": {"confirmed_on": None},
            "by nobody": {"confirmed_by": None},
            "for nobody": {"confirmed_for": None},
            "without a word": {"note": ""},
        },
        accepted={
            "by another": lambda _: {"confirmed_by": make_person()},
            "not at all": {"confirmed_on": None, "confirmed_by": None, "confirmed_for": None, "note": ""},
        },
    ),
]
