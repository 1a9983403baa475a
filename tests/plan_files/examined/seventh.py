"""A seventh set, written down before any of it was read: tables that are turned, tables beside others, forms, matrices."""

from __future__ import annotations

from datetime import date

from tests.plan_files.examined.files import Word, colour, fill_in, open_sheet, open_text, saved, separated, workbook
from tests.plan_files.examined.kit import Cell, Plans, Row, by_section, grid, rows, with_headings

SEVENTH = Plans()


def turned(lines: list[list[Cell]]) -> list[list[Cell]]:
    """The lines as columns."""
    return [list(line) for line in zip(*lines, strict=True)]


@SEVENTH.plan("turned.xlsx")
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
    book, _ = workbook([["Westmarch action plan 2014-16"], [], *turned([header, *grid(plan, "ref action time lead outcome")])])
    return saved(book), plan


@SEVENTH.plan("turned_by_section.ods")
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


@SEVENTH.plan("card_for_each.docx")
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


@SEVENTH.plan("forms_down_a_sheet.xlsx")
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
            lines += [[], *([label, row.cell(name)] for label, name in zip(labels, "ref action lead time outcome".split(), strict=True))]
    book, _ = workbook(lines)
    return saved(book), plan


@SEVENTH.plan("two_plans_beside.xlsx")
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
    book, sheet = workbook([["A. Access to support before crisis point", *[None] * 4, "B. Urgent and emergency access to crisis care"]])
    header: list[Cell] = ["Ref", "Action", "Lead", "By when"]
    fill_in(sheet, [[*header, None, *header]])
    for at in range(max(len(left), len(right))):
        cells = [grid(part[at : at + 1], "ref action lead time") or [[None] * 4] for part in (left, right)]
        fill_in(sheet, [[*cells[0][0], None, *cells[1][0]]])
    return saved(book), plan


@SEVENTH.plan("unlike_tables_beside.xlsx")
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
    lines_left = [["C. Quality of treatment and care when in crisis"], ["No.", "Action", "Timescale", "Led by"], *grid(left, "ref action time lead")]
    lines_right = [["D. Recovery and staying well"], ["Ref", "Lead", "What", "When", "Status"], *grid(right, "ref lead action time status")]
    for top, first, lines in ((1, 1, lines_left), (3, 7, lines_right)):
        for down, line in enumerate(lines):
            for across, cell in enumerate(line):
                sheet.cell(top + down, first + across, cell)
    return saved(book), plan


@SEVENTH.plan("counts_beside.xlsx")
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
    beside: list[list[Cell]] = [["RAG key", "Meaning", "Count"], ["G", "Completed", "3"], ["A", "Ongoing", "3"], ["R", "Not started", "2"]]
    for down, line in enumerate(beside, start=1):
        for across, cell in enumerate(line):
            sheet.cell(down, 8 + across, cell)
    return saved(book), plan


@SEVENTH.plan("crosses_of_organisations.xlsx")
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
        marks: list[Cell] = ["L" if key == row.written["l"] else "S" if key in row.written["s"] else None for key in columns]
        row.expected["lead"] += " or ask"
        lines.append([row.cell("ref"), row.cell("action"), row.cell("time"), *marks])
    book, _ = workbook([*lines, [], ["L = lead, S = supporting"]])
    return saved(book), plan


@SEVENTH.plan("planner_tasks.csv")
def planner() -> tuple[bytes, list[Row]]:
    """Tasks as a planning program gives them out: buckets, begins, due days, per cent."""
    plan = rows(
        "action bucket lead start time percent status",
        """
        # A |
        @card | A. Access to support before crisis point | WCC | 2015-01-05 | 2015-05-31 => 2015-05-31 | 100 | Completed
        @cafe | A. Access to support before crisis point | Westmarch Mind | 2015-02-01 | 2016-08-31 => 2016-08-31 | 25 | In progress
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


@SEVENTH.plan("minutes_log.docx", clean=False)
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


@SEVENTH.plan("begins_in_the_middle.xlsx")
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
    sheet["C2"], sheet["C3"], sheet["C5"] = "Westmarch Crisis Care Concordat", "Action plan, version 7", "Owner: the delivery group"
    header: list[Cell] = ["Section", "No.", None, "Action", "Lead", None, "Deadline"]
    lines = [header, *([line[0], line[1], None, line[2], line[3], None, line[4]] for line in grid(plan, "part number action lead time"))]
    for down, line in enumerate([*lines, [], ["Total actions", None, None, 8]]):
        for across, cell in enumerate(line):
            sheet.cell(8 + down, 3 + across, cell)
    return saved(book), plan


@SEVENTH.plan("section_down_the_side.xlsx")
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
    titles = {"A": "Access to support before crisis point", "B": "Urgent and emergency access to crisis care", "C": "Quality of treatment and care when in crisis"}
    book, sheet = workbook([["Theme", "No", "Key action", None, None, "Lead org", "Timeline"]])
    for row in plan:
        fill_in(sheet, [[titles[row.section], row.cell("ref"), row.cell("action"), None, None, row.cell("lead"), row.cell("time")]])
    for down in range(1, 10):
        sheet.merge_cells(f"C{down}:E{down}")
    for merged in ("A2:A4", "A5:A7", "A8:A9", "G3:G4", "G5:G6"):
        for line in sheet[merged][1:]:
            line[0].value = None
        sheet.merge_cells(merged)
    return saved(book), plan


@SEVENTH.plan("updates_on_a_second_sheet.xlsx")
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
    fill_in(updates, [["Ref", "Update", "RAG"], ["A1", "Cards printed and sent to all practices", "Green"], ["A2", "Premises found in Oakfield", "Amber"], ["B1", "Pilot goes on until December", "Amber"], ["B5", "Draft with legal teams", "Red"]])
    return saved(book), plan


@SEVENTH.plan("years_in_columns.xlsx", clean=False)
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
    book, _ = workbook([["Ref", "Action", "Lead", "2014/15", "2015/16", "2016/17"], *grid(plan, "ref action lead y1 y2 y3")])
    return saved(book), plan


@SEVENTH.plan("terms_as_headings.docx", clean=False)
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


@SEVENTH.plan("a_list_for_each_body.docx", clean=False)
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


@SEVENTH.plan("months_with_crosses.xlsx", clean=False)
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
        fill_in(sheet, [[*grid([row], "ref action lead time")[0], *["x" if at % 6 == month else None for month in range(6)]]])
        colour(sheet, f"{'EFGHIJ'[at % 6]}{at + 2}", "G")
    return saved(book), plan


@SEVENTH.plan("text_columns.odt")
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


@SEVENTH.plan("numbers_begin_again.xlsx")
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


@SEVENTH.plan("two_halves.docx", clean=False)
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
    word = Word().table([["No.", "Action", "Outcome"], *([*line, "As the Concordat asks"] for line in grid(plan, "ref action"))])
    word.paragraph("Leads and dates").table([["No.", "Led by", "Timescale"], *grid(plan, "ref lead time")])
    return word.saved(), plan
