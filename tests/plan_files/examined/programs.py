"""Files and pastes of other programs: encodings, tracked changes, tables within tables, filters, comments."""

from __future__ import annotations

from openpyxl.comments import Comment

from tests.plan_files import raw
from tests.plan_files.examined.files import (
    Word,
    fill_in,
    saved,
    separated,
    workbook,
)
from tests.plan_files.examined.kit import Cell, Plans, Row, by_section, grid, rows, with_headings

PROGRAMS = Plans()


@PROGRAMS.plan("semicolons_1252.csv")
def semicolons() -> tuple[bytes, list[Row]]:
    """Semicolons, the old encoding of Windows, curly quotes, dashes and hard spaces."""
    plan = rows(
        "ref action time lead outcome",
        """
        # A |
        A1 | Publish a “who to call” card – day or night | By end of May 2015 | WCC | People’s survey
        A2 | Open an evening café | Summer 2016 | Westmarch Mind | £20,000 saved
        A3 | @gp | Apr–Jun 2015 => 2015-06-30 | CCG
        # B |
        B1 | @triage | December 15 | Police
        B2 | @control | 30.04.2015 => 2015-04-30 | Police
        B3 | @convey | On–going => every 12 | TRAS
        # D |
        D1 | @housing | 2015–16 => 2016-03-31 | WCC
        D2 | @discharge | Ongoing | WPFT
        """,
    )
    header = ["Ref.", "Action", "Timescale", "Led by", "Outcome"]
    return separated([header, *grid(plan, "ref action time lead outcome")], delimiter=";", encoding="cp1252"), plan


@PROGRAMS.plan("unicode_text.txt")
def unicode_text() -> tuple[bytes, list[Row]]:
    """What Excel calls Unicode text: tabs, two bytes a letter."""
    plan = rows(
        "ref action time lead",
        r"""
        # 1 | 1. Commissioning to allow earlier intervention and responsive crisis services
        1.1 | @group | March 2015 | CCG
        1.2 | @jsna | Annual | WCC
        1.10 | @gap | June 2015 | CCG
        # B | 3. Urgent and emergency access to crisis care
        3.1 | @triage | December 15 | Police
        3.2 | Put a nurse\nin the control room | April 2015 | Police
        3.3 | @convey | Ongoing | TRAS
        3.4 | @rail | TBC | BTP
        3.5 | Say "no" to custody for under 18s | March 2015 | Police
        """,
    )
    lines = with_headings(plan, "ref action time lead")
    return separated([["No.", "Action", "Timescale", "Led By"], *lines], delimiter="\t", encoding="utf-16"), plan


@PROGRAMS.plan("pasted_from_a_page.txt", pasted=True)
def from_a_page() -> tuple[bytes, list[Row]]:
    """Pasted from a web page: tabs, blank lines between the rows, section headings on lines of their own."""
    plan = rows(
        "ref action lead time",
        """
        # A | A. Access to support before crisis point
        A1 | @card | WCC | May 2015
        A2 | @cafe | Westmarch Mind | Summer 2016
        A3 | @gp | CCG | June 2015
        # B | B. Urgent and emergency access to crisis care
        B1 | @triage | Police | December 15
        B2 | @control | Police | April 2015
        B3 | @convey | TRAS | Ongoing
        # D | D. Recovery and staying well
        D1 | @housing | WCC | 2015/16
        D2 | @discharge | WPFT | Ongoing
        """,
    )
    parts = ["Ref\tAction\tLead\tTimescale"]
    for heading, part in by_section(plan).items():
        parts += [heading, *("\t".join(map(str, line)) for line in grid(part, "ref action lead time"))]
    return "\n\n".join(parts).encode(), plan


@PROGRAMS.plan("pasted_with_bars.txt", pasted=True)
def with_bars() -> tuple[bytes, list[Row]]:
    """Pasted from a note: bars between the cells, a line of dashes below the header."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | March 2015 | CCG
        2 | @gap | June 2015 | CCG
        3 | @card | May 2015 | WCC
        4 | @triage | December 15 | Police
        5 | @convey | Ongoing | TRAS
        6 | @liaison | March 2016 | WHT
        7 | @restraint | Six-monthly | WPFT
        8 | @housing | 2015/16 | WCC
        """,
    )
    lines = [["Ref", "Action", "Timescale", "Led by"], ["---"] * 4, *grid(plan, "ref action time lead")]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines).encode(), plan


@PROGRAMS.plan("tracked_changes.docx", clean=False)
def tracked() -> tuple[bytes, list[Row]]:
    """Changes that Word tracks: text put in holds, text taken out does not."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | => 2015-06-30 or ask | => ccg
        2 | @gap | June 2015 | => council or ask
        3 | @card | May 2015 | WCC
        4 | @triage | December 15 | Police
        5 | @convey | Ongoing | TRAS
        6 | @liaison | March 2016 | WHT
        7 | @restraint | Six-monthly | WPFT
        8 | @housing | 2015/16 | WCC
        """,
    )

    def gone(text: str) -> str:
        return f'<w:del w:id="1" w:author="x"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'

    def put(text: str) -> str:
        return f'<w:ins w:id="2" w:author="x">{raw.run(text)}</w:ins>'

    lines = [list(map(str, line)) for line in grid(plan[2:], "ref action time lead")]
    first = [
        plan[0].written["ref"],
        plan[0].written["action"],
        raw.cell(f"<w:p>{gone('March 2015')}{put('June 2015')}</w:p>"),
        "CCG",
    ]
    second = [
        plan[1].written["ref"],
        plan[1].written["action"],
        "June 2015",
        raw.cell(f"<w:p>{gone('CCG')}{put('WCC')}</w:p>"),
    ]
    return raw.docx(raw.table(["No.", "Action", "Timescale", "Led By"], first, second, *lines)), plan


@PROGRAMS.plan("table_within_a_table.docx", clean=False)
def within() -> tuple[bytes, list[Row]]:
    """A frame of one cell around the plan, as templates have it."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | March 2015 | CCG
        2 | @gap | June 2015 | CCG
        3 | @card | May 2015 | WCC
        4 | @triage | December 15 | Police
        5 | @convey | Ongoing | TRAS
        6 | @liaison | March 2016 | WHT
        7 | @restraint | Six-monthly | WPFT
        8 | @housing | 2015/16 | WCC
        """,
    )
    lines = [
        ["No.", "Action", "Timescale", "Led By"],
        *(list(map(str, line)) for line in grid(plan, "ref action time lead")),
    ]
    inner = raw.table(*lines)
    return raw.docx(raw.table([raw.cell(raw.paragraph("Westmarch action plan"), inner, raw.paragraph(""))])), plan


@PROGRAMS.plan("parts_of_an_action.docx", clean=False)
def parts_of_an_action() -> tuple[bytes, list[Row]]:
    """A heading for each part of a section; "I" statements below headings; numbers at the head of the text."""
    plan = rows(
        "action lead time",
        """
        # 1 | 1. Commissioning to allow earlier intervention and responsive crisis services
        1.1 Set up a crisis group with carers => Set up a crisis group with carers | CCG | March 2015
        1.2 Compare local services with the standards => Compare local services with the standards | CCG | Q4 2014/15
        # B | 3. Urgent and emergency access to crisis care
        3.1 Try street triage and judge it => Try street triage and judge it | Police | December 15
        3.2 Put a nurse into the control room => Put a nurse into the control room | Police | April 2015
        3.3 Speed up conveyance to hospital => Speed up conveyance to hospital | TRAS | Ongoing
        # D | 5. Recovery and staying well / preventing future crises
        5.1 Write a pathway for housing => Write a pathway for housing | WCC | 2015/16
        5.2 See everybody within seven days => See everybody within seven days | WPFT | Ongoing
        5.3 Hire peer support workers => Hire peer support workers | WPFT | March 2016
        """,
    )
    lines = []
    for heading, part in by_section(plan).items():
        lines += [
            [heading, None, None],
            ['"I am treated with respect and my wishes are heard"', None, None],
            *grid(part, "action lead time"),
        ]
    return Word().table([["Action", "Lead agency", "Timeframe"], *lines]).saved(), plan


@PROGRAMS.plan("headings_on_two_lines.xlsx")
def two_lines() -> tuple[bytes, list[Row]]:
    """A header of two lines, the upper merged: Timescale above Start and End, Responsibility above Lead and Support."""
    plan = rows(
        "ref action start time lead support outcome",
        """
        # B | B. Urgent and emergency access to crisis care
        B1 | @triage | Dec 2014 | December 2015 | Police | WPFT => |
        B2 | @control | Jan 2015 | April 2015 | Police | WPFT |
        B3 | @convey | Jan 2015 | Ongoing | TRAS | |
        B4 | @amhp | April 2015 | September 2015 | WCC | |
        # C | C. Quality of treatment and care when in crisis
        C1 | @restraint | April 2015 | Six-monthly | WPFT | Police |
        C2 | @survey | May 2015 | Twice yearly | Healthwatch | |
        C3 | @search | March 2015 | May 2015 | WPFT | Police |
        C4 | @hbpos | April 2015 | March 2016 | WPFT | CCG |
        """,
    )
    for row in plan:
        row.expected["lead"] = f"{row.expected['lead']} or " + "+".join(
            [
                row.expected["lead"],
                *{"WPFT": ["trust"], "Police": ["police"], "CCG": ["ccg"]}.get(row.written["support"], []),
            ]
        )
    book, sheet = workbook(
        [
            ["Ref", "Action", "Timescale", None, "Responsibility", None, "Outcome"],
            [None, None, "Start", "End", "Lead", "Support", None],
        ]
    )
    fill_in(sheet, with_headings(plan, "ref action start time lead support outcome"))
    for merged in ("A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2"):
        sheet.merge_cells(merged)
    return saved(book), plan


@PROGRAMS.plan("filtered_and_noted.xlsx", clean=False)
def filtered() -> tuple[bytes, list[Row]]:
    """Rows that a filter hides, an old column that is hidden, comments on cells, stars with footnotes."""
    plan = rows(
        "ref old action time lead",
        """
        1 | Jan 2015 | @group | March 2015 | CCG
        2 | Jan 2015 | @gap | June 2015* => 2015-06-30 or ask | CCG* => ccg
        3 | Jan 2015 | @card | May 2015 | WCC
        4 | Jan 2015 | @triage | December 15 | Police
        5 | Jan 2015 | @convey | Ongoing | TRAS
        6 | Jan 2015 | @liaison | March 2016 [1] => 2016-03-31 or ask | WHT
        7 | Jan 2015 | @restraint | Six-monthly | WPFT
        8 | Jan 2015 | @housing | 2015/16 | WCC
        """,
    )
    book, sheet = workbook(
        [["Ref", "Previous deadline", "Action", "Deadline", "Lead"], *grid(plan, "ref old action time lead")]
    )
    fill_in(sheet, [[], ["* subject to funding"], ["[1] Subject to the bid to the Department of Health"]])
    sheet.column_dimensions["B"].hidden = True
    for number in (3, 5, 7):
        sheet.row_dimensions[number].hidden = True
    sheet["D5"].comment = Comment("Moved by the board?", "x")
    return saved(book), plan


def _with_breaks() -> tuple[list[list[Cell]], list[Row]]:
    plan = rows(
        "ref action time lead",
        """
        # A |
        A1 | Open an evening café | Summer 2016 | Westmarch Mind
        A2 | @card | By end of May 2015 | WCC
        A3 | @gap | Apr–Jun 2015 => 2015-06-30 | CCG
        # B |
        B1 | @triage | December 15 | Police
        B2 | @convey | Ongoing | TRAS
        B3 | @rail | TBC | BTP
        # D |
        D1 | @housing | 2015/16 | WCC
        D2 | @discharge | Ongoing | WPFT
        """,
    )
    progress = "• Met in May\n• Paper with “quotes”, commas; and semicolons"
    lines = [[*line, progress] for line in grid(plan, "ref action time lead")]
    return [["Action plan"], [], ["Ref", "Action", "Timescale", "Led by", "Comments"], *lines], plan


@PROGRAMS.plan("strokes_and_breaks.csv")
def strokes() -> tuple[bytes, list[Row]]:
    """Upright strokes between fields, and in each record a text of two lines with commas and semicolons."""
    lines, plan = _with_breaks()
    return separated(lines, delimiter="|", encoding="utf-8"), plan


@PROGRAMS.plan("breaks_of_a_mac.csv")
def breaks_of_a_mac() -> tuple[bytes, list[Row]]:
    """The same between semicolons, as an old Excel for the Mac saves it: accents and bullets are other bytes."""
    lines, plan = _with_breaks()
    return separated(lines, delimiter=";", encoding="mac_roman"), plan
