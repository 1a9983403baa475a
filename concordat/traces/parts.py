"""Which rows belong to an object: they are told of in its history, and looked through when words are removed."""

from typing import TYPE_CHECKING

from django.db import models

from actionplans.models import (
    Action,
    ActionInVersion,
    ActionLead,
    ActionOwner,
    ActionPlan,
    Commitment,
    DateChange,
    ImportedRow,
    MeetingDecision,
    PlanCoverage,
    PlanImport,
    PlanVersion,
    ProgressUpdate,
    Promise,
)
from concordat.kernel.administration.history import about
from concordat.kernel.models import Redaction, RedactionQuerySet
from concordat.reports.models import FrozenLine, FrozenReport
from signatories.models import (
    Board,
    BoardChair,
    BoardMeeting,
    BoardOversight,
    ChasingHold,
    Declaration,
    DeclarationCoverage,
    Document,
    Partnership,
    PartnershipCoverage,
    PartnershipMember,
    PlanExpectation,
    Signature,
    Statement,
)

if TYPE_CHECKING:
    from concordat.kernel.administration.history import Parts

NO_PARTS: "Parts" = ()
# Each part with the way from it to the object; a document says by itself what it is about, and so does a hold.
PARTS: "dict[type[models.Model], Parts]" = {
    Action: (
        *((model, "action") for model in (ProgressUpdate, DateChange, MeetingDecision, ActionOwner, ActionLead)),
        (Document, ""),
        (ChasingHold, ""),
    ),
    ActionPlan: ((PlanCoverage, "plan"), (PlanVersion, "plan"), (Action, "plan")),
    PlanVersion: (
        (PlanImport, "draft"),
        (ImportedRow, "plan_import__draft"),
        (ActionInVersion, "version"),
        (Action, "in_versions__version"),
        (Document, ""),
    ),
    Declaration: (
        *((model, "declaration") for model in (DeclarationCoverage, PlanExpectation, Signature)),
        (Document, ""),
    ),
    Partnership: (
        *((model, "partnership") for model in (PartnershipCoverage, PartnershipMember, BoardOversight, Statement)),
        (ChasingHold, "partnership"),
        (Commitment, "partnership"),
        (Promise, "commitment__partnership"),
    ),
    Board: ((BoardOversight, "board"), (BoardChair, "board"), (BoardMeeting, "board")),
    BoardMeeting: ((MeetingDecision, "meeting"), (FrozenReport, "meeting"), (FrozenLine, "frozen__meeting")),
    FrozenReport: ((FrozenLine, "frozen"),),
    Commitment: ((Promise, "commitment"),),
}
# The product writes the same text a second time here: it goes with that of the object.
COPIES: "dict[type[models.Model], Parts]" = {
    Action: (
        (ActionInVersion, "action"),
        (Action, "mirrors"),
        (Action, "mirrored_by"),
        (ActionInVersion, "action__mirrors"),
        (ActionInVersion, "action__mirrored_by"),
    ),
    ActionInVersion: ((Action, "in_versions"),),
}


def removals_of(row: models.Model) -> RedactionQuerySet:
    """What was removed from an object, its parts and the copies of its text."""
    kind = type(row)
    return Redaction.objects.filter(about(row, [*PARTS.get(kind, NO_PARTS), *COPIES.get(kind, NO_PARTS)]))
