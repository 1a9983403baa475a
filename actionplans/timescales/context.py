"""What a reader must know beside the text: when the plan runs, when it was published, how the partnership counts."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

FIRST_YEAR, LAST_YEAR = 2000, 2050  # a year outside of these is a slip of the pen
YEAR_STARTS = 4  # the financial year of the NHS and of councils: 1 April to 31 March (DOMAIN: NHS year)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about the plan. All of it may be unknown; what then cannot be read is asked."""

    period_start: date | None = None
    period_end: date | None = None
    published_on: date | None = None
    default_year: int | None = None  # “2015/16 unless otherwise specified” is 2015
    quarters: Literal["", "calendar", "nhs"] = ""  # the partnership's answer to how it counts quarters
    as_at: date | None = None  # of which a plan file tells how things stand, whenever the plan was published

    @property
    def about(self) -> date | None:
        """A day near which the plan was written: of its publication, else the one of which the file tells."""
        return self.published_on or self.as_at

    @property
    def window(self) -> tuple[date, date] | None:
        """The days in which a time without a year lies: the default year if the plan names one, else its period."""
        if self.default_year:
            return date(self.default_year, YEAR_STARTS, 1), date(self.default_year + 1, 3, 31)
        if self.period_start and self.period_end and self.period_start <= self.period_end:
            return self.period_start, self.period_end
        return None
