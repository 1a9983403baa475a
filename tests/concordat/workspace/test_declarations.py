"""Declarations from the inside: drafted, signed, submitted; who may, and two people at once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from signatories.models import Declaration, Signature
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain
from tests.sign_in import enter
from tests.submitting import complete_declaration

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


@pytest.fixture
def draft(place: Place) -> Declaration:
    """One that lacks nothing but the signature of the police, who are a member of the partnership."""
    place.partnership.programme.core_signatory_types = ["acute_trust"]
    declaration = complete_declaration(partnership=place.partnership, areas=[make.make_area(name="Northshire")])
    place.partnership.programme.core_signatory_types = ["acute_trust", "police"]
    place.partnership.programme.save()
    make.make_member(partnership=place.partnership, organisation=place.police)
    return declaration


def address(declaration: Declaration) -> str:
    return f"/workspace/declarations/{declaration.pk}/"


def filled(declaration: Declaration, **differs: Any) -> dict[str, Any]:
    fields = ("title", "summary", "source", "sections_covered", "version")
    return {name: getattr(declaration, name) for name in fields} | {"then": "save"} | differs


def send(client: Client, declaration: Declaration, **differs: Any) -> Any:
    return client.post(address(declaration), filled(declaration, **differs), follow=True)


def sign(client: Client, declaration: Declaration, body: Any, **differs: Any) -> Any:
    fields = {
        "organisation": body.pk,
        "as_types": ["police"],
        "signer_role": "Chief Constable",
        "signed_on_0": "1",
        "signed_on_1": "11",
        "signed_on_2": "2026",
        "agreed": "on",
        "version": declaration.version,
    }
    return client.post(f"{address(declaration)}sign/", fields | differs, follow=True)


class TestDrafting:
    def test_begun_from_the_page_of_the_partnership(self, as_: As, place: Place) -> None:
        client = as_("coordinator")
        page = client.post(f"/workspace/partnerships/{place.partnership.slug}/declarations/new/", follow=True)
        assert f"Declaration of {place.partnership}" in plain(page)
        assert "Missing It is for an area No area is recorded." in plain(page)
        again = client.post(f"/workspace/partnerships/{place.partnership.slug}/declarations/new/", follow=True)
        assert "in hand already" in plain(again)
        inside = plain(client.get(f"/workspace/partnerships/{place.partnership.slug}/"))
        assert f"Declaration of {place.partnership} Draft" in inside

    @pytest.mark.parametrize(("role", "status"), [("board member", 403), ("reviewer", 403), ("lead", 404)])
    def test_begun_by_nobody_else(self, as_: As, place: Place, role: str, status: int) -> None:
        answer = as_(role).post(f"/workspace/partnerships/{place.partnership.slug}/declarations/new/")
        assert answer.status_code == status
        assert not Declaration.objects.exists()

    def test_it_takes_over_the_areas_of_its_partnership(self, as_: As, draft: Declaration) -> None:
        make.cover(draft.partnership, make.make_area(name="Westshire"))
        draft.signatures.update(withdrawn_on=TODAY, withdrawn_reason="Not yet")
        client, there = as_("coordinator"), f"{address(draft)}areas/"
        assert "The partnership covers other areas today." in plain(client.get(address(draft)))
        page = plain(client.post(there, {"version": "1"}, follow=True))
        assert "The declaration is for the areas of the partnership now." in page
        assert "Westshire (the whole area)" in page
        assert "Northshire (" not in page
        assert "already" in plain(client.post(there, {"version": "2"}, follow=True))
        assert client.get(there).status_code == 405
        assert as_("board member").post(there, {"version": "2"}).status_code == 403
        assert as_("owner").post(there, {"version": "2"}).status_code == 404

    def test_the_checklist_says_in_words_what_is_missing(self, as_: As, draft: Declaration) -> None:
        page = plain(as_("coordinator").get(address(draft)))
        assert "Done It covers the four areas A to D of the Concordat" in page
        assert "Missing Every kind of body that must sign has signed No signature yet of: police force." in page
        assert "Northshire (the whole area)" in page

    def test_saved(self, as_: As, draft: Declaration) -> None:
        draft.signatures.update(withdrawn_on=TODAY, withdrawn_reason="Not yet")
        page = send(as_("coordinator"), draft, source="The Gazette", made_on_0="2", made_on_1="3", made_on_2="2026")
        assert "Your draft is saved." in plain(page)
        draft.refresh_from_db()
        assert (draft.source, draft.made_on, draft.state) == ("The Gazette", date(2026, 3, 2), "draft")

    @pytest.mark.parametrize(
        ("differs", "sentence"),
        [
            ({"title": " "}, "Give the declaration a title."),
            ({"title": "x" * 201}, "This has 201 characters. Make it 200 or fewer."),
            ({"source": "a\u202eb"}, "This has marks that turn the direction of the text."),
            ({"made_on_0": "31", "made_on_1": "2", "made_on_2": "2026"}, "That is not a real date."),
            ({"sections_covered": ["E"]}, "E is not one of the available choices"),
            ({"version": "x"}, "Enter a whole number."),
        ],
        ids=str,
    )
    def test_bad_input_keeps_what_was_typed(
        self, as_: As, draft: Declaration, differs: dict[str, Any], sentence: str
    ) -> None:
        answer = send(as_("coordinator"), draft, summary="", **differs)
        assert answer.status_code == 400
        assert sentence in plain(answer)
        answer = send(as_("coordinator"), draft, **({"title": "Typed words"} | differs | {"made_on_2": "20x6"}))
        assert answer.status_code == 400
        assert "20x6" in answer.content.decode()

    def test_the_second_of_two_sees_both(self, as_: As, draft: Declaration) -> None:
        draft.signatures.update(withdrawn_on=TODAY, withdrawn_reason="Not yet")
        client = as_("coordinator")
        send(client, draft, source="Hers")
        answer = send(client, draft, source="His")
        assert answer.status_code == 409
        page = plain(answer)
        assert "Somebody else has changed this since you opened it." in page
        assert "Where can the signed statement be read? Hers His" in page
        draft.refresh_from_db()
        assert draft.source == "Hers"
        assert f'name="version" value="{draft.version}"' in answer.content.decode()
        assert "Your draft is saved." in plain(send(client, draft, source="Both"))

    def test_signed_words_stay(self, as_: As, draft: Declaration) -> None:
        answer = send(as_("coordinator"), draft, title="Other words")
        assert answer.status_code == 400
        assert "It is signed already, by " in plain(answer)
        assert "Other words" in answer.content.decode()

    def test_what_was_typed_outlives_the_session(self, as_: As, draft: Declaration) -> None:
        client = as_("coordinator")
        page = client.get(address(draft)).content.decode()
        who = page.split('name="who" value="')[1].split('"')[0]
        client.logout()
        client.post(address(draft), filled(draft, source="Typed", who=who))
        enter(client, draft.partnership.memberships.get(role="coordinator").person)
        again = client.get(address(draft))
        assert "You had been signed out." in plain(again)
        assert 'value="Typed"' in again.content.decode()


class TestSubmitting:
    def test_not_before_every_core_type_has_signed_but_what_was_typed_is_saved(
        self, as_: As, draft: Declaration
    ) -> None:
        Declaration.objects.update(source="")
        answer = send(as_("coordinator"), draft, then="submit", source="The Gazette")
        assert answer.status_code == 400
        assert "Your draft is saved. It cannot be submitted yet. No signature yet of: police force." in plain(answer)
        draft.refresh_from_db()
        assert (draft.state, draft.source) == ("draft", "The Gazette")
        assert f'name="version" value="{draft.version}"' in answer.content.decode()

    def test_submitted_and_taken_back(self, as_: As, draft: Declaration, place: Place) -> None:
        make.make_signature(declaration=draft, organisation=place.police)
        client = as_("coordinator")
        page = send(client, draft, then="submit")
        assert "The declaration is with the national reviewers." in plain(page)
        assert "Submitted on 2 November 2026 by Jo coordinator." in plain(page)
        draft.refresh_from_db()
        again = send(client, draft, then="submit")
        assert "Take it back to change it" in plain(again)
        page = client.post(address(draft), {"then": "take_back", "version": draft.version}, follow=True)
        assert "The declaration is a draft again." in plain(page)
        page = client.post(address(draft), {"then": "take_back", "version": draft.version}, follow=True)
        assert "Somebody else has changed this" in plain(page)

    def test_returned_its_comment_is_read(self, as_: As, place: Place) -> None:
        declaration = complete_declaration(
            partnership=place.partnership, state="returned", review_comment="Who signs for children?"
        )
        page = plain(as_("coordinator").get(address(declaration)))
        assert "The national reviewers returned it. Who signs for children?" in page
        assert "with the national reviewers" in plain(send(as_("coordinator"), declaration, then="submit"))


class TestSigning:
    def test_a_lead_signs_for_the_own_organisation(self, as_: As, draft: Declaration, place: Place) -> None:
        client = as_("lead")
        assert "Our declaration" in plain(client.get("/workspace/declarations/"))
        assert "Sign it for your organisation" in plain(client.get(address(draft)))
        page = plain(sign(client, draft, place.police, statement="We are in."))
        assert "Northshire Police has signed “Our declaration”." in page
        assert "Northshire Police, as police force Signed on 1 November 2026 by the Chief Constable." in page
        signature = Signature.objects.get(organisation=place.police)
        assert (signature.on_paper, signature.statement) == (False, "We are in.")
        again = sign(client, draft, place.police)
        assert again.status_code == 400
        assert "Northshire Police has signed as police force already." in plain(again)

    def test_words_that_were_changed_meanwhile_are_read_again(self, as_: As, draft: Declaration, place: Place) -> None:
        Declaration.objects.update(summary="Fewer promises", version=2)
        answer = sign(as_("lead"), draft, place.police, statement="Typed")
        assert answer.status_code == 409
        assert "Read it again before you sign." in plain(answer)
        assert "Fewer promises" in plain(answer)
        assert "Typed" in answer.content.decode()
        assert 'name="version" value="2"' in answer.content.decode()

    def test_an_empty_one_is_not_signed_and_says_what_it_lacks(self, as_: As, draft: Declaration, place: Place) -> None:
        Declaration.objects.update(summary="", sections_covered=["A"])
        client = as_("lead")
        page = client.get(f"{address(draft)}sign/")
        told = "It does not say: what it promises, in plain words; that it covers the areas B, C, D"
        assert "Nobody can sign it yet." in plain(page)
        assert told in plain(page)
        assert "The coordinator fills it in." in plain(page)
        assert 'name="signer_role"' not in page.content.decode()
        answer = sign(client, draft, place.police, statement="Typed")
        assert answer.status_code == 400
        assert told in plain(answer)
        assert "Typed" in answer.content.decode()
        assert not Signature.objects.filter(organisation=place.police).exists()

    def test_who_must_sign_names_those_of_the_kind(self, as_: As, draft: Declaration, place: Place) -> None:
        place.partnership.programme.core_signatory_types = ["police", "adult_social_care", "childrens_services"]
        place.partnership.programme.save()
        for name, kind in (("County Council", "council"), ("Adults Service", "adult_social_care")):
            make.make_member(partnership=place.partnership, organisation=make.make_organisation(name=name, type=kind))
        page = plain(as_("coordinator").get(address(draft)))
        rows = page.split("Not yet signed", 1)[1]
        assert "Council adult social care Missing Nobody Adults Service Council children's services" in rows
        assert "Missing Nobody May sign as this: Adults Service, County Council" in rows
        council = make.make_organisation(name="Signed Council", type="council")
        make.make_signature(declaration=draft, organisation=council, as_type="childrens_services")
        page = plain(as_("coordinator").get(address(draft)))
        assert "Council children's services Signed Signed Council Nobody" in page

    def test_one_whose_day_is_not_recorded(self, as_: As, draft: Declaration, place: Place) -> None:
        make.make_signature(declaration=draft, organisation=place.police, signer_role="Chief Constable")
        page = plain(as_("coordinator").get(address(draft)))
        assert "Signed by the Chief Constable. The day is not recorded." in page

    def test_a_coordinator_records_what_was_signed_on_paper(self, as_: As, draft: Declaration, place: Place) -> None:
        page = plain(sign(as_("coordinator"), draft, place.police))
        assert "Signed on 1 November 2026 by the Chief Constable, on paper." in page

    @pytest.mark.parametrize(
        ("differs", "sentence"),
        [
            ({"signer_role": ""}, "Say in which role it is signed."),
            ({"as_types": []}, "Choose as what it signs."),
            ({"agreed": ""}, "Tick “The organisation commits itself to this declaration”."),
            ({"signed_on_0": "3"}, "The day of the signature cannot be in the future."),
            ({"signed_on_0": "", "signed_on_1": "", "signed_on_2": ""}, "Say on which day it was signed."),
            ({"organisation": "0"}, "Choose one from the list."),
            ({"organisation": "9" * 30}, "Choose one from the list."),
        ],
        ids=str,
    )
    def test_bad_input(self, as_: As, draft: Declaration, place: Place, differs: dict[str, Any], sentence: str) -> None:
        answer = sign(as_("lead"), draft, place.police, statement="Typed", **differs)
        assert answer.status_code == 400
        assert sentence in plain(answer)
        assert "Typed" in answer.content.decode()

    def test_not_for_another_organisation(self, as_: As, draft: Declaration) -> None:
        other = make.make_organisation()
        make.make_member(partnership=draft.partnership, organisation=other)
        answer = sign(as_("lead"), draft, other)
        assert "Choose one from the list." in plain(answer)
        assert not Signature.objects.filter(organisation=other).exists()

    def test_only_as_what_it_is(self, as_: As, draft: Declaration, place: Place) -> None:
        page = as_("lead").get(f"{address(draft)}sign/").content.decode()
        assert 'value="police"' in page
        assert 'value="acute_trust"' not in page
        council = make.make_organisation(type="council")
        make.make_member(partnership=draft.partnership, organisation=council)
        client = as_("coordinator")
        assert 'value="childrens_services"' in client.get(f"{address(draft)}sign/").content.decode()
        assert f"{council} is not recorded as: police force." in plain(sign(client, draft, council))
        assert 'value="acute_trust"' in as_("administrator").get(f"{address(draft)}sign/").content.decode()
        assert sign(as_("administrator"), draft, council).status_code == 200

    @pytest.mark.parametrize(
        ("role", "status"),
        [("board member", 403), ("reviewer", 403), ("owner", 404), ("nobody", 403), ("administrator", 200)],
    )
    def test_nobody_else_signs(self, as_: As, draft: Declaration, place: Place, role: str, status: int) -> None:
        client = as_(role)
        assert client.get(f"{address(draft)}sign/").status_code == status
        assert sign(client, draft, place.police).status_code == status

    def test_a_lead_withdraws_it_with_a_reason(self, as_: As, draft: Declaration, place: Place) -> None:
        signature = make.make_signature(declaration=draft, organisation=place.police)
        client, there = as_("lead"), f"/workspace/signatures/{signature.pk}/withdraw/"
        assert there in client.get(address(draft)).content.decode()
        answer = client.post(there, {"reason": " "})
        assert answer.status_code == 400
        assert "Say why the signature is withdrawn." in plain(answer)
        page = plain(client.post(there, {"reason": "New leadership"}, follow=True))
        assert "The signature of Northshire Police is withdrawn." in page
        assert "Withdrawn on 2 November 2026: New leadership" in page
        assert "withdrawn already" in plain(client.post(there, {"reason": "Again"}))

    def test_why_it_is_withdrawn_outlives_the_session(self, as_: As, draft: Declaration, place: Place) -> None:
        signature = make.make_signature(declaration=draft, organisation=place.police)
        client, there = as_("lead"), f"/workspace/signatures/{signature.pk}/withdraw/"
        who = client.get(there).content.decode().partition('name="who" value="')[2].partition('"')[0]
        client.logout()
        client.post(there, {"reason": "Typed at length", "who": who})
        page = as_("lead").get(there)
        assert "You had been signed out." in plain(page)
        assert "Typed at length" in page.content.decode()

    @pytest.mark.parametrize(
        ("role", "on_paper", "status"),
        [
            ("coordinator", True, 302),
            ("coordinator", False, 403),
            ("board member", True, 403),
            ("reviewer", True, 403),
            ("administrator", False, 302),
            ("owner", True, 404),
        ],
    )
    def test_who_withdraws_it(
        self, as_: As, draft: Declaration, place: Place, role: str, on_paper: bool, status: int
    ) -> None:
        signature = make.make_signature(declaration=draft, organisation=place.police, on_paper=on_paper)
        answer = as_(role).post(f"/workspace/signatures/{signature.pk}/withdraw/", {"reason": "By mistake"})
        assert answer.status_code == status


class TestAccess:
    @pytest.mark.parametrize(
        ("role", "read", "save"),
        [
            ("coordinator", 200, 200),
            ("administrator", 200, 200),
            ("board member", 200, 403),
            ("reviewer", 200, 403),
            ("lead", 200, 403),
            ("owner", 404, 404),
            ("nobody", 403, 403),
        ],
    )
    def test_who_reads_and_who_drafts(self, as_: As, draft: Declaration, role: str, read: int, save: int) -> None:
        client = as_(role)
        assert client.get(address(draft)).status_code == read
        assert send(client, draft).status_code == save

    @pytest.mark.parametrize("role", ["coordinator", "board_member", "organisation_lead"])
    def test_the_same_role_elsewhere_finds_nothing(self, client: Client, draft: Declaration, role: str) -> None:
        stranger = make.make_person()
        make.make_membership(role, person=stranger)
        enter(client, stranger)
        assert "You see no declaration" in plain(client.get("/workspace/declarations/"))
        assert send(client, draft).status_code == 404
        assert client.get(f"{address(draft)}sign/").status_code == 404

    def test_a_lead_whose_organisation_has_left_sees_it_no_more(
        self, as_: As, draft: Declaration, place: Place
    ) -> None:
        place.partnership.members.update(until_on=TODAY)
        assert as_("lead").get(address(draft)).status_code == 404

    def test_signed_out(self, client: Client, draft: Declaration) -> None:
        assert client.get(address(draft)).status_code == 302

    def test_a_draft_is_on_no_public_page(self, client: Client, draft: Declaration) -> None:
        assert client.get(f"/declarations/{draft.pk}/").status_code == 404
        assert "Our declaration" not in plain(client.get(f"/partnerships/{draft.partnership.slug}/"))

    @pytest.mark.parametrize("method", ["put", "delete"])
    def test_wrong_method(self, as_: As, draft: Declaration, method: str) -> None:
        assert getattr(as_("coordinator"), method)(address(draft)).status_code == 405

    def test_those_in_hand_are_listed_first(self, as_: As, draft: Declaration) -> None:
        make.make_declaration(partnership=draft.partnership, title="The first one", published_on=date(2015, 1, 1))
        page = plain(as_("coordinator").get("/workspace/declarations/"))
        assert page.index("Our declaration Draft") < page.index("The first one Published")

    @pytest.mark.parametrize("size", [1, 40])
    def test_queries(self, as_: As, place: Place, size: int, django_assert_num_queries: Any) -> None:
        for _ in range(size):
            make.make_declaration(partnership=place.partnership)
        client = as_("coordinator")
        with django_assert_num_queries(5):
            client.get("/workspace/declarations/")

    @pytest.mark.parametrize("size", [1, 40])
    def test_queries_of_one(self, as_: As, draft: Declaration, size: int, django_assert_num_queries: Any) -> None:
        for _ in range(size):
            make.make_signature(declaration=draft)
            make.cover(draft, make.make_area())
        client = as_("coordinator")
        with django_assert_num_queries(14):
            client.get(address(draft))
