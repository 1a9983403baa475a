"""The layouts that real counties used, in invented words."""

from tests.actionplans.importing.corpus.grids import (
    ABOVE,
    AMBER,
    GREEN,
    GREY,
    LEFT,
    RED,
    Grid,
    expect,
    file,
    filled,
    shape,
    struck,
)

KEY = "RAG key: Red = not started, Amber = ongoing, Green = completed, Grey = removed or absorbed into another action"
SECTION_1 = "1. Commissioning to allow earlier intervention and responsive crisis services"
SECTION_2 = "2. Access to support before crisis point"
KEY = "RAG key: Red = not started, Amber = ongoing, Green = completed, Grey = removed or absorbed into another action"
SECTION_3 = "3. Urgent and emergency access to crisis care"


def across(text: str, width: int) -> tuple[str, ...]:
    return (text, *[LEFT] * (width - 1))


BASE = shape(
    "base template: No, Action, Timescale, Led By, Outcomes",
    [
        across("Northshire Crisis Care Concordat action plan, version 1", 5),
        across(SECTION_1, 5),
        ("No.", "Action", "Timescale", "Led By", "Outcomes"),
        across("Matching local need with a suitable range of services", 5),
        (
            "1",
            "Form a crisis group with all partners",
            "March 2015",
            "NHS Anytown CCG",
            "The group meets six times a year",
        ),
        ("2", "Count demand by hour and day", "By end of May 2015", "Northshire Police", "One picture of demand"),
        across(SECTION_2, 5),
        ("No.", "Action", "Timescale", "Led By", "Outcomes"),
        (
            "3",
            "Open an evening crisis cafe",
            "Summer 2016 and June 2016",
            "Anytown and District Mind",
            "Fewer people wait in A&E",
        ),
    ],
    expect(5, "1", "1", "Form a crisis group with all partners", "anytown-ccg", "2015-03-31"),
    expect(6, "1", "2", "Count demand by hour and day", "police", "2015-05-31"),
    expect(9, "A", "3", "Open an evening crisis cafe", "mind", "2016-06-30"),
)
REFRESH = shape(
    "2015 refresh with Summary progress and RAG",
    [
        ("No.", "Action", "Timescale", "Led By", "Outcomes", "Summary progress against actions", "RAG"),
        across(SECTION_3, 7),
        (
            "3.1",
            "Put a nurse into the control room",
            "April 2015",
            "NPFT",
            "Advice before arrival",
            "In post since May",
            filled(GREEN),
        ),
        (
            "3.2",
            "Renew the joint protocol on section 136",
            "December 15",
            "NHS Anytown CCG",
            "Signed by all",
            "Second draft is out",
            filled(AMBER),
        ),
        (
            "3.3",
            "Agree how to wait with a person in A&E",
            "March 2016",
            "AHT",
            "Police wait an hour at most",
            "",
            filled(RED),
        ),
    ],
    expect(3, "B", "3.1", "Put a nurse into the control room", "mh-trust", "2015-04-30", asks="status"),
    expect(4, "B", "3.2", "Renew the joint protocol on section 136", "anytown-ccg", "2015-12-31", asks="status"),
    expect(5, "B", "3.3", "Agree how to wait with a person in A&E", "acute", "2016-03-31", asks="status"),
    asks="rag_key",
)
HUMBER_FOUR = shape(
    "four states in words, quarter columns, a section of its own",
    [
        ("Ref", "Action", "Timescale", "Lead Agency + Footprint", "Q1 Update", "Q2 Update", "Status"),
        across("Partnership working", 7),
        (
            "1a",
            "Hold a yearly event for all who sign",
            "Q4 2014/15",
            "NHS Anytown CCG\nNorthshire-wide",
            "Hall booked",
            "Held in March",
            "Completed",
        ),
        across("A. Access to support before crisis point", 7),
        (
            "2a",
            "List who helps out of hours",
            "Q2 2015/16",
            "Northshire County Council – Anytown only",
            "",
            "Begun",
            "Underway on timescale",
        ),
        ("2b", "Print a card with numbers to call", "Q1 2015/16", "Healthwatch Northshire", "", "Late", "Overdue"),
        ("2c", "Test a text service", "Q3 2015/16", "NPFT", "", "", "Not started"),
    ],
    expect(
        3, None, "1a", "Hold a yearly event for all who sign", "anytown-ccg", "2015-03-31", "completed", asks="section"
    ),
    expect(5, "A", "2a", "List who helps out of hours", "county", "2015-09-30", "in_progress"),
    expect(6, "A", "2b", "Print a card with numbers to call", "healthwatch", "2015-06-30", asks="status"),
    expect(7, "A", "2c", "Test a text service", "mh-trust", "2015-12-31", "not_started"),
)
GREY_ABSORBED = shape(
    "key below the table, grey for what was absorbed",
    [
        ("Action ref", "Recommended local actions", "Timeframe", "Lead agencies", "RAG rating", "Comments"),
        across("Section B: Urgent and emergency access", 6),
        ("B1", "Agree a pathway for under-18s", "June 2015", "Northshire County Council", filled(GREEN), "Signed"),
        ("B2", "Train call handlers", "July 2015", "MEAS", filled(AMBER), "Half are trained"),
        ("B3", "Review the pathway for under-18s", "July 2015", "NPFT", filled(GREY), "Now part of B1"),
        across(KEY, 6),
    ],
    expect(3, "B", "B1", "Agree a pathway for under-18s", "county", "2015-06-30", "completed"),
    expect(4, "B", "B2", "Train call handlers", "ambulance", "2015-07-31", "in_progress"),
    expect(5, "B", "B3", "Review the pathway for under-18s", "mh-trust", "2015-07-31", asks="status"),
)
EQUALITY_FIRST = shape(
    "a section of its own first, revised dates in the timescale",
    [
        across("Continuous action plan, version 23 (June 2016)", 6),
        ("Ref", "Action", "Timescale", "Led by", "Outcome", "RAG"),
        across("Equality Act due regard", 6),
        ("E1", "Check every change for its effect on equality", "Ongoing", "All", "Nobody is left out", "Amber"),
        across("1. Commissioning to allow earlier intervention", 6),
        (
            "1.1",
            "Decide on a single point of access",
            "April 2015\nRevised date: April 2017",
            "NHS Anytown CCG",
            "One number",
            "Red",
        ),
        across("Red: outstanding. Amber: ongoing. Green: completed.", 6),
    ],
    expect(4, None, "E1", "Check every change for its effect on equality", "All", None, "in_progress", asks="section"),
    expect(6, "1", "1.1", "Decide on a single point of access", "anytown-ccg", "2017-04-30", "not_started"),
)
LETTERS = shape(
    "A to D with parts A1, A2 and references A1.1",
    [
        ("Ref", "Action", "By when", "Who", "Performance Indicator/Product"),
        ("A", "Access to support before crisis point", "", "", ""),
        ("A1", "Early intervention for people who are more at risk", "", "", ""),
        ("A1.1", "Make one page on whom to call", "By end of May 2015", "Northshire County Council", "Page is live"),
        ("A2", "Support through primary care", "", "", ""),
        ("A2.1", "Offer surgeries a named nurse", "15-16", "NPFT", "Every surgery has one"),
        ("C", "Quality of treatment and care when in crisis", "", "", ""),
        ("C1.1", "Ask people how they were treated", "2015/16", "Healthwatch Northshire", "Two surveys"),
    ],
    expect(4, "A", "A1.1", "Make one page on whom to call", "county", "2015-05-31"),
    expect(6, "A", "A2.1", "Offer surgeries a named nurse", "mh-trust", "2016-03-31"),
    expect(8, "C", "C1.1", "Ask people how they were treated", "healthwatch", "2016-03-31"),
)
ONE_TO_FIVE = file(
    "one table for each section, numbered 1 to 5",
    [
        Grid(
            (
                ("No", "Action", "Timescale", "Led by", "Outcomes"),
                ("1.1", "Write a needs assessment", "March 2015", "Northshire Public Health", "Published"),
            ),
            "Table 1",
            SECTION_1,
        ),
        Grid(
            (
                ("No", "Action", "Timescale", "Led by", "Outcomes"),
                ("4.1", "Stop using cells for under-18s", "Sept 2015", "Northshire Police", "None in cells"),
            ),
            "Table 2",
            "4. Quality of treatment and care when in crisis",
        ),
        Grid(
            (
                ("No", "Action", "Timescale", "Led by", "Outcomes"),
                ("5.1", "Give everyone a crisis plan", "March 2016", "NPFT", "Plans are shared"),
            ),
            "Table 3",
            "5. Recovery and staying well",
        ),
    ],
    expect(2, "1", "1.1", "Write a needs assessment", "public-health", "2015-03-31", sheet="Table 1"),
    expect(2, "C", "4.1", "Stop using cells for under-18s", "police", "2015-09-30", sheet="Table 2"),
    expect(2, "D", "5.1", "Give everyone a crisis plan", "mh-trust", "2016-03-31", sheet="Table 3"),
)
LONDON = shape(
    "proposed local actions with partners in a column of their own",
    [
        (
            "Proposed local actions",
            "Lead organisation",
            "Partners",
            "Start date",
            "Finish date",
            "Highlights and Achievements",
            "Priority & status",
        ),
        ("1. Commissioning to allow earlier intervention", LEFT, LEFT, LEFT, LEFT, LEFT, LEFT),
        (
            "1.1 Map what is commissioned for crises",
            "NHS Anytown CCG",
            "Northshire County Council, NPFT",
            "January 2015",
            "March 2015",
            "Mapped",
            "High – completed",
        ),
        (
            "1.2 Share one dashboard",
            "Northshire Public Health",
            "All",
            "April 2015",
            "October 2015",
            "",
            "Medium - not started",
        ),
    ],
    expect(
        3,
        "1",
        "1.1",
        "Map what is commissioned for crises",
        "anytown-ccg county mh-trust",
        "2015-03-31",
        "completed",
        roles="lead working_with working_with",
    ),
    expect(4, "1", "1.2", "Share one dashboard", "public-health All", "2015-10-31", "not_started", roles="lead all"),
)
MERGED_DOWN = shape(
    "actions that span several rows by vertical merges",
    [
        ("Ref", "Action", "Milestone", "Timescale", "Led by", "RAG"),
        across("B. Urgent and emergency access to crisis care", 6),
        ("B1", "Set up a place of safety for all ages", "Find a building", "June 2015", "NPFT", "Green = done"),
        (ABOVE, ABOVE, "Open the doors", "April 2016", "NPFT", ""),
        ("B2", "Agree on conveyance", "Write it down", "May 2015", "MEAS", ""),
    ],
    expect(3, "B", "B1", "Set up a place of safety for all ages", "mh-trust", "2016-04-30", "completed", asks="status"),
    expect(5, "B", "B2", "Agree on conveyance", "ambulance", "2015-05-31"),
    asks="column rag_key",
)
APPENDIX = file(
    "completed actions in an appendix",
    [
        Grid(
            (
                ("No", "Action", "Timescale", "Led by", "Progress"),
                ("3.4", "Extend the night team", "March 2016", "NPFT", "Staff are being found"),
            ),
            "Table 1",
            SECTION_3,
        ),
        Grid(
            (
                ("No", "Action", "Timescale", "Led by", "Progress"),
                ("3.1", "Agree a joint protocol", "March 2015", "Northshire Police", "Signed in February"),
            ),
            "Table 2",
            "Appendix: completed actions",
        ),
    ],
    expect(2, "B", "3.4", "Extend the night team", "mh-trust", "2016-03-31", sheet="Table 1"),
    expect(2, "B", "3.1", "Agree a joint protocol", "police", "2015-03-31", "completed", sheet="Table 2"),
)
STRUCK = shape(
    "actions struck through instead of removed",
    [
        ("Ref", "Action", "Timescale", "Led by"),
        ("D1.1", struck("Open a second crisis house"), struck("March 2016"), "NPFT"),
        (
            "D1.2",
            "Offer peer support after a crisis",
            struck("June 2015 December 2015", "June 2015"),
            "Anytown and District Mind",
        ),
    ],
    expect(2, "D", "D1.1", "Open a second crisis house", "mh-trust", "2016-03-31", asks="status"),
    expect(3, "D", "D1.2", "Offer peer support after a crisis", "mind", "2015-12-31"),
)
SHAPES = (
    BASE,
    REFRESH,
    HUMBER_FOUR,
    GREY_ABSORBED,
    EQUALITY_FIRST,
    LETTERS,
    ONE_TO_FIVE,
    LONDON,
    MERGED_DOWN,
    APPENDIX,
    STRUCK,
)
