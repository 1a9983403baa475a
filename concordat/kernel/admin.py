"""The admin pages of the record: changes and claims. The site's own words are set here."""

from collections import defaultdict
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from concordat.kernel.administration import ReadOnlyAdmin
from concordat.kernel.administration.history import kind_of, model_of, told
from concordat.kernel.administration.links import row_link
from concordat.kernel.models import Change, Claim, Redaction

admin.site.site_header = "Concordat Tracker administration"
admin.site.site_title = "Concordat Tracker administration"
admin.site.index_title = "What is kept, and who may correct it"
admin.site.enable_nav_sidebar = False  # it takes the room that the lists need


class KindFilter(admin.SimpleListFilter):
    """Records by the kind of row they are about."""

    title = "kind of record"
    parameter_name = "subject_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        types = model_admin.model.objects.order_by("subject_type").values_list("subject_type", flat=True).distinct()
        return [(subject_type, kind_of(subject_type)) for subject_type in types]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(subject_type=self.value()) if self.value() else queryset


class AboutList(ChangeList):
    """A list of records that knows the names of the rows they are about: one query for each kind of row on the page."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        numbers: dict[str, set[int]] = defaultdict(set)
        for record in self.result_list:
            numbers[record.subject_type].add(record.subject_id)
        names = {subject_type: names_of(subject_type, pks, request) for subject_type, pks in numbers.items()}
        for record in self.result_list:
            record.subject_name = names[record.subject_type].get(record.subject_id, "")


def names_of(subject_type: str, pks: set[int], request: HttpRequest) -> dict[int, str]:
    """The names of those rows, read as their own list reads them; none where they have no list."""
    model = model_of(subject_type)
    if model is None or not admin.site.is_registered(model):
        return {}
    its = admin.site.get_model_admin(model)
    related = its.list_select_related
    rows = its.get_queryset(request).select_related(*(related if isinstance(related, tuple) else ()))
    return {row.pk: str(row) for row in rows.filter(pk__in=pks)}


class AboutAdmin(ReadOnlyAdmin):
    """Records about any other row, with a link to it."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return AboutList

    @admin.display(description="about", ordering="subject_type")
    def subject(self, record: Any) -> str | SafeString:
        """The row that the record is about: its kind, and its name in a list, else its number."""
        name = Truncator(getattr(record, "subject_name", "") or record.subject_id).chars(80)
        words = f"{kind_of(record.subject_type)}: {name}"
        return row_link(model_of(record.subject_type), record.subject_id, words)


@admin.register(Change)
class ChangeAdmin(AboutAdmin):
    about = "Written by every edit, command and job. Nobody can alter or delete a line of it."
    list_display = ("recorded_at", "who", "verb", "subject", "why")
    list_filter = (KindFilter, "verb", "recorded_at")
    list_select_related = ("by",)
    search_fields = ("by__name", "by_command", "verb", "why", "=subject_id")
    search_help_text = "A person, a command, a reason, or the number of what was changed."
    date_hierarchy = "recorded_at"
    fields = ("recorded_at", "who", "verb", "subject", "why", "from_and_to")

    @admin.display(description="who", ordering="by__name")
    def who(self, change: Change) -> str:
        """The person or the command."""
        return change.actor

    @admin.display(description="from and to")
    def from_and_to(self, change: Change) -> SafeString:
        """Each field, what it said before and after, in words."""
        return render_to_string("admin/includes/told_lines.html", {"told": told([change])[0]})


@admin.register(Claim)
class ClaimAdmin(AboutAdmin):
    about = "What sources say happened. Written by “manage.py load_history”; claims that conflict are all kept."
    list_display = ("on", "event", "claimed", "subject", "chosen", "source")
    list_filter = ("event", "chosen", KindFilter, "precision", "on")
    search_fields = ("text", "source", "=subject_id")
    search_help_text = "Words of the claim, its source, or the number of what it is about."
    date_hierarchy = "on"
    fields = ("subject", "event", "on", "precision", "text", "source", "chosen", "recorded_at")

    @admin.display(description="what is claimed", ordering="text")
    def claimed(self, claim: Claim) -> str:
        """The beginning of the text."""
        return Truncator(claim.text).chars(120)


@admin.register(Redaction)
class RedactionAdmin(AboutAdmin):
    about = "What was removed because it told of a person. Written by “Remove personal data” on the page of a history."
    list_display = ("at", "by", "category", "subject", "field", "places")
    list_filter = ("category", KindFilter, "at")
    list_select_related = ("by",)
    search_fields = ("by__name", "reason", "=subject_id")
    search_help_text = "A person, words of the note, or the number of what it was removed from."
    date_hierarchy = "at"
    fields = ("at", "by", "subject", "field", "category", "reason", "places")
