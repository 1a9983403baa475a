"""What htmx gets: the row of one action, with its form open or without; and drafts saved as they are typed."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from concordat.kernel.models import Change
from signatories.models import Document
from tests import factories as make
from tests import sample_files as files
from tests.actionplans.reporting import report
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
FILLED = {"status": "in_progress", "public_text": "The first nurse has begun.", "version": "", "then": "hand_in"}
IN_PLACE = {"HX-Request": "true"}


def address(place: Place, step: str = "") -> str:
    return f"/workspace/actions/{place.action.pk}/{step}"


def sent(client: Client, place: Place, step: str = "", **fields: Any) -> Any:
    return client.post(address(place, step), FILLED | fields, headers=IN_PLACE)


def is_a_row(answer: Any, place: Place) -> bool:
    page = answer.content.decode()
    return "<html" not in page and len(re.findall(f'<li[^>]* id="action-{place.action.pk}"|<li id="action-', page)) == 1


class TestTheRow:
    def test_the_list_opens_it_here_and_without_javascript_on_its_page(self, as_: As, place: Place) -> None:
        page = as_("owner").get("/workspace/").content.decode()
        assert f'href="{address(place)}" hx-get="{address(place)}" hx-target="#action-{place.action.pk}"' in page
        assert "htmx-2.min.js" in page
        assert '"allowEval": false' in page
        assert "<form" not in page.partition('id="several"')[2].partition("</form>")[0]

    def test_open_and_closed_again(self, as_: As, place: Place) -> None:
        client = as_("owner")
        opened = client.get(address(place), headers=IN_PLACE)
        assert is_a_row(opened, place)
        assert f'id="action-{place.action.pk}-public_text"' in opened.content.decode()
        closed = client.get(address(place), {"closed": ""}, headers=IN_PLACE)
        assert is_a_row(closed, place)
        assert "<textarea" not in closed.content.decode()

    def test_handed_in(self, as_: As, place: Place) -> None:
        answer = sent(as_("owner"), place)
        assert is_a_row(answer, place)
        assert "Waiting for acceptance" in plain(answer)
        assert f"Your report is with the coordinator of {place.partnership}." in plain(answer)
        assert "Nothing needs you now." in plain(answer)
        assert place.action.updates.get().state == "submitted"

    def test_a_draft(self, as_: As, place: Place) -> None:
        answer = sent(as_("owner"), place, then="draft")
        assert "Your draft is saved." in plain(answer)
        assert "Go on with the draft" in plain(answer)
        assert place.action.updates.get().state == "draft"

    def test_refused(self, as_: As, place: Place) -> None:
        answer = sent(as_("owner"), place, status="completed")
        assert (answer.status_code, is_a_row(answer, place)) == (400, True)
        assert f'href="#action-{place.action.pk}-outcome_note"' in answer.content.decode()
        assert not re.search(r"<details[^>]* open", answer.content.decode())
        assert "The first nurse has begun." in plain(answer)

    def test_two_at_once(self, as_: As, place: Place) -> None:
        report(place.action, TODAY, hand_in=False, by=place.people["lead"], public_text="Theirs")
        answer = sent(as_("owner"), place)
        assert (answer.status_code, is_a_row(answer, place)) == (409, True)
        assert "Theirs: Theirs" in plain(answer)
        assert "Yours: The first nurse has begun." in plain(answer)
        assert place.action.updates.get().public_text == "Theirs"

    def test_no_change_and_the_third_asks_why(self, as_: As, place: Place) -> None:
        for month in (7, 8, 9):
            make.make_update(action=place.action, reported_on=date(2026, month, 3), is_no_change=month > 7)
        client = as_("owner")
        answer = sent(client, place, "no-change/", version="")
        assert (answer.status_code, is_a_row(answer, place)) == (400, True)
        assert "Say why nothing moves." in plain(answer)
        answer = sent(client, place, "no-change/", why="The building is not ready")
        assert "Your “no change” is with the coordinator" in plain(answer)
        assert place.action.updates.get(state="submitted").is_no_change

    @pytest.mark.parametrize(("role", "status"), [("board member", 403), ("reviewer", 403), ("nobody", 403)])
    def test_not_for_readers(self, as_: As, place: Place, role: str, status: int) -> None:
        assert as_(role).get(address(place), headers=IN_PLACE).status_code == status
        assert sent(as_(role), place).status_code == status
        assert not place.action.updates.exists()


class TestEvidence:
    @pytest.fixture(autouse=True)
    def _media(self, tmp_path: Path, settings: Any) -> None:
        settings.MEDIA_ROOT = tmp_path / "media"

    def test_with_the_report(self, as_: As, place: Place) -> None:
        file = SimpleUploadedFile("a.pdf", files.pdf())
        sent(as_("owner"), place, **{"evidence-title": "Minutes", "evidence-file": file})
        assert place.action.updates.get().state == "submitted"
        assert Document.objects.about(place.action).get().title == "Minutes"

    def test_a_title_alone_is_not_enough(self, as_: As, place: Place) -> None:
        answer = sent(as_("owner"), place, **{"evidence-title": "Minutes"})
        assert answer.status_code == 400
        assert "Choose a file, or write a link." in plain(answer)
        assert not place.action.updates.exists()

    def test_at_a_conflict_the_file_has_to_be_chosen_again(self, as_: As, place: Place) -> None:
        report(place.action, TODAY, hand_in=False, by=place.people["lead"], public_text="Theirs")
        file = SimpleUploadedFile("a.pdf", files.pdf())
        answer = sent(as_("owner"), place, **{"evidence-title": "Minutes", "evidence-file": file})
        assert answer.status_code == 409
        assert "choose it again before you send this" in plain(answer)
        assert 'value="Minutes"' in answer.content.decode()
        assert not Document.objects.exists()

    def test_too_many_within_an_hour(self, as_: As, place: Place, settings: Any) -> None:
        settings.UPLOADS_PER_HOUR = 1
        client = as_("owner")
        for number in (1, 2):
            file = SimpleUploadedFile("a.pdf", files.pdf(f"Minutes {number}"))
            version = str(number - 1 or "")
            answer = sent(
                client, place, version=version, then="draft", **{"evidence-title": "M", "evidence-file": file}
            )
        assert answer.status_code == 400
        assert "You have added 1 files within an hour, and that is the most." in plain(answer)
        assert Document.objects.count() == 1
        page = client.post(
            address(place, "evidence/"), {"title": "M", "file": SimpleUploadedFile("b.pdf", files.pdf())}
        )
        assert "within an hour, and that is the most" in plain(page)


class TestAsTyped:
    def saved(self, client: Client, place: Place, text: str, version: Any = "") -> Any:
        return sent(client, place, then="autosave", public_text=text, version=version)

    def test_it_is_a_draft_and_told_with_its_time(self, as_: As, place: Place) -> None:
        client = as_("owner")
        assert self.saved(client, place, "We").json() == {"version": 1, "at": "12:00"}
        assert self.saved(client, place, "We have begun", 1).json() == {"version": 2, "at": "12:00"}
        draft = place.action.updates.get()
        assert (draft.state, draft.public_text) == ("draft", "We have begun")
        assert Change.objects.about(draft).count() == 1

    def test_not_over_what_somebody_else_has_saved(self, as_: As, place: Place) -> None:
        report(place.action, TODAY, hand_in=False, public_text="Theirs")
        answer = self.saved(as_("owner"), place, "Mine")
        assert answer.status_code == 409
        assert "Somebody else has saved this report meanwhile." in answer.json()["why"]
        assert place.action.updates.get().public_text == "Theirs"

    def test_what_waits_for_the_coordinator_is_left_alone(self, as_: As, place: Place) -> None:
        report(place.action, TODAY, public_text="Handed in")
        client = as_("owner")
        assert self.saved(client, place, "More", 1).status_code == 409
        assert place.action.updates.get().state == "submitted"
        assert "data-drafts" not in client.get(address(place)).content.decode()

    def test_what_cannot_be_saved_yet_is_said(self, as_: As, place: Place) -> None:
        answer = self.saved(as_("owner"), place, "x" * 2001)
        assert answer.status_code == 400
        assert answer.json()["why"] == ("Not saved as a draft yet. This has 2,001 characters. Make it 2,000 or fewer.")

    def test_evidence_that_is_half_filled_in_does_not_matter_to_it(self, as_: As, place: Place) -> None:
        assert sent(as_("owner"), place, then="autosave", **{"evidence-title": "M"}).json()["version"] == 1

    def test_not_by_a_reader(self, as_: As, place: Place) -> None:
        assert self.saved(as_("board member"), place, "Mine").status_code == 403
        assert not place.action.updates.exists()
