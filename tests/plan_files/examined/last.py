"""A third set: noise around the plan, spellings of days, two ratings, references that a spreadsheet spoilt."""

from __future__ import annotations

from datetime import date

from tests.plan_files.examined.files import Word, fill_in, old_excel, saved, separated, workbook
from tests.plan_files.examined.kit import Cell, Plans, Row, by_section, grid, rows, with_headings

LAST = Plans()
PEOPLE = ("Anna Kowalski", "Kowalski", "Dev Patel", "Patel", "anna.k@westmarch.gov.uk")


@LAST.plan("spacers_and_spans.xlsx")
def spacers() -> tuple[bytes, list[Row]]:
    """Empty columns as spacers, the action merged over two columns, line breaks in the headings."""
    plan = rows(
        "ref action time lead",
        """
        # A | A: Access to support before crisis point (4 actions)
        A1 | @spa | April 2015 | WPFT
        A2 | @card | May 2015 | WCC
        A3 | @gp | June 2015 | CCG
        A4 | @veterans | Dec 2015 | CCG
        # B | B: Urgent and emergency access to crisis care (4 actions)
        B1 | @triage | December 2015 | Police
        B2 | @convey | Ongoing | TRAS
        B3 | @amhp | Sept 2015 | WCC
        B4 | @dual | March 2016 | WPFT
        """,
    )
    lines: list[list[Cell]] = [
        ["Ref", None, "Proposed\nlocal actions", None, None, "Time-\nscale", None, "Lead\n(agency)"]
    ]
    for heading, part in by_section(plan).items():
        lines.append([heading])
        for ref, action, time, lead in grid(part, "ref action time lead"):
            lines.append([ref, None, action, None, None, time, None, lead])
    book, sheet = workbook(lines)
    for number, line in enumerate(lines, start=1):
        if len(line) > 2:
            sheet.merge_cells(f"C{number}:D{number}")
    return saved(book), plan


@LAST.plan("two_ratings.docx")
def two_ratings() -> tuple[bytes, list[Row]]:
    """A rating for October and one for January: the later one holds."""
    plan = rows(
        "ref action time lead before status",
        """
        1 | @group | March 2015 | CCG | Green | Green => completed
        2 | @gap | June 2015 | CCG | Amber | Green => completed or ask
        3 | @card | May 2015 | WCC | Amber | Green => completed or ask
        4 | @triage | December 2015 | Police | Red | Amber => in progress or ask
        5 | @convey | Ongoing | TRAS | Amber | Amber => in progress
        6 | @liaison | March 2016 | WHT | Red | Red => not started
        7 | @restraint | Six-monthly | WPFT | Red | Amber => in progress or ask
        8 | @housing | 2015/16 | WCC | Red | Red => not started
        """,
    )
    word = Word().heading("Action plan").paragraph("RAG key: Red = not started, Amber = in progress, Green = completed")
    header = ["No.", "Action", "Timescale", "Led by", "RAG Oct 2015", "RAG Jan 2016"]
    return word.table([header, *grid(plan, "ref action time lead before status")]).saved(), plan


@LAST.plan("spellings_of_days.csv")
def spellings() -> tuple[bytes, list[Row]]:
    """One day in many spellings, and days near it."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | 30/06/15 => 2015-06-30 | CCG
        2 | @gap | 30-Jun-15 => 2015-06-30 | CCG
        3 | @card | June '15 => 2015-06-30 | WCC
        4 | @triage | Jun-2015 => 2015-06-30 | Police
        5 | @convey | 30th of June 2015 => 2015-06-30 | TRAS
        6 | @liaison | June 30th 2015 => 2015-06-30 | WHT
        7 | @restraint | Tuesday 30 June 2015 => 2015-06-30 | WPFT
        8 | @housing | w/e 26 June 2015 => 2015-06-26 | WCC
        9 | @peer | no later than 30 June 2015 => 2015-06-30 | WPFT
        10 | @bed | On or before 30.06.2015 => 2015-06-30 | WPFT
        11 | @audit | 2015-06-30 => 2015-06-30 | WPFT
        12 | @jsna | Q1 (April to June 2015) => 2015-06-30 | WCC
        13 | @data | June/July 2015 => 2015-07-31 | Police
        14 | @learn | by the end of the second quarter 2015/16 => 2015-09-30 | WPFT
        15 | @search | Jul 15 => 2015-07-31 | Police
        16 | @website | 1st half of 2015/16 => 2015-09-30 | WCC
        """,
    )
    return separated([["No", "Action", "Timescale", "Lead"], *grid(plan, "ref action time lead")]), plan


@LAST.plan("marked_leads.docx")
def marked_leads() -> tuple[bytes, list[Row]]:
    """Who leads is marked among several."""
    plan = rows(
        "ref action time lead",
        r"""
        1 | @group | March 2015 | CCG (lead)\nWCC\nPolice => ccg+council+police
        2 | @gap | June 2015 | CCG - lead, WPFT => ccg+trust
        3 | @card | May 2015 | Lead agency: WCC => council
        4 | @triage | December 2015 | Police (lead) with WPFT => police+trust
        5 | @convey | Ongoing | TRAS supported by Police => ambulance+police
        6 | @liaison | March 2016 | Joint: WHT and WPFT => acute+trust
        7 | @restraint | Six-monthly | WPFT in partnership with Police => trust+police
        8 | @housing | 2015/16 | WCC/CCG jointly => council+ccg
        """,
    )
    return Word().table([["No", "Action", "Timescale", "Led By"], *grid(plan, "ref action time lead")]).saved(), plan


@LAST.plan("year_in_the_heading.xlsx")
def year_in_heading() -> tuple[bytes, list[Row]]:
    """The heading of the column says for which year its quarters are."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | Q1 => 2015-06-30 | CCG
        2 | @gap | Q2 => 2015-09-30 | CCG
        3 | @card | Q1 => 2015-06-30 | WCC
        4 | @triage | Q3 => 2015-12-31 | Police
        5 | @convey | Ongoing | TRAS
        6 | @liaison | Q4 => 2016-03-31 | WHT
        7 | @restraint | March 2017 => 2017-03-31 | WPFT
        8 | @housing | Q4 => 2016-03-31 | WCC
        """,
    )
    header = ["No", "Action", "Timescale (2015/16 unless otherwise stated)", "Lead"]
    return saved(workbook([header, *grid(plan, "ref action time lead")])[0]), plan


@LAST.plan("references_as_days.xlsx", clean=False)
def references_as_days() -> tuple[bytes, list[Row]]:
    """Excel took 1.2 for a day."""
    plan = rows(
        "ref action time lead",
        """
        1.1 => 1.1 or ask | @group | March 2015 | CCG
        1.2 => 1.2 or ask | @gap | June 2015 | CCG
        1.3 => 1.3 or ask | @card | May 2015 | WCC
        2.1 => 2.1 or ask | @triage | December 2015 | Police
        2.2 => 2.2 or ask | @convey | Ongoing | TRAS
        2.3 => 2.3 or ask | @liaison | March 2016 | WHT
        3.1 => 3.1 or ask | @restraint | Six-monthly | WPFT
        3.2 => 3.2 or ask | @housing | 2015/16 | WCC
        """,
    )
    lines: list[list[object]] = [["Ref", "Action", "Timescale", "Lead"]]
    for row in plan:
        day, month = str(row.cell("ref")).split(".")
        lines.append([date(2015, int(month), int(day)), *grid([row], "action time lead")[0]])
    book, sheet = workbook([])
    for line in lines:
        sheet.append(line)
    for number in range(2, 10):
        sheet[f"A{number}"].number_format = "d.m"
    return saved(book), plan


@LAST.plan("yes_and_no.xls")
def yes_and_no() -> tuple[bytes, list[Row]]:
    """A column "Completed? (Y/N)"."""
    plan = rows(
        "ref action time lead status",
        """
        1 | @group | March 2015 | CCG | Y => completed
        2 | @gap | June 2015 | CCG | Y => completed
        3 | @card | May 2015 | WCC | Yes => completed
        4 | @triage | December 2015 | Police | N => in progress or not started or none or ask
        5 | @convey | Ongoing | TRAS | N => in progress or not started or none or ask
        6 | @liaison | March 2016 | WHT | No => in progress or not started or none or ask
        7 | @restraint | Six-monthly | WPFT | => none
        8 | @housing | 2015/16 | WCC | N => in progress or not started or none or ask
        """,
    )
    header = ["No", "Action", "Timescale", "Lead", "Completed? (Y/N)"]
    return old_excel({"Plan": [header, *grid(plan, "ref action time lead status")]}), plan


@LAST.plan("semicolons_pasted.txt", pasted=True)
def semicolons_pasted() -> tuple[bytes, list[Row]]:
    """Pasted with semicolons between the cells."""
    plan = rows(
        "ref action time lead",
        """
        1.1 | @group | March 2015 | CCG
        1.2 | @gap | June 2015 | CCG
        1.3 | @card | May 2015 | WCC
        2.1 | @control | Sept 2015 | Police
        2.2 | @convey | Ongoing | TRAS
        2.3 | @liaison | March 2016 | WHT
        3.1 | @restraint | Six-monthly | WPFT
        3.2 | @housing | 2015/16 | WCC
        """,
    )
    lines = [["No.", "Action", "Timescale", "Led By"], *grid(plan, "ref action time lead")]
    return "\n".join(";".join(map(str, line)) for line in lines).encode(), plan


@LAST.plan("dashboard_and_risks.xlsx", people=PEOPLE)
def dashboard_and_risks() -> tuple[bytes, list[Row]]:
    """A summary of numbers before the plan, risks and members behind it: none of their rows is an action."""
    plan = rows(
        "ref action time lead status",
        """
        # A | A. Access to support before crisis point
        A1 | @spa | April 2015 | WPFT | Green => ask
        A2 | @card | May 2015 | WCC | Green => ask
        A3 | @cafe | Summer 2016 | Mind | Red => ask
        # B | B. Urgent and emergency access to crisis care
        B1 | @triage | December 2015 | Police | Amber => ask
        B2 | @convey | Ongoing | TRAS | Amber => ask
        B3 | @liaison | March 2016 | WHT | Red => ask
        # D | D. Recovery and staying well
        D1 | @housing | 2015/16 | WCC | Amber => ask
        D2 | @peer | March 2016 | WPFT | Amber => ask
        """,
    )
    book, _ = workbook(
        [["Summary"], ["RAG", "Number of actions"], ["Red", 2], ["Amber", 4], ["Green", 2], ["Total", 8]],
        name="Summary",
    )
    sheet = book.create_sheet("Action plan")
    fill_in(sheet, [["Ref", "Action", "Timescale", "Lead", "RAG"], *with_headings(plan, "ref action time lead status")])
    fill_in(
        book.create_sheet("Risks"),
        [["Risk", "Mitigation", "Owner", "RAG"], ["Money runs out", "Bid to NHS England", "CCG", "Red"]],
    )
    fill_in(
        book.create_sheet("Members"),
        [
            ["Name", "Organisation", "Email"],
            ["Anna Kowalski", "WCC", "anna.k@westmarch.gov.uk"],
            ["Dev Patel", "CCG", None],
        ],
    )
    return saved(book), plan


@LAST.plan("wordy_sections.docx")
def wordy_sections() -> tuple[bytes, list[Row]]:
    """Sections called themes, standards and areas, by number and by letter."""
    plan = rows(
        "ref action time lead",
        """
        # 1 | Concordat Theme 1 – Commissioning
        1.1 | @group | March 2015 | CCG
        1.2 | @gap | June 2015 | CCG
        # A | Concordat Theme 2 – Access to support before crisis point
        2.1 | @spa | April 2015 | WPFT
        2.2 | @card | May 2015 | WCC
        # B | Concordat Theme 3 – Urgent and emergency access to crisis care
        3.1 | @triage | December 2015 | Police
        3.2 | @convey | Ongoing | TRAS
        # C | Concordat Theme 4 – Quality of treatment and care when in crisis
        4.1 | @survey | Annual | Healthwatch
        # D | Concordat Theme 5 – Recovery and staying well
        5.1 | @housing | 2015/16 | WCC
        5.2 | @peer | March 2016 | WPFT
        # - | Theme 6 – Equality
        6.1 | @equality | Sept 2015 | WCC
        """,
    )
    lines = [["No.", "Action", "Timescale", "Led By"], *with_headings(plan, "ref action time lead")]
    merged = [(number, 0, number, 3) for number, line in enumerate(lines) if not any(line[1:])]
    return Word().table(lines, merged=merged).saved(), plan
