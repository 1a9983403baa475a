"""Who leads: many names for one body, several bodies, persons, sub-groups, footprints."""

from __future__ import annotations

from tests.plan_files.examined.files import Word, open_sheet, saved, separated, workbook
from tests.plan_files.examined.kit import Plans, Row, grid, rows, with_headings

LEADING = Plans()
PEOPLE = (
    "Jane Carter",
    "Paul Newby",
    "Sarah Okafor",
    "Tom Whitfield",
    "Priya Nair",
    "Carter",
    "Newby",
    "Okafor",
    "Whitfield",
)


@LEADING.plan("several_leads.xlsx", clean=False)
def several() -> tuple[bytes, list[Row]]:
    """Several bodies in every style: slashes, commas, "and", "lead X, working with Y"."""
    plan = rows(
        "ref action time lead",
        """
        1.1 | @group | March 2015 | CCG / WCC => ccg+council
        1.2 | @gap | June 2015 | LAs/CCGs/Police => council+ccg+police or ccg+police or ask
        1.3 | @data | Dec 2015 | Police, TRAS, WHT => police+ambulance+acute
        2.1 | @spa | April 2015 | Lead: WPFT, working with CCG and WCC => trust+ccg+council
        2.2 | @card | May 2015 | WCC (supported by Healthwatch) => council+healthwatch
        2.3 | @mhfa | 2015/16 | WCC & Mind => council+mind
        2.4 | @samaritans | Ongoing | Samaritans with support from CCG => samaritans+ccg
        3.1 | @protocol | June 2015 | WPFT, Police and WCC => trust+police+council
        3.2 | @rail | TBC | BTP; Westmarch Police => btp+police
        3.3 | @convey | Ongoing | All agencies
        3.4 | @sharing | Sept 2015 | All partners
        3.5 | @liaison | March 2016 | WHT (lead) / WPFT => acute+trust
        4.1 | @training | 2015/16 | Training sub group => text
        5.1 | @housing | March 2016 | Housing providers => text
        """,
    )
    return saved(workbook([["No.", "Action", "Timescale", "Led by"], *grid(plan, "ref action time lead")])[0]), plan


@LEADING.plan("named_officers.docx", people=PEOPLE, clean=False)
def officers() -> tuple[bytes, list[Row]]:
    """Persons with ranks and posts, alone and beside their body."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | March 2015 | Jane Carter, CCG => ccg
        2 | @gap | June 2015 | CCG (Jane Carter) => ccg
        3 | @triage | December 2015 | Insp. Paul Newby, Westmarch Police => police
        4 | @control | Sept 2015 | Ch Supt Sarah Okafor => text or none or ask
        5 | @card | May 2015 | Tom Whitfield (WCC) => council
        6 | @amhp | Sept 2015 | Tom Whitfield => text or none or ask
        7 | @hbpos | October 2015 | Dr Priya Nair - WPFT => trust
        8 | @protocol | June 2015 | Jane Carter (CCG) and Paul Newby (Police) => ccg+police
        9 | @restraint | Six-monthly | Director of Nursing, WPFT => trust
        10 | @housing | March 2016 | Head of Adult Social Care, WCC => council
        """,
    )
    return Word().heading("Actions").table(
        [["No", "Action", "Timescale", "Who"], *grid(plan, "ref action time lead")]
    ).saved(), plan


@LEADING.plan("lead_and_footprint.csv")
def footprint() -> tuple[bytes, list[Row]]:
    """Lead agency and footprint in one column, as some northern plans have it."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | March 2015 | NHS Westmarch CCG - Westmarch wide => ccg
        2 | @jsna | Annual | Westmarch County Council - county => council
        3 | @triage | December 2015 | Westmarch Police - force wide => police
        4 | @control | Sept 2015 | Westmarch Police - force wide => police
        5 | @convey | Ongoing | TRAS - regional => ambulance
        6 | @rail | TBC | BTP - national => btp
        7 | @hbpos | October 2015 | WPFT - Westmarch wide => trust
        8 | @liaison | March 2016 | WHT - Oakfield only => acute
        """,
    )
    header = ["Number", "Action", "Timescale", "Lead Agency + Footprint"]
    return separated([header, *grid(plan, "ref action time lead")]), plan


@LEADING.plan("lead_and_partners.ods")
def lead_and_partners() -> tuple[bytes, list[Row]]:
    """A column for the lead and one for those who work with it."""
    plan = rows(
        "ref action lead partners time",
        """
        # 1 | 1. Commissioning
        1.1 | @group | CCG | WCC, Police, WPFT | March 2015
        1.2 | @dashboard | CCG | All | Quarterly
        # A | 2. Access to support before crisis point
        2.1 | @spa | WPFT | CCG | April 2015
        2.2 | @cafe | Westmarch Mind | WPFT, CCG | Summer 2016
        # B | 3. Urgent and emergency access
        3.1 | @triage | Westmarch Police | WPFT / CCG / PCC | December 15
        3.2 | @convey | TRAS | Police | Ongoing
        3.3 | @liaison | WHT | WPFT | March 2016
        # D | 5. Recovery
        5.1 | @housing | WCC | District councils | By March 2016
        """,
    )
    lines = [
        ["Ref", "Action", "Lead", "Working with", "By when"],
        *with_headings(plan, "ref action lead partners time"),
    ]
    return open_sheet({"Plan": lines}), plan


@LEADING.plan("column_per_agency.xlsx", clean=False)
def column_per_agency() -> tuple[bytes, list[Row]]:
    """The lead's full name, its abbreviation, its old name and a slip of the pen."""
    plan = rows(
        "ref action time lead",
        """
        1 | @group | March 2015 | NHS Westmarch Clinical Commissioning Group => ccg
        2 | @jsna | Annual | westmarch county council => council
        3 | @triage | Dec 2015 | Westmarch  Constabulary => police
        4 | @control | Sept 2015 | Westmarch Constabulery => police or ask
        5 | @spa | March 2016 | Westmarch Partnership Foundation Trust => trust or ask
        6 | @hbpos | Oct 2015 => 2015-10-31 | W.P.F.T. => trust or ask
        7 | @convey | Ongoing | Three Rivers Ambulance => ambulance or ask
        8 | @survey | Annual | HealthWatch => healthwatch
        9 | @pathway | June 2015 | OPCC
        10 | @cafe | Summer 2016 | MIND => mind
        """,
    )
    return saved(
        workbook([["Ref", "Action", "Timescale", "Responsible"], *grid(plan, "ref action time lead")])[0]
    ), plan
