"""Plan files on their way into a draft. Read-only: the workspace brings them in, and the worker writes them."""

from django.contrib import admin

from actionplans.models import PlanImport, PlanVersion
from concordat.kernel.administration import ReadOnlyAdmin, points_to

points_to(PlanVersion, "Plan files", PlanImport, lambda row: {"draft__id__exact": row.pk})


@admin.register(PlanImport)
class PlanImportAdmin(ReadOnlyAdmin):
    about = "Brought in by a coordinator in the workspace. What the file says is read there, by its partnership alone."
    list_display = ("__str__", "draft", "state", "as_at", "tries", "claimed_at", "uploaded_by", "uploaded_at")
    list_filter = ("state", "uploaded_at")
    list_select_related = ("draft__plan", "uploaded_by")
    search_fields = ("original_name", "draft__plan__title", "draft__plan__partnership__name")
    date_hierarchy = "uploaded_at"
    fields = (
        "draft", "original_name", "size", "sha256", "state", "version", "as_at", "quarters", "default_year", "notice",
        "refusal", "tries", "claimed_at", ("uploaded_by", "uploaded_at"), "confirmed_by", "applied_at",
    )  # fmt: skip
