"""Where days stand on a scale, and which of them are written on it. Pure. Days are days in London."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MONTHS_APART = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240)


@dataclass(frozen=True, slots=True)
class Days:
    """A scale of days, from the first day's begin to the last day's end."""

    first: date
    last: date
    left: float
    width: float

    def at(self, day: date) -> float:
        """Where that day begins; days outside stand at the ends."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return self.left + self.width * min(max(share, 0), 1)

    def ticks(self, most: int) -> list[tuple[date, str]]:
        """No more than so many firsts of years, or of months, two fewer; evenly apart, and what is written there."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        room = {each: most if each % 12 == 0 else most - 2 for each in MONTHS_APART}
        apart = next((each for each in MONTHS_APART if months / each <= room[each]), MONTHS_APART[-1])
        begun = self.first.year * 12 + self.first.month - 1
        counted = range(-(-begun // apart) * apart, begun + months + 1, apart)
        firsts = [date(month // 12, month % 12 + 1, 1) for month in counted]
        return [(day, _words(day, apart)) for day in firsts if self.first <= day <= self.last][-most:]


def _words(day: date, apart: int) -> str:
    return str(day.year) if apart % 12 == 0 else f"{day:%b} {day.year}"


def thinned(places: Sequence[float], apart: float) -> list[int]:
    """Which of these rising places to draw: of those within each stretch as long as `apart`, the last."""
    last = {int(place // apart): number for number, place in enumerate(places)}
    return list(last.values())
