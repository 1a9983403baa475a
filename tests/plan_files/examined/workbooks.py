"""Workbooks: title rows, headers over two lines, sections as rows, columns and sheets."""

from __future__ import annotations

from openpyxl.styles import Font

from tests.plan_files.examined.files import colour, fill_in, saved, workbook
from tests.plan_files.examined.kit import Plans, Row, by_section, grid, rows, with_headings

WORKBOOKS = Plans()
BASE = ["No.", "Action", "Timescale", "Led By", "Outcomes"]


@WORKBOOKS.plan("base_template.xlsx")
def base_template() -> tuple[bytes, list[Row]]:
    """The national template, filled in as it came."""
    plan = rows(
        "ref action time lead",
        """
        # 1 | Commissioning to allow earlier intervention and responsive crisis services
        1 | @group | March 2015 | NHS Westmarch CCG
        2 | @jsna | Annual | County Council
        3 | @gap | Q4 2014/15 | CCG
        # A | Access to support before crisis point
        4 | @spa | April 2015 | WPFT
        5 | @card | By end of May 2015 | County Council
        6 | @samaritans | Ongoing | Westmarch Mind
        # B | Urgent and emergency access to crisis care
        7 | @control | September 2015 | Westmarch Police
        8 | @convey | TBC | Three Rivers Ambulance Service
        9 | @amhp | March 2016 | County Council
        # C | Quality of treatment and care when in crisis
        10 | @hbpos | October 2015 | WPFT
        11 | @restraint | Six-monthly | WPFT
        # D | Recovery and staying well / preventing future crises
        12 | @crisisplan | By March 2016 | WPFT
        13 | @housing | 2015/16 | County Council
        """,
    )
    return saved(workbook([BASE, *with_headings(plan, "ref action time lead outcome")])[0]), plan


@WORKBOOKS.plan("title_rows_merged_sections.xlsx")
def title_rows() -> tuple[bytes, list[Row]]:
    """Five lines of title, version and contact before the header; merged section rows."""
    plan = rows(
        "ref action time lead",
        """
        # 1 | 1. Commissioning to allow earlier intervention and responsive crisis services
        1.1 | @group | Mar-15 | CCG
        1.2 | @jsna | Annually | WCC
        1.3 | @dashboard | Quarterly | CCG
        # A | 2. Access to support before crisis point
        2.1 | @cafe | Summer 2016 | Westmarch Mind
        2.2 | @mhfa | 15-16 | WCC
        # B | 3. Urgent and emergency access to crisis care
        3.1 | @protocol | By end June 2015 => 2015-06-30 | WPFT
        3.2 | @under18 | From April 2015 => none or every 12 | Westmarch Police
        3.3 | @liaison | March 2017 => 2017-03-31 | WHT
        # C | 4. Quality of treatment and care when in crisis
        4.1 | @survey | Twice yearly | Healthwatch Westmarch
        # D | 5. Recovery and staying well / preventing future crises
        5.1 | @crisisplan | Within 12 months => 2016-03-31 | WPFT
        """,
    )
    lines = [
        ["Westmarch Mental Health Crisis Care Concordat"],
        ["Joint Action Plan 2015-16", None, None, None, "Version 3"],
        ["Agreed by the Westmarch Crisis Care Group, 31 March 2015"],
        [],
        ["No.", "Actions", "Timescales", "Lead agency", "Outcome"],
        *with_headings(plan, "ref action time lead outcome"),
    ]
    book, sheet = workbook(lines)
    for number, line in enumerate(lines, start=1):
        if line and line[0] and not any(line[1:]):
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=5)
    return saved(book), plan


@WORKBOOKS.plan("two_line_header.xlsx")
def two_line_header() -> tuple[bytes, list[Row]]:
    """A merged header: "Timescale" over "Start" and "Finish", "Responsible" over "Lead" and "Partners"."""
    plan = rows(
        "ref action start time lead",
        """
        1.1 | @group | Jan 2015 | March 2015 | NHS Westmarch CCG
        1.2 | @gap | Feb 2015 | June 2015 | NHS Westmarch CCG
        1.3 | @data | April 2015 | September 2015 | Westmarch Police
        2.1 | @website | April 2015 | May 2015 | WCC
        2.2 | @gp | June 2015 | July 2015 | NHS Westmarch CCG
        3.1 | @control | April 2015 | March 2016 | Westmarch Police
        3.2 | @alcohol | Sept 2015 | By Dec 2015 | WPFT
        4.1 | @audit | Jan 2015 | Annual | WPFT
        5.1 | @peer | 2015 | March 2016 | WPFT
        """,
    )
    book, sheet = workbook(
        [
            ["Ref", "Action", "Timescale", None, "Responsible", None, "Outcome"],
            [None, None, "Start", "Finish", "Lead", "Partners", None],
            *[[*line[:5], "All partners", line[5]] for line in grid(plan, "ref action start time lead outcome")],
        ]
    )
    for cells in ("A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2"):
        sheet.merge_cells(cells)
    return saved(book), plan


@WORKBOOKS.plan("header_per_section.xlsx")
def header_per_section() -> tuple[bytes, list[Row]]:
    """The header comes again under each section; A to D with letters only."""
    plan = rows(
        "ref action lead time",
        """
        # A | A. Access to support before crisis point
        A1 | @spa | WPFT | April 2016 => 2016-04-30
        A2 | @card | WCC | May 2015
        A3 | @gp | CCG | Completed
        # B | B. Urgent and emergency access to crisis care
        B1 | @triage | Westmarch Police | December 15
        B2 | @protocol | WPFT | end Sept 2015 => 2015-09-30
        B3 | @transport | CCG | Autumn 2015 => 2015-11-30
        B4 | @rail | BTP | TBA
        # C | C. Quality of treatment and care when in crisis
        C1 | @restraint | WPFT | Every six months => every 6
        C2 | @search | Westmarch Police | June 2015
        # D | D. Recovery and staying well / preventing future crises
        D1 | @discharge | WPFT | Monthly
        D2 | @peer | WPFT | 2016-17 => 2017-03-31
        """,
    )
    header = ["Ref", "Recommended local action", "Who", "By when", "Measures"]
    return saved(workbook(with_headings(plan, "ref action lead time outcome", header))[0]), plan


@WORKBOOKS.plan("section_column.xlsx")
def section_column() -> tuple[bytes, list[Row]]:
    """The section stands in a column of its own, in the template's words; real days."""
    plan = rows(
        "ref section action lead time",
        """
        1 | Commissioning => 1 | @group | CCG | d:2015-03-31
        2 | Commissioning => 1 | @jsna | WCC | d:2015-09-30
        3 | Access to support before crisis point => A | @card | WCC | d:2015-05-29
        4 | Access to support before crisis point => A | @cafe | Westmarch Mind | d:2016-08-31
        5 | Urgent and emergency access to crisis care => B | @control | Westmarch Police | d:2015-04-13
        6 | Urgent and emergency access to crisis care => B | @convey | TRAS | d:2015-07-04
        7 | Urgent and emergency access to crisis care => B | @amhp | WCC | d:2015-12-01
        8 | Quality of treatment and care when in crisis => C | @hbpos | WPFT | d:2016-01-04
        9 | Quality of treatment and care when in crisis => C | @survey | Healthwatch Westmarch | d:2015-06-07
        10 | Recovery and staying well => D | @crisisplan | WPFT | d:2016-03-31
        11 | Preventing future crises => D | @frequent | WHT | d:2015-11-30
        """,
    )
    header = ["Action ref", "Section", "Action", "Lead organisation", "Due by", "Outcome measure"]
    return saved(workbook([header, *grid(plan, "ref section action lead time outcome")])[0]), plan


@WORKBOOKS.plan("sheet_per_section.xlsx")
def sheet_per_section() -> tuple[bytes, list[Row]]:
    """A cover sheet, a sheet for each section and a key."""
    plan = rows(
        "ref action time lead status",
        """
        # 1 | Commissioning
        1.1 | @group | March 2015 | CCG | Green => completed
        1.2 | @gap | June 2015 | CCG | Amber => in progress
        # A | A - Access to support
        A.1 | @samaritans | Ongoing | Samaritans | Amber => in progress
        A.2 | @website | April 2015 | WCC | Red => not started
        # B | B - Urgent & emergency
        B.1 | @liaison | March 2016 | WHT | Red => not started
        B.2 | @nhs111 | Sept 2015 | CCG | Amber => in progress
        B.3 | @custody | 31/03/2015 | Westmarch Police | Green => completed
        # C | C - Quality of care
        C.1 | @training | 2015/16 | WPFT | Amber => in progress
        # D | D - Recovery
        D.1 | @housing | By March 2016 | WCC | Red => not started
        """,
    )
    book, _ = workbook(
        [["Westmarch Crisis Care Concordat"], ["Action plan"], [], ["Contact", "Partnership office"]], name="Cover"
    )
    for heading, lines in by_section(plan).items():
        sheet = book.create_sheet(heading)
        fill_in(sheet, [[heading], ["Ref", "Action", "Timescale", "Led by", "RAG"]])
        fill_in(sheet, grid(lines, "ref action time lead status"))
    fill_in(
        book.create_sheet("Key"),
        [["RAG key"], ["Red", "Not started"], ["Amber", "Under way"], ["Green", "Completed"]],
    )
    return saved(book), plan


@WORKBOOKS.plan("rag_fill_only.xlsx")
def rag_fill_only() -> tuple[bytes, list[Row]]:
    """The RAG column holds nothing but colours, the key stands below the table."""
    plan = rows(
        "ref action time lead status",
        """
        1 | @group | March 2015 | CCG | => completed
        2 | @dashboard | Quarterly | CCG | => in progress
        3 | @spa | April 2016 => 2016-04-30 | WPFT | => in progress
        4 | @card | May 2015 | WCC | => completed
        5 | @alcohol | By Dec 2015 | WPFT | => not started
        6 | @sharing | Sept 2015 | All signatories | => in progress
        7 | @hbpos | Oct 2016 => 2016-10-31 | WPFT | => not started
        8 | @bed | March 2016 | WPFT | => in progress
        """,
    )
    header = ["No", "Action", "By when", "Lead", "Outcome", "RAG"]
    lines = [header, *[[*line, None] for line in grid(plan, "ref action time lead outcome")]]
    book, sheet = workbook(
        [*lines, [], ["Key:"], ["Red - not started"], ["Amber - in progress"], ["Green - completed"]]
    )
    shades = {"completed": "G", "in progress": "A", "not started": "R"}
    for number, row in enumerate(plan, start=2):
        colour(sheet, f"F{number}", shades[row.expected["status"]])
    return saved(book), plan


@WORKBOOKS.plan("gantt_columns.xlsx")
def gantt_columns() -> tuple[bytes, list[Row]]:
    """Twelve months as columns with an X or a fill beside start and end days."""
    plan = rows(
        "ref action lead start time",
        """
        1.1 | @group | CCG | d:2015-04-01 | d:2015-04-30
        1.2 | @gap | CCG | d:2015-04-01 | d:2015-06-30
        1.3 | @data | Westmarch Police | d:2015-05-01 | d:2015-07-31
        2.1 | @mhfa | WCC | d:2015-06-01 | d:2015-12-18
        2.2 | @cafe | Westmarch Mind | d:2015-09-01 | d:2016-03-31
        3.1 | @control | Westmarch Police | d:2015-04-01 | d:2015-10-31
        3.2 | @transport | CCG | d:2015-04-01 | d:2015-11-30
        4.1 | @audit | WPFT | d:2015-04-01 | d:2016-01-29
        """,
    )
    months = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
    lines = [["Ref", "Action", "Lead", "Start date", "End date", *months]]
    for row, line in zip(plan, grid(plan, "ref action lead start time"), strict=True):
        last = months.index(f"{row.cell('time'):%b}")
        lines.append([*line, *["X" if place <= last else None for place in range(12)]])
    return saved(workbook(lines)[0]), plan


@WORKBOOKS.plan("hidden_rows_and_totals.xlsx")
def hidden_rows_and_totals() -> tuple[bytes, list[Row]]:
    """Hidden rows are still actions; a total and a footnote at the bottom are not."""
    plan = rows(
        "ref action time lead status",
        """
        # A | A. Access to support before crisis point
        A1 | @spa | April 2015 | WPFT | Complete
        A2 | @card | May 2015 | WCC | Complete
        A3 | @cafe | Summer 2016 | Mind | Not started
        # B | B. Urgent and emergency access to crisis care
        B1 | @triage | Dec 2015 | Police | Underway
        B2 | @convey | On-going | TRAS | Underway
        B3 | @amhp | Sept 2015 | WCC | Not started
        B4 | @custody | March 2016 | Police | Not started
        # D | D. Recovery and staying well
        D1 | @discharge | Quarterly | WPFT | Underway
        """,
    )
    lines = [["Ref", "Action", "Timescale", "Lead", "Status"], *with_headings(plan, "ref action time lead status")]
    lines += [["Total actions", 8], [], ["* Subject to funding"], ["Source: Westmarch Crisis Care Group, June 2015"]]
    book, sheet = workbook(lines)
    for number in (3, 4):
        sheet.row_dimensions[number].hidden = True
    sheet.column_dimensions["E"].hidden = True
    return saved(book), plan


@WORKBOOKS.plan("merged_reference_sub_actions.xlsx")
def merged_reference() -> tuple[bytes, list[Row]]:
    """One objective over several actions: reference and lead merged down."""
    plan = rows(
        "ref action time lead",
        """
        1 => 1 or ask | @group | March 2015 | CCG
        1 => 1 or ask | @pathway | June 2015 | CCG
        1 => 1 or ask | @gap | September 2015 | CCG
        2 => 2 or ask | @card | May 2015 | WCC
        2 => 2 or ask | @website | April 2015 | WCC
        3 => 3 or ask | @protocol | June 2015 | WPFT
        3 => 3 or ask | @alcohol | Dec 2015 | WPFT
        3 => 3 or ask | @search | Dec 2015 | WPFT
        4 => 4 or ask | @peer | March 2016 | WPFT
        """,
    )
    book, sheet = workbook([["No.", "Action", "Timescale", "Led by"], *grid(plan, "ref action time lead")])
    for top, bottom in ((2, 4), (5, 6), (7, 9)):
        for column in "AD":
            for number in range(top + 1, bottom + 1):
                sheet[f"{column}{number}"] = None
            sheet.merge_cells(f"{column}{top}:{column}{bottom}")
    return saved(book), plan


@WORKBOOKS.plan("greyed_completed.xlsx")
def greyed_completed() -> tuple[bytes, list[Row]]:
    """What is done was moved to the bottom, under a line of its own, and greyed."""
    plan = rows(
        "ref action time lead progress status",
        """
        # - | Live actions
        3 | @spa | April 2016 => 2016-04-30 | WPFT | Business case agreed | => none or in progress
        4 | @cafe | Summer 2016 | Mind | Premises being sought | => none or in progress
        6 | @convey | Ongoing | TRAS | Reported each month | => none or in progress
        7 | @bed | March 2016 | WPFT | | => none
        9 | @nhs111 | December 2015 | CCG | Draft directory out to partners | => none or in progress
        # - | Completed actions
        1 | @group | March 2015 | CCG | Group in place | => completed
        2 | @card | May 2015 | WCC | Card printed | => completed
        5 | @protocol | June 2015 | WPFT | Signed 12 June 2015 | => completed
        8 | @website | April 2015 | WCC | Live | => completed
        """,
    )
    header = ["No.", "Action", "Timescale", "Led by", "Progress"]
    lines = [header, *with_headings(plan, "ref action time lead progress")]
    book, sheet = workbook(lines)
    for number in range(9, 13):
        for column in "ABCDE":
            colour(sheet, f"{column}{number}", "grey")
            sheet[f"{column}{number}"].font = Font(strike=False, color="FF7F7F7F")
    return saved(book), plan


@WORKBOOKS.plan("completed_sheet.xlsx")
def completed_sheet() -> tuple[bytes, list[Row]]:
    """A second sheet of completed actions, and a hidden one with lists for the drop-downs."""
    live = rows(
        "ref action time lead status",
        """
        2.1 | @sharing | December 2015 | WCC | Amber => ask
        2.2 | @data | January 2016 | Police | Green => ask
        2.3 | @liaison | March 2017 => 2017-03-31 | WHT | Red => ask
        2.4 | @camhs | March 2016 | CCG | Amber => ask
        2.5 | @equality | Oct 2015 => 2015-10-31 | WCC | Green => ask
        """,
    )
    done = rows(
        "ref action time lead status",
        """
        1.1 | @group | March 2015 | CCG | => completed
        1.2 | @gap | June 2015 | CCG | => completed
        1.4 | @card | May 2015 | WCC | => completed
        """,
    )
    header = ["Ref", "Action", "Timescale", "Led by", "RAG"]
    book, _ = workbook([header, *grid(live, "ref action time lead status")], name="Live actions")
    fill_in(book.create_sheet("Completed actions"), [header[:4], *grid(done, "ref action time lead")])
    lists = book.create_sheet("Lists")
    fill_in(lists, [["Red"], ["Amber"], ["Green"]])
    lists.sheet_state = "hidden"
    return saved(book), [*live, *done]


@WORKBOOKS.plan("month_dates.xlsx")
def month_dates() -> tuple[bytes, list[Row]]:
    """Excel made days of months: "Mar-15" is 1 March 2015 in the file, the end of March to a reader."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | d:2015-03-01;mmm-yy => 2015-03-31 | CCG
        2 | @gap | d:2015-06-01;mmm-yy => 2015-06-30 | CCG
        3 | @card | d:2015-05-01;mmmm yyyy => 2015-05-31 | WCC
        4 | @control | d:2015-09-01;mmm-yy => 2015-09-30 | Police
        5 | @amhp | d:2015-12-01;mmm-yy => 2015-12-31 | WCC
        6 | @hbpos | d:2016-02-01;mmm yyyy => 2016-02-29 | WPFT
        7 | @survey | Six-monthly | Healthwatch
        8 | @crisisplan | d:2016-03-31;d mmm yyyy | WPFT
        9 | @audit | d:2015-11-06;dd/mm/yy | WPFT
        """,
    )
    book, sheet = workbook([["No", "Action", "Timescale", "Lead"], *grid(plan, "ref action time lead")])
    for number, row in enumerate(plan, start=2):
        if shown := row.shown_as("time"):
            sheet[f"C{number}"].number_format = shown
    return saved(book), plan
