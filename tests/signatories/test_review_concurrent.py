"""Two people at the same moment, in threads with connections of their own: one of them wins, the other is told."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from concordat.kernel.models import Change
from signatories.models import Declaration
from signatories.services import review
from signatories.services.declarations import approve_declaration, publish_due_declarations, save_declaration
from signatories.services.signatures import sign
from tests.actionplans.test_updates_concurrent import DONE, ROUNDS, at_once
from tests.factories import make_declaration, make_organisation
from tests.submitting import complete_declaration

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 5, 1)
FASTER = f"FasterError: {review.FASTER}"


def own_copy(declaration: Declaration) -> Any:
    return Declaration.objects.select_related("partnership__programme").get(pk=declaration.pk)


def verbs(declaration: Declaration) -> list[str]:
    return list(Change.objects.about(declaration).order_by("pk").values_list("verb", flat=True))


def test_one_publishes_and_one_returns() -> None:
    for _ in range(ROUNDS):
        declaration = complete_declaration(state="submitted")
        outcomes = at_once(
            partial(approve_declaration, own_copy(declaration), seen=1, on=DAY, by="one"),
            partial(review.return_with_comment, own_copy(declaration), seen=1, comment="No", by="two"),
        )
        assert sorted(outcomes) == [FASTER, DONE]
        declaration.refresh_from_db()
        expected = "published" if outcomes[0] == DONE else "returned"
        assert (declaration.state, verbs(declaration)) == (expected, [expected])


def test_two_save_the_same_draft() -> None:
    for _ in range(ROUNDS):
        declaration = make_declaration()
        outcomes = at_once(
            *(
                partial(save_declaration, own_copy(declaration), {"summary": words}, seen=1, by="test")
                for words in ("Hers", "His")
            )
        )
        assert sorted(outcomes) == [FASTER, DONE]
        declaration.refresh_from_db()
        assert declaration.summary == ("Hers" if outcomes[0] == DONE else "His")


def test_two_workers_sweep() -> None:
    for _ in range(ROUNDS):
        declaration = complete_declaration(state="submitted", publish_on=DAY)
        assert at_once(*[partial(publish_due_declarations, on=DAY, by="job")] * 2) == [DONE, DONE]
        assert verbs(declaration) == ["published"]


def test_nobody_signs_other_words_than_they_read() -> None:
    for _ in range(ROUNDS):
        declaration, police = make_declaration(), make_organisation()
        fields: dict[str, Any] = {"as_types": ["police"], "signer_role": "Chief Constable", "signed_on": DAY}
        outcomes = at_once(
            partial(save_declaration, own_copy(declaration), {"summary": "Less"}, seen=1, by="test"),
            partial(sign, own_copy(declaration), organisation=police, seen=1, by="test", on=DAY, **fields),
        )
        assert outcomes.count(DONE) == 1
        declaration.refresh_from_db()
        assert (declaration.summary == "Less") == (not declaration.signatures.exists())
