"""Files as they come out of other programs, and text copied out of an email."""

from __future__ import annotations

from tests.plan_files.examined.files import as_text, open_sheet, saved, separated, workbook
from tests.plan_files.examined.kit import Plans, Row, grid, rows, with_headings

UNTIDY = Plans()


@UNTIDY.plan("semicolons_1252.csv")
def semicolons() -> tuple[bytes, list[Row]]:
    """Windows-1252, semicolons, en dashes, curly quotes and line breaks in cells."""
    plan = rows(
        "ref action time lead status",
        r"""
        1.1 | Agree the “Right Care” pathway – all ages | March 2015 | CCG | Completed
        1.2 | Improve carers’ advice;\nincluding a café drop-in | April – June 2015 => 2015-06-30 | WCC | In progress
        1.3 | @gap | Q4 2014/15 | CCG | Completed
        2.1 | @spa | April–May 2015 => 2015-05-31 | WPFT | In progress
        2.2 | @card | By end of May 2015 | WCC | In progress
        3.1 | @triage | December 2015 | Police | In progress
        3.2 | Spend £20,000 on a secure suite | 2015–16 => 2016-03-31 | WPFT | Not started
        4.1 | @survey | Annually | Healthwatch | Not started
        """,
    )
    lines = [["No.", "Action", "Timescale", "Led By", "Status"], *grid(plan, "ref action time lead status")]
    return separated(lines, delimiter=";", encoding="cp1252"), plan


@UNTIDY.plan("tabs.txt")
def tabs() -> tuple[bytes, list[Row]]:
    """Saved by Excel as text with tabs, in UTF-16; title lines with empty cells behind them."""
    plan = rows(
        "ref action time lead",
        """
        # A | A. Access to support before crisis point
        A1 | @spa | April 2015 | WPFT
        A2 | @website | May 2015 | WCC
        A3 | @veterans | 31.03.15 | CCG
        # B | B. Urgent and emergency access to crisis care
        B1 | @protocol | June 2015 | WPFT
        B2 | @convey | On-going | TRAS
        B3 | @search | Nov-15 => 2015-11-30 | Police
        # C | C. Quality of treatment and care when in crisis
        C1 | @training | 2015/16 | WPFT
        C2 | @advocacy | | WCC
        """,
    )
    lines = [
        ["Action plan", None, None, None],
        ["Ref", "Action", "Timescale", "Lead"],
        *with_headings(plan, "ref action time lead"),
    ]
    return separated(lines, delimiter="\t", encoding="utf-16"), plan


@UNTIDY.plan("pasted_from_word.txt", pasted=True)
def pasted() -> tuple[bytes, list[Row]]:
    """Rows copied out of a table in Word or Excel."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | March 2015 | CCG
        2 | @gap | June 2015 | CCG
        3 | @card | May 2015 | County Council
        4 | @control | Sept 2015 | Police
        5 | @convey | Ongoing | Ambulance Service
        6 | @liaison | March 2016 | Acute Trust
        7 | @restraint | Six-monthly | MH Trust
        8 | @housing | 2015/16 | County Council
        """,
    )
    lines = [["No.", "Action", "Timescale", "Led By", "Outcomes"], *grid(plan, "ref action time lead outcome")]
    return "\n".join("\t".join(map(as_text, line)) for line in lines).encode(), plan


@UNTIDY.plan("odd_references.xlsx")
def odd_references() -> tuple[bytes, list[Row]]:
    """1:a, *new, the same reference twice, none at all, a full stop too many."""
    plan = rows(
        "ref action time lead",
        """
        1:a | @group | March 2015 | CCG
        1:b => 1:b or ask | @gap | June 2015 | CCG
        1:b => 1:b or ask | @pathway | June 2015 | CCG
        *new => *new or none | @camhs | March 2016 | CCG
        *new => *new or none | @veterans | March 2016 | CCG
        2.1. => 2.1. or 2.1 | @card | May 2015 | WCC
        | @website | April 2015 | WCC
        3a | @triage | Dec 2015 | Police
        3b (i) | @control | Sept 2015 | Police
        3b (ii) | @data | Sept 2015 | Police
        # A | the letter of the reference
        A1.1 | @spa | April 2015 | WPFT
        """,
    )
    return saved(workbook([["Ref.", "Action", "Timescale", "Led By"], *grid(plan, "ref action time lead")])[0]), plan


@UNTIDY.plan("typing_errors_in_headings.xlsx", clean=False)
def typing_errors() -> tuple[bytes, list[Row]]:
    """Headings with slips of the pen and words of their own."""
    plan = rows(
        "ref action time lead outcome status",
        """
        1 | @group | March 2015 | CCG | Group meets | Complete
        2 | @gap | June 2015 | CCG | Report | Underway
        3 | @card | May 2015 | WCC | Card | Complete
        4 | @triage | December 2015 | Police | Fewer detentions | Underway
        5 | @amhp | Sept 2015 | WCC | Four hours | Not started
        6 | @hbpos | October 2015 | WPFT | Open all hours | Underway
        7 | @survey | Annually | Healthwatch | Survey | Not started
        8 | @crisisplan | March 2016 | WPFT | Plans shared | Not started
        """,
    )
    header = ["Ref No ", "ACTION/ TASK", "Timesacle", "Lead Organsation(s)", "Outcomes/Ouputs", "Current postion"]
    return saved(workbook([header, *grid(plan, "ref action time lead outcome status")])[0]), plan


@UNTIDY.plan("no_header.csv", clean=False)
def no_header() -> tuple[bytes, list[Row]]:
    """Only the rows; the header was left behind."""
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
    return separated(grid(plan, "ref action time lead")), plan


@UNTIDY.plan("board_report.ods")
def board_report() -> tuple[bytes, list[Row]]:
    """A board's sheet: red, amber and green as words, what is done, what comes next, a blank first column."""
    plan = rows(
        "ref action lead time progress next",
        """
        1 | @group | CCG | March 2015 | Group in place | Elect a chair
        2 | @sharing | All signatories | December 2015 | Draft with lawyers | Sign
        3 | @triage | Police | December 2015 | Pilot running | Evaluate
        4 | @amhp | WCC | Sept 2015 | Rota agreed | Start in September
        5 | @bed | WPFT | March 2016 | Review begun | Report
        6 | @carers | Healthwatch | Ongoing | Two carers recruited | Recruit two more
        7 | @perinatal | CCG | March 2016 | | Write to provider
        8 | @nhs111 | CCG | July 2015 | Updated | None
        """,
    )
    header = [None, "Action No.", "Action", "Owner", "Target date", "Progress to date", "Next steps"]
    lines = [[None], [None, "Health and Wellbeing Board, 9 June 2015"], header]
    lines += [[None, *line] for line in grid(plan, "ref action lead time progress next")]
    return open_sheet({"Report": lines}), plan


@UNTIDY.plan("long_cells.xlsx")
def long_cells() -> tuple[bytes, list[Row]]:
    """Cells of several sentences with dates, names of bodies and bullets in the action's own text."""
    plan = rows(
        "ref action time lead",
        r"""
        1 | Set up a crisis group:\n• to meet from March 2014\n• to report by June 2014 | April 2015 | CCG
        2 | Following the CQC inspection of 12 May 2014, review the place of safety at Oakfield | Sept 2015 | WPFT
        3 | Work with Westmarch Police, TRAS and WHT on handover times (see action 7) | By Dec 2015 | WPFT
        4 | Report to NHS England each quarter on out of area placements | Quarterly | CCG
        5 | Complete the recruitment of AMHPs | March 2016 | WCC
        6 | Closed wards: review the policy of 2013/14 | June 2015 | WPFT
        7 | Reduce handover times at A&E to 30 minutes by agreeing one protocol | October 2015 | TRAS
        8 | All agencies to nominate a lead for training | May 2015 | All agencies
        """,
    )
    return saved(workbook([["No.", "Action", "Timescale", "Led By"], *grid(plan, "ref action time lead")])[0]), plan


@UNTIDY.plan("numbers_as_references.csv")
def numbers() -> tuple[bytes, list[Row]]:
    """References that a spreadsheet turned into days and numbers: 1.10, 2-1, 03."""
    plan = rows(
        "ref action time lead",
        """
        1.1 | @group | March 2015 | CCG
        1.2 | @gap | June 2015 | CCG
        1.9 | @data | July 2015 | Police
        1.10 | @pathway | June 2015 | CCG
        1.11 | @jsna | Annual | WCC
        2.1 | @spa | April 2015 | WPFT
        2.2 | @card | May 2015 | WCC
        2.20 | @website | April 2015 | WCC
        """,
    )
    return separated([["Ref", "Action", "Timescale", "Led By"], *grid(plan, "ref action time lead")]), plan
