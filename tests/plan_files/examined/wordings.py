"""What people write in the cells: times, leads, and how an action stands."""

from __future__ import annotations

from tests.plan_files.examined.files import (
    Word,
    colour,
    old_excel,
    open_sheet,
    open_text,
    saved,
    workbook,
)
from tests.plan_files.examined.kit import Plans, Row, by_section, grid, rows, with_headings

WORDINGS = Plans()
NAMED = ("Priya Nair", "Nair", "Tom Ashworth", "Ashworth", "Lindsey Okafor", "Okafor")


@WORDINGS.plan("quarters_in_every_way.xlsx", clean=False)
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


@WORDINGS.plan("days_in_words.docx", clean=False)
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


@WORDINGS.plan("moved_dates.xlsx", clean=False)
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


@WORDINGS.plan("rhythms_and_milestones.ods", clean=False)
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


@WORDINGS.plan("leads_with_people.docx", people=NAMED, clean=False)
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
        10 | @amhp | By Dec 2015 | AMHP lead => council or ask
        """,
    )
    return Word().table(
        [["No.", "Action", "Timescale", "Lead officer / agency"], *grid(plan, "ref action time lead")]
    ).saved(), plan


@WORDINGS.plan("leads_of_many_kinds.xlsx", clean=False)
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


@WORDINGS.plan("four_states_of_hull.docx")
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
    word = (
        Word()
        .heading("Action plan 2015/16", level=0)
        .paragraph("All timescales are 2015/16 unless otherwise specified")
    )
    word.table([["Ref", "Deliverable", "Lead", "Timescale", "RAG"], *grid(plan, "ref action lead time status")])
    word.paragraph("Key: White - not started; Amber - underway on timescale; Green - completed; Red - overdue")
    return word.saved(), plan


@WORDINGS.plan("priority_and_state.xls")
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


@WORDINGS.plan("updates_for_each_quarter.xlsx")
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


@WORDINGS.plan("who_and_when_in_one.docx", clean=False)
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


@WORDINGS.plan("as_above.odt")
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


@WORDINGS.plan("colours_and_words.xlsx")
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
    for number, (shade, meaning) in enumerate(
        (("R", "Not started"), ("A", "In progress"), ("G", "Completed")), start=1
    ):
        key[f"B{number}"] = meaning
        colour(key, f"A{number}", shade)
    return saved(book), plan
