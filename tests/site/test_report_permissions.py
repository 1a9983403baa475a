"""Who may read which report, in every format: the table is held against the catalogue, so that one without rows fails.

“national?partnership” is the report of the partnership at hand; who is elsewhere has the same role in another one.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from actionplans.models import Action
from concordat.kernel.dates import today
from concordat.reports.catalogue import REPORTS
from concordat.reports.formats import FORMATS
from concordat.reports.report import Report
from signatories.access import access_of
from signatories.models import Person
from tests import factories as make
from tests.site.test_permissions import (
    EVERYBODY,
    NO,
    NOT_FOUND,
    OK,
    SIGN_IN,
    action,
    fits,
    person,
    row,
    sign_in,
    strangers,
)

__all__ = ["action"]  # the fixture

pytestmark = pytest.mark.django_db
PLACES = ("partnership", "organisation")
EVERY_ROLE = row(SIGN_IN, NO, *[OK] * 8)
NATIONAL = row(SIGN_IN, NO, *[NO] * 6, OK, OK)
# Its own side is in it: who is no reader of the partnership does not learn of it.
READERS = row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, NOT_FOUND, *[OK] * 5)
HERE = row(SIGN_IN, NO, *[NOT_FOUND] * 6, OK, OK)
# Who leads the organisation, and national staff.
LEADS = row(SIGN_IN, NO, NOT_FOUND, NOT_FOUND, OK, NOT_FOUND, NOT_FOUND, NOT_FOUND, OK, OK)

# On their page, readers of a partnership choose one; a file is always of one that was chosen.
CHOSEN = frozenset({"data-quality", "tracker"})

READ: dict[str, tuple[Any, ...]] = {
    # out, nobody, elsewhere; owner, lead, coordinator, chair, board member, reviewer, administrator
    "national": EVERY_ROLE,
    "national?partnership": EVERY_ROLE,
    "national?organisation": EVERY_ROLE,
    "ministerial": NATIONAL,
    "history": EVERY_ROLE,
    "lagging": NATIONAL,
    "lagging?partnership": HERE,
    "lagging?organisation": HERE,
    "signatories": EVERY_ROLE,
    "signatories?partnership": EVERY_ROLE,
    "signatories?organisation": EVERY_ROLE,
    "themes": EVERY_ROLE,
    "themes?partnership": EVERY_ROLE,
    "themes?organisation": EVERY_ROLE,
    "data-quality": NATIONAL,
    "data-quality?partnership": READERS,
    "data-quality?organisation": HERE,
    "changes": EVERY_ROLE,
    "changes?partnership": READERS,
    "changes?organisation": EVERY_ROLE,
    "board?partnership": READERS,
    "meeting?partnership": READERS,
    "tracker": NATIONAL,
    "tracker?partnership": READERS,
    "tracker?organisation": HERE,
    "organisation?organisation": LEADS,
}


def entries(report: Report) -> Iterator[str]:
    """What must have a row of a report: itself, unless it is of one place alone, and each place that it is asked by."""
    if not report.needs:
        yield report.name
    yield from (f"{report.name}?{place}" for place in PLACES if place in (report.needs or report.takes))


def test_every_report_has_its_rows() -> None:
    assert sorted(READ) == sorted(entry for report in REPORTS.values() for entry in entries(report))


def formats(report: Report) -> list[str]:
    """Every format in which it is handed out, the page first."""
    return ["html", *(each for each in FORMATS if each != "pdf" or report.has_pdf)]


def asked(report: Report, expected: Any, number: int) -> list[str]:
    """The formats in which somebody asks: all where it is refused, else one, so that many people ask for all."""
    found = formats(report)
    return [found[number % len(found)]] if expected == OK else found


def chooses(somebody: Person | None, name: str, place: str) -> bool:
    """Whether the page offers that person the partnerships whose side they see."""
    if name not in CHOSEN or place == "partnership" or somebody is None:
        return False
    return bool(access_of(somebody, today()).reads)


@pytest.mark.parametrize("entry", READ)
def test_reading(client: Client, action: Action, entry: str) -> None:
    name, _, place = entry.partition("?")
    make.cover(action.plan.partnership, make.make_area())
    slugs = {"partnership": action.plan.partnership.slug, "organisation": action.leads.get().organisation.slug}
    found: dict[tuple[str, str], int] = {}
    readers = 0
    for role, expected in zip(EVERYBODY, READ[entry], strict=True):
        for somebody in strangers() if role == "elsewhere" else [person(role, action)]:
            sign_in(client, somebody)
            readers += expected == OK
            for format_ in asked(REPORTS[name], expected, readers):
                address = f"/reports/{name}.{format_}"
                status = client.get(address, {place: slugs[place]} if place else {}).status_code
                if not fits(status, OK if format_ == "html" and chooses(somebody, name, place) else expected):
                    found[role, format_] = status
    assert found == {}


@pytest.mark.parametrize("role", EVERYBODY)
def test_the_list_names_what_the_person_may_read(client: Client, action: Action, role: str) -> None:
    if role == "elsewhere":
        return
    sign_in(client, person(role, action))
    answer = client.get("/reports/")
    place = EVERYBODY.index(role)
    assert answer.status_code == EVERY_ROLE[place]
    if answer.status_code == OK:
        page = answer.content.decode()
        told = {report.name for report in REPORTS.values() if f'/reports/{report.name}.html"' in page}
        chosen = CHOSEN if role in ("coordinator", "chair", "board_member") else frozenset()
        asked = {name: f"{name}?{report.needs}" if report.needs else name for name, report in REPORTS.items()}
        assert told == {name for name in REPORTS if name in chosen or READ[asked[name]][place] == OK}
        assert [name for name in told if client.get(f"/reports/{name}.html").status_code != OK] == []
