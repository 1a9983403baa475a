"""What happens to tables in years of use: gaps, doubles, wrapped lines, totals, sections nobody else has."""

from tests.actionplans.importing.corpus.grids import ABOVE, LEFT, expect, shape

HEAD = ("Ref", "Action", "Timescale", "Led by", "Outcome")
SECOND_LEADS = shape(
    "a second lead and a second milestone in the next row",
    [
        HEAD,
        ("A1", "Set up a helpline", "Feasibility June 2015", "NPFT", "Calls are answered"),
        ("", "", "Live April 2016", "working with NHS Anytown CCG", ""),
        ("A2", "Advertise it", "May 2016", "NCC", ""),
    ],
    expect(2, "A", "A1", "Set up a helpline", "mh-trust anytown-ccg", "2016-04-30", roles="lead working_with"),
    expect(4, "A", "A2", "Advertise it", "county", "2016-05-31"),
)
SUB_BULLETS = shape(
    "bullets below an action",
    [
        HEAD,
        ("C1", "Train all ward staff", "May 2016", "NPFT", ""),
        ("", "• in calming a situation", "", "", ""),
        ("", "• in first aid", "", "", ""),
        ("C2", "Train the police", "June 2016", "Northshire Police", ""),
    ],
    expect(2, "C", "C1", "Train all ward staff\n• in calming a situation\n• in first aid", "mh-trust", "2016-05-31"),
    expect(5, "C", "C2", "Train the police", "police", "2016-06-30"),
)
WRAPPED = shape(
    "a text that is wrapped into the next row",
    [
        HEAD,
        ("D1", "Give each person a plan that says what", "May 2016", "NPFT", ""),
        ("", "helps them in a crisis", "", "", ""),
    ],
    expect(2, "D", "D1", "Give each person a plan that says what\nhelps them in a crisis", "mh-trust", "2016-05-31"),
)
FOOTERS = shape(
    "totals, notes and empty rows",
    [
        HEAD,
        ("", "", "", "", ""),
        ("B1", "Measure how long people wait", "May 2015", "AHT", ""),
        ("", "", "", "", ""),
        ("Total actions", "1", "", "", ""),
        ("Note: dates are the end of the month unless the group decides otherwise.", LEFT, LEFT, LEFT, LEFT),
        ("Last updated 3 March 2015", "", "", "", ""),
    ],
    expect(3, "B", "B1", "Measure how long people wait", "acute", "2015-05-31"),
)
TWICE = shape(
    "a reference that stands twice",
    [
        HEAD,
        ("B1", "Give police a number to call", "May 2015", "NPFT", ""),
        ("B1", "Give ambulance crews a number too", "June 2015", "MEAS", ""),
    ],
    expect(2, "B", "B1", "Give police a number to call", "mh-trust", "2015-05-31", asks="reference"),
    expect(3, "B", "B1", "Give ambulance crews a number too", "ambulance", "2015-06-30", asks="reference"),
)
ONE_NUMBER = shape(
    "one merged reference over several actions",
    [
        HEAD,
        ("B1", "Agree a form for the handover", "May 2015", "NPFT", ""),
        (ABOVE, "Print the form", "June 2015", "Northshire Police", ""),
    ],
    expect(2, "B", "B1", "Agree a form for the handover", "mh-trust", "2015-05-31", asks="reference"),
    expect(3, "B", "B1", "Print the form", "police", "2015-06-30", asks="reference"),
)
LOCAL_SECTIONS = shape(
    "sections that only this plan has",
    [
        HEAD,
        ("Triage arrangements", LEFT, LEFT, LEFT, LEFT),
        ("T1", "Extend the car to weekends", "May 2015", "Northshire Police", ""),
        ("6", "Local priorities", "", "", ""),
        ("6.1", "Look after staff", "June 2015", "NPFT", ""),
    ],
    expect(3, None, "T1", "Extend the car to weekends", "police", "2015-05-31", asks="section"),
    expect(5, None, "6.1", "Look after staff", "mh-trust", "2015-06-30", asks="section"),
)
STATEMENTS = shape(
    "an I statement below the section",
    [
        HEAD,
        ("B. Urgent and emergency access to crisis care", LEFT, LEFT, LEFT, LEFT),
        ("“When I am in crisis I am treated with respect.”", LEFT, LEFT, LEFT, LEFT),
        ("B1", "Meet people in a calm room", "May 2015", "AHT", ""),
    ],
    expect(4, "B", "B1", "Meet people in a calm room", "acute", "2015-05-31"),
)
UNNUMBERED = shape(
    "actions without any number",
    [
        ("Action", "Timescale", "Led by"),
        ("Section D: Recovery and staying well", LEFT, LEFT),
        ("Teach recovery in the college", "May 2015", "NPFT"),
        ("Pay people for their advice", "June 2015", "NCC"),
        ("Write down what works", "", ""),
    ],
    expect(3, "D", "", "Teach recovery in the college", "mh-trust", "2015-05-31"),
    expect(4, "D", "", "Pay people for their advice", "county", "2015-06-30"),
    expect(5, "D", "", "Write down what works", "", None),
)
NEW_ONES = shape(
    "references such as *new and 1001",
    [
        HEAD,
        ("Section A", LEFT, LEFT, LEFT, LEFT),
        ("1001", "Open at night", "May 2015", "NPFT", ""),
        ("*new", "Open at weekends", "June 2015", "NPFT", ""),
    ],
    expect(3, "A", "1001", "Open at night", "mh-trust", "2015-05-31"),
    expect(4, "A", "*new", "Open at weekends", "mh-trust", "2015-06-30"),
)
NO_ACTION = shape(
    "a number without an action",
    [
        HEAD,
        ("A1", "Open a drop-in", "May 2015", "NPFT", ""),
        ("A2", "", "June 2015", "NCC", "People know where to go"),
        ("A3", "", "", "", ""),
    ],
    expect(2, "A", "A1", "Open a drop-in", "mh-trust", "2015-05-31"),
    expect(3, "A", "A2", "People know where to go", "county", "2015-06-30", asks="action"),
)
ONLY_NUMBERS = shape(
    "numbers as the only trace of sections",
    [
        HEAD,
        ("1.1", "Commission together", "May 2015", "NHS Anytown CCG", ""),
        ("2.1", "Help before a crisis", "June 2015", "NPFT", ""),
    ],
    expect(2, None, "1.1", "Commission together", "anytown-ccg", "2015-05-31", asks="section"),
    expect(3, None, "2.1", "Help before a crisis", "mh-trust", "2015-06-30", asks="section"),
)
SHAPES = (
    SECOND_LEADS,
    SUB_BULLETS,
    WRAPPED,
    FOOTERS,
    TWICE,
    ONE_NUMBER,
    LOCAL_SECTIONS,
    STATEMENTS,
    UNNUMBERED,
    NEW_ONES,
    NO_ACTION,
    ONLY_NUMBERS,
)
