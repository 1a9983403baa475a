"""You said / We will: what people asked for, what was promised, and what became of it by the linked actions."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from actionplans.models import ActionInVersion, Commitment
from actionplans.models.update import reported_on
from actionplans.states import ActionState
from concordat.sentences import PromiseState, dated, promise_state

PROMISE = ("promises__id", "promises__we_will", "promises__is_hope", "promises__timescale_text")


@dataclass(frozen=True)
class Promised:
    """One “We will” as it stands on the day. `reasons`: why what does not happen does not."""

    we_will: str
    is_hope: bool
    timescale: str
    actions: dict[int, str] = field(default_factory=dict)  # each linked action's state
    reasons: list[str] = field(default_factory=list)

    @property
    def state(self) -> PromiseState:
        return promise_state(self.actions.values())

    @property
    def is_only_hoped(self) -> bool:
        """Whether it is a hope of which nothing has come yet: to call that “promised” would say too much."""
        return self.is_hope and self.state is PromiseState.PROMISED

    @property
    def told(self) -> str:
        """The answer in its own words, which may begin with “We will” themselves."""
        return self.we_will if self.we_will.startswith("We ") else f"We will: {self.we_will}"


@dataclass(frozen=True)
class Asking:
    """One “You said”, with its answers."""

    you_said: str
    made_on: date | None
    made_precision: str
    source: str
    theme: str
    promises: tuple[Promised, ...]

    @property
    def made(self) -> str:
        """When it was said, in words."""
        return dated(self.made_on, self.made_precision)


def asked_for(partnerships: Collection[int], on: date) -> tuple[Asking, ...]:
    """What was asked of those partnerships by the day (London), with what became of it. One query."""
    rows = groupby(_rows(partnerships, on), key=attrgetter("id"))
    return tuple(_asking(list(of_one)) for _, of_one in rows)


def _asking(rows: list[Any]) -> Asking:
    promises: dict[int, Promised] = {}
    for row in rows:
        if row.promises__id is None:
            continue
        promise = promises.setdefault(
            row.promises__id,
            Promised(row.promises__we_will, row.promises__is_hope, row.promises__timescale_text),
        )
        if not row.is_public:
            continue
        if row.promises__actions__id is not None:
            promise.actions[row.promises__actions__id] = row.status or ActionState.NOT_STARTED
        if row.status == ActionState.NOT_GOING_AHEAD and row.why not in promise.reasons:
            promise.reasons.append(row.why)
    first = rows[0]
    return Asking(
        you_said=first.you_said,
        made_on=first.made_on,
        made_precision=first.made_precision,
        source=first.source,
        theme=first.theme__name or "",
        promises=tuple(promises.values()),
    )


def _rows(partnerships: Collection[int], on: date) -> QuerySet[Any, Any]:
    """One row for each linked action, or for each promise or asking without any.

    An action that mirrors another plan's is updated there. One that no version published by the day holds says nothing
    yet: not what became of it, and not why.
    """
    lines = ActionInVersion.objects.filter(version__published_on__lte=on, action=OuterRef("promises__actions__id"))
    own, source = "promises__actions__updates", "promises__actions__mirrors__updates"
    rows: QuerySet[Any, Any] = (
        Commitment.objects.shown_on(on)
        .filter(partnership__in=partnerships)
        .annotate(
            report=FilteredRelation(own, condition=reported_on(on, f"{own}__")),
            mirrored=FilteredRelation(source, condition=reported_on(on, f"{source}__")),
        )
        .annotate(is_public=Exists(lines))
        .annotate(status=Coalesce("mirrored__status", "report__status"))
        .annotate(why=Coalesce("mirrored__reason", "report__reason"))
        .order_by("partnership_id", "position", "id", "promises__position", "promises__id", "promises__actions__id")
        .values_list(
            *("id", "you_said", "made_on", "made_precision", "source", "theme__name"),
            *PROMISE,
            *("promises__actions__id", "is_public", "status", "why"),
            named=True,
        )
    )
    return rows
