"""Two made-up review rounds, one over and one open, and what national staff noted of their calls."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from areas.models import Area
from concordat.demo.batch import Batch
from concordat.demo.group import Group
from concordat.demo.parameters import Parameters
from signatories.models import ContactEntry, Person, Programme, ReviewRound, ReviewRoundArea

ASKS = (
    "Please look at your plan with your partners. Submit a new version if it has changed, or confirm that it still "
    "holds. (Example round.)"
)
HOLDS = "The partners looked at the plan together. It still holds, and the next review is in spring."
# The title of a round, and how many days before (or after) the reference day it opens, is due and is closed.
ROUNDS = (("Example refresh of last year", -400, -369, -340), ("Example refresh of this season", -20, 25, None))
SAID = (
    "They are between two coordinators. The chair will name somebody after the next board.",
    "The plan is with the partners for their signatures. It should reach us next month.",
    "Two actions wait for money. They will tell us the new dates in writing.",
)


class Rounds:
    """The two rounds; each area is asked once in each."""

    def __init__(self, programme: Programme, parameters: Parameters, batch: Batch) -> None:
        on = parameters.on
        self.rows = [
            batch.add(
                ReviewRound(
                    programme=programme,
                    title=title,
                    asks=ASKS,
                    opens_on=on + timedelta(days=opens),
                    due_on=on + timedelta(days=due),
                    closed_on=on + timedelta(days=closes) if closes else None,
                )
            )
            for title, opens, due, closes in ROUNDS
        ]
        self.asked: set[int] = set()

    def ask(self, group: Group) -> None:
        """Put the areas that this partnership is the first to work for into both rounds; some have answered."""
        for area in group.areas:
            if area.pk not in self.asked:
                self.asked.add(area.pk)
                self._ask(group, area)

    def _ask(self, group: Group, area: Area) -> None:
        for row, has_answered in zip(self.rows, (group.number % 3 != 1, group.number % 5 == 1), strict=True):
            answer = {
                "confirmed_on": row.opens_on + timedelta(days=9 + group.number % 7),
                "confirmed_by": group.people["coordinator"],
                "confirmed_for": group.partnership,
                "note": HOLDS,
            }
            group.batch.add(ReviewRoundArea(round=row, area=area, **(answer if has_answered else {})))


def note_contacts(group: Group, by: Person) -> None:
    """A letter and a call that took its step for each fourth partnership; its own next step is due about today."""
    if group.number % 4 != 1:
        return
    step, due_on = "Call, if nothing has come", group.on - timedelta(days=31)
    letter = _entry(group, by, 45, "letter", "Chair of the board", next_step=step, next_due_on=due_on)
    step, due_on = "Ask for the date in writing", group.on + timedelta(days=group.number % 21 - 7)
    _entry(group, by, 18, "phone", "Coordinator", closes=letter, next_step=step, next_due_on=due_on)


def _entry(group: Group, by: Person, days_ago: int, how: str, whom: str, **values: object) -> ContactEntry:
    spoken_on = group.on - timedelta(days=days_ago)
    entry = ContactEntry(
        partnership=group.partnership,
        spoken_on=spoken_on,
        how=how,
        whom=whom,
        said=SAID[(group.number + days_ago) % len(SAID)],
        recorded_by=by,
        recorded_at=datetime.combine(spoken_on, time(15), tzinfo=UTC),
        ticket=UUID(int=group.chances.getrandbits(128)),
        **values,
    )
    return group.batch.add(entry, later="closes" in values)
