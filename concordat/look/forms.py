"""The base of the forms that the public fills in."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.utils import pretty_name

from concordat.look.renderer import GovukBoundField, GovukRenderer

# What browsers may fill in by themselves, and which keys a phone shows. A field's own attributes win.
FOR_BROWSERS: tuple[tuple[type[forms.Field], dict[str, str]], ...] = (
    (forms.EmailField, {"autocomplete": "email", "spellcheck": "false"}),
    (forms.URLField, {"autocomplete": "url", "spellcheck": "false"}),
    (forms.IntegerField, {"inputmode": "numeric"}),
)


class GovukForm(forms.Form):
    """A form whose fields are GOV.UK components; the page's own template shows what is wrong at its top.

    Put it in a page as {{ form }} within <form method="post" novalidate>; base.html reads it from the context as
    “form”. The browser checks nothing, so that everybody reads the same sentences.
    """

    default_renderer = GovukRenderer
    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})
        for name, field in self.fields.items():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _when_empty(name, field)
            for kind, attributes in FOR_BROWSERS:
                if isinstance(field, kind):
                    field.widget.attrs = attributes | field.widget.attrs

    def error_links(self) -> Iterator[tuple[str, str]]:
        """Each fault: where its field is (“#id_email”; nothing for the form as a whole), and what is wrong."""
        for sentence in self.non_field_errors():
            yield "", str(sentence)
        for field in self:
            if isinstance(field, GovukBoundField):
                yield from ((f"#{field.first_id}", str(sentence)) for sentence in field.errors)


def _when_empty(name: str, field: forms.Field) -> str:
    """What is said where something must be filled in and is not: what to do, with the field's own words."""
    words = field.label or pretty_name(name)
    if isinstance(field, forms.BooleanField):
        return f"Tick “{words}”."
    return f"Choose an answer for “{words}”." if isinstance(field, forms.ChoiceField) else f"Fill in “{words}”."
