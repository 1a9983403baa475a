"""The mailbox to which our mails come back: read once, emptied of what was taken, whatever breaks on the way."""

import logging
import mailbox as boxes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from concordat.tasks import read_bounces
from signatories.models import MailReport, MailReportCount, Message
from signatories.outbox.bounces import mailbox
from signatories.outbox.bounces.mailbox import MailboxError, read_all
from signatories.outbox.bounces.reading import MOST_BYTES
from signatories.outbox.return_address import mark_of
from tests import mail_reports
from tests.factories import DAY, make_message, noon
from tests.imap_server import Folder, imap_server

pytestmark = pytest.mark.django_db
NOW = noon(DAY)


@pytest.fixture
def message() -> Message:
    return make_message(mail_state="mailed", mail_moved_at=NOW)


@pytest.fixture
def folder() -> Iterator[Folder]:
    with imap_server() as server:
        yield server


@pytest.fixture
def maildir(tmp_path: Path) -> boxes.Maildir:
    return boxes.Maildir(tmp_path / "box", create=True)


def at(box: boxes.Maildir) -> dict[str, Any]:
    return {"kind": "maildir", "path": str(box._path)}


def bounce(message: Message, number: int = 1) -> bytes:
    return mail_reports.failure(mark=mark_of(f"digest-{message.pk}"), report_id=f"<{number}@mx.example>")


def read(where: dict[str, Any]) -> int:
    return read_all(where, by="test", now=NOW)


def outcomes() -> dict[str, int]:
    return dict(MailReportCount.objects.values_list("outcome", "count"))


class TestMaildir:
    def test_what_was_taken_is_deleted_and_the_rest_is_left_as_read(
        self, maildir: boxes.Maildir, message: Message
    ) -> None:
        maildir.add(bounce(message))
        maildir.add(mail_reports.out_of_office())
        assert (read(at(maildir)), read(at(maildir))) == (2, 0)
        assert [each.get_flags() for each in maildir] == ["S"]
        assert [each["Subject"] for each in maildir] == ["Away"]
        assert (MailReport.objects.count(), outcomes()) == (1, {"taken": 1, "unreadable": 1})

    def test_one_that_is_too_large_is_not_read(self, maildir: boxes.Maildir) -> None:
        maildir.add(b"Subject: x\r\n\r\n" + b"x" * MOST_BYTES)
        assert (read(at(maildir)), read(at(maildir)), outcomes()) == (1, 0, {"unreadable": 1})

    def test_one_that_cannot_be_taken_now_stops_no_other_and_is_tried_again(
        self, maildir: boxes.Maildir, message: Message, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in (1, 2):
            maildir.add(bounce(message, number))
        take = mailbox.take

        def sometimes(raw: bytes, **options: Any) -> Any:
            return 1 / 0 if b"<1@mx" in raw else take(raw, **options)

        with monkeypatch.context() as patch:
            patch.setattr(mailbox, "take", sometimes)
            assert read(at(maildir)) == 2
        assert (MailReport.objects.count(), len(maildir)) == (1, 1)
        read(at(maildir))
        assert (MailReport.objects.count(), len(maildir)) == (2, 0)

    def test_one_that_is_gone_meanwhile_or_cannot_be_opened_stops_no_other(
        self,
        maildir: boxes.Maildir,
        message: Message,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        for number in (1, 2, 3):
            maildir.add(bounce(message, number))
        take = mailbox.take

        def while_others_go(raw: bytes, **options: Any) -> Any:
            gone, closed = [file for file in Path(maildir._path, "new").iterdir() if file.read_bytes() != raw]
            gone.unlink()
            closed.unlink()
            closed.mkdir()  # what cannot be read as a file
            return take(raw, **options)

        monkeypatch.setattr(mailbox, "take", while_others_go)
        assert read(at(maildir)) == 3
        assert (MailReport.objects.count(), outcomes()) == (1, {"taken": 1})
        assert "could not be read or put away: 2" in caplog.text

    def test_no_folder_is_said_in_a_sentence(self, tmp_path: Path) -> None:
        with pytest.raises(MailboxError, match="There is no such folder"):
            read({"kind": "maildir", "path": str(tmp_path / "nowhere")})


class TestImap:
    def test_what_was_taken_is_deleted_and_the_rest_is_left_as_read(self, folder: Folder, message: Message) -> None:
        folder.put(bounce(message))
        left = folder.put(mail_reports.out_of_office())
        assert (read(folder.where()), read(folder.where())) == (2, 0)
        assert folder.flags == {left: {r"\Seen"}}
        assert (MailReport.objects.count(), outcomes()) == (1, {"taken": 1, "unreadable": 1})

    def test_a_report_that_came_twice_counts_once(self, folder: Folder, message: Message) -> None:
        folder.put(bounce(message))
        folder.put(bounce(message))
        read(folder.where())
        assert (MailReport.objects.count(), outcomes()) == (1, {"taken": 1, "again": 1})

    def test_one_that_is_too_large_is_not_fetched(self, folder: Folder) -> None:
        folder.put(b"x" * (MOST_BYTES + 1))
        read(folder.where())
        assert (folder.fetched, folder.flags, outcomes()) == ([], {1: {r"\Seen"}}, {"unreadable": 1})

    def test_a_server_that_says_the_number_last_is_understood(self, folder: Folder, message: Message) -> None:
        folder.says_uid_last = True
        folder.put(bounce(message))
        folder.put(b"x" * (MOST_BYTES + 1))
        read(folder.where())
        assert (MailReport.objects.count(), folder.fetched) == (1, [1])
        assert outcomes() == {"taken": 1, "unreadable": 1}

    @pytest.mark.parametrize("asked", ["SIZE", "BODY", "refused"])
    def test_one_that_is_gone_meanwhile_or_not_given_stops_no_other(
        self, folder: Folder, message: Message, caplog: pytest.LogCaptureFixture, asked: str
    ) -> None:
        for number in (1, 2, 3):
            folder.put(bounce(message, number))
        folder.gone = {2: asked}
        folder.refused = {2} if asked == "refused" else set()
        assert read(folder.where()) == 3
        assert (MailReport.objects.count(), folder.flags, outcomes()) == (2, {2: set()}, {"taken": 2})
        assert "gone, or could not be read or put away: 1" in caplog.text

    def test_a_server_that_goes_away_half_way_loses_and_doubles_nothing(self, folder: Folder, message: Message) -> None:
        for number in (1, 2, 3):
            folder.put(bounce(message, number))
        folder.falls_silent_at = 2
        with pytest.raises(MailboxError, match="It cannot be read"):
            read(folder.where())
        folder.falls_silent_at = None
        read(folder.where())
        assert (MailReport.objects.count(), len(folder.fetched)) == (3, 3)

    @pytest.mark.parametrize("wrong", [{"password": "x"}, {"folder": "Nowhere"}, {"port": 1}])
    def test_what_does_not_open_is_said_without_the_password(self, folder: Folder, wrong: dict[str, Any]) -> None:
        with pytest.raises(MailboxError) as refusal:
            read(folder.where(**wrong))
        assert "secret" not in str(refusal.value)


class TestTask:
    def test_reads_the_mailbox_of_the_settings(self, settings: Any, maildir: boxes.Maildir, message: Message) -> None:
        settings.BOUNCE_MAILBOX = at(maildir)
        maildir.add(bounce(message))
        read_bounces()
        message.refresh_from_db()
        assert message.mail_state == "given_up"

    def test_without_one_there_is_nothing_to_do(self, settings: Any) -> None:
        settings.BOUNCE_MAILBOX = {}
        read_bounces()
        assert not MailReportCount.objects.exists()

    def test_a_mailbox_that_is_out_of_order_is_told_in_the_log(
        self, settings: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.BOUNCE_MAILBOX = {"kind": "maildir", "path": "/nowhere/at/all"}
        with caplog.at_level(logging.WARNING):
            read_bounces()
        assert "There is no such folder" in caplog.text
