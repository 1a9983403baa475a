"""Rows that the database refuses, and rows near them that it takes: what is kept of reports."""

from django.db.models import Model

from tests.constraint_rows.case import Case, check, inserted
from tests.factories import make_frozen, make_meeting, make_partnership


def _line() -> Model:
    """The first of two lines that there will be."""
    return make_frozen(length=2).lines.get()


CASES: list[Case] = [
    *check(
        "frozenreport_once",
        make_frozen,
        write=inserted,
        refused={"the same again": {}},
        accepted={
            "the next": {"number": 2},
            "of another report": {"report": "meeting"},
            "for another meeting": lambda row: {"meeting": make_meeting(partnership=row.partnership)},
            "of another partnership": lambda _: {"partnership": make_partnership()},
        },
    ),
    *check(
        "frozenreport_number",
        make_frozen,
        write=inserted,
        refused={"before the first": {"number": 0}},
        accepted={"the second": {"number": 2}},
    ),
    *check(
        "frozenreport_has_lines",
        make_frozen,
        write=inserted,
        refused={"of no line": {"number": 2, "length": 0}},
        accepted={"of one line": {"number": 2, "length": 1}},
    ),
    *check(
        "frozenreport_is_of_a_report",
        make_frozen,
        write=inserted,
        refused={"of none": {"number": 2, "report": ""}},
        accepted={"of one": {"number": 2, "report": "x"}},
    ),
    *check(
        "frozenline_once",
        _line,
        write=inserted,
        refused={"the same number again": {}},
        accepted={"the next": {"number": 2}},
    ),
    *check(
        "frozenline_number",
        _line,
        write=inserted,
        refused={"before the first": {"number": 0}},
        accepted={"the second": {"number": 2}},
    ),
]
