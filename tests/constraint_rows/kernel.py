"""Rows that the database refuses, and rows near them that it takes: changes and claims."""

from functools import partial

from concordat.kernel.models import Claim, Redaction, Revision
from tests.constraint_rows.case import AFTER, Case, check, day_with_precision, inserted, not_empty, one_of, unique
from tests.factories import DAY, make_change, make_claim, make_person, make_redaction

_other_claim = partial(make_claim, subject_type="signatories.declaration", event=Claim.Event.PLAN, source="A newspaper")
_chosen = partial(make_claim, chosen=True)

CASES: list[Case] = [
    *check(
        "change_by_person_or_command",
        make_change,
        write=inserted,
        refused={
            "by nobody": {"by_command": ""},
            "by a person and a command": lambda _: {"by": make_person()},
        },
        accepted={
            "by a person": lambda _: {"by": make_person(), "by_command": ""},
            "by a command": {"by_command": "x"},
        },
    ),
    *check(
        "change_has_verb",
        make_change,
        write=inserted,
        refused={"no verb": {"verb": ""}},
        accepted={"one letter": {"verb": "x"}},
    ),
    *check(
        "revision_is_one_row",
        Revision,
        write=inserted,
        refused={"a second row": {"id": 2, "stamp": "0" * 32}},
        accepted={"the one row": {"id": 1, "stamp": "0" * 32}},
    ),
    *check(
        "revision_stamp",
        Revision,
        write=inserted,
        refused={
            "empty": {"id": 1, "stamp": ""},
            "too short": {"id": 1, "stamp": "0" * 31},
            "not in hex": {"id": 1, "stamp": "g" * 32},
        },
        accepted={"32 digits in hex": {"id": 1, "stamp": "0123456789abcdef" * 2}},
    ),
    *check(
        "redaction_category",
        make_redaction,
        refused={"none": {"category": ""}, "another": {"category": "x"}},
        accepted={each: {"category": each} for each in Redaction.Category.values},
    ),
    *check(
        "redaction_says_where_and_why",
        make_redaction,
        refused={"no field": {"field": ""}, "no reason": {"reason": ""}},
        accepted={"one letter each": {"field": "x", "reason": "x"}},
    ),
    *check("redaction_somewhere", make_redaction, refused={"nowhere": {"places": 0}}, accepted={"once": {"places": 1}}),
    *day_with_precision("claim_day_has_precision", make_claim, "on", "precision"),
    *not_empty("claim_has_source", make_claim, "source"),
    *one_of("claim_event", make_claim, "event", Claim.Event.values),
    *unique(
        "claim_one_chosen_per_event",
        partial(_chosen, source="A newspaper"),
        same=("subject_type", "subject_id", "event"),
        first=partial(_chosen, subject_type="signatories.declaration", event=Claim.Event.PLAN),
        accepted={"one that is not chosen": {"chosen": False}},
    ),
    *unique(
        "claim_once_per_source_and_day",
        partial(make_claim, on=DAY),
        same=("subject_type", "subject_id", "event", "source", "on"),
        first=partial(_other_claim, on=AFTER),
        accepted={"one without a day": {"on": None, "precision": ""}},
    ),
    *unique(
        "claim_once_per_source_undated",
        make_claim,
        same=("subject_type", "subject_id", "event", "source"),
        first=_other_claim,
        accepted={"one with a day": {"on": DAY, "precision": "day"}},
    ),
]
