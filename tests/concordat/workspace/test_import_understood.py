"""The preview shows everything as it was understood, and any organisation can be chosen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from actionplans.models import Action, PlanImport, PlanVersion
from concordat.tasks import take_import
from tests import factories as make
from tests.actionplans.importing.place import ROWS, workbook
from tests.concordat.workspace.test_imports import draft, send, taken  # noqa: F401 - a fixture among them
from tests.plain import plain

As = Callable[[str], Client]
CAFE, NURSE, NUMBER = ROWS


def shown(client: Client, found: PlanImport, show: str = "") -> str:
    return plain(client.get(f"/workspace/imports/{found.pk}/?show={show}"))


def ask(client: Client, found: PlanImport, **sent: str) -> Any:
    answer = client.post(f"/workspace/imports/{found.pk}/questions/", {"version": str(found.version), **sent})
    found.refresh_from_db()
    return answer


def test_all_that_was_understood_is_shown(as_: As, draft: PlanVersion) -> None:  # noqa: F811
    client = as_("coordinator")
    found = taken(client, draft, ("A1", "Open a café", "Anytown Council", "April 2015", "In progress", "Begun", "Open"))
    page = shown(client, found)
    for words in (
        "A Access to support before crisis point",
        "April 2015 → due 30 April 2015 (a month)",
        "Anytown Council (lead)",
        "In progress",
        "Begun",
    ):
        assert words in page


def test_what_is_likely_is_marked_and_listed(as_: As, draft: PlanVersion) -> None:  # noqa: F811
    client = as_("coordinator")
    found = taken(client, draft, CAFE, ("B1", *NURSE[1:3], "02-03-27", *NURSE[4:]))
    assert found.found["counts"]["look"] == 1
    page = shown(client, found, "look")
    assert "“02-03-27” was read as: due 2 March 2027" in page
    assert "Worth a look" in page
    assert "Open a crisis café" not in page


def test_rows_that_are_no_actions_are_listed(as_: As, draft: PlanVersion) -> None:  # noqa: F811
    client = as_("coordinator")
    found = taken(client, draft, CAFE, ("Page 1 of 3", "", "", "", "", "", ""))
    assert found.found["counts"]["notes"] == 1
    assert "Page 1 of 3" in shown(client, found, "notes")


def test_differences_name_organisations_and_roles(as_: As, draft: PlanVersion) -> None:  # noqa: F811
    client = as_("coordinator")
    first = taken(client, draft, CAFE)
    client.post(f"/workspace/imports/{first.pk}/apply/", {"version": first.version})
    take_import(first.pk)
    send(client, draft, workbook((*CAFE[:2], "Northshire Police", *CAFE[3:])))
    found = PlanImport.objects.latest("pk")
    take_import(found.pk)
    page = shown(client, found, "changed")
    assert "Anytown Council (lead)" in page
    assert "Northshire Police (lead)" in page
    assert "anytown-council" not in page
    assert "changes nothing" not in page


def test_the_same_file_again_says_that_it_changes_nothing(as_: As, draft: PlanVersion) -> None:  # noqa: F811
    client = as_("coordinator")
    first = taken(client, draft, *ROWS)
    client.post(f"/workspace/imports/{first.pk}/apply/", {"version": first.version})
    take_import(first.pk)
    send(client, draft, workbook(*ROWS))
    found = PlanImport.objects.latest("pk")
    take_import(found.pk)
    page = shown(client, found)
    assert "This file changes nothing" in page
    assert "Apply it to the draft" not in page
    for address in (f"/workspace/versions/{draft.pk}/", f"/workspace/partnerships/{draft.plan.partnership.slug}/"):
        assert "Go on with the plan file" in plain(client.get(address))


def test_an_empty_cell_takes_nothing_away_unless_it_is_told(as_: As, draft: PlanVersion) -> None:  # noqa: F811
    client = as_("coordinator")
    first = taken(client, draft, *ROWS)
    client.post(f"/workspace/imports/{first.pk}/apply/", {"version": first.version})
    take_import(first.pk)
    send(client, draft, workbook((*CAFE[:6], ""), NURSE, NUMBER))
    found = PlanImport.objects.latest("pk")
    take_import(found.pk)
    found.refresh_from_db()
    assert found.found["counts"]["unchanged"] == 3
    assert "the plan keeps it: outcome" in shown(client, found, "look")
    ask(client, found, q1="clear")
    assert found.found["counts"]["changed"] == 1


def test_questions_with_a_safe_default_may_stay_open(as_: As, draft: PlanVersion) -> None:  # noqa: F811
    client = as_("coordinator")
    found = taken(client, draft, CAFE, ("B1", NURSE[1], "The Friends of Anytown", "soonish, Q2 2016", "", "", ""))
    assert {each["kind"] for each in found.found["questions"]} == {"lead", "timescale"}
    assert "2 questions may stay open" in shown(client, found)
    client.post(f"/workspace/imports/{found.pk}/apply/", {"version": found.version})
    take_import(found.pk)
    assert "2 questions were left open" in shown(client, found)
    assert "The Friends of Anytown" in shown(client, found, "open")
    line = draft.actions.get(reference="B1")
    assert line.timescale_text == "soonish, Q2 2016"
    assert line.proposes.get("timescale", {}).get("due_on", "") == ""
    assert [lead[1:] for lead in line.proposes["leads"]] == [[None, "The Friends of Anytown"]]


def test_any_organisation_can_be_chosen_or_found_by_its_name(as_: As, draft: PlanVersion) -> None:  # noqa: F811
    client = as_("coordinator")
    for number in range(12):
        make.make_organisation(name=f"Trust number {number:02} of Elsewhere", type="mental_health_trust")
    far = make.make_organisation(name="Zennor Cottage Hospital", type="other")
    found = taken(client, draft, CAFE, ("B1", NURSE[1], "The Friends of Anytown", "June 2016", "", "", ""))
    address = f"/workspace/imports/{found.pk}/questions/"
    html = client.get(address).content.decode()
    assert f'<option value="{far.slug}">Zennor Cottage Hospital</option>' in html
    assert '<optgroup label="Members of the partnership">' in html
    assert "The Friends of Anytown” in B1" in plain(client.get(address))
    answer = ask(client, found, **{"q1-text": "trust elsewhere"})
    assert "More than one organisation is called so" in plain(answer)
    assert '<optgroup label="Called so">' in answer.content.decode()
    assert "No organisation is called so" in plain(ask(client, found, **{"q1-text": "Nowhere"}))
    ask(client, found, **{"q1-text": "zennor"})
    assert found.rows.get(understood__reference="B1").understood["leads"][0]["organisation"] == far.slug


def test_what_each_colour_means_is_chosen(as_: As, draft: PlanVersion) -> None:  # noqa: F811
    client = as_("coordinator")
    headings = ("Ref", "Action", "Lead", "By when", "RAG")
    rows = [(*CAFE[:4], "Red"), (*NURSE[:4], "Amber"), (*NUMBER[:4], "Amber")]
    send(client, draft, workbook(*rows, headings=headings))
    found = PlanImport.objects.get()
    take_import(found.pk)
    found.refresh_from_db()
    page = plain(client.get(f"/workspace/imports/{found.pk}/questions/"))
    assert "Amber (2 actions, such as “Put a mental health nurse" in page
    assert "Say it for each of the colours" in plain(ask(client, found, **{"q1-red": "not_started"}))
    ask(client, found, **{"q1-red": "not_started", "q1-amber": "at_risk"})
    stands = found.rows.exclude(change="").values_list("understood__status", "understood__confidence")
    assert sorted(stands, key=str) == [("in_progress", "at_risk"), ("in_progress", "at_risk"), ("not_started", None)]


def test_a_number_like_1_10_is_a_target(as_: As, draft: PlanVersion) -> None:  # noqa: F811
    client = as_("coordinator")
    rows = [(ref, *row[1:]) for ref, row in zip(("A1.1", "1.10", "B1.2"), ROWS, strict=True)]
    first = taken(client, draft, *rows)
    (asked,) = first.found["questions"]
    ask(client, first, q1=asked["choices"][0][0])
    client.post(f"/workspace/imports/{first.pk}/apply/", {"version": first.version})
    take_import(first.pk)
    send(client, draft, workbook(*rows[1:]))
    found = PlanImport.objects.latest("pk")
    take_import(found.pk)
    found.refresh_from_db()
    at = next(n for n, each in enumerate(found.found["questions"], 1) if each["kind"] == "missing")
    ask(client, found, **{f"q{at}": "merged", f"q{at}-text": "1.10"})
    assert [each["merged_into"] for each in found.found["missing"]] == ["1.10"]


@pytest.mark.parametrize(("number", "sentence"), [("Z9", "No action of this file"), ("a1", "cannot be part of itself")])
def test_a_wrong_number_is_told_beside_its_question(
    as_: As,
    draft: PlanVersion,  # noqa: F811
    number: str,
    sentence: str,
) -> None:
    client = as_("coordinator")
    first = taken(client, draft, *ROWS)
    client.post(f"/workspace/imports/{first.pk}/apply/", {"version": first.version})
    take_import(first.pk)
    send(client, draft, workbook(NURSE, NUMBER))
    found = PlanImport.objects.latest("pk")
    take_import(found.pk)
    found.refresh_from_db()
    answer = ask(client, found, q1="merged", **{"q1-text": number})
    assert answer.status_code == 400
    assert sentence in plain(answer)
    assert Action.objects.filter(reference="A1").exists()
