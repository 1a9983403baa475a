"""The form in which somebody brings in a plan file or pastes a table."""

from datetime import date
from typing import Any

from django import forms

from actionplans.importing.reading.limits import LONGEST_PASTE
from actionplans.models.importing import Quarters
from actionplans.services.imports import EMPTY, NO_ROOM, TOO_LARGE, Told
from concordat.look.forms import GovukForm
from concordat.workspace.forms import Day
from signatories.documents.formats import LARGEST, LARGEST_MB

TAKEN = "Excel (.xlsx, .xls), Word (.docx), OpenDocument (.ods, .odt) or .csv"


class PasteField(forms.CharField):
    """A pasted table: its tabs and line ends are what it is made of, so nothing of it is touched."""

    widget = forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, required=False, **options)

    def clean(self, value: Any) -> str:
        """The text. Raises ValidationError where it is longer than what is read."""
        text = str(value or "").replace("\0", "")
        if len(text) > LONGEST_PASTE:
            raise forms.ValidationError("What you pasted is too long. Save it as a spreadsheet (.xlsx), and send that.")
        return text if text.strip() else ""


class StartForm(GovukForm):
    """A file or a paste, and what the file cannot say by itself."""

    file = forms.FileField(
        label="Choose the plan’s file",
        required=False,
        allow_empty_file=True,
        help_text=f"{TAKEN}, at most {LARGEST_MB} MB. Send it as it is: you need not change it first.",
    )
    pasted = PasteField(
        label="Or paste the table",
        help_text="Copy whole rows in your spreadsheet, document or web page, with the headings.",
    )
    as_at = Day(
        label="On which day does the file say how things stand?",
        help_text="Statuses and progress count from that day. For example 27 3 2026.",
    )
    quarters = forms.ChoiceField(
        label="How does the plan count quarters?",
        choices=[("", "It has none, or says it each time"), *Quarters.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    default_year = forms.ChoiceField(label="In which year are dates that name none? (optional)", required=False)

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on
        years = [(str(year), f"{year}/{(year + 1) % 100:02}") for year in range(on.year + 3, 2012, -1)]
        self.fields["default_year"].choices = [("", "Ask me"), *years]  # type: ignore[attr-defined] # a ChoiceField

    def clean_file(self) -> Any:
        """Raises ValidationError for a file that is empty or too large."""
        file = self.cleaned_data["file"]
        if getattr(file, "is_lost", False):
            raise forms.ValidationError(NO_ROOM)
        if file and not file.size:
            raise forms.ValidationError(EMPTY)
        if file and file.size > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def clean_as_at(self) -> date:
        """The day; today if none is given. Raises ValidationError for a day to come."""
        day: date = self.cleaned_data["as_at"] or self.on
        if day > self.on:
            raise forms.ValidationError("This day is still to come. Write today’s, or an earlier one.")
        return day

    def clean(self) -> dict[str, Any]:
        """A file or a paste: one of them."""
        cleaned = super().clean() or {}
        if not {"file", "pasted"} & set(self.errors):
            if cleaned.get("file") and cleaned.get("pasted"):
                self.add_error("file", "Choose a file or paste the table, not both.")
            elif not cleaned.get("file") and not cleaned.get("pasted"):
                self.add_error("file", "Choose a file, or paste the table.")
        return cleaned

    def told(self) -> Told:
        """What was said of the file. Only for a form without errors."""
        filled = self.cleaned_data
        year = int(filled["default_year"]) if filled["default_year"] else None
        return Told(as_at=filled["as_at"], quarters=filled["quarters"], default_year=year)
