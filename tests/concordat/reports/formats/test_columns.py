"""How columns share a sheet of paper."""

from concordat.reports.formats.columns import ACROSS, UPRIGHT, arranged
from concordat.reports.shapes import Heading, Kind

NAME = Heading("name", "Area")


def headings(number: int, kind: Kind = Kind.TEXT) -> list[Heading]:
    return [NAME, *(Heading(f"k{each}", "Count", kind) for each in range(number))]


def test_a_small_table_stands_on_an_upright_sheet() -> None:
    (part,), across = arranged(headings(2), [["Northshire", "1", "2"]], 0)
    assert part.places == (0, 1, 2)
    assert not across
    assert part.widths[0] > part.widths[1]


def test_a_wider_one_lies_across() -> None:
    row = ["Northshire", *["some twenty letters"] * 7]
    (part,), across = arranged(headings(7), [row], 0)
    assert across
    assert UPRIGHT < sum(part.widths) <= ACROSS


def test_what_does_not_fit_is_put_in_parts_that_each_name_the_rows() -> None:
    row = ["Northshire", *["some twenty letters"] * 30]
    parts, across = arranged(headings(30), [row], 0)
    assert across
    assert len(parts) > 2
    assert all(part.places[0] == 0 for part in parts)
    assert sorted(place for part in parts for place in part.places[1:]) == list(range(1, 31))
    assert all(sum(part.widths) <= ACROSS for part in parts)


def test_what_names_a_row_comes_first_in_each_part_wherever_it_stands() -> None:
    columns = [Heading("region", "Region"), NAME, *headings(30)[1:]]
    row = ["London", "Northshire", *["some twenty letters"] * 30]
    parts, _ = arranged(columns, [row], 1)
    assert all(part.places[0] == 1 for part in parts)
    assert parts[0].places[1] == 0


def test_a_long_text_is_no_wider_than_lines_are_read() -> None:
    (part,), _ = arranged([NAME, Heading("text", "Text", Kind.LONG_TEXT)], [["Northshire", "word " * 500]], 0)
    assert part.widths[1] < 80


def test_a_column_without_rows_is_as_wide_as_its_heading_needs() -> None:
    (part,), across = arranged(headings(1), [], 0)
    assert min(part.widths) > 3
    assert not across


def test_texts_are_made_narrower_before_columns_go_on_another_sheet() -> None:
    row = ["Northshire", *["words that may stand in two lines"] * 7]
    (part,), across = arranged(headings(7), [row], 0)
    assert across
    assert sum(part.widths) <= ACROSS
    assert len(set(part.widths[1:])) == 1
    assert part.widths[1] < 30
