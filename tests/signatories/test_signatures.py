"""Signing a declaration and withdrawing a signature, each with its trace."""

from datetime import date
from typing import Any

import pytest

from concordat.kernel.models import Change
from signatories.models import Signature
from signatories.services.declarations import save_declaration
from signatories.services.errors import FasterError, NotAllowedError
from signatories.services.signatures import sign, withdraw_signature
from tests.factories import make_declaration, make_organisation, make_person, make_signature

pytestmark = pytest.mark.django_db
DAY, LATER = date(2026, 5, 1), date(2026, 6, 1)
WORDS: dict[str, Any] = {"summary": "We stand together.", "sections_covered": ["A", "B", "C", "D"]}


def signed(**differs: Any) -> list[Signature]:
    fields = {"as_types": ["police"], "signer_role": "Chief Constable", "signed_on": DAY, "by": "test", "on": DAY}
    declaration = differs.pop("declaration", None) or make_declaration(**WORDS)
    fields["seen"] = declaration.version
    organisation = differs.pop("organisation", None) or make_organisation(name="Northshire Police")
    return sign(declaration, organisation=organisation, **(fields | differs))


def test_the_name_is_frozen_as_signed() -> None:
    jo = make_person()
    [signature] = signed(statement=" We are in. ", by=jo)
    signature.organisation.name = "Northshire and Southshire Police"
    signature.organisation.save()
    signature.refresh_from_db()
    assert (signature.name_as_signed, signature.as_type, signature.kind) == ("Northshire Police", "police", "signatory")
    assert (signature.signer_role, signature.signed_on) == ("Chief Constable", DAY)
    assert (signature.statement, signature.on_paper) == ("We are in.", False)
    assert Change.objects.about(signature).get().by == jo


def test_one_council_signs_as_several() -> None:
    council = make_organisation(name="Northshire Council", type="council")
    found = signed(organisation=council, as_types=["adult_social_care", "childrens_services"], by=make_person())
    assert [each.as_type for each in found] == ["adult_social_care", "childrens_services"]


def test_nobody_signs_as_what_they_are_not() -> None:
    charity = make_organisation(name="Kindly", type="voluntary")
    with pytest.raises(NotAllowedError, match="Kindly is not recorded as: acute NHS trust, police force"):
        signed(organisation=charity, as_types=["voluntary", "police", "acute_trust"], by=make_person())
    council = make_organisation(type="adult_social_care")
    with pytest.raises(NotAllowedError, match="not recorded as: police force"):
        signed(organisation=council, as_types=["council", "police"], by=make_person())
    assert not Signature.objects.exists()


def test_an_administrator_records_any_kind() -> None:
    assert signed(organisation=make_organisation(type="other"), by=make_person(is_superuser=True))


def test_not_twice_as_the_same_and_then_nothing_is_written() -> None:
    declaration, council = make_declaration(**WORDS), make_organisation(name="Northshire Council")
    make_signature(declaration=declaration, organisation=council, as_type="childrens_services")
    with pytest.raises(NotAllowedError, match="Northshire Council has signed as council children's services already"):
        signed(declaration=declaration, organisation=council, as_types=["adult_social_care", "childrens_services"])
    assert declaration.signatures.count() == 1


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"signer_role": " "}, "in which role"),
        ({"as_types": []}, "as what kind of body"),
        ({"signed_on": LATER}, "cannot be in the future"),
    ],
    ids=str,
)
def test_what_a_signature_needs(differs: dict[str, Any], sentence: str) -> None:
    with pytest.raises(NotAllowedError, match=sentence):
        signed(**differs)
    assert not Signature.objects.exists()


def test_nobody_signs_words_that_were_changed_meanwhile() -> None:
    declaration = make_declaration()
    save_declaration(declaration, {"summary": "Other words"}, seen=1, by="test")
    with pytest.raises(FasterError, match="Read it again before you sign"):
        signed(declaration=declaration, seen=1)
    assert not Signature.objects.exists()


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_signed_before_it_is_published(state: str) -> None:
    assert signed(declaration=make_declaration(state=state, **WORDS))


def test_a_declaration_in_force_can_be_joined() -> None:
    assert signed(declaration=make_declaration(published_on=date(2026, 1, 1)))


@pytest.mark.parametrize("end", ["withdrawn_on", "superseded_on"])
def test_one_that_is_over_cannot(end: str) -> None:
    over = make_declaration(published_on=date(2026, 1, 1), **{end: DAY})
    with pytest.raises(NotAllowedError, match="no longer in force"):
        signed(declaration=over)


def test_withdrawn_with_a_reason_it_stays_in_the_record_and_may_be_given_anew() -> None:
    [signature] = signed()
    withdraw_signature(signature, on=LATER, reason=" New leadership ", by="test")
    signature.refresh_from_db()
    assert (signature.withdrawn_on, signature.withdrawn_reason) == (LATER, "New leadership")
    assert Change.objects.about(signature).last().why == "New leadership"
    assert signed(declaration=signature.declaration, organisation=signature.organisation, on=LATER, signed_on=LATER)


def test_what_withdrawing_needs() -> None:
    [signature] = signed()
    with pytest.raises(NotAllowedError, match="Say why"):
        withdraw_signature(signature, on=LATER, reason=" ", by="test")
    with pytest.raises(NotAllowedError, match="before it was given"):
        withdraw_signature(signature, on=date(2026, 4, 30), reason="x", by="test")
    withdraw_signature(signature, on=LATER, reason="x", by="test")
    with pytest.raises(NotAllowedError, match="withdrawn already"):
        withdraw_signature(Signature.objects.get(pk=signature.pk), on=LATER, reason="x", by="test")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"title": " "}, "It does not say: its title."),
        ({"summary": " "}, "It does not say: what it promises, in plain words."),
        ({"sections_covered": ["A", "C"]}, "It does not say: that it covers the areas B, D of the Concordat."),
        ({"summary": "", "sections_covered": []}, "in plain words; that it covers the areas A, B, C, D"),
    ],
    ids=str,
)
def test_a_draft_without_its_words_is_not_signed(words: dict[str, Any], sentence: str) -> None:
    with pytest.raises(NotAllowedError, match=sentence):
        signed(declaration=make_declaration(**WORDS | words))
    assert not Signature.objects.exists()


def test_one_published_long_ago_is_still_signed() -> None:
    assert signed(declaration=make_declaration(published_on=date(2015, 1, 5)))
