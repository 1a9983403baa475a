"""For each constraint of the database: rows that it refuses, and rows near them that it takes."""

from tests.constraint_rows import (
    actionplans,
    areas,
    bounces,
    chasing,
    documents,
    imports,
    kernel,
    meetings,
    owners,
    people,
    report_orders,
    reports,
    rounds,
    signatories,
)
from tests.constraint_rows.case import Case

CASES: list[Case] = [
    *kernel.CASES,
    *areas.CASES,
    *signatories.CASES,
    *people.CASES,
    *documents.CASES,
    *rounds.CASES,
    *actionplans.CASES,
    *owners.CASES,
    *meetings.CASES,
    *imports.CASES,
    *chasing.CASES,
    *bounces.CASES,
    *report_orders.CASES,
    *reports.CASES,
]
