"""One partnership in the making, and its actions: what all modules that make its rows need to know."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from actionplans.models import Action, Section, Theme
from areas.models import Area
from concordat.demo.batch import Batch
from concordat.demo.moods import Fate
from concordat.demo.stories import Story
from concordat.demo.wording import Item
from signatories.models import BoardMeeting, Organisation, Partnership, Person
from signatories.models.organisation import OrganisationType

OLDEST_DAYS = 1501  # a regional declaration comes before the plans that lean on it


@dataclass(frozen=True, slots=True)
class MadeAction:
    """An action, the line it was made from, its place in the plan, its fate, and the day from which it counts."""

    action: Action
    line: Item
    place: int
    fate: Fate
    begins_on: date


@dataclass(slots=True)
class Group:
    """A partnership with its story, areas, organisations (by type) and people (by role).

    `batch` takes its rows; `on` is the reference day; `lendable` is an action that others may mirror;
    `last_meeting` is the last one of its board that was held;
    `declared_on` is the day of its first declaration, before every plan of it.
    """

    number: int
    story: Story
    areas: list[Area]
    on: date
    actions_per_plan: int
    chances: Random
    batch: Batch
    partnership: Partnership
    organisations: dict[OrganisationType, Organisation]
    people: dict[str, Person]
    sections: dict[str, Section]
    themes: dict[str, Theme]
    lendable: MadeAction | None = None
    last_meeting: BoardMeeting | None = None
    declared_on: date = field(init=False)

    def __post_init__(self) -> None:
        self.declared_on = (
            self.days_ago(OLDEST_DAYS, OLDEST_DAYS) if self.story.is_regional else self.days_ago(900, 1500)
        )

    def days_ago(self, least: int, most: int) -> date:
        """A day so many days before the reference day."""
        return self.on - timedelta(days=self.chances.randint(least, most))

    def noon_before(self, days: int) -> datetime:
        """Noon, so many days before the reference day (UTC)."""
        return datetime.combine(self.on - timedelta(days=days), time(12), tzinfo=UTC)
