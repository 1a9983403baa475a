"""A sixth set, like the fifth: who leads where, references, pastes, and tables without order."""

from __future__ import annotations

from tests.plan_files.examined.files import Word, colour, open_sheet, saved, separated, workbook
from tests.plan_files.examined.kit import Plans, Row, by_section, grid, rows, with_headings

SIXTH = Plans()
NAMED = ("Aoife Brennan", "Dev Malhotra", "Brennan", "Kirk Osei", "Osei")


@SIXTH.plan("lettered_parts.docx", people=NAMED, clean=False)
def lettered() -> tuple[bytes, list[Row]]:
    """Actions with parts 1:a, 1:b; only persons lead; complete and ongoing."""
    plan = rows(
        "ref action time lead comment",
        """
        1 | @group | March 2015 | Aoife Brennan => ask or text | Complete and ongoing => ask
        1:a | Convene the group | March 2015 | Aoife Brennan & Kirk Osei, CCG => ccg or ask | Complete
        1:b | Confirm its membership | 26th May 2015 => 2015-05-26 | Aoife Brennan, CCG => ccg | Complete
        1:c | Secure clinical leadership of the group | March 2015 | CCG | Dr Dev Malhotra chairs
        2 | @gap | June 2015 | CCG | In progress
        2:a | Agree the questions of the analysis with carers | April 2015 | Healthwatch | Complete
        3 | @card | May 2015 | WCC | Complete
        3:a | Print cards in four languages | June 2015 | WCC | Not started
        """,
    )
    header = ["No.", "Action", "Timescale", "Led By", "RAG/Comments"]
    return Word().heading("Action plan").table([header, *grid(plan, "ref action time lead comment")]).saved(), plan


@SIXTH.plan("lead_and_footprint.xlsx")
def footprints() -> tuple[bytes, list[Row]]:
    """One column for who leads and for where."""
    plan = rows(
        "ref action time lead",
        r"""
        1 | @jsna | Annual | WCC (county-wide) => council
        2 | @triage | December 15 | Police\nForce-wide => police
        3 | @control | April 2015 | Police - Westmarch only => police
        4 | @spa | April 2016 => 2016-04-30 | WPFT (county-wide) => trust
        5 | @convey | Ongoing | TRAS; regional => ambulance
        6 | @rail | TBC | BTP - national => btp
        7 | @cafe | Summer 2016 | Westmarch Mind (Oakfield) => mind
        8 | @liaison | March 2016 | WHT => acute
        """,
    )
    header = ["Ref", "Action", "Timescale", "Lead Agency + Footprint"]
    book, _ = workbook([header, *grid(plan, "ref action time lead")])
    return saved(book), plan


@SIXTH.plan("national_list.xlsx")
def national_list() -> tuple[bytes, list[Row]]:
    """Start, finish, highlights and status, as the national partners keep their list."""
    plan = rows(
        "ref action start time lead highlights status",
        """
        # 1 | 1. Commissioning to allow earlier intervention and responsive crisis services
        1.1 | @jsna | Within annual cycle | Ongoing | WCC | Survey made | COMPLETE
        1.2 | @data | April 2014 | March 2015 | Police | Data agreed | COMPLETE
        1.3 | @group | Feb 2014 | Completed | CCG | | COMPLETE
        # A | 2. Access to support before crisis point
        2.1 | @gp | June 2014 | June 2015 | CCG | Draft | Ongoing => in progress
        2.2 | @website | Jan 2015 | Ongoing | WCC | | Ongoing => in progress
        # B | 3. Urgent and emergency access to crisis care
        3.1 | @protocol | Jan 2015 | Sept 2015 | WPFT | | Not started
        3.2 | @convey | Oct 2014 | Ongoing | TRAS | | Ongoing => in progress
        3.3 | @nhs111 | Mar 2015 | July 2015 | NHS England | | Not started
        """,
    )
    header = ["Action ref. no.", "Action text from Crisis Care Concordat", "Start date", "Finish date"]
    header += ["Lead Organisation", "Highlights and Achievements", "Status"]
    lines = with_headings(plan, "ref action start time lead highlights status")
    book, _ = workbook([header, *lines])
    return saved(book), plan


@SIXTH.plan("moved_to_appendix.docx")
def appendix() -> tuple[bytes, list[Row]]:
    """Done actions in an appendix, which says so in its heading alone."""
    plan = rows(
        "ref action time lead status",
        """
        # B | B. Urgent and emergency access to crisis care
        B1 | @triage | December 15 | Police | => none
        B2 | @protocol | Sept 2015 | WPFT | => none
        B3 | @convey | Ongoing | TRAS | => none
        B4 | @amhp | September 2015 | WCC | => none
        # B | Appendix 1: Completed actions
        B5 | @control | April 2015 | Police | => completed
        B6 | @under18 | March 2015 | Police | => completed
        B7 | @search | May 2015 | Police | => completed
        B8 | @data | June 2015 | Police | => completed
        """,
    )
    word = Word()
    for heading, part in by_section(plan).items():
        word.heading(heading).table([["No.", "Action", "Timescale", "Led By"], *grid(part, "ref action time lead")])
    return word.saved(), plan


@SIXTH.plan("pasted_plan.txt", pasted=True)
def pasted() -> tuple[bytes, list[Row]]:
    """A table pasted out of a document: tabs, line breaks within quotation marks."""
    plan = rows(
        "ref action time lead status",
        r"""
        1 | Agree winter beds\nand who opens them | Nov-Dec 2015 => 2015-12-31 | CCG | On track => in progress
        2 | @card | May 2015 | WCC | Completed
        3 | @triage | December 15 | Police | In progress
        4 | @convey | ongoing | TRAS | In progress
        5 | @liaison | by March 2016 => 2016-03-31 | WHT | Not started
        6 | @restraint | six monthly => every 6 | WPFT | Not started
        7 | @survey | twice a year => every 6 | Healthwatch | Not started
        8 | @housing | end of March 2016 => 2016-03-31 | WCC | Not started
        """,
    )
    lines = [["Ref", "Action", "Timescale", "Led by", "Status"], *grid(plan, "ref action time lead status")]
    return separated(lines, delimiter="\t", encoding="utf-8"), plan


@SIXTH.plan("priority_and_status.xlsx")
def priority_and_status() -> tuple[bytes, list[Row]]:
    """One column for priority and status, one of national must-dos."""
    plan = rows(
        "ref action must time lead status",
        """
        1 | @group | Yes | March 2015 | CCG | High - Completed => completed
        2 | @gap | | June 2015 | CCG | Medium - In progress => in progress
        3 | @card | | May 2015 | WCC | Low - Completed => completed
        4 | @triage | Yes | December 15 | Police | High - In progress => in progress
        5 | @convey | | Ongoing | TRAS | Medium - In progress => in progress
        6 | @liaison | Yes | March 2016 | WHT | High - Not started => not started
        7 | @restraint | | Six-monthly | WPFT | Low - Not started => not started
        8 | @housing | | 2015/16 | WCC | Medium - Not started => not started
        """,
    )
    header = ["Ref", "Action", "National must do", "Timescale", "Lead", "Priority & status"]
    book, _ = workbook([header, *grid(plan, "ref action must time lead status")])
    return saved(book), plan


@SIXTH.plan("merged_sections.ods")
def merged_sections() -> tuple[bytes, list[Row]]:
    """The section in the first column of every row."""
    plan = rows(
        "section action time lead outcome",
        """
        A. Access to support before crisis point => A | @card | May 2015 | WCC
        A. Access to support before crisis point => A | @cafe | Summer 2016 | Westmarch Mind
        B. Urgent and emergency access => B | @triage | December 15 | Police
        B. Urgent and emergency access => B | @control | April 2015 | Police
        B. Urgent and emergency access => B | @convey | Ongoing | TRAS
        C. Quality of treatment and care => C | @restraint | Six-monthly | WPFT
        D. Recovery and staying well => D | @housing | 2015/16 | WCC
        D. Recovery and staying well => D | @discharge | Ongoing | WPFT
        """,
    )
    header = ["Theme", "Proposed local actions", "Timeframe", "Lead agencies", "Outputs"]
    return open_sheet({"Plan": [header, *grid(plan, "section action time lead outcome")]}), plan


@SIXTH.plan("leads_with_others.docx")
def leads_with_others() -> tuple[bytes, list[Row]]:
    """ "Lead X, working with Y and Z", over several lines."""
    plan = rows(
        "ref action time lead",
        r"""
        1 | @group | March 2015 | Lead: CCG\nWorking with: WCC, Police => ccg+council+police
        2 | @control | April 2015 | CCG, in partnership with WPFT => ccg+trust
        3 | @triage | December 15 | Police working with TRAS and WPFT => police+ambulance+trust
        4 | @samaritans | Ongoing | Samaritans (lead), Police, TRAS => samaritans+police+ambulance
        5 | @sharing | Dec 2015 | All
        6 | @mhfa | 15-16 | WCC supported by Westmarch Mind => council+mind
        7 | @rail | TBC | BTP
        8 | @survey | Twice yearly | Healthwatch with input from all partners => healthwatch or all
        """,
    )
    return Word().table([["No.", "Action", "Timescale", "Led By"], *grid(plan, "ref action time lead")]).saved(), plan


@SIXTH.plan("sheet_for_each_section.xlsx")
def sheet_for_each() -> tuple[bytes, list[Row]]:
    """A sheet for each section, a cover and a list of contacts."""
    plan = rows(
        "ref action time lead",
        """
        # A | A Access to support
        A1 | @card | May 2015 | WCC
        A2 | @cafe | Summer 2016 | Westmarch Mind
        A3 | @gp | June 2015 | CCG
        # B | B Urgent access
        B1 | @triage | December 15 | Police
        B2 | @control | April 2015 | Police
        B3 | @convey | Ongoing | TRAS
        # D | D Recovery
        D1 | @housing | 2015/16 | WCC
        D2 | @peer | March 2016 | WPFT
        """,
    )
    book, cover = workbook([["Westmarch crisis care concordat"], ["Version 3"]], name="Cover")
    assert cover.title == "Cover"
    for heading, part in by_section(plan).items():
        sheet = book.create_sheet(heading)
        for line in [["Ref", "Action", "Timescale", "Lead"], *grid(part, "ref action time lead")]:
            sheet.append(line)
    contacts = book.create_sheet("Contacts")
    for line in (["Organisation", "Telephone"], ["WPFT", "01632 960000"], ["CCG", "01632 960001"]):
        contacts.append(line)
    return saved(book), plan


@SIXTH.plan("whole_rows_coloured.xlsx", clean=False)
def whole_rows() -> tuple[bytes, list[Row]]:
    """Whole rows in a colour, of which no key tells; struck through what was taken out."""
    plan = rows(
        "ref action time lead status",
        """
        1 | @group | March 2015 | CCG | G => ask
        2 | @gap | June 2015 | CCG | A => ask
        3 | @card | May 2015 | WCC | G => ask
        4 | @triage | December 15 | Police | A => ask
        5 | @convey | Ongoing | TRAS | A => ask
        6 | @liaison | March 2016 | WHT | R => ask
        7 | @restraint | Six-monthly | WPFT | R => ask
        8 | @housing | 2015/16 | WCC | R => ask
        """,
    )
    book, sheet = workbook([["No.", "Action", "Timescale", "Lead"], *grid(plan, "ref action time lead")])
    for number, row in enumerate(plan, start=2):
        for column in "ABCD":
            colour(sheet, f"{column}{number}", row.written["status"])
    return saved(book), plan


@SIXTH.plan("without_headings.csv", clean=False)
def without_headings() -> tuple[bytes, list[Row]]:
    """A table of which somebody forgot the headings."""
    plan = rows(
        "ref action time lead",
        """
        # A |
        A1 | @card | May 2015 => 2015-05-31 or ask | WCC => council or ask
        A2 | @cafe | Summer 2016 => 2016-08-31 or ask | Westmarch Mind => mind or ask
        # B |
        B1 | @triage | December 15 => 2015-12-31 or ask | Police => police or ask
        B2 | @control | April 2015 => 2015-04-30 or ask | Police => police or ask
        B3 | @convey | Ongoing => every 12 or ask | TRAS => ambulance or ask
        # C |
        C1 | @restraint | Six-monthly => every 6 or ask | WPFT => trust or ask
        # D |
        D1 | @housing | 2015/16 => 2016-03-31 or ask | WCC => council or ask
        D2 | @discharge | Ongoing => every 12 or ask | WPFT => trust or ask
        """,
    )
    return separated(grid(plan, "ref action time lead")), plan
