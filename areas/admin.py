"""The admin pages of areas. All are read-only: they come from official lists, by commands that check them."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from areas.models import Area, AreaCode, AreaSuccession, Boundary, BoundaryEpoch, Kind
from concordat.kernel.administration import HoldsFilter, Listed, ReadOnlyAdmin, ReadOnlyInline, points_to
from concordat.kernel.models import Claim

FROM_LOAD = "Written by “manage.py load_areas”, from the official list of areas."
FROM_BOUNDARIES = "Written by “manage.py load_boundaries”, which checks every shape."
FROM_SUCCEED = "Written by “manage.py load_areas”; not edited here."

points_to(Area, "Codes", AreaCode, lambda area: {"area__id__exact": area.pk})
points_to(Area, "Shapes", Boundary, lambda area: {"area__id__exact": area.pk})
points_to(
    Area, "Claims", Claim, lambda area: {"subject_type": area._meta.label_lower, "subject_id__exact": area.pk}
)  # fmt: skip
points_to(BoundaryEpoch, "Shapes of this time", Boundary, lambda epoch: {"epoch": epoch.pk})


class CodeInline(ReadOnlyInline):
    model = AreaCode
    fields = ("code", "official_name", "kind", "from_on", "until_on")


class SuccessorInline(ReadOnlyInline):
    model = AreaSuccession
    fk_name = "predecessor"
    verbose_name_plural = "What became of it"
    fields = ("successor", "on", "extent", "label", "state")
    related = ("predecessor", "successor")


class PredecessorInline(ReadOnlyInline):
    model = AreaSuccession
    fk_name = "successor"
    verbose_name_plural = "What it came from"
    fields = ("predecessor", "on", "extent", "label", "state")
    related = ("predecessor", "successor")


@admin.register(Area)
class AreaAdmin(ReadOnlyAdmin):
    about = FROM_LOAD
    list_display = ("name", "region", "latest_code", "latest_kind", "from_on", "until_on")
    list_filter = ("region", "codes__kind", HoldsFilter)
    search_fields = ("name", "slug", "codes__code", "codes__official_name")
    search_help_text = "A name, former name or GSS code."
    fields = ("name", "slug", "region", "from_on", "until_on")
    inlines = (CodeInline, SuccessorInline, PredecessorInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        codes = AreaCode.objects.filter(area=OuterRef("pk")).order_by(F("until_on").desc(nulls_first=True))
        latest = {name: Subquery(codes.values(name)[:1]) for name in ("code", "kind")}
        areas: QuerySet[Any] = (
            super().get_queryset(request).annotate(latest_code=latest["code"], latest_kind=latest["kind"])
        )
        return areas

    @admin.display(description="GSS code", ordering="latest_code")
    def latest_code(self, area: Any) -> str:
        """Its code now, or its last one."""
        return str(area.latest_code or "")

    @admin.display(description="kind", ordering="latest_kind")
    def latest_kind(self, area: Any) -> str:
        """Its kind now, or its last one, in words."""
        return str(Kind(area.latest_kind).label) if area.latest_kind else ""


@admin.register(AreaCode)
class AreaCodeAdmin(ReadOnlyAdmin):
    about = FROM_LOAD
    list_display = ("code", "official_name", "area", "kind", "from_on", "until_on")
    list_filter = ("kind", "area__region", HoldsFilter)
    list_select_related = ("area",)
    search_fields = ("code", "official_name", "area__name")
    fields = ("area", "code", "kind", "official_name", "from_on", "until_on")


@admin.register(AreaSuccession)
class AreaSuccessionAdmin(ReadOnlyAdmin):
    about = FROM_SUCCEED
    list_display = ("predecessor", "successor", "on", "extent", "label", "state")
    list_display_links = ("predecessor", "successor")
    list_filter = ("state", "extent", "on", "predecessor__region")
    list_select_related = ("predecessor", "successor")
    search_fields = ("predecessor__name", "successor__name", "label")
    date_hierarchy = "on"
    fields = ("predecessor", "successor", "on", "extent", "label", "state", "source", "source_note")


@admin.register(BoundaryEpoch)
class BoundaryEpochAdmin(ReadOnlyAdmin):
    about = FROM_BOUNDARIES
    list_display = ("from_on", "vintage", "approximate", "shapes", "digest")
    list_filter = ("approximate", "vintage")
    search_fields = ("attribution", "=vintage", "digest")
    fields = ("from_on", "vintage", "approximate", "attribution", "digest", "file", "source", "source_note")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without the shapes themselves: a file is megabytes."""
        boundaries = Boundary.objects.filter(epoch=OuterRef("pk")).order_by().values("epoch")
        shapes = Coalesce(Subquery(boundaries.annotate(count=Count("pk")).values("count")), 0)
        epochs: QuerySet[Any] = super().get_queryset(request).defer("topojson").annotate(shapes=shapes)
        return epochs

    @admin.display(description="shapes", ordering="shapes")
    def shapes(self, epoch: Any) -> int:
        """How many areas have a shape in it."""
        return int(epoch.shapes)

    @admin.display(description="file")
    def file(self, epoch: BoundaryEpoch) -> SafeString:
        """The address of the file that the map draws."""
        address = f"/boundaries/{epoch.from_on.isoformat()}-{epoch.digest}.json"
        return format_html('<a href="{}">{}</a>', address, address)


class EpochFilter(Listed):
    title = "time"
    parameter_name = key = "epoch"
    named_by = "from_on"


@admin.register(Boundary)
class BoundaryAdmin(ReadOnlyAdmin):
    about = FROM_BOUNDARIES
    list_display = ("area", "epoch", "west", "south", "east", "north")
    list_filter = (EpochFilter, "area__region")
    list_select_related = ("area", "epoch")
    search_fields = ("area__name", "area__codes__code")
    ordering = ("epoch__from_on", "area__name", "id")
    fields: ClassVar = ["area", "epoch", ("west", "south", "east", "north"), ("label_longitude", "label_latitude")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without the shapes themselves."""
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.select_related("area", "epoch").defer("geometry", "epoch__topojson")
