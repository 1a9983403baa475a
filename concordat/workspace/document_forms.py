"""The forms in which somebody adds a document or withdraws one."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.validators import URLValidator

from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from signatories.documents.checking import checked
from signatories.documents.errors import UnfitFileError
from signatories.documents.formats import LARGEST_MB, WHAT_WE_TAKE
from signatories.models.document import LONGEST_LINK, is_link

LONGEST_ALTERNATIVE = 20_000
WHOLE_ADDRESS = "Write the whole address, like https://www.example.org/report."


class FileField(forms.FileField):
    """A file that we take, as its content shows (signatories/documents/checking.py)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_empty_file=True, **options)

    def clean(self, value: Any, initial: Any = None) -> Any:
        """The file. Raises ValidationError with a sentence for the person who sent it."""
        file = super().clean(value, initial)
        if file:
            try:
                checked(file, file.name, file.size)
            except UnfitFileError as error:
                raise forms.ValidationError(str(error)) from error
        return file


class AddDocumentForm(GovukForm):
    """A file or a link, with its title."""

    title = PublishedText(
        label="Title", help_text="What it is, as you would say it: “Minutes of the board, May 2026”.",
        at_most=200, lines=False, required=True,
    )  # fmt: skip
    file = FileField(
        label="File",
        required=False,
        help_text=f"{WHAT_WE_TAKE}, at most {LARGEST_MB} MB. It must say nothing that tells who a patient is: no "
        "names, no details of a case, no counts under 5.",
    )
    url = PublishedText(
        label="Or a link",
        help_text="If it is on another website. The same holds for what is there.",
        at_most=LONGEST_LINK,
        lines=False,
    )
    html_alternative = PublishedText(
        label="The same as a web page or text",
        help_text="For PDF, Word, Excel and OpenDocument files: an address, or the text itself. Many people cannot "
        "read such files with a screen reader or on a phone, and the law asks for something that they can read.",
        at_most=LONGEST_ALTERNATIVE,
    )

    def clean_url(self) -> str:
        """An address of the web, or nothing."""
        return _address(self.cleaned_data["url"])

    def clean_html_alternative(self) -> str:
        """An address of the web, a text, or nothing."""
        text: str = self.cleaned_data["html_alternative"]
        return _address(text) if is_link(text) else text

    def clean(self) -> dict[str, Any]:
        """A file or a link: one of them."""
        cleaned = super().clean() or {}
        if {"file", "url"} & set(self.errors):
            return cleaned
        if cleaned.get("file") and cleaned.get("url"):
            self.add_error("file", "Choose a file or write a link, not both.")
        if not cleaned.get("file") and not cleaned.get("url"):
            self.add_error("file", "Choose a file, or write a link.")
        return cleaned


def _address(text: str) -> str:
    """An address of the web as it was written. Raises ValidationError for anything else.

    A name before the host (`https://nhs.uk@example.org/`) would hide where the link goes.
    """
    if not text:
        return ""
    URLValidator(schemes=["http", "https"], message=WHOLE_ADDRESS)(text)
    if "@" in urlsplit(text).netloc:
        raise forms.ValidationError(WHOLE_ADDRESS)
    return text


class WithdrawForm(GovukForm):
    """Why a document is withdrawn."""

    reason = PublishedText(
        label="Why is it withdrawn?",
        help_text="Those who see the partnership’s own side read this. It is not public.",
        at_most=2000,
    )
