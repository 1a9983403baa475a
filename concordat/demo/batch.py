"""Rows of many kinds, collected in any order and written together: parents first, each kind many at a time.

Every row has its `Change`, but for the kinds that hang on actions (nine rows in ten): for these each plan has
one `Change` that says how many of each kind came with it. A `Change` for every row would double both time and space.
"""

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from django.db import models, transaction

from actionplans import models as what
from concordat.kernel.changes import M, change, create_many
from concordat.kernel.models import Change, Claim
from concordat.kernel.sources import Precision
from concordat.kernel.statements import refresh
from signatories import models as who
from signatories.services.contacts import told_of

BY = "load_demo"
ACTION_THEMES, PROMISE_ACTIONS = what.Action.themes.through, what.Promise.actions.through
# A kind stands after those that it points to.
ORDER: tuple[type[models.Model], ...] = (
    who.Steward,
    who.Milestone,
    what.Section,
    what.Theme,
    who.Organisation,
    who.Person,
    who.Partnership,
    who.PartnershipCoverage,
    who.PartnershipMember,
    who.Membership,
    who.ContactEntry,
    who.ReviewRound,
    who.ReviewRoundArea,
    who.Board,
    who.BoardOversight,
    who.BoardChair,
    who.BoardMeeting,
    who.Statement,
    who.Declaration,
    who.DeclarationCoverage,
    who.PlanExpectation,
    who.ExpectedArea,
    who.Signature,
    what.ActionPlan,
    what.PlanCoverage,
    what.PlanVersion,
    what.Action,
    what.ActionInVersion,
    what.ActionLead,
    what.ActionOwner,
    what.DateChange,
    ACTION_THEMES,
    what.ProgressUpdate,
    what.MeetingDecision,
    what.Commitment,
    what.Promise,
    PROMISE_ACTIONS,
)


HANG_ON_ACTIONS = frozenset(
    {
        what.ActionInVersion,
        what.ActionLead,
        what.ActionOwner,
        what.DateChange,
        ACTION_THEMES,
        what.ProgressUpdate,
    }
)
BATCH_SIZE = 2000


class Batch:
    """Some partnerships' rows, unsaved until `write`; after it the batch is empty again."""

    def __init__(self) -> None:
        self._empty()

    def _empty(self) -> None:
        self._rows: dict[type[models.Model], list[Any]] = defaultdict(list)
        self._later: dict[type[models.Model], list[Any]] = defaultdict(list)
        self._claims: list[tuple[models.Model, dict[str, Any]]] = []

    def add(self, row: M, *, later: bool = False) -> M:
        """Take a row. `later`: it points to another one of its own kind, which is written first."""
        (self._later if later else self._rows)[type(row)].append(row)
        return row

    def claim(self, subject: models.Model, event: str, on: date, **values: Any) -> None:
        """Take what a made-up source says happened to the subject on that day."""
        self._claims.append((subject, {"event": event, "on": on, "precision": Precision.DAY, **values}))

    @transaction.atomic
    def write(self) -> Counter[str]:
        """Insert everything, and say how many of each kind there were."""
        counts: Counter[str] = Counter()
        for model in ORDER:
            for rows in (self._rows[model], self._later[model]):
                if model in HANG_ON_ACTIONS:
                    model._default_manager.bulk_create(rows, batch_size=BATCH_SIZE)
                elif model is who.ContactEntry:
                    _log(rows)
                else:
                    create_many(rows, by=BY)
                counts[_plural(model)] += len(rows)
        claims = [
            Claim(subject_type=subject._meta.label_lower, subject_id=subject.pk, **values)
            for subject, values in self._claims
        ]
        counts["claims"] += len(create_many(claims, by=BY))
        self._record_what_hangs_on_actions()
        self._empty()
        return counts

    def _record_what_hangs_on_actions(self) -> None:
        """One change for each plan: how many rows of each kind came with it."""
        came: dict[what.ActionPlan, Counter[str]] = defaultdict(Counter)
        for model in HANG_ON_ACTIONS:
            for row in self._rows[model]:
                came[row.action.plan][_plural(model)] += 1
        changes = [
            change(plan, "loaded", by=BY, fields={kind: (0, count) for kind, count in sorted(counts.items())})
            for plan, counts in came.items()
        ]
        Change.objects.bulk_create(changes, batch_size=BATCH_SIZE)


def _log(entries: list[who.ContactEntry]) -> None:
    """Insert entries of the contact log; their changes say no more than the service's own."""
    who.ContactEntry.objects.bulk_create(entries, batch_size=BATCH_SIZE)
    changes = (change(entry, "created", by=BY, fields=told_of(entry)) for entry in entries)
    Change.objects.bulk_create(changes, batch_size=BATCH_SIZE)


def refresh_statistics() -> None:
    """Tell the database how full its tables are now."""
    refresh(*ORDER, Claim, Change)


def _plural(model: type[models.Model]) -> str:
    return str(model._meta.verbose_name_plural)
