"""The forms in which somebody answers by a signed link: each asks for one answer, and no more than it needs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms

from actionplans.models import ProgressUpdate
from actionplans.services.link_answers import Seen
from actionplans.services.reports import Answer
from actionplans.states import ActionState
from concordat.link.standing import STATES, Kind
from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from concordat.workspace.filling import MAX_VERSION
from concordat.workspace.forms import LONG, ReportForm, Reporting, filled

# The fields of a report, as the workspace asks for them.
REPORT: Mapping[str, Any] = ReportForm.base_fields
# What any report may say, and what one may that does not close its action: how it is called where it stays.
ALWAYS = {
    "public_text": "what has changed",
    "internal_note": "the note for the partnership",
    "measure_value": "what the measure is",
}
WHILE_OPEN = {
    "confidence": "whether it will be done in time",
    "new_due_on": "the new date",
    "new_timescale_text": "the new date in words",
    "new_date_reason": "why the date moves",
}
OPEN = [choice for choice in ActionState.choices if ActionState(choice[0]).is_open]


class Opened(GovukForm):
    """What was before the person when the form was opened: nothing is written over that they have not seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MAX_VERSION)
    accepted = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**63 - 1)

    def seen(self) -> Seen:
        """What that was. Only for a form without errors in its fields."""
        return Seen(self.cleaned_data["version"], self.cleaned_data["accepted"] or 0)


class AnswerForm(Opened, Reporting):
    """A report of one kind: what the kind does not ask for is empty in it, or stays (`keeps`) as it was returned."""

    kind: ClassVar[Kind]

    @classmethod
    def keeps(cls) -> dict[str, str]:
        """What stays of a report that was returned, since this kind neither asks for it nor rules it out; in words."""
        fitting = ALWAYS if cls.kind.closes else ALWAYS | WHILE_OPEN
        return {name: words for name, words in fitting.items() if name not in cls.base_fields}

    def answer(self) -> Answer:
        """The report. Only for a form without errors in its fields."""
        values = {name: self.cleaned_data[name] for name in self.fields if name not in Opened.base_fields}
        return Answer(status=ActionState(STATES.get(self.kind) or values.pop("status")), **values)


class GoingOnForm(AnswerForm):
    """It is going on: how, and what has changed."""

    kind = Kind.GOING_ON
    confidence = REPORT["confidence"]
    status = forms.ChoiceField(
        label="How does it stand?",
        choices=OPEN,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the action stands."},
    )
    public_text = REPORT["public_text"]


class NewDateForm(AnswerForm):
    """It cannot be done in time: until when, and why."""

    kind = Kind.NEW_DATE
    new_due_on = REPORT["new_due_on"]
    new_timescale_text = REPORT["new_timescale_text"]
    new_date_reason = REPORT["new_date_reason"]
    status = GoingOnForm.base_fields["status"]

    def clean(self) -> dict[str, Any]:
        """A day, in boxes or in words, is what this is about."""
        cleaned = super().clean()
        if not self.errors and not cleaned.get("new_due_on"):
            self.add_error("new_due_on", "Give the new date.")
        return cleaned


class DoneForm(AnswerForm):
    """It is completed: when, and what came of it."""

    kind = Kind.DONE
    completed_on = REPORT["completed_on"]
    outcome_note = REPORT["outcome_note"]


class DroppedForm(AnswerForm):
    """It is not going ahead: why."""

    kind = Kind.DROPPED
    reason = PublishedText(label="Why is it not going ahead?", help_text="Anybody can read this.", at_most=LONG)


class UnchangedForm(Opened):
    """Nothing has changed; the third time in a row, why."""

    why = PublishedText(
        label="The last two reports said “no change” too. Why does nothing move?",
        help_text="Anybody can read this.",
        at_most=LONG,
    )


class HandOverForm(GovukForm):
    """Who answers for it instead. No address stands here: whoever has the link is not signed in."""

    person = forms.TypedChoiceField(
        label="Who answers for it from today on?",
        help_text="People with a role in an organisation that leads this action. If somebody is missing, sign in or "
        "ask your coordinator.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a person.", "invalid_choice": "Choose a person from the list."},
    )

    def __init__(self, *args: Any, people: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        choice: Any = self.fields["person"]
        found = {str(each.pk): each for each in told_apart(people)}
        choice.choices, choice.coerce = [(key, named(each)) for key, each in found.items()], found.get


def named(person: Any) -> str:
    """A person with the organisations by which they may answer."""
    return ", ".join([person.name, *dict.fromkeys(str(role.organisation) for role in person.answers_in)])


def told_apart(people: Iterable[Any]) -> list[Any]:
    """Those who are told apart by name and organisation; of two who are not, nobody could choose the right one."""
    people = list(people)
    names = Counter(named(each) for each in people)
    return [each for each in people if names[named(each)] == 1]


FORMS: Mapping[Kind, type[AnswerForm]] = {form.kind: form for form in (GoingOnForm, NewDateForm, DoneForm, DroppedForm)}


def at_first(kind: Kind, returned: ProgressUpdate | None, last: ProgressUpdate | None) -> dict[str, Any]:
    """What the form shows at first: how it stood in the `last` accepted report, or what the coordinator `returned`."""
    initial = filled(returned, last)
    initial |= {"version": returned.version if returned else None, "accepted": last.pk if last else 0}
    if initial["status"] not in dict(OPEN):
        initial["status"] = ""
    return {name: value for name, value in initial.items() if name in (*FORMS[kind].base_fields,)}
