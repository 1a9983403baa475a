"""A report with its evidence: both are kept or neither, and no file is left behind."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from actionplans.models import Action
from actionplans.services import evidence
from actionplans.services.evidence import Evidence, EvidenceError, save_with_evidence
from actionplans.services.reports import Answer
from actionplans.states import ActionState
from concordat.kernel.models import Change
from signatories.models import Document
from signatories.services.errors import FasterError, NotAllowedError
from tests import sample_files as files
from tests.factories import make_action, make_person, noon

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 1)


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "media"
    yield
    assert len(stored(tmp_path)) == Document.objects.filter(kind="file").count()


def stored(folder: Path) -> list[Path]:
    return [path for path in (folder / "media").rglob("*") if path.is_file()]


def proof(**fields: Any) -> Evidence:
    file = SimpleUploadedFile("Minutes.pdf", files.pdf())
    return Evidence(**{"title": "Minutes", "file": file} | fields)


def save(action: Action, evidence: Evidence | None, **fields: Any) -> Any:
    answer = Answer(status=fields.pop("status", ActionState.IN_PROGRESS), public_text="One nurse")
    given = {"version": None, "hand_in": True, "by": "test", "on": DAY, "now": noon(DAY)} | fields
    return save_with_evidence(action, answer, evidence, **given)


def test_a_file() -> None:
    action, jo = make_action(), make_person()
    report = save(action, proof(html_alternative="The same in words"), by=jo)
    document = Document.objects.about(action).get()
    assert (report.state, document.title, document.uploaded_by) == ("submitted", "Minutes", jo)
    assert (document.visibility, document.html_alternative) == ("partnership", "The same in words")
    assert Change.objects.about(document).get().verb == "created"


def test_a_link_with_a_draft() -> None:
    action = make_action()
    report = save(action, proof(file=None, url="https://example.org/minutes"), hand_in=False)
    assert (report.state, Document.objects.about(action).get().url) == ("draft", "https://example.org/minutes")


def test_without_evidence() -> None:
    action = make_action()
    assert save(action, None).state == "submitted"
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"file": SimpleUploadedFile("Minutes.pdf", files.WEB_PAGE)}, "it is a web page"),
        ({"title": " "}, "Give the document a title"),
    ],
)
def test_evidence_that_is_refused_keeps_the_report_from_being_saved(fields: dict[str, Any], refusal: str) -> None:
    action = make_action()
    with pytest.raises(EvidenceError, match=refusal):
        save(action, proof(**fields))
    assert not action.updates.exists()
    assert not Document.objects.exists()


def test_the_same_file_twice() -> None:
    action = make_action()
    first = save(action, proof(), hand_in=False)
    with pytest.raises(EvidenceError, match="is here already"):
        save(action, proof(), version=first.version)
    assert action.updates.get().state == "draft"


def test_a_report_that_is_refused_leaves_no_file_behind() -> None:
    action = make_action()
    with pytest.raises(NotAllowedError, match="Say on which day"):
        save(action, proof(), status=ActionState.COMPLETED)
    with pytest.raises(FasterError):
        save(action, proof(), version=7)
    assert not Document.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_fails_leaves_no_file_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    action = make_action()

    def at_the_end(*args: Any, **options: Any) -> Any:
        transaction.on_commit(lambda: None)
        raise OSError("the disk is full")

    monkeypatch.setattr(evidence.documents, "create", at_the_end)
    with pytest.raises(OSError, match="disk"):
        save(action, proof())
    assert not action.updates.exists()
