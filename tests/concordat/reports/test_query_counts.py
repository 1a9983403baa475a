"""How many queries each report takes: the same for a few areas, partnerships and actions as for many.

The table is held against the catalogue: a report without an entry fails.
"""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concordat.reports.catalogue import REPORTS
from concordat.reports.questions import Question
from concordat.reports.report import Report
from signatories.models import Organisation, Partnership
from tests.concordat.reports.world import make_world

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)

# By the report, and by what it is asked of where it needs that or tells more of it.
QUERIES: dict[str, int] = {
    "national": 24,
    "ministerial": 36,
    "history": 11,
    "lagging": 19,
    "signatories": 11,
    "themes": 13,
    "data-quality": 4,
    "data-quality?partnership": 4,
    "changes": 29,
    "changes?partnership": 59,
    "board?partnership": 18,
    "meeting?partnership": 7,
    "tracker": 6,
    "organisation?organisation": 6,
}


def test_every_report_has_its_entry() -> None:
    assert sorted({entry.partition("?")[0] for entry in QUERIES}) == sorted(REPORTS)


def question(place: str) -> Question:
    partnership = Partnership.objects.earliest("pk") if place == "partnership" else None
    organisation = Organisation.objects.filter(leads__isnull=False).earliest("pk") if place == "organisation" else None
    return Question(ON, ON - timedelta(days=365), partnership=partnership, organisation=organisation)


def taken(report: Report, asked: Question) -> int:
    """The queries of an answer, with every row of all its tables gone through."""
    with CaptureQueriesContext(connection) as queries:
        for table in report.answer(asked).tables:
            list(table.rows)
    return len(queries)


@pytest.mark.parametrize("size", [2, 12])
def test_the_number_of_queries_does_not_grow(size: int) -> None:
    make_world(size, ON)
    found = {}
    for entry in QUERIES:
        name, _, place = entry.partition("?")
        found[entry] = taken(REPORTS[name], question(place))
    assert found == QUERIES
