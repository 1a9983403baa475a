"""Which columns of a table are shown where, and by what a row is known."""

from collections.abc import Iterator, Sequence

import pytest

from concordat.reports.national import COLUMNS, ON_PAPER
from concordat.reports.shapes import Heading, Shown, Table, column, paper_has, streamed

NAME = Heading("name", "Area")
SLUG = Heading("slug", "Address", shown=Shown.TO_PROGRAMS)
WHY = Heading("why", "Why", shown=Shown.NOT_ON_PAPER)
ROW = ("Northshire", "northshire", "No declaration")


class Records:
    """Records that can be gone through again and are never held."""

    def __iter__(self) -> Iterator[str]:
        return iter(["Northshire", "Southshire"])


def names_of(table: Table) -> list[str]:
    return [heading.name for heading in table.headings]


def test_people_see_no_column_that_is_for_programs() -> None:
    table = Table("areas", "Areas", (NAME, SLUG, WHY), [ROW])
    assert names_of(table.for_people) == ["Area", "Why"]
    assert list(table.for_people.rows) == [("Northshire", "No declaration")]
    assert list(table.rows) == [ROW]


def test_paper_has_fewer_columns_than_a_page() -> None:
    table = Table("areas", "Areas", (NAME, SLUG, WHY), [ROW])
    assert (names_of(table.on_paper), list(table.on_paper.rows)) == (["Area"], [("Northshire",)])


def test_a_table_of_which_nothing_is_left_out_is_the_same_table() -> None:
    table = Table("areas", "Areas", (NAME,), [("Northshire",)])
    assert table.for_people is table
    assert table.on_paper is table


def test_rows_of_a_stream_stay_a_stream() -> None:
    columns = (
        column("name", "Area", str, ""),
        column("slug", "Address", str.lower, "", shown=Shown.TO_PROGRAMS),
    )
    people = streamed("areas", "Areas", columns, Records()).for_people
    assert not isinstance(people.rows, Sequence)
    assert list(people.rows) == list(people.rows) == [("Northshire",), ("Southshire",)]


def test_what_paper_has_is_told_by_keys_that_there_are() -> None:
    columns = (column("name", "Area", str, ""), column("why", "Why", str, ""))
    name, why = paper_has(["name"], columns)
    assert (name.heading.shown, why.heading.shown) == (Shown.EVERYWHERE, Shown.NOT_ON_PAPER)
    with pytest.raises(ValueError, match="no column nonsense"):
        paper_has(["nonsense"], columns)


def test_the_national_return_has_on_paper_what_a_board_reads() -> None:
    on_paper = {each.heading.key for each in COLUMNS if each.heading.shown is Shown.EVERYWHERE}
    assert on_paper == set(ON_PAPER)
    assert on_paper >= {"name", "signup", "delivery", "overdue"}


@pytest.mark.parametrize(
    ("headings", "row", "name"),
    [
        ((Heading("region", "Region"), NAME), ("London", "Brent"), 1),
        ((Heading("lead", "Lead"), Heading("due", "Due")), ("Police", "2026"), 0),
        ((Heading("plan", "Plan"), Heading("ref", "No", names=True)), ("A plan", "1.1"), 1),
        ((NAME, Heading("no", "No", names=True), Heading("text", "Text", names=True)), ("Brent", "", "Open it"), 2),
        ((NAME, Heading("no", "No", names=True), Heading("text", "Text", names=True)), ("Brent", None, None), 1),
    ],
    ids=["called so", "the first", "marked", "the first that says anything", "nothing said"],
)
def test_a_row_is_known_by(headings: tuple[Heading, ...], row: tuple[str | None, ...], name: int) -> None:
    assert Table("rows", "Rows", headings, [row]).name_of(row) == name
