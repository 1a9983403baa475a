"""What the preview tells a person of an action of the file: everything as it was understood, in words. Pure.

Days are days in London.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from actionplans.importing.understanding.comparison import BLANK
from actionplans.importing.understanding.shapes import Compared, Known, Line
from actionplans.importing.understanding.words import fold
from actionplans.timescale import Confidence, Kind, Timescale

ROLES = {"lead": "lead", "joint": "joint lead", "working_with": "working with the lead", "all": "all partners"}
ROW = re.compile(r"![A-Z]+(\d+)$|\brow (\d+), column|\bline (\d+), column")
UNKNOWN = "no organisation known"


@dataclass(frozen=True, slots=True)
class Names:
    """What organisations and sections are called, by slug and by code."""

    organisations: Mapping[str, str]
    sections: Mapping[str, str]


def names_of(known: Known) -> Names:
    """The names of all that is known."""
    return Names(
        {one.slug: one.name for one in known.organisations},
        {one.code: f"{one.code} {one.title}" for one in known.sections},
    )


def shown(compared: Compared, names: Names) -> dict[str, Any]:
    """What a page shows of it besides the plain values: when, who, where it stands, and what is worth a look."""
    line = compared.line
    return {
        "section": names.sections.get(line.place.code or "", ""),
        "when": _read(line.timescale),
        "then": [[one.text, _read(one)] for one in _later(line)],
        "completed": _read(line.completed) if line.completed else "",
        "who": [_led(lead.organisation, lead.text, lead.role, names) for lead in line.leads],
        "look": worth_a_look(compared),
    } | ({} if _stands_in_its_row(line) else {"at": line.at})


def _stands_in_its_row(line: Line) -> bool:
    """Whether its first cell stands in the row that its sheet counts; not so where the table was turned."""
    found = ROW.search(line.at)
    return found is None or str(line.row) in found.groups()


def differences(compared: Compared, names: Names) -> list[dict[str, str]]:
    """The differences, with organisations and sections by their names."""
    told = [{"field": one.name, "old": one.old, "new": one.new} for one in compared.differences]
    for each in told:
        if each["field"] == "leads" and compared.action:
            each["old"] = "\n".join(_led(who, who, role, names) for who, role in compared.action.leads)
            each["new"] = "\n".join(_led(one.organisation, one.text, one.role, names) for one in compared.line.leads)
        elif each["field"] == "section":
            each["old"], each["new"] = (names.sections.get(code, code) for code in (each["old"], each["new"]))
    return told


def worth_a_look(compared: Compared) -> list[str]:
    """What was read without a question and yet may be otherwise; and what an empty cell does not take away."""
    line = compared.line
    times = [line.timescale, *_later(line), *([line.completed] if line.completed else [])]
    told = [_likely(one) for one in times if one.confidence == Confidence.LIKELY]
    if compared.kept:
        told.append(f"Empty in the file, so the plan keeps it: {', '.join(BLANK[name] for name in compared.kept)}.")
    return list(dict.fromkeys(told))


def _likely(one: Timescale) -> str:
    why = f" {one.question}" if one.question else ""
    return f"“{one.text}” was read as: {_read(one) or 'no date'}.{why}"


def _later(line: Line) -> Iterable[Timescale]:
    """The revised times, of the text itself and of a column of their own."""
    return (*line.timescale.revised, *line.revised)


def _read(one: Timescale) -> str:
    """What was understood: the day on which it is due, and what that is the last day of."""
    if one.confidence == Confidence.ASK:
        return "no date until the question is answered"
    if one.kind == Kind.RECURRING:
        months = one.review_every_months
        return f"again and again, every {months} month{'s' * (months > 1)}" if months else "again and again"
    if one.end is None:
        return "no date" if one.text else ""
    if one.kind == Kind.DATE:
        return f"due {_day(one.end)}"
    begun = f", from {_day(one.start)}" if one.start and one.kind == Kind.RANGE else ""
    return f"due {_day(one.end)} ({one.kind.label}){begun}"


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _led(organisation: str | None, text: str, role: str, names: Names) -> str:
    """“Northshire Police (lead)”, with the plan's own word where that is another."""
    name = names.organisations.get(organisation or "")
    if role == "all" and not name:
        return f"{text} (all partners)"
    if not name:
        return f"{text} ({ROLES.get(role, role)}; {UNKNOWN})"
    own = f", written “{text}”" if text != organisation and fold(text) != fold(name) else ""
    return f"{name} ({ROLES.get(role, role)}){own}"
