from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from areas.models import Area
from concordat.kernel.coverage import Coverage
from concordat.kernel.periods import holds_on
from concordat.kernel.sources import Precision, Sourced
from signatories.models.organisation import Organisation, OrganisationType
from signatories.models.partnership import Partnership, PartnershipMember

if TYPE_CHECKING:
    from signatories.access import Access


class Standing(models.TextChoices):
    """What a published document is on a day. Withdrawn comes before replaced: it says why."""

    NOT_YET = "not_yet", "Not yet published"
    LIVE = "live", "In force"
    REPLACED = "replaced", "Replaced by a newer one"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Published(models.Model):
    """What a declaration and a plan version share: a review, a publication, and an end.

    A draft, submitted or abandoned one has no dates; a published one keeps its day for ever, and ends by being
    superseded or withdrawn (the first day on which it no longer counts). `version` grows with every step and
    every save: whoever acts on an older one is told. Only what is submitted is scheduled (`publish_on`, a day in
    London) or held.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        RETURNED = "returned", "Returned with comments"
        PUBLISHED = "published", "Published"
        ABANDONED = "abandoned", "Abandoned"

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, help_text="UTC.")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="%(class)ss_submitted"
    )
    review_comment = models.TextField(blank=True, help_text="What the national reviewer asks for on returning it.")
    publish_on = models.DateField(
        "to be published on", null=True, blank=True, help_text="Empty unless it is approved for a day to come."
    )
    held_since = models.DateField(null=True, blank=True, help_text="While it is held nothing publishes it.")
    held_reason = models.TextField("why it is held", blank=True)
    abandoned_reason = models.TextField("why it is abandoned", blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=3, choices=Precision, blank=True)
    superseded_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="published", published_on__isnull=False, published_precision__in=Precision.values)
                | Q(
                    state__in=["draft", "submitted", "returned", "abandoned"],
                    published_on__isnull=True,
                    published_precision="",
                ),
                name="%(class)s_published_has_day",
            ),
            models.CheckConstraint(
                condition=Q(superseded_on__isnull=True)
                | Q(published_on__isnull=True)
                | Q(superseded_on__gte=F("published_on")),
                name="%(class)s_superseded_after_published",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_reason="")
                | (
                    Q(withdrawn_on__isnull=False)
                    & (Q(published_on__isnull=True) | Q(withdrawn_on__gte=F("published_on")))
                    & ~Q(withdrawn_reason="")
                ),
                name="%(class)s_withdrawn_with_reason",
            ),
            # The two above leave what was never published to this one: each answers yes or no, never null,
            # since a check that answers null lets the row pass.
            models.CheckConstraint(
                condition=Q(published_on__isnull=False) | Q(superseded_on__isnull=True, withdrawn_on__isnull=True),
                name="%(class)s_ends_only_if_published",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="%(class)s_submitted_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(review_comment=""), name="%(class)s_returned_with_comment"
            ),
            models.CheckConstraint(
                condition=Q(publish_on__isnull=True) | Q(state="submitted"), name="%(class)s_only_submitted_scheduled"
            ),
            models.CheckConstraint(
                condition=Q(held_since__isnull=True, held_reason="")
                | (Q(held_since__isnull=False, state="submitted") & ~Q(held_reason="")),
                name="%(class)s_held_with_reason",
            ),
            models.CheckConstraint(
                condition=(Q(state="abandoned") & ~Q(abandoned_reason=""))
                | (~Q(state="abandoned") & Q(abandoned_reason="")),
                name="%(class)s_abandoned_with_reason",
            ),
        ]

    def standing_on(self, day: date) -> Standing:
        """What the document is on that day."""
        if self.published_on is None or day < self.published_on:
            return Standing.NOT_YET
        if self.withdrawn_on is not None and self.withdrawn_on <= day:
            return Standing.WITHDRAWN
        is_replaced = self.superseded_on is not None and self.superseded_on <= day
        return Standing.REPLACED if is_replaced else Standing.LIVE

    @property
    def has_page(self) -> bool:
        """Whether it was ever published: only then does anybody find it at its address."""
        return self.published_on is not None


def live_on(day: date, prefix: str = "") -> Q:
    """Published by that day, and then neither superseded nor withdrawn; `prefix` leads there (`version__`)."""

    def not_yet(end: str) -> Q:
        return Q(**{f"{prefix}{end}__isnull": True}) | Q(**{f"{prefix}{end}__gt": day})

    return Q(**{f"{prefix}published_on__lte": day}) & not_yet("superseded_on") & not_yet("withdrawn_on")


class PublishedQuerySet(models.QuerySet[Any]):
    def published(self) -> "PublishedQuerySet":
        """Those ever published, superseded and withdrawn ones included."""
        return self.filter(published_on__isnull=False)

    def published_by(self, day: date) -> "PublishedQuerySet":
        """Those published by that day, superseded and withdrawn ones included."""
        return self.filter(published_on__lte=day)

    def live_on(self, day: date) -> "PublishedQuerySet":
        """Published by that day, and then neither superseded nor withdrawn."""
        return self.filter(live_on(day))

    def earliest_day(self) -> date | None:
        """The first publication among them, if there is any."""
        first: date | None = self.aggregate(first=models.Min("published_on"))["first"]
        return first

    def in_hand(self) -> "PublishedQuerySet":
        """Those on their way to a publication: drafts, submitted and returned ones."""
        return self.filter(state__in=[Published.State.DRAFT, Published.State.SUBMITTED, Published.State.RETURNED])

    def submitted(self) -> "PublishedQuerySet":
        """Those that wait for the national review, the one that has waited longest first."""
        return self.filter(state=Published.State.SUBMITTED).order_by("submitted_at", "pk")

    def due_to_publish(self, day: date) -> "PublishedQuerySet":
        """Those approved for that day or one before it, and not held."""
        return self.submitted().filter(publish_on__lte=day, held_since__isnull=True)

    def reviewed_by(self, access: "Access") -> "PublishedQuerySet":
        """Those that this person reviews once they are submitted: all of them, or none. Drafts are not theirs yet."""
        unread = (Published.State.DRAFT, Published.State.ABANDONED)
        return self.exclude(state__in=unread) if access.is_national else self.none()


class DeclarationQuerySet(PublishedQuerySet):
    def visible_to(self, access: "Access", on: date) -> "DeclarationQuerySet":
        """Those whose own side the person sees, drafts included.

        That is the partnership's readers, and those who sign: leads of its members, or of a body that has signed.
        """
        if access.is_national:
            return self.all()
        seen = Q(partnership__in=access.reads)
        if access.leads:
            signed = Signature.objects.filter(declaration=models.OuterRef("pk"), organisation__in=access.leads)
            seen |= Q(pk__in=self.signed_for(access, on).values("pk")) | Q(models.Exists(signed))
        return self.filter(seen)

    def signed_for(self, access: "Access", on: date) -> "DeclarationQuerySet":
        """Those that the person may sign for an organisation: it is a member of the partnership on that day."""
        members = PartnershipMember.objects.filter(
            holds_on(on), partnership=models.OuterRef("partnership"), organisation__in=access.leads
        )
        return self.filter(models.Exists(members))

    def editable_by(self, access: "Access") -> "DeclarationQuerySet":
        """Those that the person drafts and submits: of the partnerships that they coordinate."""
        return self.all() if access.is_administrator else self.filter(partnership__in=access.coordinates)


class Declaration(Published, Sourced):
    """A signed local statement that commits partners to work together."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="declarations")
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True, help_text="In plain words.")
    made_on = models.DateField("date on the declaration", null=True, blank=True)
    claimed_signatory_count = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many signatories the source says there are; empty if it does not say."
    )
    sections_covered = models.JSONField(
        default=list,
        blank=True,
        help_text="Of the areas A to D of the Concordat, those that the submitter says it covers.",
    )
    # Several may supersede one: where an area splits, each new one makes its own.
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")

    objects: ClassVar = DeclarationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["published_on", "id"]
        constraints: ClassVar = [
            *Published.Meta.constraints,
            models.CheckConstraint(condition=~Q(title=""), name="declaration_has_title"),
            models.CheckConstraint(
                condition=Q(claimed_signatory_count__isnull=True) | Q(claimed_signatory_count__gte=1),
                name="declaration_claims_a_signatory",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")), name="declaration_not_its_own_successor"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/declarations/{self.pk}/"


class DeclarationCoverage(Coverage):
    """An area, or part of one, that a declaration is for."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="coverage")

    class Meta:
        constraints: ClassVar = [
            *Coverage.Meta.constraints,
            models.UniqueConstraint(
                fields=["declaration", "area", "label"],
                condition=Q(until_on__isnull=True),
                name="declarationcoverage_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declaration}: {self.area}"


class PlanExpectation(Sourced):
    """A plan that a declaration expects (Essex: one declaration, three plans), for the areas named."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="expectations")
    label = models.CharField(max_length=120)
    areas = models.ManyToManyField(Area, through="ExpectedArea", related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["declaration", "label"], name="planexpectation_once"),
            models.CheckConstraint(condition=~Q(label=""), name="planexpectation_has_label"),
        ]

    def __str__(self) -> str:
        return self.label


class ExpectedArea(models.Model):
    """One area of an expected plan."""

    expectation = models.ForeignKey(PlanExpectation, models.PROTECT, related_name="expected_areas")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["expectation", "area"], name="expectedarea_once"),
        ]

    def __str__(self) -> str:
        return f"{self.expectation}: {self.area}"


class SignatureQuerySet(models.QuerySet[Any]):
    def in_force(self, day: date) -> "SignatureQuerySet":
        """Those given by the day, or on a day that is not recorded, and not withdrawn by then."""
        given = Q(signed_on__isnull=True) | Q(signed_on__lte=day)
        return self.filter(given & (Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)))

    def editable_by(self, access: "Access") -> "SignatureQuerySet":
        """Those that the person may withdraw: of an organisation they lead; those on paper, of their partnership."""
        if access.is_administrator:
            return self.all()
        on_paper = Q(on_paper=True, declaration__partnership__in=access.coordinates)
        return self.filter(Q(organisation__in=access.leads) | on_paper)


class Signature(Sourced):
    """An organisation's signature under a declaration: its name frozen as signed, and as which type it signed."""

    class Kind(models.TextChoices):
        SIGNATORY = "signatory", "Signatory"
        SUPPORTER = "supporter", "Supporter"

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="signatures")
    name_as_signed = models.CharField(max_length=200)
    signer_role = models.CharField(max_length=160, blank=True)
    as_type = models.CharField("signs as", max_length=30, choices=OrganisationType)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SIGNATORY)
    signed_on = models.DateField(null=True, blank=True, help_text="Empty if not recorded.")
    statement = models.TextField(blank=True, help_text="What the organisation said on signing.")
    on_paper = models.BooleanField("signed on paper", default=False, help_text="Recorded here by a coordinator.")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    objects: ClassVar = SignatureQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name_as_signed", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["declaration", "organisation", "as_type"],
                condition=Q(withdrawn_on__isnull=True),
                name="signature_once_per_type",
            ),
            models.CheckConstraint(condition=~Q(name_as_signed=""), name="signature_has_name"),
            models.CheckConstraint(condition=Q(kind__in=["signatory", "supporter"]), name="signature_kind"),
            models.CheckConstraint(condition=Q(as_type__in=OrganisationType.values), name="signature_type"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_reason="")),
                name="signature_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True)
                | Q(withdrawn_on__isnull=True)
                | Q(withdrawn_on__gte=F("signed_on")),
                name="signature_withdrawn_after_signed",
            ),
        ]

    def __str__(self) -> str:
        return self.name_as_signed
