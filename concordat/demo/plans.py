"""Made-up plans and their versions: drafts, published, superseded, withdrawn and out of date ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from actionplans.models import ActionPlan, PlanCoverage, PlanVersion
from concordat.demo.group import Group
from concordat.demo.partnerships import covered
from concordat.demo.stories import Geometry, Mood, Planned
from concordat.demo.wording import AIMS, GIVEN_UP, LABEL, WITHDRAWN_PLAN, listed
from concordat.kernel.models import Claim
from concordat.kernel.sources import Precision
from signatories.models import PlanExpectation

State = PlanVersion.State
PARTS = ("north", "south east", "south west")


@dataclass(frozen=True, slots=True)
class MadePlan:
    """A plan with the mood of its delivery and its versions, oldest first; the last published one is the live one."""

    plan: ActionPlan
    mood: Mood
    versions: list[PlanVersion]

    @property
    def published(self) -> list[PlanVersion]:
        return [version for version in self.versions if version.published_on]

    def begins_on(self, is_new: bool, on: date) -> date:
        """The day from which an action of it counts: the first version's, or the second's if it is new in that.

        An unpublished plan counts from the reference day.
        """
        days = [version.published_on for version in self.published if version.published_on]
        if not days:
            return on
        return days[-1] if is_new else days[0]


def plans(group: Group, expectations: list[PlanExpectation]) -> list[MadePlan]:
    """All plans of the partnership that count for the Concordat; and, on the side, its related plan."""
    story = group.story
    made = []
    for place, covers in enumerate(_coverages(group)):
        is_published = place < story.plan_count - story.unpublished
        plan = group.batch.add(
            ActionPlan(
                partnership=group.partnership,
                title=_title(group, covers),
                fulfils=expectations[place] if expectations else None,
                source=LABEL,
            )
        )
        for cover in covers:
            group.batch.add(PlanCoverage(plan=plan, **cover))
        mood = story.moods[place % len(story.moods)]
        versions = list(_versions(group, plan, story.planned if is_published else Planned.SUBMITTED, mood))
        made.append(MadePlan(plan, mood if versions[0].published_on else Mood.NOT_STARTED, versions))
    if story.has_related_plan:
        _related(group)
    return made


def _coverages(group: Group) -> list[list[dict[str, Any]]]:
    """What each of its plans covers."""
    if group.story.planned is Planned.NOTHING:
        return []
    if group.story.geometry is Geometry.PLAN_EACH:
        return [[cover] for cover in covered(group)]
    if group.story.geometry is Geometry.EXPECTED:
        first = group.areas[0]
        return [
            [{"area": area, "extent": "part", "label": part} for area in dict.fromkeys((first, group.areas[place]))]
            for place, part in enumerate(PARTS)
        ]
    return [covered(group)]


def _title(group: Group, covers: list[dict[str, Any]]) -> str:
    where = listed([cover["area"].name for cover in covers])
    part = covers[0].get("label")
    return f"Example crisis care action plan for {where}{f', {part}' if part else ''} ({group.number + 1})"


def _versions(group: Group, plan: ActionPlan, planned: Planned, mood: Mood) -> Iterator[PlanVersion]:
    """Its versions as the story has them, oldest first, with the claim about the first publication."""
    if planned is Planned.SUBMITTED:
        yield _version(group, plan, 1, mood)
        return
    published_on = group.declared_on + timedelta(days=group.chances.randint(60, 200))
    if mood is Mood.NOT_STARTED:
        published_on = group.days_ago(10, 40)
    group.batch.claim(plan, Claim.Event.PLAN, published_on, source=LABEL, chosen=True)
    first = _version(group, plan, 1, mood, published_on)
    yield first
    if planned is Planned.WITHDRAWN:
        first.withdrawn_on, first.withdrawn_reason = group.days_ago(30, 90), WITHDRAWN_PLAN
    if planned in (Planned.RENEWED, Planned.IN_REVIEW, Planned.DRAFTED):
        first.superseded_on = first.period_ends_on = group.days_ago(300, 500)
        yield _version(group, plan, 2, mood, first.superseded_on)
    if planned is Planned.IN_REVIEW:
        yield _version(group, plan, 3, mood)
    if planned is Planned.DRAFTED:
        yield _version(group, plan, 3, mood, state=State.DRAFT)
    if planned is Planned.ABANDONED:
        given_up = _version(group, plan, 2, mood, state=State.ABANDONED)
        given_up.abandoned_reason = GIVEN_UP
        yield given_up


def _version(
    group: Group,
    plan: ActionPlan,
    number: int,
    mood: Mood,
    published_on: date | None = None,
    *,
    state: str = State.SUBMITTED,
) -> PlanVersion:
    """One version: published on that day, or waiting for approval unless `state` says otherwise."""
    starts_on = published_on or group.on
    ends_on = _period_end(group, mood) if published_on else group.on + timedelta(days=700)
    return group.batch.add(
        PlanVersion(
            plan=plan,
            label=f"Version {number}",
            aims=AIMS,
            state=State.PUBLISHED if published_on else state,
            submitted_at=None if published_on or state != State.SUBMITTED else group.noon_before(2 + group.number % 20),
            published_on=published_on,
            published_precision=Precision.DAY if published_on else "",
            period_text=f"{starts_on.year} to {ends_on.year}",
            period_starts_on=starts_on,
            period_ends_on=ends_on,
            next_review_on=max(starts_on, group.on + timedelta(days=group.chances.randint(-30, 200))),
            source=LABEL,
        )
    )


def _period_end(group: Group, mood: Mood) -> date:
    """The last day of the plan's period: over if it was delivered in part, and in some that were delivered."""
    if mood is Mood.DELIVERED_IN_PART:
        return group.days_ago(20, 100)
    if mood is Mood.DELIVERED and group.number % 2:
        return group.days_ago(5, 60)
    return group.on + timedelta(days=group.chances.randint(200, 700))


def _related(group: Group) -> None:
    """A plan that does not count for the Concordat's map, published without actions."""
    title = f"Example suicide prevention plan ({group.number + 1})"
    related = ActionPlan(partnership=group.partnership, title=title, kind=ActionPlan.Kind.RELATED, source=LABEL)
    group.batch.add(related)
    for cover in covered(group):
        group.batch.add(PlanCoverage(plan=related, **cover))
    _version(group, related, 1, Mood.ON_TRACK, group.days_ago(100, 600))
