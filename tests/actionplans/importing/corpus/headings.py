"""Where headers stand and how they are broken."""

from tests.actionplans.importing.corpus.grids import ABOVE, LEFT, Grid, expect, file, shape

BASE = ("No.", "Action", "Timescale", "Led By")
TWO_LINES = shape(
    "a header in two lines, Timescale above Start and Finish",
    [
        ("Ref", "Action", "Timescale", LEFT, "Lead agency"),
        (ABOVE, ABOVE, "Start", "Finish", ABOVE),
        ("B1", "Pilot a street triage car", "April 2014", "June 2015", "Northshire Police"),
        ("B2", "Judge the pilot", "July 2015", "August 2015", "NHS Anytown CCG"),
    ],
    expect(3, "B", "B1", "Pilot a street triage car", "police", "2015-06-30"),
    expect(4, "B", "B2", "Judge the pilot", "anytown-ccg", "2015-08-31"),
)
ORIGINAL_AND_REVISED = shape(
    "a header in two lines, When above Original and Revised",
    [
        ("Ref", "Action", "Responsibility", LEFT, "When", LEFT),
        (ABOVE, ABOVE, "Lead", "Support", "Original", "Revised"),
        ("B1", "Pilot a street triage car", "Northshire Police", "NPFT", "End of March 2015", "End Sept 2015"),
        ("B2", "Judge the pilot", "NHS Anytown CCG", "", "August 2015", ""),
        ("B3", "Train the crews", "MEAS", "", "Q3 14-15", "Q2 15/16"),
    ],
    expect(3, "B", "B1", "Pilot a street triage car", "police mh-trust", "2015-03-31"),
    expect(4, "B", "B2", "Judge the pilot", "anytown-ccg", "2015-08-31"),
    expect(5, "B", "B3", "Train the crews", "ambulance", "2014-12-31"),
)
GROUPED = shape(
    "group headings above a header",
    [
        ("Who and when", LEFT, LEFT, LEFT, "Progress", LEFT),
        ("Ref", "Action", "Lead", "By when", "Q1", "Q2"),
        ("C1", "Report restraint on wards", "NPFT", "March 2016", "Form agreed", "First report"),
    ],
    expect(3, "C", "C1", "Report restraint on wards", "mh-trust", "2016-03-31"),
)
BROKEN_WORDS = shape(
    "headings that go on in the next row",
    [
        ("Ref", "Action", "Time", "Led"),
        ("", "", "scale", "by"),
        ("A1.1", "Put beds for a night into the crisis house", "May 2015", "NPFT"),
    ],
    expect(3, "A", "A1.1", "Put beds for a night into the crisis house", "mh-trust", "2015-05-31"),
)
LOWER_DOWN = shape(
    "a header far down, below titles and a version table",
    [
        ("Anytown and Vale Crisis Care Concordat", LEFT, LEFT, LEFT),
        ("Version", "2.1", "", ""),
        ("Owner", "Concordat steering group", "", ""),
        ("", "", "", ""),
        ("Section 1: Commissioning", LEFT, LEFT, LEFT),
        BASE,
        ("1.1", "Agree what a crisis is", "March 2015", "NHS Anytown CCG"),
    ],
    expect(7, "1", "1.1", "Agree what a crisis is", "anytown-ccg", "2015-03-31"),
)
REPEATED = shape(
    "the header again at the head of each section",
    [
        ("Section A: Access to support before crisis point", LEFT, LEFT, LEFT),
        BASE,
        ("1", "Train receptionists", "May 2015", "Northshire Public Health"),
        ("Section D: Recovery and staying well", LEFT, LEFT, LEFT),
        BASE,
        ("2", "Find homes before discharge", "March 2016", "Northshire County Council"),
        BASE,
        ("3", "Meet with housing", "April 2016", "NPFT"),
    ],
    expect(3, "A", "1", "Train receptionists", "public-health", "2015-05-31"),
    expect(6, "D", "2", "Find homes before discharge", "county", "2016-03-31"),
    expect(8, "D", "3", "Meet with housing", "mh-trust", "2016-04-30"),
)
CARRIED_ON = file(
    "a table that goes on without a header",
    [
        Grid((BASE, ("B1", "Agree who conveys whom to hospital", "May 2015", "MEAS")), "Table 1", "Section B"),
        Grid(
            (
                ("B2", "Send an ambulance within thirty minutes", "June 2015", "MEAS"),
                ("B3", "Count every journey by police car", "July 2015", "Northshire Police"),
            ),
            "Table 2",
        ),
    ],
    expect(2, "B", "B1", "Agree who conveys whom to hospital", "ambulance", "2015-05-31", sheet="Table 1"),
    expect(1, "B", "B2", "Send an ambulance within thirty minutes", "ambulance", "2015-06-30", sheet="Table 2"),
    expect(2, "B", "B3", "Count every journey by police car", "police", "2015-07-31", sheet="Table 2"),
)
NO_HEADER = shape(
    "a paste without any header",
    [
        ("1.1", "Ask people who used services to join the group", "March 2015", "Healthwatch Northshire"),
        ("1.2", "Write terms of reference for the group", "April 2015", "NHS Anytown CCG"),
    ],
    expect(
        1, None, "1.1", "Ask people who used services to join the group", "healthwatch", "2015-03-31", asks="section"
    ),
    expect(2, None, "1.2", "Write terms of reference for the group", "anytown-ccg", "2015-04-30", asks="section"),
    asks="column",
)
TURNED = shape(
    "headings down the first column",
    [
        ("Action", "Open a crisis line", "Print cards"),
        ("Timescale", "May 2015", "June 2015"),
        ("Led by", "NPFT", "Healthwatch Northshire"),
        ("Outcome", "Calls are answered", "Cards are out"),
    ],
    expect(2, None, "", "Open a crisis line", "mh-trust", "2015-05-31", asks="section"),
    expect(3, None, "", "Print cards", "healthwatch", "2015-06-30", asks="section"),
)
TYPING_ERRORS = shape(
    "headings with typing errors",
    [
        ("Ref", "Acton", "Timesacle", "Lead Agnecy", "Outcoems"),
        ("D1", "Share crisis plans with the ambulance", "March 2016", "MEAS", "Plans are seen"),
    ],
    expect(2, "D", "D1", "Share crisis plans with the ambulance", "ambulance", "2016-03-31"),
)
SHEET_PER_SECTION = file(
    "a sheet for each section",
    [
        Grid((("Anytown action plan", LEFT, LEFT, LEFT), ("", "", "", "")), "Cover"),
        Grid(
            (BASE, ("1", "Make one directory of services", "May 2015", "Northshire County Council")),
            "A Access to support",
        ),
        Grid((BASE, ("2", "Follow people up within seven days", "June 2015", "NPFT")), "D Recovery"),
        Grid((("Name", "Abbreviation"), ("Northshire Partnership", "NPFT")), "Glossary"),
    ],
    expect(2, "A", "1", "Make one directory of services", "county", "2015-05-31", sheet="A Access to support"),
    expect(2, "D", "2", "Follow people up within seven days", "mh-trust", "2015-06-30", sheet="D Recovery"),
)
HIDDEN = file(
    "a hidden sheet and a hidden row",
    [
        Grid(
            (
                BASE,
                ("A1", "Open a listening space", "May 2015", "NPFT"),
                ("A2", "Open a second one", "May 2016", "NPFT"),
            ),
            "Plan",
            hidden_rows=frozenset({3}),
        ),
        Grid((BASE, ("A9", "What we planned in 2013", "May 2014", "NPFT")), "Old", hidden=True),
    ],
    expect(2, "A", "A1", "Open a listening space", "mh-trust", "2015-05-31", sheet="Plan"),
    expect(3, "A", "A2", "Open a second one", "mh-trust", "2016-05-31", sheet="Plan"),
    expect(2, "A", "A9", "What we planned in 2013", "mh-trust", "2014-05-31", sheet="Old"),
    asks="sheet",
)
SHAPES = (
    TWO_LINES,
    ORIGINAL_AND_REVISED,
    GROUPED,
    BROKEN_WORDS,
    LOWER_DOWN,
    REPEATED,
    CARRIED_ON,
    NO_HEADER,
    TURNED,
    TYPING_ERRORS,
    SHEET_PER_SECTION,
    HIDDEN,
)
