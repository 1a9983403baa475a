"""How cells and text of OpenDocument files look: of each style its background, and whether it is struck through."""

from typing import NamedTuple

from actionplans.importing.reading import limits
from actionplans.importing.reading.colours import background
from actionplans.importing.reading.parts import Element, attribute
from actionplans.importing.tables import UnreadableError

SHOWN = {"", "true"}


class Style(NamedTuple):
    """What a style says; None where it leaves it to the style that it is based on."""

    fill: str | None = None
    struck: bool | None = None
    displayed: bool = True
    based_on: str = ""


MOST_STEPS = 10  # from a style to the one that it is based on


class Styles:
    """The styles of one file by family and name."""

    def __init__(self) -> None:
        self._styles: dict[tuple[str, str], Style] = {}

    def add(self, element: Element) -> None:
        """Takes a style. Raises UnreadableError if there are too many."""
        if len(self._styles) == limits.MOST_STYLES:
            raise UnreadableError(limits.TOO_HEAVY)
        key = attribute(element, "family"), attribute(element, "name")
        self._styles[key] = Style(
            _fill(element), _struck(element), _displayed(element), attribute(element, "parent-style-name")
        )

    def fill(self, family: str, name: str) -> str:
        """The background of the style with this name."""
        return next((style.fill for style in self._chain(family, name) if style.fill is not None), "")

    def struck(self, family: str, name: str) -> bool:
        """Whether the style with this name strikes text through."""
        return next((style.struck for style in self._chain(family, name) if style.struck is not None), False)

    def displayed(self, name: str) -> bool:
        """Whether a table with this style is shown."""
        return self._styles.get(("table", name), Style()).displayed

    def _chain(self, family: str, name: str) -> list[Style]:
        chain: list[Style] = []
        while (style := self._styles.get((family, name))) and len(chain) < MOST_STEPS:
            chain.append(style)
            name = style.based_on
        return chain


def _fill(element: Element) -> str | None:
    properties = element.find("{*}table-cell-properties")
    written = attribute(properties, "background-color") if properties is not None else ""
    return background(written) if written else None


def _struck(element: Element) -> bool | None:
    properties = element.find("{*}text-properties")
    if properties is None:
        return None
    written = attribute(properties, "text-line-through-style") or attribute(properties, "text-line-through-type")
    return written != "none" if written else None


def _displayed(element: Element) -> bool:
    properties = element.find("{*}table-properties")
    return properties is None or attribute(properties, "display") in SHOWN
