"""What a report is, and what it comes to on a day. Pure.

A report's columns are defined once, here and in its own module: every format and the API write the same values. What it
comes to (`Answer`) is data alone, so that one that was frozen never changes with the definitions.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

Value = str | int | float | bool | date | None
Record = TypeVar("Record")
NAMES_A_ROW = ("name", "area")  # the keys of columns that say which thing a row is about, where none is marked so


class Kind(StrEnum):
    """What the values of a column are; None in any of them: not known, or none."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"  # a word from a fixed list: programs get the word, people what it is called
    NUMBER = "number"
    CHANGE = "change"  # by how much a number is another than it was: people read its sign, also of what is more
    PERCENT = "percent"  # whole numbers from 0 to 100
    DAY = "day"  # a calendar day in London
    YES_NO = "yes_no"


NUMERIC = frozenset({Kind.NUMBER, Kind.CHANGE, Kind.PERCENT})


class Shown(StrEnum):
    """Where a column is shown; CSV and JSON have every one."""

    EVERYWHERE = "everywhere"
    NOT_ON_PAPER = "not_on_paper"  # on pages and in spreadsheets: a PDF has no room for all columns
    TO_PROGRAMS = "to_programs"  # what the addresses of this site are made of: nothing that people read


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as every format shows it. `told` explains it; `choices` are the words of a CHOICE and their names.

    `width`: how many letters wide a spreadsheet and paper show it, where that is not as wide as others of its kind.
    `names`: whether people know a row by it; of several such columns by the first that says anything.
    `none`: what people read where there is no value, and that says something; programs get nothing there.
    """

    key: str
    name: str
    kind: Kind = Kind.TEXT
    told: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    width: int = 0
    shown: Shown = Shown.EVERYWHERE
    names: bool = False
    none: str = ""

    @property
    def is_numeric(self) -> bool:
        return self.kind in NUMERIC


@dataclass(frozen=True, slots=True)
class Column(Generic[Record]):
    """A column and how its value is taken from a record."""

    heading: Heading
    of: Callable[[Record], Value]


def column(
    key: str,
    name: str,
    of: Callable[[Record], Value],
    told: str,
    kind: Kind = Kind.TEXT,
    choices: Mapping[str, str] | None = None,
    width: int = 0,
    shown: Shown = Shown.EVERYWHERE,
    *,
    names: bool = False,
    none: str = "",
) -> Column[Record]:
    """A column of records."""
    return Column(Heading(key, name, kind, told, choices or {}, width, shown, names, none), of)


def paper_has(keys: Collection[str], columns: Iterable[Column[Record]]) -> tuple[Column[Record], ...]:
    """The columns; of those that people see, paper has room for these alone. Raises ValueError for an unknown key."""
    columns = tuple(columns)
    if unknown := set(keys) - {each.heading.key for each in columns}:
        raise ValueError(f"There is no column {', '.join(sorted(unknown))}.")
    return tuple(each if each.heading.key in keys else _off_paper(each) for each in columns)


def _off_paper(given: Column[Record]) -> Column[Record]:
    if given.heading.shown is not Shown.EVERYWHERE:
        return given
    return replace(given, heading=replace(given.heading, shown=Shown.NOT_ON_PAPER))


@dataclass(frozen=True)
class Table:
    """One table as it was filled. Rows of a stream (`streamed`) are asked for anew each time that they are read."""

    key: str
    title: str
    headings: tuple[Heading, ...]
    rows: Iterable[Sequence[Value]]
    told: str = ""  # a sentence on what the rows are, and what is left out of them
    whole: str = ""  # the report that has every row, where this one has the first alone

    @property
    def named_by(self) -> int:
        """The column that names a row: the first that is marked so, else one that is called so, else the first."""
        return self._naming[0]

    def name_of(self, row: Sequence[Value]) -> int:
        """The place of what names that row: of several columns that do, the first that says anything.

        Of a table without columns, as words that were removed may leave of a frozen one, the first all the same.
        """
        return next((place for place in self._naming if any(row[place : place + 1])), self.named_by)

    @cached_property
    def _naming(self) -> Sequence[int]:
        keys = [heading.key for heading in self.headings]
        marked = [place for place, heading in enumerate(self.headings) if heading.names]
        return marked or [keys.index(key) for key in NAMES_A_ROW if key in keys][:1] or [0]

    @property
    def for_people(self) -> "Table":
        """The same without the columns that are for programs alone."""
        return self._with(lambda heading: heading.shown is not Shown.TO_PROGRAMS)

    @property
    def on_paper(self) -> "Table":
        """The same with the columns for which paper has room."""
        return self._with(lambda heading: heading.shown is Shown.EVERYWHERE)

    def _with(self, is_wanted: Callable[[Heading], bool]) -> "Table":
        places = [place for place, heading in enumerate(self.headings) if is_wanted(heading)]
        if len(places) == len(self.headings):
            return self
        rows: Iterable[Sequence[Value]] = _Cells(self.rows, places)
        return replace(
            self,
            headings=tuple(self.headings[place] for place in places),
            rows=list(rows) if isinstance(self.rows, Sequence) else rows,
        )

    @property
    def dicts(self) -> Iterator[dict[str, Value]]:
        """Each row by the keys of its columns."""
        keys = [heading.key for heading in self.headings]
        return (dict(zip(keys, row, strict=True)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Some of the cells of each row, as the rows come."""

    rows: Iterable[Sequence[Value]]
    places: Sequence[int]

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        places = self.places
        for row in self.rows:
            yield tuple([row[place] for place in places])


def filled(key: str, title: str, columns: Sequence[Column[Record]], records: Iterable[Record], told: str = "") -> Table:
    """The table of these records, one row each."""
    getters = [each.of for each in columns]
    rows = [tuple(get(record) for get in getters) for record in records]
    return Table(key, title, tuple(each.heading for each in columns), rows, told)


@dataclass(frozen=True, slots=True)
class _Stream(Generic[Record]):
    """Rows that nobody holds."""

    getters: Sequence[Callable[[Record], Value]]
    records: Iterable[Record]

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        getters = self.getters
        for record in self.records:
            yield tuple([get(record) for get in getters])


def streamed(
    key: str, title: str, columns: Sequence[Column[Record]], records: Iterable[Record], told: str = ""
) -> Table:
    """The table of records that come one by one, so that any number of them is a table."""
    rows = _Stream([each.of for each in columns], records)
    return Table(key, title, tuple(each.heading for each in columns), rows, told)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture made here (SVG), with what it says in words, and the key of the table with the same numbers."""

    key: str
    title: str
    svg: str
    told: str
    table: str


@dataclass(frozen=True)
class Answer:
    """What a report comes to. The first table is the report itself: CSV and JSON hold it, unless another is asked for.

    `summary`: the sentences to say first. `notes`: what a reader must know of the figures, such as the end of the
    records. `by`: the word between its title and its day.
    """

    name: str
    title: str
    on: date
    tables: tuple[Table, ...]
    since: date | None = None
    about: str = ""  # a region, partnership or organisation, where it is not all of England
    summary: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    by: str = "on"

    def table(self, key: str = "") -> Table:
        """The table of that key; the first for an empty one. Raises KeyError."""
        if not key:
            return self.tables[0]
        return {each.key: each for each in self.tables}[key]
