"""How kinds of body stand under declarations, by tables of examples; and the matrix of a small country."""

from datetime import date
from typing import Any

import pytest

from concordat.reports import signatories
from concordat.reports.questions import Question
from concordat.reports.signing import NOBODY, Document, Given, Standing, documents, signing, standing_of
from tests import factories as make

POLICE, AMBULANCE, ACUTE = CORE = ("police", "ambulance_trust", "acute_trust")
SIGNED, LAPSED, NOT_RECORDED, MISSING = Standing


def document(*given: tuple[str, bool], claimed: int | None = None) -> Document:
    """A declaration that these kinds of body signed; whether each has withdrawn."""
    names = tuple(Given(f"{kind} {number}", kind, None, gone, number) for number, (kind, gone) in enumerate(given))
    return Document(1, "Declaration", claimed, names)


@pytest.mark.parametrize(
    ("given", "claimed", "police"),
    [
        ([(POLICE, False)], None, SIGNED),
        ([(POLICE, True)], None, LAPSED),
        ([(POLICE, True), (POLICE, False)], None, SIGNED),
        ([(AMBULANCE, False)], None, MISSING),
        ([(AMBULANCE, False)], 1, MISSING),
        ([(AMBULANCE, False)], 2, NOT_RECORDED),
        ([(AMBULANCE, False), (POLICE, True)], 9, LAPSED),
        ([], None, NOT_RECORDED),
        ([], 8, NOT_RECORDED),
    ],
    ids=[
        "in force",
        "taken back",
        "taken back by one and in force of another",
        "all others recorded, as far as it says",
        "as many recorded as it says",
        "fewer recorded than it says",
        "taken back, and others not recorded",
        "nothing recorded",
        "nothing recorded of those that it says",
    ],
)
def test_under_one_declaration(given: list[tuple[str, bool]], claimed: int | None, police: Standing) -> None:
    assert standing_of(document(*given, claimed=claimed), POLICE, CORE) is police


def test_of_several_declarations_the_best_is_told_and_missing_only_if_all_say_so() -> None:
    full, unknown = document((AMBULANCE, False), (ACUTE, True)), document()
    assert signing([full], CORE).standing == {POLICE: MISSING, AMBULANCE: SIGNED, ACUTE: LAPSED}
    assert signing([full, unknown], CORE).standing == {POLICE: NOT_RECORDED, AMBULANCE: SIGNED, ACUTE: LAPSED}
    assert (signing([full], CORE).recorded, signing([unknown], CORE).recorded) == (1, None)
    assert signing([], CORE) == NOBODY


@pytest.mark.django_db
class TestMatrix:
    ON = date(2015, 6, 1)

    @pytest.fixture(autouse=True)
    def _country(self) -> None:
        programme = make.make_programme(core_signatory_types=list(CORE))
        self.declared, self.other = make.make_area(name="Kent"), make.make_area(name="Rutland", region="East Midlands")
        partnership = make.make_partnership(areas=[self.declared], programme=programme)
        self.declaration = make.make_declaration(
            partnership=partnership, areas=[self.declared], published_on=date(2015, 1, 1)
        )
        signed_on = date(2014, 12, 1)
        police = make.make_organisation(name="Kent Police", type=POLICE)
        make.make_signature(declaration=self.declaration, organisation=police, signed_on=signed_on)
        acute = make.make_organisation(name="Acute trust", type=ACUTE)
        reason = {"withdrawn_on": date(2015, 5, 1), "withdrawn_reason": "Merged"}
        make.make_signature(declaration=self.declaration, organisation=acute, signed_on=signed_on, **reason)
        supporter = make.make_organisation(type=AMBULANCE)
        make.make_signature(declaration=self.declaration, organisation=supporter, kind="supporter")

    def rows(self, on: date, **asked: Any) -> dict[str, dict[str, Any]]:
        answer = signatories.answer(Question(on, date(2014, 1, 1), **asked))
        return {str(row["name"]): row for row in answer.table("areas").dicts}

    def test_a_row_for_each_area_and_a_column_for_each_kind(self) -> None:
        rows = self.rows(self.ON)
        assert {kind: rows["Kent"][kind] for kind in CORE} == {
            POLICE: "signed",
            AMBULANCE: "missing",
            ACUTE: "lapsed",
        }
        assert {kind: rows["Rutland"][kind] for kind in CORE} == dict.fromkeys(CORE)
        assert (rows["Kent"]["signatures"], rows["Rutland"]["signatures"]) == (1, None)

    def test_as_at_the_day_before_it_was_withdrawn(self) -> None:
        assert self.rows(date(2015, 4, 30))["Kent"][ACUTE] == "signed"
        assert self.rows(date(2014, 12, 31))["Kent"][POLICE] is None

    def test_it_is_narrowed(self) -> None:
        assert list(self.rows(self.ON, region="East Midlands")) == ["Rutland"]
        assert list(self.rows(self.ON, status="amber")) == ["Kent"]
        assert list(self.rows(self.ON, partnership=self.declaration.partnership)) == ["Kent"]

    def test_the_second_table_names_who_signed(self) -> None:
        answer = signatories.answer(Question(self.ON, date(2014, 1, 1)))
        told = {str(row["type"]): (row["signed_as"], row["signed_on"]) for row in answer.table("signatures").dicts}
        assert told["police force"] == ("Kent Police", date(2014, 12, 1))
        assert told["ambulance trust"] == (None, None)
        nothing = signatories.answer(Question(date(2014, 1, 1), date(2014, 1, 1)))
        assert nothing.summary == ("On 1 January 2014, no area has a declaration.",)
        assert "0 of 1 area with a declaration has a signature of every kind" in answer.summary[0]

    def test_signatures_are_those_of_the_declarations_in_force(self) -> None:
        programme = self.declaration.partnership.programme
        assert list(documents(programme, self.ON)) == [self.declaration.pk]
        assert documents(programme, date(2014, 12, 31)) == {}
