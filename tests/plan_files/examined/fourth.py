"""A fourth set, to see how the reader does with what it was not mended for."""

from __future__ import annotations

from tests.plan_files.examined.files import Word, colour, old_excel, open_sheet, saved, separated, workbook
from tests.plan_files.examined.kit import Cell, Plans, Row, by_section, grid, rows, with_headings

FOURTH = Plans()


@FOURTH.plan("bullets_in_actions.docx")
def bullets() -> tuple[bytes, list[Row]]:
    """Actions of several bullets, updates dated within the cell."""
    plan = rows(
        "ref objective action lead time progress status",
        r"""
        1.1 | Board | Set up a group:\n• agree terms\n• elect a chair | CCG | March 2015 | group has met | Complete
        1.2 | Governance | @dashboard | CCG | Sept 2015 | May 15 – measures agreed | In progress
        2.1 | Access | Review access:\n1. map services\n2. report | WPFT | 31 July 2015 => 2015-07-31 | | Not started
        2.2 | Access | @card | WCC | End May 15 => 2015-05-31 | Printed | Complete
        3.1 | Response | @control | Police | Sep-15 => 2015-09-30 | Post advertised | In progress
        3.2 | Response | @liaison | WHT | Mar 2016 => 2016-03-31 | | Not started
        4.1 | Quality | @survey | Healthwatch | Annual | Draft questions | In progress
        5.1 | Recovery | @housing | WCC | Mar-16 => 2016-03-31 | | Not started
        """,
    )
    header = ["Ref", "Objective", "Action(s)", "Lead", "Target date", "Progress", "Status"]
    lines = grid(plan, "ref objective action lead time progress status")
    return Word().heading("Delivery plan").table([header, *lines]).saved(), plan


@FOURTH.plan("wrapped_rows.csv")
def wrapped() -> tuple[bytes, list[Row]]:
    """Long actions go on in the next row."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | March 2015 | CCG
        2 | Carry out a review of the crisis pathway for all ages and report its findings to the board | June 2015 | CCG
        3 | @card | May 2015 | WCC
        4 | Recruit nurses to the control room so that officers have advice seven days a week | Sept 2015 | Police
        5 | @convey | Ongoing | TRAS
        6 | @liaison | March 2016 | WHT
        7 | @restraint | Quarterly | WPFT
        8 | @housing | 2015/16 | WCC
        """,
    )
    lines: list[list[Cell]] = [["No.", "Action", "Timescale", "Lead"]]
    for ref, action, time, lead in grid(plan, "ref action time lead"):
        words = str(action).split()
        if len(words) > 13:
            lines += [[ref, " ".join(words[:9]), time, lead], [None, " ".join(words[9:]), None, None]]
        else:
            lines.append([ref, action, time, lead])
    return separated(lines), plan


@FOURTH.plan("kinds_of_bodies.csv", clean=False)
def kinds() -> tuple[bytes, list[Row]]:
    """Bodies by their kind, some of which are parts of the council or unknown."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | March 2015 | Clinical Commissioning Group => ccg
        2 | @jsna | Annual | Public Health => council or ask
        3 | @amhp | Sept 2015 | Adult Social Care => council or ask
        4 | @camhs | March 2016 | Children's Services => council or ask
        5 | @gp | June 2015 | GPs => text or ask
        6 | @liaison | March 2016 | Acute Hospital => acute
        7 | @convey | Ongoing | Ambulance Trust => ambulance
        8 | @triage | December 2015 | Police Force => police
        9 | @pathway | June 2015 | Police & Crime Commissioner => pcc
        10 | @hbpos | October 2015 | Mental Health Provider => trust
        11 | @jsna | Annual | Local Authority => council
        12 | @nhs111 | July 2015 | NHS 111 => text or ask
        """,
    )
    return separated([["No.", "Action", "Timescale", "Lead agencies"], *grid(plan, "ref action time lead")]), plan


@FOURTH.plan("parts_of_sections.xlsx")
def parts() -> tuple[bytes, list[Row]]:
    """The template's parts stand as rows below each section."""
    plan = rows(
        "part ref action time lead",
        """
        # A | A. Access to support before crisis point
        A1. Early intervention | A1.1 | @spa | April 2015 | WPFT
        A1. Early intervention | A1.2 | @card | May 2015 | WCC
        A2. Access to and experience of mental health services | A2.1 | @cafe | Summer 2016 | Westmarch Mind
        # B | B. Urgent and emergency access to crisis care
        B1. People in crisis are vulnerable | B1.1 | @triage | December 2015 | Police
        B1. People in crisis are vulnerable | B1.2 | @convey | Ongoing | TRAS
        B2. Equal access | B2.1 | @equality | Sept 2015 | WCC
        # C | C. Quality of treatment and care when in crisis
        C1. Services meet the needs of people in crisis | C1.1 | @hbpos | October 2015 | WPFT
        # D | D. Recovery and staying well
        D1. Joint planning | D1.1 | @crisisplan | March 2016 | WPFT
        """,
    )
    lines: list[list[Cell]] = [["Ref", "Action", "By when", "Led by"]]
    heading = part = ""
    for row in plan:
        if row.heading != heading:
            heading = row.heading
            lines.append([heading])
        if row.written["part"] != part:
            part = row.written["part"]
            lines.append([part])
        lines += grid([row], "ref action time lead")
    book, sheet = workbook(lines)
    for number, line in enumerate(lines, start=1):
        if len(line) == 1:
            sheet.merge_cells(f"A{number}:D{number}")
    return saved(book), plan


@FOURTH.plan("numbers_begin_again.docx")
def begin_again() -> tuple[bytes, list[Row]]:
    """Each section counts from 1."""
    plan = rows(
        "ref action time lead",
        """
        # A | Access to support before crisis point
        1 => 1 or ask | @spa | April 2015 | WPFT
        2 => 2 or ask | @card | May 2015 | WCC
        3 => 3 or ask | @gp | June 2015 | CCG
        # B | Urgent and emergency access to crisis care
        1 => 1 or ask | @triage | December 2015 | Police
        2 => 2 or ask | @convey | Ongoing | TRAS
        3 => 3 or ask | @liaison | March 2016 | WHT
        # D | Recovery and staying well
        1 => 1 or ask | @housing | 2015/16 | WCC
        2 => 2 or ask | @peer | March 2016 | WPFT
        """,
    )
    word = Word()
    for heading, part in by_section(plan).items():
        word.heading(heading, 1).table([["No", "Action", "When", "Who"], *grid(part, "ref action time lead")])
    return word.saved(), plan


@FOURTH.plan("serial_numbers.csv", clean=False)
def serials() -> tuple[bytes, list[Row]]:
    """Some days lost their format on the way and are numbers."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | 42094 => 2015-03-31 or ask | CCG
        2 | @gap | 42185 => 2015-06-30 or ask | CCG
        3 | @card | 31-May-15 => 2015-05-31 | WCC
        4 | @triage | 1-Dec-15 => 2015-12-01 | Police
        5 | @convey | On-going | TRAS
        6 | @liaison | 31-Mar-16 => 2016-03-31 | WHT
        7 | @restraint | Monthly | WPFT
        8 | @housing | 42460 => 2016-03-31 or ask | WCC
        """,
    )
    return separated([["Ref", "Action", "Target Date", "Lead"], *grid(plan, "ref action time lead")]), plan


@FOURTH.plan("status_rag_column.ods")
def status_rag() -> tuple[bytes, list[Row]]:
    """One column "Status (RAG)" with words and colours, a remark column behind."""
    plan = rows(
        "ref action time lead status progress",
        """
        1 | @group | March 2015 | CCG | Complete | Meets every second month
        2 | @gap | June 2015 | CCG | Complete | Report received
        3 | @card | May 2015 | WCC | Green => ask | Printed
        4 | @triage | December 2015 | Police | Amber => ask | Pilot
        5 | @convey | Ongoing | TRAS | Amber => ask | Monthly figures
        6 | @liaison | March 2016 | WHT | Red => ask | No money
        7 | @restraint | Six-monthly | WPFT | Not started |
        8 | @housing | 2015/16 | WCC | Red => ask |
        """,
    )
    header = ["No", "Action", "Timescale", "Lead", "Status (RAG)", "Comments"]
    return open_sheet({"Plan": [header, *grid(plan, "ref action time lead status progress")]}), plan


@FOURTH.plan("carried_forward.xls")
def carried_forward() -> tuple[bytes, list[Row]]:
    """Local headings that are no sections: carried forward, new, closed."""
    plan = rows(
        "ref action time lead status",
        """
        # - | Actions carried forward from 2014/15
        1 | @spa | Sept 2015 | WPFT | => none
        2 | @amhp | Sept 2015 | WCC | => none
        3 | @convey | Ongoing | TRAS | => none
        # - | New actions for 2015/16
        4 | @cafe | Summer 2016 | Mind | => none
        5 | @peer | March 2016 | WPFT | => none
        6 | @dual | Jan 2016 => 2016-01-31 | WPFT | => none
        # - | Closed actions
        7 | @group | March 2015 | CCG | => completed or ask
        8 | @card | May 2015 | WCC | => completed or ask
        """,
    )
    lines = [["No.", "Action", "Timescale", "Lead"], *with_headings(plan, "ref action time lead")]
    return old_excel({"Sheet1": lines}), plan


@FOURTH.plan("coloured_bars.xlsx")
def coloured_bars() -> tuple[bytes, list[Row]]:
    """A calendar drawn with fills, the quarter's names above the months."""
    plan = rows(
        "ref action lead time",
        """
        1 | @group | CCG | June 2015
        2 | @gap | CCG | September 2015
        3 | @card | WCC | May 2015
        4 | @triage | Police | December 2015
        5 | @convey | TRAS | Ongoing
        6 | @liaison | WHT | March 2016
        7 | @survey | Healthwatch | Annually
        8 | @housing | WCC | March 2016
        """,
    )
    months = ["Apr-15", "May-15", "Jun-15", "Jul-15", "Aug-15", "Sep-15"]
    lines = [["Ref", "Action", "Lead", "Deadline", *months], *grid(plan, "ref action lead time")]
    book, sheet = workbook(lines)
    for number in range(2, 10):
        for column in "EFG"[: number % 3 + 1]:
            colour(sheet, f"{column}{number}", "B")
    return saved(book), plan


@FOURTH.plan("lead_in_brackets.docx", people=("Sarah", "Smith", "Jones"))
def lead_in_brackets() -> tuple[bytes, list[Row]]:
    """A body with its part or its post behind it."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | March 2015 | CCG (Mental Health Commissioner) => ccg
        2 | @gap | June 2015 | CCG – Mental Health Commissioning => ccg
        3 | @card | May 2015 | WCC Communications Team => council
        4 | @triage | December 2015 | Westmarch Police – Strategic Lead for Mental Health => police
        5 | @convey | Ongoing | TRAS Operations Manager => ambulance
        6 | @liaison | March 2016 | WHT A&E Department => acute
        7 | @restraint | Six-monthly | WPFT Director of Nursing => trust
        8 | @amhp | Sept 2015 | WCC (AMHP Lead) => council
        9 | @peer | March 2016 | WPFT - Sarah => trust
        10 | @custody | March 2016 | Police - PC 1234 Smith => police
        11 | @bed | March 2016 | CCG with Sarah Jones => ccg
        """,
    )
    return Word().table([["No", "Action", "Timescale", "Led By"], *grid(plan, "ref action time lead")]).saved(), plan
