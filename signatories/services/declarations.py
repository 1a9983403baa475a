"""Beginning, publishing, superseding and withdrawing declarations. All days are days in London.

The steps between the draft and the publication are `services.review`.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F

from concordat.kernel.changes import Actor, create, create_many, record, revise
from concordat.kernel.dates import today
from concordat.kernel.sources import Precision
from signatories.checklist import Item, declaration_checklist, lacking
from signatories.models import Declaration, DeclarationCoverage, Partnership, Signature
from signatories.models.declaration import Published, PublishedQuerySet
from signatories.services import review
from signatories.services.errors import NotAllowedError

IN_HAND_ALREADY = "A declaration of this partnership is in hand already. Work on that one."
SIGNED = ("title", "summary", "sections_covered", "made_on")
D = TypeVar("D", bound=Published)
logger = logging.getLogger(__name__)


@transaction.atomic
def begin_declaration(partnership: Partnership, *, title: str, by: Actor, on: date) -> Declaration:
    """A draft for the areas that the partnership covers on that day; it takes the place of the one then in force.

    Raises NotAllowedError without a title, or while another draft or submission of the partnership is in hand.
    """
    if not title.strip():
        raise NotAllowedError("Give the declaration a title.")
    partnership = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if partnership.declarations.in_hand().exists():
        raise NotAllowedError(IN_HAND_ALREADY)
    old = partnership.declarations.live_on(on).order_by("published_on", "pk").last()
    declaration = create(Declaration(partnership=partnership, title=title.strip(), supersedes=old), by=by)
    covered = partnership.coverage.on(on).order_by("pk")
    create_many(
        [
            DeclarationCoverage(declaration=declaration, area_id=each.area_id, extent=each.extent, label=each.label)
            for each in covered
        ],
        by=by,
    )
    return declaration


@transaction.atomic
def save_declaration(declaration: Declaration, values: Mapping[str, Any], *, seen: int, by: Actor) -> Declaration:
    """Set these fields of a draft. What somebody has signed stays as it is; where it can be read may be filled in.

    Raises NotAllowedError for anything else while a signature is in force, and as `review.save_draft` does.
    """
    current = Declaration.objects.select_for_update().get(pk=declaration.pk)  # nobody signs meanwhile, on PostgreSQL
    fixed = (*SIGNED, "source") if current.source else SIGNED
    differs = any(name in values and values[name] != getattr(current, name) for name in fixed)
    if differs and current.version == seen and (names := _signed_by(current)):
        raise NotAllowedError(
            f"It is signed already, by {names}. They withdraw their signatures before its title, words, areas A to D, "
            "date or source change."
        )
    return review.save_draft(declaration, values, seen=seen, by=by)


@transaction.atomic
def take_over_areas(declaration: Declaration, *, seen: int, by: Actor, on: date) -> Declaration:
    """Let a draft be for what its partnership covers on that day.

    Raises NotAllowedError if it is already, or while a signature is in force, and as `review.save_draft` does.
    """
    current = Declaration.objects.select_for_update().get(pk=declaration.pk)  # as above
    had, wanted = _by_extent(current.coverage.on(on)), _by_extent(current.partnership.coverage.on(on))
    if had.keys() == wanted.keys():
        raise NotAllowedError("It is for the areas of the partnership already.")
    if names := _signed_by(current):
        raise NotAllowedError(
            f"It is signed already for these areas, by {names}. They withdraw their signatures first."
        )
    review.revise_parts(declaration, seen=seen, verb="areas taken over", by=by)
    for key in had.keys() - wanted.keys():
        revise(had[key], by=by, verb="ended", until_on=on)
    new = sorted(wanted.keys() - had.keys())
    create_many(
        [
            DeclarationCoverage(declaration=declaration, area_id=area, extent=extent, label=label)
            for area, extent, label in new
        ],
        by=by,
    )
    return declaration


@transaction.atomic
def take_up_declaration(declaration: Declaration, *, seen: int, by: Actor, on: date) -> Declaration:
    """Make a draft again of one that was abandoned. It takes the place of the declaration in force on that day.

    Raises NotAllowedError while another of its partnership is in hand, and as `review.take_up_again` does.
    """
    partnership = Partnership.objects.select_for_update().get(pk=declaration.partnership_id)
    if partnership.declarations.in_hand().exclude(pk=declaration.pk).exists():
        raise NotAllowedError(IN_HAND_ALREADY)
    review.take_up_again(declaration, seen=seen, by=by)
    old = partnership.declarations.live_on(on).order_by("published_on", "pk").last()
    return revise(declaration, by=by, verb="drafted", supersedes=old or declaration.supersedes)


def is_for_other_areas(declaration: Declaration, on: date) -> bool:
    """Whether its partnership covers others on that day. Two queries."""
    partnership = declaration.partnership
    return _by_extent(declaration.coverage.on(on)).keys() != _by_extent(partnership.coverage.on(on)).keys()


def _by_extent(coverage: Any) -> dict[tuple[int, str, str], Any]:
    return {(each.area_id, each.extent, each.label): each for each in coverage}


def _signed_by(declaration: Declaration) -> str:
    """The names under it that are not withdrawn, as one text; empty if there is none."""
    signed = declaration.signatures.filter(withdrawn_on__isnull=True).order_by("name_as_signed")
    return ", ".join(signed.values_list("name_as_signed", flat=True).distinct())


def checklist_of(declaration: Declaration, *, on: date) -> list[Item]:
    """What the declaration has and lacks on that day. Two queries, and those for its programme."""
    signed = Signature.objects.in_force(on).filter(declaration=declaration, kind=Signature.Kind.SIGNATORY)
    return declaration_checklist(
        areas=declaration.coverage.on(on).count(),
        sections_covered=declaration.sections_covered,
        core_types=declaration.partnership.programme.core_signatory_types,
        signed_as=set(signed.values_list("as_type", flat=True)),
        source=declaration.source,
    )


@transaction.atomic
def submit_declaration(declaration: Declaration, *, seen: int, by: Actor, on: date, now: datetime) -> Declaration:
    """Hand it over for the national review; raises as `review.submit` does."""
    return review.submit(declaration, checklist_of(declaration, on=on), seen=seen, by=by, now=now)


@transaction.atomic
def schedule_declaration(declaration: Declaration, *, seen: int, publish_on: date, by: Actor, on: date) -> Declaration:
    """Approve it for a day to come; raises as `review.schedule` does."""
    checklist = checklist_of(declaration, on=on)
    return review.schedule(declaration, checklist, seen=seen, publish_on=publish_on, by=by, on=on)


@transaction.atomic
def approve_declaration(declaration: Declaration, *, seen: int, on: date, by: Actor) -> Declaration:
    """Publish what was submitted, as the reviewer read it.

    Raises NotAllowedError for who submitted it, with all that the checklist lacks, or while it is held, FasterError if
    it was changed since, and as `publish_declaration` does.
    """
    review.demand_another(declaration, by)
    if lacks := lacking(checklist_of(declaration, on=on)):
        raise NotAllowedError(f"It cannot be published yet. {lacks}")
    return publish_declaration(declaration, on=on, by=by, seen=seen)


def publish_due_declarations(*, on: date, by: Actor) -> list[Declaration]:
    """Publish those that were approved for that day, or for one that was missed. Twice does no more than once."""
    due = Declaration.objects.due_to_publish(on).select_related("partnership__programme")
    return publish_due(due, approve_declaration, on=on, by=by)


def publish_due(documents: PublishedQuerySet, approve: Callable[..., D], *, on: date, by: Actor) -> list[D]:
    """Publish each by itself: what must not be published, or fails, stays in the queue and stops none of the others."""
    published = []
    for document in documents:
        try:
            published.append(approve(document, seen=document.version, on=on, by=by))
        except NotAllowedError as error:
            logger.warning("%s %s is not published on its day: %s", document._meta.label, document.pk, error)
        except Exception:
            logger.exception("%s %s could not be published on its day", document._meta.label, document.pk)
    return published


@transaction.atomic
def publish_declaration(
    declaration: Declaration, *, on: date, by: Actor, precision: Precision = Precision.DAY, seen: int | None = None
) -> Declaration:
    """Publish a declaration; the one that it supersedes ends on the same day, unless another has superseded it.

    With `seen` only what is submitted and still of that version. It asks for no signature: those under a
    declaration of former years may not be known (`approve_declaration` is for new ones). Raises NotAllowedError if it
    covers no area, is published already or held, or supersedes one not published by then.
    """
    if not declaration.coverage.exists():
        raise NotAllowedError("A declaration that covers no area cannot be published.")
    old = declaration.supersedes_id
    if old and not Declaration.objects.filter(pk=old, published_on__lte=on).exists():
        raise NotAllowedError("The declaration that it supersedes was not yet published on that day.")
    publish(declaration, on=on, precision=precision, by=by, seen=seen)
    if declaration.supersedes and declaration.supersedes.superseded_on is None:
        revise(declaration.supersedes, by=by, verb="superseded", superseded_on=on)
    return declaration


@transaction.atomic
def withdraw_declaration(declaration: Declaration, *, on: date, reason: str, by: Actor) -> Declaration:
    """Withdraw a published declaration from that day on. Its plans stay visible; its areas turn red.

    Raises NotAllowedError without a reason, before its publication, or if it is withdrawn already.
    """
    withdraw(declaration, on=on, reason=reason, by=by)
    return declaration


def publish(
    document: Published,
    *,
    on: date,
    precision: Precision,
    by: Actor,
    superseded_on: date | None = None,
    seen: int | None = None,
) -> None:
    """The step that declarations and plan versions share. A conditional UPDATE: only one of two publishers wins.

    Raises NotAllowedError for a day to come: whatever is published is public at once, for every day asked about.
    """
    if on > today():
        raise NotAllowedError("It cannot be published before its day. Publish it on that day.")
    before, planned_for = document.state, document.publish_on
    unpublished = (
        type(document)
        ._default_manager.filter(pk=document.pk, published_on__isnull=True, held_since__isnull=True)
        .exclude(state=Published.State.ABANDONED)
    )
    if seen is not None:
        unpublished = unpublished.filter(version=seen, state=Published.State.SUBMITTED)
    changed = unpublished.update(
        state=Published.State.PUBLISHED,
        published_on=on,
        published_precision=precision,
        superseded_on=superseded_on,
        publish_on=None,
        version=F("version") + 1,
    )
    if not changed:
        raise review.refusal(document, seen)
    document.refresh_from_db()
    fields: dict[str, tuple[Any, Any]] = {
        "state": (before, document.state),
        "published_on": (None, on),
        "published_precision": ("", precision),
    }
    fields |= {"superseded_on": (None, superseded_on)} if superseded_on else {}
    fields |= {"publish_on": (planned_for, None)} if planned_for else {}
    record(document, "published", by=by, fields=fields)
    if seen is not None:
        review.tell_submitter(
            document,
            subject=f"Published: {document}",
            sentences=[f"“{document}” is published. Anybody can read it here:"],
            page=str(document.get_absolute_url()),  # type: ignore[attr-defined] # both kinds have a page
            by=by,
        )


def withdraw(document: Published, *, on: date, reason: str, by: Actor) -> None:
    """The step that declarations and plan versions share."""
    if not reason.strip():
        raise NotAllowedError("Say why it is withdrawn.")
    changed = (
        type(document)
        ._default_manager.filter(pk=document.pk, published_on__lte=on, withdrawn_on__isnull=True)
        .update(withdrawn_on=on, withdrawn_reason=reason, version=F("version") + 1)
    )
    if not changed:
        raise NotAllowedError("Only what is published and not yet withdrawn can be withdrawn, from its publication on.")
    document.refresh_from_db(fields=["withdrawn_on", "withdrawn_reason", "version"])
    record(document, "withdrawn", by=by, why=reason, fields={"withdrawn_on": (None, on)})
