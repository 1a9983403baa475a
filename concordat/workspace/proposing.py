"""What the lines of a draft propose for their actions, as a person reads it before it is published."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from actionplans.models import ActionInVersion, ActionLead, Theme
from concordat.sentences import in_words
from signatories.models import Organisation

LABELS = {
    "outcome": "What will be better",
    "outcome_measure": "Measure",
    "must_do": "National must-do",
    "footprint": "Where",
    "timescale": "Due",
    "date_reason": "Why the date moves",
    "leads": "Who",
    "themes": "Themes",
}


def told_of(lines: Iterable[ActionInVersion]) -> dict[int, list[tuple[str, str]]]:
    """For each line that proposes something: the labels and the words. Two queries."""
    proposing = [line for line in lines if line.proposes]
    organisations = {lead[1] for line in proposing for lead in line.proposes.get("leads", []) if lead[1]}
    themes = {theme for line in proposing for theme in line.proposes.get("themes", [])}
    names = {
        "leads": dict(Organisation.objects.filter(pk__in=organisations).values_list("pk", "name")),
        "themes": dict(Theme.objects.filter(pk__in=themes).values_list("pk", "name")),
    }
    return {line.pk: _told(line.proposes, names) for line in proposing}


def _told(proposes: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]) -> list[tuple[str, str]]:
    return [(label, _said(name, proposes[name], names)) for name, label in LABELS.items() if name in proposes]


def _said(name: str, value: Any, names: Mapping[str, Mapping[int, str]]) -> str:
    if name == "must_do":
        return "Yes" if value else "No"
    if name == "themes":
        return ", ".join(names["themes"].get(theme, "") for theme in value) or "None"
    if name == "leads":
        told = (f"{ActionLead.Role(role).label} {names['leads'].get(who, '') or text}" for role, who, text in value)
        return "; ".join(told) or "Nobody"
    if name == "timescale":
        return in_words(date.fromisoformat(value["due_on"])) if value["due_on"] else "No due day"
    return str(value) or "Nothing"
