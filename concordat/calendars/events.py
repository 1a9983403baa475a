"""A calendar as a file: days with what is due on them. Pure: events in, bytes out.

Days are whole days in London without a time, so that they stay the same day wherever they are read.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Component

ONE_DAY, REFRESH = timedelta(days=1), timedelta(hours=12)
PRODUCT = "-//Concordat Tracker//Deadlines//EN"
LONGEST = 200  # letters of a title
LONDON = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
END:VTIMEZONE
"""


@dataclass(frozen=True, slots=True)
class Revision:
    """How often what an event tells of was changed so far, and when last (UTC)."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day. `key` is the same for it for ever; `address` is where more is said, from the site's root."""

    key: str
    day: date
    title: str
    text: str
    address: str
    revision: Revision


def calendar(name: str, events: Iterable[Event], *, site: str, host: str, is_private: bool) -> bytes:
    """The file, with its events by day. The same events give the same bytes: nothing in it is of the moment."""
    from icalendar import Calendar, Timezone, vText  # not before it is needed: it takes a third of a second

    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    for each in ("name", "x-wr-calname"):  # the library does not know that these are texts
        file.add(each, vText(one_line(name)))
    file.add("x-wr-timezone", "Europe/London")
    file.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", f"PT{REFRESH // timedelta(hours=1)}H")
    file.add_component(Timezone.from_ical(LONDON))  # so that a calendar without events has a component, as it must
    for event in sorted(events, key=lambda event: (event.day, event.key)):
        file.add_component(_component(event, site=site, host=host, is_private=is_private))
    return bytes(file.to_ical(sorted=False))


def _component(event: Event, *, site: str, host: str, is_private: bool) -> "Component":
    from icalendar import Event as InFile

    its = InFile()
    its.add("uid", f"{event.key}@{host}")
    its.add("dtstamp", event.revision.at.astimezone(UTC))  # without METHOD this is when it was last changed
    its.add("last-modified", event.revision.at.astimezone(UTC))
    its.add("sequence", event.revision.number)
    its.add("dtstart", event.day)
    its.add("dtend", event.day + ONE_DAY)
    its.add("summary", shortened(one_line(event.title)))
    its.add("description", "\n".join(one_line(line) for line in event.text.splitlines()))
    its.add("url", site + event.address)
    its.add("class", "PRIVATE" if is_private else "PUBLIC")
    its.add("transp", "TRANSPARENT")  # nobody is busy because something is due
    return its


def one_line(text: str) -> str:
    """The text without line ends, and without letters that cannot be shown."""
    spaced = " ".join(text.split())
    return "".join(letter for letter in spaced if unicodedata.category(letter) not in ("Cc", "Cs"))


def shortened(text: str) -> str:
    """The text, or its beginning with an ellipsis."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
