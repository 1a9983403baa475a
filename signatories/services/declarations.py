"""Publishing, superseding and withdrawing declarations. All days are days in London."""

from datetime import date

from django.db import transaction

from concordat.kernel.changes import Actor, record, revise
from concordat.kernel.dates import today
from concordat.kernel.sources import Precision
from signatories.models import Declaration
from signatories.models.declaration import Published
from signatories.services.errors import NotAllowedError


@transaction.atomic
def publish_declaration(
    declaration: Declaration, *, on: date, by: Actor, precision: Precision = Precision.DAY
) -> Declaration:
    """Publish a declaration; the one that it supersedes ends on the same day, unless another has superseded it.

    Raises NotAllowedError if it covers no area, is published already, or supersedes one not published by then.
    """
    if not declaration.coverage.exists():
        raise NotAllowedError("A declaration that covers no area cannot be published.")
    old = declaration.supersedes_id
    if old and not Declaration.objects.filter(pk=old, published_on__lte=on).exists():
        raise NotAllowedError("The declaration that it supersedes was not yet published on that day.")
    publish(declaration, on=on, precision=precision, by=by)
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
    document: Published, *, on: date, precision: Precision, by: Actor, superseded_on: date | None = None
) -> None:
    """The step that declarations and plan versions share. A conditional UPDATE: only one of two publishers wins.

    Raises NotAllowedError for a day to come: whatever is published is public at once, for every day asked about.
    """
    if on > today():
        raise NotAllowedError("It cannot be published before its day. Publish it on that day.")
    before = document.state
    changed = (
        type(document)
        ._default_manager.filter(pk=document.pk, published_on__isnull=True)
        .update(
            state=Published.State.PUBLISHED,
            published_on=on,
            published_precision=precision,
            superseded_on=superseded_on,
        )
    )
    if not changed:
        raise NotAllowedError("It is published already.")
    document.refresh_from_db(fields=["state", "published_on", "published_precision", "superseded_on"])
    fields = {"state": (before, document.state), "published_on": (None, on), "published_precision": ("", precision)}
    if superseded_on:
        fields["superseded_on"] = (None, superseded_on)
    record(document, "published", by=by, fields=fields)


def withdraw(document: Published, *, on: date, reason: str, by: Actor) -> None:
    """The step that declarations and plan versions share."""
    if not reason.strip():
        raise NotAllowedError("Say why it is withdrawn.")
    changed = (
        type(document)
        ._default_manager.filter(pk=document.pk, published_on__lte=on, withdrawn_on__isnull=True)
        .update(withdrawn_on=on, withdrawn_reason=reason)
    )
    if not changed:
        raise NotAllowedError("Only what is published and not yet withdrawn can be withdrawn, from its publication on.")
    document.refresh_from_db(fields=["withdrawn_on", "withdrawn_reason"])
    record(document, "withdrawn", by=by, why=reason, fields={"withdrawn_on": (None, on)})
