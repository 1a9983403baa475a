"""The recorded changes of an object in the words of those who work with it, and not of those who program it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import JSONField, Model

from actionplans.models import (
    ActionInVersion,
    ActionLead,
    ActionOwner,
    DateChange,
    MeetingDecision,
    PlanCoverage,
    ProgressUpdate,
)
from concordat.kernel.administration.history import Line, Told, kind_of, model_of, told
from concordat.kernel.administration.words import EMPTY, day, field_named
from concordat.kernel.models import Change
from concordat.reports.models import FrozenReport
from concordat.workspace.comparison import FIELDS
from signatories.models import (
    BoardOversight,
    ChasingHold,
    DeclarationCoverage,
    Membership,
    Message,
    PartnershipCoverage,
    PartnershipMember,
)

# What the program keeps for itself, or what stands over every change anyway: who and when.
TECHNICAL = frozenset({
    *("subject_type", "subject_id", "stored_as", "sha256", "size", "format", "version", "slug", "position"),
    *("timescale_kind", "timescale_precision", "timescale_confidence", "has_decisions"),
    *("recorded_at", "submitted_at", "uploaded_at", "uploaded_by", "author"),
    *("shape", "length", "digest", "frozen_at", "frozen_by"),
})  # fmt: skip
LABELS: Mapping[str, str] = {"from_on": "From", "until_on": "Until", "is_active": "May sign in"}
NOUNS: Mapping[type[Model], str] = {
    ProgressUpdate: "report",
    ActionOwner: "who answers for it",
    ActionLead: "who leads it",
    ActionInVersion: "its words in a version",
    DateChange: "moved date",
    MeetingDecision: "decision",
    ChasingHold: "hold of reminders",
    PartnershipMember: "member",
    Membership: "role",
    Message: "digest",
    FrozenReport: "paper",
    **dict.fromkeys((PlanCoverage, DeclarationCoverage, PartnershipCoverage), "area"),
}
TITLES: Mapping[type[Model], Callable[[Any], str]] = {
    ProgressUpdate: lambda row: f"of {day(row.reported_on)}",
    DateChange: lambda row: f"to {day(row.due_on)}" if row.due_on else "",
    MeetingDecision: lambda row: str(row.get_kind_display()),
    BoardOversight: lambda row: str(row.board),
    ChasingHold: lambda row: "",
    **dict.fromkeys((PlanCoverage, DeclarationCoverage, PartnershipCoverage), lambda row: str(row.area)),
}


def in_plain_words(changes: Iterable[Change], row: Model) -> list[Told]:
    """The changes of an object and of what belongs to it, each with what it is about by its title.

    A value that was set for the first time stands alone; what only the program needs is left out. Beside the queries
    of `told` there is one for each kind of what belongs to it.
    """
    changes = list(changes)
    titles = _titles(changes, row)
    return [replace(each, subject=_subject(each.change, titles), lines=_lines(each, row)) for each in told(changes)]


def _titles(changes: Collection[Change], row: Model) -> Mapping[tuple[str, int], str]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        if change.subject_type != row._meta.label_lower:  # the object itself is named over the page
            wanted[change.subject_type].add(change.subject_id)
    found = {}
    for label, ids in wanted.items():
        if model := model_of(label):
            pointers = [field.name for field in model._meta.fields if field.many_to_one]
            title = TITLES.get(model, str)
            for each in model._base_manager.filter(pk__in=ids).select_related(*pointers):
                found[label, each.pk] = title(each)
    return found


def _subject(change: Change, titles: Mapping[tuple[str, int], str]) -> str:
    model = model_of(change.subject_type)
    noun = (model and NOUNS.get(model)) or kind_of(change.subject_type)
    return f"{noun} {titles.get((change.subject_type, change.subject_id), '')}".strip()


def _lines(each: Told, row: Model) -> list[Line]:
    model = model_of(each.change.subject_type)
    lines = []
    for (name, pair), line in zip(each.change.fields.items(), each.lines, strict=True):
        if model is None or not _is_left_out(model, name, pair, row, each.change.fields):
            label = FIELDS.get(name) if model is ProgressUpdate else LABELS.get(name)
            before = "" if line.before == EMPTY else line.before
            lines.append(Line(label or line.label, before, line.after))
    return lines


def _is_left_out(model: type[Model], name: str, pair: list[Any], row: Model, others: Collection[str]) -> bool:
    """Whether a field says nothing to people: technical, empty before and after, or the object of the page itself."""
    field = field_named(model, name)
    if {name, name.removesuffix("_id")} & TECHNICAL or not any(pair):
        return True
    if name.endswith("_precision"):  # how exactly a day is known, where that day stands beside it
        return any(each.startswith(name.removesuffix("precision")) and each.endswith("_on") for each in others)
    if field is not None and field.related_model is type(row):
        return pair == [None, row.pk]
    return isinstance(field, JSONField) and not all(_is_words(value) for value in pair)


def _is_words(value: Any) -> bool:
    """Whether a value of a JSON field is a row of words, as the sections of a declaration are, or nothing."""
    return not value or (isinstance(value, list) and all(isinstance(part, str) for part in value))
