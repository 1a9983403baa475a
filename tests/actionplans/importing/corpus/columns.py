"""Columns under unusual headings, for two things at once, or without any heading."""

from tests.actionplans.importing.corpus.grids import AMBER, GREEN, RED, Written, expect, filled, on, shape

REF_ACTION = shape(
    "reference and action in one column",
    [
        ("Ref/Action", "Due by", "Lead"),
        ("Section C: Quality of treatment and care when in crisis", "", ""),
        ("4.1 Review every use of a cell", "March 2015", "Northshire Police"),
        ("4.2 Publish how long people waited", "June 2015", "NHS Anytown CCG"),
        ("4.10 Staff the place of safety", "July 2015", "NPFT"),
    ],
    expect(3, "C", "4.1", "Review every use of a cell", "police", "2015-03-31"),
    expect(4, "C", "4.2", "Publish how long people waited", "anytown-ccg", "2015-06-30"),
    expect(5, "C", "4.10", "Staff the place of safety", "mh-trust", "2015-07-31"),
)
IN_TEXT = shape(
    "references at the head of the action texts",
    [
        ("Deliverables", "Timeframe", "Who", "Notes"),
        ("A1.1 Put posters into every surgery", "May 2015", "Northshire Public Health", ""),
        ("A1.2 Train 24 link workers", "June 2015", "NPFT", "Money is there"),
    ],
    expect(2, "A", "A1.1", "Put posters into every surgery", "public-health", "2015-05-31"),
    expect(3, "A", "A1.2", "Train 24 link workers", "mh-trust", "2015-06-30"),
)
NATIONAL = shape(
    "start, finish, lead, highlights and status, as the national signatories had it",
    [
        (
            "Action ref",
            "Action text from Crisis Care Concordat",
            "Start date",
            "Finish date",
            "Lead",
            "Highlights and achievements",
            "Status",
        ),
        (
            "1:a",
            "Set out what good commissioning is",
            on("2014-04-01"),
            on("2015-03-31"),
            "NHS Anytown CCG",
            "Guide is out",
            "Complete",
        ),
        (
            "1:b",
            "Review spending on crises",
            on("2014-04-01"),
            on("2015-09-30"),
            "Northshire Public Health",
            "",
            "On track",
        ),
    ],
    expect(
        2, None, "1:a", "Set out what good commissioning is", "anytown-ccg", "2015-03-31", "completed", asks="section"
    ),
    expect(3, None, "1:b", "Review spending on crises", "public-health", "2015-09-30", "in_progress", asks="section"),
)
UNHEADED = shape(
    "a number column and a colour column without headings",
    [
        ("", "Actions", "When", "Lead partner", ""),
        ("B1", "Answer section 136 calls at once", "May 2015", "MEAS", filled(GREEN)),
        ("B2", "Give police a clinician to call", "June 2015", "NPFT", filled(RED)),
        ("B3", "Take bloods in the unit", "July 2015", "AHT", filled(AMBER)),
    ],
    expect(2, "B", "B1", "Answer section 136 calls at once", "ambulance", "2015-05-31", asks="status"),
    expect(3, "B", "B2", "Give police a clinician to call", "mh-trust", "2015-06-30", asks="status"),
    expect(4, "B", "B3", "Take bloods in the unit", "acute", "2015-07-31", asks="status"),
    asks="rag_key",
)
SECTION_COLUMN = shape(
    "the section in a column of its own",
    [
        ("ref", "section", "action", "lead", "working_with", "timescale_text", "outcome_measure"),
        (
            "1.1",
            "1 Commissioning",
            "Hold a workshop for commissioners",
            "NHS Anytown CCG",
            "police",
            "March 2015",
            "Workshop held",
        ),
        (
            "A1.2",
            "A Before crisis",
            "Write a card for wallets",
            "Northshire County Council",
            "Healthwatch",
            "By end of May 2015",
            "Cards printed",
        ),
        ("D2", "D Recovery", "Agree on housing", "NPFT", "", "By March 2016", "No one is homeless"),
    ],
    expect(2, "1", "1.1", "Hold a workshop for commissioners", "anytown-ccg police", "2015-03-31"),
    expect(3, "A", "A1.2", "Write a card for wallets", "county healthwatch", "2015-05-31"),
    expect(4, "D", "D2", "Agree on housing", "mh-trust", "2016-03-31"),
)
FOCUS = shape(
    "Focus for the action, Date for the timescale, several updates by day",
    [
        ("Number", "Focus", "Lead Agency", "Date", "Owners actions @ Dec 2015", "Update April 2016", "Cost"),
        (
            "C1",
            "Make the place of safety fit for young people",
            "NPFT",
            "Oct 2016",
            "Plans drawn",
            "Builders in",
            "£20k",
        ),
        (
            "C2",
            "Visit each ward twice a year with carers",
            "Healthwatch Northshire",
            "Mar 2016",
            "",
            "One visit made",
            "",
        ),
    ],
    expect(2, "C", "C1", "Make the place of safety fit for young people", "mh-trust", "2016-10-31"),
    expect(3, "C", "C2", "Visit each ward twice a year with carers", "healthwatch", "2016-03-31"),
)
UNKNOWN = shape(
    "headings that nobody can know",
    [
        ("Ref", "Action", "Lead", "Timescale", "Zebra", "Workforce lens"),
        (
            "A1",
            "Train faith leaders in first aid",
            "Northshire Public Health",
            "May 2015",
            "Alpha",
            "Forty places are funded",
        ),
    ],
    expect(2, "A", "A1", "Train faith leaders in first aid", "public-health", "2015-05-31"),
    asks="column",
)
REVISED = shape(
    "a column for the revised date",
    [
        ("Ref", "Action", "Original timescale", "Revised date", "Led by", "Date completed"),
        ("B4", "Answer within one hour in A&E", "March 2015", "March 2017", "AHT", ""),
        ("B5", "Agree how to search people", "May 2015", "", "Northshire Police", on("2015-06-02")),
    ],
    expect(2, "B", "B4", "Answer within one hour in A&E", "acute", "2015-03-31"),
    expect(3, "B", "B5", "Agree how to search people", "police", "2015-05-31", "completed"),
)
MUST_DO = shape(
    "national must-dos are marked",
    [
        ("Ref", "Recommended/Proposed local actions", "Must do", "Lead agencies", "By when", "Measures"),
        ("B9", "Never use a cell for a child", "Y", "Northshire Police", "April 2015", "None"),
    ],
    expect(2, "B", "B9", "Never use a cell for a child", "police", "2015-04-30"),
)
EXCEL_DAYS = shape(
    "references that a spreadsheet turned into days and decimals",
    [
        ("Ref", "Action", "Timescale", "Lead"),
        ("Section 1: Commissioning", "", "", ""),
        (on("2015-02-01", "01-Feb"), "Agree data to share", "May 2015", "NHS Anytown CCG"),
        (Written("1.9", 1.9), "Agree a format", "June 2015", "NHS Anytown CCG"),
        (Written("1.1", 1.1), "Agree a calendar", "July 2015", "NHS Anytown CCG"),
    ],
    expect(3, "1", "1.2", "Agree data to share", "anytown-ccg", "2015-05-31", asks="reference"),
    expect(4, "1", "1.9", "Agree a format", "anytown-ccg", "2015-06-30"),
    expect(5, "1", "1.10", "Agree a calendar", "anytown-ccg", "2015-07-31", asks="reference"),
)
SHAPES = (REF_ACTION, IN_TEXT, NATIONAL, UNHEADED, SECTION_COLUMN, FOCUS, UNKNOWN, REVISED, MUST_DO, EXCEL_DAYS)
