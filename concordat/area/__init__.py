"""One area on a day: all that its page tells, in a fixed number of queries."""

from concordat.area.portrait import Portrait, day_shown, portrait

__all__ = ["Portrait", "day_shown", "portrait"]
