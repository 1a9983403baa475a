"""Who leads, as plans say it."""

from tests.actionplans.importing.corpus.grids import Expected, expect, shape

HEAD = ("Ref", "Action", "Timescale", "Led by")


def led(name: str, *cells: tuple[str, str, str, str]) -> "object":
    """One action for each cell: its text, the leads and their roles, and what may be asked."""
    rows: list[tuple[str, ...]] = [HEAD]
    expected: list[Expected] = []
    for at, (text, leads, roles, asks) in enumerate(cells, 1):
        action = f"Do the thing of number {at} and report"
        rows.append((f"B{at}", action, "May 2015", text))
        expected.append(expect(at + 1, "B", f"B{at}", action, leads, "2015-05-31", roles=roles, asks=asks))
    return shape(name, rows, *expected)  # type: ignore[arg-type]


EVERYBODY = led(
    "everybody leads",
    ("All", "All", "all", ""),
    ("All agencies", "All_agencies", "all", ""),
    ("All partners", "All_partners", "all", ""),
    ("All signatories (NCC as co-ordinating lead)", "All_signatories county", "all lead", ""),
)
SLASHES = led(
    "kinds of bodies with slashes",
    ("LAs/CCGs/Police", "county - police", "joint joint joint", "leads"),
    ("CCG", "-", "lead", "leads"),
    ("Police", "police", "lead", ""),
    ("MH Trust/Police", "mh-trust police", "joint joint", "leads"),
    ("Ambulance Trust", "ambulance", "lead", ""),
)
WORKING = led(
    "a lead who works with others",
    (
        "NPFT, working with Northshire Police and MEAS",
        "mh-trust police ambulance",
        "lead working_with working_with",
        "",
    ),
    (
        "Lead: NHS Anytown CCG\nSupported by: AHT, Healthwatch Northshire",
        "anytown-ccg acute healthwatch",
        "lead working_with working_with",
        "",
    ),
    ("Northshire Police (lead), NPFT", "police mh-trust", "lead working_with", ""),
    ("Led by NCC in partnership with NPFT", "county mh-trust", "lead working_with", ""),
)
JOINTLY = led(
    "joint leads, marked and not marked",
    ("NHS Anytown CCG & MH Trust (joint)", "anytown-ccg mh-trust", "joint joint", ""),
    ("Joint: Northshire Police and NPFT", "police mh-trust", "joint joint", ""),
    ("NPFT and AHT", "mh-trust acute", "joint joint", "leads"),
    ("NHS Anytown CCG; NHS Vale and Wold CCG", "anytown-ccg vale-ccg", "joint joint", "leads"),
)
NAMED = led(
    "people are named beside their bodies",
    ("NHS Anytown CCG (Jane Smith)", "anytown-ccg", "lead", ""),
    ("Insp. J Bloggs, Northshire Police", "police", "lead", ""),
    ("Jane Smith, Head of Commissioning, NHS Anytown CCG", "anytown-ccg", "lead", ""),
    ("NPFT – Dr A. Patel", "mh-trust", "lead", ""),
    ("Superintendent Mary O'Neill", "-", "lead", "leads"),
    ("Jane Smith (NHS Anytown CCG) / John Brown (NPFT)", "anytown-ccg mh-trust", "joint joint", "leads"),
    ("Wulfric Oakenshaw, MEAS", "ambulance", "lead", "leads"),
)
FORMER = led(
    "former names, abbreviations, and typing errors",
    ("Northshire Constabulary", "police", "lead", ""),
    ("AHT", "acute", "lead", ""),
    ("Northshire Mental Health Trust", "mh-trust", "lead", ""),
    ("British Transport Police", "btp", "lead", ""),
    ("Healthwach Northshire", "healthwatch", "lead", ""),
    ("the Police and Crime Commissioner", "pcc", "lead", ""),
)
GROUPS = led(
    "groups, unknown bodies and bullets",
    ("Training sub-group (MH trust)", "mh-trust", "lead", ""),
    ("Workforce sub-group", "-", "lead", "leads"),
    ("Zenith Support Ltd", "-", "lead", "leads"),
    ("• Northshire Police\n• NPFT", "police mh-trust", "joint joint", "leads"),
    ("Council public health", "public-health", "lead", ""),
    ("Voluntary sector (Samaritans)", "samaritans", "lead", ""),
    ("TBC", "", "", ""),
    ("To be agreed", "", "", ""),
    ("N/A", "", "", ""),
)
SHORTENED = led(
    "councils shortened, supporters after a stop, posts and names",
    ("Northshire CC", "county", "lead", ""),
    ("Lead - NPFT. Support - Police", "mh-trust police", "lead working_with", ""),
    ("Each organisation", "Each_organisation", "all", ""),
    ("All – NHS Anytown CCG to lead", "All anytown-ccg", "all lead", ""),
    ("Supt John Harris (Northshire Police), Jo Bell (NPFT)", "police mh-trust", "joint joint", "leads"),
    ("Dr Helen Marsh, Public Health", "public-health", "lead", ""),
    ("Chief Inspector, Northshire Police", "police", "lead", ""),
    ("Mind", "-", "lead", "leads"),
    ("NPFT\n(working with)\nAHT", "mh-trust acute", "lead working_with", ""),
)
JOINT_BODIES = led(
    "bodies whose own name is joint, and leads that are",
    ("Joint Commissioning Team", "-", "lead", "leads"),
    ("Joint commissioning committee", "-", "lead", "leads"),
    ("Joint Northshire Police and NPFT", "police mh-trust", "joint joint", ""),
    ("Northshire Police & NPFT, jointly", "police mh-trust", "joint joint", ""),
    ("Joint leads: Northshire Police, NPFT", "police mh-trust", "joint joint", ""),
    ("Northshire Police / NPFT - joint", "police mh-trust", "joint joint", ""),
)
DITTOS = led(
    "ditto marks and the like in the column of leads",
    ("NPFT", "mh-trust", "lead", ""),
    ('"', "mh-trust", "lead", ""),
    ("As above", "mh-trust", "lead", ""),
    ("ditto", "mh-trust", "lead", ""),
    ("Northshire Police", "police", "lead", ""),
    ("”", "police", "lead", ""),
    ("same as above", "police", "lead", ""),
)
CHAIRED = led(
    "groups with their chair, and unknown bodies with a person",
    ("Street Triage Sub-group (chair: Insp Green)", "-", "lead", "leads"),
    ("Training group, chaired by Dr Peter Falk", "-", "lead", "leads"),
    ("Crisis Group (Sgt Amy Hall)", "-", "lead", "leads"),
    ("Task and finish group chaired by Northshire Police", "-", "lead", "leads"),
    ("Steering group hosted by NPFT", "-", "lead", "leads"),
    ("Training via the Police", "-", "lead", "leads"),
)
LOOSELY = led(
    "kinds of bodies that plans say loosely",
    ("Commissioners", "-", "lead", "leads"),
    ("EDT", "-", "lead", "leads"),
    ("Emergency Duty Team", "-", "lead", "leads"),
    ("Police and commissioners", "police -", "joint joint", "leads"),
    ("CCG until Sept 2015 then NPFT", "-", "lead", "leads"),
    ("NPFT or AHT", "-", "lead", "leads"),
    ("Police or NPFT", "-", "lead", "leads"),
    ("NPFT AHT MEAS", "-", "lead", "leads"),
    ("NPFT team at AHT", "-", "lead", "leads"),
    ("Vale & Wold CCG", "vale-ccg", "lead", ""),
    ("Police → NPFT", "-", "lead", "leads"),
    ("Not NPFT", "-", "lead", "leads"),
    ("Northshire Police (lead) NPFT (support)", "police mh-trust", "lead working_with", ""),
    ("Northshire\nMental Health\nTrust", "mh-trust", "lead", ""),
)
DOING = led(
    "what each body is to do",
    ("Police to lead, NPFT to support", "police mh-trust", "lead working_with", ""),
    ("Police to lead with NPFT", "police mh-trust", "lead working_with", ""),
    ("Police lead, AHT support", "police acute", "lead working_with", ""),
    ("NPFT leading, supported by AHT", "mh-trust acute", "lead working_with", ""),
    ("AHT supporting NPFT", "mh-trust acute", "lead working_with", ""),
    ("Police with NPFT and AHT support", "police mh-trust acute", "lead working_with working_with", ""),
    ("Police & NPFT with AHT input", "police mh-trust acute", "joint joint working_with", "leads"),
    (
        "NCC to lead; police and ambulance to contribute",
        "county police ambulance",
        "lead working_with working_with",
        "",
    ),
    ("Police lead and NPFT lead", "police mh-trust", "joint joint", ""),
    ("All partners to support, NCC to lead", "All_partners_to_support county", "all lead", ""),
    ("All to contribute", "All_to_contribute", "all", ""),
    ("NCC to commission, NPFT to deliver", "county mh-trust", "joint joint", "leads"),
    ("Police to lead on training", "police", "lead", ""),
    ("NPFT to support", "mh-trust", "lead", ""),
    ("Joint Police/NPFT", "police mh-trust", "joint joint", ""),
    ("Both CCGs", "anytown-ccg vale-ccg", "joint joint", "leads"),
    ("Both police forces", "-", "lead", "leads"),
    ("NCC Housing", "county", "lead", ""),
    ("County Council", "county", "lead", ""),
    ("City Council", "-", "lead", "leads"),
)
SHAPES = (
    DOING,
    LOOSELY,
    JOINT_BODIES,
    DITTOS,
    CHAIRED,
    SHORTENED,
    EVERYBODY,
    SLASHES,
    WORKING,
    JOINTLY,
    NAMED,
    FORMER,
    GROUPS,
)
