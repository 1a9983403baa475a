"""What goes wrong around a plan file: a full disk, a long paste, and words in it that must go."""

import tempfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from actionplans.models import PlanImport, PlanVersion
from concordat.kernel.models import Redaction
from concordat.kernel.passages import Sought
from concordat.tasks import take_import
from concordat.traces.removing import remove_words
from concordat.workspace.imports import REMOVED
from tests import factories as make
from tests.actionplans.importing.place import NOW, ROWS, workbook
from tests.concordat.workspace.test_imports import draft, send, taken  # noqa: F401 - a fixture among them
from tests.plain import plain

As = Callable[[str], Client]
CAFE, NURSE, NUMBER = ROWS
FULL = "there is no room for it just now"


def full(*told: Any, **named: Any) -> None:
    raise OSError(28, "No space left on device")


def test_a_storage_without_room_says_so(
    as_: As,
    draft: PlanVersion,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = as_("coordinator")
    monkeypatch.setattr("actionplans.services.imports.default_storage.save", full)
    answer = send(client, draft, workbook(*ROWS))
    assert answer.status_code == 400
    assert FULL in plain(answer)
    assert not PlanImport.objects.exists()


def test_a_disk_without_room_says_so_while_the_file_arrives(
    as_: As,
    draft: PlanVersion,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = tempfile.TemporaryFile

    class Full:
        def __init__(self, **options: Any) -> None:
            self.file = real(**options)

        def __getattr__(self, name: str) -> Any:
            return full if name == "write" else getattr(self.file, name)

    client = as_("coordinator")
    monkeypatch.setattr(tempfile, "TemporaryFile", Full)
    answer = send(client, draft, workbook(*ROWS), quarters="nhs")
    assert answer.status_code == 400
    assert FULL in plain(answer)
    assert 'value="nhs"' in answer.content.decode()


@pytest.mark.parametrize("letters", [3_000_000, 5_000_100])
def test_a_long_paste_is_taken_or_given_back(as_: As, draft: PlanVersion, letters: int) -> None:  # noqa: F811
    client = as_("coordinator")
    line = "A1\tOpen a crisis cafe in the town\tAnytown Council\tMarch 2016\n"
    pasted = "Ref\tAction\tLead\tBy when\n" + line * (letters // len(line) + 1)
    answer = send(client, draft, pasted=pasted)
    if letters < 5_000_000:
        assert answer.status_code == 302
        assert PlanImport.objects.get().pasted == pasted
    else:
        assert answer.status_code == 400
        assert "What you pasted is too long" in plain(answer)
        assert answer.content.decode().count("Open a crisis cafe") > 1000


def test_words_that_are_removed_leave_the_rows_and_the_file(as_: As, draft: PlanVersion) -> None:  # noqa: F811
    client = as_("coordinator")
    found = taken(client, draft, CAFE, (*NURSE[:2], "Alun Pritchard", *NURSE[3:]))
    client.post(f"/workspace/imports/{found.pk}/questions/", {"version": found.version, "q1": "keep"})
    found.refresh_from_db()
    assert "keep" in found.answers.values()
    administrator = make.make_person(name="The administrator", is_staff=True, is_superuser=True)
    done = remove_words(
        Sought("alun pritchard"), draft, category="person", reason="Asked for by letter", by=administrator, now=NOW
    )
    found.refresh_from_db()
    told = [*found.rows.values_list("cells", "understood"), found.found, found.answers, found.remarks]
    assert "pritchard" not in str(told).casefold()
    assert Redaction.FILE in {each.field for each in done}
    with default_storage.open(found.stored_as) as file:
        assert file.read() == b"[removed]"
    assert client.get(f"/workspace/imports/{found.pk}/file/").content.decode().strip() == REMOVED
    take_import(found.pk)  # nothing is left to do
    assert client.get(f"/workspace/imports/{found.pk}/").status_code == 200


def test_equal_tables_are_corrected_at_once_and_show_what_they_hold(as_: As, draft: PlanVersion) -> None:  # noqa: F811
    client = as_("coordinator")
    found = taken(client, draft, *ROWS)
    page = plain(client.get(f"/workspace/imports/{found.pk}/columns/"))
    assert "“Open a crisis café in Anytown”" in page
    assert "Leave it: " in page


def test_the_key_of_the_file_is_the_key_of_the_version(as_: As, draft: PlanVersion) -> None:  # noqa: F811
    client = as_("coordinator")
    send(
        client,
        draft,
        workbook((*CAFE[:4], "Red"), (*NURSE[:4], "Amber"), headings=("Ref", "Action", "Lead", "By when", "RAG")),
    )
    found = PlanImport.objects.get()
    take_import(found.pk)
    found.refresh_from_db()
    said = {"version": found.version, "q1-red": "not_started", "q1-amber": "at_risk"}
    client.post(f"/workspace/imports/{found.pk}/questions/", said)
    found.refresh_from_db()
    client.post(f"/workspace/imports/{found.pk}/apply/", {"version": found.version})
    take_import(found.pk)
    draft.refresh_from_db()
    assert (draft.uses_colours, draft.rag_key) == (True, "Red: Not started. Amber: In progress, at risk.")
