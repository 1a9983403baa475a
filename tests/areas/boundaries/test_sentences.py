import pytest

from areas.boundaries.sentences import listed


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Kent"], "Kent"),
        (["Kent", "Devon"], "Devon, Kent"),
        (list("abcde"), "a, b, c, d, e"),
        (list("abcdefg"), "a, b, c, d, e and 2 more"),
    ],
)
def test_names_at_most_five_in_order(names: list[str], said: str) -> None:
    assert listed(names) == said
