"""What a declaration needs before it is submitted and published (docs/rules.md, Review). Pure: facts in, items out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from signatories.models.organisation import OrganisationType

# The four areas of the Concordat, by the letters that everybody uses for them.
SECTIONS = {
    "A": "Access to support before crisis point",
    "B": "Urgent and emergency access to crisis care",
    "C": "Quality of treatment and care when in crisis",
    "D": "Recovery and staying well",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to tick: what is asked for, and what is lacking (empty where it is met).

    `for_submission`: whether it must be met before submitting too, and not only before publishing.
    """

    name: str
    asked: str
    lacks: str = ""
    for_submission: bool = True

    @property
    def is_met(self) -> bool:
        return not self.lacks


def declaration_checklist(
    *,
    areas: int,
    sections_covered: Collection[str],
    core_types: Sequence[str],
    signed_as: Collection[str],
    source: str,
) -> list[Item]:
    """The items of a declaration: how many areas it is for, the sections that its submitter says it covers, the core
    types of the programme with the types of its signatures in force, and where the signed statement is.
    """
    uncovered = [letter for letter in SECTIONS if letter not in sections_covered]
    missing = missing_types(core_types, signed_as)
    return [
        Item("areas", "It is for an area", "" if areas else "No area is recorded."),
        Item(
            "sections",
            "It covers the four areas A to D of the Concordat",
            f"Not said to be covered: {', '.join(uncovered)}." if uncovered else "",
        ),
        Item(
            "signatures",
            "Every kind of body that must sign has signed",
            f"No signature yet of: {'; '.join(missing)}." if missing else "",
        ),
        Item(
            "source",
            "The signed statement can be read",
            "" if source.strip() else "Say where the signed statement is published.",
        ),
    ]


def lacks_words(*, title: str, summary: str, sections_covered: Collection[str]) -> str:
    """What a declaration must say before anybody signs it, in one sentence; empty where it says all of that."""
    uncovered = [letter for letter in SECTIONS if letter not in sections_covered]
    wanted = [
        "its title" if not title.strip() else "",
        "what it promises, in plain words" if not summary.strip() else "",
        f"that it covers the areas {', '.join(uncovered)} of the Concordat" if uncovered else "",
    ]
    found = "; ".join(each for each in wanted if each)
    return f"Nobody can sign it yet. It does not say: {found}." if found else ""


def missing_types(core_types: Sequence[str], signed_as: Collection[str]) -> list[str]:
    """The kinds of body that must sign and have not, in words and in the programme's order."""
    labels = dict(OrganisationType.choices)
    return [str(labels.get(each, each)) for each in core_types if each not in signed_as]


@dataclass(frozen=True, slots=True)
class SignOff:
    """A kind of body that must sign: the names of those that have, as signed, and of the members that have not.

    `may`: where no member is of that kind and nobody has signed as it, the members that may sign as it.
    """

    label: str
    signed: tuple[str, ...]
    missing: tuple[str, ...]
    may: tuple[str, ...] = ()


def sign_off(
    core_types: Sequence[str],
    *,
    signed: Sequence[tuple[str, str, str]],
    members: Sequence[tuple[str, str, Collection[str]]],
) -> list[SignOff]:
    """The sign-off list in the programme's order of kinds.

    `signed`: as which kind, the name as signed and that of today, of each signature in force. `members`: the name of
    each body that takes part, of which kind it is, and the kinds as which it may sign.
    """
    labels = dict(OrganisationType.choices)

    def row(kind: str) -> SignOff:
        have = [(as_signed, name) for as_type, as_signed, name in signed if as_type == kind]
        names = {name for _, name in have}
        missing = [name for name, own, _ in members if own == kind and name not in names]
        may = [] if have or missing else [name for name, _, kinds in members if kind in kinds]
        signed_names = tuple(as_signed for as_signed, _ in have)
        return SignOff(str(labels.get(kind, kind)), signed_names, tuple(missing), tuple(may))

    return [row(kind) for kind in core_types]


def lacking(items: Iterable[Item], *, submitting: bool = False) -> str:
    """What is lacking, all in one line; empty if nothing is. For submitting, only what that needs."""
    return " ".join(item.lacks for item in items if item.lacks and (item.for_submission or not submitting))
