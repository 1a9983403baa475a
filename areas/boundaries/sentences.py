"""Parts of the sentences that tell a person what is wrong with a boundary file."""

from collections.abc import Collection

MOST_NAMED = 5

WANTED_LEVEL = "wanted are counties and unitary authorities, with codes that begin with E06, E08, E09 and E10"


def listed(names: Collection[str]) -> str:
    """The first five names in order, and how many more there are."""
    shown = ", ".join(sorted(names)[:MOST_NAMED])
    left = len(names) - MOST_NAMED
    return f"{shown} and {left} more" if left > 0 else shown
