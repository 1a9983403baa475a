"""The form in which somebody says how an action stands."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from actionplans.models import Action, ProgressUpdate
from actionplans.services.evidence import Evidence
from actionplans.services.reports import Answer
from actionplans.services.updates import faults
from actionplans.states import ActionState, Confidence
from actionplans.timescales import print_timescale
from concordat.look.dates import DatePartsField
from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from concordat.sentences import in_words
from concordat.workspace import when
from concordat.workspace.differing import said
from concordat.workspace.document_forms import AddDocumentForm

LONG, SHORT = 2000, 200
FIRST_YEAR, LAST_YEAR = 2010, 2099
HAND_IN, DRAFT, AUTOSAVE = "hand_in", "draft", "autosave"


class Day(DatePartsField):
    """A day of these decades, or none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def clean(self, value: Any) -> date | None:
        """The day. Raises ValidationError with a sentence for the person who wrote it."""
        day = super().clean(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(f"Write a year from {FIRST_YEAR} to {LAST_YEAR}.")
        return day


class Reporting(GovukForm):
    """A form about how an action stands: some of the fields of a report. What is handed in is checked by docs/rules.md,
    Actions, and what it lacks is said beside its field.
    """

    def __init__(self, *args: Any, action: Action, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.action, self.on = action, on
        self.understood = ""

    @property
    def hands_in(self) -> bool:
        """Whether it is sent to the coordinator, and not just kept as a draft."""
        return True

    def answer(self) -> Answer:
        """What was filled in. Only for a form without errors in its fields."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Say beside its field what a report that is handed in lacks."""
        cleaned = super().clean() or {}
        completed_on = cleaned.get("completed_on")
        if completed_on and completed_on > self.on:
            self.add_error("completed_on", "The day of completion cannot be in the future.")
        self._take_the_day_from_the_words(cleaned)
        new_due_on = cleaned.get("new_due_on")
        if new_due_on and self.action.starts_on and new_due_on < self.action.starts_on:
            self.add_error("new_due_on", f"The new date cannot be before the start, {in_words(self.action.starts_on)}.")
        elif new_due_on and new_due_on < self.on and self.hands_in:
            self.add_error("new_due_on", "The new date cannot be in the past.")
        if self.hands_in and not self._errors:  # type: ignore[attr-defined] # of this form alone
            wanted = ProgressUpdate(action=self.action, reported_on=self.on, **self.answer().as_fields())
            for field, sentence in faults(wanted).items():
                self.add_error(field if field in self.fields else None, sentence)
        return cleaned

    def _take_the_day_from_the_words(self, cleaned: dict[str, Any]) -> None:
        """Where no day is given; a draft may be without. Asked for beside its field where the words do not say it."""
        text = cleaned.get("new_timescale_text")
        if not text or cleaned.get("new_due_on") or "new_due_on" not in cleaned or not self.hands_in:
            return
        reading = when.meant(text)
        if isinstance(reading, str):
            self.add_error("new_due_on", reading)
        elif reading.end is None:
            self.add_error("new_due_on", "These words name no last day. Give it.")
        else:
            cleaned["new_due_on"] = reading.end
            self.understood = f" Its new date is understood as: {print_timescale(reading)}."


class ReportForm(Reporting):
    """How an action stands. A draft may be half filled in; what is handed in is checked by docs/rules.md, Actions."""

    status = forms.ChoiceField(
        label="How does it stand?",
        choices=ActionState.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the action stands."},
    )
    confidence = forms.ChoiceField(
        label="Will it be done in time?",
        choices=[("", "I cannot say"), *Confidence.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    public_text = PublishedText(
        label="What has changed?",
        help_text="Two sentences are enough. Anybody can read this, so name no patient and no member of staff.",
        at_most=LONG,
    )
    internal_note = PublishedText(
        label="A note for the partnership (optional)",
        help_text="The public does not see it.",
        at_most=LONG,
    )
    measure_value = PublishedText(label="The measure is now (optional)", at_most=SHORT, lines=False)
    completed_on = Day(label="When was it completed?", help_text="For example 27 3 2026.")
    outcome_note = PublishedText(label="What came of it?", help_text="Anybody can read this.", at_most=LONG)
    merged_into = forms.ChoiceField(label="Which action was it merged into?", required=False)
    reason = PublishedText(
        label="Why is it not going ahead, or why do you take it up again?",
        help_text="Anybody can read this.",
        at_most=LONG,
    )
    new_timescale_text = PublishedText(
        label="By when, in words (optional)",
        help_text="For example: by the end of June 2027, Q1 2027/28.",
        at_most=400,
        lines=False,
    )
    new_due_on = Day(
        label="The new date",
        help_text="For example 27 3 2026. Empty: it is taken from the words, if they say it. The old date stays.",
    )
    new_date_reason = PublishedText(label="Why does the date move?", help_text="Anybody can read this.", at_most=LONG)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, action: Action, others: Iterable[Action], on: date, **options: Any) -> None:
        super().__init__(*args, action=action, on=on, **options)
        # A form within this one: wholly empty, or a file or a link with its title.
        self.evidence = AddDocumentForm(*args[:2], prefix="evidence", auto_id=self.auto_id, empty_permitted=True)
        choices = [("", "None"), *((str(each.pk), str(each)) for each in others)]
        self.fields["merged_into"].choices = choices  # type: ignore[attr-defined] # a ChoiceField
        if action.outcome_measure:
            self.fields["measure_value"].help_text = f"The plan measures: {action.outcome_measure}"

    @property
    def hands_in(self) -> bool:
        """Whether it is sent to the coordinator, and not just kept as a draft."""
        return self.data.get("then") not in (DRAFT, AUTOSAVE)

    @property
    def errors(self) -> ErrorDict:
        """What is wrong in this form and in its evidence."""
        own = super().errors
        inner = self.evidence.errors if self.is_bound and not self.is_saved_as_typed else {}
        return ErrorDict({**own, **{self.evidence.add_prefix(name): told for name, told in inner.items()}})

    def error_links(self) -> Iterator[tuple[str, str]]:
        """Those of the evidence come last."""
        yield from super().error_links()
        yield from self.evidence.error_links()

    @property
    def is_saved_as_typed(self) -> bool:
        """Whether it is sent while its author still types; the evidence is not sent then."""
        return self.data.get("then") == AUTOSAVE

    @property
    def asks_for_a_new_date(self) -> bool:
        """Whether something of a new date, or why, is filled in: a day, or the three boxes as they were sent."""
        day = self["new_due_on"].value()
        words = self["new_date_reason"].value() or self["new_timescale_text"].value()
        return bool(words or (any(day) if isinstance(day, list) else day))

    def answer(self) -> Answer:
        """What was filled in. Only for a form without errors in its fields."""
        values = dict(self.cleaned_data)
        values.pop("version")
        merged_into = values.pop("merged_into")
        status = ActionState(values.pop("status"))
        return Answer(status=status, merged_into_id=int(merged_into) if merged_into else None, **values)

    def proof(self) -> Evidence | None:
        """The evidence that was filled in, if any. Only for a form without errors."""
        return Evidence(**self.evidence.cleaned_data) if self.evidence.has_changed() else None


class NoChangeForm(GovukForm):
    """That nothing has changed; the third time in a row, why."""

    why = PublishedText(
        label="The last two reports said “no change” too. Why does nothing move?",
        help_text="Anybody can read this.",
        at_most=LONG,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)


def filled(report: ProgressUpdate | None, last: ProgressUpdate | None = None) -> dict[str, Any]:
    """What the form shows at first: the report in hand, or else how it stood and was judged in the `last` report."""
    if report is None:
        return {"status": last.status, "confidence": last.confidence} if last else {"status": "not_started"}
    named = {name: getattr(report, name) for name in ReportForm.base_fields if hasattr(report, name)}
    return named | {"merged_into": str(report.merged_into_id or "")}


def differences(form: ReportForm, current: ProgressUpdate) -> list[tuple[forms.BoundField, str, str]]:
    """Field by field, where what was typed differs from what somebody else has saved: the field, theirs, yours."""
    theirs = ReportForm(initial=filled(current), action=form.action, others=(), on=form.on, auto_id=form.auto_id)
    theirs.fields["merged_into"].choices = form.fields["merged_into"].choices  # type: ignore[attr-defined] # ChoiceFields
    pairs = [(field, said(theirs[field.name]), said(field)) for field in form.visible_fields()]
    return [(field, was, now) for field, was, now in pairs if was != now]


def chosen(data: Mapping[str, Any], current: ProgressUpdate) -> Any:
    """What was sent, with theirs wherever the person chose theirs (`choose-…`)."""
    merged: Any = data.copy()  # type: ignore[attr-defined] # a QueryDict
    theirs = filled(current)
    for name in ReportForm.base_fields:
        if data.get(f"choose-{name}") == "theirs":
            value = theirs.get(name)
            if isinstance(ReportForm.base_fields[name], Day):
                parts = [value.day, value.month, value.year] if value else ["", "", ""]
                for number, part in enumerate(parts):
                    merged[f"{name}_{number}"] = str(part)
            else:
                merged[name] = "" if value is None else str(value)
    return merged
