"""Word documents: several tables, headings between, landscape templates, steps within cells."""

from __future__ import annotations

from tests.plan_files.examined.files import Word, open_text
from tests.plan_files.examined.kit import Plans, Row, by_section, grid, rows, with_headings

DOCUMENTS = Plans()
BASE = ["No.", "Action", "Timescale", "Led By", "Outcomes"]


@DOCUMENTS.plan("table_per_section.docx")
def table_per_section() -> tuple[bytes, list[Row]]:
    """A foreword, then a heading and a table for each section."""
    plan = rows(
        "ref action time lead",
        """
        # 1 | Commissioning to allow earlier intervention and responsive crisis services
        1.1 | @group | By end of March 2015 | NHS Westmarch CCG
        1.2 | @gap | By April 2015 | NHS Westmarch CCG
        # A | Access to support before crisis point
        2.1 | @spa | Dec 2015 | Westmarch Partnership NHS Foundation Trust
        2.2 | @mhfa | 2015/16 | Westmarch County Council
        # B | Urgent and emergency access to crisis care
        3.1 | @triage | 31st March 2015 | Westmarch Constabulary
        3.2 | @liaison | March 2016 | Westmarch Hospitals NHS Trust
        3.3 | @convey | Ongoing | Three Rivers Ambulance Service
        # C | Quality of treatment and care when in crisis
        4.1 | @survey | Annually | Healthwatch Westmarch
        # D | Recovery and staying well / preventing future crises
        5.1 | @crisisplan | March 2016 | Westmarch Partnership NHS Foundation Trust
        5.2 | @housing | January 2016 | Westmarch County Council
        """,
    )
    word = Word().heading("Westmarch action plan to enable delivery of shared goals", 0)
    word.paragraph("This plan was agreed by the partners of the local concordat and will be reviewed each quarter.")
    for heading, part in by_section(plan).items():
        word.heading(heading, 2).table([BASE, *grid(part, "ref action time lead outcome")])
    return word.paragraph("For questions write to the partnership office.").saved(), plan


@DOCUMENTS.plan("one_table_section_rows.docx")
def one_table() -> tuple[bytes, list[Row]]:
    """One table; the sections are rows merged across it, in capitals."""
    plan = rows(
        "ref action time lead",
        """
        # 1 | COMMISSIONING TO ALLOW EARLIER INTERVENTION AND RESPONSIVE CRISIS SERVICES
        1 | @group | Mar 2015 | CCG
        2 | @dashboard | Sept 2015 | CCG
        # A | A: ACCESS TO SUPPORT BEFORE CRISIS POINT
        3 | @gp | Apr 2015 => 2015-04-30 | CCG
        4 | @website | Aug 15 => 2015-08-31 | County Council
        # B | B: URGENT AND EMERGENCY ACCESS TO CRISIS CARE
        5 | @protocol | Jun 2015 => 2015-06-30 | Mental Health Trust
        6 | @amhp | Nov 2015 => 2015-11-30 | County Council
        # C | C: QUALITY OF TREATMENT AND CARE WHEN IN CRISIS
        7 | @hbpos | Feb 2016 => 2016-02-29 | Mental Health Trust
        # D | D: RECOVERY AND STAYING WELL / PREVENTING FUTURE CRISES
        8 | @discharge | Weekly => every 1 or none or ask | Mental Health Trust
        """,
    )
    lines = [BASE, *with_headings(plan, "ref action time lead outcome")]
    merged = [(number, 0, number, 4) for number, line in enumerate(lines) if not any(line[1:])]
    return Word().heading("Action plan").table(lines, merged=merged).saved(), plan


@DOCUMENTS.plan("bold_paragraph_headings.docx")
def bold_headings() -> tuple[bytes, list[Row]]:
    """Headings typed in bold, not in a style; the header stands only in the first table."""
    plan = rows(
        "ref action lead time",
        """
        # A | A. Access to support before crisis point
        A1.1 | @spa | WPFT | April 2015
        A1.2 | @card | WCC | May 2015
        A2.1 | @cafe | Westmarch Mind | Summer 2016
        # B | B. Urgent and emergency access to crisis care
        B1.1 | @control | Westmarch Police | Sept 2015
        B1.2 | @camhs | CCG | By Dec 2015
        B2.1 | @custody | Westmarch Police | Completed
        # C | C. Quality of treatment and care when in crisis
        C1.1 | @search | Westmarch Police | July 2015
        C1.2 | @ld | WPFT | March 2016
        # D | D. Recovery and staying well / preventing future crises
        D1.1 | @peer | WPFT | 15-16
        """,
    )
    word = Word().paragraph("WESTMARCH CRISIS CARE CONCORDAT", bold=True).paragraph("Draft 4 for the board")
    header = [["Ref", "Action", "Lead", "When", "Output"]]
    for heading, part in by_section(plan).items():
        word.paragraph(heading, bold=True).table([*header, *grid(part, "ref action lead time outcome")])
        header = []
    return word.saved(), plan


@DOCUMENTS.plan("cover_tables.docx")
def cover_tables() -> tuple[bytes, list[Row]]:
    """Document control, distribution and abbreviations are tables too, but hold no actions."""
    plan = rows(
        "ref action time lead",
        """
        1001 | @group | March 2015 | CCG
        1002 | @jsna | Annual | WCC
        1003 | @spa | 2016/17 => 2017-03-31 | WPFT
        1004 | @sharing | End of 2015 => 2015-12-31 or ask | All signatories
        1005 | @hbpos | Mid 2016 => 2016-06-30 or ask | WPFT
        1006 | @dual | early 2016 => ask or 2016-03-31 or 2016-04-30 | WPFT
        1007 | @learn | Quarterly | All partners
        1008 | @advocacy | tbc | WCC
        """,
    )
    word = Word().heading("Document control")
    word.table(
        [["Version", "Date", "Author"], ["0.1", "12/01/2015", "Partnership office"], ["1.0", "31/03/2015", "Board"]]
    )
    word.heading("Abbreviations").table([["CCG", "Clinical Commissioning Group"], ["WPFT", "Westmarch Partnership"]])
    word.heading("The plan").table(
        [["Number", "Deliverables", "Timeframe", "Lead"], *grid(plan, "ref action time lead")]
    )
    word.heading("Membership").table([["Organisation", "Role"], ["WCC", "Chair"], ["Mind", "Member"]])
    return word.saved(), plan


@DOCUMENTS.plan("action_blocks.docx")
def outcomes_first() -> tuple[bytes, list[Row]]:
    """The local order of columns: focus, what we want to achieve, the action, by whom, when; no references."""
    plan = rows(
        "ref action lead time",
        """
        # 1 | Commissioning to allow earlier intervention
        | @pathway | NHS Westmarch CCG | June 2015
        | @bed | NHS Westmarch CCG | March 2016
        | @suicide | Westmarch County Council | December 2015
        # B | Urgent and emergency access to crisis care
        | @triage | Westmarch Police | Oct-15 => 2015-10-31
        | @frequent | Westmarch Hospitals NHS Trust | January 2016
        | @transport | NHS Westmarch CCG | 1 April 2016 => 2016-04-01
        # D | Recovery and staying well
        | @housing | Westmarch County Council | 30/9/15 => 2015-09-30
        | @carers | Healthwatch Westmarch | on-going => every 12
        """,
    )
    word = Word().heading("Westmarch crisis care: what we will do")
    for heading, part in by_section(plan).items():
        word.heading(heading, 2)
        word.table([["Desired outcome", "What we will do", "Who", "When"], *grid(part, "outcome action lead time")])
    return word.saved(), plan


@DOCUMENTS.plan("refresh_2015.docx")
def refresh() -> tuple[bytes, list[Row]]:
    """The refresh of October 2015: progress and RAG shaded in the cell, key above the table."""
    plan = rows(
        "ref action time lead progress status",
        """
        # 1 | 1. Commissioning to allow earlier intervention and responsive crisis services
        1.1 | @group | March 2015 | CCG | Group meets every second month. | G => completed
        1.2 | @gap | June 2015 | CCG | Report went to the HWB on 14 July 2015. | G => completed
        1.3 | @data | Dec 2015 | Police | Agreed in principle; first return due January. | A => in progress
        # A | 2. Access to support before crisis point
        2.1 | @spa | April 2016 => 2016-04-30 | WPFT | Business case to board in November. | A => in progress
        2.2 | @cafe | Summer 2016 | Westmarch Mind | No funding found yet. | R => not started
        # B | 3. Urgent and emergency access to crisis care
        3.1 | @control | Sept 2015 | Police | Live since 7 September 2015. | G => completed
        3.2 | @amhp | Sept 2015 | WCC | Rota under consultation. | A => in progress
        # D | 5. Recovery and staying well / preventing future crises
        5.1 | @crisisplan | March 2016 | WPFT | | R => not started
        """,
    )
    word = Word().heading("Refreshed action plan, October 2015")
    word.paragraph("RAG key: Red = not started; Amber = in progress; Green = completed")
    header = ["No.", "Action", "Timescale", "Led By", "Outcomes", "Summary progress against actions", "RAG"]
    lines = [header, *with_headings(plan, "ref action time lead outcome progress status")]
    word.table(lines)
    for number, line in enumerate(lines):
        if line[6] in ("R", "A", "G"):
            word.shade(number, 6, str(line[6]))
    return word.saved(), plan


@DOCUMENTS.plan("two_actions_in_a_cell.docx", clean=False)
def lines_in_cells() -> tuple[bytes, list[Row]]:
    """Line breaks within cells: a lead on each line, a date and its remark, words broken by hand."""
    plan = rows(
        "ref action lead time",
        r"""
        1:a | @group | CCG\nPolice => ccg+police | March 2015
        1:b | @gap | CCG | June\n2015 => 2015-06-30
        2:a | @card | WCC\nHealthwatch => council+healthwatch | May 2015\n(printed by) => 2015-05-31 or ask
        2:b | @mhfa | WCC | Ongoing
        3:a | @protocol | WPFT\nPolice\nTRAS => trust+police+ambulance | By end of\nJune 2015 => 2015-06-30
        3:b | @convey | TRAS | April 2015 \n\n Revised date: April 2017 => 2017-04-30
        3:c | @amhp | WCC | September\u00a02015 => 2015-09-30
        4:a | @restraint | WPFT | Six\nmonthly => every 6
        """.replace("\\u00a0", "\u00a0"),
    )
    header = ["No.", "Action", "Led\nby", "Time-\nscale"]
    return Word().table([header, *grid(plan, "ref action lead time")]).saved(), plan


@DOCUMENTS.plan("merged_down.docx")
def merged_down() -> tuple[bytes, list[Row]]:
    """The section stands in the first column, merged down over its actions."""
    plan = rows(
        "ref action time lead",
        """
        # A | A. Access to support before crisis point
        1 | @spa | April 2015 | WPFT
        2 | @card | May 2015 | WCC
        3 | @gp | June 2015 | CCG
        # B | B. Urgent and emergency access to crisis care
        4 | @triage | Dec 2015 | Police
        5 | @convey | Ongoing | TRAS
        6 | @liaison | March 2016 | WHT
        # C | C. Quality of treatment and care when in crisis
        7 | @survey | Annual | Healthwatch
        8 | @training | 2015/16 | WPFT
        """,
    )
    lines, merged, seen = [["Theme", "No", "Action", "Timescale", "Lead"]], [], 1
    for heading, part in by_section(plan).items():
        merged.append((seen, 0, seen + len(part) - 1, 0))
        for number, line in enumerate(grid(part, "ref action time lead")):
            lines.append([heading if number == 0 else None, *line])
        seen += len(part)
    return Word().heading("Plan on a page").table(lines, merged=merged).saved(), plan


@DOCUMENTS.plan("libreoffice.odt")
def libreoffice() -> tuple[bytes, list[Row]]:
    """A document of LibreOffice with a table below each heading."""
    plan = rows(
        "ref action time lead",
        """
        # A | Access to support before crisis point
        2.1 | @samaritans | Ongoing | Samaritans
        2.2 | @website | 30 April 2015 => 2015-04-30 | County Council
        2.3 | @mhfa | Q2 2015/16 => 2015-09-30 | County Council
        # B | Urgent and emergency access to crisis care
        3.1 | @under18 | 1st April 2015 => 2015-04-01 | Police
        3.2 | @custody | Q3 15/16 => 2015-12-31 | Police
        3.3 | @nhs111 | Q1-Q3 2015/16 => 2015-12-31 | CCG
        # C | Quality of treatment and care when in crisis
        4.1 | @audit | Every quarter => every 3 | Mental Health Trust
        4.2 | @search | winter 2015/16 => 2016-02-29 | Police
        """,
    )
    blocks: list[object] = ["Westmarch Crisis Care Action Plan"]
    for heading, part in by_section(plan).items():
        blocks += [heading, [BASE, *grid(part, "ref action time lead outcome")]]
    return open_text(blocks), plan


@DOCUMENTS.plan("footnotes_below.docx")
def footnotes() -> tuple[bytes, list[Row]]:
    """Footnotes in rows that are merged across the table, below its last action."""
    plan = rows(
        "ref action time lead",
        """
        # 1 | COMMISSIONING
        A | @gap | March 2015¹ => 2015-03-31 | CCG
        B | @dashboard | Completed | CCG
        # A | SUPPORT BEFORE CRISIS POINT
        C | @website | By Dec 2015² => 2015-12-31 | WCC
        D | @samaritans | TBC | Samaritans
        # B | URGENT & EMERGENCY ACCESS
        E | @liaison | 15 July 2015 => 2015-07-15 | WHT
        F | @convey | December 2015¹ => 2015-12-31 | TRAS
        # D | PREVENTING FUTURE CRISES
        G | @housing | 15-16 | WCC
        H | @peer | March 2016 | WPFT
        """,
    )
    notes = ["1 Subject to the funding decision of NHS England", "2 Date agreed at the steering group of 4/3/15"]
    lines = [["Ref", "Action", "Timescale", "Lead"], *with_headings(plan, "ref action time lead")]
    lines += [[note, None, None, None] for note in notes]
    merged = [(number, 0, number, 3) for number, line in enumerate(lines) if not any(line[1:])]
    return Word().heading("Plan").table(lines, merged=merged).saved(), plan
