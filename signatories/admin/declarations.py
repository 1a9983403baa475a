"""Declarations, what they cover and expect, and who signed. Read-only: services publish, supersede, withdraw."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from areas.models import Area
from concordat.kernel.administration import HoldsFilter, ReadOnlyAdmin, ReadOnlyInline, points_to
from concordat.kernel.models import Claim
from signatories.models import Declaration, DeclarationCoverage, ExpectedArea, PlanExpectation, Signature

WRITTEN = "Written by “manage.py load_history”, and when a declaration is published; not edited here."

points_to(Area, "Declarations for it", DeclarationCoverage, lambda area: {"area__id__exact": area.pk})
points_to(Declaration, "Signatures", Signature, lambda row: {"declaration__id__exact": row.pk})
points_to(Declaration, "Plans it expects", PlanExpectation, lambda row: {"declaration__id__exact": row.pk})
points_to(
    Declaration, "Claims", Claim, lambda row: {"subject_type": row._meta.label_lower, "subject_id__exact": row.pk}
)  # fmt: skip


class CoverageInline(ReadOnlyInline):
    model = DeclarationCoverage
    verbose_name_plural = "Areas that it is for"
    fields = ("area", "extent", "label", "from_on", "until_on")
    related = ("declaration", "area")


class ExpectationInline(ReadOnlyInline):
    model = PlanExpectation
    verbose_name_plural = "Plans that it expects"
    fields = ("label", "source")


class SignatureInline(ReadOnlyInline):
    model = Signature
    fields = ("name_as_signed", "organisation", "as_type", "kind", "signed_on", "withdrawn_on")
    related = ("organisation",)


@admin.register(Declaration)
class DeclarationAdmin(ReadOnlyAdmin):
    about = f"{WRITTEN} Publishing, superseding and withdrawing one change the colour of its areas."
    list_display = ("title", "partnership", "state", "published_on", "superseded_on", "withdrawn_on", "signatures")
    list_filter = ("state", "coverage__area__region", "published_precision", "published_on", "withdrawn_on")
    list_select_related = ("partnership",)
    search_fields = ("title", "partnership__name", "partnership__also_known_as", "coverage__area__name")
    search_help_text = "Words of the title, a partnership, or an area."
    date_hierarchy = "published_on"
    fields = (
        "partnership", "title", "summary", "state", ("published_on", "published_precision"), "made_on", "superseded_on",
        "supersedes", "withdrawn_on", "withdrawn_reason", "claimed_signatory_count", "source", "source_note",
        "sections_covered", ("submitted_at", "submitted_by"), "review_comment", "publish_on",
        ("held_since", "held_reason"), "abandoned_reason",
    )  # fmt: skip
    inlines = (CoverageInline, ExpectationInline, SignatureInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        signed = Signature.objects.filter(declaration=OuterRef("pk"), withdrawn_on__isnull=True).order_by()
        count = signed.values("declaration").annotate(signed=Count("pk")).values("signed")
        signed_now = Coalesce(Subquery(count), 0, output_field=IntegerField())
        declarations: QuerySet[Any] = super().get_queryset(request).annotate(signed=signed_now)
        return declarations

    @admin.display(description="signatures", ordering="signed")
    def signatures(self, declaration: Any) -> int:
        """How many have signed and stand by it."""
        return int(declaration.signed)


@admin.register(DeclarationCoverage)
class DeclarationCoverageAdmin(ReadOnlyAdmin):
    about = WRITTEN
    list_display = ("declaration", "partnership", "area", "extent", "label", "from_on", "until_on")
    list_filter = ("declaration__state", "area__region", "extent", HoldsFilter)
    list_select_related = ("declaration__partnership", "area")
    search_fields = ("declaration__title", "declaration__partnership__name", "area__name", "area__codes__code", "label")
    ordering = ("area__name", "id")
    fields = ("declaration", "area", "extent", "label", "from_on", "until_on")

    @admin.display(description="partnership", ordering="declaration__partnership__name")
    def partnership(self, coverage: DeclarationCoverage) -> str:
        """Whose declaration it is."""
        return str(coverage.declaration.partnership)


class ExpectedAreaInline(ReadOnlyInline):
    model = ExpectedArea
    verbose_name_plural = "Areas of the plan"
    fields = ("area",)
    related = ("area", "expectation")


@admin.register(PlanExpectation)
class PlanExpectationAdmin(ReadOnlyAdmin):
    about = WRITTEN
    list_display = ("label", "declaration", "partnership", "made")
    list_filter = ("declaration__state", "areas__region")
    list_select_related = ("declaration__partnership", "plan")
    search_fields = ("label", "declaration__title", "declaration__partnership__name", "areas__name")
    ordering = ("declaration__title", "label", "id")
    fields = ("declaration", "label", "source", "source_note")
    inlines = (ExpectedAreaInline,)

    @admin.display(description="partnership", ordering="declaration__partnership__name")
    def partnership(self, expectation: PlanExpectation) -> str:
        """Whose declaration expects it."""
        return str(expectation.declaration.partnership)

    @admin.display(description="plan")
    def made(self, expectation: Any) -> str:
        """The plan that fulfils it, if there is one."""
        return str(getattr(expectation, "plan", "") or "none yet")


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    about = f"{WRITTEN} The name is frozen as it was signed, whatever the body is called since."
    list_display = ("name_as_signed", "organisation", "as_type", "kind", "declaration", "signed_on", "withdrawn_on")
    list_filter = ("kind", "as_type", "declaration__coverage__area__region", "signed_on", "withdrawn_on")
    list_select_related = ("organisation", "declaration")
    search_fields = ("name_as_signed", "organisation__name", "signer_role", "declaration__title")
    date_hierarchy = "signed_on"
    fields = (
        "declaration", "organisation", "name_as_signed", "signer_role", "as_type", "kind", "signed_on", "statement",
        "on_paper", "withdrawn_on", "withdrawn_reason", "source", "source_note",
    )  # fmt: skip
