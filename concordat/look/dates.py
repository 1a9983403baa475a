"""A date in three boxes: day, month and year, as people in Britain write it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

PARTS = (("Day", 2), ("Month", 2), ("Year", 4))
# The one example beside every field and in its error.
EXAMPLE = "27 3 2026"
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
SHORTEST = 3  # letters by which a month is told from the others


class DateParts(forms.MultiWidget):
    """Three text boxes, each with its own label."""

    use_fieldset = True
    template_name = "forms/date_parts.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([forms.TextInput() for _ in PARTS], attrs)

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, (label, width) in zip(context["widget"]["subwidgets"], PARTS, strict=True):
            part["label"] = label
            part["attrs"] |= {"class": f"govuk-input govuk-date-input__input govuk-input--width-{width}"}
            part["attrs"] |= {"inputmode": "numeric"}
            if context["widget"]["attrs"].get("aria-invalid"):
                part["attrs"]["class"] += " govuk-input--error"
        return context


class DatePartsField(forms.MultiValueField):
    """A date of the calendar, from three boxes."""

    widget = DateParts

    def __init__(self, **options: Any) -> None:
        super().__init__(fields=[forms.CharField(required=False) for _ in PARTS], require_all_fields=False, **options)

    def clean(self, value: Any) -> date | None:
        """The date; None where all three are empty and need not be filled in.

        Raises ValidationError with a sentence for the person who wrote it.
        """
        written = [str(part or "").strip() for part in value or ["", "", ""]]
        if not any(written):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        missing = [label.lower() for (label, _), part in zip(PARTS, written, strict=True) if not part]
        if missing:
            raise ValidationError(f"The date must include a {' and a '.join(missing)}.", code="incomplete")
        return _calendar_day(written)

    def compress(self, data_list: Any) -> Any:
        raise NotImplementedError("clean() puts the parts together")


def _calendar_day(written: list[str]) -> date:
    """The day in the calendar.

    Raises ValidationError where there is none.
    """
    try:
        day, month, year = written
        return date(int(year), _month(month), int(day))
    except (ValueError, OverflowError):
        raise ValidationError(f"That is not a real date. Write it like {EXAMPLE}.", code="invalid") from None


def _month(written: str) -> int:
    """The month by its number, its name or the beginning of that (“Nov”, “Sept.”). Raises ValueError for none."""
    word = written.lower().removesuffix(".")
    if len(word) >= SHORTEST and word.isalpha():
        return next((n for n, name in enumerate(MONTHS, 1) if name.startswith(word)), 0)
    return int(written)
