"""A long plan."""

from __future__ import annotations

from tests.plan_files.examined.files import saved, workbook
from tests.plan_files.examined.kit import Plans, Row, by_section, grid, rows

LONG = Plans()


@LONG.plan("forty_rows.xlsx")
def forty_rows() -> tuple[bytes, list[Row]]:
    """A long county plan with blank lines between the sections and a priority column."""
    plan = rows(
        "ref action time lead status",
        """
        # 1 | 1. Commissioning to allow earlier intervention and responsive crisis services
        1.1 | @group | March 2015 | CCG | Completed
        1.2 | @jsna | Annual | WCC | In progress
        1.3 | @gap | Q4 2014/15 | CCG | Completed
        1.4 | @dashboard | Quarterly | CCG | In progress
        1.5 | @data | July 2015 | Police | In progress
        1.6 | @pathway | June 2015 | CCG | In progress
        1.7 | @equality | Sept 2015 | WCC | Not started
        1.8 | @suicide | By March 2016 | WCC | Not started
        # A | 2. Access to support before crisis point
        2.1 | @spa | April 2016 => 2016-04-30 | WPFT | Not started
        2.2 | @card | By end of May 2015 | WCC | In progress
        2.3 | @mhfa | 2015/16 | WCC | In progress
        2.4 | @cafe | Summer 2016 | Westmarch Mind | Not started
        2.5 | @samaritans | Ongoing | Samaritans | In progress
        2.6 | @gp | May 2015 | CCG | Completed
        2.7 | @website | April 2015 | WCC | Completed
        2.8 | @veterans | December 2015 | CCG | Not started
        # B | 3. Urgent and emergency access to crisis care
        3.1 | @triage | December 15 | Police | In progress
        3.2 | @control | September 2015 | Police | In progress
        3.3 | @protocol | June 2015 | WPFT | In progress
        3.4 | @under18 | March 2015 | Police | Completed
        3.5 | @convey | Ongoing | TRAS | In progress
        3.6 | @liaison | March 2017 => 2017-03-31 | WHT | Not started
        3.7 | @alcohol | By Dec 2015 | WPFT | Not started
        3.8 | @sharing | October 2015 | WCC | In progress
        3.9 | @rail | TBC | BTP | Not started
        3.10 | @amhp | September 2015 | WCC | In progress
        3.11 | @nhs111 | July 2015 | CCG | In progress
        3.12 | @transport | January 2016 | CCG | Not started
        3.13 | @custody | April 2015 | Police | Completed
        # C | 4. Quality of treatment and care when in crisis
        4.1 | @hbpos | October 2015 | WPFT | In progress
        4.2 | @training | 2015/16 | WPFT | In progress
        4.3 | @restraint | Six-monthly | WPFT | In progress
        4.4 | @survey | Twice yearly | Healthwatch | In progress
        4.5 | @search | June 2015 | Police | In progress
        4.6 | @audit | Annually | WPFT | Not started
        4.7 | @bed | March 2016 | WPFT | Not started
        # D | 5. Recovery and staying well / preventing future crises
        5.1 | @crisisplan | March 2016 | WPFT | Not started
        5.2 | @housing | By March 2016 | WCC | Not started
        5.3 | @peer | 15-16 | WPFT | In progress
        5.4 | @discharge | Monthly | WPFT | In progress
        """,
    )
    lines: list[list[object]] = [["Ref", "Action", "Timescale", "Lead", "Priority", "Status"]]
    for heading, part in by_section(plan).items():
        lines += [[heading], *[[*line[:4], "High", line[4]] for line in grid(part, "ref action time lead status")], []]
    return saved(workbook(lines)[0]), plan
