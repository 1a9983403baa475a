"""A small sample of the spoilt files that `python -m tests.fuzz.reading` makes by the ten thousand."""

from tests.fuzz.reading import Outcomes, spoilt_files

COUNT = 150


def test_spoilt_files_give_a_book_or_a_plain_sentence() -> None:
    outcomes = Outcomes()
    for name, content in spoilt_files(COUNT, seed=7):
        outcomes.take(name, content)
    assert outcomes.wrong == []
    assert outcomes.books + sum(outcomes.sentences.values()) == COUNT
    assert outcomes.books > COUNT / 10
    assert len(outcomes.sentences) > 5


def test_the_same_seed_spoils_in_the_same_way() -> None:
    assert list(spoilt_files(5, seed=3)) == list(spoilt_files(5, seed=3))
    assert list(spoilt_files(5, seed=3)) != list(spoilt_files(5, seed=4))
