"""Files made to harm are refused with a plain sentence, or read as what they are, at small cost."""

import tracemalloc
from collections.abc import Callable

import pytest

from actionplans.importing.reading import limits
from actionplans.importing.reading.books import read_book
from actionplans.importing.reading.parts import WITH_ENTITIES
from actionplans.importing.tables import UnreadableError
from signatories.documents.archives import DAMAGED, TOO_MUCH
from tests.actionplans.importing.facts import only, texts
from tests.fuzz import hostile
from tests.plan_files import raw
from tests.sample_files import bomb


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableError) as error:
        read_book(content, "plan")
    return str(error.value)


@pytest.mark.parametrize(
    "made",
    [
        hostile.billion_laughs,
        hostile.entity_from_outside,
        hostile.entity_late_in_the_part,
        hostile.entity_in_utf_16,
        hostile.laughs_in_word,
    ],
    ids=lambda made: made.__name__,
)
def test_document_types_are_refused_wherever_they_stand(made: Callable[[], bytes]) -> None:
    assert refusal(made()) == WITH_ENTITIES


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (hostile.deep_elements, DAMAGED),
        (hostile.row_beyond_all, DAMAGED),
        (hostile.wide_grid_of_word, DAMAGED),
        (bomb, TOO_MUCH),
        (hostile.everything_merged, limits.TOO_MUCH_TEXT),
        (hostile.one_long_text_everywhere, limits.TOO_MUCH_TEXT),
        (hostile.wide_and_long, limits.TOO_MANY_CELLS),
        (hostile.thousand_sheets, limits.TOO_MANY_TABLES),
        (hostile.narrow_repeated_rows_of_ods, limits.TOO_MANY_CELLS),
    ],
    ids=lambda told: getattr(told, "__name__", ""),
)
def test_what_is_too_much_is_refused(made: Callable[[], bytes], sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 20_000)  # so that the test is done sooner
    monkeypatch.setattr(limits, "MOST_LETTERS", 200_000)
    assert refusal(made()) == sentence


def test_too_many_rows_and_columns_are_told_where() -> None:
    rows = "<row><c><v>1</v></c></row>" * 10_001
    assert "“Plan” has more than 10,000 rows with text" in refusal(raw.xlsx({"Plan": f"<sheetData>{rows}</sheetData>"}))
    assert "text as far right as Plan!XFD1, and we read 200 columns" in refusal(hostile.all_columns(1))
    assert "text as far right as Plan!GS1" in refusal(hostile.repeated_rows_of_ods())
    assert "as far right as Plan!IV65536" in refusal(hostile.sparse_old_workbook())


def test_a_text_that_is_too_long_is_told_where() -> None:
    assert "The text in Plan!A1 is longer than 32,767 letters" in refusal(raw.xlsx({"Plan": raw.sheet(["x" * 32_768])}))


def test_styles_based_on_each_other_and_endless_spaces_do_no_harm() -> None:
    assert texts(only(hostile.styles_in_a_ring())) == {1: ["Action"]}
    assert texts(only(hostile.many_spaces_of_ods())) == {1: ["a b"]}


def test_empty_rows_cost_no_memory() -> None:
    rows = "".join(f'<row r="{number}" s="1"/>' for number in range(2, 20_000))
    content = raw.xlsx({"Plan": f"<sheetData>{hostile.HEADER}{rows}</sheetData>"})
    tracemalloc.start()
    assert texts(only(content)) == {1: ["Action", "By when"]}
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * 1024 * 1024


def test_junk_without_end_is_given_up_early() -> None:
    assert refusal(hostile.junk_of_ods(600_000)) == TOO_MUCH
