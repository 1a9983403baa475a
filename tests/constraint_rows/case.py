"""How a row of the table is written: a valid row, and the one UPDATE (or INSERT) that makes it bad, or nearly so.

Nothing of Python's validation is asked: the database alone decides.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Model

from tests.factories import DAY, noon

Maker = Callable[[], Model]
Statement = Callable[[], object]
# The values, or what finds them once the valid row is there.
Values = Mapping[str, Any] | Callable[[Model], Mapping[str, Any]]

BEFORE: date = DAY - timedelta(days=1)
AFTER: date = DAY + timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """One row for one constraint. `prepare` makes all that is valid and returns the statement to be judged."""

    constraint: str
    label: str
    refused: bool
    prepare: Callable[[], Statement]

    def __str__(self) -> str:
        return f"{self.constraint}: {self.label}"


def updated(row: Model, values: Mapping[str, Any]) -> Statement:
    """The UPDATE that gives the row these values."""
    return partial(type(row)._base_manager.filter(pk=row.pk).update, **values)


def inserted(row: Model, values: Mapping[str, Any]) -> Statement:
    """The INSERT of a copy of the row with these values, for tables that take no UPDATE."""
    other = copy(row)
    other.pk = None
    for name, value in values.items():
        setattr(other, name, value)
    return partial(type(row)._base_manager.bulk_create, [other])


def check(
    constraint: str,
    make: Maker,
    *,
    refused: Mapping[str, Values],
    accepted: Mapping[str, Values],
    write: Callable[[Model, Mapping[str, Any]], Statement] = updated,
) -> Iterator[Case]:
    """The cases of a check: each label says in words what the values do to a row of `make`."""

    def prepare(values: Values) -> Statement:
        row = make()
        return write(row, values(row) if callable(values) else values)

    for outcome, table in ((True, refused), (False, accepted)):
        for label, values in table.items():
            yield Case(constraint, label, outcome, partial(prepare, values))


def unique(
    constraint: str,
    make: Maker,
    *,
    same: tuple[str, ...],
    first: Maker | None = None,
    refused: Mapping[str, Values] | None = None,
    accepted: Mapping[str, Values] | None = None,
) -> Iterator[Case]:
    """The cases of a uniqueness: the row of `make` takes over the fields `same` of the row of `first`.

    Where there are several such fields, a row that shares all but one of them must be accepted:
    for each of them, so `first` has to make a row that differs in every one.
    """

    def prepare(taken: tuple[str, ...], values: Values) -> Statement:
        there, row = (first or make)(), make()
        for name in set(same) - set(taken):
            assert getattr(there, name) != getattr(row, name), f"{name} does not differ"
        return updated(
            row, {name: getattr(there, name) for name in taken} | dict(values(row) if callable(values) else values)
        )

    for label, values in ({"the same again": {}} if refused is None else refused).items():
        yield Case(constraint, label, True, partial(prepare, same, values))
    for label, values in (accepted or {}).items():
        yield Case(constraint, label, False, partial(prepare, same, values))
    for name in same if len(same) > 1 else ():
        others = tuple(other for other in same if other != name)
        yield Case(constraint, f"another {name}", False, partial(prepare, others, {}))


# Kinds of constraint that many tables have


def not_empty(constraint: str, make: Maker, *fields: str) -> Iterator[Case]:
    """Each of these texts must say something."""
    return check(
        constraint,
        make,
        refused={f"no {field}": {field: ""} for field in fields},
        accepted={f"one letter of {field}": {field: "x"} for field in fields},
    )


def one_of(constraint: str, make: Maker, field: str, words: list[str]) -> Iterator[Case]:
    """The field holds one of these words, and any of them."""
    return check(
        constraint,
        make,
        refused={"another word": {field: "x"}, "no word": {field: ""}},
        accepted={word: {field: word} for word in words},
    )


def in_order(constraint: str, make: Maker, start: str, end: str, *, same_day: bool) -> Iterator[Case]:
    """One day is not after the other; whether they may be one day is said."""
    one_day = {"on one day": {start: DAY, end: DAY}}
    return check(
        constraint,
        make,
        refused={"backwards": {start: DAY, end: BEFORE}} | ({} if same_day else one_day),
        accepted={"a day apart": {start: DAY, end: AFTER}} | (one_day if same_day else {}),
    )


def dated(model: str, make: Maker) -> Iterator[Case]:
    """`from_on` is before `until_on`; either may be unknown."""
    constraint = f"{model}_from_before_until"
    yield from in_order(constraint, make, "from_on", "until_on", same_day=False)
    unknown = {
        "no first day": {"from_on": None, "until_on": DAY},
        "no end": {"from_on": DAY, "until_on": None},
        "neither": {"from_on": None, "until_on": None},
    }
    yield from check(constraint, make, refused={}, accepted=unknown)


def mailed(model: str, make: Maker) -> Iterator[Case]:
    """What the mail of a row came to, and that one which failed is tried again, with its reason."""
    failed = {"mail_state": "failed", "mail_failure": "x", "mail_next_at": noon(DAY)}
    yield from check(
        f"{model}_mail_state",
        make,
        refused={"another word": {"mail_state": "x"}, "no word": {"mail_state": ""}},
        accepted={
            state: {"mail_state": state}
            for state in ("received", "mailing", "mailed", "uncertain", "given_up", "dropped")
        }
        | {"failed": failed},
    )
    yield from check(
        f"{model}_failed_is_tried_again",
        make,
        refused={
            "failed, never to be tried again": failed | {"mail_next_at": None},
            "failed for no reason": failed | {"mail_failure": ""},
            "mailed, to be tried again": {"mail_state": "mailed", "mail_next_at": noon(DAY)},
        },
        accepted={"failed": failed, "uncertain": {"mail_state": "uncertain", "mail_failure": "x"}},
    )


def labelled(constraint: str, make: Maker) -> Iterator[Case]:
    """A part has a name, the whole has none."""
    return check(
        constraint,
        make,
        refused={
            "a part without a name": {"extent": "part", "label": ""},
            "the whole with the name of a part": {"extent": "whole", "label": "Craven"},
        },
        accepted={
            "a part with a name": {"extent": "part", "label": "x"},
            "the whole": {"extent": "whole", "label": ""},
        },
    )


def day_with_precision(constraint: str, make: Maker, day: str, precision: str) -> Iterator[Case]:
    """A day says how exactly it is known; where there is no day there is nothing to say."""
    return check(
        constraint,
        make,
        refused={
            "a day without precision": {day: DAY, precision: ""},
            "a precision without a day": {day: None, precision: "day"},
            "a word that is no precision": {day: DAY, precision: "x"},
        },
        accepted={
            "on that day": {day: DAY, precision: "day"},
            "by that day": {day: DAY, precision: "by"},
            "no day": {day: None, precision: ""},
        },
    )


def covered(model: str, make: Callable[..., Model], *, owner: str) -> Iterator[Case]:
    """The constraints of a coverage table; `make(part=…)` makes one of its rows."""
    yield from dated(model, make)
    yield from one_of(f"{model}_extent", partial(make, part="Craven"), "extent", ["part"])
    yield from check(f"{model}_extent", make, refused={}, accepted={"whole": {"extent": "whole"}})
    yield from labelled(f"{model}_part_has_label", make)
    once = partial(unique, f"{model}_one_open")
    yield from once(make, same=(owner, "area"), accepted={"one that has ended": {"until_on": DAY}})
    craven, airedale = partial(make, part="Craven"), partial(make, part="Airedale")
    yield from once(craven, same=(owner, "area", "label"), first=airedale)
