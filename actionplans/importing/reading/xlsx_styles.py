"""How a workbook's cells look: of each style its background, whether it is struck through, and its number format."""

from collections.abc import Callable
from typing import NamedTuple

from actionplans.importing.reading import limits
from actionplans.importing.reading.colours import WHITE, numbered, tinted
from actionplans.importing.reading.parts import Element, Parts, forget, local
from actionplans.importing.reading.shown import BUILT_IN, GENERAL
from actionplans.importing.tables import UnreadableError

# The names of a theme's colours in the order in which cells number them.
THEME = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink")
OFF = {"0", "false", "off", "none"}


class Style(NamedTuple):
    """What a style says of a cell."""

    fill: str = ""
    struck: bool = False
    code: str = GENERAL


PLAIN = Style()


def read_styles(parts: Parts, name: str, theme: str) -> list[Style]:
    """The styles of the part with this name, in the order in which cells number them."""
    colours = read_theme(parts, theme)
    codes: dict[int, str] = dict(BUILT_IN)
    fonts: list[bool] = []
    fills: list[str] = []
    styles: list[Style] = []
    found: dict[tuple[str, str], Callable[[Element], None]] = {
        ("numFmts", "numFmt"): lambda each: codes.update({_number(each, "numFmtId"): each.get("formatCode", GENERAL)}),
        ("fonts", "font"): lambda each: fonts.append(is_struck(each)),
        ("fills", "fill"): lambda each: fills.append(_fill(each, colours)),
        ("cellXfs", "xf"): lambda each: styles.append(_style(each, codes, fonts, fills)),
    }
    told = parts.events(name, "numFmt", "font", "fill", "xf", "dxf", "cellStyle")
    for number, (_, element) in enumerate(told):
        if number == limits.MOST_STYLES:
            raise UnreadableError(limits.TOO_HEAVY)
        parent = element.getparent()
        if take := found.get((local(parent.tag), local(element.tag))):
            take(element)
        if local(parent.tag) != "dxf":
            forget(element)
    return styles


def read_theme(parts: Parts, name: str) -> list[str]:
    """The colours of the theme, in the order in which cells number them. Empty if there is no theme."""
    root = parts.whole(name)
    scheme = root.find(".//{*}clrScheme") if root is not None else None
    if scheme is None:
        return []
    found = {local(each.tag): each[0] for each in scheme if len(each)}
    written = (found.get(each) for each in THEME)
    return ["" if each is None else each.get("lastClr") or each.get("val") or "" for each in written]


def is_struck(properties: Element | None) -> bool:
    """Whether the properties of a font strike its text through."""
    if properties is None:
        return False
    strike = properties.find("{*}strike")
    return strike is not None and strike.get("val", "1").lower() not in OFF


def _fill(element: Element, colours: list[str]) -> str:
    pattern = element.find("{*}patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return ""
    colour = pattern.find("{*}fgColor")
    return "" if colour is None else _colour(colour, colours)


def _colour(colour: Element, colours: list[str]) -> str:
    try:
        tint = float(colour.get("tint") or 0)
    except ValueError:
        tint = 0.0
    if written := colour.get("rgb"):
        return tinted(written, tint)
    theme, index = _number(colour, "theme"), _number(colour, "indexed")
    if 0 <= theme < len(colours):
        return tinted(colours[theme], tint)
    return tinted(numbered(index) or WHITE, tint) if 0 <= index < 64 else ""


def _style(xf: Element, codes: dict[int, str], fonts: list[bool], fills: list[str]) -> Style:
    font, fill = _number(xf, "fontId"), _number(xf, "fillId")
    return Style(
        fills[fill] if 0 <= fill < len(fills) else "",
        0 <= font < len(fonts) and fonts[font],
        codes.get(_number(xf, "numFmtId"), GENERAL),
    )


def _number(element: Element, name: str) -> int:
    written = element.get(name, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else -1
