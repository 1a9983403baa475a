"""Where words stand: in every text that the product keeps, and in the record of what its texts said before.

The database looks by one plain word of the passage (or for letters that it cannot compare); what it finds is then read
exactly (`concordat/kernel/passages.py`). One query for each model with texts, whatever the number of rows.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from concordat.kernel.administration.history import kind_of, rows_of
from concordat.kernel.administration.words import label_of
from concordat.kernel.models import Change, Redaction
from concordat.kernel.passages import TYPOGRAPHY, Sought, in_texts
from concordat.traces.parts import COPIES, NO_PARTS, PARTS
from concordat.traces.texts import TEXTS, with_texts

# Letters with accents and the like, as they are, and as SQLite holds them within JSON.
FOREIGN = rf"[^ -~\s{TYPOGRAPHY}]"
ESCAPED = r"\\u(?!20|00a3)"
AROUND = 60
EXCERPTS = 5  # of the record of one row so many are shown
RECORD = Redaction.RECORD
# What mails said is kept for a time (signatories/outbox/keeping.py): it may quote any text.
MAILS = frozenset({"signatories.message", "signatories.reply", "signatories.mailreport"})
ALL_MAILS = "mails"
Subject = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of a text: as it is, or one of the words sought."""

    text: str
    is_sought: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A text of a row in which the words stand, or (`field` is RECORD) the record of changes of that row.

    `excerpts`: the words with what is around them; of a long record the first ones.
    """

    label: str
    pk: int
    field: str
    excerpts: tuple[tuple[Piece, ...], ...]
    times: int

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.label}:{self.pk}:{self.field}"

    @property
    def subject(self) -> Subject:
        """The row."""
        return self.label, self.pk

    @property
    def is_mail(self) -> bool:
        """Whether it is what a mail of ours said, or a server about one."""
        return self.label in MAILS

    @property
    def name(self) -> str:
        """What people call it: “Progress update 5: public text”."""
        row = f"{kind_of(self.label)} {self.pk}"
        if self.field == RECORD:
            return f"{row[:1].upper()}{row[1:]}: in the record of its changes"
        return f"{row[:1].upper()}{row[1:]}: {label_of(apps.get_model(self.label), self.field).lower()}"


@dataclass(frozen=True, slots=True)
class Found:
    """All places: of the object with what belongs to it, and elsewhere."""

    own: list[Place]
    elsewhere: list[Place]


def find(sought: Sought, root: models.Model) -> Found:
    """Where the words stand, seen from that object."""
    own = subjects_of(root)
    places = [*_in_rows(sought), *_in_record(sought, root)]
    return Found(
        own=[place for place in places if place.subject in own],
        elsewhere=[place for place in places if place.subject not in own],
    )


def subjects_of(root: models.Model) -> set[Subject]:
    """The object and what belongs to it, copies of its text included. One query for each kind of part."""
    kind = type(root)
    subjects = {(kind._meta.label_lower, root.pk)}
    for model, key in (*PARTS.get(kind, NO_PARTS), *COPIES.get(kind, NO_PARTS)):
        keys = rows_of(root, model, key).values_list("pk", flat=True)
        subjects |= {(model._meta.label_lower, pk) for pk in keys}
    return subjects


def own_texts(root: models.Model) -> Iterator[tuple[str, str, str]]:
    """The texts of an object and its parts that are not empty: the key of each, its name, and what it says.

    None within JSON: nobody reads that as one text.
    """
    kind = type(root)
    rows: list[Any] = [root]
    for model, key in PARTS.get(kind, NO_PARTS):
        if model._meta.label_lower in TEXTS:
            rows += rows_of(root, model, key).order_by("pk").distinct()
    for row in rows:
        for field in TEXTS[row._meta.label_lower]:
            if isinstance(text := getattr(row, field), str) and text:
                place = Place(row._meta.label_lower, row.pk, field, (), 1)
                yield place.key, place.name, text


def _in_rows(sought: Sought) -> Iterator[Place]:
    for label in TEXTS:
        for row in rows_with(sought, label):
            yield from (place for field in TEXTS[label] if (place := _place(sought, label, row.pk, field, row)))


def _place(sought: Sought, label: str, pk: int, field: str, row: Any) -> Place | None:
    found = [(text, spans) for text in texts_in(field, getattr(row, field)) if (spans := sought.spans(text))]
    excerpts = tuple(pieces(text, spans) for text, spans in found)
    return Place(label, pk, field, excerpts, sum(len(spans) for _, spans in found)) if found else None


def texts_in(field: str, value: Any) -> list[str]:
    """The text that a field holds, or those within it as JSON."""
    texts: list[str] = []

    def note(text: str, longest: int | None) -> str:
        texts.append(text)
        return text

    with_texts(field, value, note)
    return texts


def rows_with(sought: Sought, label: str) -> "models.QuerySet[Any]":
    """The rows of a model in which the words may stand, each with its texts alone (and its version). One query."""
    model, fields = apps.get_model(label), TEXTS[label]
    loaded = {*fields, *(["version"] if counts_versions(model) else [])}
    within = {f"{field}_said": field for field in fields if isinstance(model._meta.get_field(field), models.JSONField)}
    may = [_may_hold(sought, field) for field in fields if field not in within.values()]
    may += [_may_hold_within(sought, said) for said in within]
    rows: models.QuerySet[Any] = model._base_manager.alias(**{said: _said(field) for said, field in within.items()})
    return rows.filter(reduce(or_, may)).only(*loaded).order_by("pk")


def counts_versions(model: type[models.Model]) -> bool:
    """Whether a row of the model has a number that grows with every save."""
    return any(field.name == "version" and isinstance(field, models.IntegerField) for field in model._meta.fields)


def _may_hold(sought: Sought, field: str) -> Q:
    foreign = Q(**{f"{field}__regex": FOREIGN})
    return Q(**{f"{field}__icontains": sought.word}) | foreign if sought.word else foreign


def _said(field: str) -> Cast:
    """JSON as one text."""
    return Cast(field, models.TextField())


def _may_hold_within(sought: Sought, said: str) -> Q:
    return _may_hold(sought, said) | Q(**{f"{said}__regex": ESCAPED})


def changes_with(sought: Sought) -> "models.QuerySet[Any]":
    """The recorded changes in which the words may stand. One query."""
    may = _may_hold(sought, "why") | _may_hold_within(sought, "said")
    return Change.objects.alias(said=_said("fields")).filter(may).order_by("pk")


def changes_of_field(row: Subject, field: str) -> "models.QuerySet[Any]":
    """The recorded changes of one text of a row: whatever it said before goes with it. One query."""
    label, pk = row
    return Change.objects.filter(subject_type=label, subject_id=pk, fields__has_key=field).order_by("pk")


def _in_record(sought: Sought, root: models.Model) -> Iterator[Place]:
    """One place for each row of whose past the words tell."""
    told: dict[Subject, list[str]] = {}
    for change in changes_with(sought):
        texts = [text for text in texts_of(change) if sought.spans(text)]
        if texts:
            told.setdefault((change.subject_type, change.subject_id), []).extend(texts)
    for (label, pk), texts in told.items():
        times = sum(len(sought.spans(text)) for text in texts)
        shown = list(dict.fromkeys(texts))[:EXCERPTS]
        yield Place(label, pk, RECORD, tuple(pieces(text, sought.spans(text)) for text in shown), times)


def texts_of(change: Change) -> list[str]:
    """All texts of a recorded change."""
    texts = [change.why]
    in_texts(change.fields, lambda text: texts.append(text) or text)  # type: ignore[func-returns-value]
    return texts


def pieces(text: str, found: Collection[tuple[int, int]]) -> tuple[Piece, ...]:
    """The text with the words told apart; what stands far from them is left out."""
    cut: list[Piece] = []
    end = 0
    for start, after in found:
        cut += [Piece(_shortened(text[end:start], is_first=end == 0), False), Piece(text[start:after], True)]
        end = after
    rest = text[end:]
    return (*cut, Piece(rest if len(rest) <= AROUND else f"{rest[:AROUND]}…", False))


def _shortened(text: str, *, is_first: bool) -> str:
    if is_first and len(text) > AROUND:
        return f"…{text[-AROUND:]}"
    return text if len(text) <= 2 * AROUND else f"{text[:AROUND]} … {text[-AROUND:]}"


def chosen(places: Iterable[Place], keys: Collection[str]) -> list[Place]:
    """Those that a form names, one by one or as all the mails that we keep (ALL_MAILS)."""
    return [place for place in places if place.key in keys or (place.is_mail and ALL_MAILS in keys)]
