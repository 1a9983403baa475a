"""Rows that the database refuses, and rows near them that it takes: plans, actions, updates, commitments."""

from collections.abc import Iterator
from functools import partial

from django.db.models import F, Model

from actionplans.models import ActionLead, PlanCoverage
from actionplans.states import Confidence
from actionplans.timescale import Confidence as TimescaleConfidence
from actionplans.timescale import Kind, TimePrecision
from tests.constraint_rows.case import (
    AFTER,
    BEFORE,
    Case,
    Maker,
    check,
    covered,
    day_with_precision,
    in_order,
    not_empty,
    one_of,
    unique,
)
from tests.constraint_rows.signatories import published
from tests.factories import (
    DAY,
    cover,
    make_action,
    make_area,
    make_commitment,
    make_date_change,
    make_earlier_must_do,
    make_expectation,
    make_in_version,
    make_lead,
    make_person,
    make_plan,
    make_programme,
    make_promise,
    make_section,
    make_theme,
    make_update,
    make_version,
    noon,
)


def _beside_one_left_out() -> Model:
    left_out = make_in_version(reference="A1", is_left_out=True)
    return make_in_version(version=left_out.version, action=make_action(plan=left_out.version.plan))


def plan_coverage(part: str = "") -> PlanCoverage:
    return cover(make_plan(), make_area(), part=part)


def timed(model: str, make: Maker) -> Iterator[Case]:
    """The constraints of a timescale; `make` makes a row without a due day."""
    without_day = ["none", "recurring"]
    yield from one_of(f"{model}_timescale_kind", make, "timescale_kind", Kind.values)
    of_a_range = partial(_with_kind, make, "range")
    yield from in_order(f"{model}_starts_before_due", of_a_range, "starts_on", "due_on", same_day=True)
    yield from check(
        f"{model}_starts_before_due",
        of_a_range,
        refused={},
        accepted={"no start": {"due_on": DAY}, "no due day": {"starts_on": DAY}},
    )
    yield from check(
        f"{model}_recurring_has_no_due_day",
        make,
        refused={
            f"{kind} with a due day": {"timescale_kind": kind, "due_on": DAY, "timescale_precision": "day"}
            for kind in without_day
        },
        accepted={
            f"{kind} with a due day": {"timescale_kind": kind, "due_on": DAY, "timescale_precision": "day"}
            for kind in Kind.values
            if kind not in without_day
        }
        | {f"{kind} with a start": {"timescale_kind": kind, "starts_on": DAY} for kind in without_day},
    )
    yield from check(
        f"{model}_due_day_has_precision",
        of_a_range,
        refused={
            "a due day without precision": {"due_on": DAY, "timescale_precision": ""},
            "another word": {"due_on": DAY, "timescale_precision": "x"},
            "another word and no due day": {"timescale_precision": "x"},
        },
        accepted={f"to the {word}": {"due_on": DAY, "timescale_precision": word} for word in TimePrecision.values}
        | {"neither": {"due_on": None, "timescale_precision": ""}, "a start": {"timescale_precision": "day"}},
    )
    yield from one_of(f"{model}_timescale_confidence", make, "timescale_confidence", TimescaleConfidence.values)
    yield from check(
        f"{model}_reviewed_at_most_monthly",
        make,
        refused={"every 0 months": {"review_every_months": 0}},
        accepted={"monthly": {"review_every_months": 1}, "never": {"review_every_months": None}},
    )


def _with_kind(make: Maker, kind: str) -> Model:
    row = make()
    type(row)._base_manager.filter(pk=row.pk).update(timescale_kind=kind, timescale_precision="day")
    return row


PLANS: list[Case] = [
    *not_empty("actionplan_has_title", make_plan, "title"),
    *one_of("actionplan_kind", make_plan, "kind", ["concordat", "related"]),
    *unique(
        "actionplans.actionplan.fulfils",
        make_plan,
        same=("fulfils",),
        first=lambda: make_plan(fulfils=make_expectation()),
    ),
    *unique(
        "actionplans.actionplan.fulfils",
        make_plan,
        same=("fulfils",),
        refused={},
        accepted={"two that nobody expected": {}},
    ),
    *check(
        "actionplan_related_fulfils_nothing",
        partial(make_plan, kind="related"),
        refused={"an expected plan": lambda _: {"fulfils": make_expectation()}},
        accepted={"nothing": {"fulfils": None}},
    ),
    *check(
        "actionplan_related_fulfils_nothing",
        make_plan,
        refused={},
        accepted={"the plan itself does": lambda _: {"fulfils": make_expectation()}},
    ),
    *covered("plancoverage", plan_coverage, owner="plan"),
    *published("planversion", make_version),
    *unique(
        "planversion_label_once",
        make_version,
        same=("plan", "label"),
        first=partial(make_version, published_on=DAY),
    ),
    *unique(
        "planversion_one_in_hand_per_plan",
        make_version,
        same=("plan",),
        refused={
            "one that waits": {"state": "submitted", "submitted_at": noon(DAY)},
            "one that was returned": {"state": "returned", "review_comment": "x"},
        },
        accepted={
            "one that was abandoned": {"state": "abandoned", "abandoned_reason": "x"},
            "a published one": {"state": "published", "published_on": DAY, "published_precision": "day"},
        },
    ),
    *unique(
        "planversion_one_live_per_plan",
        partial(make_version, published_on=DAY),
        same=("plan",),
        accepted={
            "one that was superseded": {"superseded_on": DAY},
            "one that was withdrawn": {"withdrawn_on": DAY, "withdrawn_reason": "x"},
            "a draft": {"state": "draft", "published_on": None, "published_precision": ""},
        },
    ),
    *not_empty("planversion_has_label", make_version, "label"),
    *in_order("planversion_reviewed_once_begun", make_version, "period_starts_on", "next_review_on", same_day=True),
    *check(
        "planversion_reviewed_once_begun",
        make_version,
        refused={},
        accepted={"no first day": {"next_review_on": DAY}, "no review": {"period_starts_on": DAY}},
    ),
    *in_order("planversion_period_in_order", make_version, "period_starts_on", "period_ends_on", same_day=True),
    *check(
        "planversion_period_in_order",
        make_version,
        refused={},
        accepted={"no start": {"period_ends_on": DAY}, "no end": {"period_starts_on": DAY}},
    ),
    *unique(
        "section_code_once",
        lambda: make_section(programme=make_programme()),
        same=("programme", "code"),
        first=make_section,
    ),
    *not_empty("section_has_code_and_title", make_section, "code", "title"),
    *not_empty("theme_has_name", make_theme, "name"),
    *unique("actionplans.theme.name", make_theme, same=("name",), accepted={"another": {"name": "x"}}),
    *unique("actionplans.theme.slug", make_theme, same=("slug",), accepted={"another": {"slug": "x"}}),
]

ACTIONS: list[Case] = [
    *timed("action", make_action),
    *not_empty("action_has_text", make_action, "text"),
    *check(
        "action_does_not_mirror_itself",
        make_action,
        refused={"itself": {"mirrors": F("id")}},
        accepted={"another": lambda _: {"mirrors": make_action()}, "none": {"mirrors": None}},
    ),
    *unique(
        "actioninversion_reference_once",
        partial(make_in_version, reference="1.1"),
        same=("version", "reference"),
        first=partial(make_in_version, reference="2.1"),
    ),
    *unique(
        "actioninversion_reference_once",
        make_in_version,
        same=("version",),
        refused={},
        accepted={"two without a reference": {}},
    ),
    *unique("actioninversion_once", make_in_version, same=("version", "action")),
    *not_empty("actioninversion_has_text", make_in_version, "text"),
    *in_order("earliermustdo_from_before_until", make_earlier_must_do, "from_on", "until_on", same_day=False),
    *check(
        "earliermustdo_has_ended",
        make_earlier_must_do,
        refused={"no end": {"until_on": None}},
        accepted={"an end": {"until_on": AFTER}},
    ),
    *unique(
        "earliermustdo_once_until_a_day",
        partial(make_earlier_must_do, from_on=BEFORE),
        same=("action", "until_on"),
        first=partial(make_earlier_must_do, until_on=AFTER),
    ),
    *unique(
        "earliermustdo_one_first_per_action",
        make_earlier_must_do,
        same=("action",),
        first=partial(make_earlier_must_do, until_on=AFTER),
        accepted={"one from a day on": {"from_on": BEFORE}},
    ),
    *in_order("actionlead_from_before_until", make_lead, "from_on", "until_on", same_day=True),
    *check(
        "actioninversion_reason_if_left_out",
        make_in_version,
        refused={"of one that stands in it": {"left_out_reason": "x"}},
        accepted={
            "of one left out": {"is_left_out": True, "left_out_reason": "x"},
            "left out without one": {"is_left_out": True},
        },
    ),
    *one_of("actionlead_role", make_lead, "role", ActionLead.Role.values),
    *check(
        "actionlead_is_somebody",
        make_lead,
        refused={"nobody": {"organisation": None}},
        accepted={
            "somebody in the plan's words": {"organisation": None, "text": "LAs"},
            "both": {"text": "The police"},
        },
    ),
    *unique(
        "actionlead_one_accountable_lead",
        make_lead,
        same=("action",),
        accepted={
            "a joint lead": {"role": "joint"},
            "one that works with it": {"role": "working_with"},
            "one that has ended": {"until_on": DAY},
        },
    ),
    *unique(
        "actionlead_once_per_role",
        partial(make_lead, role="joint"),
        same=("action", "organisation", "role"),
        first=partial(make_lead, role="working_with"),
        accepted={
            "one that has ended": {"until_on": DAY},
            "two in the plan's words": {"organisation": None, "text": "LAs"},
        },
    ),
    *timed("datechange", partial(make_date_change, due_on=None)),
    *not_empty("datechange_has_reason", make_date_change, "reason"),
    *in_order("datechange_in_order", make_date_change, "decided_on", "until_on", same_day=True),
    *unique(
        "datechange_one_last_per_action",
        make_date_change,
        same=("action",),
        accepted={"one before the last": {"until_on": DAY}},
    ),
]

_draft = partial(make_update, state="draft")
_returned = partial(make_update, state="returned")
_merged = partial(make_update, status="merged")

UPDATES: list[Case] = [
    *one_of("update_state", _draft, "state", ["draft", "submitted"]),
    *one_of("update_state", _returned, "state", ["returned"]),
    *check("update_state", _draft, refused={}, accepted={"accepted": {"state": "accepted", "accepted_at": noon(DAY)}}),
    *one_of(
        "update_status",
        make_update,
        "status",
        ["not_started", "in_progress", "paused", "business_as_usual"],
    ),
    *check(
        "update_status",
        make_update,
        refused={},
        accepted={
            "completed": {"status": "completed", "completed_on": DAY, "outcome_note": "x"},
            "merged": lambda _: {"status": "merged", "merged_into": make_action()},
            "not_going_ahead": {"status": "not_going_ahead", "reason": "x"},
        },
    ),
    *check(
        "update_confidence",
        make_update,
        refused={"another word": {"confidence": "x"}},
        accepted={word or "none": {"confidence": word} for word in ["", *Confidence.values]},
    ),
    *check(
        "update_accepted_has_time",
        make_update,
        refused={
            "accepted at no time": {"accepted_at": None},
            "a draft with a time": {"state": "draft"},
            "a draft that somebody accepted": lambda _: {
                "state": "draft",
                "accepted_at": None,
                "accepted_by": make_person(),
            },
            "a draft that ended": {"state": "draft", "accepted_at": None, "until_on": AFTER},
        },
        accepted={
            "accepted, and ended": {"until_on": AFTER},
            "submitted": {"state": "submitted", "accepted_at": None},
            "returned": {"state": "returned", "accepted_at": None, "review_comment": "x"},
        },
    ),
    *in_order("update_in_order", make_update, "reported_on", "until_on", same_day=True),
    *check(
        "update_completed_has_day_and_outcome",
        make_update,
        refused={
            "completed without a day": {"status": "completed", "outcome_note": "x"},
            "completed without an outcome": {"status": "completed", "completed_on": DAY},
            "a day without being completed": {"completed_on": DAY},
            "a day and an outcome without being completed": {"completed_on": DAY, "outcome_note": "x"},
        },
        accepted={
            "completed": {"status": "completed", "completed_on": DAY, "outcome_note": "x"},
            "an outcome so far": {"outcome_note": "x"},
            "a draft, half filled in": {"state": "draft", "accepted_at": None, "status": "completed"},
        },
    ),
    *check(
        "update_completed_before_reported",
        partial(make_update, status="completed"),
        refused={"the day after": {"completed_on": AFTER}},
        accepted={"the same day": {"completed_on": DAY}, "the day before": {"completed_on": BEFORE}},
    ),
    *check(
        "update_merged_has_target",
        make_update,
        refused={
            "merged into nothing": {"status": "merged"},
            "a target without being merged": lambda _: {"merged_into": make_action()},
        },
        accepted={
            "merged": lambda _: {"status": "merged", "merged_into": make_action()},
            "a draft, half filled in": {"state": "draft", "accepted_at": None, "status": "merged"},
        },
    ),
    *check(
        "update_not_merged_into_itself",
        _merged,
        refused={"into itself": {"merged_into": F("action")}},
        accepted={"into another": lambda _: {"merged_into": make_action()}},
    ),
    *check(
        "update_dropped_has_reason",
        make_update,
        refused={"dropped without a reason": {"status": "not_going_ahead"}},
        accepted={
            "dropped with a reason": {"status": "not_going_ahead", "reason": "x"},
            "a draft, half filled in": {"state": "draft", "accepted_at": None, "status": "not_going_ahead"},
            "a reason for something else": {"reason": "x"},
        },
    ),
    *unique(
        "update_one_current_per_action",
        make_update,
        same=("action",),
        accepted={
            "one before the last": {"until_on": DAY},
            "a draft": {"state": "draft", "accepted_at": None},
        },
    ),
]

COMMITMENTS: list[Case] = [
    *unique("commitment_once", make_commitment, same=("partnership", "you_said")),
    *not_empty("commitment_says_something", make_commitment, "you_said"),
    *day_with_precision("commitment_day_has_precision", make_commitment, "made_on", "made_precision"),
    *check(
        "commitment_ended_with_reason",
        make_commitment,
        refused={"without a reason": {"ended_on": DAY}, "a reason without a day": {"ended_reason": "x"}},
        accepted={"with both": {"ended_on": DAY, "ended_reason": "x"}},
    ),
    *in_order(
        "commitment_ended_after_made",
        partial(make_commitment, made_on=BEFORE, made_precision="day", ended_on=DAY, ended_reason="x"),
        "made_on",
        "ended_on",
        same_day=True,
    ),
    *check(
        "actioninversion_reference_once",
        _beside_one_left_out,
        refused={},
        accepted={"the same as one left out": {"reference": "A1"}},
    ),
    *timed("promise", make_promise),
    *unique("promise_once", make_promise, same=("commitment", "we_will")),
    *not_empty("promise_says_something", make_promise, "we_will"),
]

CASES: list[Case] = [*PLANS, *ACTIONS, *UPDATES, *COMMITMENTS]
