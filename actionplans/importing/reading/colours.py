"""Backgrounds as "#rrggbb", from the ways in which files write colours."""

import colorsys
import re
from collections.abc import Sequence

WHITE = "#ffffff"
HEX = re.compile(r"#?(?:[0-9a-f]{2})?([0-9a-f]{6})", re.IGNORECASE)  # with or without how opaque it is
SHORT_HEX = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])", re.IGNORECASE)
RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*[\d.]+%?\s*)?\)", re.IGNORECASE)
# Names of highlighted text in Word and of colours in web pages, as far as people mark tables with them.
NAMED = {
    "black": "#000000",
    "blue": "#0000ff",
    "cyan": "#00ffff",
    "aqua": "#00ffff",
    "green": "#00ff00",  # Word's; that of web pages is darker, and green too
    "lime": "#00ff00",
    "magenta": "#ff00ff",
    "fuchsia": "#ff00ff",
    "red": "#ff0000",
    "yellow": "#ffff00",
    "orange": "#ffa500",
    "gold": "#ffd700",
    "purple": "#800080",
    "grey": "#808080",
    "gray": "#808080",
    "lightgreen": "#90ee90",
    "darkblue": "#00008b",
    "darkcyan": "#008b8b",
    "darkgreen": "#006400",
    "darkmagenta": "#8b008b",
    "darkred": "#8b0000",
    "darkyellow": "#808000",
    "darkgray": "#808080",
    "lightgray": "#c0c0c0",
}
# The colours that a workbook names by number: eight, the same eight again, and the palette of Excel 97.
EIGHT = ("000000", "ffffff", "ff0000", "00ff00", "0000ff", "ffff00", "ff00ff", "00ffff")
PALETTE = (
    *EIGHT,
    *EIGHT,
    *("800000", "008000", "000080", "808000", "800080", "008080", "c0c0c0", "808080"),
    *("9999ff", "993366", "ffffcc", "ccffff", "660066", "ff8080", "0066cc", "ccccff"),
    *("000080", "ff00ff", "ffff00", "00ffff", "800080", "800000", "008080", "0000ff"),
    *("00ccff", "ccffff", "ccffcc", "ffff99", "99ccff", "ff99cc", "cc99ff", "ffcc99"),
    *("3366ff", "33cccc", "99cc00", "ffcc00", "ff9900", "ff6600", "666699", "969696"),
    *("003366", "339966", "003300", "333300", "993300", "993366", "333399", "333333"),
)


def background(written: str) -> str:
    """A colour written in hex, as rgb(…) or by name, as a background; empty for white and what is no colour."""
    text = written.strip().lower()
    if found := HEX.fullmatch(text):
        return _seen(f"#{found[1]}")
    if found := SHORT_HEX.fullmatch(text):
        return _seen("#" + "".join(digit * 2 for digit in found.groups()))
    if found := RGB.fullmatch(text):
        return _seen(_hex([min(int(part), 255) / 255 for part in found.groups()]))
    return NAMED.get(text, "")


def numbered(number: int) -> str:
    """A colour that a workbook names by its place in the palette."""
    return background(PALETTE[number]) if 0 <= number < len(PALETTE) else ""


def tinted(colour: str, tint: float) -> str:
    """A colour made darker (tint below 0) or lighter (above), as the Office formats define it."""
    if not tint or not (found := HEX.fullmatch(colour)):
        return background(colour)
    red, green, blue = (int(found[1][at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return _seen(_hex(colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)))


def _hex(parts: Sequence[float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _seen(colour: str) -> str:
    return "" if colour == WHITE else colour
