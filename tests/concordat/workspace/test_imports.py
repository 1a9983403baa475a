"""A plan file in the workspace: sent, its questions answered, looked at, applied."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from actionplans.models import Action, PlanImport, PlanVersion
from concordat.tasks import take_import
from signatories.models import Document
from tests import factories as make
from tests.actionplans.importing.place import ROWS, workbook
from tests.concordat.workspace.conftest import Place
from tests.plain import plain

As = Callable[[str], Client]
UNCLEAR = ("C1", "Train every officer", "Police; Council", "Q2 2015", "", "", "")


@pytest.fixture
def draft(place: Place) -> PlanVersion:
    """A draft in hand of a plan with nothing in it yet."""
    council = make.make_organisation(name="Anytown Council", type="council")
    for organisation in (place.police, council):
        make.make_member(partnership=place.partnership, organisation=organisation)
    for code, title in (("A", "Access to support before crisis point"), ("B", "Urgent and emergency access")):
        make.make_section(programme=place.partnership.programme, code=code, title=title)
    return make.make_version(plan=make.make_plan(partnership=place.partnership), label="Version 1")


def send(client: Client, draft: PlanVersion, content: bytes = b"", **fields: str) -> Any:
    said = {
        "as_at_0": "1",
        "as_at_1": "11",
        "as_at_2": "2026",
        "quarters": "",
        "default_year": "",
        "pasted": "",
    } | fields
    if content:
        said["file"] = SimpleUploadedFile("Our plan.xlsx", content)  # type: ignore[assignment]
    return client.post(f"/workspace/versions/{draft.pk}/import/", said)


def taken(client: Client, draft: PlanVersion, *rows: tuple[str, ...]) -> PlanImport:
    """Sent, and read by the worker."""
    send(client, draft, workbook(*rows))
    found = PlanImport.objects.get()
    take_import(found.pk)
    found.refresh_from_db()
    return found


def test_from_the_file_to_the_applied_draft(as_: As, draft: PlanVersion) -> None:
    client = as_("coordinator")
    answer = send(client, draft, workbook(*ROWS))
    found = PlanImport.objects.get()
    address = f"/workspace/imports/{found.pk}/"
    assert answer.headers["Location"] == address
    assert "Waiting to be read" in plain(client.get(address))
    take_import(found.pk)
    page = plain(client.get(address))
    assert "New (3)" in page
    assert "Open a crisis café in Anytown" in page
    assert "due 31 March 2016 (a month)" in page
    found.refresh_from_db()
    client.post(f"{address}apply/", {"version": found.version})
    assert "Waiting to be applied" in plain(client.get(address))
    take_import(found.pk)
    assert "What was brought in" in plain(client.get(address))
    assert draft.actions.count() == 3


def test_a_pasted_table_is_read_like_a_file(as_: As, draft: PlanVersion) -> None:
    client = as_("coordinator")
    send(client, draft, pasted="Ref\tAction\tLead\tBy when\nA1\tOpen a café\tAnytown Council\tMarch 2016\n")
    found = PlanImport.objects.get()
    take_import(found.pk)
    assert "Open a café" in plain(client.get(f"/workspace/imports/{found.pk}/"))


@pytest.mark.parametrize(
    ("fields", "content", "sentence"),
    [
        ({}, b"", "Choose a file, or paste the table."),
        ({"pasted": "a\tb"}, b"x", "not both"),
        ({"as_at_2": "2027"}, b"x", "still to come"),
        ({"as_at_1": "13"}, b"x", "real date"),
    ],
)
def test_bad_input_gets_a_sentence_and_what_was_typed_stays(
    as_: As, draft: PlanVersion, fields: dict[str, str], content: bytes, sentence: str
) -> None:
    answer = send(as_("coordinator"), draft, content, **fields)
    assert answer.status_code == 400
    page = plain(answer)
    assert sentence in page
    assert fields.get("pasted", "") in answer.content.decode()
    assert not PlanImport.objects.exists()


def test_a_file_that_is_no_table_is_refused_with_a_sentence(as_: As, draft: PlanVersion) -> None:
    client = as_("coordinator")
    send(client, draft, b"%PDF-1.4 what plans are published as %%EOF")
    found = PlanImport.objects.get()
    take_import(found.pk)
    page = plain(client.get(f"/workspace/imports/{found.pk}/"))
    assert "Could not be read" in page
    assert "PDF" in page
    assert "Nothing of the plan was changed." in page


def test_questions_are_answered_many_at_once(as_: As, draft: PlanVersion) -> None:
    client = as_("coordinator")
    found = taken(client, draft, *ROWS, UNCLEAR, ("C2", "Another", "Police; Council", "Q2 2015", "", "", ""))
    address = f"/workspace/imports/{found.pk}/questions/"
    assert "to answer before it can be applied" in plain(client.get(f"/workspace/imports/{found.pk}/"))
    page = plain(client.get(address))
    assert "Several lead here" in page
    kinds = {question["kind"]: number for number, question in enumerate(found.found["questions"], start=1)}
    answers = {f"q{kinds['lead']}": "joint"}
    answers |= {f"q{kinds['timescale']}-text": "30 9 2015"} if "timescale" in kinds else {}
    answers |= {f"q{number}": "none" for kind, number in kinds.items() if kind == "section"}
    answer = client.post(address, {"version": found.version, **answers}, follow=True)
    found.refresh_from_db()
    assert found.found["questions"] == [], plain(answer)
    assert "All is clear" in plain(client.get(f"/workspace/imports/{found.pk}/"))
    assert "Answered already" in plain(client.get(address))


def test_a_day_that_makes_no_sense_is_told_beside_its_question(as_: As, draft: PlanVersion) -> None:
    client = as_("coordinator")
    found = taken(client, draft, ("A1", "Train every officer", "Northshire Police", "03/04/15 or so?", "", "", ""))
    kinds = [question["kind"] for question in found.found["questions"]]
    assert kinds == ["timescale"]
    answer = client.post(
        f"/workspace/imports/{found.pk}/questions/", {"version": found.version, "q1-text": "31 2 2015"}
    )
    assert answer.status_code == 400
    assert "Write a day, like 30 6 2015." in plain(answer)
    assert "31 2 2015" in answer.content.decode()


def test_who_is_slower_keeps_what_was_chosen(as_: As, draft: PlanVersion) -> None:
    client = as_("coordinator")
    found = taken(client, draft, UNCLEAR)
    number = next(n for n, each in enumerate(found.found["questions"], start=1) if each["kind"] == "lead")
    sent = {"version": found.version - 1, f"q{number}": "joint"}
    answer = client.post(f"/workspace/imports/{found.pk}/questions/", sent)
    assert answer.status_code == 409
    assert "Somebody else has gone on" in plain(answer)
    assert 'value="joint" checked' in answer.content.decode()


def test_it_is_not_applied_while_a_question_is_open(as_: As, draft: PlanVersion) -> None:
    client = as_("coordinator")
    found = taken(client, draft, UNCLEAR)
    answer = client.post(f"/workspace/imports/{found.pk}/apply/", {"version": found.version}, follow=True)
    assert "Answer all questions first" in plain(answer)
    assert not draft.actions.exists()


def test_a_column_is_corrected(as_: As, draft: PlanVersion) -> None:
    client = as_("coordinator")
    found = taken(client, draft, *ROWS)
    address = f"/workspace/imports/{found.pk}/columns/"
    page = plain(client.get(address))
    assert "Taken for" in page
    number = next(n for n, each in enumerate(found.found["columns"]) if each["heading"] == "Outcome")
    client.post(address, {"version": found.version, f"c{number}": "notes"})
    found.refresh_from_db()
    assert found.found["columns"][number]["fields"] == ["notes"]
    assert all(row.understood["outcome"] is None for row in found.rows.filter(change="new"))


def test_one_file_at_a_time(as_: As, draft: PlanVersion) -> None:
    client = as_("coordinator")
    found = taken(client, draft, *ROWS)
    assert (
        client.get(f"/workspace/versions/{draft.pk}/import/").headers["Location"] == f"/workspace/imports/{found.pk}/"
    )
    answer = send(client, draft, workbook(*ROWS))
    assert answer.status_code == 400
    assert "Go on with that one, or abandon it" in plain(answer)


def test_given_up_nothing_is_changed_and_the_file_is_kept(as_: As, draft: PlanVersion) -> None:
    client = as_("coordinator")
    found = taken(client, draft, *ROWS)
    client.post(f"/workspace/imports/{found.pk}/abandon/", {"version": found.version})
    found.refresh_from_db()
    assert found.state == "abandoned"
    assert not Action.objects.filter(plan=draft.plan).exists()
    answer = client.get(f"/workspace/imports/{found.pk}/file/")
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Our plan.xlsx"'
    assert not Document.objects.exists()


def test_the_preview_takes_the_same_queries_however_long_it_is(
    as_: As, draft: PlanVersion, django_assert_num_queries: Any
) -> None:
    client = as_("coordinator")
    found = taken(client, draft, *ROWS)
    for rows in (7, 500):
        made = [
            ("A" + str(n), f"Action number {n} for the partnership", "Northshire Police", "", "", "", "")
            for n in range(rows)
        ]
        client.post(f"/workspace/imports/{found.pk}/abandon/", {"version": found.version})
        send(client, draft, workbook(*made))
        found = PlanImport.objects.latest("pk")
        take_import(found.pk)
        found.refresh_from_db()
        with django_assert_num_queries(7):
            page = plain(client.get(f"/workspace/imports/{found.pk}/"))
        assert f"New ({rows})" in page


def test_the_way_there_is_on_the_version_and_on_the_dashboard(as_: As, draft: PlanVersion) -> None:
    client = as_("coordinator")
    link = f"/workspace/versions/{draft.pk}/import/"
    for page in (f"/workspace/versions/{draft.pk}/", f"/workspace/partnerships/{draft.plan.partnership.slug}/"):
        assert link in client.get(page).content.decode()
