"""An invented partnership: its organisations and the national sections, and a plain reader of timescales."""

import calendar
import re
from datetime import date

from actionplans.importing.tables import Value
from actionplans.importing.understanding.shapes import Known, KnownOrganisation, KnownSection
from actionplans.timescale import Confidence, Kind, TimePrecision, Timescale

SECTIONS = (
    KnownSection("1", "1", "Commissioning to allow earlier intervention and responsive crisis services"),
    KnownSection("A", "2", "Access to support before crisis point"),
    KnownSection("B", "3", "Urgent and emergency access to crisis care"),
    KnownSection("C", "4", "Quality of treatment and care when in crisis"),
    KnownSection("D", "5", "Recovery and staying well, and preventing future crises"),
)
ORGANISATIONS = (
    KnownOrganisation("police", "Northshire Police", "police", ("Northshire Constabulary",)),
    KnownOrganisation(
        "anytown-ccg", "NHS Anytown CCG", "clinical_commissioner", ("Anytown Clinical Commissioning Group",)
    ),
    KnownOrganisation("vale-ccg", "NHS Vale and Wold CCG", "clinical_commissioner", ("VWCCG",)),
    KnownOrganisation(
        "mh-trust",
        "Northshire Partnership NHS Foundation Trust",
        "mental_health_trust",
        ("NPFT", "Northshire Mental Health Trust"),
    ),
    KnownOrganisation("acute", "Anytown Hospitals NHS Trust", "acute_trust", ("AHT",)),
    KnownOrganisation("ambulance", "Mid England Ambulance Service NHS Trust", "ambulance_trust", ("MEAS",)),
    KnownOrganisation("county", "Northshire County Council", "council", ("NCC",)),
    KnownOrganisation("public-health", "Northshire Public Health", "public_health"),
    KnownOrganisation(
        "pcc", "Police and Crime Commissioner for Northshire", "police_commissioner", ("Northshire PCC",)
    ),
    KnownOrganisation("btp", "British Transport Police", "british_transport_police", ("BTP",)),
    KnownOrganisation("healthwatch", "Healthwatch Northshire", "healthwatch"),
    KnownOrganisation("mind", "Anytown and District Mind", "voluntary"),
    KnownOrganisation("samaritans", "Samaritans", "voluntary", member=False),
    KnownOrganisation("eastshire-police", "Eastshire Police", "police", member=False),
)
NORTHSHIRE = Known(SECTIONS, ORGANISATIONS, areas=("Northshire", "Anytown", "Vale"))

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()}
MONTH = re.compile(
    rf"\b({'|'.join(sorted(MONTHS, key=len, reverse=True))})[a-z]*\.?[\s-]+(?:20)?(\d\d)\b", re.IGNORECASE
)
YEAR = re.compile(r"\b(?:20)?(\d\d)\s?[/-]\s?(?:20)?(\d\d)\b")
QUARTER = re.compile(r"\bq([1-4])\b", re.IGNORECASE)
DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(20\d\d)\b")


def when(text: str, value: Value, struck: str = "") -> Timescale:
    """A stand-in for the reader of timescales: months, days, quarters, financial years; the last time named counts."""
    if isinstance(value, date):
        return Timescale(text, Kind.DATE, None, date(value.year, value.month, value.day), TimePrecision.DAY)
    quarter, year = QUARTER.search(text), YEAR.search(text)
    if quarter and not year:
        return _doubtful(text, int(quarter[1]))
    if quarter and year:
        return Timescale(
            text, Kind.QUARTER, None, _quarter(2000 + int(year[1]), int(quarter[1])), TimePrecision.QUARTER
        )
    days, months = DAY.findall(text), MONTH.findall(text)
    if days:
        day, month, full = map(int, days[-1])
        return Timescale(text, Kind.DATE, None, date(full, month, day), TimePrecision.DAY)
    if months:
        name, short = months[-1]
        return Timescale(
            text, Kind.MONTH, None, _month(2000 + int(short), MONTHS[name.lower()[:3]]), TimePrecision.MONTH
        )
    if year:
        return Timescale(text, Kind.FINANCIAL_YEAR, None, date(2000 + int(year[2]), 3, 31), TimePrecision.YEAR)
    return Timescale(text)


def _month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _quarter(year: int, quarter: int) -> date:
    month = quarter * 3 + 3
    return _month(year + (month > 12), month - 12 * (month > 12))


def _doubtful(text: str, quarter: int) -> Timescale:
    readings = tuple(
        Timescale(text, Kind.QUARTER, None, end, TimePrecision.QUARTER)
        for end in (_month(2015, quarter * 3), _quarter(2015, quarter))
    )
    return Timescale(text, Kind.QUARTER, confidence=Confidence.ASK, alternatives=readings)
