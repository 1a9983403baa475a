"""“You said / We will”: the wording may be corrected, and the actions that keep a promise linked."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest
from django.utils.text import Truncator

from actionplans.models import Commitment, Promise
from concordat.kernel.administration import ReadOnlyInline, RecordedAdmin, points_to
from signatories.models import Partnership

points_to(Partnership, "You said / We will", Commitment, lambda row: {"partnership__id__exact": row.pk})


def _renew(commitment: int, form: Any) -> None:
    """Count an edit, so that whoever has the commitment open elsewhere does not overwrite it."""
    if set(form.changed_data) - {"why", "opened_as"}:
        Commitment.objects.filter(pk=commitment).update(version=F("version") + 1)


class PromiseInline(ReadOnlyInline):
    model = Promise
    verbose_name_plural = "We will"
    fields = ("we_will", "is_hope", "timescale_text", "due_on", "position")


@admin.register(Commitment)
class CommitmentAdmin(RecordedAdmin):
    about = "What people asked for. Its answers, “We will”, are corrected on their own pages."
    list_display = ("said", "partnership", "theme", "made_on", "ended_on", "position")
    list_filter = ("theme", "partnership__coverage__area__region", "made_on")
    list_select_related = ("partnership", "theme")
    search_fields = ("you_said", "partnership__name", "theme__name", "promises__we_will")
    date_hierarchy = "made_on"
    autocomplete_fields = ("theme",)
    shown = ("partnership", "ended_on", "ended_reason")
    fields = ("partnership", "you_said", "theme", ("made_on", "made_precision"), "position", "source", "source_note",
              ("ended_on", "ended_reason"))  # fmt: skip
    inlines = (PromiseInline,)
    refusals: ClassVar = {
        "commitment_once": ("you_said", "The partnership has a commitment in these words already."),
        "commitment_day_has_precision": ("made_precision", "A day needs its precision, and a precision its day."),
    }

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A commitment comes from its partnership."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Whoever has it open on the pages of the partnership is told."""
        super().save_model(request, obj, form, change)
        _renew(obj.pk, form)

    @admin.display(description="you said", ordering="you_said")
    def said(self, commitment: Commitment) -> str:
        """The beginning of the wording."""
        return Truncator(commitment.you_said).chars(120)


@admin.register(Promise)
class PromiseAdmin(RecordedAdmin):
    about = "One answer to what people asked for. Its timescale is kept as it was given."
    list_display = ("will", "commitment", "partnership", "is_hope", "due_on", "position")
    list_filter = ("is_hope", "commitment__partnership__coverage__area__region", "due_on")
    list_select_related = ("commitment__partnership",)
    search_fields = ("we_will", "commitment__you_said", "commitment__partnership__name")
    autocomplete_fields = ("actions",)
    shown = ("commitment", "timescale_text", "starts_on", "due_on")
    fields = ("commitment", "we_will", "is_hope", "timescale_text", ("starts_on", "due_on"), "actions", "position")
    refusals: ClassVar = {"promise_once": ("we_will", "This answer is given already.")}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A promise comes from its partnership."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """As for what people said: its version is that of the whole, and comes first, as for all who edit it."""
        _renew(obj.commitment_id, form)
        super().save_model(request, obj, form, change)

    @admin.display(description="we will", ordering="we_will")
    def will(self, promise: Promise) -> str:
        """The beginning of the wording."""
        return Truncator(promise.we_will).chars(120)

    @admin.display(description="partnership", ordering="commitment__partnership__name")
    def partnership(self, promise: Promise) -> str:
        """Who promises it."""
        return str(promise.commitment.partnership)
