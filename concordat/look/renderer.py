"""Django forms as GOV.UK components: label, hint, error and field, tied together for screen readers.

Only forms that ask for it look so (see forms.py); those of the admin keep their own look.
"""

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.forms import widgets
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from concordat.look.dates import DateParts

# The component that shows a widget: the name of its template in templates/forms/ and of its class. The first that fits.
COMPONENTS: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (DateParts, "fieldset", ""),
    (widgets.CheckboxSelectMultiple, "choices", "govuk-checkboxes__input"),
    (widgets.RadioSelect, "choices", "govuk-radios__input"),
    (widgets.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (widgets.Select, "field", "govuk-select"),
    (widgets.Textarea, "field", "govuk-textarea"),
    (widgets.FileInput, "field", "govuk-file-upload"),
    (widgets.Widget, "field", "govuk-input"),
)


class GovukBoundField(BoundField):
    """A field of a form with the classes of its component."""

    @cached_property
    def component(self) -> tuple[str, str]:
        """The name of its template and its class."""
        return next((name, css) for kind, name, css in COMPONENTS if isinstance(self.field.widget, kind))

    @property
    def template_name(self) -> str:
        return f"forms/{self.component[0]}.html"

    @property
    def family(self) -> str:
        """“radios” or “checkboxes”: what the classes of its options begin with."""
        return self.component[1].removeprefix("govuk-").removesuffix("__input")

    def options(self) -> SafeString:
        """Its radios or checkboxes with their labels, in one go: with a template for each, 700 take a second."""
        label = '<label class="govuk-label govuk-{0}__label" for="{2}">{3}</label>'
        item = f'<div class="govuk-{{0}}__item"><input{{1}}>{label}</div>'
        return format_html_join("", item, ((self.family, *_option(each.data)) for each in self.subwidgets))

    @property
    def first_id(self) -> str:
        """The id of the first thing that can be filled in, for the link in the error summary."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.auto_id

    @property
    def description(self) -> str:
        """The ids of hint and error, also for a fieldset, which Django leaves to the template."""
        return str(self.aria_describedby or "")

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        css = self.component[1]
        classes = [css, *self.field.widget.attrs.get("class", "").split()]
        if self.errors and self.component[0] == "field":
            classes.append(f"{css}--error")
        return {**super().build_widget_attrs(attrs, widget), "class": " ".join(filter(None, classes))}


def _option(widget: dict[str, Any]) -> tuple[SafeString, str, Any]:
    """The attributes of one radio or checkbox, its id and its label."""
    attributes = {"type": widget["type"], "name": widget["name"], "value": str(widget["value"]), **widget["attrs"]}
    return flatatt(attributes), str(widget["attrs"].get("id", "")), widget["label"]


class GovukRenderer(DjangoTemplates):
    """Looks in the project's templates first, then in Django's own."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = GovukBoundField

    @cached_property
    def engine(self) -> Any:
        folders = [settings.BASE_DIR / "templates", Path(forms.__file__).parent / "templates"]
        return self.backend({"NAME": "govuk-forms", "DIRS": folders, "APP_DIRS": True, "OPTIONS": {}})
