"""An eighth set, written down before any of it was read: what is written in the cells, and files of other programs."""

from __future__ import annotations

from tests.plan_files import raw
from tests.plan_files.examined.files import Word, colour, fill_in, old_excel, open_sheet, open_text, saved, separated, workbook
from tests.plan_files.examined.kit import Plans, Row, by_section, grid, rows, with_headings

EIGHTH = Plans()
NAMED = ("Priya Nair", "Nair", "Tom Ashworth", "Ashworth", "Lindsey Okafor", "Okafor")


@EIGHTH.plan("quarters_in_every_way.xlsx", clean=False)
def quarters() -> tuple[bytes, list[Row]]:
    """Quarters and halves of years as people write them."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | Q3 FY15/16 => 2015-12-31 | CCG
        2 | @gap | Qtr 2 2015-16 => 2015-09-30 | CCG
        3 | @card | 2nd quarter 2015/16 => 2015-09-30 | WCC
        4 | @triage | end of Q3 15/16 => 2015-12-31 | Police
        5 | @control | Q1-Q2 2015/16 => 2015-09-30 | Police
        6 | @convey | 2015/16 Q4 => 2016-03-31 | TRAS
        7 | @liaison | Quarter 4 (Jan - Mar 2016) => 2016-03-31 | WHT
        8 | @restraint | Q3 (Oct-Dec) 2015 => 2015-12-31 or ask | WPFT
        9 | @housing | H1 2015/16 => 2015-09-30 or ask | WCC
        10 | @peer | Q2 2016 => ask | WPFT
        11 | @rail | Third quarter of 2015 => ask | BTP
        12 | @survey | Q4 => ask or 2016-03-31 | Healthwatch
        """,
    )
    book, _ = workbook([["No.", "Action", "Timescale", "Led by"], *grid(plan, "ref action time lead")])
    return saved(book), plan


@EIGHTH.plan("days_in_words.docx", clean=False)
def in_words() -> tuple[bytes, list[Row]]:
    """Days as people write them in sentences."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | 31st of March, 2015 => 2015-03-31 | CCG
        2 | @gap | No later than 30 June 2015 => 2015-06-30 | CCG
        3 | @card | Mar/Apr 2015 => 2015-04-30 or ask | WCC
        4 | @triage | by Easter 2015 => ask | Police
        5 | @control | end of the financial year => ask or 2015-03-31 | Police
        6 | @convey | Mid-2015 => ask | TRAS
        7 | @liaison | Autumn 2015 => 2015-11-30 | WHT
        8 | @restraint | Winter 15/16 => 2016-02-29 | WPFT
        9 | @housing | Spring/Summer 2016 => 2016-08-31 or ask | WCC
        10 | @peer | Before Christmas 2015 => ask | WPFT
        11 | @rail | Immediate => ask or none | BTP
        12 | @survey | Within 3 months of sign off => ask or 2015-06-30 | Healthwatch
        13 | @amhp | Year 2 => ask | WCC
        14 | @data | Monday 1 June 2015 => 2015-06-01 | Police
        15 | @bed | 2015 => ask or 2015-12-31 | WPFT
        16 | @ld | by end 2015/16 => 2016-03-31 | WPFT
        """,
    )
    return Word().table([["No.", "Action", "Timescale", "Led by"], *grid(plan, "ref action time lead")]).saved(), plan


@EIGHTH.plan("moved_dates.xlsx", clean=False)
def moved() -> tuple[bytes, list[Row]]:
    """Dates that slipped, told in the cell itself."""
    plan = rows(
        "ref action time lead",
        r"""
        1 | @group | April 2015\nRevised date: April 2017 => 2017-04-30 | CCG
        2 | @gap | June 2015 (extended to Sept 2015) => 2015-09-30 | CCG
        3 | @card | Original: March 2015. Revised: May 2015 => 2015-05-31 | WCC
        4 | @triage | Dec 15 - slipped to Mar 16 => 2016-03-31 or ask | Police
        5 | @control | was April 2015, now June 2015 => 2015-06-30 | Police
        6 | @convey | 31/03/15 now 30/06/15 => 2015-06-30 | TRAS
        7 | @liaison | March 2016 (was Dec 2015) => 2016-03-31 | WHT
        8 | @restraint | Revised to December 2015 => 2015-12-31 | WPFT
        9 | @housing | March 2015, June 2015, Sept 2015 => ask | WCC
        10 | @peer | New date: January 2016 => 2016-01-31 | WPFT
        """,
    )
    book, _ = workbook([["No.", "Action", "Timescale", "Led by"], *grid(plan, "ref action time lead")])
    return saved(book), plan


@EIGHTH.plan("rhythms_and_milestones.ods", clean=False)
def rhythms() -> tuple[bytes, list[Row]]:
    """What comes again and again, and what comes in steps."""
    plan = rows(
        "ref action time lead",
        """
        1 | @jsna | Annual commissioning cycle => every 12 or ask | WCC
        2 | @gap | Annually each March => every 12 or ask | CCG
        3 | @survey | 6 monthly => every 6 | Healthwatch
        4 | @data | At least quarterly => every 3 | Police
        5 | @triage | Pilot June 2015; evaluate Dec 2015; decision March 2016 => 2016-03-31 | Police
        6 | @spa | Feasibility June 2015; live April 2016 => 2016-04-30 | WPFT
        7 | @convey | Ongoing, review in March 2016 => every 12 or 2016-03-31 or none | TRAS
        8 | @restraint | Continuous => every 12 | WPFT
        9 | @housing | As required => none or ask or every 12 | WCC
        10 | @learn | Bi-annual => ask | WPFT
        11 | @dashboard | Design Q1, first report Q3 => ask or 2015-12-31 | CCG
        12 | @audit | Every two months => every 2 | WPFT
        13 | @training | Rolling programme => every 12 or ask or none | Police
        14 | @group | Monthly until March 2016 => 2016-03-31 or ask or every 1 | CCG
        """,
    )
    return open_sheet({"Plan": [["No.", "Action", "Timescale", "Led by"], *grid(plan, "ref action time lead")]}), plan


@EIGHTH.plan("leads_with_people.docx", people=NAMED, clean=False)
def with_people() -> tuple[bytes, list[Row]]:
    """Persons, posts and addresses among those who lead."""
    plan = rows(
        "ref action time lead",
        r"""
        1 | @group | March 2015 | Priya Nair (CCG) => ccg
        2 | @gap | June 2015 | CCG – Priya Nair / Tom Ashworth => ccg or ask
        3 | @card | May 2015 | WCC\nLindsey Okafor => council
        4 | @triage | December 15 | Ch Insp Tom Ashworth, Westmarch Police => police
        5 | @control | April 2015 | Superintendent, Westmarch Constabulary => police or ask
        6 | @convey | Ongoing | TRAS (tom.ashworth@tras.nhs.uk) => ambulance or ask
        7 | @liaison | March 2016 | Clinical Director, WHT => acute or ask
        8 | @restraint | Six-monthly | Lindsey Okafor => text or none or ask
        9 | @housing | 2015/16 | Head of Housing, WCC => council or ask
        10 | @amhp | By Dec 2015 | AMHP lead => text or none or ask
        """,
    )
    return Word().table([["No.", "Action", "Timescale", "Lead officer / agency"], *grid(plan, "ref action time lead")]).saved(), plan


@EIGHTH.plan("leads_of_many_kinds.xlsx", clean=False)
def many_kinds() -> tuple[bytes, list[Row]]:
    """Several leads, groups, whole kinds of bodies, and bodies that nobody knows."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | March 2015 | CCG & WCC => ccg+council or ask
        2 | @gap | June 2015 | Joint Commissioning Team => text or ask
        3 | @card | May 2015 | All partner organisations => all
        4 | @triage | December 15 | LAs/CCGs/Police => council+ccg+police or ask
        5 | @control | April 2015 | Police with WPFT => police or police+trust or ask
        6 | @convey | Ongoing | Lead: TRAS; supported by: Police, WHT => ambulance or ambulance+police+acute
        7 | @liaison | March 2016 | WHT in conjunction with WPFT => acute or acute+trust
        8 | @restraint | Six-monthly | Restraint sub-group => text or ask
        9 | @housing | 2015/16 | Oakfield District Council => text or ask
        10 | @rail | TBC | BTP + Network Rail => btp or ask
        11 | @survey | Twice yearly | Healthwatch Westmarch, Westmarch Mind => healthwatch+mind or ask
        12 | @sharing | Dec 2015 | Everyone => all or ask or text
        13 | @spa | April 2015 | TBC => none or ask
        14 | @nhs111 | July 2015 | NHS 111 provider => text or ask
        """,
    )
    book, _ = workbook([["No.", "Action", "Timescale", "Led by"], *grid(plan, "ref action time lead")])
    return saved(book), plan


@EIGHTH.plan("four_states_of_hull.docx")
def four_states() -> tuple[bytes, list[Row]]:
    """A key in sentences below the table; a default year above it."""
    plan = rows(
        "ref action lead time status",
        """
        1 | @group | CCG | Q4 14-15 => 2015-03-31 | Green => completed
        2 | @gap | CCG | Q1 => 2015-06-30 | Amber => in progress
        3 | @card | WCC | Q2 => 2015-09-30 | White => not started
        4 | @triage | Police | Q3 => 2015-12-31 | Amber => in progress
        5 | @control | Police | Q1 => 2015-06-30 | Green => completed
        6 | @convey | TRAS | Ongoing | Amber => in progress
        7 | @liaison | WHT | Q4 => 2016-03-31 | White => not started
        8 | @housing | WCC | Q4 => 2016-03-31 | Red => ask or in progress or not started
        """,
    )
    word = Word().heading("Action plan 2015/16", level=0).paragraph("All timescales are 2015/16 unless otherwise specified")
    word.table([["Ref", "Deliverable", "Lead", "Timescale", "RAG"], *grid(plan, "ref action lead time status")])
    word.paragraph("Key: White - not started; Amber - underway on timescale; Green - completed; Red - overdue")
    return word.saved(), plan


@EIGHTH.plan("priority_and_state.xls")
def priority_and_state() -> tuple[bytes, list[Row]]:
    """An old workbook: the state told in a sentence beside the date of completion."""
    plan = rows(
        "ref action lead time status",
        """
        # B | B. Urgent and emergency access to crisis care
        B1 | @triage | Police | d:2015-12-31 | Underway - two cars => in progress
        B2 | @control | Police | d:2015-04-30 | Complete - nurse in post => completed
        B3 | @convey | TRAS | Ongoing | On track => in progress
        B4 | @amhp | WCC | d:2015-09-30 | Not yet started => not started
        # C | C. Quality of treatment and care when in crisis
        C1 | @restraint | WPFT | Six-monthly | Started => in progress
        C2 | @survey | Healthwatch | Twice yearly | Delayed => in progress or ask
        C3 | @search | WPFT | May 2015 | Done => completed
        C4 | @hbpos | WPFT | March 2016 | On hold => paused
        """,
    )
    header = ["Ref.", "Proposed action", "Responsible agency", "Target", "Current status"]
    lines = with_headings(plan, "ref action lead time status")
    return old_excel({"Sheet1": [["Westmarch CCC plan"], [], header, *lines]}), plan


@EIGHTH.plan("semicolons_1252.csv")
def semicolons() -> tuple[bytes, list[Row]]:
    """Semicolons, the old encoding of Windows, curly quotes, dashes and hard spaces."""
    plan = rows(
        "ref action time lead outcome",
        """
        # A |
        A1 | Publish a “who to call” card – day or night | By end of May 2015 | WCC | People’s survey
        A2 | Open an evening café | Summer 2016 | Westmarch Mind | £20,000 saved
        A3 | @gp | Apr–Jun 2015 => 2015-06-30 | CCG
        # B |
        B1 | @triage | December 15 | Police
        B2 | @control | 30.04.2015 => 2015-04-30 | Police
        B3 | @convey | On–going => every 12 | TRAS
        # D |
        D1 | @housing | 2015–16 => ask | WCC
        D2 | @discharge | Ongoing | WPFT
        """,
    )
    header = ["Réf.", "Action", "Timescale", "Led by", "Outcome"]
    header[0] = "Ref."
    return separated([header, *grid(plan, "ref action time lead outcome")], delimiter=";", encoding="cp1252"), plan


@EIGHTH.plan("unicode_text.txt")
def unicode_text() -> tuple[bytes, list[Row]]:
    """What Excel calls Unicode text: tabs, two bytes a letter."""
    plan = rows(
        "ref action time lead",
        r"""
        # 1 | 1. Commissioning to allow earlier intervention and responsive crisis services
        1.1 | @group | March 2015 | CCG
        1.2 | @jsna | Annual | WCC
        1.10 | @gap | June 2015 | CCG
        # B | 3. Urgent and emergency access to crisis care
        3.1 | @triage | December 15 | Police
        3.2 | Put a nurse\nin the control room | April 2015 | Police
        3.3 | @convey | Ongoing | TRAS
        3.4 | @rail | TBC | BTP
        3.5 | Say "no" to custody for under 18s | March 2015 | Police
        """,
    )
    lines = with_headings(plan, "ref action time lead")
    return separated([["No.", "Action", "Timescale", "Led By"], *lines], delimiter="\t", encoding="utf-16"), plan


@EIGHTH.plan("pasted_from_a_page.txt", pasted=True)
def from_a_page() -> tuple[bytes, list[Row]]:
    """Pasted from a web page: tabs, blank lines between the rows, section headings on lines of their own."""
    plan = rows(
        "ref action lead time",
        """
        # A | A. Access to support before crisis point
        A1 | @card | WCC | May 2015
        A2 | @cafe | Westmarch Mind | Summer 2016
        A3 | @gp | CCG | June 2015
        # B | B. Urgent and emergency access to crisis care
        B1 | @triage | Police | December 15
        B2 | @control | Police | April 2015
        B3 | @convey | TRAS | Ongoing
        # D | D. Recovery and staying well
        D1 | @housing | WCC | 2015/16
        D2 | @discharge | WPFT | Ongoing
        """,
    )
    parts = ["Ref\tAction\tLead\tTimescale"]
    for heading, part in by_section(plan).items():
        parts += [heading, *("\t".join(map(str, line)) for line in grid(part, "ref action lead time"))]
    return "\n\n".join(parts).encode(), plan


@EIGHTH.plan("pasted_with_bars.txt", pasted=True)
def with_bars() -> tuple[bytes, list[Row]]:
    """Pasted from a note: bars between the cells, a line of dashes below the header."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | March 2015 | CCG
        2 | @gap | June 2015 | CCG
        3 | @card | May 2015 | WCC
        4 | @triage | December 15 | Police
        5 | @convey | Ongoing | TRAS
        6 | @liaison | March 2016 | WHT
        7 | @restraint | Six-monthly | WPFT
        8 | @housing | 2015/16 | WCC
        """,
    )
    lines = [["Ref", "Action", "Timescale", "Led by"], ["---"] * 4, *grid(plan, "ref action time lead")]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines).encode(), plan


@EIGHTH.plan("saved_as_web_page.xls")
def web_page() -> tuple[bytes, list[Row]]:
    """An .xls that is a web page, as reporting systems give them out."""
    plan = rows(
        "ref action time lead status",
        """
        B1 | @triage | 31/12/2015 => 2015-12-31 | Police | In progress
        B2 | @control | 30/04/2015 => 2015-04-30 | Police | Completed
        B3 | @convey | Ongoing | TRAS | In progress
        B4 | @amhp | 30/09/2015 => 2015-09-30 | WCC | Not started
        C1 | @restraint | Six-monthly | WPFT | In progress
        C2 | @survey | Twice yearly | Healthwatch | Not started
        C3 | @search | 31/05/2015 => 2015-05-31 | WPFT | Completed
        C4 | @hbpos | 31/03/2016 => 2016-03-31 | WPFT | In progress
        """,
    )
    lines = [["Action ref", "Action", "Due date", "Lead agency", "Status"], *grid(plan, "ref action time lead status")]
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in lines)
    return f"<html><head><meta charset='utf-8'></head><body><h1>Report</h1><table>{body}</table></body></html>".encode(), plan


@EIGHTH.plan("tracked_changes.docx", clean=False)
def tracked() -> tuple[bytes, list[Row]]:
    """Changes that Word tracks: text put in holds, text taken out does not."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | => 2015-06-30 or ask | => ccg
        2 | @gap | June 2015 | => council or ask
        3 | @card | May 2015 | WCC
        4 | @triage | December 15 | Police
        5 | @convey | Ongoing | TRAS
        6 | @liaison | March 2016 | WHT
        7 | @restraint | Six-monthly | WPFT
        8 | @housing | 2015/16 | WCC
        """,
    )
    def gone(text: str) -> str:
        return f'<w:del w:id="1" w:author="x"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'

    def put(text: str) -> str:
        return f'<w:ins w:id="2" w:author="x">{raw.run(text)}</w:ins>'

    lines = [list(map(str, line)) for line in grid(plan[2:], "ref action time lead")]
    first = [plan[0].written["ref"], plan[0].written["action"], raw.cell(f"<w:p>{gone('March 2015')}{put('June 2015')}</w:p>"), "CCG"]
    second = [plan[1].written["ref"], plan[1].written["action"], "June 2015", raw.cell(f"<w:p>{gone('CCG')}{put('WCC')}</w:p>")]
    return raw.docx(raw.table(["No.", "Action", "Timescale", "Led By"], first, second, *lines)), plan


@EIGHTH.plan("table_within_a_table.docx", clean=False)
def within() -> tuple[bytes, list[Row]]:
    """A frame of one cell around the plan, as templates have it."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | March 2015 | CCG
        2 | @gap | June 2015 | CCG
        3 | @card | May 2015 | WCC
        4 | @triage | December 15 | Police
        5 | @convey | Ongoing | TRAS
        6 | @liaison | March 2016 | WHT
        7 | @restraint | Six-monthly | WPFT
        8 | @housing | 2015/16 | WCC
        """,
    )
    lines = [["No.", "Action", "Timescale", "Led By"], *(list(map(str, line)) for line in grid(plan, "ref action time lead"))]
    inner = raw.table(*lines)
    return raw.docx(raw.table([raw.cell(raw.paragraph("Westmarch action plan"), inner, raw.paragraph(""))])), plan


@EIGHTH.plan("parts_of_an_action.docx", clean=False)
def parts_of_an_action() -> tuple[bytes, list[Row]]:
    """A heading for each part of a section; "I" statements below headings; numbers at the head of the text."""
    plan = rows(
        "action lead time",
        """
        # 1 | 1. Commissioning to allow earlier intervention and responsive crisis services
        1.1 Set up a crisis group with people who use services => Set up a crisis group with people who use services | CCG | March 2015
        1.2 Compare local services with the standards => Compare local services with the standards | CCG | Q4 2014/15
        # B | 3. Urgent and emergency access to crisis care
        3.1 Try street triage and judge it => Try street triage and judge it | Police | December 15
        3.2 Put a nurse into the control room => Put a nurse into the control room | Police | April 2015
        3.3 Speed up conveyance to hospital => Speed up conveyance to hospital | TRAS | Ongoing
        # D | 5. Recovery and staying well / preventing future crises
        5.1 Write a pathway for housing => Write a pathway for housing | WCC | 2015/16
        5.2 See everybody within seven days => See everybody within seven days | WPFT | Ongoing
        5.3 Hire peer support workers => Hire peer support workers | WPFT | March 2016
        """,
    )
    lines = []
    for heading, part in by_section(plan).items():
        lines += [[heading, None, None], ['"I am treated with respect and my wishes are heard"', None, None], *grid(part, "action lead time")]
    return Word().table([["Action", "Lead agency", "Timeframe"], *lines]).saved(), plan


@EIGHTH.plan("updates_for_each_quarter.xlsx")
def each_quarter() -> tuple[bytes, list[Row]]:
    """A column of updates and of colours for each quarter; the last that is filled holds."""
    plan = rows(
        "ref action lead time u1 r1 u2 r2 status",
        """
        1 | @group | CCG | March 2015 | Met twice | Amber | Terms signed | Green | => completed or ask
        2 | @gap | CCG | June 2015 | Begun | Amber | Report to board | Green | => completed or ask
        3 | @card | WCC | May 2015 | Text drafted | Amber | Printed | Green | => completed or ask
        4 | @triage | Police | December 15 | Car on the road | Amber | Second car | Amber | => in progress or ask
        5 | @convey | TRAS | Ongoing | - | Amber | Protocol agreed | Amber | => in progress or ask
        6 | @liaison | WHT | March 2016 | No funds | Red | Bid written | Red | => not started or ask
        7 | @restraint | WPFT | Six-monthly | First report | Amber | | Amber | => in progress or ask
        8 | @housing | WCC | 2015/16 | - | Red | - | Red | => not started or ask
        """,
    )
    header = ["Ref", "Action", "Lead", "By when", "Q1 update", "Q1 RAG", "Q2 update", "Q2 RAG"]
    key = ["Red = not started, Amber = in progress, Green = complete"]
    book, _ = workbook([key, header, *grid(plan, "ref action lead time u1 r1 u2 r2")])
    return saved(book), plan


@EIGHTH.plan("headings_on_two_lines.xlsx")
def two_lines() -> tuple[bytes, list[Row]]:
    """A header of two lines, the upper merged: Timescale above Start and End, Responsibility above Lead and Support."""
    plan = rows(
        "ref action start time lead support outcome",
        """
        # B | B. Urgent and emergency access to crisis care
        B1 | @triage | Dec 2014 | December 2015 | Police | WPFT => | 
        B2 | @control | Jan 2015 | April 2015 | Police | WPFT | 
        B3 | @convey | Jan 2015 | Ongoing | TRAS | | 
        B4 | @amhp | April 2015 | September 2015 | WCC | | 
        # C | C. Quality of treatment and care when in crisis
        C1 | @restraint | April 2015 | Six-monthly | WPFT | Police | 
        C2 | @survey | May 2015 | Twice yearly | Healthwatch | | 
        C3 | @search | March 2015 | May 2015 | WPFT | Police | 
        C4 | @hbpos | April 2015 | March 2016 | WPFT | CCG | 
        """,
    )
    for row in plan:
        row.expected["lead"] = f"{row.expected['lead']} or " + "+".join([row.expected["lead"], *{"WPFT": ["trust"], "Police": ["police"], "CCG": ["ccg"]}.get(row.written["support"], [])])
    book, sheet = workbook([["Ref", "Action", "Timescale", None, "Responsibility", None, "Outcome"], [None, None, "Start", "End", "Lead", "Support", None]])
    fill_in(sheet, with_headings(plan, "ref action start time lead support outcome"))
    for merged in ("A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2"):
        sheet.merge_cells(merged)
    return saved(book), plan


@EIGHTH.plan("who_and_when_in_one.docx", clean=False)
def in_one() -> tuple[bytes, list[Row]]:
    """One column for who and by when."""
    plan = rows(
        "ref action both lead time",
        r"""
        1 | @group | CCG\nMarch 2015 | => ccg or ask | => 2015-03-31 or ask
        2 | @gap | CCG\nJune 2015 | => ccg or ask | => 2015-06-30 or ask
        3 | @card | WCC\nMay 2015 | => council or ask | => 2015-05-31 or ask
        4 | @triage | Police\nDecember 15 | => police or ask | => 2015-12-31 or ask
        5 | @convey | TRAS\nOngoing | => ambulance or ask | => every 12 or ask
        6 | @liaison | WHT\nMarch 2016 | => acute or ask | => 2016-03-31 or ask
        7 | @restraint | WPFT\nSix-monthly | => trust or ask | => every 6 or ask
        8 | @housing | WCC\n2015/16 | => council or ask | => 2016-03-31 or ask
        """,
    )
    return Word().table([["No.", "Action", "Lead and timescale"], *grid(plan, "ref action both")]).saved(), plan


@EIGHTH.plan("as_above.odt")
def as_above() -> tuple[bytes, list[Row]]:
    """Ditto marks, dashes and "as above" for leads and times."""
    plan = rows(
        "ref action time lead",
        """
        # C | C. Quality of treatment and care when in crisis
        C1 | @restraint | March 2016 | WPFT
        C2 | @search | " => 2016-03-31 or ask | " => trust or ask
        C3 | @hbpos | as above => 2016-03-31 or ask | as above => trust or ask
        C4 | @survey | Twice yearly | Healthwatch
        # D | D. Recovery and staying well
        D1 | @housing | 2015/16 | WCC
        D2 | @discharge | ditto => 2016-03-31 or ask | WPFT
        D3 | @peer | March 2016 | ditto => trust or ask
        D4 | @crisisplan | - => none | - => none or ask
        """,
    )
    blocks: list = []
    for heading, part in by_section(plan).items():
        blocks += [heading, [["No", "Action", "Timescale", "Led by"], *grid(part, "ref action time lead")]]
    return open_text(blocks), plan


@EIGHTH.plan("filtered_and_noted.xlsx", clean=False)
def filtered() -> tuple[bytes, list[Row]]:
    """Rows that a filter hides, an old column that is hidden, comments on cells, stars with footnotes."""
    plan = rows(
        "ref old action time lead",
        """
        1 | Jan 2015 | @group | March 2015 | CCG
        2 | Jan 2015 | @gap | June 2015* => 2015-06-30 or ask | CCG* => ccg
        3 | Jan 2015 | @card | May 2015 | WCC
        4 | Jan 2015 | @triage | December 15 | Police
        5 | Jan 2015 | @convey | Ongoing | TRAS
        6 | Jan 2015 | @liaison | March 2016 [1] => 2016-03-31 or ask | WHT
        7 | Jan 2015 | @restraint | Six-monthly | WPFT
        8 | Jan 2015 | @housing | 2015/16 | WCC
        """,
    )
    from openpyxl.comments import Comment

    book, sheet = workbook([["Ref", "Previous deadline", "Action", "Deadline", "Lead"], *grid(plan, "ref old action time lead")])
    fill_in(sheet, [[], ["* subject to funding"], ["[1] Subject to the bid to the Department of Health"]])
    sheet.column_dimensions["B"].hidden = True
    for number in (3, 5, 7):
        sheet.row_dimensions[number].hidden = True
    sheet["D5"].comment = Comment("Moved by the board?", "x")
    return saved(book), plan


@EIGHTH.plan("colours_and_words.xlsx")
def colours_and_words() -> tuple[bytes, list[Row]]:
    """Colours alone in a column for the state; coloured cells beside words explain them on the next sheet."""
    plan = rows(
        "ref action time lead status",
        """
        # B | B. Urgent and emergency access to crisis care
        B1 | @triage | December 15 | Police | A => in progress
        B2 | @control | April 2015 | Police | G => completed
        B3 | @convey | Ongoing | TRAS | A => in progress
        B4 | @amhp | September 2015 | WCC | R => not started
        # C | C. Quality of treatment and care when in crisis
        C1 | @restraint | Six-monthly | WPFT | A => in progress
        C2 | @survey | Twice yearly | Healthwatch | R => not started
        C3 | @search | May 2015 | WPFT | G => completed
        C4 | @hbpos | March 2016 | WPFT | R => not started
        """,
    )
    lines = with_headings(plan, "ref action time lead")
    book, sheet = workbook([["No.", "Action", "Timescale", "Lead", "RAG status"], *lines])
    at = 1
    for row in plan:
        at += 1 + (row.written["ref"].endswith("1"))
        colour(sheet, f"E{at}", row.written["status"])
    key = book.create_sheet("Key")
    for number, (shade, meaning) in enumerate((("R", "Not started"), ("A", "In progress"), ("G", "Completed")), start=1):
        key[f"B{number}"] = meaning
        colour(key, f"A{number}", shade)
    return saved(book), plan
