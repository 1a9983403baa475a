"""Organisations, with their other names and their codes in public registers."""

from typing import ClassVar

from django.contrib import admin

from concordat.kernel.administration import HoldsFilter, RecordedAdmin, RecordedInline, points_to
from concordat.kernel.models import Claim
from signatories.models import Organisation, OrganisationIdentifier, OrganisationName, Signature, Statement

points_to(Organisation, "Signatures", Signature, lambda row: {"organisation__id__exact": row.pk})
points_to(Organisation, "Statements", Statement, lambda row: {"organisation__id__exact": row.pk})
points_to(
    Organisation, "Claims", Claim, lambda row: {"subject_type": row._meta.label_lower, "subject_id__exact": row.pk}
)  # fmt: skip


class NameInline(RecordedInline):
    model = OrganisationName
    verbose_name = "former or other name"
    verbose_name_plural = "Former and other names"
    fields = ("name", "from_on", "until_on")
    refusals: ClassVar = {"organisationname_once": ("name", "This organisation has this name already.")}


class IdentifierInline(RecordedInline):
    model = OrganisationIdentifier
    verbose_name = "code in a public register"
    verbose_name_plural = "Codes in public registers"
    fields = ("scheme", "value")
    refusals: ClassVar = {"organisationidentifier_once": ("value", "An organisation has this code already.")}


@admin.register(Organisation)
class OrganisationAdmin(RecordedAdmin):
    about = (
        "Correct slips here. A body that was renamed, merged, split or abolished is not corrected: its new name is "
        "another fact. Signatures keep the name as signed."
    )
    list_display = ("name", "type", "public_email", "public_phone", "from_on", "until_on")
    list_filter = ("type", HoldsFilter)
    search_fields = ("name", "slug", "names__name", "identifiers__value")
    search_help_text = "A name, former name or register code."
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    fixed_once_added = ("slug",)
    shown = ("until_on",)
    fieldsets: ClassVar = [
        (None, {"fields": ["name", "slug", "type", ("from_on", "until_on")]}),
        (
            "How the public reaches it",
            {"fields": ["public_phone", "public_email", "public_address", "website", "social_media"]},
        ),
        ("Source", {"fields": ["source", "source_note"]}),
    ]
    inlines = (NameInline, IdentifierInline)
