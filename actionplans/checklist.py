"""What a plan version needs before it is submitted and published (docs/rules.md, Review). Pure: facts in, items out."""

from collections.abc import Sequence
from datetime import date

from signatories.checklist import Item


def version_checklist(
    *,
    areas: int,
    undeclared: Sequence[str],
    actions: int,
    uses_colours: bool,
    rag_key: str,
    period_starts_on: date | None,
    period_ends_on: date | None,
) -> list[Item]:
    """The items of a plan version: how many areas it is for, those without a declaration in force, its actions, its
    colours with their meaning, and its period. The declaration may still be in review when the plan is submitted.
    """
    has_key = not uses_colours or bool(rag_key.strip())
    return [
        Item("areas", "It is for an area", "" if areas else "No area is recorded."),
        Item(
            "declarations",
            "Each of its areas has a declaration in force",
            f"No declaration is in force for: {', '.join(undeclared)}." if undeclared else "",
            for_submission=False,
        ),
        Item("actions", "It has at least one action", "" if actions else "It has no action yet."),
        Item(
            "colours",
            "It says what its colours mean, if it uses any",
            "" if has_key else "Write down what red, amber and green mean in this plan.",
        ),
        Item("period", "It says for which time it is", _lacks_of_period(period_starts_on, period_ends_on)),
    ]


def _lacks_of_period(starts_on: date | None, ends_on: date | None) -> str:
    if starts_on is None and ends_on is None:
        return "Say from when until when the plan runs."
    if starts_on is None:
        return "Say when the plan begins."
    return "" if ends_on else "Say when the plan ends."
