"""The same figures everywhere: on random days, by every filter, each format says cell by cell what the report comes to,
and the national return what `manage.py status` says."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from lxml import html
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from actionplans.models import ActionLead, Theme
from actionplans.states import Delivery
from areas.models import Region
from concordat.reports.catalogue import REPORTS
from concordat.reports.formats import FORMATS
from concordat.reports.formats.one_page import MOST_ROWS
from concordat.reports.formats.pdf import ONE_PAGE
from concordat.reports.formats.texts import NOTHING, for_cells, for_people, for_programs
from concordat.reports.questions import STATUSES, Question, question_of
from concordat.reports.report import Report
from concordat.reports.selection import BETWEEN
from concordat.reports.shapes import Answer, Heading, Kind, Shown, Table, Value
from concordat.reports.shown import PER_PAGE
from signatories.models import Organisation, Partnership
from tests import factories as make
from tests.concordat.reports.conftest import ON
from tests.concordat.reports.formats import documents
from tests.sign_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("country")]
FIRST, LAST = date(2021, 6, 1), date(2027, 3, 1)
DAYS, WITH_SHEETS, WITH_PDF = 60, 6, 30  # so many days; every so many of them also as workbooks, and as a document
FILTERS = ("region", "partnership", "organisation", "theme", "status")
Row = Sequence[Value]


class Asker:
    """Draws questions: the same in every run."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311 - questions of a test
        leading = ActionLead.objects.exclude(organisation=None).values("organisation")
        self.choices: dict[str, list[str]] = {
            "region": list(Region.values),
            "partnership": list(Partnership.objects.values_list("slug", flat=True)),
            "organisation": list(Organisation.objects.filter(pk__in=leading).values_list("slug", flat=True)),
            "theme": list(Theme.objects.values_list("slug", flat=True)),
            "status": list(STATUSES),
        }

    def asked(self, report: Report, number: int) -> dict[str, str]:
        """What the address asks: a day, and by turns nothing else or one of the filters that the report takes."""
        on = FIRST + timedelta(days=self.chance.randrange((LAST - FIRST).days))
        told = {"on": on.isoformat()}
        if "since" in report.takes:
            told["since"] = (on - timedelta(days=self.chance.randrange(1, 400))).isoformat()
        filters = [report.needs] if report.needs else ["", *(each for each in FILTERS if each in report.takes)]
        if name := filters[number % len(filters)]:
            told[name] = self.chance.choice(self.choices[name])
        return told


def answered(report: Report, told: dict[str, str]) -> tuple[Question, Answer]:
    """The answer, with rows that can be gone through again."""
    question = question_of(told, ON)
    answer = report.answer(question)
    tables = tuple(
        Table(each.key, each.title, each.headings, [tuple(row) for row in each.rows], each.told)
        for each in answer.tables
    )
    return question, replace(answer, tables=tables)


def of_the_page(client: Client, name: str, told: dict[str, str], tables: Sequence[Table]) -> list[list[list[str]]]:
    """The first and the last page of each table, in words: all tables turned to their first, then to their last."""
    last = {table.key: max(1, -(-len(list(table.rows)) // PER_PAGE)) for table in tables}
    found: list[list[list[str]]] = [[] for _ in tables]
    for turn in ("first", "last") if max(last.values()) > 1 else ("first",):
        pages = {f"{key}-page": str(number if turn == "last" else 1) for key, number in last.items()}
        tree = html.fromstring(client.get(f"/reports/{name}.html", told | pages).content.decode())
        for table, rows in zip(tables, found, strict=True):
            if turn == "last" and last[table.key] == 1:
                continue
            assert tree.xpath(f"//section[@id='{table.key}']//thead//th/text()") == names(table) or not list(table.rows)
            lines = tree.xpath(f"//section[@id='{table.key}']//tbody/tr")
            rows += [["".join(cell.itertext()).strip() for cell in line] for line in lines]
    return found


def shown(table: Table) -> list[list[str]]:
    """What the first and the last page must say: all columns but those for programs."""
    table = table.for_people
    rows = list(table.rows)
    last = max(1, -(-len(rows) // PER_PAGE)) - 1
    on_pages = rows[:PER_PAGE] + (rows[last * PER_PAGE :] if last else [])
    return [[text.strip() for text in words(row, table.headings)] for row in on_pages]


def words(row: Row, headings: Sequence[Heading]) -> list[str]:
    return [for_people(value, heading) for value, heading in zip(row, headings, strict=True)]


def names(table: Table) -> list[str]:
    return [heading.name for heading in table.headings if heading.shown is not Shown.TO_PROGRAMS]


def of_the_csv(answer: Answer, table: Table) -> list[list[str]]:
    made = b"".join(FORMATS["csv"].write(answer, table=table.key)).decode()
    return list(csv.reader(StringIO(made)))


def of_the_json(answer: Answer, table: Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(b"".join(FORMATS["json"].write(answer, table=table.key)))["rows"]
    return rows


def plain(value: Value) -> Any:
    """As JSON holds it: an empty text is not known either."""
    return value.isoformat() if isinstance(value, date) else None if value == "" else value


def typed(value: Value, heading: Heading) -> Any:
    """What a cell of a workbook must hold: days and numbers as such, all else as people read it; None where empty."""
    if value is None or value == "":
        return heading.none or None
    if heading.kind is Kind.DAY or heading.is_numeric:
        return value
    return for_cells(for_people(value, heading))


def read(cell: Any) -> Any:
    """A cell as a reader of workbooks gives it."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, str):
        return unescape(cell) or None
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def of_the_workbook(kind: str, answer: Answer) -> Iterator[list[list[Any]]]:
    """The cells of each table, its headings first."""
    made = BytesIO(b"".join(FORMATS[kind].write(answer)))
    if kind == "xlsx":
        sheets = [list(each.values) for each in load_workbook(made, read_only=True).worksheets]
    else:
        book = CalamineWorkbook.from_filelike(made)
        sheets = [book.get_sheet_by_index(number).to_python() for number, _ in enumerate(book.sheet_names)]
    for table, cells in zip(answer.tables, sheets, strict=False):
        width = len(table.for_people.headings)
        yield [[read(cell) for cell in [*row, *[None] * (width - len(row))]] for row in cells]


def check_the_document(answer: Answer, folder: Path) -> None:
    """Every cell of the columns that are on paper stands in the PDF, as often as in the tables; one on a single sheet
    has their first rows. Where columns are left out, it says so; nothing is held of those."""
    made = b"".join(FORMATS["pdf"].write(answer))
    text = "".join(documents.text_of(made, folder).split())
    cells = Counter(
        "".join(word.split())
        for table in (each.on_paper for each in answer.tables)
        for row in list(table.rows)[: MOST_ROWS if answer.name in ONE_PAGE else None]
        for word in words(row, table.headings)
    )
    for table in answer.tables:
        here, all_ = len(table.on_paper.headings), len(names(table))
        assert (f"Hereare{here}ofits{all_}columns" in text) is (here < all_)
    assert [each for each in cells if each and len(each) < 12 and text.count(each) < cells[each]] == []


def agree(client: Client, report: Report, told: dict[str, str], answer: Answer) -> None:
    """The page, CSV and JSON say the same, table by table."""
    assert of_the_page(client, report.name, told, answer.tables) == [shown(table) for table in answer.tables]
    for table in answer.tables:
        rows = list(table.rows)
        head, *lines = of_the_csv(answer, table)
        assert head == [heading.key for heading in table.headings]
        assert lines == [["" if cell is None else str(cell) for cell in map(for_programs, row)] for row in rows]
        assert of_the_json(answer, table) == [
            {key: plain(value) for key, value in zip(head, row, strict=True)} for row in rows
        ]


@pytest.fixture
def browser(client: Client) -> Client:
    enter(client, make.make_person(is_superuser=True, is_staff=True))
    return client


def status(day: str) -> dict[str, Any]:
    told = StringIO()
    call_command("status", on=day, json=True, stdout=told)
    found: dict[str, Any] = json.loads(told.getvalue())
    return found


# The keys of the national return that mean what they mean there; and those of its numbers of actions.
SAME = ("code", "slug", "name", "region", "kind", "signup", "signup_since", "signup_since_precision", "signup_reason")
SAME_TOO = ("delivery", "last_update")
NUMBERS = (
    *("total", "completed", "business_as_usual", "in_progress", "not_started", "paused", "not_going_ahead"),
    *("overdue", "at_risk", "off_track"),
)


def check_against_the_status(answer: Answer, question: Question, found: dict[str, Any]) -> None:
    """The areas asked about, and all that both say of them."""
    names = dict(Partnership.objects.values_list("slug", "name"))
    wanted = [area for area in found["areas"] if is_asked_for(area, question)]
    rows = [{key: plain(value) for key, value in row.items()} for row in answer.tables[0].dicts]
    assert [{key: row[key] for key in (*SAME, *SAME_TOO)} for row in rows] == [
        {key: area[key] for key in (*SAME, *SAME_TOO)} for area in wanted
    ]
    assert [{key: row[key] for key in NUMBERS} for row in rows] == [
        {key: area["actions"][key] for key in NUMBERS} for area in wanted
    ]
    assert [row["partnership"] for row in rows] == [
        BETWEEN.join(names[slug] for slug in area["partnerships"]) or None for area in wanted
    ]


def is_asked_for(area: dict[str, Any], question: Question) -> bool:
    """The filters, written anew from the answer for programs."""
    if question.region and area["region"] != question.region:
        return False
    if question.status and question.status not in (area["signup"], area["delivery"]):
        return False
    taking_part = question.organisation and set(
        Partnership.objects.filter(
            members__in=question.organisation.partnership_memberships.on(question.on)
        ).values_list("slug", flat=True)
    )
    if question.organisation and not taking_part & set(area["partnerships"]):
        return False
    return question.partnership is None or question.partnership.slug in area["partnerships"]


def test_the_national_return_says_everywhere_what_the_status_says(browser: Client, tmp_path: Path) -> None:
    """On sixty random days, by turns of everything and by each filter."""
    report, asker = REPORTS["national"], Asker(1)
    seen: set[Any] = set()
    for number in range(DAYS):
        told = asker.asked(report, number)
        question, answer = answered(report, told)
        check_against_the_status(answer, question, status(told["on"]))
        agree(browser, report, told, answer)
        if number % WITH_SHEETS == 0:
            check_the_workbooks(answer)
        if number % WITH_PDF == 0:
            check_the_document(answer, tmp_path)
        seen |= {row["delivery"] for row in answer.tables[0].dicts} | {*told} - {"on", "since"}
    assert seen >= {*Delivery.values, None, "region", "partnership", "organisation", "status"}


def check_the_workbooks(answer: Answer) -> None:
    for kind in ("xlsx", "ods"):
        people = [each.for_people for each in answer.tables]
        for table, (head, *cells) in zip(people, of_the_workbook(kind, answer), strict=True):
            assert head == [heading.name for heading in table.headings], (kind, table.key)
            rows = [
                [typed(value, heading) for value, heading in zip(row, table.headings, strict=True)]
                for row in table.rows
            ]
            nothing = [[NOTHING, *[None] * (len(table.headings) - 1)]] if len(people) > 1 else []
            assert cells == (rows or nothing), (kind, table.key)


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "national"])
def test_every_report_says_the_same_in_every_format(name: str, browser: Client, tmp_path: Path) -> None:
    """On a few random days, by turns of everything and by each filter."""
    report, asker = REPORTS[name], Asker(len(name))
    rows = 0
    for number in range(len(FILTERS) + 1):
        told = asker.asked(report, number)
        _, answer = answered(report, told)
        agree(browser, report, told, answer)
        if number == 0:
            check_the_workbooks(answer)
            if report.has_pdf:
                check_the_document(answer, tmp_path)
        rows += sum(len(list(table.rows)) for table in answer.tables)
    assert rows > 0
