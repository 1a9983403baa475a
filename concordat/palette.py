"""How each status looks on a map: ground, ink, and a pattern that tells it apart without any colour.

The colours are those of the light scheme of `static/concordat.css`; a test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from actionplans.states import Delivery
from concordat.national import SignUpStatus

# The delivery of an area without a plan or without recorded actions.
NONE = "none"
# Patterns repeat in squares of this size, in the units of the drawing.
TILE = 16
# What is drawn on one square, and how thick; lines that leave it on one side come in on the other.
MARKS = {
    "plain": ("", 0.0),
    "rising": ("M-4 4 4-4M0 16 16 0M12 20 20 12", 2.5),
    "falling": ("M-4 12 4 20M0 0 16 16M12-4 20 4", 2.5),
    "crossed": ("M0 0 16 16M16 0 0 16", 2),
    "upright": ("M4 0V16M12 0V16", 2),
    "level": ("M0 4H16M0 12H16", 2),
    "dotted": ("M4 4h.01M12 12h.01", 5),
    "sparse": ("M8 8h.01", 4),
}


@dataclass(frozen=True, slots=True)
class Paint:
    """How one status is drawn, and what the legend says of it.

    The ink is what the pattern is drawn with; the edge parts areas that stand alike.
    """

    status: str
    name: str
    ground: str
    ink: str
    edge: str
    pattern: str
    meaning: str = ""

    @property
    def marks(self) -> str:
        """The pattern on one tile, as the `d` of a path; empty where it is plain."""
        return MARKS[self.pattern][0]

    @property
    def weight(self) -> float:
        """How thick the pattern is drawn."""
        return MARKS[self.pattern][1]


SIGN_UP = (
    Paint(SignUpStatus.GREEN.value, "Green", "#00693c", "#ffffff", "#ffffff", "plain", "action plan published"),
    Paint(SignUpStatus.AMBER.value, "Amber", "#ffc53d", "#3d2c00", "#3d2c00", "dotted", "declaration made"),
    Paint(SignUpStatus.RED.value, "Red", "#b3261e", "#ffffff", "#1c0402", "rising", "no declaration recorded"),
)

DELIVERY = (
    Paint(Delivery.DELIVERED.value, "Delivered", "#0b2f5b", "#ffffff", "#ffffff", "plain"),
    Paint(Delivery.ON_TRACK.value, "On track", "#2a6cab", "#ffffff", "#06183a", "upright"),
    Paint(Delivery.NOT_STARTED.value, "Not started", "#e4eaee", "#26323a", "#26323a", "sparse"),
    Paint(Delivery.DELIVERED_IN_PART.value, "Delivered in part", "#8cc6ea", "#06283d", "#06283d", "level"),
    Paint(Delivery.SOME_DELAYS.value, "Some delays", "#cdaee6", "#2d0b3f", "#2d0b3f", "falling"),
    Paint(Delivery.NO_RECENT_UPDATE.value, "No recent update", "#5c6a78", "#ffffff", "#0f1418", "dotted"),
    Paint(Delivery.OFF_TRACK.value, "Off track", "#5b1f6b", "#ffffff", "#ffffff", "crossed"),
    Paint(NONE, "No actions recorded", "#ffffff", "#3d4a50", "#3d4a50", "plain"),
)

# Each lens with its statuses in the order of the legend: the best first.
LENSES: Mapping[str, Mapping[str, Paint]] = {
    "signup": {paint.status: paint for paint in SIGN_UP},
    "delivery": {paint.status: paint for paint in DELIVERY},
}
