"""Documents in the browser: adding, refusing in words, making public, withdrawing, and who is given which file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from signatories.models import Document
from signatories.services import documents
from tests import factories as make
from tests import sample_files as files
from tests.concordat.workspace.conftest import NOON, TODAY, Place
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
TYPED = {"title": "Minutes of the board", "html_alternative": "https://example.org/minutes"}


@pytest.fixture(autouse=True)
def _own_storage(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def stored(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def upload(holds: bytes = files.GOOD["pdf"], name: str = "Minutes.pdf", said: str = "application/pdf") -> Any:
    return SimpleUploadedFile(name, holds, content_type=said)


def evidence(place: Place) -> str:
    return f"/workspace/actions/{place.action.pk}/evidence/"


def sent(client: Client, place: Place, *, follow: bool = True, **fields: Any) -> Any:
    return client.post(evidence(place), {**TYPED, "file": upload(), **fields}, follow=follow)


def added(place: Place, **fields: Any) -> Document:
    shared = {"title": "Minutes", "by": "a_command", "now": NOON} | fields
    return documents.add_file(shared.pop("subject", place.action), upload(), **shared)


def given(client: Client, document: Document) -> tuple[int, bytes]:
    """What somebody gets at the document's address, read to its end."""
    answer = client.get(document.get_absolute_url())
    holds = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, holds


def published(place: Place, **fields: Any) -> Document:
    return documents.publish_document(added(place, **fields), by="a_command", on=TODAY)


class TestAdding:
    def test_a_file_is_on_the_page_of_the_action(self, as_: As, place: Place) -> None:
        page = plain(sent(as_("owner"), place))
        assert "“Minutes of the board” is added. The public does not see it yet." in page
        assert "Minutes of the board (PDF, 1 KB) Not public Added on 2 November 2026 by Jo owner." in page
        document = Document.objects.get()
        assert (document.subject_type, document.subject_id) == ("actionplans.action", place.action.pk)
        assert (document.uploaded_by, document.original_name) == (place.people["owner"], "Minutes.pdf")

    def test_what_the_browser_says_of_it_counts_for_nothing(self, as_: As, place: Place) -> None:
        sent(as_("owner"), place, file=upload(files.png(), "photo.png", said="text/html"))
        assert Document.objects.get().content_type == "image/png"

    def test_a_link(self, as_: As, place: Place) -> None:
        page = plain(sent(as_("owner"), place, file="", url="https://example.org/report"))
        assert "Minutes of the board (link to another website)" in page
        assert Document.objects.get().get_absolute_url() == "https://example.org/report"

    def test_without_an_alternative_it_says_so(self, as_: As, place: Place) -> None:
        sentence = "There is no web page or text of it, so some people cannot read it."
        assert sentence in plain(sent(as_("owner"), place, html_alternative=""))
        sent(as_("owner"), place, html_alternative="", file=upload(files.png(), "a.png"), title="A photo")
        assert plain(as_("owner").get(evidence(place))).count(sentence) == 1

    def test_the_alternative_may_be_a_text(self, as_: As, place: Place) -> None:
        page = sent(as_("owner"), place, html_alternative="We met.\nhttps://example.org/ <b>")
        assert "We met.<br>https://example.org/ &lt;b&gt;" in page.content.decode()

    def test_the_form_warns_of_what_tells_who_a_patient_is(self, as_: As, place: Place) -> None:
        for address in (evidence(place), f"/workspace/actions/{place.action.pk}/"):
            page = plain(as_("owner").get(address))
            assert "no names, no details of a case, no counts under 5" in page
            assert "Many people cannot read such files" in page

    def test_twice(self, as_: As, place: Place, tmp_path: Path) -> None:
        client = as_("owner")
        sent(client, place)
        answer = sent(client, place)
        assert answer.status_code == 400
        assert "This file is here already." in plain(answer)
        assert len(stored(tmp_path)) == Document.objects.count() == 1


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "neither a file nor a link": ({"file": ""}, "Choose a file, or write a link."),
    "both": ({"url": "https://example.org/"}, "Choose a file or write a link, not both."),
    "a web page": ({"file": (files.WEB_PAGE, "a.pdf")}, "This is named .pdf but it is a web page."),
    "an empty file": ({"file": (b"", "a.pdf")}, "This file is empty."),
    "another kind": ({"file": (files.pdf(), "a.docx")}, "it is a file of another kind: PDF"),
    "a bomb": ({"file": (files.bomb(), "a.xlsx")}, "This file unpacks to far more than it should"),
    "macros": ({"file": (files.office(**{"word/vbaProject.bin": b"x"}), "a.docx")}, "This file holds macros"),
    "a zip that stops half-way": ({"file": (files.office()[:-30], "a.docx")}, "This file is damaged or not complete."),
    "30 MB": ({"file": (b"%PDF-1.7\n" + b" " * (30 * files.MEGABYTE), "a.pdf")}, "This file has 30 MB, and the most"),
    "a mark that hides the ending": (
        {"file": (files.pdf(), "Minutes\u202efdp.exe")},
        "We do not take files named .exe",
    ),
    "a script for a link": ({"file": "", "url": "javascript:alert(1)"}, "Write the whole address, like https://"),
    "another scheme": ({"file": "", "url": "ftp://example.org/a"}, "Write the whole address, like https://"),
    "a link that hides where it goes": ({"file": "", "url": "https://nhs.uk@example.org/"}, "Write the whole address"),
    "half a link": ({"file": "", "url": "https://"}, "Write the whole address"),
    "a link over-long": ({"file": "", "url": f"https://example.org/{'x' * 500}"}, "Make it 500 or fewer."),
    "a link with a break": ({"file": "", "url": "https://example.org/a\r\nb"}, "Write the whole address"),
    "no title": ({"title": " ", "url": ""}, "Fill in “Title”."),
    "a title over-long": ({"title": "x" * 201}, "This has 201 characters. Make it 200 or fewer."),
    "a title with a control character": ({"title": "Min\x07utes"}, "characters that cannot be shown"),
    "a title that turns": ({"title": "Minutes \u202e"}, "marks that turn the direction of the text"),
    "an alternative that is a bad link": ({"html_alternative": "https://a@b/"}, "Write the whole address"),
    "an alternative over-long": ({"html_alternative": "x" * 20_001}, "Make it 20,000 or fewer."),
}


@pytest.mark.parametrize(("fields", "sentence"), BAD.values(), ids=BAD)
def test_bad_input_gets_a_sentence_and_what_was_typed_stays(
    as_: As, place: Place, tmp_path: Path, fields: dict[str, Any], sentence: str
) -> None:
    fields = {name: upload(*value) if isinstance(value, tuple) else value for name, value in fields.items()}
    answer = sent(as_("owner"), place, **{"title": "What I typed", "html_alternative": "And this too"} | fields)
    assert answer.status_code == 400
    assert sentence in plain(answer)
    page = answer.content.decode()
    assert "There is a problem" in page
    assert "What I typed" in page or "And this too" in page
    assert stored(tmp_path) == []
    assert not Document.objects.exists()


@pytest.mark.parametrize("name", ["../../evil.pdf", "Min\x07utes\x1b.pdf", "x" * 300 + ".pdf", "..\\..\\evil.pdf"])
def test_a_strange_name_does_no_harm(as_: As, place: Place, tmp_path: Path, name: str) -> None:
    sent(as_("owner"), place, file=upload(name=name))
    document = Document.objects.get()
    assert document.original_name.endswith(".pdf")
    assert not set("/\\\r\n\x07") & set(document.original_name)
    [file] = stored(tmp_path)
    assert file.is_relative_to(tmp_path / "documents")


def test_the_file_must_be_chosen_again_and_the_page_says_so(as_: As, place: Place) -> None:
    page = plain(sent(as_("owner"), place, title=" "))
    assert "What you typed is still here. Choose the file again" in page


def test_several_files_at_once_are_refused(as_: As, place: Place) -> None:
    answer = sent(as_("owner"), place, another=upload())
    assert answer.status_code == 400
    assert not Document.objects.exists()


def test_signed_out_meanwhile_what_was_typed_comes_back(as_: As, place: Place) -> None:
    client = as_("owner")
    who = client.get(evidence(place)).content.decode().partition('name="who" value="')[2].partition('"')[0]
    client.session.flush()
    answer = sent(client, place, follow=False, who=who)
    assert answer.status_code == 302
    assert "?next=" in answer.headers["Location"]
    page = as_("owner").get(evidence(place))
    assert "You had been signed out." in plain(page)
    assert "Minutes of the board" in page.content.decode()
    assert not Document.objects.exists()


class TestMakingPublic:
    def test_the_coordinator_does_and_everybody_sees_it(self, as_: As, place: Place) -> None:
        document = added(place, title="What we found", html_alternative="https://example.org/found")
        client = as_("coordinator")
        public = f"/actions/{place.action.pk}/"
        assert "What we found" not in plain(client.get(f"{public}?on=2026-11-02"))
        address = f"/workspace/documents/{document.pk}/"
        assert "Make it public" in plain(client.get(address))
        page = plain(client.post(address, {"then": "publish"}, follow=True))
        assert "“What we found” is public now." in page
        client.logout()
        assert "Evidence What we found (PDF, 1 KB) The same as a web page : What we found" in plain(client.get(public))
        assert given(client, document) == (200, files.GOOD["pdf"])
        assert "What we found" not in plain(client.get(f"{public}?on=2026-11-01"))

    def test_twice(self, as_: As, place: Place) -> None:
        document = published(place)
        answer = as_("coordinator").post(f"/workspace/documents/{document.pk}/", {"then": "publish"})
        assert answer.status_code == 400
        assert "Somebody has withdrawn it or made it public meanwhile." in plain(answer)

    @pytest.mark.parametrize("role", ["owner", "lead", "board member", "reviewer"])
    def test_nobody_else_does(self, as_: As, place: Place, role: str) -> None:
        document = added(place)
        client, address = as_(role), f"/workspace/documents/{document.pk}/"
        assert "Make it public" not in plain(client.get(address))
        assert client.post(address, {"then": "publish"}).status_code == 403
        assert not Document.objects.get().is_public

    def test_the_page_says_where_people_could_not_read_it(self, as_: As, place: Place) -> None:
        page = plain(as_("coordinator").get(f"/workspace/documents/{added(place).pk}/"))
        assert "Some people cannot read this file" in page


class TestWithdrawing:
    def test_with_a_reason_nobody_is_given_it_any_more(self, as_: As, place: Place, tmp_path: Path) -> None:
        document = published(place, title="What we found")
        client = as_("owner")
        page = plain(client.post(f"/workspace/documents/{document.pk}/", {"reason": "Names a patient"}, follow=True))
        assert "“What we found” is withdrawn now." in page
        assert "Withdrawn What we found On 2 November 2026: Names a patient" in page
        assert "What we found" not in plain(client.get(f"/actions/{place.action.pk}/"))
        assert given(client, document)[0] == 404
        assert len(stored(tmp_path)) == 1, "nothing is deleted"

    @pytest.mark.parametrize(
        ("reason", "sentence"),
        [(" ", "Say why it is withdrawn."), ("x" * 2001, "Make it 2,000 or fewer"), ("a\x07", "cannot be shown")],
    )
    def test_not_without_a_good_reason(self, as_: As, place: Place, reason: str, sentence: str) -> None:
        document = added(place)
        answer = as_("owner").post(f"/workspace/documents/{document.pk}/", {"reason": reason})
        assert answer.status_code == 400
        assert sentence in plain(answer)
        assert Document.objects.in_force().exists()

    def test_twice(self, as_: As, place: Place) -> None:
        client, address = as_("owner"), f"/workspace/documents/{added(place).pk}/"
        client.post(address, {"reason": "A mistake"})
        answer = client.post(address, {"reason": "Another"})
        assert answer.status_code == 400
        assert "Somebody has withdrawn it" in plain(answer)
        assert Document.objects.get().withdrawn_reason == "A mistake"


# What each role gets: the list, adding, the document's page, withdrawing, and the file.
WHO_MAY = {
    "owner": (200, 302, 200, 302, 200),
    "lead": (200, 302, 200, 302, 200),
    "coordinator": (200, 302, 200, 302, 200),
    "administrator": (200, 302, 200, 302, 200),
    "board member": (200, 403, 200, 403, 200),
    "reviewer": (200, 403, 200, 403, 200),
    "nobody": (403, 403, 403, 403, 403),
}


@pytest.mark.parametrize("role", WHO_MAY)
def test_who_may_what(as_: As, place: Place, role: str) -> None:
    document, client = added(place), as_(role)
    address = f"/workspace/documents/{document.pk}/"
    got = (
        client.get(evidence(place)).status_code,
        sent(client, place, follow=False, file="", url="https://example.org/").status_code,
        client.get(address).status_code,
        given(client, document)[0],
        client.post(address, {"reason": "A mistake"}).status_code,
    )
    assert (*got[:3], got[4], got[3]) == WHO_MAY[role]


@pytest.mark.parametrize("role", ["owner", "organisation_lead", "coordinator", "chair", "board_member"])
def test_the_same_role_elsewhere_finds_nothing(client: Client, place: Place, role: str) -> None:
    document, stranger = added(place), make.make_person()
    make.make_membership(role, person=stranger)
    enter(client, stranger)
    address = f"/workspace/documents/{document.pk}/"
    for answer in (
        client.get(evidence(place)),
        sent(client, place, follow=False),
        client.get(address),
        client.post(address, {"reason": "A mistake"}),
        client.get(document.get_absolute_url()),
    ):
        assert answer.status_code == 404
    assert Document.objects.in_force().count() == 1


def subject_of(place: Place, kind: str, *, is_published: bool) -> tuple[str, Any]:
    day = date(2026, 1, 5) if is_published else None
    if kind == "declarations":
        return kind, make.make_declaration(partnership=place.partnership, published_on=day)
    return kind, make.make_version(plan=make.make_plan(partnership=place.partnership), published_on=day)


@pytest.mark.parametrize("kind", ["declarations", "versions"])
@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        ("coordinator", (200, 302)),
        ("administrator", (200, 302)),
        ("board member", (200, 403)),
        ("reviewer", (200, 403)),
        ("owner", (404, 404)),
        ("lead", (404, 404)),
    ],
)
def test_documents_of_declarations_and_plan_versions(
    as_: As, place: Place, kind: str, role: str, statuses: tuple[int, int]
) -> None:
    kind, subject = subject_of(place, kind, is_published=False)
    client, address = as_(role), f"/workspace/{kind}/{subject.pk}/documents/"
    assert client.get(address).status_code == statuses[0]
    assert client.post(address, {**TYPED, "file": upload()}).status_code == statuses[1]
    assert Document.objects.about(subject).exists() == (statuses[1] == 302)


class TestGivingOut:
    @pytest.mark.parametrize("extension", files.GOOD)
    def test_it_is_saved_and_never_shown(self, client: Client, place: Place, extension: str) -> None:
        file = upload(files.GOOD[extension], f"a.{extension}", said="text/html")
        document = documents.add_file(place.action, file, title="What we found", by="a_command", now=NOON)
        documents.publish_document(document, by="a_command", on=TODAY)
        answer = client.get(f"/documents/{document.pk}/what-we-found.{extension}")
        assert b"".join(answer) == files.GOOD[extension]
        headers = answer.headers
        assert headers["Content-Disposition"] == f'attachment; filename="what-we-found.{extension}"'
        assert headers["Content-Type"] == document.content_type
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-cache"
        assert headers["Content-Length"] == str(document.size)

    def test_one_that_is_not_public_is_kept_nowhere(self, as_: As, place: Place) -> None:
        answer = as_("board member").get(added(place).get_absolute_url())
        assert b"".join(answer) == files.GOOD["pdf"]
        assert "no-store" in answer.headers["Cache-Control"]
        assert "private" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"

    def test_who_is_not_signed_in_signs_in_first(self, client: Client, place: Place) -> None:
        answer = client.get(added(place).get_absolute_url())
        assert answer.status_code == 302
        assert "?next=%2Fdocuments%2F" in answer.headers["Location"]

    @pytest.mark.parametrize("kind", ["declarations", "versions"])
    @pytest.mark.parametrize("is_published", [True, False])
    def test_a_public_one_of_what_is_not_public(
        self, client: Client, place: Place, kind: str, is_published: bool
    ) -> None:
        document = published(place, subject=subject_of(place, kind, is_published=is_published)[1])
        assert given(client, document)[0] == (200 if is_published else 302)

    def test_a_public_one_of_an_action_in_no_published_plan(self, client: Client, place: Place) -> None:
        draft = make.make_action(plan=place.action.plan)
        document = published(place, subject=draft)
        assert given(client, document)[0] == 302
        mirror = make.make_action(mirrors=draft)
        make.make_in_version(version=make.make_version(plan=mirror.plan, published_on=TODAY), action=mirror)
        assert given(client, document)[0] == 200
        assert "Minutes (PDF, 1 KB)" in plain(client.get(f"/actions/{mirror.pk}/"))

    def test_under_another_name_or_as_a_link_there_is_nothing(self, client: Client, place: Place) -> None:
        document = published(place)
        assert client.get(f"/documents/{document.pk}/minutes.exe").status_code == 404
        link = make.make_document(subject=place.action, visibility="public")
        assert client.get(f"/documents/{link.pk}/{link.file_name}").status_code == 404
        assert client.get("/documents/999999/minutes.pdf").status_code == 404

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_it_is_only_read(self, client: Client, place: Place, method: str) -> None:
        assert getattr(client, method)(published(place).get_absolute_url()).status_code == 405

    def test_no_address_leads_into_the_storage(self, client: Client, place: Place) -> None:
        document = published(place)
        for address in (f"/media/{document.stored_as}", f"/{document.stored_as}", f"/static/{document.stored_as}"):
            assert client.get(address).status_code == 404

    def test_where_its_file_is_lost(self, client: Client, place: Place, tmp_path: Path) -> None:
        document = published(place)
        (tmp_path / document.stored_as).unlink()
        assert given(client, document)[0] == 404


@pytest.mark.parametrize("kind", ["declarations", "versions"])
def test_the_public_page_lists_what_was_public_by_the_day(client: Client, place: Place, kind: str) -> None:
    subject = subject_of(place, kind, is_published=True)[1]
    published(place, subject=subject, title="The paper that was signed")
    added(place, title="Between us")
    page = plain(client.get(subject.get_absolute_url()))
    assert "Documents The paper that was signed (PDF, 1 KB)" in page
    assert "Between us" not in page
    assert "The paper that was signed" not in plain(client.get(f"{subject.get_absolute_url()}?on=2026-11-01"))


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods(as_: As, place: Place, method: str) -> None:
    document, client = added(place), as_("administrator")
    for address in (evidence(place), f"/workspace/documents/{document.pk}/"):
        assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("size", [1, 40])
def test_queries(as_: As, place: Place, size: int, django_assert_num_queries: Any) -> None:
    for number in range(size):
        make.make_document(subject=place.action, uploaded_by=make.make_person(), title=f"Report {number}")
    client, address = as_("owner"), f"/workspace/documents/{Document.objects.get(title='Report 0').pk}/"
    with django_assert_num_queries(6):
        assert client.get(evidence(place)).content.count(b"Report ") >= size
    with django_assert_num_queries(6):
        assert "Report 0" in plain(client.get(address))
