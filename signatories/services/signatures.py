"""Signing a declaration, and withdrawing a signature. All days are days in London."""

from collections.abc import Collection
from datetime import date

from django.db import IntegrityError, transaction

from concordat.kernel.changes import Actor, create, person, record
from signatories.checklist import lacks_words
from signatories.models import Declaration, Organisation, Signature
from signatories.models.declaration import Published, Standing
from signatories.models.organisation import OrganisationType, signs_as
from signatories.services.errors import FasterError, NotAllowedError


@transaction.atomic
def sign(
    declaration: Declaration,
    *,
    organisation: Organisation,
    as_types: Collection[str],
    signer_role: str,
    signed_on: date,
    seen: int,
    by: Actor,
    on: date,
    statement: str = "",
    on_paper: bool = False,
    source: str = "",
) -> list[Signature]:
    """Put an organisation's name under a declaration, once for each kind of body as which it signs.

    The name is frozen as it is called now. A lead signs for an own organisation; a coordinator records what was signed
    on paper (`on_paper`). `seen` is the version of the declaration that they read: nobody signs words that were changed
    meanwhile, which raises FasterError. Raises NotAllowedError without a role or a kind, for a kind that it is
    not (unless a national administrator or a command records it), for a day to come, if it has signed as that already,
    if the declaration is no longer in force, or if it lacks its words (`why_not_sign`).
    """
    if not signer_role.strip():
        raise NotAllowedError("Say in which role it is signed.")
    _demand_kinds(organisation, as_types, by)
    if signed_on > on:
        raise NotAllowedError("The day of the signature cannot be in the future.")
    # Orders signing and rewording on PostgreSQL; SQLite lets one write at a time.
    declaration = Declaration.objects.select_for_update().get(pk=declaration.pk)
    _demand_words(declaration, seen=seen, on=on)
    signatures = [
        Signature(
            declaration=declaration,
            organisation=organisation,
            name_as_signed=organisation.name,
            as_type=each,
            kind=Signature.Kind.SIGNATORY,
            signer_role=signer_role.strip(),
            signed_on=signed_on,
            statement=statement.strip(),
            on_paper=on_paper,
            source=source.strip(),
        )
        for each in as_types
    ]
    return [_signed(signature, by=by) for signature in signatures]


def _demand_words(declaration: Declaration, *, seen: int, on: date) -> None:
    """The words that were read, whole and in force."""
    if declaration.version != seen:
        raise FasterError("The declaration was changed since you opened it. Read it again before you sign.")
    if not may_be_signed(declaration, on):
        raise NotAllowedError("This declaration is no longer in force, so nobody can sign it.")
    if sentence := why_not_sign(declaration):
        raise NotAllowedError(sentence)


def _demand_kinds(organisation: Organisation, as_types: Collection[str], by: Actor) -> None:
    """It signs as what it is (docs/rules.md, Review)."""
    if not as_types:
        raise NotAllowedError("Say as what kind of body it signs.")
    if not may_sign_as_any(by) and (others := set(as_types) - signs_as(organisation.type)):
        kinds = ", ".join(label for value, label in OrganisationType.choices if value in others)
        raise NotAllowedError(f"{organisation} is not recorded as: {kinds}. It signs as what it is.")


def _signed(signature: Signature, *, by: Actor) -> Signature:
    try:
        with transaction.atomic():
            return create(signature, by=by)
    except IntegrityError as error:
        kind = OrganisationType(signature.as_type).label
        raise NotAllowedError(f"{signature.organisation} has signed as {kind} already.") from error


def may_sign_as_any(by: Actor) -> bool:
    """Whether a signature that they record may be of any kind of body: a command, or a national administrator."""
    who = person(by)
    return who is None or bool(who.is_superuser)


def why_not_sign(declaration: Declaration) -> str:
    """What a declaration lacks before its publication for anybody to sign it; empty if nothing.

    A signature keeps its words as they are, so they have to be there. What is published already stays as it is.
    """
    if declaration.state == Published.State.PUBLISHED:
        return ""
    return lacks_words(
        title=declaration.title, summary=declaration.summary, sections_covered=declaration.sections_covered
    )


def may_be_signed(declaration: Declaration, on: date) -> bool:
    """Whether it is in hand, with the reviewers, or in force on that day."""
    if declaration.state == Published.State.PUBLISHED:
        return declaration.standing_on(on) == Standing.LIVE
    return declaration.state != Published.State.ABANDONED


@transaction.atomic
def withdraw_signature(signature: Signature, *, on: date, reason: str, by: Actor) -> Signature:
    """The organisation no longer stands by the declaration from that day on; what it signed stays in the record.

    Raises NotAllowedError without a reason, before the day of the signature, or if it is withdrawn already.
    """
    if not reason.strip():
        raise NotAllowedError("Say why the signature is withdrawn.")
    if signature.signed_on and on < signature.signed_on:
        raise NotAllowedError("A signature cannot be withdrawn before it was given.")
    standing = Signature.objects.filter(pk=signature.pk, withdrawn_on__isnull=True)
    if not standing.update(withdrawn_on=on, withdrawn_reason=reason.strip()):
        raise NotAllowedError("This signature is withdrawn already.")
    signature.refresh_from_db(fields=["withdrawn_on", "withdrawn_reason"])
    record(signature, "withdrawn", by=by, why=reason.strip(), fields={"withdrawn_on": (None, on)})
    return signature
