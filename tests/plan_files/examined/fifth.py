"""A fifth set: the shapes of public plans that the reader had not met, written before it read them."""

from __future__ import annotations

from tests.plan_files.examined.files import Word, colour, old_excel, open_sheet, open_text, saved, separated, workbook
from tests.plan_files.examined.kit import Cell, Plans, Row, by_section, grid, rows, with_headings

FIFTH = Plans()
NAMED = ("Raj Patel", "Ngozi Okonjo", "Siân Rhys-Jones", "Tom Baker", "Okonjo", "Rhys-Jones", "07700 900461")


@FIFTH.plan("four_states.xlsx")
def four_states() -> tuple[bytes, list[Row]]:
    """Four states in words beside a colour, sections numbered 1 to 5, a year for the plan."""
    plan = rows(
        "ref action time lead status",
        """
        # 1 | 1. Commissioning to allow earlier intervention and responsive crisis services
        1.1 | @group | Q1 => 2015-06-30 | CCG | Completed
        1.2 | @gap | Q2 => 2015-09-30 | CCG | Underway on timescale => in progress
        # A | 2. Access to support before crisis point
        2.1 | @card | Q1 => 2015-06-30 | WCC | Overdue => in progress or ask
        2.2 | @cafe | Q4 => 2016-03-31 | Westmarch Mind | Not started
        # B | 3. Urgent and emergency access to crisis care
        3.1 | @triage | December 15 | Police | Underway on timescale => in progress
        3.2 | @convey | Ongoing | TRAS | Underway on timescale => in progress
        # C | 4. Quality of treatment and care when in crisis
        4.1 | @restraint | Six-monthly | WPFT | Not started
        # D | 5. Recovery and staying well / preventing future crises
        5.1 | @housing | 2015/16 | WCC | Not started
        """,
    )
    lines: list[list[Cell]] = [["Crisis care action plan: 2015/16 unless otherwise specified"], []]
    lines.append(["No.", "Action", "Timescale", "Led By", "Status"])
    book, _ = workbook([*lines, *with_headings(plan, "ref action time lead status")])
    return saved(book), plan


@FIFTH.plan("two_quarterly_updates.docx")
def quarterly() -> tuple[bytes, list[Row]]:
    """Two columns of updates and a rating whose key is in the text above; a section of its own."""
    plan = rows(
        "ref action time lead q2 q3 status",
        """
        # B | B. Urgent and emergency access to crisis care
        B1 | @control | April 2015 | Police | Post agreed | Nurse in post | Green => completed
        B2 | @protocol | Sept 2015 | WPFT | Draft out | | Amber => in progress
        B3 | @under18 | Ongoing | Police | | None in custody | Amber => in progress
        B4 | @liaison | March 2016 | WHT | | | Red => not started
        # - | Equality Act due regard
        E1 | @equality | June 2015 | WCC | | Published | Green => completed
        E2 | @carers | Quarterly | Healthwatch | | | Amber => in progress
        # D | D. Recovery and staying well
        D1 | @peer | March 2016 | WPFT | | | Red => not started
        D2 | @discharge | Ongoing | WPFT | Audit done | | Amber => in progress
        """,
    )
    word = Word().heading("Westmarch action plan", 0)
    word.paragraph("RAG key: Red = not yet started, Amber = ongoing, Green = completed")
    header = ["Ref", "Action", "Timescale", "Led by", "Q2 Update", "Q3 Update", "RAG"]
    for heading, part in by_section(plan).items():
        word.heading(heading).table([header, *grid(part, "ref action time lead q2 q3 status")])
    return word.saved(), plan


@FIFTH.plan("bold_headings.docx")
def bold_headings() -> tuple[bytes, list[Row]]:
    """Headings that are but bold, an introduction below each, sections of the plan's own among them."""
    plan = rows(
        "ref action lead time",
        """
        # A | A: Access to support before crisis point
        A1 | @spa | WPFT | April 2015
        A2 | @samaritans | Samaritans | Ongoing
        # - | Partnership working
        P1 | @group | CCG | March 2015
        P2 | @sharing | All signatories | Dec 2015
        P3 | @data | Police | Quarterly
        # - | Triage arrangements
        T1 | @triage | Police | December 15
        T2 | @control | Police | Sept 2015
        T3 | @rail | BTP | TBC
        """,
    )
    word = Word()
    for heading, part in by_section(plan).items():
        word.paragraph(heading, bold=True).paragraph("Why this matters to people who use services.")
        lines = grid(part, "ref action lead time")
        word.table([["Action no", "What we will do", "Who", "By when"], *lines])
    return word.saved(), plan


@FIFTH.plan("original_and_revised.xlsx")
def original_and_revised() -> tuple[bytes, list[Row]]:
    """A column of original dates and one of revised ones; some revised within the cell."""
    plan = rows(
        "ref action time revised lead",
        """
        1 | @group | March 2015 | | CCG
        2 | @gap | April 2015 => 2017-04-30 | April 2017 | CCG
        3 | @card | April 2015, Revised date: June 2016 => 2016-06-30 | | WCC
        4 | @triage | December 2015 => 2016-03-31 | Mar 2016 | Police
        5 | @protocol | June 2015 (revised to Sept 2015) => 2015-09-30 | | WPFT
        6 | @liaison | March 2016 | TBC | WHT
        7 | @convey | Ongoing | | TRAS
        8 | @housing | 2015/16 => 2016-12-31 | December 2016 | WCC
        """,
    )
    header = ["Ref", "Action", "Original timescale", "Revised timescale", "Lead"]
    book, _ = workbook([header, *grid(plan, "ref action time revised lead")])
    return saved(book), plan


@FIFTH.plan("milestones_in_cells.docx")
def milestones() -> tuple[bytes, list[Row]]:
    """Several steps in one cell, one of them done."""
    plan = rows(
        "ref action time lead",
        """
        # A |
        A1 | @spa | Feasibility June 2015; live April 2016 => 2016-04-30 | WPFT
        A2 | @cafe | Phase 1 done; phase 2 Oct 2016 => 2016-10-31 | Westmarch Mind
        A3 | @dashboard | Design by June 2015, first report by December 2015 => 2015-12-31 or ask | CCG
        # B |
        B1 | @triage | Pilot April 2015; evaluation December 2015 => 2015-12-31 | Police
        B2 | @hbpos | Phase 1: March 2015, phase 2: March 2016 => 2016-03-31 | WPFT
        B3 | @amhp | September 2015 | WCC
        B4 | @mhfa | Q1-Q3 2015/16 => 2015-12-31 | WCC
        # D |
        D1 | @crisisplan | Within 12 months => 2016-03-31 | WPFT
        """,
    )
    return Word().table([["No.", "Action", "Timescale", "Led By"], *grid(plan, "ref action time lead")]).saved(), plan


@FIFTH.plan("ditto_marks.docx")
def dittos() -> tuple[bytes, list[Row]]:
    """Ditto marks for leads and times; some to be agreed."""
    plan = rows(
        "ref action lead time",
        """
        1 | @group | CCG | March 2015
        2 | @gap | " => ccg | " => 2015-03-31
        3 | @dashboard | As above => ccg | June 2015
        4 | @card | WCC | ditto => 2015-06-30
        5 | @jsna | ” => council | Annual
        6 | @rail | TBC => none | TBC
        7 | @triage | Police | December 15
        8 | @control | ″ => police | as above => 2015-12-31
        9 | @convey | To be agreed => none | Ongoing
        """,
    )
    return Word().table([["No", "Action", "Lead", "When"], *grid(plan, "ref action lead time")]).saved(), plan


@FIFTH.plan("people_in_progress.xlsx", people=NAMED, clean=False)
def people_in_progress() -> tuple[bytes, list[Row]]:
    """Persons all over: in actions, in progress, beside leads."""
    plan = rows(
        "ref action lead time progress",
        """
        1 | @group | CCG (Ngozi Okonjo) => ccg | March 2015 | Chaired by Ngozi Okonjo since May
        2 | @gap | CCG | June 2015 | Discussed with Raj Patel and Siân Rhys-Jones on 3 May
        3 | @card | WCC | May 2015 | Okonjo to print it
        4 | @triage | Insp Tom Baker, Police => police | December 15 | Insp Tom Baker reports weekly
        5 | @control | Police | Sept 2015 | Ring Raj Patel on 07700 900461
        6 | @convey | TRAS | Ongoing | New rota agreed with Hospital and Trust
        7 | @liaison | WHT | March 2016 | Rhys-Jones drafts the business case
        8 | @housing | WCC | 2015/16 | No change
        """,
    )
    header = ["Ref", "Action", "Led by", "Timescale", "Progress"]
    book, _ = workbook([header, *grid(plan, "ref action lead time progress")])
    return saved(book), plan


@FIFTH.plan("joint_bodies.csv", clean=False)
def joint_bodies() -> tuple[bytes, list[Row]]:
    """Bodies that are joint by name, and leads that are."""
    plan = rows(
        "ref action time lead",
        """
        1 | @gap | Q4 2014/15 | Joint Commissioning Team => text or ask
        2 | @group | March 2015 | Joint: CCG and WCC => ccg+council
        3 | @control | April 2015 | CCG & WPFT (joint) => ccg+trust
        4 | @liaison | March 2016 | WHT and WPFT jointly => acute+trust
        5 | @training | 2015/16 | Workforce sub-group (WPFT) => trust
        6 | @sharing | Dec 2015 | All signatories (WCC to co-ordinate) => council or all
        7 | @cafe | Summer 2016 | Westmarch Mind supported by CCG => mind+ccg or mind
        8 | @data | Quarterly | LA/CCG/Police => council+ccg+police
        """,
    )
    return separated([["No.", "Action", "Timescale", "Led By"], *grid(plan, "ref action time lead")]), plan


@FIFTH.plan("tags_in_cells.csv")
def tags() -> tuple[bytes, list[Row]]:
    """A list out of a web system in UTF-16, with tags in its cells."""
    plan = rows(
        "ref action time lead status",
        """
        1 | Set up a <b>crisis group</b> with terms of reference | March 2015 | CCG | Completed
        2 | @gap | June 2015 | CCG | In progress
        3 | Publish the card, see <a href="x">the draft</a> of May | May 2015 | WCC | Completed
        4 | @triage | December 15 | Police | Underway
        5 | <script>alert(1)</script> Agree the ambulance protocol | Ongoing | TRAS | Underway
        6 | @liaison | March 2016 | WHT | Not started
        7 | @restraint | Six-monthly | WPFT | Not started
        8 | @housing | 2015/16 | WCC | Not started
        """,
    )
    lines = grid(plan, "ref action time lead status")
    return separated([["Id", "Action", "Due by", "Lead", "Status"], *lines], encoding="utf-16"), plan


@FIFTH.plan("old_months.xls")
def old_months() -> tuple[bytes, list[Row]]:
    """An old workbook: days in cells, sections as rows, a totals row."""
    plan = rows(
        "ref action time lead rag",
        """
        # A | Section A - Access to support before crisis point
        A1 | @card | d:2015-05-31 | WCC | Green
        A2 | @mhfa | d:2016-03-31 | WCC | Amber
        A3 | @cafe | d:2016-08-31 | Westmarch Mind | Red
        # B | Section B - Urgent and emergency access to crisis care
        B1 | @control | d:2015-04-30 | Police | Green
        B2 | @protocol | d:2015-09-30 | WPFT | Amber
        B3 | @convey | Ongoing | TRAS | Amber
        # D | Section D - Recovery and staying well
        D1 | @crisisplan | d:2016-03-31 | WPFT | Red
        D2 | @housing | d:2016-03-31 | WCC | Red
        """,
    )
    lines = with_headings(plan, "ref action time lead rag")
    return old_excel({"Plan": [["Ref", "Deliverables", "Due by", "Lead agencies", "RAG rating"], *lines]}), plan


@FIFTH.plan("open_sections.odt")
def open_sections() -> tuple[bytes, list[Row]]:
    """LibreOffice: a table under each heading, one of them the plan's own."""
    plan = rows(
        "ref action time lead",
        """
        # 1 | Commissioning
        1.1 | @group | March 2015 | CCG
        1.2 | @jsna | Annual | WCC
        1.3 | @dashboard | Sept 2015 | CCG
        # C | Quality of treatment and care
        4.1 | @training | 2015/16 | WPFT
        4.2 | @restraint | Six-monthly | WPFT
        # - | Children and young people
        6.1 | @camhs | March 2016 | WPFT
        6.2 | @under18 | Ongoing | Police
        6.3 | @perinatal | June 2015 | CCG
        """,
    )
    blocks: list[str | list[list[Cell]]] = []
    for heading, part in by_section(plan).items():
        blocks += [heading, [["No.", "Action", "Timescale", "Led By"], *grid(part, "ref action time lead")]]
    return open_text(blocks), plan  # type: ignore[arg-type]


@FIFTH.plan("shaded_status.xlsx", clean=False)
def shaded() -> tuple[bytes, list[Row]]:
    """The state is but a colour, of which the key stands in coloured cells below the plan."""
    plan = rows(
        "ref action time lead status",
        """
        1 | @group | March 2015 | CCG | G => completed
        2 | @gap | June 2015 | CCG | A => in progress
        3 | @card | May 2015 | WCC | G => completed
        4 | @triage | December 15 | Police | A => in progress
        5 | @convey | Ongoing | TRAS | A => in progress
        6 | @liaison | March 2016 | WHT | R => not started
        7 | @restraint | Six-monthly | WPFT | grey => not going ahead or ask
        8 | @housing | 2015/16 | WCC | R => not started
        """,
    )
    header = ["Ref", "Action", "Timescale", "Lead", "RAG"]
    lines: list[list[Cell]] = [header, *([*line[:4], None] for line in grid(plan, "ref action time lead status"))]
    lines += [
        [],
        ["Key", "Not started"],
        [None, "Ongoing"],
        [None, "Completed"],
        [None, "Removed or absorbed into another"],
    ]
    book, sheet = workbook(lines)
    for number, row in enumerate(plan, start=2):
        colour(sheet, f"E{number}", row.written["status"])
    for number, shade in enumerate(("R", "A", "G", "grey"), start=11):
        colour(sheet, f"A{number}", shade)
    return saved(book), plan


@FIFTH.plan("open_sheet_of_quarters.ods", clean=False)
def quarters() -> tuple[bytes, list[Row]]:
    """Quarters of a year that may be the calendar's or the NHS's."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | Q1 2015 => ask | CCG
        2 | @gap | Q2 2015 => ask | CCG
        3 | @card | Q3 2015 => ask | WCC
        4 | @triage | Q4 2015 => ask | Police
        5 | @convey | Q4 2015/16 => 2016-03-31 | TRAS
        6 | @liaison | Q1 16/17 => 2016-06-30 | WHT
        7 | @restraint | Quarterly | WPFT
        8 | @housing | first quarter of 2016 => ask or 2016-03-31 | WCC
        """,
    )
    return open_sheet({"Plan": [["No.", "Action", "Timescale", "Lead"], *grid(plan, "ref action time lead")]}), plan
