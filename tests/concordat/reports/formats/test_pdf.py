"""A report as a PDF: read back by programs that the project did not write; nothing in it is taken for markup."""

import re
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pdfua import validate

from concordat.reports.formats import pdf
from concordat.reports.formats.pdf import PdfError
from concordat.reports.shapes import Answer, Heading, Kind, Picture, Shown, Table
from tests.concordat.reports.formats.documents import checked, facts_of, paged, structure_of, text_of

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 100"><rect width="300" height="50" fill="#12556b"/>'
    '<text x="10" y="90" font-size="16" font-family="system-ui, sans-serif">Inside the picture</text></svg>'
)
SIGN_UP = {"red": "Red", "amber": "Amber", "green": "Green"}
HEADINGS = (
    Heading("name", "Area"),
    Heading("signup", "Signing up", Kind.CHOICE, choices=SIGN_UP),
    Heading("since", "Since", Kind.DAY),
    Heading("done", "Done", Kind.PERCENT),
)
ROWS = [("Northshire", "green", date(2014, 12, 31), 75), ("Southshire", "red", None, None)]


def answer_of(*rows: tuple[object, ...], headings: tuple[Heading, ...] = HEADINGS, **fields: object) -> Answer:
    table = Table("areas", "Areas", headings, rows or ROWS, "Every area of the region.")
    given = {"since": date(2014, 9, 30), "about": "London", "summary": ("2 of 2 areas.",), "notes": ("Complete.",)}
    return Answer("national", "National return", date(2014, 12, 31), (table,), **(given | fields))  # type: ignore[arg-type]


def words(*texts: str) -> Answer:
    """A table with these texts."""
    headings = (Heading("name", "Area"), Heading("text", "Text", Kind.LONG_TEXT))
    return answer_of(*(("A", text) for text in texts), headings=headings)


class TestDocument:
    def test_it_holds_what_the_answer_says(self, tmp_path: Path) -> None:
        text = text_of(pdf.made(answer_of()), tmp_path)
        for said in (
            "National return on 31 December 2014",
            "London. Compared with 30 September 2014",
            "2 of 2 areas.",
            "Complete.",
            "Every area of the region.",
            "31 December 2014 75%",
            "Page 1 of 1",
        ):
            assert said in text

    def test_it_is_tagged_titled_and_in_english(self, tmp_path: Path) -> None:
        picture = Picture("trend", "Trend", SVG, "Two areas, one of them green.", "areas")
        made = pdf.made(answer_of(pictures=(picture,)))
        checked(made, tmp_path)
        facts = facts_of(made, tmp_path)
        assert (facts["Title"], facts["Tagged"]) == ("National return on 31 December 2014", "yes")
        assert facts["Page size"].endswith("(A4)")
        assert b"/Lang(en-GB)" in made.replace(b" ", b"")
        assert b"pdfuaid:part>1<" in made
        assert b"Two areas, one of them green." in made or "Two areas" in "".join(structure_of(made, tmp_path))

    def test_the_checker_finds_no_fault(self, tmp_path: Path) -> None:
        file = tmp_path / "made.pdf"
        file.write_bytes(pdf.made(answer_of(pictures=(Picture("trend", "Trend", SVG, "In words.", "areas"),))))
        assert list(validate(file).findings) == []

    def test_headings_and_cells_are_told_apart_by_their_tags(self, tmp_path: Path) -> None:
        tags = structure_of(pdf.made(answer_of()), tmp_path)
        begins = [tag.split(" ")[0].rstrip(":") for tag in tags]
        assert begins.count("H1") == 1
        assert begins.count("H2") == 1
        assert begins.count("TH") == len(HEADINGS)
        assert begins.count("TD") == len(HEADINGS) * len(ROWS)

    def test_a_table_over_several_pages_has_its_headings_on_each(self, tmp_path: Path) -> None:
        text = text_of(pdf.made(answer_of(*ROWS * 60)), tmp_path)
        assert text.count("Signing up") == int(text.rsplit("of ", 1)[1].split()[0]) >= 2

    def test_the_same_answer_makes_the_same_bytes(self) -> None:
        assert pdf.made(answer_of()) == pdf.made(answer_of())

    def test_many_columns_stand_in_parts_each_with_the_names(self, tmp_path: Path) -> None:
        headings = (HEADINGS[0], *(Heading(f"k{number}", f"Column number {number}") for number in range(30)))
        row = ("Northshire", *(f"value of {number} there" for number in range(30)))
        made = pdf.made(answer_of(row, headings=headings))
        text = text_of(made, tmp_path)
        assert all(f"value of {number} there" in text for number in range(30))
        assert text.count("Northshire") == text.count("further columns") + 1 >= 3
        wide, _, high = facts_of(made, tmp_path)["Page size"].split()[:3]
        assert float(wide) > float(high)

    def test_a_table_without_rows_says_so(self, tmp_path: Path) -> None:
        empty = Answer("board", "Board", date(2014, 1, 1), (Table("none", "None", HEADINGS, []),))
        assert "There is nothing to list." in text_of(pdf.made(empty), tmp_path)

    def test_columns_for_which_paper_has_no_room_are_left_out_and_that_is_said(self, tmp_path: Path) -> None:
        headings = (HEADINGS[0], Heading("code", "Code", shown=Shown.NOT_ON_PAPER), *HEADINGS[2:])
        text = text_of(pdf.made(answer_of(("Northshire", "E06000099", None, 75), headings=headings)), tmp_path)
        assert "Every area of the region. Here are 3 of its 4 columns; the spreadsheets, CSV and JSON have all." in text
        assert ("Northshire" in text, "E06000099" in text) == (True, False)
        assert "of its" not in text_of(pdf.made(answer_of()), tmp_path)

    def test_a_row_is_not_parted_by_the_end_of_a_page_unless_it_is_long(self) -> None:
        (short,) = pdf.told(words("A few words."))["tables"][0]["parts"]
        (long,) = pdf.told(words("word " * 400))["tables"][0]["parts"]
        assert (short["parted"], long["parted"]) == ([False], [True])

    @pytest.mark.parametrize("rows", range(38, 46))
    def test_no_row_stands_alone_on_the_last_page(self, rows: int, tmp_path: Path) -> None:
        lines = [(f"Area {number}", "red", None, number) for number in range(rows)]
        last = paged(pdf.made(answer_of(*lines)), tmp_path)[-1]
        assert f"Area {rows - 1} " in last
        assert f"Area {rows - 2} " in last

    def test_there_is_room_to_write_notes_in(self, tmp_path: Path) -> None:
        headings = (Heading("ref", "Ref"), Heading("notes", "Notes", width=36))
        lines = [(f"B{number}", None) for number in range(20)]
        sheets = paged(pdf.made(answer_of(*lines, headings=headings)), tmp_path)
        assert [len(re.findall(r"B\d+", sheet)) for sheet in sheets] == [11, 9]
        told = [(f"B{number}", "Told" if number else None) for number in range(20)]
        assert len(paged(pdf.made(answer_of(*told, headings=headings)), tmp_path)) == 1

    def test_of_a_demonstration_it_says_that_all_is_made_up(self, settings: Any) -> None:
        assert pdf.told(answer_of())["warning"] == ""
        settings.DEMO = True
        assert pdf.told(answer_of())["warning"] == "Demonstration: everything here is made up."


class TestHostileText:
    @pytest.mark.parametrize(
        "text",
        [
            '#pagebreak() #read("/etc/passwd") *bold* _em_ $x^2$ <label> @reference // gone /* gone */ = no heading',
            "\\ `raw` ~ -- --- ... 'quotes' \"quotes\" [brackets] {braces} #let x = 1; #x",
            "=1+1 +2 -3 @SUM(A1)",
            'sys.inputs.told #eval("1+1") #image("x.svg") #import "@preview/x:0.1.0"',
        ],
    )
    def test_it_is_written_as_it_is(self, text: str, tmp_path: Path) -> None:
        made = pdf.made(answer_of((text, "red", None, 1), summary=(text,), notes=(text,), about=text))
        assert text_of(made, tmp_path).count(text) >= 3

    def test_every_kind_of_letter_comes_through_and_nothing_fails(self, tmp_path: Path) -> None:
        texts = (
            "مرحبا بالعالم",
            "שלום",
            "Łódź Ω Я",
            "😀 😀",
            "中文",
            "alpha\tbeta\ngamma\r\ndelta",
            "\u202eturned\u2069",
            "\ufffd",
            "",
        )
        made = pdf.made(words(*texts, "W" * 32_767))
        text = text_of(made, tmp_path)
        assert "[grinning face] [grinning face]" in text
        assert "Łódź Ω Я" in text
        assert "alpha beta gamma delta" in text
        assert "A letter of a script that this document cannot draw is shown as □." in text
        assert text.replace(" ", "").count("W" * 24) == 32_767 // 24
        checked(made, tmp_path)

    def test_a_picture_with_a_sign_that_xml_does_not_have(self, tmp_path: Path) -> None:
        svg = SVG.replace("</svg>", "<title>A\x01\x0b\ufffe</title></svg>")
        made = pdf.made(answer_of(pictures=(Picture("trend", "Trend", svg, "In words.", "areas"),)))
        assert "Northshire" in text_of(made, tmp_path)

    def test_a_picture_cannot_reach_a_file_or_another_host(self) -> None:
        for address in ("/etc/hostname", "http://localhost/x.png", "../x.png"):
            svg = SVG.replace("</svg>", f'<image href="{address}" width="9" height="9"/></svg>')
            with pytest.raises(PdfError, match="could not be made"):
                pdf.made(answer_of(pictures=(Picture("trend", "Trend", svg, "In words.", "areas"),)))


class TestLimits:
    def test_one_that_takes_too_long_is_given_up_with_a_sentence(self) -> None:
        with pytest.raises(PdfError, match="takes too long"):
            pdf.made(answer_of(*ROWS * 2000), seconds=0.05)

    def test_one_that_is_too_large_is_refused_before_it_is_begun(self) -> None:
        with pytest.raises(PdfError, match="Narrow it down, or take it as a spreadsheet"):
            pdf.told(answer_of(*ROWS * (pdf.MOST_CELLS // 8 + 1)))

    def test_while_several_are_made_the_next_is_told_to_come_later(self, monkeypatch: pytest.MonkeyPatch) -> None:
        turns = threading.BoundedSemaphore(1)
        monkeypatch.setattr(pdf, "_turns", turns)
        monkeypatch.setattr(pdf, "WAITS", 0)
        with turns, pytest.raises(PdfError, match="Several PDFs are being made just now"):
            pdf.made(answer_of())
        with pytest.raises(PdfError, match="takes too long"):
            pdf.made(answer_of(), seconds=0)
        assert turns.acquire(blocking=False)  # its turn was given back

    def test_what_typst_refuses_is_a_sentence(self) -> None:
        with pytest.raises(PdfError, match="could not be made"):
            pdf.made(answer_of(pictures=(Picture("trend", "Trend", "<svg", "In words.", "areas"),)))
