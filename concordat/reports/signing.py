"""Who signed the declarations in force, by the kinds of body that should: signed, lapsed, missing, or not recorded.

docs/rules.md, “Reports”. Where not all signatures of a declaration are recorded nobody can tell that one is missing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from concordat.sentences import absent_types
from signatories.models import Declaration, Programme, Signature
from signatories.models.declaration import live_on
from signatories.models.organisation import OrganisationType


class Standing(StrEnum):
    """How a kind of body stands under the declarations of an area; of several declarations the first of these."""

    SIGNED = "signed"
    LAPSED = "lapsed"
    NOT_RECORDED = "not_recorded"
    MISSING = "missing"


STANDINGS = {
    Standing.SIGNED.value: "Signed",
    Standing.LAPSED.value: "Signed and withdrawn",
    Standing.NOT_RECORDED.value: "Not recorded",
    Standing.MISSING.value: "Missing",
}


class Given(NamedTuple):
    """A signature that was given by the day; whether it is withdrawn by then."""

    name: str
    as_type: str
    signed_on: date | None
    is_withdrawn: bool
    organisation: int


@dataclass(frozen=True, slots=True)
class Document:
    """A declaration in force, with the signatures of signatories (supporters do not count)."""

    id: int
    title: str
    claimed: int | None
    given: tuple[Given, ...]

    @property
    def in_force(self) -> list[Given]:
        return [each for each in self.given if not each.is_withdrawn]


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signed for an area: by kind of body how it stands, and the signatures in force of that kind."""

    standing: Mapping[str, Standing]
    signatures: Mapping[str, Sequence[Given]]
    recorded: int | None  # how many are in force; None where no signature is recorded
    claimed: int | None  # how many the declarations say they have; None where none says so

    def of(self, *standings: Standing) -> list[str]:
        """The kinds of body that stand so, in words."""
        return [words(kind) for kind, standing in self.standing.items() if standing in standings]

    @property
    def is_known(self) -> bool:
        """Whether of each kind it can be told that it signed or not."""
        return bool(self.standing) and Standing.NOT_RECORDED not in self.standing.values()


NOBODY = Signing({}, {}, None, None)


def words(kind: str) -> str:
    """What a kind of body is called."""
    return str(OrganisationType(kind).label) if kind in OrganisationType.values else kind


def documents(programme: Programme, on: date) -> dict[int, Document]:
    """The declarations in force on the day with their signatures of that day. Two queries."""
    given: dict[int, list[Given]] = defaultdict(list)
    rows = Signature.objects.filter(
        live_on(on, "declaration__"), declaration__partnership__programme=programme, kind=Signature.Kind.SIGNATORY
    ).exclude(signed_on__gt=on)
    for declaration, name, as_type, signed_on, withdrawn_on, organisation in rows.order_by(
        "name_as_signed", "id"
    ).values_list("declaration_id", "name_as_signed", "as_type", "signed_on", "withdrawn_on", "organisation_id"):
        is_withdrawn = withdrawn_on is not None and withdrawn_on <= on
        given[declaration].append(Given(name, as_type, signed_on, is_withdrawn, organisation))
    live = Declaration.objects.live_on(on).filter(partnership__programme=programme)
    return {
        id_: Document(id_, title, claimed, tuple(given[id_]))
        for id_, title, claimed in live.values_list("id", "title", "claimed_signatory_count")
    }


def signing(documents: Collection[Document], core_types: Sequence[str]) -> Signing:
    """How each kind of body that should sign stands under these declarations, those for one area on a day."""
    if not documents:
        return NOBODY
    by_kind = {kind: [standing_of(document, kind, core_types) for document in documents] for kind in core_types}
    order = list(Standing)
    in_force = [each for document in documents for each in document.in_force]
    claims = [document.claimed for document in documents if document.claimed is not None]
    given = any(document.given for document in documents)
    return Signing(
        standing={kind: min(found, key=order.index) for kind, found in by_kind.items()},
        signatures={kind: [each for each in in_force if each.as_type == kind] for kind in core_types},
        recorded=len(in_force) if given else None,
        claimed=sum(claims) if claims else None,
    )


def standing_of(document: Document, kind: str, core_types: Iterable[str]) -> Standing:
    """How one kind of body stands under one declaration."""
    signed_as = {each.as_type for each in document.in_force}
    if kind in signed_as:
        return Standing.SIGNED
    if any(each.as_type == kind for each in document.given):
        return Standing.LAPSED
    absent = absent_types(core_types, signed_as, document.claimed, len(document.given))
    return Standing.MISSING if kind in absent else Standing.NOT_RECORDED
