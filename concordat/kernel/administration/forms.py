"""Forms that refuse to overwrite what somebody else saved, and that say in plain words what a constraint refuses.

A page carries what its row said when it was opened. If the row says something else when the page is sent, the
person is shown both and saves again, or not. Nothing is merged silently.
"""

import json
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import BaseConstraint
from django.forms.models import InlineForeignKeyField, construct_instance

from concordat.kernel.administration.words import Words, field_named, label_of, moment
from concordat.kernel.models import Change

if TYPE_CHECKING:
    AnyModelForm = forms.ModelForm[Any]
else:
    AnyModelForm = forms.ModelForm

# A constraint's name (or how it ends) to the field that is to blame and what to tell the person.
Refusals = dict[str, tuple[str, str]]
SHARED_REFUSALS: Refusals = {
    "_from_before_until": ("until_on", "The end must be after the first day."),
    "_day_has_precision": ("", "A day needs its precision, and a precision needs its day."),
}
INCOMPLETE = "This page was not complete when it was sent. Nothing is saved: open it again and make your change anew."


def refusal_of(constraint: str, refusals: Refusals) -> tuple[str, str] | None:
    """The field to blame and the words for that constraint, if they are known."""
    ends = (known for ending, known in SHARED_REFUSALS.items() if constraint.endswith(ending))
    return refusals.get(constraint) or next(ends, None)


def as_json(value: Any) -> Any:
    """A form's or a field's value as JSON gives it back: days as text, rows as their keys."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.QuerySet) or (isinstance(value, list) and value and isinstance(value[0], models.Model)):
        return sorted(row.pk for row in value)
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


class PlainText(forms.CharField):
    """Text of several lines. Browsers send line ends of their own, which are no change to the text."""

    def to_python(self, value: Any) -> Any:
        return str(super().to_python(value)).replace("\r\n", "\n")


class OpenedAs(forms.CharField):
    """What the row said when the page was opened, as a JSON object."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> dict[str, Any]:  # type: ignore[override]
        try:
            opened = json.loads(value)
        except (TypeError, ValueError):
            return {}
        return opened if isinstance(opened, dict) else {}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False

    def bound_data(self, data: Any, initial: Any) -> Any:
        """A page shown again after an error was opened with what the row says by now."""
        return initial


class OpenedForm(AnyModelForm):
    """A form of one row: it knows what the page was opened with and compares it with what the database says."""

    opened_as = OpenedAs(required=False)
    refusals: ClassVar[Refusals] = {}
    # What the database refused at the first try, in words: then the form is only shown again.
    refused: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = {} if self.instance._state.adding else self._values_of_row()
        self.initial["opened_as"] = json.dumps(self.stored)

    def _values_of_row(self) -> dict[str, Any]:
        fields = {name: field_named(self._meta.model, name) for name in self.fields}
        values = {name: field.value_from_object(self.instance) for name, field in fields.items() if field}
        return {name: as_json(value) for name, value in values.items()}

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.refused:
            raise ValidationError(self.refused)
        if not self.instance._state.adding:
            self._refuse_overwriting(self.cleaned_data.get("opened_as", {}))
        return self.cleaned_data

    def _refuse_overwriting(self, opened: dict[str, Any]) -> None:
        if opened.keys() != self.stored.keys():
            raise ValidationError(INCOMPLETE)
        moved = [name for name, now in self.stored.items() if opened[name] != now and name in self.changed_data]
        if not moved:
            return
        for name in moved:
            self._show_both(name, opened[name])
        labels = ", ".join(f"“{label_of(self._meta.model, name)}”" for name in moved)
        self.add_error(
            None, f"Somebody else saved this while you had it open: {labels}. Nothing of yours is saved yet. "
            "Look at what it says now, then save again.",
        )  # fmt: skip

    def _show_both(self, name: str, opened: Any) -> None:
        """Tell what the field says now. Where this person did not touch it the box takes that over."""
        field, now = field_named(self._meta.model, name), self.stored[name]
        untouched = as_json(self.cleaned_data.get(name)) == opened
        if untouched:
            shown = self.fields[name]
            shown.bound_data = lambda data, initial: initial  # type: ignore[method-assign]
        who, says = _who_changed(self.instance, name), Words([(field, now)]).of(field, now)
        box = "so now" if untouched else "what you wrote: save again to keep yours"
        self.add_error(name, f"{who} changed this to “{says}”. The box below says {box}.")

    def _post_clean(self) -> None:
        """As Django's, but every constraint is checked, also where a field of it is not on the page."""
        own_key = {name for name, field in self.fields.items() if isinstance(field, InlineForeignKeyField)}
        exclude = self._get_validation_exclusions() | own_key  # type: ignore[attr-defined]
        self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        try:
            self.instance.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)
        except ValidationError as wrong:
            self._update_errors(wrong)  # type: ignore[attr-defined]
        self.validate_unique()
        for constraint in self._meta.model._meta.constraints:
            self._check(constraint)

    def _check(self, constraint: BaseConstraint) -> None:
        try:
            constraint.validate(self._meta.model, self.instance, exclude=set(self.errors) - {NON_FIELD_ERRORS})
        except ValidationError as wrong:
            field, words = refusal_of(constraint.name, self.refusals) or ("", wrong.messages[0])
            self.add_error(field if field in self.fields else None, words)


def _who_changed(row: models.Model, name: str) -> str:
    """Who last changed that field, and when; “Somebody” where no change of it is recorded."""
    names = {name, f"{name}_id"}
    for change in Change.objects.about(row).select_related("by").order_by("-id")[:50]:
        if names & change.fields.keys():
            return f"{change.actor} ({moment(change.recorded_at)})"
    return "Somebody"


class RecordedForm(OpenedForm):
    """A form whose page asks why the row is changed; a new row needs no reason."""

    why = PlainText(
        label="Reason for the change",
        max_length=400,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="It is kept for good beside the change. Write nothing private about a person.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            del self.fields["why"]
