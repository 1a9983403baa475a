"""An answer of whose cells a careless program makes formulas, links, numbers, or a file that nobody can open."""

from datetime import date

from concordat.reports.formats.texts import LONGEST, MARK
from concordat.reports.shapes import Answer, Heading, Kind, Table

ON = date(2015, 3, 31)
# Each text with what a spreadsheet shows of it, where that is not the same.
TEXTS: dict[str, str] = {
    **dict.fromkeys(["=1+1", "+2", "-3", "@SUM(A1)", " =1+1", "＝1", '=HYPERLINK("http://x","y")', "'=1+1", "'so"], ""),
    **dict.fromkeys(["\t=1", "a\tb", "two\nlines", "\n=1", "  two  spaces ", "a;b,c", '"quoted"'], ""),
    **dict.fromkeys(["x" * LONGEST, "😀" * (LONGEST // 2), "😀", "👩🏽‍⚕️", "שלום عالم", "e\u0301"], ""),
    **dict.fromkeys(
        ["_x0041_", "<r>&</r>", "<b>&amp;'", "]]>", "http://example.org", "1.10", "007", "TRUE", "1e5"], ""
    ),
    **dict.fromkeys(["3 March 2015", "1/2", "5%", "£5", "#N/A", "{=1}"], ""),
    "y" * (LONGEST + 1): "y" * (LONGEST - len(MARK)) + MARK,
    "😀" * LONGEST: "😀" * ((LONGEST - len(MARK)) // 2) + MARK,
    "a\r\nb\rc": "a\nb\nc",
    "\r\n=1": "\n=1",
    "a\x0bb\x0cc": "a\nb\nc",
    "\x00\x01\x08\x1b\x1f": "\N{REPLACEMENT CHARACTER}" * 5,
    "\ufffe\uffff": "\N{REPLACEMENT CHARACTER}" * 2,
}
SHOWN = [shown or text for text, shown in TEXTS.items()]
HEADINGS = (
    Heading("text", "=Text", Kind.TEXT, "Anything."),
    Heading("long_text", "Long text", Kind.LONG_TEXT),
    Heading("choice", "Choice", Kind.CHOICE, choices={"in_progress": "In progress"}),
    Heading("number", "Number", Kind.NUMBER),
    Heading("percent", "Percent", Kind.PERCENT),
    Heading("day", "Day", Kind.DAY),
    Heading("is_so", "So", Kind.YES_NO),
    Heading("fraction", "Fraction", Kind.NUMBER),
)
ROWS = [
    *((text, text, "in_progress", -1234, 45, date(2015, 4, 10), True, 1234.5) for text in TEXTS),
    ("Nothing known", *[None] * 7),
    ("Long ago", "", "elsewhere", 0, 0, date(1899, 12, 31), False, 4.0),
]
ANSWER = Answer(
    "hostile",
    "Hostile: =1+1",
    ON,
    (
        Table("texts", "Texts: [all] of/them?", HEADINGS, ROWS, "What people type."),
        Table("more", "It's more of the same, and a longer name", HEADINGS[:1], [("=2",)]),
        Table("again", "It's more of the same, and a longer name too", HEADINGS[:1], [("=3",)]),
        Table("none", "About this file", HEADINGS, []),
    ),
    since=date(2014, 12, 31),
    about="+Anytown",
    summary=("=152 of 152.",),
    notes=("@note",),
)
