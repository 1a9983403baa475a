"""The colours of the map are those of the pages, and no two statuses look alike without them."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from actionplans.states import Delivery
from concordat.national import SignUpStatus
from concordat.palette import LENSES, NONE, Paint

PAINTS = [(lens, paint) for lens, paints in LENSES.items() for paint in paints.values()]
EACH = pytest.mark.parametrize(("lens", "paint"), PAINTS, ids=[f"{lens}-{paint.status}" for lens, paint in PAINTS])


STATIC = Path(settings.BASE_DIR) / "static"
MAP_CSS = (STATIC / "map.css").read_text(encoding="utf-8")


def light_scheme() -> dict[str, str]:
    """The custom properties of the style sheet before its dark scheme."""
    css = (STATIC / "concordat.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css.partition("prefers-color-scheme")[0]))


def dark_scheme() -> dict[str, str]:
    """What the dark scheme has otherwise."""
    css = (STATIC / "concordat.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css.partition("prefers-color-scheme")[2]))


def luminance(colour: str) -> float:
    """As WCAG 2.2 reckons it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_status_has_a_paint() -> None:
    assert LENSES["signup"].keys() == {status.value for status in SignUpStatus} - {"grey"}
    assert LENSES["delivery"].keys() == {*Delivery.values, NONE}


@EACH
def test_the_colours_are_those_of_the_pages(lens: str, paint: Paint) -> None:
    scheme = light_scheme()
    assert paint.ground == scheme[f"{lens}-{paint.status}"]
    assert paint.ink == scheme[f"{lens}-{paint.status}-ink"]


@EACH
def test_pattern_and_border_stand_out_from_their_ground(lens: str, paint: Paint) -> None:
    for colour in {paint.ink, paint.edge} if paint.marks else {paint.edge}:
        assert contrast(colour, paint.ground) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@EACH
def test_every_area_of_the_map_has_an_edge_that_is_seen(lens: str, paint: Paint, scheme: str) -> None:
    """The line around a shape stands out from it, be it the page's ground or the status' own ink."""
    colours = light_scheme() if scheme == "light" else light_scheme() | dark_scheme()
    strokes = dict(re.findall(r'path\[data-status="(\w+)"\] \{ stroke: var\(--([\w-]+)\)', MAP_CSS))
    stroke = colours.get(strokes.get(paint.status, "govuk-body-background-colour"), "#ffffff")
    if paint.status in {"none", "not_started"}:
        stroke = colours["delivery-none-ink"]
    assert contrast(stroke, colours[f"{lens}-{paint.status}"]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_slider_is_seen_on_its_shade(scheme: str) -> None:
    colours = light_scheme() if scheme == "light" else light_scheme() | dark_scheme()
    assert "accent-color: var(--button);" in MAP_CSS
    assert contrast(colours["button"], colours["shade"]) >= 3


@pytest.mark.parametrize("lens", LENSES)
def test_no_two_statuses_look_alike_in_black_and_white(lens: str) -> None:
    plain = [luminance(paint.ground) for paint in LENSES[lens].values() if not paint.marks]
    patterns = [paint.pattern for paint in LENSES[lens].values() if paint.marks]
    assert len(patterns) == len(set(patterns))
    assert len(plain) == 1 or max(plain) - min(plain) > 0.5


def test_the_two_lenses_share_no_colour() -> None:
    grounds = [{paint.ground for paint in paints.values()} for paints in LENSES.values()]
    assert not grounds[0] & grounds[1]
