"""What is asked of a report: the day, the day to compare with, and of which part of England.

The same for an address (`?on=…`), a command (`--on …`) and an order that is kept. Days are calendar days in London.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.datastructures import MultiValueDict

from actionplans.models import Theme
from actionplans.states import ActionState, Delivery
from areas.models import Region
from concordat.asked import FIRST, day_asked
from concordat.kernel.dates import add_months_by_ends
from concordat.national import SignUpStatus
from signatories.models import Organisation, Partnership

RETURNS_EVERY_MONTHS = 3  # docs/rules.md, “Reports”: a return is compared with the one a quarter before
STATUSES = {
    **{each.value: each.value.capitalize() for each in SignUpStatus if each is not SignUpStatus.GREY},
    **dict(Delivery.choices),
}
ACTION_STATUSES = dict(ActionState.choices)  # of reports on single actions
EVERY_STATUS = STATUSES | ACTION_STATUSES
ROWS: dict[str, Any] = {"partnership": Partnership, "organisation": Organisation, "theme": Theme}
MEETING = re.compile(r"[1-9][0-9]{0,17}")
BESIDE = frozenset({"table", "bom", "format"})  # what an address may name besides the question
PAGE = "-page"  # the end of what names a page of a table
NAMES = ("on", "since", "region", "partnership", "organisation", "theme", "status", "meeting")


@dataclass(frozen=True)
class Question:
    """One question. `since` is the day to compare with: the earlier of two; empty texts ask for all.

    `since_given`: whether that day was asked for, and not the usual one. `meeting`: the id of a board's meeting, which
    is looked up once it is known that the person reads the partnership; 0 for the next one. `is_to_come`: whether the
    day lay ahead when it was asked.
    """

    on: date
    since: date
    region: str = ""
    partnership: Partnership | None = None
    organisation: Organisation | None = None
    theme: Theme | None = None
    status: str = ""
    meeting: int = 0
    since_given: bool = False
    is_to_come: bool = False

    @property
    def compares(self) -> bool:
        """Whether there is an earlier day to compare with."""
        return self.since < self.on

    @property
    def compared_with(self) -> date | None:
        """The earlier day, where there is one."""
        return self.since if self.compares else None

    @property
    def about(self) -> str:
        """What part of England it is about, in words; empty for all of it."""
        parts = [self.partnership, self.organisation, self.theme, self.region, EVERY_STATUS.get(self.status, "")]
        return ", ".join(str(each) for each in parts if each)

    @property
    def kept(self) -> dict[str, str]:
        """The same as text, by the names that `question_of` reads."""
        told = {
            "on": self.on.isoformat(),
            "since": self.since.isoformat() if self.since_given else "",
            "region": self.region,
            "partnership": self.partnership.slug if self.partnership else "",
            "organisation": self.organisation.slug if self.organisation else "",
            "theme": self.theme.slug if self.theme else "",
            "status": self.status,
            "meeting": str(self.meeting) if self.meeting else "",
        }
        return {name: text for name, text in told.items() if text}


class SenselessError(Exception):
    """What was asked makes no sense: a sentence for each name that is at fault."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        super().__init__(" ".join(sentences.values()))
        self.sentences = sentences


def unknown_in(given: Iterable[str]) -> dict[str, str]:
    """A sentence for each name of an address that means nothing: mistyped, it would ask for more than was meant."""
    known = BESIDE.union(NAMES)
    return {
        name: f"A report cannot be asked by “{name[:40]}”."
        for name in given
        if name not in known and not name.endswith(PAGE)
    }


def usual_since(on: date) -> date:
    """With what a return of that day is compared: the day a quarter before, of a month's end a month's end.

    Never before the first day that can be asked about: of that day it is the day itself.
    """
    return max(add_months_by_ends(on, -RETURNS_EVERY_MONTHS), FIRST)


def question_of(given: Mapping[str, Any], today: date) -> Question:
    """The question in these texts (of an address, a command, or an order that was kept). At most three queries.

    Raises SenselessError with a sentence for each that makes no sense.
    """
    told: dict[str, Any] = {name: _text(given.get(name)) for name in NAMES}
    refused = _twice_in(given)
    told.update(dict.fromkeys(refused, ""))
    on = _day("on", told["on"], today, refused)
    since = _day("since", told["since"], usual_since(on), refused)
    if told["since"] and since >= on and not refused:
        refused["since"] = "Compare with a day before the day of the report."
    if told["region"] not in ("", *Region.values):
        refused["region"] = f"“{told['region'][:40]}” is no region of England. Choose one from the list."
    if told["status"] not in ("", *EVERY_STATUS):
        refused["status"] = f"“{told['status'][:40]}” is no status. Choose one from the list."
    found = {name: _row(name, model, told[name], refused) for name, model in ROWS.items()}
    if told["meeting"] and not MEETING.fullmatch(told["meeting"]):
        refused["meeting"] = "A meeting is told by its number."
    if refused:
        raise SenselessError(refused)
    return Question(
        on,
        since,
        told["region"],
        **found,
        status=told["status"],
        meeting=int(told["meeting"] or 0),
        since_given=bool(told["since"]),
        is_to_come=on > today,
    )


def _twice_in(given: Mapping[str, Any]) -> dict[str, str]:
    """A sentence for each name of an address that is given twice: whichever of them counts, the other was meant too."""
    if not isinstance(given, MultiValueDict):
        return {}
    return {name: f"The address has “{name}” twice. Choose one." for name in NAMES if len(given.getlist(name)) > 1}


def _text(given: Any) -> str:
    """What was given as a text that a database can be asked about: PostgreSQL knows neither NUL nor half a sign."""
    return str(given or "").encode(errors="replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}").strip()


def _day(name: str, text: str, otherwise: date, refused: dict[str, str]) -> date:
    try:
        return day_asked(text or None, otherwise)
    except ValueError as error:
        refused[name] = str(error)
        return otherwise


def _row(name: str, model: Any, slug: str, refused: dict[str, str]) -> Any:
    if not slug:
        return None
    row = model.objects.filter(slug=slug[:120]).first()
    if row is None:
        refused[name] = f"There is no {name} “{slug[:60]}”."
    return row
