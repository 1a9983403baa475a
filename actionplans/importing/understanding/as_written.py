"""Who leads, as the tracker of a plan writes it, and read back: a name may hold any sign by which lists are parted."""

from collections.abc import Iterable, Mapping

from actionplans.importing.understanding.leads import ALL, JOINT, LEAD, WORKING_WITH, Leads, Part, Reading
from actionplans.importing.understanding.organisations import Found, Organisations
from actionplans.importing.understanding.shapes import KnownAction

LEADING, HELPING = (LEAD, JOINT, ALL), (WORKING_WITH,)


def led_by(action: KnownAction, names: Mapping[str, str], roles: Iterable[str]) -> str:
    """Those of an action with these roles, as the tracker lists them; `names` are those of organisations by slug."""
    return listed((names.get(who, who), role) for who, role in action.leads if role in roles)


def listed(leads: Iterable[tuple[str, str]]) -> str:
    """Names and roles, as the tracker lists them."""
    return "; ".join(f"{name} (joint lead)" if role == JOINT else name for name, role in leads)


class LeadsOfPlan(Leads):
    """Reads lead cells; one that says just what the plan has of an action means just that."""

    def __init__(self, organisations: Organisations, actions: Iterable[KnownAction], names: Mapping[str, str]) -> None:
        super().__init__(organisations)
        found: dict[tuple[str, bool], set[Reading]] = {}
        for action in actions:
            for roles in (LEADING, HELPING):
                text = _plain(led_by(action, names, roles))
                parts = tuple(_part(who, role, names) for who, role in action.leads if role in roles)
                if text:
                    found.setdefault((text, roles is HELPING), set()).add(Reading(helping=parts))
        self._told = {key: readings.pop() for key, readings in found.items() if len(readings) == 1}

    def _read(self, text: str, supporting: bool = False) -> Reading:
        told = self._told.get((_plain(text), supporting))
        return told if told is not None else super()._read(text, supporting)


def _part(who: str, role: str, names: Mapping[str, str]) -> Part:
    return Part(names[who], Found((who,), sure=True), role) if who in names else Part(who, role=role)


def _plain(text: str) -> str:
    return " ".join(text.split())
