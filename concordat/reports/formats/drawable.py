"""Texts as the typefaces of a PDF can draw them. Pure.

PDF/UA allows no character that is not drawn. The typefaces are those that typst brings with it (Libertinus Serif, New
Computer Modern, DejaVu Sans Mono): European scripts, Hebrew, Arabic, signs and arrows. A test draws all of these.
"""

import re
import unicodedata

DRAWN = (
    *((0x20, 0x7E), (0xA0, 0x4FF), (0x531, 0x5F4), (0x60C, 0x60C), (0x61B, 0x61B), (0x61F, 0x61F), (0x621, 0x63A)),
    *((0x640, 0x655), (0x660, 0x66D), (0x6F0, 0x6F9), (0x10D0, 0x10FF), (0x1D00, 0x2027), (0x202F, 0x2037)),
    *((0x2039, 0x2040), (0x2044, 0x204B), (0x2070, 0x2103), (0x2153, 0x2184), (0x2190, 0x222E), (0x2241, 0x226B)),
    *(
        (0x2460, 0x2606),
        (0x2609, 0x262F),
        (0x2638, 0x268B),
        (0x2690, 0x269C),
        (0x26A0, 0x26A7),
        (0x270C, 0x2714),
        (0x2717, 0x2726),
        (0x272A, 0x274B),
    ),
    *((0x2761, 0x277F), (0x2798, 0x27AF), (0x2C60, 0x2CFF), (0xFB00, 0xFB4F), (0xFE70, 0xFEFC)),
)
BOX = "□"  # for a letter of a script that is not drawn
UNSEEN = ("Cc", "Cf", "Cs", "Co")  # control characters, marks of direction, halves of characters
LONGEST_WORD = 24  # letters that a column has room for; a longer word may be broken anywhere
BREAK = "\u200b"


def drawable(text: str) -> str:
    """The text as it can be drawn: a sign that cannot is named in brackets, a letter of another script is a box.

    Line ends stay; tabs are spaces; what is not seen is left out, and so is a mark that is not one character with its
    letter: typst refuses most of such pairs. Words too long for a line may be broken.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if text.isascii() and text.isprintable():
        return _breakable(text)
    return _breakable("".join(_one(letter) for letter in unicodedata.normalize("NFC", text)))


def has_boxes(given: str, drawn: str) -> bool:
    """Whether a letter of the text could not be drawn."""
    return drawn.count(BOX) > given.count(BOX)


def _one(letter: str) -> str:
    code, category = ord(letter), unicodedata.category(letter)
    if letter == "\n":
        return letter
    if category in UNSEEN or category.startswith("M"):
        return ""
    if category in ("Zl", "Zp"):
        return "\n"
    if category != "Cn" and any(first <= code <= last for first, last in DRAWN):
        return letter
    name = unicodedata.name(letter, "") if category.startswith("S") else ""
    return f"[{name.lower()}]" if name else BOX


def _breakable(text: str) -> str:
    """The same with places to break a line in words that are too long for one."""
    return re.sub(rf"\S{{{LONGEST_WORD}}}(?=\S)", rf"\g<0>{BREAK}", text)
