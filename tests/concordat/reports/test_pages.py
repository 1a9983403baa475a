"""The list of reports and a report's page: the form with what is wrong beside its field, the answer, the files."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from actionplans.models import ActionLead
from concordat.reports import asking, catalogue, national, pages
from concordat.reports.formats.pdf import PdfError
from concordat.reports.questions import question_of
from concordat.reports.report import TO_COME, leads_of_the_organisation, readers_of_the_partnership
from signatories.access import access_of
from tests import factories as make
from tests.concordat.reports.conftest import TODAY, Place
from tests.concordat.reports.formats.documents import text_of
from tests.plain import plain

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
NATIONAL = "/reports/national.html"


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> str:
    """A report about one partnership, for those who see its own side; its address."""
    report = replace(
        national.REPORT,
        name="own",
        title="Own side",
        may_read=readers_of_the_partnership,
        takes=frozenset({"partnership"}),
        needs="partnership",
    )
    monkeypatch.setitem(catalogue.REPORTS, "own", report)
    return "/reports/own.html"


def said(answer: Any, kind: str) -> str:
    """The text of a page or of a file."""
    if kind == "html":
        return plain(answer)
    content = b"".join(answer.streaming_content)
    return ZipFile(BytesIO(content)).read("content.xml").decode() if kind == "ods" else content.decode()


def text_in(made: bytes, kind: str, folder: Path) -> str:
    """The words of a document or a workbook."""
    if kind == "pdf":
        return text_of(made, folder)
    book = ZipFile(BytesIO(made))
    return " ".join(book.read(name).decode(errors="replace") for name in book.namelist())


class TestList:
    def test_it_says_what_each_is_for_and_in_which_formats(self, as_: As, place: Place) -> None:
        page = plain(as_("owner").get("/reports/"))
        assert "National status return Every area on one day" in page
        assert "CSV" in page

    def test_the_day_is_kept_in_the_links(self, as_: As, place: Place) -> None:
        answer = as_("owner").get("/reports/?on=2026-01-31")
        assert 'href="/reports/national.html?on=2026-01-31"' in answer.content.decode()
        assert "Show today" in plain(answer)

    def test_a_day_that_makes_no_sense_is_refused_beside_its_field(self, as_: As, place: Place) -> None:
        answer = as_("owner").get("/reports/?on=yesterday")
        assert answer.status_code == 400
        assert plain(answer).count("“yesterday” is not a date.") == 2

    def test_a_report_of_one_partnership_says_what_is_chosen_next(self, as_: As, own: str) -> None:
        assert "Own side Every area on one day" in plain(as_("coordinator").get("/reports/"))
        assert "You choose the partnership on the next page." in plain(as_("coordinator").get("/reports/"))


class TestForm:
    def test_it_shows_the_day_and_keeps_what_was_chosen(self, as_: As, place: Place) -> None:
        address = f"{NATIONAL}?on=2026-01-31&region=London&status=off_track&partnership={place.partnership.slug}"
        page = as_("reviewer").get(address).content.decode()
        assert '<input class="govuk-input" id="on" name="on" type="date"' in page
        assert 'value="2026-01-31"' in page
        assert '<option value="London" selected>' in page
        assert '<option value="off_track" selected>Off track</option>' in page
        assert f'<option value="{place.partnership.slug}" selected>' in page

    def test_the_day_to_compare_with_is_left_empty_unless_it_was_chosen(self, as_: As, place: Place) -> None:
        page = as_("reviewer").get(f"{NATIONAL}?on=2026-10-31").content.decode()
        assert "Left empty, three months before the day: 31 July 2026." in page
        assert 'name="since" type="date" min="2014-01-01" max="2099-12-31" value=""' in page

    @pytest.mark.parametrize(
        ("query", "field", "sentence"),
        [
            ("on=31/12/2014", "on", "“31/12/2014” is not a date. Write it as year-month-day, like 2014-12-31."),
            ("on=1999-01-01", "on", "Choose a date from 1 January 2014 on"),
            ("on=2026-01-01&since=2026-02-01", "since", "Compare with a day before the day of the report."),
            ("region=London&region=North+West", "region", "The address has “region” twice. Choose one."),
            ("on=2026-01-31&on=2026-02-28", "on", "The address has “on” twice. Choose one."),
            ("region=Mars", "region", "“Mars” is no region of England. Choose one from the list."),
            ("status=purple", "status", "“purple” is no status. Choose one from the list."),
            ("partnership=nobody", "partnership", "There is no partnership “nobody”."),
            ("partnership=a%00b", "partnership", "There is no partnership “a\N{REPLACEMENT CHARACTER}b”."),
            ("region=%3Cscript%3E", "region", "“&lt;script&gt;” is no region of England."),
        ],
    )
    def test_what_is_wrong_is_said_at_the_top_and_beside_the_field(
        self, as_: As, place: Place, query: str, field: str, sentence: str
    ) -> None:
        answer = as_("reviewer").get(f"{NATIONAL}?{query}")
        page = answer.content.decode()
        assert answer.status_code == 400
        assert f'<li><a href="#{field}">{sentence}' in page
        assert f'id="{field}-error"><span class="govuk-visually-hidden">Error:</span> {sentence}' in page
        assert "<title>Error: National status return – Concordat Tracker</title>" in page
        assert "<table" not in page

    def test_several_faults_are_said_at_once_and_what_makes_sense_stays(self, as_: As, place: Place) -> None:
        page = as_("reviewer").get(f"{NATIONAL}?on=soon&region=Mars&status=green").content.decode()
        assert page.count("govuk-form-group--error") == 2
        assert 'type="text" value="soon"' in page
        assert '<option value="green" selected>' in page

    def test_what_the_report_does_not_heed_is_refused(self, as_: As, place: Place) -> None:
        theme = make.make_theme()
        answer = as_("reviewer").get(f"{NATIONAL}?theme={theme.slug}")
        assert answer.status_code == 400
        assert "“National status return” cannot be asked by theme." in plain(answer)

    @pytest.mark.parametrize("kind", ["html", "csv"])
    def test_a_name_that_means_nothing_is_refused(self, as_: As, place: Place, kind: str) -> None:
        answer = as_("reviewer").get(f"/reports/national.{kind}?regoin=London")
        assert answer.status_code == 400
        assert "A report cannot be asked by “regoin”." in plain(answer)

    @pytest.mark.parametrize("kind", ["html", "csv"])
    def test_a_table_that_it_has_not_is_not_found(self, as_: As, place: Place, kind: str) -> None:
        assert as_("reviewer").get(f"/reports/national.{kind}?table=zzz").status_code == 404
        assert as_("reviewer").get(f"/reports/national.{kind}?table=regions&areas-page=1").status_code == 200

    def test_a_report_that_compares_with_nothing_is_not_asked_for_a_day_to_compare_with(
        self, as_: As, place: Place
    ) -> None:
        answer = as_("reviewer").get("/reports/history.csv?since=2020-01-01")
        assert answer.status_code == 400
        assert answer.content.decode() == "“History of the map” cannot be asked by since.\n"

    def test_nobody_is_asked_for_a_partnership_that_they_cannot_read(self, as_: As, place: Place, own: str) -> None:
        elsewhere = make.make_partnership(name="Elsewhere")
        answer = as_("coordinator").get(own)
        assert answer.status_code == 200
        assert place.partnership.name in plain(answer)
        assert elsewhere.name not in plain(answer)
        assert "Choose one" in plain(answer)

    def test_to_choose_nothing_where_something_must_be_is_a_fault(self, as_: As, own: str) -> None:
        answer = as_("coordinator").get(f"{own}?partnership=")
        assert answer.status_code == 400
        assert "Say of which partnership." in plain(answer)

    def test_somebody_elses_partnership_is_not_found_also_beside_a_fault(self, as_: As, own: str) -> None:
        elsewhere = make.make_partnership()
        assert as_("coordinator").get(f"{own}?partnership={elsewhere.slug}").status_code == 404
        assert as_("coordinator").get(f"{own}?partnership={elsewhere.slug}&on=soon").status_code == 404

    def test_a_field_with_nothing_to_choose_is_left_out(self, as_: As, place: Place) -> None:
        assert 'id="organisation"' not in as_("coordinator").get("/reports/tracker.html").content.decode()
        address = f"/reports/tracker.html?partnership={place.partnership.slug}"
        assert '<option value="">All organisations</option>' in as_("coordinator").get(address).content.decode()

    def test_who_reads_no_partnership_is_refused_outright(self, as_: As, own: str) -> None:
        assert as_("owner").get(own).status_code == 403

    def test_national_staff_without_any_partnership_choose_from_nothing(self, as_: As, own: str) -> None:
        answer = as_("reviewer").get(own)
        assert answer.status_code == 200
        assert "Choose one" in plain(answer)

    def test_where_there_are_too_many_to_choose_from_the_name_in_the_address_is_typed(
        self, as_: As, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(asking, "MOST", 1)
        make.make_partnership()
        page = as_("reviewer").get(f"{NATIONAL}?partnership={place.partnership.slug}").content.decode()
        assert "The last part of the address of the partnership’s page" in page
        assert f'name="partnership" type="text" value="{place.partnership.slug}"' in page

    def test_a_lead_chooses_among_the_organisations_they_lead(self, place: Place) -> None:
        make.make_organisation(name="Another force")
        report = replace(national.REPORT, may_read=leads_of_the_organisation, takes=frozenset({"organisation"}))
        access = access_of(place.people["lead"], TODAY)
        form = asking.asking_of(report, question_of({}, TODAY), access, {}, {})
        organisation = form.fields[-1]
        assert [name for _, options in organisation.groups for _, name in options] == ["Northshire Police"]
        assert organisation.empty == ""


class TestAnswer:
    def test_the_areas_stand_in_a_table_whose_rows_are_named(self, as_: As, place: Place) -> None:
        area = make.make_area(name="Northshire", code="E06000099")
        make.make_declaration(areas=[area], published_on=date(2026, 1, 1))
        page = as_("owner").get(NATIONAL).content.decode()
        link = f'<a class="govuk-link" href="/areas/{area.slug}/?on={TODAY.isoformat()}">Northshire</a>'
        assert re.search(rf'<th class="govuk-table__header" scope="row"[^>]*>{re.escape(link)}</th>', page)
        assert '<span class="status status--amber">Amber</span>' in page
        assert 'data-label="Actions">0</td>' in page

    def test_where_no_actions_are_recorded_people_read_so_and_programs_get_nothing(
        self, as_: As, place: Place, tmp_path: Path
    ) -> None:
        make.make_area(name="Northshire")
        page = as_("owner").get(NATIONAL).content.decode()
        assert '<span class="status status--none">No actions recorded</span>' in page
        for kind in ("ods", "xlsx", "pdf"):
            made = b"".join(as_("owner").get(f"/reports/national.{kind}").streaming_content)
            assert "No actions recorded" in text_in(made, kind, tmp_path), kind
        [row] = json.loads(b"".join(as_("owner").get("/reports/national.json").streaming_content))["rows"]
        assert row["delivery"] is None
        told = b"".join(as_("owner").get("/reports/national.csv").streaming_content).decode()
        assert "No actions" not in told

    def test_the_files_are_of_the_same_day_and_choice(self, as_: As, place: Place) -> None:
        make.make_area(name="Northshire", region="London")
        page = as_("owner").get(f"{NATIONAL}?on=2026-01-31&region=London").content.decode()
        for kind in ("csv", "json", "pdf"):
            assert f'href="/reports/national.{kind}?on=2026-01-31&amp;region=London" download' in page

    def test_nothing_fits(self, as_: As, place: Place) -> None:
        assert "There is nothing to list." in plain(as_("owner").get(f"{NATIONAL}?status=green"))

    def test_a_day_to_come_is_said_to_be_one_in_every_format(self, as_: As, place: Place) -> None:
        for name in ("national", "history", "tracker"):
            for kind in ("html", "json", "ods"):
                answer = as_("reviewer").get(f"/reports/{name}.{kind}?on=2030-01-01")
                assert said(answer, kind).count(TO_COME) == 1, (name, kind)
        assert TO_COME not in plain(as_("reviewer").get(NATIONAL))


class TestPdf:
    def test_it_is_a_document(self, as_: As, place: Place) -> None:
        make.make_area()
        answer = as_("owner").get("/reports/national.pdf?on=2026-01-31")
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == 'attachment; filename="concordat-national-2026-01-31.pdf"'
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")

    def test_one_table_alone_is_refused_and_not_ignored(self, as_: As, place: Place) -> None:
        answer = as_("owner").get("/reports/national.pdf?table=regions")
        assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
        assert answer.content.startswith(b"A PDF holds the whole report.")

    def test_what_cannot_be_made_is_said_in_a_sentence(
        self, as_: As, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*args: object, **options: object) -> bytes:
            raise PdfError("Too much.")

        monkeypatch.setattr("concordat.reports.formats.pdf.made", refuse)
        answer = as_("owner").get("/reports/national.pdf")
        assert (answer.status_code, answer.content) == (503, b"Too much.\n")

    def test_a_report_without_one_has_no_link_to_it(
        self, as_: As, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(catalogue.REPORTS, "national", replace(national.REPORT, has_pdf=False))
        assert ".pdf" not in as_("owner").get(NATIONAL).content.decode()
        assert [each.name for each in pages.formats_of(catalogue.REPORTS["national"])].count("pdf") == 0


class TestChoosing:
    """A report that is of all England for national staff, and of one partnership for those who see its side."""

    @pytest.mark.parametrize("name", ["tracker", "data-quality"])
    def test_a_coordinator_chooses_the_partnership_first(self, as_: As, place: Place, name: str) -> None:
        answer = as_("coordinator").get(f"/reports/{name}.html")
        page = answer.content.decode()
        assert '<option value="">Choose one</option>' in page
        assert f'<option value="{place.partnership.slug}">' in page
        assert "Take it with you" not in page
        assert "<table" not in page

    def test_a_field_with_nothing_to_choose_is_left_out(self, as_: As, place: Place) -> None:
        assert 'id="organisation"' not in as_("coordinator").get("/reports/tracker.html").content.decode()
        address = f"/reports/tracker.html?partnership={place.partnership.slug}"
        assert '<option value="">All organisations</option>' in as_("coordinator").get(address).content.decode()

    def test_who_reads_no_partnership_is_refused(self, as_: As, place: Place) -> None:
        assert as_("owner").get("/reports/tracker.html").status_code == 403

    def test_the_file_of_all_england_stays_refused(self, as_: As, place: Place) -> None:
        assert as_("coordinator").get("/reports/tracker.csv").status_code == 403


def test_an_area_leads_to_its_page_on_the_day(as_: As, place: Place) -> None:
    area = make.make_area(name="Northshire by the sea")
    page = as_("reviewer").get(f"{NATIONAL}?on=2026-01-31").content.decode()
    assert f'<a class="govuk-link" href="/areas/{area.slug}/?on=2026-01-31">Northshire by the sea</a>' in page


def test_the_kind_of_an_area_is_told_in_words(as_: As, place: Place) -> None:
    make.make_area(kind="unitary_authority")
    page = as_("reviewer").get(NATIONAL).content.decode()
    assert "Unitary authority" in page
    assert "unitary_authority" not in page


def test_no_page_shows_what_addresses_are_made_of_and_a_csv_does(as_: As, place: Place) -> None:
    area = make.make_area(name="Northshire by the sea")
    assert 'data-label="Address"' not in as_("reviewer").get(NATIONAL).content.decode()
    lines = b"".join(as_("reviewer").get("/reports/national.csv").streaming_content).decode().splitlines()
    assert "slug" in lines[0].split(",")
    assert area.slug in next(line for line in lines if "Northshire by the sea" in line).split(",")


@pytest.mark.parametrize("name", ["tracker", "data-quality", "organisation"])
def test_a_row_of_actions_is_named_by_the_action(as_: As, place: Place, name: str) -> None:
    """By its number; where the plan gives it none, by its words."""
    force = make.make_organisation(name="Northshire Police force")
    plan = make.make_plan(partnership=place.partnership)
    version = make.make_version(plan=plan, published_on=date(2026, 1, 1))
    for reference, text in (("7.1", "Open a crisis house"), ("", "Train the desk")):
        action = make.make_action(plan=plan)
        make.make_in_version(version=version, action=action, reference=reference, text=text)
        make.make_lead(action=action, organisation=force)
    asked = f"organisation={force.slug}"
    page = as_("reviewer").get(f"/reports/{name}.html?{asked}").content.decode()
    (actions,) = [each for each in page.split("<tbody")[1:] if "Train the desk" in each.split("</tbody>")[0]]
    actions = actions.split("</tbody>")[0]
    named = re.findall(r'<th [^>]*scope="row"[^>]*>([^<]*)</th>', actions)
    assert named == ["7.1", "Train the desk"]
    assert '<td class="govuk-table__cell report-long"' in page


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        ("coordinator", "/reports/nonsense.html", 404),
        ("coordinator", "/reports/tracker.csv?partnership={other}", 404),
        ("coordinator", "/reports/frozen/999.html", 404),
        ("coordinator", "/reports/tracker.csv", 403),
        ("coordinator", "/reports/national.html?on=soon", 400),
        ("nobody", "/reports/", 403),
    ],
)
def test_a_refusal_is_kept_by_nobody(as_: As, place: Place, role: str, address: str, status: int) -> None:
    answer = as_(role).get(address.format(other=make.make_partnership().slug))
    assert answer.status_code == status
    assert {"private", "no-store"} <= {each.strip() for each in answer["Cache-Control"].split(",")}


def test_a_public_page_that_is_not_found_may_be_kept_as_before(as_: As, place: Place) -> None:
    assert "Cache-Control" not in as_("coordinator").get("/nowhere").headers


class TestOrganisations:
    """Those are offered of which the report has something to tell."""

    def offered(self, client: Client, address: str) -> list[str]:
        page = client.get(address).content.decode()
        (select,) = re.findall(r'<select [^>]*name="organisation".*?</select>', page, re.DOTALL) or [""]
        return re.findall(r'<option value="([^"]+)"', select)

    @pytest.fixture
    def bodies(self, place: Place) -> dict[str, str]:
        """Some that do nothing, help, are named in a draft alone, lead elsewhere, led once, or are members alone."""
        made = {
            name: make.make_organisation(name=name)
            for name in ("Nothing", "Helper", "Drafted", "Elsewhere", "Once", "Member")
        }
        make.make_lead(action=place.action, organisation=made["Helper"], role=ActionLead.Role.WORKING_WITH)
        make.make_lead(action=place.action, organisation=made["Once"], until_on=date(2026, 6, 1))
        drafted = make.make_in_version(version=make.make_version(plan=place.action.plan)).action
        make.make_lead(action=drafted, organisation=made["Drafted"])
        other = make.make_plan()
        line = make.make_in_version(version=make.make_version(plan=other, published_on=date(2026, 1, 1)))
        make.make_lead(action=line.action, organisation=made["Elsewhere"])
        make.make_member(partnership=place.partnership, organisation=made["Member"])
        return {each.slug: name for name, each in made.items()} | {place.police.slug: "Police"}

    def test_of_actions_whoever_leads_or_helps_on_the_day(self, as_: As, bodies: dict[str, str]) -> None:
        client = as_("reviewer")
        for name in ("tracker", "themes", "organisation", "data-quality", "changes"):
            found = [bodies[slug] for slug in self.offered(client, f"/reports/{name}.html")]
            assert found == ["Elsewhere", "Helper", "Police"], name
        found = [bodies[slug] for slug in self.offered(client, "/reports/tracker.html?on=2026-05-01")]
        assert found == ["Elsewhere", "Helper", "Police", "Once"]

    def test_of_one_partnership_those_in_its_plans(self, as_: As, place: Place, bodies: dict[str, str]) -> None:
        address = f"/reports/tracker.html?partnership={place.partnership.slug}"
        assert [bodies[slug] for slug in self.offered(as_("coordinator"), address)] == ["Helper", "Police"]

    def test_an_action_that_is_borrowed_is_led_by_those_of_the_other_plan(self, as_: As, place: Place) -> None:
        borrower = make.make_plan()
        mirror = make.make_action(plan=borrower, mirrors=place.action)
        make.make_in_version(version=make.make_version(plan=borrower, published_on=date(2026, 1, 1)), action=mirror)
        address = f"/reports/tracker.html?partnership={borrower.partnership.slug}"
        assert self.offered(as_("reviewer"), address) == [place.police.slug]

    def test_the_one_that_is_chosen_stays(self, as_: As, place: Place, bodies: dict[str, str]) -> None:
        (idle,) = [slug for slug, name in bodies.items() if name == "Nothing"]
        assert idle in self.offered(as_("reviewer"), f"/reports/tracker.html?organisation={idle}")

    def test_of_areas_whoever_takes_part_in_a_partnership(self, as_: As, bodies: dict[str, str]) -> None:
        client = as_("reviewer")
        for name in ("national", "lagging", "signatories"):
            found = [bodies[slug] for slug in self.offered(client, f"/reports/{name}.html")]
            assert found == ["Member"], name


def test_the_meeting_of_a_board_paper_stays_chosen_however_old_it_is(as_: As, place: Place) -> None:
    board = make.make_board()
    make.make_oversight(board=board, partnership=place.partnership)
    old = make.make_meeting(board=board, held_on=date(2024, 1, 10))
    for month in range(1, 13):
        make.make_meeting(board=board, held_on=date(2026, month, 10))
    asked = f"partnership={place.partnership.slug}&meeting={old.pk}"
    page = as_("coordinator").get(f"/reports/board.html?{asked}&on=2026-02-01").content.decode()
    assert f'<option value="{old.pk}" selected>' in page
    assert page.count("<option") - page.count('<option value=""') >= 13
    offered = as_("coordinator").get(f"/reports/board.html?partnership={place.partnership.slug}").content.decode()
    assert f'<option value="{old.pk}"' not in offered
