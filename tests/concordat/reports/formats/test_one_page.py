"""What is put on one sheet: a small map keeps no words that nobody could read."""

from typing import Any

from concordat.reports.formats.one_page import on_one_page

LABELS = '<g class="chart__labels"><text x="1">London, enlarged</text><text x="2">Isles of Scilly &amp; more</text></g>'
PATTERN = '<pattern id="p" patternTransform="scale(0.5)"></pattern>'


def shown(width: int, height: int, told: str = "") -> dict[str, Any]:
    """The table of a picture of that size, as it is put on the sheet."""
    svg = f'<svg viewBox="0 0 {width} {height}" data-body="20 {height - 10}">{PATTERN}{LABELS}</svg>'
    picture = {"title": "Map", "alt": "In words", "svg": svg, "high": height / width}
    part = {"widths": (20,), "rows": [["Green"]]}
    table = {"title": "Signing up", "told": told, "pictures": [picture], "across": False, "parts": [part]}
    (found,) = on_one_page([table])["left"]
    return dict(found)


def test_what_the_labels_of_a_small_map_say_stands_above_it() -> None:
    found = shown(480, 520, "Told.")
    (picture,) = found["pictures"]
    assert found["told"] == "Told. In the frames: London, enlarged; Isles of Scilly & more."
    assert picture["beside"]
    assert "<text" not in picture["svg"]


def test_the_patterns_of_a_small_map_are_coarser() -> None:
    assert 'patternTransform="scale(1.00)"' in shown(480, 520)["pictures"][0]["svg"]


def test_a_picture_of_full_width_is_left_as_it_is() -> None:
    found = shown(480, 300)
    assert found["told"] == ""
    assert LABELS in found["pictures"][0]["svg"]
    assert PATTERN in found["pictures"][0]["svg"]
