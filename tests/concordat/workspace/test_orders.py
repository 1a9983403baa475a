"""The pages on which reports are ordered, waited for, cancelled and fetched."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from concordat.kernel.dates import today
from concordat.reports import sizes
from concordat.reports.formats import pdf
from concordat.reports.models import ReportOrder
from concordat.reports.services import making
from concordat.reports.tasks import take_order
from signatories.models import Reply
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
NATIONAL = "/workspace/orders/new/national/"


@pytest.fixture(autouse=True)
def queue(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What is handed to the workers."""
    handed: list[int] = []
    monkeypatch.setattr(take_order, "apply_async", lambda args, **options: handed.append(*args))
    return handed


def make_it(row: ReportOrder) -> None:
    making.make(row.pk, by="take_order", on=today(), now=timezone.now())
    row.refresh_from_db()


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def fetched(client: Client, row: ReportOrder) -> int:
    """What fetching its file answers."""
    answer: Any = client.get(f"/workspace/orders/{row.pk}/file/")
    if answer.streaming:
        body(answer)
    return int(answer.status_code)


class TestOrdering:
    def test_it_is_ordered_made_mailed_and_fetched(self, as_: As, place: Place, queue: list[int]) -> None:
        make.make_area(region="London")
        client = as_("reviewer")
        form = plain(client.get(f"{NATIONAL}?on=2026-10-01&region=London"))
        assert "National status return on 1 October 2026" in form
        assert "About London" in form
        answer = client.post(f"{NATIONAL}?on=2026-10-01&region=London", {"format": "csv", "wants_mail": "on"})
        row = ReportOrder.objects.get()
        assert answer.headers["Location"] == f"/workspace/orders/{row.pk}/"
        assert (row.question, row.ordered_by, queue) == (
            {"on": "2026-10-01", "region": "London"},
            place.people["reviewer"],
            [row.pk],
        )
        page = plain(client.get(f"/workspace/orders/{row.pk}/"))
        assert "Waiting for its turn" in page
        assert "We email you a link when it is ready." in page
        make_it(row)
        page = plain(client.get(f"/workspace/orders/{row.pk}/"))
        assert "Download the file (CSV," in page
        assert "1 row. " in page
        assert "We keep it until 2 December 2026." in page
        assert "You: not mailed yet" in page
        file = client.get(f"/workspace/orders/{row.pk}/file/")
        assert file.headers["Content-Disposition"] == 'attachment; filename="concordat-national-2026-10-01.csv"'
        assert body(file).startswith(b"region,")
        assert Reply.objects.get().recipient == place.people["reviewer"]

    def test_a_day_is_kept_also_where_none_was_asked_for(self, as_: As) -> None:
        as_("owner").post(NATIONAL, {"format": "json"})
        assert ReportOrder.objects.get().question == {"on": TODAY.isoformat()}

    @pytest.mark.parametrize(
        ("address", "status"),
        [
            ("/workspace/orders/new/nothing/", 404),
            (f"{NATIONAL}?table=a%00b", 404),
            ("/workspace/orders/new/tracker/", 403),  # of all England
        ],
    )
    def test_what_is_not_theirs_to_ask(self, as_: As, address: str, status: int) -> None:
        client = as_("owner")
        assert client.get(address).status_code == status
        assert client.post(address, {"format": "csv"}).status_code == status
        assert not ReportOrder.objects.exists()

    @pytest.mark.parametrize("kind", ["orders", "schedules"])
    @pytest.mark.parametrize(
        ("role", "asked", "status", "sentence"),
        [
            ("owner", "national/?on=zz", 400, "“zz” is not a date."),
            ("owner", "national/?organisation=nobody", 400, "There is no organisation “nobody”."),
            ("owner", "national/?theme=nothing", 400, "There is no theme “nothing”."),
            ("owner", "national/?region=London&region=South+West", 400, "The address has “region” twice."),
            ("owner", "national/?regoin=London", 400, "A report cannot be asked by “regoin”."),
            ("owner", "tracker/?partnership=nowhere", 403, "You cannot see this page"),
            ("board member", "tracker/?partnership=nowhere", 400, "There is no partnership “nowhere”."),
            ("board member", "board/", 200, "Choose one"),
            ("board member", "tracker/?region=London", 200, "Choose one"),
            ("owner", "board/", 403, "You cannot see this page"),
        ],
    )
    def test_what_makes_no_sense_is_said_on_the_page_of_the_report(
        self, as_: As, kind: str, role: str, asked: str, status: int, sentence: str
    ) -> None:
        client, (name, query) = as_(role), asked.split("/")
        answer = client.get(f"/workspace/{kind}/new/{asked}")
        assert answer.headers["Location"] == f"/reports/{name}.html{query}"
        page = client.get(answer.headers["Location"])
        assert page.status_code == status
        assert sentence in plain(page)
        assert client.post(f"/workspace/{kind}/new/{asked}", {"format": "csv"}).headers["Location"]
        assert not ReportOrder.objects.exists()

    def test_the_tracker_of_their_own_partnership_alone(self, as_: As, place: Place) -> None:
        other = make.make_partnership()
        client = as_("board member")
        own, others = (f"/workspace/orders/new/tracker/?partnership={each.slug}" for each in (place.partnership, other))
        assert client.post(own, {"format": "csv"}).status_code == 302
        assert client.post(others, {"format": "csv"}).status_code == 404
        assert ReportOrder.objects.get().question["partnership"] == place.partnership.slug

    @pytest.mark.parametrize("sent", [{}, {"format": "docx"}])
    def test_a_format_that_there_is_not(self, as_: As, sent: dict[str, str]) -> None:
        answer = as_("reviewer").post(NATIONAL, sent)
        assert answer.status_code == 400
        assert not ReportOrder.objects.exists()

    def test_too_many(self, as_: As) -> None:
        client = as_("reviewer")
        for day in range(1, 6):
            client.post(f"{NATIONAL}?on=2026-10-0{day}", {"format": "csv"})
        answer = client.post(f"{NATIONAL}?on=2026-10-06", {"format": "csv"})
        assert answer.status_code == 400
        assert "You have 5 orders under way." in plain(answer)


class TestMarkForExcel:
    """A CSV may begin with the mark by which Excel knows UTF-8, as `?bom=yes` has it."""

    def test_it_is_chosen_kept_written_and_asked_for_again(self, as_: As, place: Place) -> None:
        client = as_("reviewer")
        assert not re.search(r'<input[^>]*name="bom"[^>]*checked', client.get(NATIONAL).content.decode())
        client.post(NATIONAL, {"format": "csv", "bom": "on"})
        row = ReportOrder.objects.get()
        assert row.question == {"on": TODAY.isoformat(), "bom": "yes"}
        make_it(row)
        assert body(client.get(f"/workspace/orders/{row.pk}/file/")).startswith(b"\xef\xbb\xbfregion,name,code")
        page = client.get(f"/workspace/orders/{row.pk}/")
        assert "Kind of file CSV with a mark for Excel" in plain(page)
        again = client.get(f"{NATIONAL}?format=csv&on={TODAY}&bom=yes").content.decode()
        assert re.search(r'<input[^>]*name="bom"[^>]*checked', again)

    @pytest.mark.parametrize("sent", [{"format": "csv"}, {"format": "json", "bom": "on"}])
    def test_without_it_and_of_other_files_there_is_none(self, as_: As, place: Place, sent: dict[str, str]) -> None:
        client = as_("reviewer")
        client.post(NATIONAL, sent)
        row = ReportOrder.objects.get()
        assert row.question == {"on": TODAY.isoformat()}
        make_it(row)
        assert body(client.get(f"/workspace/orders/{row.pk}/file/"))[:1] in (b"r", b"{")


class TestTooLarge:
    @pytest.fixture(autouse=True)
    def _large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sizes, "LARGE", 0)

    def test_the_page_offers_to_order_it(self, as_: As) -> None:
        page = plain(as_("reviewer").get("/reports/tracker.html?on=2026-10-01"))
        assert "This report is too large for a page." in page
        assert "Mental health nurse" not in page

    def test_its_workbook_is_ordered_and_its_csv_comes_at_once(self, as_: As) -> None:
        client = as_("reviewer")
        answer = client.get("/reports/tracker.xlsx?on=2026-10-01")
        assert answer.headers["Location"] == "/workspace/orders/new/tracker/?format=xlsx&on=2026-10-01"
        assert b"Mental health nurse" in body(client.get("/reports/tracker.csv?on=2026-10-01"))

    def test_others_are_small(self, as_: As) -> None:
        make.make_area(name="Hertfordshire")
        assert "Hertfordshire" in plain(as_("reviewer").get("/reports/national.html"))


class TestTooLargeForPaper:
    """A PDF of many actions is ordered, and its worker takes longer over it than a web server may."""

    @pytest.mark.parametrize("name", ["board", "meeting"])
    def test_it_is_ordered(self, as_: As, place: Place, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        asked = f"partnership={place.partnership.slug}"
        client = as_("coordinator")
        assert body(client.get(f"/reports/{name}.pdf?{asked}")).startswith(b"%PDF-")
        monkeypatch.setattr(sizes, "LARGE_ON_PAPER", 0)
        answer = client.get(f"/reports/{name}.pdf?{asked}&on={TODAY}")
        location = f"/workspace/orders/new/{name}/?format=pdf&on={TODAY}&{asked}"
        assert answer.headers["Location"] == location
        assert "It tells of about 1 action." in plain(client.get(location))
        assert "Mental health nurse" in plain(client.get(f"/reports/{name}.html?{asked}"))
        assert body(client.get(f"/reports/{name}.xlsx?{asked}")).startswith(b"PK")

    def test_nobody_waits_for_one_that_is_ordered(self, as_: As, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        given: list[float] = []

        def made(answer: object, *, seconds: float) -> bytes:
            given.append(seconds)
            return b"%PDF-"

        monkeypatch.setattr(pdf, "made", made)
        body(as_("reviewer").get("/reports/national.pdf"))
        make_it(make.make_report_order(ordered_by=place.people["reviewer"], format="pdf"))
        assert given == [pdf.SECONDS, pdf.UNHURRIED]
        assert pdf.UNHURRIED > pdf.SECONDS


class TestOneOrder:
    @pytest.fixture
    def row(self, place: Place) -> ReportOrder:
        return make.make_report_order(ordered_by=place.people["reviewer"])

    @pytest.mark.parametrize(
        ("fields", "done", "words"),
        [
            ({}, 0, "Waiting for its turn"),
            ({"state": "working"}, 0, "Gathering the facts"),
            ({"state": "working", "rows": 1234, "progress": 30}, 30, "Writing the file"),
        ],
    )
    def test_how_far_it_is(self, as_: As, place: Place, fields: dict[str, Any], done: int, words: str) -> None:
        row = make.make_report_order(ordered_by=place.people["reviewer"], **fields)
        client = as_("reviewer")
        answer = client.get(f"/workspace/orders/{row.pk}/progress/")
        assert "no-store" in answer.headers["Cache-Control"]
        assert {name: answer.json()[name] for name in ("at_work", "done", "words")} == {
            "at_work": True, "done": done, "words": words,
        }  # fmt: skip
        page = client.get(f"/workspace/orders/{row.pk}/").content.decode()
        assert f'max="100" value="{done}"' in page
        assert words in page

    @pytest.mark.parametrize(("format_", "says_so"), [("csv", True), ("xlsx", True), ("pdf", False)])
    def test_rows_are_counted_in_a_table_and_not_in_a_document(
        self, as_: As, place: Place, format_: str, says_so: bool
    ) -> None:
        fields = {"rows": 1234, "format": format_, "ordered_by": place.people["reviewer"]}
        working = make.make_report_order(state="working", progress=30, **fields)
        kept_until = timezone.now() + timedelta(days=30)
        ended = {"stored_as": "documents/x", "made_at": timezone.now(), "kept_until": kept_until}
        ready = make.make_report_order(state="ready", size=5, digest="d" * 64, **fields, **ended)
        client = as_("reviewer")
        told = client.get(f"/workspace/orders/{working.pk}/progress/").json()["told"]
        assert told == ("30 %, 1,234 rows" if says_so else "30 %")
        assert ("1,234 rows. It tells" in plain(client.get(f"/workspace/orders/{ready.pk}/"))) is says_so

    def test_it_is_cancelled(self, as_: As, row: ReportOrder) -> None:
        client = as_("reviewer")
        answer = client.post(f"/workspace/orders/{row.pk}/cancel/", follow=True)
        assert "It is cancelled." in plain(answer)
        assert "Order it again" in plain(answer)
        assert "It was cancelled already." in plain(client.post(f"/workspace/orders/{row.pk}/cancel/", follow=True))
        assert client.get(f"/workspace/orders/{row.pk}/cancel/").status_code == 405

    def test_who_only_gets_it_does_not_cancel_it(self, as_: As, place: Place, row: ReportOrder) -> None:
        make.make_report_delivery(order=row, person=place.people["owner"])
        assert as_("owner").post(f"/workspace/orders/{row.pk}/cancel/").status_code == 403
        row.refresh_from_db()
        assert row.state == "waiting"

    def test_one_that_failed_says_why(self, as_: As, place: Place) -> None:
        row = make.make_report_order(ordered_by=place.people["reviewer"], state="failed", failure="There is no room.")
        assert "There is no room." in plain(as_("reviewer").get(f"/workspace/orders/{row.pk}/"))


class TestTheFile:
    @pytest.fixture
    def row(self, place: Place) -> ReportOrder:
        name = default_storage.save("documents/report", ContentFile(b"region,name\r\n"))
        fields = {"made_at": timezone.now(), "kept_until": timezone.now() + timedelta(days=30)}
        return make.make_report_order(ordered_by=place.people["reviewer"], state="ready", stored_as=name, **fields)

    def test_access_is_looked_at_anew_each_time(self, as_: As, place: Place, row: ReportOrder) -> None:
        """Who lost the role since is refused; whoever has another role that may read it is not."""
        reviewer = place.people["reviewer"]
        client = as_("reviewer")
        assert body(client.get(f"/workspace/orders/{row.pk}/file/")) == b"region,name\r\n"
        reviewer.memberships.update(until_on=TODAY)
        assert fetched(client, row) == 403
        make.make_membership("chair", person=reviewer)
        assert fetched(client, row) == 200
        ReportOrder.objects.update(report="tracker")  # of all England: for national staff
        assert fetched(client, row) == 403
        ReportOrder.objects.update(question={"on": "2026-10-01", "partnership": place.partnership.slug})
        assert fetched(client, row) == 404

    def test_nobody_else_gets_it_not_even_an_administrator(self, as_: As, place: Place, row: ReportOrder) -> None:
        found = {role: fetched(as_(role), row) for role in place.people}
        assert found == {**dict.fromkeys(place.people, 404), "reviewer": 200, "nobody": 403}

    def test_who_was_told_by_a_schedule_gets_it(self, as_: As, place: Place, row: ReportOrder) -> None:
        make.make_report_delivery(order=row, person=place.people["owner"])
        make.make_report_delivery(order=row, person=place.people["coordinator"], withheld="They may no longer read it")
        found = {role: fetched(as_(role), row) for role in ("owner", "coordinator")}
        assert found == {"owner": 200, "coordinator": 404}
        page = plain(as_("owner").get(f"/workspace/orders/{row.pk}/"))
        assert "Who was told" not in page
        assert "by Jo reviewer" in page

    def test_it_is_only_ever_saved(self, as_: As, row: ReportOrder) -> None:
        answer = as_("reviewer").get(f"/workspace/orders/{row.pk}/file/")
        headers = ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy")
        assert [answer.headers[name] for name in headers] == [
            "text/csv; charset=utf-8", "nosniff", "default-src 'none'; sandbox",
        ]  # fmt: skip
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert body(answer) == b"region,name\r\n"

    @pytest.mark.parametrize("state", ["waiting", "working", "failed", "cancelled"])
    def test_there_is_none_of_one_that_is_not_ready(self, as_: As, place: Place, state: str) -> None:
        row = make.make_report_order(ordered_by=place.people["reviewer"], state=state)
        assert fetched(as_("reviewer"), row) == 404

    def test_a_file_that_is_gone(self, as_: As, row: ReportOrder) -> None:
        default_storage.delete(row.stored_as)
        assert fetched(as_("reviewer"), row) == 404

    def test_after_its_time_the_page_stays(self, as_: As, row: ReportOrder) -> None:
        ReportOrder.objects.update(stored_as="", emptied_at=timezone.now())
        page = plain(as_("reviewer").get(f"/workspace/orders/{row.pk}/"))
        assert "Its file was deleted on 2 November 2026" in page
        assert "Download" not in page
        assert fetched(as_("reviewer"), row) == 404

    @pytest.mark.parametrize(("seconds", "is_kept"), [(1, True), (0, False)])
    def test_after_its_time_nobody_gets_it_though_it_is_not_deleted_yet(
        self, as_: As, row: ReportOrder, seconds: int, is_kept: bool
    ) -> None:
        ReportOrder.objects.update(kept_until=timezone.now() + timedelta(seconds=seconds))
        client = as_("reviewer")
        assert default_storage.exists(row.stored_as)
        assert fetched(client, row) == (200 if is_kept else 302)
        page = plain(client.get(f"/workspace/orders/{row.pk}/"))
        assert ("Download" in page) is is_kept
        assert ("Its file was kept until 2 November 2026" in page) is not is_kept
        assert ("Order it again" in page) is not is_kept

    def test_after_personal_data_was_removed_nobody_gets_it(self, as_: As, row: ReportOrder) -> None:
        make.make_redaction(at=timezone.now())
        client = as_("reviewer")
        answer = client.get(f"/workspace/orders/{row.pk}/file/", follow=True)
        assert "Personal data was removed from the records since it was made." in plain(answer)
        assert "Download" not in plain(answer)


def test_everybody_sees_their_own(as_: As, place: Place) -> None:
    own = make.make_report_order(ordered_by=place.people["owner"], question={"on": "2026-10-01", "region": "London"})
    make.make_report_order(report="signatories")
    told = make.make_report_delivery(person=place.people["owner"])
    page = as_("owner").get("/workspace/orders/")
    assert [each.row for each in page.context["orders"]] == [told.order, own]
    assert "National status return on 1 October 2026, CSV" in plain(page)
    assert "Region: London" in plain(page)


def test_signed_out_the_link_of_a_mail_leads_back_after_signing_in(place: Place) -> None:
    row = make.make_report_order(ordered_by=place.people["reviewer"])
    answer = Client().get(f"/workspace/orders/{row.pk}/")
    assert unquote(answer.headers["Location"]) == f"/accounts/login/?next=/workspace/orders/{row.pk}/"
    assert signed_in(place.people["reviewer"]).get(f"/workspace/orders/{row.pk}/").status_code == 200


def test_what_it_is_about_is_told_by_names(as_: As, place: Place) -> None:
    theme = make.make_theme(name="Places of safety")
    asked = {"on": "2026-10-01", "partnership": place.partnership.slug, "theme": theme.slug, "status": "off_track"}
    row = make.make_report_order(ordered_by=place.people["reviewer"], question=asked)
    client = as_("reviewer")
    for page in (plain(client.get(f"/workspace/orders/{row.pk}/")), plain(client.get("/workspace/orders/"))):
        assert str(place.partnership) in page
        assert "Places of safety" in page
        assert "Off track" in page
        assert place.partnership.slug not in page
