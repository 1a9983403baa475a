"""Rows that the database refuses, and rows near them that it takes: plan files on their way into a draft."""

from functools import partial

from tests.constraint_rows.case import Case, check, unique
from tests.factories import DAY, make_import, make_import_memory, make_imported_row, make_partnership, noon

_file = partial(make_import, pasted="", stored_as="documents/ab/ab", original_name="plan.xlsx")
_claimed = {"claimed_at": noon(DAY)}
YEARS = {
    "refused": {"before any plan": {"default_year": 1999}, "after all plans": {"default_year": 2051}},
    "accepted": {
        "none": {"default_year": None},
        "the first": {"default_year": 2000},
        "the last": {"default_year": 2050},
    },
}

CASES: list[Case] = [
    *check(
        "planimport_state",
        make_import,
        refused={"another word": {"state": "x"}, "no word": {"state": ""}},
        accepted={
            **{state: {"state": state} for state in ("received", "ready", "confirmed", "abandoned")},
            **{state: {"state": state} | _claimed for state in ("reading", "applying")},
            "applied": {"state": "applied", "applied_at": noon(DAY)},
            "refused": {"state": "refused", "refusal": "x"},
        },
    ),
    *check(
        "planimport_is_a_file_or_a_paste",
        make_import,
        refused={
            "neither": {"pasted": ""},
            "both": {"stored_as": "x", "original_name": "x"},
            "a file without the name it came with": {"pasted": "", "stored_as": "x"},
            "a paste with the name of a file": {"original_name": "x"},
        },
        accepted={"a file": {"pasted": "", "stored_as": "x", "original_name": "x"}, "a paste": {"pasted": "x"}},
    ),
    *check(
        "planimport_sha256",
        make_import,
        refused={"none": {"sha256": ""}, "too short": {"sha256": "0" * 63}, "not in hex": {"sha256": "g" * 64}},
        accepted={"64 digits in hex": {"sha256": "0123456789abcdef" * 4}},
    ),
    *check(
        "planimport_quarters",
        make_import,
        refused={"another word": {"quarters": "x"}},
        accepted={"not said": {"quarters": ""}, "calendar": {"quarters": "calendar"}, "nhs": {"quarters": "nhs"}},
    ),
    *check("planimport_default_year", make_import, **YEARS),
    *check(
        "planimport_refused_with_sentence",
        make_import,
        refused={"for no reason": {"state": "refused"}, "a reason and not refused": {"refusal": "x"}},
        accepted={"both": {"state": "refused", "refusal": "x"}},
    ),
    *check(
        "planimport_applied_has_time",
        make_import,
        refused={"at no time": {"state": "applied"}, "a time and not applied": {"applied_at": noon(DAY)}},
        accepted={"both": {"state": "applied", "applied_at": noon(DAY)}},
    ),
    *check(
        "planimport_claimed_while_at_work",
        make_import,
        refused={
            "being read by nobody": {"state": "reading"},
            "being applied by nobody": {"state": "applying"},
            "claimed and ready": _claimed,
        },
        accepted={"being read": {"state": "reading"} | _claimed, "being applied": {"state": "applying"} | _claimed},
    ),
    *unique(
        "planimport_stored_once",
        _file,
        first=partial(_file, stored_as="documents/cd/cd"),
        same=("stored_as",),
        accepted={"another": {"stored_as": "x"}},
    ),
    *unique(
        "planimport_one_open_per_draft",
        make_import,
        same=("draft",),
        accepted={
            "one that was given up": {"state": "abandoned"},
            "one that was applied": {"state": "applied", "applied_at": noon(DAY)},
        },
    ),
    *unique("importedrow_position_once", make_imported_row, same=("plan_import", "position")),
    *check(
        "importedrow_change",
        make_imported_row,
        refused={"another word": {"change": "x"}},
        accepted={
            "no action": {"change": ""},
            **{change: {"change": change} for change in ("new", "changed", "unchanged")},
        },
    ),
    *check(
        "importmemory_quarters",
        make_import_memory,
        refused={"another word": {"quarters": "x"}},
        accepted={"not said": {"quarters": ""}, "calendar": {"quarters": "calendar"}, "nhs": {"quarters": "nhs"}},
    ),
    *check("importmemory_default_year", make_import_memory, **YEARS),
    *unique(
        "actionplans.importmemory.partnership",
        make_import_memory,
        same=("partnership",),
        accepted={"of another": lambda _: {"partnership": make_partnership()}},
    ),
]
