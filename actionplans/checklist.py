"""What a plan version needs before it is submitted and published (docs/rules.md, Review). Pure: facts in, items out."""

from collections.abc import Sequence
from datetime import date

from signatories.checklist import Item

NAMED = 5


def version_checklist(
    *,
    areas: int,
    undeclared: Sequence[str],
    actions: int,
    uses_colours: bool,
    rag_key: str,
    period_starts_on: date | None,
    period_ends_on: date | None,
    unexplained: Sequence[str] = (),
    next_review_on: date | None = None,
    on: date | None = None,
) -> list[Item]:
    """The items of a plan version: how many areas it is for, those without a declaration in force, its actions, its
    colours with their meaning, its period, those of its published actions that are left out without a word why, and
    when it is next reviewed, seen from the day `on`. The declaration may still be in review when the plan is submitted.
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
        Item(
            "left-out",
            "It says why published actions are left out, if any are",
            f"Say why these are left out, or take them in again: {_named(unexplained)}." if unexplained else "",
        ),
        Item(
            "review",
            "Its next review is still to come, if it names one",
            "The day of the next review has passed. Give another day, or none."
            if next_review_on and on and next_review_on < on
            else "",
        ),
    ]


def _named(actions: Sequence[str]) -> str:
    """The first few by name; a page is not filled by the rest."""
    shown, rest = actions[:NAMED], len(actions) - NAMED
    return f"{'; '.join(shown)}{f' and {rest} more' if rest > 0 else ''}"


def _lacks_of_period(starts_on: date | None, ends_on: date | None) -> str:
    if starts_on is None and ends_on is None:
        return "Say from when until when the plan runs."
    if starts_on is None:
        return "Say when the plan begins."
    return "" if ends_on else "Say when the plan ends."
