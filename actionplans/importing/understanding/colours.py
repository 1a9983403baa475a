"""The colours of a plan: by name or by letter in a text, by hue in the background of a cell."""

import colorsys
import re
from functools import lru_cache

from actionplans.importing.understanding.words import words

COLOURS = ("red", "amber", "green", "grey", "blue", "white")
NAMES = {
    "red": "red",
    "amber": "amber",
    "yellow": "amber",
    "orange": "amber",
    "green": "green",
    "grey": "grey",
    "gray": "grey",
    "blue": "blue",
    "greyed": "grey",
    "white": "white",
}
LETTERS = {"r": "red", "a": "amber", "g": "green", "b": "blue", "y": "amber"}
HUES = ((18, "red"), (72, "amber"), (170, "green"), (262, "blue"), (335, ""), (361, "red"))
HEX = re.compile(r"#[0-9a-f]{6}")


@lru_cache(maxsize=4096)
def colour_of(fill: str) -> str:
    """The colour of a background ("#ff0000" → "red"); empty for white, black, pale tints and purple."""
    if not HEX.fullmatch(fill):
        return ""
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if value < 0.2:
        return ""
    if saturation < 0.12:
        return "grey" if value < 0.94 else ""
    return next(name for limit, name in HUES if hue * 360 < limit)


@lru_cache(maxsize=8192)
def colours_named(text: str) -> tuple[str, ...]:
    """The colours that a text names, in its order: ("amber", "green") for "Amber/Green". Letters count alone."""
    said = words(text)
    if said and len(said) <= 2 and all(word in LETTERS for word in said):
        return tuple(dict.fromkeys(LETTERS[word] for word in said))
    named = dict.fromkeys(NAMES[word] for word in said if word in NAMES)
    return tuple(colour for colour in named if colour != "white" or len(said) == 1)  # else it is a name
