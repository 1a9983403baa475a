"""Tables that are turned, forms of one action, tables beside others, and tables that go on with others."""

from __future__ import annotations

from tests.plan_files.examined.files import (
    Word,
    fill_in,
    open_sheet,
    saved,
    workbook,
)
from tests.plan_files.examined.kit import Cell, Plans, Row, by_section, grid, rows, with_headings

TURNED = Plans()


def turned(lines: list[list[Cell]]) -> list[list[Cell]]:
    """The lines as columns."""
    return [list(line) for line in zip(*lines, strict=True)]


@TURNED.plan("turned.xlsx")
def turned_book() -> tuple[bytes, list[Row]]:
    """The headings stand down the first column, each action in a column of its own."""
    plan = rows(
        "ref action time lead outcome",
        """
        # A |
        A1 | @card | May 2015 | WCC
        A2 | @cafe | Summer 2016 | Westmarch Mind
        A3 | @gp | June 2015 | CCG
        # B |
        B1 | @triage | December 15 | Police
        B2 | @control | d:2015-04-30 | Police
        B3 | @convey | Ongoing | TRAS
        # C |
        C1 | @restraint | Six-monthly | WPFT
        # D |
        D1 | @housing | 2015/16 | WCC
        """,
    )
    header: list[Cell] = ["Ref", "Action", "Timescale", "Led by", "Outcomes"]
    book, _ = workbook(
        [["Westmarch action plan 2014-16"], [], *turned([header, *grid(plan, "ref action time lead outcome")])]
    )
    return saved(book), plan


@TURNED.plan("turned_by_section.ods")
def turned_by_section() -> tuple[bytes, list[Row]]:
    """A turned table on a sheet for each section; the status in colours' words."""
    plan = rows(
        "ref action time lead status",
        """
        # A | A. Access to support before crisis point
        A1 | @card | 31/03/2015 | WCC | Completed
        A2 | @cafe | Summer 2016 | Westmarch Mind | In progress
        A3 | @gp | By end of May 2015 | CCG | Not started
        A4 | @mhfa | 15-16 | WCC | Not started
        # B | B. Urgent and emergency access
        B1 | @triage | December 15 | Police | In progress
        B2 | @control | Q4 2014/15 | Police | Completed
        B3 | @convey | Ongoing | TRAS | In progress
        B4 | @rail | TBC | BTP | Not started
        """,
    )
    header: list[Cell] = ["No.", "What we will do", "By when", "Who", "Status"]
    sheets = {
        heading: turned([header, *grid(part, "ref action time lead status")])
        for heading, part in by_section(plan).items()
    }
    return open_sheet(sheets), plan


@TURNED.plan("card_for_each.docx")
def cards() -> tuple[bytes, list[Row]]:
    """One small form for each action: what each line is stands on the left."""
    plan = rows(
        "ref action lead time outcome progress",
        """
        # A | A. Access to support before crisis point
        A1 | @card | WCC | May 2015 | | Text agreed
        A2 | @cafe | Westmarch Mind | Summer 2016 | | Premises sought
        A3 | @gp | CCG | June 2015 | |
        # B | B. Urgent and emergency access to crisis care
        B1 | @triage | Police | December 15 | | Two cars on the road
        B2 | @control | Police | April 2015 | | Nurse in post
        B3 | @convey | TRAS | Ongoing | |
        # D | D. Recovery and staying well
        D1 | @housing | WCC | 2015/16 | |
        D2 | @discharge | WPFT | Ongoing | | Audit each month
        """,
    )
    labels: list[Cell] = ["Action number", "Action", "Lead agency", "Target date", "Outcome", "Progress to date"]
    word = Word().heading("Westmarch crisis care concordat: action plan", level=0)
    for heading, part in by_section(plan).items():
        word.heading(heading)
        for row in part:
            word.table(turned([labels, *grid([row], "ref action lead time outcome progress")])).paragraph("")
    return word.saved(), plan


@TURNED.plan("forms_down_a_sheet.xlsx")
def forms_down() -> tuple[bytes, list[Row]]:
    """The same forms below one another on one sheet, an empty row between."""
    plan = rows(
        "ref action lead time outcome",
        """
        # A | A. Access to support before crisis point
        A1 | @card | WCC | May 2015
        A2 | @cafe | Westmarch Mind | Summer 2016
        A3 | @gp | CCG | June 2015
        # B | B. Urgent and emergency access to crisis care
        B1 | @triage | Police | December 15
        B2 | @control | Police | April 2015
        B3 | @convey | TRAS | Ongoing
        B4 | @rail | BTP | TBC
        B5 | @amhp | WCC | Q2 2015/16 => 2015-09-30
        """,
    )
    labels = ["Ref", "Action", "Lead", "By when", "Outcome"]
    lines: list[list[Cell]] = []
    for heading, part in by_section(plan).items():
        lines.append([heading])
        for row in part:
            lines += [
                [],
                *(
                    [label, row.cell(name)]
                    for label, name in zip(labels, ["ref", "action", "lead", "time", "outcome"], strict=True)
                ),
            ]
    book, _ = workbook(lines)
    return saved(book), plan


@TURNED.plan("two_plans_beside.xlsx")
def beside() -> tuple[bytes, list[Row]]:
    """Two sections beside one another, an empty column between."""
    plan = rows(
        "ref action lead time",
        """
        # A | A. Access to support before crisis point
        A1 | @card | WCC | May 2015
        A2 | @cafe | Westmarch Mind | Summer 2016
        A3 | @gp | CCG | June 2015
        A4 | @mhfa | WCC | 15-16
        # B | B. Urgent and emergency access to crisis care
        B1 | @triage | Police | December 15
        B2 | @control | Police | April 2015
        B3 | @convey | TRAS | Ongoing
        B4 | @rail | BTP | TBC
        B5 | @amhp | WCC | Q3 2015/16 => 2015-12-31
        """,
    )
    left, right = by_section(plan).values()
    book, sheet = workbook(
        [["A. Access to support before crisis point", *[None] * 4, "B. Urgent and emergency access to crisis care"]]
    )
    header: list[Cell] = ["Ref", "Action", "Lead", "By when"]
    fill_in(sheet, [[*header, None, *header]])
    for at in range(max(len(left), len(right))):
        cells = [grid(part[at : at + 1], "ref action lead time") or [[None] * 4] for part in (left, right)]
        fill_in(sheet, [[*cells[0][0], None, *cells[1][0]]])
    return saved(book), plan


@TURNED.plan("unlike_tables_beside.xlsx")
def unlike_beside() -> tuple[bytes, list[Row]]:
    """Two tables beside one another that do not begin in the same row and do not have the same columns."""
    plan = rows(
        "ref action time lead status",
        """
        # C | C. Quality of treatment and care when in crisis
        C1 | @restraint | Six-monthly | WPFT | => none
        C2 | @survey | Twice yearly | Healthwatch | => none
        C3 | @search | May 2015 | WPFT | => none
        C4 | @hbpos | March 2016 | WPFT | => none
        # D | D. Recovery and staying well
        D1 | @housing | 2015/16 | WCC | In progress
        D2 | @discharge | Ongoing | WPFT | Completed
        D3 | @peer | March 2016 | WPFT | Not started
        D4 | @crisisplan | September 2015 | WPFT | In progress
        """,
    )
    left, right = by_section(plan).values()
    book, sheet = workbook([])
    lines_left = [
        ["C. Quality of treatment and care when in crisis"],
        ["No.", "Action", "Timescale", "Led by"],
        *grid(left, "ref action time lead"),
    ]
    lines_right = [
        ["D. Recovery and staying well"],
        ["Ref", "Lead", "What", "When", "Status"],
        *grid(right, "ref lead action time status"),
    ]
    for top, first, lines in ((1, 1, lines_left), (3, 7, lines_right)):
        for down, line in enumerate(lines):
            for across, cell in enumerate(line):
                sheet.cell(top + down, first + across, cell)
    return saved(book), plan


@TURNED.plan("counts_beside.xlsx")
def counts_beside() -> tuple[bytes, list[Row]]:
    """The plan, and beside it a small table that counts the colours, with their key."""
    plan = rows(
        "ref action time lead status",
        """
        # 1 | 1. Commissioning to allow earlier intervention and responsive crisis services
        1.1 | @group | March 2015 | CCG | G => completed
        1.2 | @jsna | Annual | WCC | A => in progress
        1.3 | @gap | Q4 2014/15 | CCG | G => completed
        # B | 3. Urgent and emergency access to crisis care
        3.1 | @triage | December 15 | Police | A => in progress
        3.2 | @control | April 2015 | Police | G => completed
        3.3 | @convey | Ongoing | TRAS | A => in progress
        3.4 | @rail | TBC | BTP | R => not started
        3.5 | @amhp | By Dec 2015 | WCC | R => not started
        """,
    )
    lines = with_headings(plan, "ref action time lead status")
    book, sheet = workbook([["No.", "Action", "Timescale", "Led by", "RAG"], *lines])
    beside: list[list[Cell]] = [
        ["RAG key", "Meaning", "Count"],
        ["G", "Completed", "3"],
        ["A", "Ongoing", "3"],
        ["R", "Not started", "2"],
    ]
    for down, line in enumerate(beside, start=1):
        for across, cell in enumerate(line):
            sheet.cell(down, 8 + across, cell)
    return saved(book), plan


@TURNED.plan("updates_on_a_second_sheet.xlsx")
def second_sheet() -> tuple[bytes, list[Row]]:
    """The plan on one sheet, on the next what was reported on each number."""
    plan = rows(
        "ref action time lead",
        """
        # A | A. Access to support before crisis point
        A1 | @card | May 2015 | WCC
        A2 | @cafe | Summer 2016 | Westmarch Mind
        A3 | @gp | June 2015 | CCG
        # B | B. Urgent and emergency access to crisis care
        B1 | @triage | December 15 | Police
        B2 | @control | April 2015 | Police
        B3 | @convey | Ongoing | TRAS
        B4 | @rail | TBC | BTP
        B5 | @protocol | Q2 2015/16 => 2015-09-30 | WPFT
        """,
    )
    book, _ = workbook([["Ref", "Action", "Timescale", "Lead"], *with_headings(plan, "ref action time lead")])
    updates = book.create_sheet("Q1 updates")
    fill_in(
        updates,
        [
            ["Ref", "Update", "RAG"],
            ["A1", "Cards printed and sent to all practices", "Green"],
            ["A2", "Premises found in Oakfield", "Amber"],
            ["B1", "Pilot goes on until December", "Amber"],
            ["B5", "Draft with legal teams", "Red"],
        ],
    )
    return saved(book), plan


@TURNED.plan("two_halves.docx", clean=False)
def two_halves() -> tuple[bytes, list[Row]]:
    """A wide table cut in two: number and action first, then number, lead and time."""
    plan = rows(
        "ref action lead time",
        """
        1 | @group | CCG => ccg or ask | March 2015 => 2015-03-31 or ask
        2 | @gap | CCG => ccg or ask | June 2015 => 2015-06-30 or ask
        3 | @card | WCC => council or ask | May 2015 => 2015-05-31 or ask
        4 | @triage | Police => police or ask | December 15 => 2015-12-31 or ask
        5 | @convey | TRAS => ambulance or ask | Ongoing => every 12 or ask
        6 | @liaison | WHT => acute or ask | March 2016 => 2016-03-31 or ask
        7 | @restraint | WPFT => trust or ask | Six-monthly => every 6 or ask
        8 | @housing | WCC => council or ask | 2015/16 => 2016-03-31 or ask
        """,
    )
    word = Word().table(
        [["No.", "Action", "Outcome"], *([*line, "As the Concordat asks"] for line in grid(plan, "ref action"))]
    )
    word.paragraph("Leads and dates").table([["No.", "Led by", "Timescale"], *grid(plan, "ref lead time")])
    return word.saved(), plan
