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
BEGIN_AGAIN = shape(
    "numbers that begin again in each section",
    [
        ("Section A: Access to support before crisis point", LEFT, LEFT, LEFT, LEFT),
        HEAD,
        (1, "Map all services", "May 2015", "NPFT", ""),
        (2, "Tell people about them", "June 2015", "NCC", ""),
        ("Section C: Quality of treatment and care", LEFT, LEFT, LEFT, LEFT),
        HEAD,
        (1, "Audit the wards", "May 2016", "NPFT", ""),
        (2, "Publish the audit", "June 2016", "NPFT", ""),
    ],
    expect(3, "A", "1", "Map all services", "mh-trust", "2015-05-31", asks="reference"),
    expect(4, "A", "2", "Tell people about them", "county", "2015-06-30", asks="reference"),
    expect(7, "C", "1", "Audit the wards", "mh-trust", "2016-05-31", asks="reference"),
    expect(8, "C", "2", "Publish the audit", "mh-trust", "2016-06-30", asks="reference"),
)
BELIED = shape(
    "headings that the cells belie",
    [
        ("Ref", "Action", "Lead", "Timescale"),
        ("A1", "Open a quiet room", "May 2015", "Northshire Police"),
        ("A2", "Open another", "June 2015", "NHS Anytown CCG"),
    ],
    expect(2, "A", "A1", "Open a quiet room", asks="leads due"),
    expect(3, "A", "A2", "Open another", asks="leads due"),
    asks="column",
)
TOLD_BY_UPDATES = shape(
    "no status, but updates that tell it",
    [
        ("Ref", "Action", "Timescale", "Led by", "Q1 Update", "Q2 Update"),
        ("A1", "Open a quiet room", "May 2015", "NPFT", "In progress", "Complete. It opened in May"),
        ("A2", "Paint it", "May 2015", "NPFT", "Completed the first wall", ""),
        ("A3", "(completed – removed)", "", "", "", ""),
    ],
    expect(2, "A", "A1", "Open a quiet room", "mh-trust", "2015-05-31", "completed"),
    expect(3, "A", "A2", "Paint it", "mh-trust", "2015-05-31"),
    expect(4, "A", "A3", "completed removed", "", None, "completed"),
)
OPEN_KEY = shape(
    "a key of which one colour says two things",
    [
        ("RAG rating key", "", "", "", ""),
        ("Red", "Not started or overdue", "", "", ""),
        ("Green", "Complete", "", "", ""),
        ("Ref", "Action", "Timescale", "Led by", "RAG"),
        ("D1", "Find mentors", "May 2015", "NPFT", "Red"),
        ("D2", "Train mentors", "June 2015", "NPFT", "Green"),
    ],
    expect(5, "D", "D1", "Find mentors", "mh-trust", "2015-05-31", asks="status"),
    expect(6, "D", "D2", "Train mentors", "mh-trust", "2015-06-30", "completed"),
)
LIKE_FOOTERS = shape(
    "actions that begin like footers and quotations",
    [
        ("Action", "Timescale", "Led by"),
        ("Section D: Recovery and staying well", LEFT, LEFT),
        ("Draft a joint protocol for discharge", "May 2015", "NPFT"),
        ("Contact all surgeries about the line", "June 2015", "NCC"),
        ("Total redesign of the pathway after a crisis", "July 2015", "NPFT"),
        ("“Safe haven” cafe to open at weekends", "", ""),
        ("End of life care for people with a mental illness", "", ""),
        ("Version 2 of this plan, printed in March", LEFT, LEFT),
    ],
    expect(3, "D", "", "Draft a joint protocol for discharge", "mh-trust", "2015-05-31"),
    expect(4, "D", "", "Contact all surgeries about the line", "county", "2015-06-30"),
    expect(5, "D", "", "Total redesign of the pathway after a crisis", "mh-trust", "2015-07-31"),
    expect(6, "D", "", "“Safe haven” cafe to open at weekends"),
    expect(7, "D", "", "End of life care for people with a mental illness"),
)
SHAPES = (
    LIKE_FOOTERS,
    BEGIN_AGAIN,
    BELIED,
    TOLD_BY_UPDATES,
    OPEN_KEY,
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
