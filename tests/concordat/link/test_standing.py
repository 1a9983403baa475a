"""What may be answered: tables of examples."""

import pytest

from concordat.link.standing import Kind, Standing, ids, numbers, offered, standing


@pytest.mark.parametrize(
    ("is_own", "is_in_force", "is_open", "expected"),
    [
        (True, True, True, Standing.ANSWERABLE),
        (True, True, False, Standing.CLOSED),
        (True, False, False, Standing.NOT_IN_FORCE),
        (False, True, True, Standing.NOT_YOURS),
        (False, False, False, Standing.NOT_YOURS),
        (False, True, False, Standing.NOT_YOURS),  # that it was closed since is no longer theirs to know
    ],
)
def test_how_an_action_stands(is_own: bool, is_in_force: bool, is_open: bool, expected: Standing) -> None:
    found = standing(is_own=is_own, is_in_force=is_in_force, is_open=is_open)
    assert found is expected
    assert bool(found.sentence) == (found is not Standing.ANSWERABLE)


@pytest.mark.parametrize(
    ("was_reported", "has_report", "is_owner", "left_out"),
    [
        (True, False, True, set()),
        (False, False, True, {Kind.NO_CHANGE}),
        (True, True, True, {Kind.NO_CHANGE}),
        (True, False, False, {Kind.HAND_OVER}),
        (False, True, False, {Kind.NO_CHANGE, Kind.HAND_OVER}),
    ],
)
def test_which_answers_fit(was_reported: bool, has_report: bool, is_owner: bool, left_out: set[Kind]) -> None:
    found = offered(was_reported=was_reported, has_report=has_report, is_owner=is_owner)
    assert found == [kind for kind in Kind if kind not in left_out]


def test_every_answer_has_its_words_and_two_of_them_close() -> None:
    assert [kind for kind in Kind if kind.closes] == [Kind.DONE, Kind.DROPPED]
    assert len({kind.words for kind in Kind}) == len(Kind)
    assert Kind.HAND_OVER.button != Kind.DONE.button == "Send to the coordinator"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["12-0", "7-345"], {12: 0, 7: 345}),
        (["12", "-", "a-1", "1-b", "1-", "-1", "٣-1", "9" * 20 + "-1", "1-" + "9" * 20], {}),
        (["12-1-2"], {}),
        ([], {}),
    ],
)
def test_what_was_ticked(texts: list[str], expected: dict[int, int]) -> None:
    assert numbers(texts) == expected


@pytest.mark.parametrize(("text", "expected"), [("3,4,12", [3, 4, 12]), ("", []), ("a,-1, 2,٣,5", [5])])
def test_ids_of_an_address(text: str, expected: list[int]) -> None:
    assert ids(text) == expected
