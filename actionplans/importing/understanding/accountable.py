"""Which organisations lead, once the person has answered what the cell leaves open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from actionplans.importing.understanding import persons
from actionplans.importing.understanding.answers import Asking, Family, first, key_of
from actionplans.importing.understanding.leads import (
    ALL,
    JOINT,
    LEAD,
    PERSON,
    WORKING_WITH,
    Leads,
    Part,
    Reading,
    roles,
    with_their_people,
)
from actionplans.importing.understanding.organisations import Found
from actionplans.importing.understanding.shapes import Choice, Lead
from actionplans.importing.understanding.words import fold, shortened, spoken

KEEP = Choice("keep", "Keep it as written, without an organisation")
TOGETHER = Choice("joint", "Joint, no single lead")
SEVERAL = Family(
    "several",
    "{these}: several lead these actions, and none is marked. Who answers for them?",
    (Choice("joint", "All of them jointly, without one lead"), Choice("first", "The one who is named first")),
    picks={"first": first},
)
UNKNOWN = Family(
    "unknown",
    "{these}: no organisations of these names are known here. How should they stand in the plan?",
    (Choice(KEEP.value, "All as they are written, without an organisation"),),
    shown=30,
)


@dataclass(frozen=True, slots=True)
class Accountable:
    """The leads of an action, and the persons whom the plan names beside them (private)."""

    leads: tuple[Lead, ...] = ()
    people: tuple[str, ...] = ()


def settled(readings: Sequence[tuple[Reading, str]], leads: Leads, asking: Asking) -> Accountable:
    """The leads of one action, from readings with the place of their cells."""
    found: list[Lead] = []
    named: list[str] = []
    for reading, at in readings:
        parts = _parts_of(reading, at, leads, asking)
        found.extend(_lead(part) for part in parts)
        named.extend(name for part in parts for name in part.people)
        if any(part.people for part in parts):
            asking.warn(at, "A person is named here. The name is kept private and is not shown in public.")
    return Accountable(_once(found), tuple(dict.fromkeys(named)))


def _parts_of(reading: Reading, at: str, leads: Leads, asking: Asking) -> list[Part]:
    """The bodies of one cell with their organisations and roles. Who is not identified is asked about."""
    known = with_their_people([_person_or_body(part, at, asking) for part in reading.leading])
    leading, is_open = roles(known, reading.together)
    leading = [one for part in leading for one in _identified(part, at, leads, asking)]
    if is_open:
        leading = _chosen(leading, at, leads, asking)
    helping = [_person_or_body(part, at, asking) for part in reading.helping]
    identified = [one for part in helping for one in _identified(part, at, leads, asking)]
    return [*leading, *identified] if leading or not known else identified


def _identified(part: Part, at: str, leads: Leads, asking: Asking) -> list[Part]:
    """The part with its organisation; several parts where the person says that it stands for several, jointly."""
    settled = part.role == ALL or part.found.sure or (not part.text and not part.people)
    return [part] if settled else _which(part, at, leads, asking)


def _person_or_body(part: Part, at: str, asking: Asking) -> Part:
    """What may be a person's name is kept private until the person says that it is a body's."""
    if not part.perhaps:
        return part
    told = f"Is “{shortened(part.perhaps)}”, who leads, a person or a body?"
    if persons.ask(part.perhaps, told, at, asking) in persons.KEPT:
        return replace(part, perhaps="")
    return replace(part, text="", perhaps="", people=(*part.people, part.perhaps))


def _which(part: Part, at: str, leads: Leads, asking: Asking) -> list[Part]:
    organisations = leads.organisations
    if part.role == WORKING_WITH and not part.found.slugs and not part.people:
        asking.warn(at, f"“{shortened(part.text)}” is no organisation that is known here. It is kept as written.")
        return [part]
    offered = part.found.slugs or organisations.near(part.text)
    choices = [organisations.choice(slug) for slug in offered]
    if len(part.found.slugs) > 1:
        choices.append(TOGETHER)
    told_by = part.text
    if part.text == PERSON:
        told_by = key_of("person", *part.people) if part.people else ""  # which tells no name
    answer = asking.ask(
        "lead",
        ("which", told_by),
        at=at,
        text=_asked(part),
        choices=(*choices, KEEP),
        takes=organisations.knows,
        family=UNKNOWN if not part.found.slugs and part.text != PERSON else None,
        subject=part.text,
    )
    if answer == TOGETHER.value:
        role = part.role if part.role == WORKING_WITH else JOINT
        return [replace(part, found=Found((slug,), sure=True), role=role) for slug in part.found.slugs]
    if answer and answer != KEEP.value:
        return [replace(part, found=Found((answer,), sure=True))]
    return [replace(part, found=Found())]


def _asked(part: Part) -> str:
    if part.text == PERSON:
        return "Only a person is named here. Which organisation leads?"
    if len(part.found.slugs) > 1:
        return f"“{shortened(part.text)}” may be any of these. Which one is it?"
    return f"Which organisation is “{shortened(part.text)}”?"


def _chosen(parts: list[Part], at: str, leads: Leads, asking: Asking) -> list[Part]:
    """Of several leads without a mark, the accountable one that the person chose; joint while that is open."""
    candidates = [part for part in parts if part.role not in (ALL, WORKING_WITH)]
    if len(candidates) < 2:
        return parts
    choices = [Choice(_value(part), _label(part, leads)) for part in candidates]
    named = ", ".join(part.text for part in candidates)
    told = f"Several lead here: {shortened(named)}. Which one answers for the action?"
    # What a body was called holds too: which organisation it is may be answered in the same moment.
    by_name = {fold(part.text): _value(part) for part in candidates}
    answer = asking.ask(
        "lead",
        ("first", named),
        at=at,
        text=told,
        choices=(*choices, TOGETHER),
        takes=lambda given: fold(given) in by_name,
        family=SEVERAL,
        subject=named,
    )
    answer = by_name.get(fold(answer), answer) if answer else None
    if answer is None or answer == TOGETHER.value:
        return parts
    return [
        replace(part, role=LEAD if _value(part) == answer else WORKING_WITH) if part in candidates else part
        for part in parts
    ]


def _value(part: Part) -> str:
    return part.found.slugs[0] if part.found.sure else part.text


def _label(part: Part, leads: Leads) -> str:
    return leads.organisations.name(part.found.slugs[0]) if part.found.sure else part.text


def _lead(part: Part) -> Lead:
    organisation = part.found.slugs[0] if part.found.sure else None
    return Lead(part.text or PERSON, organisation, part.role or LEAD)


def _once(leads: Sequence[Lead]) -> tuple[Lead, ...]:
    """Each body once, in its first role; a second accountable lead is a joint one."""
    found: dict[str, Lead] = {}
    for lead in leads:
        found.setdefault(lead.organisation or spoken(lead.text), lead)
    if sum(lead.role == LEAD for lead in found.values()) < 2:
        return tuple(found.values())
    return tuple(replace(lead, role=JOINT) if lead.role == LEAD else lead for lead in found.values())
