"""The rest of the second set: letters, objectives, questions as headings, colours, slipped days, ragged lines."""

from __future__ import annotations

from datetime import date

from tests.plan_files.examined.files import Word, colour, old_excel, saved, separated, workbook
from tests.plan_files.examined.kit import Cell, Plans, Row, by_section, grid, rows

LATER_STILL = Plans()


@LATER_STILL.plan("letters_only.csv")
def letters_only() -> tuple[bytes, list[Row]]:
    """No headings at all; the letters of the references tell the sections."""
    plan = rows(
        "section ref action time lead",
        """
        => A | A1 | @spa | April 2015 | WPFT
        => A | A2 | @card | May 2015 | WCC
        => A | A3 | @cafe | Summer 2016 | Westmarch Mind
        => B | B1 | @triage | December 2015 | Police
        => B | B2 | @convey | Ongoing | TRAS
        => B | B3 | @liaison | March 2016 | WHT
        => C | C1 | @restraint | Quarterly | WPFT
        => D | D1 | @housing | March 2016 | WCC
        => D | D2 | @peer | 2015/16 | WPFT
        """,
    )
    lines = [["REF", "ACTION", "TIMESCALE", "LEAD AGENCY"], *grid(plan, "ref action time lead")]
    return separated([[*line, None, None] for line in lines]), plan


@LATER_STILL.plan("objective_and_action.xlsx")
def objective_and_action() -> tuple[bytes, list[Row]]:
    """An objective beside each action, merged over those that serve it."""
    plan = rows(
        "objective ref action lead time",
        """
        Earlier help | 1 | @spa | WPFT | April 2015
        Earlier help | 2 | @card | WCC | May 2015
        Earlier help | 3 | @gp | CCG | June 2015
        Better response | 4 | @triage | Police | December 2015
        Better response | 5 | @convey | TRAS | On-going
        Better response | 6 | @amhp | WCC | Sept 2015
        Fewer crises | 7 | @crisisplan | WPFT | March 2016
        Fewer crises | 8 | @housing | WCC | March 2016
        """,
    )
    header = ["Objective", "No", "Action", "Responsible organisation", "Deadline"]
    book, sheet = workbook([header, *grid(plan, "objective ref action lead time")])
    for top, bottom in ((2, 4), (5, 7), (8, 9)):
        for number in range(top + 1, bottom + 1):
            sheet[f"A{number}"] = None
        sheet.merge_cells(f"A{top}:A{bottom}")
    return saved(book), plan


@LATER_STILL.plan("questions_as_headings.docx")
def questions() -> tuple[bytes, list[Row]]:
    """Headings that ask: what, how, who, when, how will we know."""
    plan = rows(
        "action lead time outcome",
        """
        # A | Access to support before crisis point
        @spa | Westmarch Partnership NHS Foundation Trust | By April 2015 | Calls answered
        @website | Westmarch County Council | By end May 2015 => 2015-05-31 | Page is live
        @samaritans | Samaritans | Ongoing | Referrals
        # B | Urgent and emergency access to crisis care
        @protocol | Westmarch Partnership NHS Foundation Trust | June 2015 | Protocol signed
        @control | Westmarch Constabulary | September 2015 | Nurse in post
        @camhs | NHS Westmarch CCG | by December 2015 => 2015-12-31 | Hours extended
        # D | Recovery and staying well
        @housing | Westmarch County Council | During 2015/16 => 2016-03-31 | Pathway agreed
        @peer | Westmarch Partnership NHS Foundation Trust | Throughout 2015/16 => 2016-03-31 or ask | Six
        """,
    )
    word = Word().heading("What we will do together")
    header = ["What will we do?", "Who will lead it?", "When will it be done?", "How will we know?"]
    for heading, part in by_section(plan).items():
        word.heading(heading, 2).table([header, *grid(part, "action lead time outcome")])
    return word.saved(), plan


@LATER_STILL.plan("rag_with_words.xls")
def rag_with_words() -> tuple[bytes, list[Row]]:
    """The colour and the reason in one cell."""
    plan = rows(
        "ref action time lead status",
        """
        1 | @group | March 2015 | CCG | Green - complete => completed
        2 | @gap | June 2015 | CCG | Green - complete => completed
        3 | @card | May 2015 | WCC | GREEN: Completed => completed
        4 | @triage | December 2015 | Police | Amber - in progress => in progress
        5 | @convey | Ongoing | TRAS | Amber - ongoing => in progress
        6 | @liaison | March 2016 | WHT | Red - not started => not started
        7 | @restraint | Six-monthly | WPFT | Amber (in progress) => in progress
        8 | @housing | 2015/16 | WCC | Red: not yet started => not started
        """,
    )
    header = ["No.", "Action", "Timescale", "Led by", "RAG status"]
    return old_excel({"Plan": [header, *grid(plan, "ref action time lead status")]}), plan


@LATER_STILL.plan("appendix_of_completed.docx")
def appendix() -> tuple[bytes, list[Row]]:
    """Completed actions in an appendix of their own, with the day on which each was done."""
    live = rows(
        "ref action time lead",
        """
        # A | A. Access to support before crisis point
        A2 | @cafe | Summer 2016 | Westmarch Mind
        A3 | @mhfa | 2015/16 | WCC
        # B | B. Urgent and emergency access to crisis care
        B2 | @amhp | Sept 2015 | WCC
        B4 | @liaison | March 2016 | WHT
        """,
    )
    done = rows(
        "ref action lead done status",
        """
        A1 | @card | WCC | 29 May 2015 | => completed
        B1 | @triage | Police | 31/03/2015 | => completed
        B3 | @protocol | WPFT | June 2015 | => completed
        C1 | @search | Police | 12.06.15 | => completed
        """,
    )
    done = [Row(str(row.written["ref"])[0], "", row.written, row.expected) for row in done]
    word = Word().heading("Westmarch action plan, refreshed October 2015")
    for heading, part in by_section(live).items():
        word.heading(heading, 2).table([["Ref", "Action", "Timescale", "Led by"], *grid(part, "ref action time lead")])
    word.heading("Appendix 1: Completed actions", 1)
    word.table([["Ref", "Action", "Led by", "Date completed"], *grid(done, "ref action lead done")])
    return word.saved(), [*live, *done]


@LATER_STILL.plan("short_section_names.xlsx")
def short_names() -> tuple[bytes, list[Row]]:
    """The template's sections in one or two words, merged down the first column."""
    plan = rows(
        "ref action time lead",
        """
        # 1 | Commissioning
        1 | @group | March 2015 | CCG
        2 | @gap | June 2015 | CCG
        # A | Access to support
        3 | @spa | April 2015 | WPFT
        4 | @card | May 2015 | WCC
        # B | Urgent & emergency access
        5 | @triage | December 2015 | Police
        6 | @convey | Ongoing | TRAS
        # C | Quality of treatment
        7 | @survey | Annually | Healthwatch
        # D | Recovery
        8 | @housing | 2015/16 | WCC
        9 | @peer | March 2016 | WPFT
        """,
    )
    lines: list[list[Cell]] = [["Area", "Ref", "Action", "By when", "Lead"]]
    spans, number = [], 2
    for heading, part in by_section(plan).items():
        spans.append((number, number + len(part) - 1))
        lines += [[heading if at == 0 else None, *line] for at, line in enumerate(grid(part, "ref action time lead"))]
        number += len(part)
    book, sheet = workbook(lines)
    for top, bottom in spans:
        if bottom > top:
            sheet.merge_cells(f"A{top}:A{bottom}")
    return saved(book), plan


@LATER_STILL.plan("slipped.xlsx", published=date(2016, 1, 31))
def slipped() -> tuple[bytes, list[Row]]:
    """Dates that slipped, in words within the cell."""
    plan = rows(
        "ref action time lead",
        r"""
        1 | @spa | Sept 2015 - slipped to April 2016 => 2016-04-30 | WPFT
        2 | @card | May 2015 | WCC
        3 | @control | was June 2015, now January 2016 => 2016-01-31 | Police
        4 | @amhp | September 2015 (extended to March 2016) => 2016-03-31 | WCC
        5 | @hbpos | October 2015\nRevised: October 2016 => 2016-10-31 | WPFT
        6 | @sharing | Dec 2015 (revised from June 2015) => 2015-12-31 | WCC
        7 | @bed | March 2016 | WPFT
        8 | @liaison | April 2015 > April 2016 => 2016-04-30 or ask | WHT
        """,
    )
    return saved(workbook([["No", "Action", "Timescale", "Lead"], *grid(plan, "ref action time lead")])[0]), plan


@LATER_STILL.plan("goes_on_without_header.docx")
def goes_on() -> tuple[bytes, list[Row]]:
    """A table cut in two by a page: the second part has no header."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | March 2015 | CCG
        2 | @gap | June 2015 | CCG
        3 | @spa | April 2015 | WPFT
        4 | @card | May 2015 | WCC
        5 | @triage | December 2015 | Police
        6 | @convey | Ongoing | TRAS
        7 | @liaison | March 2016 | WHT
        8 | @housing | 2015/16 | WCC
        """,
    )
    lines = grid(plan, "ref action time lead outcome")
    word = Word().heading("Plan").table([["No.", "Action", "Timescale", "Led By", "Outcomes"], *lines[:4]])
    return word.paragraph("").table(lines[4:]).saved(), plan


@LATER_STILL.plan("ragged.csv")
def ragged() -> tuple[bytes, list[Row]]:
    """Lines of different lengths, empty lines, spaces around everything, quotes in the text."""
    plan = rows(
        "ref action time lead status",
        """
        1.1 | @group | March 2015 | CCG | Complete
        1.2 | Agree a "no wrong door" policy, with all agencies | June 2015 | CCG |
        1.3 | @card | May 2015 | WCC | Complete
        2.1 | @triage | December 2015 | Police | Underway
        2.2 | @convey | Ongoing | |
        2.3 | @liaison | | |
        3.1 | @restraint | Six-monthly | WPFT | Underway
        3.2 | @housing | 2015/16 | WCC |
        """,
    )
    lines: list[list[Cell]] = [[" Ref ", "Action ", " Timescale", "Lead ", "Progress status"], []]
    for line in grid(plan, "ref action time lead status"):
        while line and line[-1] is None:
            line.pop()
        lines += [[f" {cell or ''} " for cell in line], []]
    return separated(lines, encoding="cp1252"), plan


@LATER_STILL.plan("coloured_rows.xlsx")
def coloured_rows() -> tuple[bytes, list[Row]]:
    """Whole rows are coloured; a legend above says what that means."""
    plan = rows(
        "ref action time lead status",
        """
        1 | @group | March 2015 | CCG | => completed
        2 | @gap | June 2015 | CCG | => completed
        3 | @card | May 2015 | WCC | => in progress
        4 | @triage | December 2015 | Police | => in progress
        5 | @convey | Ongoing | TRAS | => in progress
        6 | @liaison | March 2016 | WHT | => not started
        7 | @restraint | Six-monthly | WPFT | => not started
        8 | @housing | 2015/16 | WCC | => not started
        """,
    )
    lines: list[list[Cell]] = [["Crisis care plan"], ["Completed"], ["In progress"], ["Not started"], []]
    lines += [["No", "Action", "Timescale", "Lead"], *grid(plan, "ref action time lead")]
    book, sheet = workbook(lines)
    shades = {"completed": "G", "in progress": "A", "not started": "R"}
    for number, shade in ((2, "G"), (3, "A"), (4, "R")):
        colour(sheet, f"A{number}", shade)
    for number, row in enumerate(plan, start=7):
        for column in "ABCD":
            colour(sheet, f"{column}{number}", shades[row.expected["status"]])
    return saved(book), plan


@LATER_STILL.plan("everybody_leads.xlsx", clean=False)
def everybody() -> tuple[bytes, list[Row]]:
    """Everybody, nobody, groups and boards."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | March 2015 | All
        2 | @gap | June 2015 | ALL PARTNERS => all
        3 | @card | May 2015 | All signatories (WCC to co-ordinate) => all or council or all+council
        4 | @triage | December 2015 | Street Triage Steering Group => text
        5 | @convey | Ongoing | HWB => text
        6 | @liaison | March 2016 | TBC => none or text or ask
        7 | @restraint | Six-monthly | Each agency => all
        8 | @housing | 2015/16 | Crisis Concordat Group => text
        9 | @peer | March 2016 | n/a => none or text or ask
        10 | @bed | March 2016 | Commissioners => ccg or ask
        """,
    )
    return saved(workbook([["No", "Action", "Timescale", "Lead"], *grid(plan, "ref action time lead")])[0]), plan
