"""`verify`: derives anew everything that is stored twice, and says in sentences where the two differ."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import sha256
from itertools import chain

from django.core.files.storage import default_storage
from django.db.models import Count, Exists, F, Min, OuterRef, Q

from actionplans.models import Action, ActionPlan, DateChange, MeetingDecision, PlanVersion, ProgressUpdate
from areas.models import AreaCode, BoundaryEpoch
from concordat.history.reading import facts
from concordat.kernel.models import Claim
from concordat.picture import picture
from signatories.documents.checking import sha256_of
from signatories.models import BoardMeeting, Declaration, Document, PartnershipCoverage, Programme
from signatories.models.declaration import PublishedQuerySet

Check = Callable[[], Iterator[str]]


def differences(checks: Iterable[Check] = ()) -> Iterator[str]:
    """Every difference found by these and the checks below, as a sentence; none if all is well. Reads only."""
    for check in (*CHECKS, *checks):
        yield from check()


def updates_hold_until_the_next() -> Iterator[str]:
    """An accepted update is the action's state until the day of the next accepted one."""
    yield from _broken_chains(
        "Update",
        ProgressUpdate.objects.filter(state="accepted")
        .order_by("action_id", "reported_on", "id")
        .values_list("action_id", "id", "reported_on", "until_on")
        .iterator(chunk_size=5000),
    )


def moved_dates_hold_until_the_next() -> Iterator[str]:
    """A moved date holds until the day of the next move."""
    yield from _broken_chains(
        "Date change",
        DateChange.objects.order_by("action_id", "decided_on", "id")
        .values_list("action_id", "id", "decided_on", "until_on")
        .iterator(chunk_size=5000),
    )


def _broken_chains(what: str, rows: Iterator[tuple[int, int, date, date | None]]) -> Iterator[str]:
    """Rows of (owner, id, from, until), ordered: each must last until the next of its owner begins."""
    before: tuple[int, int, date, date | None] | None = None
    for row in chain(rows, [(0, 0, date.max, None)]):
        if before is not None:
            follows = row[2] if row[0] == before[0] else None
            if before[3] != follows:
                yield f"{what} {before[1]} is said to hold until {before[3]}, but the next one begins on {follows}."
        before = row


def versions_are_superseded_by_the_next() -> Iterator[str]:
    """A plan's version is superseded on the day on which the next one is published.

    One that was withdrawn by then need not be.
    """
    versions: dict[int, list[PlanVersion]] = defaultdict(list)
    last_comes_the_live_one = F("superseded_on").asc(nulls_last=True)
    for version in PlanVersion.objects.published().order_by("plan_id", "published_on", last_comes_the_live_one, "id"):
        versions[version.plan_id].append(version)
    for published in versions.values():
        days = [version.published_on for version in published]
        for version, following in zip(published, [*days[1:], None], strict=True):
            withdrawn_on = version.withdrawn_on if version.superseded_on is None else None
            if withdrawn_on and (following is None or withdrawn_on <= following):
                continue
            if version.superseded_on != following:
                told = f"{version.superseded_on}, but the next is of {following}"
                yield f"“{version}” is said to be superseded on {told}."


def meetings_know_whether_they_decided() -> Iterator[str]:
    """A meeting is said to have decisions where some are recorded, and nowhere else."""
    decisions = MeetingDecision.objects.filter(meeting=OuterRef("pk"))
    for meeting in BoardMeeting.objects.exclude(has_decisions=Exists(decisions)).select_related("board").order_by("id"):
        said = (
            ("have none", "some are recorded") if not meeting.has_decisions else ("have decisions", "none is recorded")
        )
        yield f"The meeting “{meeting}” is said to {said[0]}, but {said[1]}."


def declarations_end_with_their_successor() -> Iterator[str]:
    """A declaration is superseded on the day on which the first of its successors is published."""
    successors = Min("superseded_by__published_on")
    for declaration in Declaration.objects.annotate(expected=successors).order_by("id"):
        if declaration.superseded_on != declaration.expected:
            told = f"{declaration.superseded_on}, not on {declaration.expected}"
            yield f"“{declaration}” is said to be superseded on {told}."


def records_follow_their_chosen_claims() -> Iterator[str]:
    """What a declaration or plan says of its publication is what the chosen claim says."""
    yield from _unlike_claims(Claim.Event.DECLARATION, Declaration.objects.published(), "id")
    first = PlanVersion.objects.published().filter(plan__kind=ActionPlan.Kind.CONCORDAT)
    yield from _unlike_claims(Claim.Event.PLAN, first, "plan_id")


def _unlike_claims(event: Claim.Event, published: PublishedQuerySet, subject: str) -> Iterator[str]:
    label = {Claim.Event.DECLARATION: "signatories.declaration", Claim.Event.PLAN: "actionplans.actionplan"}[event]
    chosen = {
        claim.subject_id: (claim.on, claim.precision)
        for claim in Claim.objects.filter(event=event, subject_type=label, chosen=True)
    }
    first: dict[int, tuple[date, str]] = {}
    for key, on, precision in published.order_by("published_on", "id").values_list(
        subject, "published_on", "published_precision"
    ):
        first.setdefault(key, (on, precision))
    for key, claimed in chosen.items():
        if first.get(key) != claimed:
            yield f"{label} {key} is recorded as published {first.get(key)}, but the chosen claim says {claimed}."


def mirrors_show_an_action_of_another_plan() -> Iterator[str]:
    """A mirrored action is kept in another plan, and is itself no mirror."""
    rows = Action.objects.filter(Q(mirrors__mirrors__isnull=False) | Q(mirrors__plan=F("plan")))
    for action in rows.order_by("id"):
        yield f"Action {action.pk} mirrors one that is itself a mirror or is in the same plan."


def areas_have_one_code_a_day() -> Iterator[str]:
    """The codes of an area follow one another without gap or overlap, from its first day to its last."""
    codes: dict[int, list[AreaCode]] = defaultdict(list)
    for code in AreaCode.objects.select_related("area").order_by("area_id", F("from_on").asc(nulls_first=True)):
        codes[code.area_id].append(code)
    for rows in codes.values():
        area = rows[0].area
        starts = [row.from_on for row in rows]
        ends = [row.until_on for row in rows]
        if [area.from_on, *ends] != [*starts, area.until_on]:
            yield f"The codes of {area} do not follow one another from its first day to its last."


def areas_have_one_primary_partnership() -> Iterator[str]:
    """No area has two primary partnerships on one day."""
    rows = PartnershipCoverage.objects.filter(is_primary=True).order_by("area_id", F("from_on").asc(nulls_first=True))
    before: PartnershipCoverage | None = None
    for row in rows.select_related("area"):
        if (
            before
            and before.area_id == row.area_id
            and (before.until_on is None or row.from_on is None or row.from_on < before.until_on)
        ):
            yield f"{row.area} has two primary partnerships at once."
        before = row


def epochs_have_every_shape() -> Iterator[str]:
    """Each boundary epoch has one shape for every area of its first day, and its digest is right."""
    shapes = dict(BoundaryEpoch.objects.annotate(shapes=Count("boundaries")).values_list("id", "shapes"))
    for epoch in BoundaryEpoch.objects.all():
        existing = AreaCode.objects.existing_on(epoch.from_on).count()
        if shapes[epoch.id] != existing:
            yield f"{epoch}: {shapes[epoch.id]} shapes for {existing} areas."
        if sha256(epoch.topojson.encode()).hexdigest()[: len(epoch.digest)] != epoch.digest:
            yield f"{epoch}: the digest is not that of the shapes."


def documents_have_their_files() -> Iterator[str]:
    """The file of each document, withdrawn ones too, is in the storage and holds what it held when it came."""
    for document in Document.objects.filter(kind=Document.Kind.FILE).order_by("id").iterator(chunk_size=500):
        try:
            with default_storage.open(document.stored_as) as file:
                if sha256_of(file) != document.sha256:  # type: ignore[arg-type] # a file of Django's reads bytes
                    yield f"The file of document {document.pk}, “{document}”, is not the one that was sent."
        except FileNotFoundError:
            yield f"The file of document {document.pk}, “{document}”, is not in the storage."


def the_map_of_history_comes_out() -> Iterator[str]:
    """Where the real history is loaded, the counts that national sources stated come out of the facts again."""
    told = facts("national")
    programme = Programme.objects.filter(slug=told["programme"]["slug"]).first()
    for check in told["checks"] if programme else []:
        counts = picture(check["on"], programme).sign_up_counts
        expected = {colour: check[colour] for colour in counts}
        if counts != expected:
            yield f"On {check['on']} the map should show {expected}, but it shows {counts}."


CHECKS: tuple[Check, ...] = (
    updates_hold_until_the_next,
    moved_dates_hold_until_the_next,
    versions_are_superseded_by_the_next,
    meetings_know_whether_they_decided,
    declarations_end_with_their_successor,
    records_follow_their_chosen_claims,
    mirrors_show_an_action_of_another_plan,
    areas_have_one_code_a_day,
    areas_have_one_primary_partnership,
    epochs_have_every_shape,
    documents_have_their_files,
    the_map_of_history_comes_out,
)
