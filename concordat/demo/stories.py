"""What becomes of the partnerships: a cycle of stories, so that every case of the rules occurs again and again."""

from dataclasses import dataclass
from enum import Enum, auto


class Geometry(Enum):
    """How declarations and plans lie over a partnership's areas."""

    ONE_PLAN = auto()  # one declaration and one plan for all of them
    PLAN_EACH = auto()  # one declaration, a plan for each area (as in South Yorkshire)
    EXPECTED = auto()  # one declaration that expects three plans, which cut across the areas (as in Essex)
    WITH_PART = auto()  # the last area only in part (as Craven in Bradford's plan)


class Declared(Enum):
    """How far the declaration has come."""

    ELSEWHERE = auto()  # another group's declaration covers the areas
    DRAFT = auto()
    SUBMITTED = auto()
    RETURNED = auto()
    PUBLISHED = auto()
    REPLACED = auto()  # superseded by a second one
    WITHDRAWN = auto()


class Planned(Enum):
    """How far the plan has come."""

    NOTHING = auto()
    SUBMITTED = auto()
    FIRST = auto()  # one published version
    RENEWED = auto()  # a second version has superseded the first
    IN_REVIEW = auto()  # the same, and a third one waits for approval
    DRAFTED = auto()  # the same, and a third one is being drafted
    ABANDONED = auto()  # one published version, and a draft that was given up
    WITHDRAWN = auto()


class Mood(Enum):
    """How the delivery of a plan goes; each leads to one of the delivery statuses."""

    DELIVERED = auto()
    DELIVERED_IN_PART = auto()
    NO_RECENT_UPDATE = auto()
    OFF_TRACK = auto()
    SOME_DELAYS = auto()
    NOT_STARTED = auto()
    ON_TRACK = auto()
    NO_ACTIONS = auto()


@dataclass(frozen=True, slots=True)
class Shared:
    """An area of a partnership that came so many places before this one."""

    back: int
    index: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """One partnership's story. `new_areas` of its own, then the `shared` ones.

    `moods` go round its published plans; `unpublished` plans at the end have not come so far.
    """

    new_areas: int = 1
    shared: tuple[Shared, ...] = ()
    geometry: Geometry = Geometry.ONE_PLAN
    declared: Declared = Declared.PUBLISHED
    planned: Planned = Planned.NOTHING
    moods: tuple[Mood, ...] = (Mood.ON_TRACK,)
    unpublished: int = 0
    is_regional: bool = False  # then whom to contact is a local group
    parent_back: int = 0  # the parent partnership came so many places before; 0 for none
    mirrors_back: int = 0  # likewise the one whose action the plan mirrors
    has_related_plan: bool = False
    update_every_months: int | None = None

    @property
    def plan_count(self) -> int:
        """How many concordat plans the partnership has, published or not."""
        if self.planned is Planned.NOTHING:
            return 0
        if self.geometry is Geometry.EXPECTED:
            return 3
        return self.new_areas if self.geometry is Geometry.PLAN_EACH else 1


STORIES: tuple[Story, ...] = (
    Story(2, planned=Planned.DRAFTED, moods=(Mood.SOME_DELAYS,)),
    Story(
        3,
        geometry=Geometry.EXPECTED,
        planned=Planned.FIRST,
        moods=(Mood.ON_TRACK, Mood.SOME_DELAYS),
        unpublished=1,
    ),
    Story(2, planned=Planned.RENEWED, moods=(Mood.DELIVERED,), has_related_plan=True),
    Story(3, geometry=Geometry.PLAN_EACH, planned=Planned.FIRST, moods=(Mood.OFF_TRACK,), update_every_months=2),
    Story(
        6,
        geometry=Geometry.PLAN_EACH,
        planned=Planned.FIRST,
        moods=(Mood.ON_TRACK, Mood.OFF_TRACK, Mood.NO_RECENT_UPDATE),
        unpublished=1,
    ),
    Story(2, planned=Planned.FIRST, moods=(Mood.NO_RECENT_UPDATE,), update_every_months=6),
    Story(2),
    Story(1, planned=Planned.FIRST, moods=(Mood.NOT_STARTED,)),
    Story(2, planned=Planned.FIRST, moods=(Mood.DELIVERED_IN_PART,)),
    Story(1, planned=Planned.FIRST, moods=(Mood.NO_ACTIONS,)),
    Story(6, planned=Planned.IN_REVIEW),
    Story(1, declared=Declared.WITHDRAWN, planned=Planned.FIRST, moods=(Mood.SOME_DELAYS,)),
    Story(
        4,
        geometry=Geometry.PLAN_EACH,
        declared=Declared.REPLACED,
        planned=Planned.RENEWED,
        moods=(Mood.ON_TRACK, Mood.SOME_DELAYS),
        has_related_plan=True,
    ),
    Story(1, planned=Planned.ABANDONED),
    Story(
        1,
        (Shared(1),),
        geometry=Geometry.WITH_PART,
        planned=Planned.FIRST,
        moods=(Mood.SOME_DELAYS,),
        mirrors_back=1,
    ),
    Story(1, declared=Declared.SUBMITTED),
    Story(2, is_regional=True),
    Story(0, (Shared(1),), declared=Declared.ELSEWHERE, planned=Planned.RENEWED, parent_back=1),
    Story(0, (Shared(2, 1),), planned=Planned.WITHDRAWN, moods=(Mood.OFF_TRACK,), parent_back=2),
    Story(1, declared=Declared.DRAFT),
    Story(2, planned=Planned.SUBMITTED),
    Story(1, declared=Declared.RETURNED),
)


def story_of(number: int) -> Story:
    """The story of the partnership with that number, counted from 0."""
    return STORIES[number % len(STORIES)]


FARTHEST_BACK = max(
    max(story.parent_back, story.mirrors_back, *(shared.back for shared in story.shared), 0) for story in STORIES
)
