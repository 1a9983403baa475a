"""The bases of all admin pages.

`RecordedAdmin` writes through `concordat.kernel.changes`; `ReadOnlyAdmin` shows what only a service writes.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget, AdminURLFieldWidget
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from concordat.kernel import changes
from concordat.kernel.administration.forms import OpenedForm, PlainText, RecordedForm, Refusals
from concordat.kernel.administration.history import changes_of, told
from concordat.kernel.administration.links import has_pointers, pointers_of, public_address

if TYPE_CHECKING:
    AnyAdmin = admin.ModelAdmin[Any]
    AnyInline = InlineModelAdmin[Any, Any]
    AnyTable = admin.TabularInline[Any, Any]
    AnyStack = admin.StackedInline[Any, Any]
else:
    AnyAdmin, AnyInline = admin.ModelAdmin, InlineModelAdmin
    AnyTable, AnyStack = admin.TabularInline, admin.StackedInline

REFUSED = "This cannot be saved: two rows say the same, or a day or a number does not fit. Nothing is saved."

BOXES: dict[Any, Any] = {
    models.TextField: {"form_class": PlainText, "widget": AdminTextareaWidget(attrs={"rows": 4})},
    models.URLField: {"widget": AdminURLFieldWidget, "assume_scheme": "https"},
}


def editor(request: HttpRequest) -> AbstractBaseUser:
    """The signed-in person who edits; the admin lets nobody else in."""
    return cast(AbstractBaseUser, request.user)


class _TracedAdmin(AnyAdmin):
    """What both kinds share: nothing is deleted, and the history page shows the recorded changes."""

    list_per_page = 50
    actions = None
    change_form_template = "admin/traced_change_form.html"
    change_list_template = "admin/traced_change_list.html"

    class Media:
        css: ClassVar = {"all": ["admin/traced.css"]}

    # One plain sentence over the page: what writes this, or what to mind.
    about: ClassVar[str] = ""
    # Fields of the row that are shown, but never edited here.
    shown: ClassVar[Sequence[str]] = ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return public_address(obj)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """Django's own log is not kept: the `Change` rows are the record."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """As above."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = [(name, dict(options)) for name, options in super().get_fieldsets(request, obj)]
        if obj is None or not has_pointers(self.model):
            return fieldsets
        return [*fieldsets, (None, {"fields": ["see_also"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*self.readonly_fields, *self.shown, "see_also"]

    @admin.display(description="See also")
    def see_also(self, row: models.Model) -> SafeString:
        """Links to the lists that belong to the row."""
        return pointers_of(row)

    @method_decorator(require_safe)
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The recorded changes of the row and of the parts that its page shows, newest first."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            gone: HttpResponse = self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
            return gone
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        recorded = changes_of(row, self._parts(request, row).items())
        page = self.get_paginator(request, recorded, self.list_per_page).get_page(request.GET.get(PAGE_VAR))
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {row}",
            "opts": self.opts,
            "object": row,
            "page": page,
            "page_var": PAGE_VAR,
            "told": told(page.object_list),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/traced_history.html", context)

    def _parts(self, request: HttpRequest, row: models.Model) -> dict[type[models.Model], str]:
        """The models of the page's inlines, each with the name of its key to the row."""
        inlines = self.get_inline_instances(request, row)
        return {inline.model: _key_of(inline.get_formset(request, row)) for inline in inlines}


class ReadOnlyAdmin(_TracedAdmin):
    """Pages of what only a service may write; `about` says which command or screen does."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return flatten_fieldsets(self.get_fieldsets(request, obj))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "POST":
            raise PermissionDenied
        return super().changelist_view(request, extra_context)


class RecordedAdmin(_TracedAdmin):
    """Pages to correct rows by hand: each edit is a `Change` with who, from, to and why."""

    form = RecordedForm
    formfield_overrides: ClassVar = BOXES | {
        models.CharField: {"widget": AdminTextInputWidget(attrs={"class": "vLargeTextField"})}
    }
    # A constraint's name to the field to blame and what to tell the person.
    refusals: ClassVar[Refusals] = {}
    # What addresses and imports rely on: given once, then never edited.
    fixed_once_added: ClassVar[Sequence[str]] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        shown = super().get_readonly_fields(request, obj)
        return shown if obj is None else [*shown, *self.fixed_once_added]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        return dict(self.prepopulated_fields) if obj is None else {}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return fieldsets
        return [*fieldsets, (None, {"fields": ["why", "opened_as"]})]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.refusals = self.refusals
        form.refused = getattr(request, "refused_by_database", "")
        form.editor = editor(request)
        return form

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row. While a page is being saved it is locked first, so that what is compared is what is overwritten."""
        row = super().get_object(request, object_id, from_field)
        if row is None or request.method != "POST":
            return row
        self.model._base_manager.select_for_update().get(pk=row.pk)
        return super().get_object(request, object_id, from_field)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As Django's; what only the database could refuse comes back on the form, with nothing saved."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError as refusal:
            known = (words for name, (_, words) in self.refusals.items() if name in str(refusal))
            request.refused_by_database = next(known, REFUSED)  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        if not change:
            changes.create(obj, by=editor(request))
            return
        changes.revise(obj, by=editor(request), why=form.cleaned_data["why"], **_values(obj, form.changed_data))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        self._save_links(request, form)
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def _save_links(self, request: HttpRequest, form: Any) -> None:
        """Save the many-to-many fields and record which rows were linked before and are now."""
        row = form.instance
        names = [field.name for field in row._meta.many_to_many if field.name in form.changed_data]
        before = {name: _linked(row, name) for name in names}
        form.save_m2m()
        fields = {name: (before[name], _linked(row, name)) for name in names}
        if fields:
            changes.record(row, "changed", by=editor(request), fields=fields, why=form.cleaned_data.get("why", ""))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        by, why = editor(request), form.cleaned_data.get("why", "")
        formset.save(commit=False)
        for row in formset.new_objects:
            changes.create(row, by=by, why=why)
        for row, names in formset.changed_objects:
            changes.revise(row, by=by, why=why, **_values(row, names))


def _values(row: models.Model, names: Sequence[str]) -> dict[str, Any]:
    """The row's own columns among those names, with their values."""
    columns = [field.attname for field in row._meta.concrete_fields if field.name in names]
    return {column: getattr(row, column) for column in columns}


def _key_of(formset: Any) -> str:
    return str(formset.fk.name)


def _linked(row: models.Model, name: str) -> list[int]:
    return sorted(getattr(row, name).values_list("pk", flat=True))


class _TracedInline(AnyInline):
    can_delete = False
    # What the rows' words lead to, so that a page takes a fixed number of queries.
    related: ClassVar[Sequence[str]] = ()

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return public_address(obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.related)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(_TracedInline, AnyTable):
    """Rows that a service writes, shown on the page of what they belong to."""

    template = "admin/edit_inline/read_only.html"
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return flatten_fieldsets(self.get_fieldsets(request, obj))


class _RecordedRows(_TracedInline):
    form = OpenedForm
    formfield_overrides: ClassVar = BOXES
    extra = 1
    refusals: ClassVar[Refusals] = {}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets: Any = super().get_fieldsets(request, obj)
        if not self.has_change_permission(request, obj):
            return fieldsets
        return [(name, {**options, "fields": [*options["fields"], "opened_as"]}) for name, options in fieldsets]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.form.refusals = self.refusals
        return formset


class RecordedInline(_RecordedRows, AnyTable):
    """Rows that are edited, and recorded, on the page of what they belong to; one line each."""


class RecordedStack(_RecordedRows, AnyStack):
    """The same, with a block for each row."""
