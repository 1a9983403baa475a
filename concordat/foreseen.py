"""What a publication would change on the map: the amber-green rule asked with and without it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from concordat.national import Area, Declaration, Facts, Plan, Publication, SignUp, Version, sign_up


@dataclass(frozen=True, slots=True)
class Turn:
    """An area that would stand otherwise."""

    area: Area
    before: SignUp
    after: SignUp


def turns(before: Facts, after: Facts, on: date) -> list[Turn]:
    """The areas that stand otherwise on that day by the second facts than by the first, by name."""
    return sorted(_turns(before, after, on), key=lambda turn: (turn.area.name, turn.area.id))


def _turns(before: Facts, after: Facts, on: date) -> Iterator[Turn]:
    for area in before.areas:
        was, would_be = sign_up(before, area.id, on), sign_up(after, area.id, on)
        if (was.status, was.reason) != (would_be.status, would_be.reason):
            yield Turn(area, was, would_be)


def with_declaration(facts: Facts, declaration: Declaration, supersedes: int | None) -> Facts:
    """The facts as they would be with that declaration, which ends the one that it supersedes."""
    on = declaration.publication.published_on
    others = (
        replace(each, publication=_ended(each.publication, on)) if each.id == supersedes else each
        for each in facts.declarations
        if each.id != declaration.id
    )
    return replace(facts, declarations=(*others, declaration))


def with_version(facts: Facts, plan: Plan, version: Version) -> Facts:
    """The facts as they would be with that version of the plan, which ends the one in force.

    `plan` gives its coverage, for one of which nothing was published yet.
    """
    on = version.publication.published_on
    known = next((each for each in facts.plans if each.id == plan.id), plan)
    earlier = (
        replace(each, publication=_ended(each.publication, on)) if each.publication.is_live(on) else each
        for each in known.versions
        if each.id != version.id
    )
    others = (each for each in facts.plans if each.id != plan.id)
    return replace(facts, plans=(*others, replace(known, versions=(*earlier, version))))


def _ended(publication: Publication, on: date) -> Publication:
    return publication if publication.superseded_on else replace(publication, superseded_on=on)
