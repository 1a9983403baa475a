"""The declarations for an area on a day: who signed, and who of those that should has not."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from concordat.sentences import absent_types, published_sentence, signatories_sentence
from signatories.models import Declaration, Programme, Signature
from signatories.models.organisation import OrganisationType


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature as it stands on the day: the name as signed, the role of who signed, never a person's name."""

    name: str
    organisation: str
    organisation_slug: str
    signer_role: str
    as_type: str
    is_supporter: bool
    signed_on: date | None
    withdrawn_on: date | None

    @property
    def as_type_words(self) -> str:
        """The kind of body that it signed as."""
        return OrganisationType(self.as_type).label


@dataclass(frozen=True)
class Declared:
    """A declaration that counts for the area on the day."""

    id: int
    title: str
    summary: str
    partnership: int
    partnership_name: str
    partnership_slug: str
    published_on: date
    published_precision: str
    source: str
    source_note: str
    claimed: int | None
    part: str
    signatures: tuple[Signed, ...]
    core_types: tuple[str, ...]

    @property
    def published(self) -> str:
        """Since when it is public, in words."""
        return published_sentence(self.published_on, self.published_precision)

    @property
    def how_many(self) -> str:
        """How many signed, by its own word and by what is recorded."""
        return signatories_sentence(self.claimed, self.given)

    @property
    def given(self) -> int:
        """How many signatures are recorded, also of those who have withdrawn since."""
        return sum(not each.is_supporter for each in self.signatures)

    @cached_property
    def signatories(self) -> list[Signed]:
        """Those who signed and have not withdrawn."""
        return [each for each in self.signatures if not each.is_supporter and each.withdrawn_on is None]

    @cached_property
    def supporters(self) -> list[Signed]:
        """Those who back it without a duty of their own."""
        return [each for each in self.signatures if each.is_supporter and each.withdrawn_on is None]

    @cached_property
    def withdrawn(self) -> list[Signed]:
        """Those who have withdrawn by the day."""
        return [each for each in self.signatures if each.withdrawn_on]

    @cached_property
    def absent(self) -> list[str]:
        """The kinds of body that should sign and of which no signature is recorded that is in force, in words."""
        signed_as = {each.as_type for each in self.signatories}
        absent = absent_types(self.core_types, signed_as, self.claimed, self.given)
        return [OrganisationType(type_).label for type_ in absent if type_ in OrganisationType.values]

    @property
    def is_complete(self) -> bool:
        """Whether as many signatures are recorded as the declaration says there are, and at least one."""
        return self.given > 0 and (self.claimed is None or self.given >= self.claimed)


def declared_on(ids: Collection[int], parts: Mapping[int, str], programme: Programme, on: date) -> tuple[Declared, ...]:
    """Those declarations with the signatures of the day, oldest first. Two queries.

    `parts` says of each declaration which parts of the area it is for; empty: the whole.
    """
    rows = Declaration.objects.filter(id__in=ids).select_related("partnership").order_by("published_on", "id")
    signatures = _signatures(ids, on)
    return tuple(
        Declared(
            id=row.id,
            title=row.title,
            summary=row.summary,
            partnership=row.partnership_id,
            partnership_name=row.partnership.name,
            partnership_slug=row.partnership.slug,
            published_on=row.published_on,
            published_precision=row.published_precision,
            source=row.source,
            source_note=row.source_note,
            claimed=row.claimed_signatory_count,
            part=parts.get(row.id, ""),
            signatures=tuple(signatures[row.id]),
            core_types=tuple(programme.core_signatory_types),
        )
        for row in rows
    )


def _signatures(declarations: Iterable[int], on: date) -> Mapping[int, list[Signed]]:
    """The signatures given by the day, or on a day that is not recorded, by declaration."""
    found: dict[int, list[Signed]] = defaultdict(list)
    rows = Signature.objects.filter(declaration__in=declarations).exclude(signed_on__gt=on)
    for row in rows.select_related("organisation"):
        is_withdrawn = row.withdrawn_on is not None and row.withdrawn_on <= on
        found[row.declaration_id].append(
            Signed(
                name=row.name_as_signed,
                organisation=row.organisation.name,
                organisation_slug=row.organisation.slug,
                signer_role=row.signer_role,
                as_type=row.as_type,
                is_supporter=row.kind == Signature.Kind.SUPPORTER,
                signed_on=row.signed_on,
                withdrawn_on=row.withdrawn_on if is_withdrawn else None,
            )
        )
    return found
