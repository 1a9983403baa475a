"""Timescales of every kind that partnerships write."""

from __future__ import annotations

from datetime import date

from tests.plan_files.examined.files import Word, old_excel, saved, separated, workbook
from tests.plan_files.examined.kit import Plans, Row, grid, rows, with_headings

DAYS = Plans()


@DAYS.plan("the_25_items.csv")
def twenty_five() -> tuple[bytes, list[Row]]:
    """The timescales of 25 well-known actions, as they were written."""
    plan = rows(
        "ref action lead time",
        """
        # 1 | 1 Commissioning
        1.1 | @group | CCG | March 2015
        1.2 | @jsna | WCC | Annual commissioning cycle => every 12
        1.3 | @gap | CCG and WCC => ccg+council | Q4 2014/15
        1.4 | @triage | Police | December 15
        1.5 | @dashboard | CCG | Design Q1, first report Q3 => ask
        # A | A Before crisis
        A1.1 | @spa | WPFT | Feasibility June 2015; live April 2016 => 2016-04-30
        A1.2 | @card | WCC | By end of May 2015
        A1.3 | @mhfa | WCC | 15-16
        A2.1 | @cafe | Mind | Summer 2016
        A2.2 | @samaritans | Samaritans | Ongoing
        # B | B Urgent access
        B1 | @control | CCG + WPFT (joint) => ccg+trust | April 2015 (revised: April 2017) => 2017-04-30
        B2 | @protocol | WPFT | Q2 => ask
        B3 | @under18 | Police | From April 2015 => none or every 12
        B4 | @convey | TRAS | Ongoing, monitored monthly => every 1
        B5 | @liaison | WHT + WPFT => acute+trust | March 2017 => 2017-03-31
        B6 | @alcohol | WCC | By Dec 2015
        B7 | @sharing | All signatories | Q1-Q3 2015/16 => 2015-12-31
        B8 | @rail | BTP | TBC
        B9 | @amhp | WCC | September 2015
        # C | C Quality in crisis
        C1 | @hbpos | WPFT | Phase 1 done; phase 2 Oct 2016 => 2016-10-31
        C2 | @training | Workforce sub-group (WPFT) => trust or text | 2015/16
        C3 | @restraint | WPFT | Six-monthly
        C4 | @survey | Healthwatch | Twice yearly
        # D | D Recovery
        D1 | @crisisplan | WPFT | Within 12 months => 2016-03-31
        D2 | @housing | WCC | By March 2016
        """,
    )
    header = ["Ref", "Section", "Action", "Lead", "Timescale", "Outcome measure"]
    lines = [[row.cell("ref"), row.heading, *grid([row], "action lead time outcome")[0]] for row in plan]
    return separated([header, *lines]), plan


@DAYS.plan("table_of_timescales.docx")
def table_of_timescales() -> tuple[bytes, list[Row]]:
    """What the national guidance lists as usual wording."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | By April 2015 | CCG
        2 | @gap | Q4 14-15 => 2015-03-31 | CCG
        3 | @data | Q1 => ask | Police
        4 | @sharing | Q1 2015 => ask | WCC
        5 | @ld | 2014/2015/16 => 2016-03-31 | WPFT
        6 | @housing | Mid 2014-end 2016 => 2016-12-31 | WCC
        7 | @cafe | Summer 2019 => 2019-08-31 | Mind
        8 | @crisisplan | Within 12 months => 2016-03-31 | WPFT
        9 | @audit | at least quarterly => every 3 | WPFT
        10 | @jsna | annual => every 12 | WCC
        11 | @restraint | six-monthly => every 6 | WPFT
        12 | @card | Completed | WCC
        13 | @control | April 2015, Revised date: April 2017 => 2017-04-30 | Police
        14 | @suicide | winter 2018/19 => 2019-02-28 | WCC
        """,
    )
    return Word().heading("Action plan").table(
        [["No.", "Action", "Timescale", "Led by"], *grid(plan, "ref action time lead")]
    ).saved(), plan


@DAYS.plan("days_and_reviews.xlsx")
def days_and_reviews() -> tuple[bytes, list[Row]]:
    """A day, and how often it is looked at afterwards: nobody needs to be asked."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | March 2015, reviewed annually => 2015-03-31 | CCG
        2 | @data | Jan 2015 - ongoing => every 12 | Police
        3 | @spa | Year end March 2016 => 2016-03-31 | WPFT
        4 | @dashboard | Report quarterly, first report June 2015 => 2015-06-30 or every 3 | CCG
        5 | @learn | 15-16 March 2015 => 2015-03-16 | WPFT
        6 | @card | By the end of May 2015 => 2015-05-31 | WCC
        7 | @gap | By end Q4 2015/16 => 2016-03-31 | CCG
        8 | @training | To be completed by 30 September 2015 => 2015-09-30 | WPFT
        9 | @website | Complete by June 2015 => 2015-06-30 | WCC
        10 | @sharing | Commence April 2015, complete by Dec 2015 => 2015-12-31 | WCC
        11 | @survey | Annually, next due March 2016 => 2016-03-31 or every 12 | Healthwatch
        12 | @amhp | Sept 2015 and ongoing => every 12 or 2015-09-30 or ask | WCC
        13 | @hbpos | Financial year 2015/16 => 2016-03-31 | WPFT
        14 | @convey | Ongoing - reviewed quarterly => every 3 | TRAS
        """,
    )
    return saved(workbook([["Ref", "Action", "Timescale", "Led by"], *grid(plan, "ref action time lead")])[0]), plan


@DAYS.plan("start_and_finish.csv")
def start_and_finish() -> tuple[bytes, list[Row]]:
    """The national list's columns: start, finish, lead, highlights."""
    plan = rows(
        "ref action start time lead progress",
        """
        1 | @suicide | Feb-14 | Sep-15 => 2015-09-30 | NHS England | Consultation closed
        2 | @data | Apr-14 | Mar-15 | NHS England | First data published
        3 | @protocol | 01/04/2014 | 31/12/2014 => 2014-12-31 | Westmarch Constabulary | Agreed
        4 | @training | 01/10/2014 | 30/06/2015 => 2015-06-30 | Westmarch Constabulary | 200 trained
        5 | @rail | 2014 | 2016 => 2016-12-31 | BTP | Meetings held
        6 | @liaison | April 2014 | Ongoing | NHS England | Three sites
        7 | @custody | Apr-14 | Mar-17 => 2017-03-31 | NHS England | Half of the country
        8 | @advocacy | n/a | tbc | WCC |
        """,
    )
    header = ["Action No", "Action", "Start date", "Finish date", "Lead", "Highlights and Achievements"]
    return separated([header, *grid(plan, "ref action start time lead progress")]), plan


@DAYS.plan("rough_dates.xls", clean=False)
def rough() -> tuple[bytes, list[Row]]:
    """Dates that careful people would not agree about, between those that they would."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | 01/04/15 => 2015-04-01 | CCG
        2 | @gap | 12/6/2015 => 2015-06-12 | CCG
        3 | @card | Easter 2015 => 2015-04-05 or 2015-04-06 or ask | WCC
        4 | @cafe | Within 6 months => 2015-09-30 or 2015-10-31 | Mind
        5 | @spa | Subject to funding => none or ask | WPFT
        6 | @protocol | As soon as possible => none or ask | WPFT
        7 | @triage | March => ask or 2016-03-31 | Police
        8 | @alcohol | March / April 2015 => 2015-04-30 | WPFT
        9 | @sharing | Immediate => none or ask or 2015-03-31 | WCC
        10 | @amhp | 2015 => 2015-12-31 | WCC
        11 | @hbpos | by 2017 => ask or 2017-12-31 or 2016-12-31 | WPFT
        12 | @peer | Spring 2016 => 2016-05-31 | WPFT
        13 | @bed | Long term => none or ask | WPFT
        14 | @audit | 31 June 2015 => ask | WPFT
        15 | @housing | 05/13/2015 => ask or 2015-05-13 | WCC
        """,
    )
    header = ["No", "Action", "Timeframe", "Lead"]
    return old_excel({"Plan": [header, *grid(plan, "ref action time lead")]}), plan


@DAYS.plan("year_in_the_title.xlsx", published=None)
def year_in_title() -> tuple[bytes, list[Row]]:
    """The title says for which year the bare quarters are."""
    plan = rows(
        "ref action time lead",
        """
        # 1 | Commissioning
        1.1 | @group | Q1 => 2015-06-30 | CCG
        1.2 | @gap | Q2 => 2015-09-30 | CCG
        1.3 | @dashboard | Q3 => 2015-12-31 | CCG
        # B | Urgent and emergency access to crisis care
        2.1 | @protocol | End of Q2 => 2015-09-30 | WPFT
        2.2 | @control | Q4 => 2016-03-31 | Police
        2.3 | @amhp | Q4 2014/15 | WCC
        2.4 | @transport | Q1/Q2 => 2015-09-30 | CCG
        # D | Recovery and staying well
        3.1 | @discharge | Quarter 4 => 2016-03-31 | WPFT
        """,
    )
    lines = [
        ["Westmarch Crisis Care Concordat Action Plan"],
        ["All timescales are for 2015/16 unless otherwise specified"],
        [],
        ["Ref", "Action", "Timescale", "Lead"],
        *with_headings(plan, "ref action time lead"),
    ]
    return saved(workbook(lines)[0]), plan


@DAYS.plan("revised_column.xlsx", published=date(2016, 6, 1))
def revised_column() -> tuple[bytes, list[Row]]:
    """The original date and the revised one in two columns."""
    plan = rows(
        "ref action original time lead",
        """
        1 | @group | March 2015 | | CCG
        2 | @spa | April 2015 | April 2017 => 2017-04-30 | WPFT
        3 | @card | May 2015 | | WCC
        4 | @amhp | Sept 2015 | March 2016 | WCC
        5 | @hbpos | d:2015-10-30 | d:2016-12-30 | WPFT
        6 | @sharing | June 2015 | December 2015 | WCC
        7 | @peer | March 2016 | | WPFT
        8 | @bed | March 2016 | TBC => 2016-03-31 or ask or none | WPFT
        """,
    )
    originals = {"1": "2015-03-31", "3": "2015-05-31", "7": "2016-03-31"}
    for row in plan:
        row.expected["time"] = originals.get(row.written["ref"], row.expected["time"])
    header = ["Ref", "Action", "Original timescale", "Revised timescale", "Lead"]
    return saved(workbook([header, *grid(plan, "ref action original time lead")])[0]), plan


@DAYS.plan("when_original_revised.docx")
def original_and_revised() -> tuple[bytes, list[Row]]:
    """A heading in two rows: When above Original and Revised."""
    plan = rows(
        "ref action lead helps original time",
        """
        # 1 | Commissioning
        1.1 | @group | CCG | | End of March 2015 | End Sept 2015 => 2015-09-30
        1.2 | @gap | CCG | WCC | June 2015 | => 2015-06-30
        # A | A. Access to support before crisis point
        2.1 | @card | WCC | CCG | May 2015 | May 2015
        2.2 | @website | WCC | | Summer 2015 | No change => 2015-08-31
        # B | B. Urgent and emergency access to crisis care
        3.1 | @custody | OPCC | WPFT | Q3 14-15 | Q2 15/16 => 2015-09-30
        3.2 | @triage | Police | | October 2015 | March 2016
        # D | D. Recovery and staying well
        5.1 | @housing | WCC | WPFT | 15-16 | => 2016-03-31
        5.2 | @peer | Mind | | October 2015 | n/a => 2015-10-31
        """,
    )
    header = [["Ref", "Action", "Responsibility", None, "When", None]]
    header += [[None, None, "Lead", "Support", "Original", "Revised"]]
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)]
    lines = [*header, *with_headings(plan, "ref action lead helps original time")]
    return Word().heading("Plan").table(lines, merged=merged).saved(), plan
