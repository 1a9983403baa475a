"""Fields for what people type."""

import unicodedata
from typing import Any, ClassVar

from django import forms

from concordat.kernel.lines import one_kind_of_end

# Marks that turn the direction of all that follows: in a sentence of others they could hide what it says.
# What stands for bytes that are no text: half of a character, cut off or made up.
NO_TEXT = "\ufffd"
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Text(forms.CharField):
    """What a person types: without the characters that nobody can type, and with one kind of line end.

    Where it is no more than one line (not `lines`), a line's end is a space.
    """

    def __init__(self, *, lines: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.kept = "\n\t" if lines else ""

    def to_python(self, value: Any) -> Any:
        text = self.on_lines(super().to_python(value))
        return "".join(letter for letter in text if letter in self.kept or unicodedata.category(letter) != "Cc")

    def on_lines(self, value: Any) -> str:
        """What was typed, on as many lines as it may have."""
        text = one_kind_of_end(str(value or ""))
        return text if self.kept else text.replace("\n", " ")


class PublishedText(Text):
    """What a person types for others to read: no more than so many characters, and none that hides what it says."""

    def __init__(self, *, at_most: int, lines: bool = True, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4}) if lines else forms.TextInput()
        super().__init__(lines=lines, **{"widget": widget, "required": False, **options})
        self.at_most = at_most

    def clean(self, value: Any) -> Any:
        """The text. Raises ValidationError with a sentence for the person who typed it."""
        typed = self.on_lines(value)
        text = super().clean(value)
        if len(text) > self.at_most:
            raise forms.ValidationError(f"This has {len(text):,} characters. Make it {self.at_most:,} or fewer.")
        if text != typed.strip() or NO_TEXT in text:
            raise forms.ValidationError("This has characters that cannot be shown. Type it again without them.")
        if TURNING & set(text):
            raise forms.ValidationError("This has marks that turn the direction of the text. Remove them.")
        return text


class Rows(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # it takes none when it runs
    """Several rows that are chosen. An id that is too large for the database is one that no row has."""

    default_error_messages: ClassVar = {"invalid_choice": "Choose from the list."}

    def clean(self, value: Any) -> Any:
        """The rows. Raises ValidationError for one that is not among the choices."""
        try:
            return super().clean(value)
        except OverflowError as error:  # SQLite; Django looks for this in what asks for one row alone
            raise forms.ValidationError("Choose from the list.") from error
