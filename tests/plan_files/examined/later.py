"""A second set, written after the first had been read well: shapes that are rougher, or rarer."""

from __future__ import annotations

from tests.plan_files.examined.files import Word, fill_in, open_text, saved, workbook
from tests.plan_files.examined.kit import Cell, Plans, Row, by_section, grid, rows, with_headings

LATER = Plans()


@LATER.plan("year_per_sheet.xlsx")
def year_per_sheet() -> tuple[bytes, list[Row]]:
    """A sheet for each year under the same header; a blank line, a logo's place and a title above."""
    first = rows(
        "ref action time lead status",
        """
        1 | @group | March 2015 | CCG | Complete
        2 | @gap | March 2015 | CCG | Complete
        3 | @card | Feb 2015 => 2015-02-28 | WCC | Complete
        4 | @triage | Jan 2015 => 2015-01-31 | Westmarch Police | Complete
        """,
    )
    second = rows(
        "ref action time lead status",
        """
        5 | @spa | Sept 2015 | WPFT | In progress
        6 | @liaison | March 2016 | WHT | In progress
        7 | @convey | Ongoing | TRAS | In progress
        8 | @housing | March 2016 | WCC | Not started
        """,
    )
    header: list[Cell] = ["No", "Actions", "Timeframe", "Lead Agency", "Status"]
    book, _ = workbook(
        [[], [], ["Crisis Care Concordat 2014/15"], [], header, *grid(first, "ref action time lead status")],
        name="2014-15",
    )
    fill_in(
        book.create_sheet("2015-16"),
        [[], [], ["Crisis Care Concordat 2015/16"], [], header, *grid(second, "ref action time lead status")],
    )
    return saved(book), [*first, *second]


@LATER.plan("heading_inside_table.docx")
def heading_inside() -> tuple[bytes, list[Row]]:
    """Each section's table has its heading as a merged first row, above the header."""
    plan = rows(
        "ref action time lead",
        """
        # 1 | Section 1: Commissioning to allow earlier intervention and responsive crisis services
        1.1 | @group | 31 March 2015 => 2015-03-31 | CCG
        1.2 | @jsna | Annually | WCC
        # A | Section 2: Access to support before crisis point
        2.1 | @spa | 1st April 2016 => 2016-04-01 | WPFT
        2.2 | @gp | End May 2015 => 2015-05-31 | CCG
        2.3 | @cafe | Summer 2016 | Westmarch Mind
        # B | Section 3: Urgent and emergency access to crisis care
        3.1 | @protocol | End of June 2015 => 2015-06-30 | WPFT
        3.2 | @control | Sept-15 => 2015-09-30 | Westmarch Police
        # C | Section 4: Quality of treatment and care when in crisis
        4.1 | @survey | twice a year => every 6 | Healthwatch
        # D | Section 5: Recovery and staying well
        5.1 | @peer | Q4 2015/16 => 2016-03-31 | WPFT
        """,
    )
    word = Word().heading("Westmarch plan")
    for heading, part in by_section(plan).items():
        lines = [[heading], ["No.", "Action", "Timescale", "Led By", "Outcomes"]]
        word.table([*lines, *grid(part, "ref action time lead outcome")], merged=[(0, 0, 0, 4)]).paragraph("")
    return word.saved(), plan


@LATER.plan("gap_analysis.docx")
def gap_analysis() -> tuple[bytes, list[Row]]:
    """A gap analysis: the standard, where we are now, what we need to do."""
    plan = rows(
        "outcome progress action lead time",
        """
        # B | B. Urgent and emergency access to crisis care
        People get help at once | Helpline to 5 pm | @spa | WPFT | March 2016
        Ambulances convey | Half by police car | @convey | TRAS | December 2015
        Nobody in cells | Ten a month | @under18 | Westmarch Police | April 2015
        AMHPs come in time | Eight hours | @amhp | WCC | Sept 2015
        # C | C. Quality of treatment and care when in crisis
        A decent place | Closed at night | @hbpos | WPFT | October 2015
        Staff are trained | One course a year | @training | WPFT | 2015/16
        People are asked | Not done | @survey | Healthwatch | Annual
        # D | D. Recovery and staying well
        No return to crisis | No shared plans | @crisisplan | WPFT | March 2016
        """,
    )
    header = ["Concordat standard", "Where are we now?", "What do we need to do?", "Who", "By when"]
    lines = [header, *with_headings(plan, "outcome progress action lead time")]
    return Word().heading("Gap analysis and action plan").table(lines).saved(), plan


@LATER.plan("number_in_the_text.docx")
def number_in_text() -> tuple[bytes, list[Row]]:
    """No column for numbers: the action begins with its own."""
    plan = rows(
        "ref action time lead",
        """
        # A | Access to support before crisis point
        1.1 | @spa | April 2015 | WPFT
        1.2 | @card | May 2015 | WCC
        1.3 | @mhfa | 15/16 => 2016-03-31 | WCC
        # B | Urgent and emergency access to crisis care
        2.1 | @triage | Dec 2015 | Police
        2.2 | @custody | March 2016 | Police
        2.3 | @nhs111 | July 2015 | CCG
        2.4 | @transport | Jan 2016 => 2016-01-31 | CCG
        # D | Recovery and staying well
        3.1 | @discharge | Ongoing | WPFT
        """,
    )
    word = Word()
    for heading, part in by_section(plan).items():
        lines: list[list[Cell]] = [["Action", "Timescale", "Lead"]]
        lines += [[f"{row.cell('ref')} {row.cell('action')}", row.cell("time"), row.cell("lead")] for row in part]
        word.heading(heading, 2).table(lines)
    return word.saved(), plan


PEOPLE = ("Jo Hartley", "Hartley", "Mike Osei", "Osei", "Lucy Tran", "Tran", "Bloggs", "j.hartley@westmarchccg.nhs.uk")


@LATER.plan("lead_and_officer.xlsx", people=PEOPLE)
def lead_and_officer() -> tuple[bytes, list[Row]]:
    """The body in one column, its officer in the next; some officers stand with their body too."""
    plan = rows(
        "ref action lead officer time",
        """
        1 | @group | CCG | Jo Hartley | March 2015
        2 | @gap | CCG | j.hartley@westmarchccg.nhs.uk | June 2015
        3 | @triage | Police (Insp Bloggs) => police | Insp Bloggs | December 2015
        4 | @control | Westmarch Police | Ch. Insp. Mike Osei | Sept 2015
        5 | @hbpos | WPFT | Lucy Tran, Head of Crisis Services | October 2015
        6 | @protocol | WPFT | Lucy Tran / Mike Osei | June 2015
        7 | @card | WCC | tbc | May 2015
        8 | @housing | WCC | | March 2016
        """,
    )
    header = ["Ref", "Action", "Lead organisation", "Lead officer", "Timescale"]
    return saved(workbook([header, *grid(plan, "ref action lead officer time")])[0]), plan


@LATER.plan("key_in_the_footer.xlsx")
def key_in_footer() -> tuple[bytes, list[Row]]:
    """Letters, and one line below that explains them; who agreed it, and when."""
    plan = rows(
        "ref action time lead status",
        """
        # A | A. Access to support before crisis point
        A1 | @spa | April 2015 | WPFT | B => completed
        A2 | @card | May 2015 | WCC | B => completed
        A3 | @cafe | Summer 2016 | Westmarch Mind | R => in progress
        # B | B. Urgent and emergency access to crisis care
        B1 | @control | Sept 2015 | Police | G => in progress
        B2 | @convey | Ongoing | TRAS | A => in progress
        B3 | @rail | TBC | BTP | R => in progress
        # C | C. Quality of treatment and care when in crisis
        C1 | @restraint | Quarterly | WPFT | G => in progress
        C2 | @search | June 2015 | Police | B => completed
        """,
    )
    lines = [["Ref", "Action", "Timescale", "Lead", "RAG"], *with_headings(plan, "ref action time lead status")]
    lines += [[], ["Key: Blue = complete, Green = on track, Amber = at risk, Red = off track"]]
    lines += [["Agreed by the Crisis Care Group"], ["Date: 3 June 2015"], ["Next review: December 2015"]]
    return saved(workbook(lines)[0]), plan


@LATER.plan("numbers_as_numbers.xlsx")
def numbers_as_numbers() -> tuple[bytes, list[Row]]:
    """References that are numbers in the sheet, days that are days, words beside them; section rows in the action."""
    plan = rows(
        "ref action time lead",
        """
        # A | Access to support before crisis point
        1.1 | @spa | d:2015-04-30 | WPFT
        1.2 | @card | d:2015-05-31 | WCC
        1.3 | @website | Ongoing | WCC
        # B | Urgent and emergency access to crisis care
        2.1 | @triage | d:2015-12-31 | Police
        2.2 | @amhp | tbc | WCC
        2.3 | @liaison | d:2016-03-31 | WHT
        # D | Recovery and staying well
        3.1 | @peer | d:2016-02-29 | WPFT
        3.2 | @discharge | Monthly | WPFT
        """,
    )
    lines: list[list[object]] = [["Ref", "Action", "Due date", "Lead"]]
    for heading, part in by_section(plan).items():
        lines.append([None, heading])
        lines += [[float(str(row.cell("ref"))), *grid([row], "action time lead")[0]] for row in part]
    return saved(workbook(lines)[0]), plan


@LATER.plan("phases_in_cells.odt")
def phases() -> tuple[bytes, list[Row]]:
    """Several steps with their dates in one cell, on lines of their own."""
    plan = rows(
        "ref action time lead",
        r"""
        # 1 | 1. Commissioning to allow earlier intervention
        1.1 | @pathway | Draft: June 2015\nFinal: December 2015 => 2015-12-31 | CCG
        1.2 | @dashboard | Phase 1 June 2015\nPhase 2 March 2016 => 2016-03-31 | CCG
        # B | 3. Urgent and emergency access to crisis care
        3.1 | @hbpos | Business case - May 2015; build - March 2016 => 2016-03-31 | WPFT
        3.2 | @control | Pilot from April 2015, evaluate October 2015 => 2015-10-31 or ask | Police
        3.3 | @protocol | Agreed by end of June 2015, training by Dec 2015 => 2015-12-31 | WPFT
        3.4 | @sharing | Start: April 2015\nEnd: September 2015 => 2015-09-30 | All partners
        3.5 | @amhp | Apr 15 - Mar 16 => 2016-03-31 | WCC
        3.6 | @convey | Apr-Sept 2015 => 2015-09-30 | TRAS
        """,
    )
    blocks: list[object] = []
    for heading, part in by_section(plan).items():
        blocks += [heading, [["No.", "Action", "Timescale", "Led by"], *grid(part, "ref action time lead")]]
    return open_text(blocks), plan


@LATER.plan("drawn_table.txt", pasted=True)
def drawn() -> tuple[bytes, list[Row]]:
    """Copied out of an email: cells parted by lines."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | March 2015 | CCG
        2 | @gap | June 2015 | CCG
        3 | @card | May 2015 | WCC
        4 | @control | Sept 2015 | Police
        5 | @convey | Ongoing | TRAS
        6 | @liaison | March 2016 | WHT
        7 | @restraint | Six-monthly | WPFT
        8 | @housing | 2015/16 | WCC
        """,
    )
    lines = [["No.", "Action", "Timescale", "Led By"], *grid(plan, "ref action time lead")]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines).encode(), plan


@LATER.plan("update_below_each_action.xlsx")
def update_below() -> tuple[bytes, list[Row]]:
    """Below each action a merged line with its update."""
    plan = rows(
        "ref action time lead",
        """
        1.1 | @group | March 2015 | CCG
        1.2 | @gap | June 2015 | CCG
        2.1 | @spa | April 2015 | WPFT
        2.2 | @card | May 2015 | WCC
        3.1 | @triage | December 2015 | Police
        3.2 | @liaison | March 2016 | WHT
        4.1 | @survey | Annually | Healthwatch
        5.1 | @housing | 2015/16 | WCC
        """,
    )
    lines: list[list[Cell]] = [["Ref", "Action", "Timescale", "Lead"]]
    for number, line in enumerate(grid(plan, "ref action time lead"), start=1):
        lines += [line, [f"Update June 2015: discussed at the meeting of the crisis group, item {number}."]]
    book, sheet = workbook(lines)
    for number in range(3, len(lines) + 1, 2):
        sheet.merge_cells(f"A{number}:D{number}")
    return saved(book), plan
