"""How actions stand: words, colours, both."""

from tests.actionplans.importing.corpus.grids import (
    AMBER,
    BLUE,
    GREEN,
    GREY,
    LEFT,
    RED,
    Expected,
    Grid,
    Shape,
    Written,
    expect,
    file,
    filled,
    shape,
)

HEAD = ("Ref", "Action", "Timescale", "Led by", "Status")


def stands(name: str, *cells: tuple[str, str | None, str]) -> Shape:
    """One action for each cell: the status as written, the state, and what may be asked."""
    rows: list[tuple[str, ...]] = [HEAD]
    expected: list[Expected] = []
    for at, (text, state, asks) in enumerate(cells, 1):
        action = f"Carry out the plan of number {at}"
        rows.append((f"C{at}", action, "May 2015", "NPFT", text))
        expected.append(expect(at + 1, "C", f"C{at}", action, "mh-trust", "2015-05-31", state, asks=asks))
    return shape(name, rows, *expected)


WORDS = stands(
    "status in words",
    ("Completed", "completed", ""),
    ("COMPLETE", "completed", ""),
    ("On-going", "in_progress", ""),
    ("Not started", "not_started", ""),
    ("On hold", "paused", ""),
    ("Business as usual", "business_as_usual", ""),
    ("No longer required", "not_going_ahead", ""),
    ("Off track", "in_progress", ""),
    ("Open – not started", "not_started", ""),
    ("Overdue (in progress)", "in_progress", ""),
)
DOUBTFUL = stands(
    "status words that must be asked about",
    ("Complete and ongoing", None, "status"),
    ("Removed", None, "status"),
    ("Merged with C1", "merged", ""),
    ("Not yet completed", None, "status"),
    ("Purple phase", None, "status"),
    ("Open", None, "status"),
    ("Overdue", None, "status"),
    ("Open since May", None, "status"),
    ("Open; see C1", None, "status"),
    ("Partially complete", "in_progress", ""),
)
TELLS_MORE = stands(
    "a status that goes on as progress",
    ("Completed – the protocol was signed in March by all who were there on the day", "completed", ""),
    ("Ongoing: two of three sessions were held and the third is planned for autumn", "in_progress", ""),
)
RAG_WORDS = shape(
    "RAG in words and letters, without a key",
    [
        ("Ref", "Action", "Timescale", "Led by", "RAG"),
        ("D1", "Offer a debrief after each crisis", "May 2015", "NPFT", "Amber"),
        ("D2", "Offer work tasters", "May 2015", "NCC", "G"),
        ("D3", "Offer a peer group", "May 2015", "NPFT", "Amber/Green"),
    ],
    expect(2, "D", "D1", "Offer a debrief after each crisis", "mh-trust", "2015-05-31", asks="status"),
    expect(3, "D", "D2", "Offer work tasters", "county", "2015-05-31", asks="status"),
    expect(4, "D", "D3", "Offer a peer group", "mh-trust", "2015-05-31", asks="status"),
    asks="rag_key",
)
KEY_SHEET = file(
    "the key of the colours on a sheet of its own",
    [
        Grid(
            (
                ("Ref", "Action", "Timescale", "Led by", "RAG"),
                ("A1", "Share one number to call", "May 2015", "NCC", filled("#92d050")),
                ("A2", "Test the number", "May 2015", "NPFT", filled("#ff6600")),
            ),
            "Plan",
        ),
        Grid((("RAG key", LEFT), ("Red", "Not started"), ("Amber", "In progress"), ("Green", "Completed")), "Key"),
    ],
    expect(2, "A", "A1", "Share one number to call", "county", "2015-05-31", "completed", sheet="Plan"),
    expect(3, "A", "A2", "Test the number", "mh-trust", "2015-05-31", "in_progress", sheet="Plan"),
)
KEY_NOTE = shape(
    "the key of the colours in a paragraph",
    [
        ("Ref", "Action", "Timescale", "Led by", "RAG rating"),
        ("A1", "Share one map of services", "May 2015", "NCC", "Green"),
        ("A2", "Test the map with carers", "May 2015", "NPFT", "Red"),
    ],
    expect(2, "A", "A1", "Share one map of services", "county", "2015-05-31", "completed"),
    expect(3, "A", "A2", "Test the map with carers", "mh-trust", "2015-05-31", "not_started"),
    notes=("Key: Red = action not yet started; Amber = underway; Green = action completed",),
)
WHOLE_ROWS = shape(
    "rows coloured instead of a column",
    [
        ("Ref", "Action", "Timescale", "Led by"),
        (filled(GREEN, "C1"), filled(GREEN, "Write to all wards"), filled(GREEN, "May 2015"), filled(GREEN, "NPFT")),
        (filled(AMBER, "C2"), filled(AMBER, "Visit all wards"), filled(AMBER, "June 2015"), filled(AMBER, "NPFT")),
    ],
    expect(2, "C", "C1", "Write to all wards", "mh-trust", "2015-05-31", asks="status"),
    expect(3, "C", "C2", "Visit all wards", "mh-trust", "2015-06-30", asks="status"),
    asks="rag_key",
)
BY_TIME = shape(
    "completed where the time should stand",
    [
        ("Ref", "Action", "Timescale", "Led by"),
        ("B1", "Name a lead in each agency", "Completed", "All"),
        ("B2", "Meet every six weeks", "Ongoing", "NHS Anytown CCG"),
        ("B3", "Choose a chair", "TBC", "NHS Anytown CCG"),
        ("B4", "Choose a deputy", "Q1 ", "NHS Anytown CCG"),
    ],
    expect(2, "B", "B1", "Name a lead in each agency", "All", None, "completed"),
    expect(3, "B", "B2", "Meet every six weeks", "anytown-ccg", None),
    expect(4, "B", "B3", "Choose a chair", "anytown-ccg", None),
    expect(5, "B", "B4", "Choose a deputy", "anytown-ccg", None, asks="due"),
)
WITH_BLUE = shape(
    "blue and grey beside red, amber and green",
    [
        ("Ref", "Action", "Timescale", "Led by", "BRAG"),
        ("B1", "Buy a car", "May 2015", "Northshire Police", filled(BLUE)),
        ("B2", "Staff the car", "June 2015", "NPFT", filled(GREY)),
        ("B3", "Run the car", "July 2015", "Northshire Police", Written("Red", fill=RED)),
    ],
    expect(2, "B", "B1", "Buy a car", "police", "2015-05-31", asks="status"),
    expect(3, "B", "B2", "Staff the car", "mh-trust", "2015-06-30", asks="status"),
    expect(4, "B", "B3", "Run the car", "police", "2015-07-31", asks="status"),
    asks="rag_key",
)
STEPS_DIFFER = shape(
    "steps of one action that stand differently",
    [
        ("Ref", "Action", "Timescale", "Led by", "Status", "RAG"),
        ("B1", "Start street triage", "June 2015", "Northshire Police", "Completed", filled(GREEN)),
        ("", "", "January 2016", "Northshire Police", "Not started", filled(RED)),
        ("B2", "Train call takers", "May 2015", "MEAS", "", ""),
    ],
    expect(2, "B", "B1", "Start street triage", "police", "2016-01-31", asks="status"),
    expect(4, "B", "B2", "Train call takers", "ambulance", "2015-05-31"),
)
DONE_BELOW = shape(
    "completed actions below a line of their own",
    [
        ("Ref", "Action", "Timescale", "Led by"),
        ("C1", "Visit all wards", "May 2016", "NPFT"),
        ("Completed actions", LEFT, LEFT, LEFT),
        ("C2", "Write to all wards", "May 2015", "NPFT"),
    ],
    expect(2, "C", "C1", "Visit all wards", "mh-trust", "2016-05-31"),
    expect(4, "C", "C2", "Write to all wards", "mh-trust", "2015-05-31", "completed"),
)
BLUE_KEY = shape(
    "a key with blue in a paragraph, letters in the column",
    [
        ("Ref", "Crisis care action", "Timescale", "Led by", "BRAG"),
        ("B1", "Buy two cars", "May 2015", "NPFT", "B"),
        ("B2", "Mark the cars", "May 2015", "NPFT", "G"),
    ],
    expect(2, "B", "B1", "Buy two cars", "mh-trust", "2015-05-31", "completed"),
    expect(3, "B", "B2", "Mark the cars", "mh-trust", "2015-05-31", "in_progress"),
    notes=("BRAG: Blue – complete; Red – off track; Amber – at risk; Green – on track",),
)
SHAPES = (
    STEPS_DIFFER,
    DONE_BELOW,
    BLUE_KEY,
    WORDS,
    DOUBTFUL,
    TELLS_MORE,
    RAG_WORDS,
    KEY_SHEET,
    KEY_NOTE,
    WHOLE_ROWS,
    BY_TIME,
    WITH_BLUE,
)
