"""Which organisation leads an action of a plan file: any of those that are recorded, chosen or found by its name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from actionplans.importing.understanding.words import spoken
from signatories.models import Organisation, OrganisationName, Partnership, PartnershipMember

MOST_OPTIONS = 4000  # on one page; beyond that the lists hold the members, and the others are found by their names
NO_BODY = "No organisation is called so. Choose one from the list, or keep it as written."
SEVERAL = "More than one organisation is called so. Choose one of these."


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation that may lead."""

    slug: str
    name: str
    names: tuple[str, ...]  # all that it is or was called, spoken
    is_member: bool


def bodies_of(partnership: Partnership, on: date) -> list[Body]:
    """All organisations by name. Three queries."""
    names: dict[int, list[str]] = defaultdict(list)
    for organisation, name in OrganisationName.objects.values_list("organisation_id", "name"):
        names[organisation].append(name)
    mine = PartnershipMember.objects.on(on).filter(partnership=partnership, organisation__isnull=False)
    members = set(mine.values_list("organisation_id", flat=True))
    every = Organisation.objects.order_by("name", "pk").values_list("pk", "slug", "name")
    return [
        Body(slug, name, tuple(dict.fromkeys(map(spoken, (name, *names[pk])))), pk in members)
        for pk, slug, name in every
    ]


def called(text: str, bodies: Sequence[Body]) -> list[Body]:
    """Those that are called so, or else those in whose names every word of it stands, or begins one."""
    said = spoken(text)
    exact = [each for each in bodies if said in each.names]
    return exact or [each for each in bodies if said and any(_holds(name, said) for name in each.names)]


def _holds(name: str, said: str) -> bool:
    return all(any(word.startswith(part) for word in name.split()) for part in said.split())


def in_groups(likely: Iterable[str], bodies: Sequence[Body], others: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    """The options of a list, in groups: those that it may well be, the members, and (`others`) all the rest."""
    first = set(likely)
    members = [(each.slug, each.name) for each in bodies if each.is_member and each.slug not in first]
    rest = [(each.slug, each.name) for each in bodies if not each.is_member and each.slug not in first]
    groups = [("Members of the partnership", members), ("All other organisations", rest if others else [])]
    return [(label, options) for label, options in groups if options]
