"""Keeping documents: the row, its trace and its file come together or not at all."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from concordat.kernel.models import Change, Revision
from signatories.models import Document
from signatories.services import documents
from signatories.services.errors import FasterError, NotAllowedError
from tests import factories as make
from tests import sample_files as files

NOW, DAY = make.noon(date(2026, 11, 2)), date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _own_storage(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def stored() -> list[Path]:
    return [file for file in Path(default_storage.location).rglob("*") if file.is_file()]


def sent(holds: bytes = files.GOOD["pdf"], name: str = "Minutes.pdf") -> File:
    return File(io.BytesIO(holds), name=name)


def add(subject: Any = None, holds: bytes = files.GOOD["pdf"], **fields: Any) -> Document:
    file = sent(holds, fields.pop("name", "Minutes.pdf"))
    return documents.add_file(
        subject or make.make_action(), file, **{"title": "Minutes", "by": "a_command", "now": NOW} | fields
    )


@pytest.mark.django_db
class TestAdding:
    def test_the_row_its_trace_and_its_file(self) -> None:
        action, ada = make.make_action(), make.make_person(name="Ada")
        document = add(action, by=ada, title=" Minutes of May ", html_alternative="https://example.org/minutes")
        assert list(Document.objects.about(action)) == [document]
        assert (document.title, document.format, document.size) == ("Minutes of May", "pdf", len(files.GOOD["pdf"]))
        assert (document.uploaded_by, document.uploaded_at, document.visibility) == (ada, NOW, "partnership")
        assert Path(default_storage.path(document.stored_as)).read_bytes() == files.GOOD["pdf"]
        change = Change.objects.about(document).get()
        assert (change.verb, change.by, change.fields["title"]) == ("created", ada, [None, "Minutes of May"])

    def test_its_name_in_the_storage_says_nothing(self) -> None:
        document = add(name="../../Minutes <script>.pdf")
        [file] = stored()
        assert file.relative_to(default_storage.location).parts[0] == "documents"
        assert file.suffix == ""
        assert len(file.name) == 48
        assert document.original_name == "Minutes <script>.pdf"
        assert document.get_absolute_url() == f"/documents/{document.pk}/minutes.pdf"
        assert file.stat().st_mode & 0o111 == 0

    def test_two_names_are_never_the_same(self) -> None:
        assert len({documents.unguessable_name() for _ in range(99)}) == 99

    @pytest.mark.parametrize("title", ["../../etc/passwd", "\u202e", "日本", "x" * 200, "<b>"])
    def test_under_any_title_it_is_given_out_with_a_harmless_name(self, title: str) -> None:
        assert set(add(title=title).file_name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")

    def test_what_we_do_not_take_is_not_stored(self) -> None:
        with pytest.raises(NotAllowedError, match="it is a web page"):
            add(holds=files.WEB_PAGE)
        assert (stored(), Document.objects.count(), Change.objects.count()) == ([], 0, 0)

    def test_without_a_title(self) -> None:
        with pytest.raises(NotAllowedError, match="Give the document a title"):
            add(title=" ")
        assert stored() == []

    def test_the_same_file_twice_about_one_thing(self) -> None:
        action = make.make_action()
        first = add(action)
        with pytest.raises(NotAllowedError, match="This file is here already"):
            add(action, title="Another title")
        assert len(stored()) == 1
        add(make.make_action())
        documents.withdraw_document(first, reason="A mistake", by="a_command", now=NOW)
        add(action)
        assert len(stored()) == 3

    def test_another_thing_that_goes_wrong_is_not_taken_for_that(self) -> None:
        with pytest.raises(IntegrityError):
            add(make.make_partnership())
        assert stored() == []

    def test_a_link(self) -> None:
        action = make.make_action()
        link = documents.add_link(action, "https://example.org/", title="Report", by="a_command", now=NOW)
        assert link.get_absolute_url() == "https://example.org/"
        with pytest.raises(NotAllowedError, match="This link is here already"):
            documents.add_link(action, "https://example.org/", title="Again", by="a_command", now=NOW)


@pytest.mark.django_db(transaction=True)
class TestNothingIsLeftBehind:
    def test_when_the_trace_cannot_be_written(self) -> None:
        make_trace = mock.patch("concordat.kernel.changes.record", side_effect=RuntimeError("broken"))
        with make_trace, pytest.raises(RuntimeError):
            add()
        assert (stored(), Document.objects.count()) == ([], 0)

    def test_when_the_transaction_fails_at_its_very_end(self) -> None:
        action, nobody = make.make_action(), make.make_person()
        nobody.pk = 999_999  # a link that is checked when the transaction ends
        with pytest.raises(IntegrityError):
            add(action, by=nobody)
        assert (stored(), Document.objects.count(), Change.objects.count()) == ([], 0, 0)

    def test_when_several_people_send_the_same_at_once(self) -> None:
        action = make.make_action()

        def send(number: int) -> str:
            try:
                return add(action, title=f"By {number}").title
            except NotAllowedError as error:
                return str(error)
            finally:
                connection.close()

        with ThreadPoolExecutor(6) as people:
            answers = list(people.map(send, range(6)))
        document = Document.objects.get()
        assert sorted(answers) == sorted([document.title] + ["This file is here already."] * 5)
        assert [file.name for file in stored()] == [Path(document.stored_as).name]
        assert Change.objects.about(document).count() == 1

    def test_it_cannot_be_part_of_a_larger_transaction(self) -> None:
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
            add()
        assert stored() == []


@pytest.mark.django_db
class TestPublishing:
    def test_from_that_day_on(self) -> None:
        action, ada = make.make_action(), make.make_person()
        document = documents.publish_document(add(action), by=ada, on=DAY)
        assert (document.visibility, document.published_on) == ("public", DAY)
        assert list(Document.objects.public_by(DAY)) == [document]
        assert not Document.objects.public_by(date(2026, 11, 1)).exists()
        assert Change.objects.about(document).last().verb == "published"

    def test_twice_or_after_it_was_withdrawn(self) -> None:
        document = documents.publish_document(add(), by="a_command", on=DAY)
        with pytest.raises(FasterError):
            documents.publish_document(document, by="a_command", on=DAY)
        other = documents.withdraw_document(add(), reason="A mistake", by="a_command", now=NOW)
        with pytest.raises(FasterError):
            documents.publish_document(other, by="a_command", on=DAY)

    def test_public_pages_are_made_anew(self) -> None:
        document = add()
        before = Revision.current()
        if connection.vendor != "sqlite":
            pytest.skip("there the stamp is new at the end of a transaction")
        documents.publish_document(document, by="a_command", on=DAY)
        assert Revision.current() != before


@pytest.mark.django_db
class TestWithdrawing:
    def test_it_is_given_out_no_more_but_kept(self) -> None:
        document = documents.publish_document(add(), by="a_command", on=DAY)
        documents.withdraw_document(document, reason=" Names a patient ", by="a_command", now=NOW)
        assert document.withdrawn_reason == "Names a patient"
        assert not Document.objects.in_force().exists()
        assert not Document.objects.public_by(DAY).exists()
        assert len(stored()) == 1
        last = Change.objects.about(document).last()
        assert (last.verb, last.why) == ("withdrawn", "Names a patient")

    def test_without_a_reason_or_twice(self) -> None:
        document = add()
        with pytest.raises(NotAllowedError, match="Say why"):
            documents.withdraw_document(document, reason=" ", by="a_command", now=NOW)
        documents.withdraw_document(document, reason="A mistake", by="a_command", now=NOW)
        with pytest.raises(FasterError):
            documents.withdraw_document(document, reason="Another", by="a_command", now=NOW)
        assert document.withdrawn_reason == "A mistake"
