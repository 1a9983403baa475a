"""Plans that say how it goes: colours and letters with and without a key, words, progress, what was dropped."""

from __future__ import annotations

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.plan_files.examined.files import colour, fill_in, old_excel, open_sheet, saved, separated, workbook
from tests.plan_files.examined.kit import Plans, Row, grid, rows, with_headings

STANDINGS = Plans()


@STANDINGS.plan("rag_letters_no_key.csv")
def letters_without_key() -> tuple[bytes, list[Row]]:
    """R, A and G, and nothing says what they mean here: one question for each letter."""
    plan = rows(
        "ref action time lead status progress",
        """
        1 | @group | March 2015 | CCG | G => ask | Group set up
        2 | @jsna | Annual | WCC | A => ask | Chapter in draft
        3 | @card | May 2015 | WCC | G => ask | Cards sent out
        4 | @triage | December 2015 | Police | A => ask | Pilot extended
        5 | @amhp | Sept 2015 | WCC | R => ask | Staffing gap
        6 | @hbpos | October 2015 | WPFT | A => ask | Building work begun
        7 | @survey | Annually | Healthwatch | R => ask | Not yet agreed
        8 | @peer | March 2016 | WPFT | G => ask | Three in post
        """,
    )
    header = ["Ref", "Action", "Timescale", "Lead", "RAG rating", "Update"]
    return separated([header, *grid(plan, "ref action time lead status progress")]), plan


@STANDINGS.plan("own_key_four_states.xlsx")
def own_key() -> tuple[bytes, list[Row]]:
    """The key of this county stands beside the title: blue is done, green on track."""
    plan = rows(
        "ref action time lead status",
        """
        # A | A. Access to support before crisis point
        A1 | @spa | April 2015 | WPFT | Blue => completed
        A2 | @card | May 2015 | WCC | Blue => completed
        A3 | @mhfa | 2015/16 | WCC | Green => in progress
        A4 | @cafe | Summer 2016 | Westmarch Mind | Amber => in progress
        # B | B. Urgent and emergency access to crisis care
        B1 | @control | Sept 2015 | Police | Green => in progress
        B2 | @amhp | Sept 2015 | WCC | Red => in progress or overdue
        B3 | @liaison | March 2016 | WHT | Grey => not started
        # D | D. Recovery and staying well
        D1 | @discharge | Monthly | WPFT | Green => in progress
        """,
    )
    lines = [
        ["Westmarch crisis care action plan"],
        ["Blue", "Completed"],
        ["Green", "On track"],
        ["Amber", "At risk of missing its date"],
        ["Red", "Off track / overdue"],
        ["Grey", "Not started"],
        [],
        ["Ref", "Action", "Timescale", "Lead agency", "Status"],
        *with_headings(plan, "ref action time lead status"),
    ]
    return saved(workbook(lines)[0]), plan


@STANDINGS.plan("status_words.xls")
def words() -> tuple[bytes, list[Row]]:
    """Old Excel; the status in words of every kind."""
    plan = rows(
        "ref action time lead status",
        """
        1.1 | @group | March 2015 | CCG | Complete
        1.2 | @gap | June 2015 | CCG | COMPLETE
        1.3 | @data | December 2015 | Police | On track => in progress
        2.1 | @card | May 2015 | WCC | Done => completed
        2.2 | @cafe | Summer 2016 | Mind | Not yet started => not started
        2.3 | @samaritans | Ongoing | Samaritans | Complete and ongoing => business as usual or completed or ask
        3.1 | @triage | December 2015 | Police | Delayed => in progress or ask
        3.2 | @convey | Ongoing | TRAS | Ongoing => in progress
        3.3 | @rail | TBC | BTP | On hold => paused
        3.4 | @custody | April 2015 | Police | Closed => completed or ask
        4.1 | @restraint | Quarterly | WPFT | BAU => business as usual
        4.2 | @bed | March 2016 | WPFT | Removed => not going ahead or ask
        """,
    )
    header = ["Action ref", "Action", "Due by", "Who", "Status"]
    return old_excel({"Action plan": [header, *grid(plan, "ref action time lead status")]}), plan


@STANDINGS.plan("quarterly_updates.xlsx", published=None)
def quarterly_updates() -> tuple[bytes, list[Row]]:
    """A column of remarks for each quarter; the plan says no date of its own."""
    plan = rows(
        "ref action lead time progress second",
        """
        1.1 | @group | CCG | March 2015 | Terms of reference drafted | Group in place
        1.2 | @dashboard | CCG | Sept 2015 | Measures agreed | First dashboard shown
        2.1 | @spa | WPFT | March 2016 | No update | Options paper
        2.2 | @website | WCC | May 2015 | Live | Live
        3.1 | @protocol | WPFT | July 2015 | Out for comment | Signed by four of five
        3.2 | @transport | CCG | October 2015 | | Tender out
        4.1 | @training | WPFT | 2015/16 | Pack being written | 60 staff trained
        5.1 | @housing | WCC | By March 2016 | | Working group met
        """,
    )
    header = ["No", "Action", "Lead agencies", "Timescales", "Q1 Update", "Q2 Update"]
    return saved(workbook([header, *grid(plan, "ref action lead time progress second")])[0]), plan


@STANDINGS.plan("struck_dates_and_rows.xlsx")
def struck() -> tuple[bytes, list[Row]]:
    """Dates struck through with the new one behind them; a dropped action struck through as a whole."""
    plan = rows(
        "ref action time lead status",
        """
        1 | @group | March 2015 | CCG | Complete
        2 | @gap | March 2015 June 2015 => 2015-06-30 | CCG | Underway
        3 | @spa | Sept 2015 April 2016 => 2016-04-30 | WPFT | Underway
        4 | @control | 31/03/2015 30/09/2015 => 2015-09-30 | Police | Underway
        5 | @veterans | July 2015 | CCG | => none or not going ahead or ask
        6 | @amhp | Sept 2015 | WCC | Not started
        7 | @hbpos | October 2015 | WPFT | Underway
        8 | @crisisplan | March 2016 | WPFT | Not started
        """,
    )
    book, sheet = workbook(
        [["No.", "Action", "Timescale", "Led by", "Status"], *grid(plan, "ref action time lead status")]
    )
    gone, kept = InlineFont(strike=True), InlineFont()
    for number, old, new in (
        (3, "March 2015", " June 2015"),
        (4, "Sept 2015", " April 2016"),
        (5, "31/03/2015", " 30/09/2015"),
    ):
        sheet[f"C{number}"] = CellRichText(TextBlock(gone, old), TextBlock(kept, new))
    for column in "ABCD":
        sheet[f"{column}6"].font = Font(strike=True)
    return saved(book), plan


@STANDINGS.plan("ragbag_fill_and_letter.xlsx")
def fill_and_letter() -> tuple[bytes, list[Row]]:
    """A letter in a coloured cell, the key on a sheet of its own as colours with words beside them."""
    plan = rows(
        "ref action time lead status",
        """
        1 | @group | March 2015 | CCG | G => completed
        2 | @card | May 2015 | WCC | G => completed
        3 | @data | December 2015 | Police | A => in progress
        4 | @sharing | October 2015 | WCC | A => in progress
        5 | @rail | TBC | BTP | R => not started
        6 | @ld | March 2016 | WPFT | R => not started
        7 | @perinatal | March 2016 | CCG | A => in progress
        8 | @carers | Ongoing | Healthwatch | A => in progress
        """,
    )
    book, sheet = workbook([["No", "Action", "When", "Who", "RAG"], *grid(plan, "ref action time lead status")])
    for number, row in enumerate(plan, start=2):
        colour(sheet, f"E{number}", row.written["status"])
    key = book.create_sheet("RAG key")
    fill_in(
        key,
        [["Colour", "Meaning"], [None, "Action not started"], [None, "Action in progress"], [None, "Action completed"]],
    )
    for number, shade in enumerate("RAG", start=2):
        colour(key, f"A{number}", shade)
    return saved(book), plan


@STANDINGS.plan("percentages.ods")
def percentages() -> tuple[bytes, list[Row]]:
    """LibreOffice; how far it is in per cent, and days of which some are text."""
    plan = rows(
        "ref action lead start time status",
        """
        1 | @group | CCG | d:2015-01-05 | d:2015-03-31 | 100% => completed or ask
        2 | @gap | CCG | d:2015-02-02 | d:2015-06-30 | 75% => in progress or ask
        3 | @card | WCC | d:2015-03-02 | 31 May 2015 => 2015-05-31 | 100% => completed or ask
        4 | @cafe | Mind | d:2015-09-01 | d:2016-08-31 | 0% => not started or ask
        5 | @control | Police | d:2015-04-01 | d:2015-09-30 | 50% => in progress or ask
        6 | @audit | WPFT | d:2015-04-01 | Annual | 25% => in progress or ask
        7 | @peer | WPFT | d:2015-04-01 | d:2016-03-31 | 10% => in progress or ask
        8 | @housing | WCC | d:2015-06-01 | d:2016-03-31 | 0% => not started or ask
        """,
    )
    header = ["No.", "Action", "Lead", "Start date", "Finish date", "% complete"]
    return open_sheet({"Plan": [header, *grid(plan, "ref action lead start time status")]}), plan


@STANDINGS.plan("key_with_label.xlsx")
def key_with_label() -> tuple[bytes, list[Row]]:
    """Above the table a key of filled cells, its label beside the first; below it numbered notes."""
    plan = rows(
        "ref action time lead status",
        """
        # 1 | 1. Commissioning to allow earlier intervention and responsive crisis services
        1.1 | @group | March 2015 | CCG | G => completed
        1.2 | @jsna | Annual | WCC | R => not started
        # A | 2. Access to support before crisis point
        2.1 | @spa | September 2015 | WPFT | A => in progress
        2.2 | @card | May 2015 | WCC | G => completed
        # B | 3. Urgent and emergency access to crisis care
        3.1 | @triage | December 15 | Police | A => in progress
        3.2 | @convey | Ongoing | TRAS | R => not started
        # D | 5. Recovery and staying well / preventing future crises
        5.1 | @discharge | 2015/16 | WPFT | R => not started
        5.2 | @peer | March 2016 | WPFT | A => in progress
        """,
    )
    shades = {row.written["ref"]: row.written["status"] for row in plan}
    lines = [
        ["Westmarch Mental Health Crisis Care Concordat"],
        [],
        ["Key:", "Red", "Not started"],
        [None, "Amber", "Under way"],
        [None, "Green", "Completed"],
        [],
        ["Ref", "Action", "By when", "Led by", "RAG"],
        *with_headings(plan, "ref action time lead none"),
        [],
        ["Notes"],
        ["1. This is a live document and will be reviewed each quarter."],
    ]
    book, sheet = workbook(lines)
    for number, line in enumerate(lines, start=1):
        if number in (3, 4, 5):
            colour(sheet, f"B{number}", str(line[1])[0])
        elif line and line[0] in shades:
            colour(sheet, f"E{number}", shades[line[0]])
    return saved(book), plan
