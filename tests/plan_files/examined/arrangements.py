"""Who leads and when told by headings and marks; lists of other programs; tables that begin somewhere."""

from __future__ import annotations

from datetime import date

from tests.plan_files.examined.files import (
    Word,
    colour,
    fill_in,
    open_text,
    saved,
    separated,
    workbook,
)
from tests.plan_files.examined.kit import Cell, Plans, Row, by_section, grid, rows, with_headings

ARRANGEMENTS = Plans()


@ARRANGEMENTS.plan("crosses_of_organisations.xlsx")
def matrix() -> tuple[bytes, list[Row]]:
    """A column for each organisation: L where it leads, S where it supports."""
    plan = rows(
        "ref action time l s lead",
        """
        1 | @group | March 2015 | ccg | council police | => ccg or ccg+council+police
        2 | @triage | December 15 | police | trust => ask | => police or police+trust
        3 | @control | April 2015 | police | ccg | => police or police+ccg
        4 | @card | May 2015 | council |  | => council
        5 | @convey | Ongoing | ambulance | police | => ambulance or ambulance+police
        6 | @restraint | Six-monthly | trust |  | => trust
        7 | @housing | 2015/16 | council | trust | => council or council+trust
        8 | @jsna | Annual | council | ccg | => council or council+ccg
        """,
    )
    columns = {"ccg": "CCG", "council": "WCC", "police": "Police", "trust": "WPFT", "ambulance": "TRAS"}
    lines: list[list[Cell]] = [["Ref", "Action", "Timescale", *columns.values()]]
    for row in plan:
        marks: list[Cell] = [
            "L" if key == row.written["l"] else "S" if key in row.written["s"] else None for key in columns
        ]
        row.expected["lead"] += " or ask"
        lines.append([row.cell("ref"), row.cell("action"), row.cell("time"), *marks])
    book, _ = workbook([*lines, [], ["L = lead, S = supporting"]])
    return saved(book), plan


@ARRANGEMENTS.plan("planner_tasks.csv")
def planner() -> tuple[bytes, list[Row]]:
    """Tasks as a planning program gives them out: buckets, begins, due days, per cent."""
    plan = rows(
        "action bucket lead start time percent status",
        """
        # A |
        @card | A. Access to support before crisis point | WCC | 2015-01-05 | 2015-05-31 => 2015-05-31 | 100 | Completed
        @cafe | A. Access to support before crisis | Mind | 2015-02-01 | 2016-08-31 => 2016-08-31 | 25 | Underway
        @gp | A. Access to support before crisis point | CCG | 2015-04-01 | 2015-06-30 => 2015-06-30 | 0 | Not started
        # B |
        @triage | B. Urgent and emergency access | Police | 2014-12-01 | 2015-12-31 => 2015-12-31 | 50 | In progress
        @control | B. Urgent and emergency access | Police | 2014-12-01 | 2015-04-30 => 2015-04-30 | 100 | Completed
        @convey | B. Urgent and emergency access | TRAS | 2015-01-01 | 2016-03-31 => 2016-03-31 | 50 | In progress
        # D |
        @housing | D. Recovery and staying well | WCC | 2015-04-01 | 2016-03-31 => 2016-03-31 | 0 | Not started
        @peer | D. Recovery and staying well | WPFT | 2015-09-01 | 2016-03-31 => 2016-03-31 | 0 | Not started
        """,
    )
    header = ["Task name", "Bucket", "Assigned to", "Start date", "Due date", "% complete", "Progress"]
    return separated([header, *grid(plan, "action bucket lead start time percent status")]), plan


@ARRANGEMENTS.plan("minutes_log.docx", clean=False)
def minutes_log() -> tuple[bytes, list[Row]]:
    """The action log of a group's minutes: raised, agreed action, owner, due, outcome."""
    plan = rows(
        "raised ref action lead time status",
        """
        12/11/14 | 14 | @group | CCG | 31/03/2015 | Closed => completed
        12/11/14 | 15 | @gap | CCG | Next meeting => none or ask | Open => none or ask or in progress or not started
        14/01/15 | 16 | @card | WCC | May 2015 | Open => none or ask or in progress or not started
        14/01/15 | 17 | @triage | Police | December 15 | Open => none or ask or in progress or not started
        11/03/15 | 18 | @convey | TRAS | Ongoing | Open => none or ask or in progress or not started
        11/03/15 | 19 | @rail | BTP | ASAP => none or ask | Open => none or ask or in progress or not started
        11/03/15 | 20 | @liaison | WHT | March 2016 | Open => none or ask or in progress or not started
        11/03/15 | 21 | @housing | WCC | 2015/16 | Open => none or ask or in progress or not started
        """,
    )
    header = ["Date raised", "No", "Action agreed", "Responsible", "Due", "Status (open/closed)"]
    return Word().heading("Action log").table([header, *grid(plan, "raised ref action lead time status")]).saved(), plan


@ARRANGEMENTS.plan("begins_in_the_middle.xlsx")
def in_the_middle() -> tuple[bytes, list[Row]]:
    """The table begins in C8 with empty columns between, totals below; a letter and a number make the reference."""
    plan = rows(
        "part number ref action lead time",
        """
        # A | A. Access to support before crisis point
        A | 1 | => A1 or 1 or A 1 or ask | @card | WCC | May 2015
        A | 2 | => A2 or 2 or A 2 or ask | @cafe | Westmarch Mind | Summer 2016
        A | 3 | => A3 or 3 or A 3 or ask | @gp | CCG | June 2015
        # B | B. Urgent and emergency access to crisis care
        B | 1 | => B1 or 1 or B 1 or ask | @triage | Police | December 15
        B | 2 | => B2 or 2 or B 2 or ask | @control | Police | April 2015
        B | 3 | => B3 or 3 or B 3 or ask | @convey | TRAS | Ongoing
        # D | D. Recovery and staying well
        D | 1 | => D1 or 1 or D 1 or ask | @housing | WCC | 2015/16
        D | 2 | => D2 or 2 or D 2 or ask | @discharge | WPFT | Ongoing
        """,
    )
    book, sheet = workbook([])
    sheet["C2"], sheet["C3"], sheet["C5"] = (
        "Westmarch Crisis Care Concordat",
        "Action plan, version 7",
        "Owner: the delivery group",
    )
    header: list[Cell] = ["Section", "No.", None, "Action", "Lead", None, "Deadline"]
    lines = [
        header,
        *(
            [line[0], line[1], None, line[2], line[3], None, line[4]]
            for line in grid(plan, "part number action lead time")
        ),
    ]
    for down, line in enumerate([*lines, [], ["Total actions", None, None, 8]]):
        for across, cell in enumerate(line):
            sheet.cell(8 + down, 3 + across, cell)
    return saved(book), plan


@ARRANGEMENTS.plan("section_down_the_side.xlsx")
def down_the_side() -> tuple[bytes, list[Row]]:
    """The section in a merged cell down the left, times merged across actions, text merged over three columns."""
    plan = rows(
        "ref action lead time",
        """
        # A |
        1 | @card | WCC | May 2015
        2 | @cafe | Westmarch Mind | Summer 2016
        3 | @gp | CCG | => 2016-08-31
        # B |
        4 | @triage | Police | December 15
        5 | @control | Police | => 2015-12-31
        6 | @convey | TRAS | Ongoing
        # C |
        7 | @restraint | WPFT | Six-monthly
        8 | @survey | Healthwatch | Twice yearly
        """,
    )
    titles = {
        "A": "Access to support before crisis point",
        "B": "Urgent and emergency access to crisis care",
        "C": "Quality of treatment and care when in crisis",
    }
    book, sheet = workbook([["Theme", "No", "Key action", None, None, "Lead org", "Timeline"]])
    for row in plan:
        fill_in(
            sheet,
            [
                [
                    titles[row.section],
                    row.cell("ref"),
                    row.cell("action"),
                    None,
                    None,
                    row.cell("lead"),
                    row.cell("time"),
                ]
            ],
        )
    for down in range(1, 10):
        sheet.merge_cells(f"C{down}:E{down}")
    for merged in ("A2:A4", "A5:A7", "A8:A9", "G3:G4", "G5:G6"):
        for line in sheet[merged][1:]:
            line[0].value = None
        sheet.merge_cells(merged)
    return saved(book), plan


@ARRANGEMENTS.plan("years_in_columns.xlsx", clean=False)
def years_in_columns() -> tuple[bytes, list[Row]]:
    """Ticks below 2014/15, 2015/16 and 2016/17 say when; nothing else does."""
    plan = rows(
        "ref action lead y1 y2 y3 time",
        """
        1 | @group | CCG | ✓ | | | => 2015-03-31 or ask
        2 | @gap | CCG | ✓ | | | => 2015-03-31 or ask
        3 | @card | WCC | | ✓ | | => 2016-03-31 or ask
        4 | @triage | Police | ✓ | ✓ | | => 2016-03-31 or ask
        5 | @convey | TRAS | ✓ | ✓ | ✓ | => 2017-03-31 or ask
        6 | @liaison | WHT | | | ✓ | => 2017-03-31 or ask
        7 | @restraint | WPFT | | ✓ | ✓ | => 2017-03-31 or ask
        8 | @housing | WCC | | | ✓ | => 2017-03-31 or ask
        """,
    )
    book, _ = workbook(
        [["Ref", "Action", "Lead", "2014/15", "2015/16", "2016/17"], *grid(plan, "ref action lead y1 y2 y3")]
    )
    return saved(book), plan


@ARRANGEMENTS.plan("terms_as_headings.docx", clean=False)
def terms_as_headings() -> tuple[bytes, list[Row]]:
    """No column for the time: the actions stand below "Short term (by March 2015)" and the like."""
    plan = rows(
        "ref action lead time",
        """
        # - | Short term (by March 2015)
        1 | @group | CCG | => 2015-03-31 or ask
        2 | @gap | CCG | => 2015-03-31 or ask
        3 | @card | WCC | => 2015-03-31 or ask
        # - | Medium term (by March 2016)
        4 | @triage | Police | => 2016-03-31 or ask
        5 | @control | Police | => 2016-03-31 or ask
        # - | Long term (by March 2017)
        6 | @liaison | WHT | => 2017-03-31 or ask
        7 | @housing | WCC | => 2017-03-31 or ask
        8 | @peer | WPFT | => 2017-03-31 or ask
        """,
    )
    lines = with_headings(plan, "ref action lead")
    return Word().table([["No.", "Action", "Lead"], *lines]).saved(), plan


@ARRANGEMENTS.plan("a_list_for_each_body.docx", clean=False)
def each_body() -> tuple[bytes, list[Row]]:
    """No column for the lead: each organisation has a table of its own below its name."""
    plan = rows(
        "ref action time lead",
        """
        # - | Westmarch Constabulary
        P1 | @triage | December 15 | => police or ask
        P2 | @control | April 2015 | => police or ask
        P3 | @under18 | March 2015 | => police or ask
        # - | Westmarch County Council
        L1 | @card | May 2015 | => council or ask
        L2 | @housing | 2015/16 | => council or ask
        # - | Three Rivers Ambulance Service
        T1 | @convey | Ongoing | => ambulance or ask
        T2 | @transport | March 2016 | => ambulance or ask
        T3 | @nhs111 | July 2015 | => ambulance or ask
        """,
    )
    word = Word().heading("Agency action plans", level=0)
    for heading, part in by_section(plan).items():
        word.heading(heading).table([["No.", "Action", "Timescale"], *grid(part, "ref action time")])
    return word.saved(), plan


@ARRANGEMENTS.plan("months_with_crosses.xlsx", clean=False)
def months() -> tuple[bytes, list[Row]]:
    """A calendar of months beside the actions, bars in colour; the deadline has a column too."""
    plan = rows(
        "ref action lead time",
        """
        1 | @group | CCG | March 2015
        2 | @gap | CCG | June 2015
        3 | @card | WCC | May 2015
        4 | @triage | Police | December 15
        5 | @convey | TRAS | Ongoing
        6 | @liaison | WHT | March 2016
        7 | @restraint | WPFT | Six-monthly
        8 | @housing | WCC | 2015/16
        """,
    )
    months = ["Apr-15", "May-15", "Jun-15", "Jul-15", "Aug-15", "Sep-15"]
    book, sheet = workbook([["Ref", "Action", "Lead", "Deadline", *months]])
    for at, row in enumerate(plan):
        fill_in(
            sheet,
            [[*grid([row], "ref action lead time")[0], *["x" if at % 6 == month else None for month in range(6)]]],
        )
        colour(sheet, f"{'EFGHIJ'[at % 6]}{at + 2}", "G")
    return saved(book), plan


@ARRANGEMENTS.plan("text_columns.odt")
def text_columns() -> tuple[bytes, list[Row]]:
    """A text document of tables with headings of their own; gaps, needs and actions in columns of their own."""
    plan = rows(
        "ref gap action lead time outcome",
        """
        # A | A: Access to support before crisis point
        A1 | People do not know whom to call | @card | WCC | May 2015
        A2 | Nothing is open in the evening | @cafe | Westmarch Mind | Summer 2016
        A3 | Practices lack numbers | @gp | CCG | June 2015
        # B | B: Urgent and emergency access to crisis care
        B1 | Officers decide alone | @triage | Police | December 15
        B2 | No advice at night | @control | Police | April 2015
        B3 | People wait for ambulances | @convey | TRAS | Ongoing
        # D | D: Recovery and staying well
        D1 | People are discharged without a home | @housing | WCC | 2015/16
        D2 | Not everybody is followed up | @discharge | WPFT | Ongoing
        """,
    )
    header = ["Ref", "Gap identified", "Action required", "Lead organisation", "Completion date", "Success measure"]
    blocks: list = []
    for heading, part in by_section(plan).items():
        blocks += [heading, [header, *grid(part, "ref gap action lead time outcome")]]
    return open_text(blocks), plan


@ARRANGEMENTS.plan("numbers_begin_again.xlsx")
def begin_again() -> tuple[bytes, list[Row]]:
    """Each section counts from 1 again, its heading merged across and its header repeated."""
    plan = rows(
        "ref action time lead",
        """
        # A | Access to support before crisis point
        1 | @card | May 2015 | WCC
        2 | @cafe | Summer 2016 | Westmarch Mind
        3 | @gp | June 2015 | CCG
        # B | Urgent and emergency access to crisis care
        1 | @triage | December 15 | Police
        2 | @control | d:2015-04-30 | Police
        3 | @convey | Ongoing | TRAS
        # D | Recovery and staying well / preventing future crises
        1 | @housing | d:2016-03-01;mmm-yy => 2016-03-31 | WCC
        2 | @discharge | Ongoing | WPFT
        """,
    )
    lines = with_headings(plan, "ref action time lead", ["No.", "Action", "Timescale", "Led By"])
    book, sheet = workbook(lines)
    for number, line in enumerate(lines, start=1):
        if line[1] is None:
            sheet.merge_cells(f"A{number}:D{number}")
        if isinstance(line[2], date) and line[2].day == 1:
            sheet[f"C{number}"].number_format = "mmm-yy"
    return saved(book), plan
