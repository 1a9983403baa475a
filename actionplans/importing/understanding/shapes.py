"""What is known before a file is understood, and what is understood of it. Plain values: no row of the database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from actionplans.importing.tables import Cell, Value, Warned
from actionplans.importing.understanding.fields import Field
from actionplans.importing.understanding.words import written
from actionplans.timescale import Timescale


class When(Protocol):
    """Reads a timescale: a cell's text without what is struck through, its value if it is more than text, and that."""

    def __call__(self, text: str, value: Value, struck: str = "") -> Timescale: ...


Going = Callable[[str, float], None]  # what is being done, and how much of the whole is done, from 0 to 1


def quietly(what: str, share: float) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """A body that may lead. `type` is one of `OrganisationType`; `member`: it belongs to the partnership."""

    slug: str
    name: str
    type: str = "other"
    other_names: tuple[str, ...] = ()  # former names and abbreviations
    member: bool = True


@dataclass(frozen=True, slots=True)
class KnownSection:
    """A national section: its code (1, A to D), the number of plans that count 1 to 5, and its title."""

    code: str
    also_numbered: str
    title: str


@dataclass(frozen=True, slots=True)
class KnownAction:
    """An action that the plan has already, as it stands now."""

    id: int
    reference: str
    text: str
    section: str | None = None
    timescale_text: str = ""
    due_on: str = ""  # the day as ISO writes it; empty where there is none
    outcome: str = ""
    outcome_measure: str = ""
    leads: tuple[tuple[str, str], ...] = ()  # the organisation's slug, or the text where none is known; and the role
    status: str | None = None
    progress: str = ""
    footprint: str = ""
    is_open: bool = True
    confidence: str | None = None
    must_do: bool = False
    is_left_out: bool = False  # of the draft that the file fills
    held: str = ""  # why what the file says of how it stands is not taken: a later report, one in hand
    is_kept_elsewhere: bool = False  # in another plan, whose dates, leads and reports it has
    is_public: bool = False  # it stands in a published version


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a colour of a plan's key stands for; `state` is None where the person must say it of each action."""

    state: str | None
    confidence: str | None = None


RagKey = dict[str, Meaning]  # by colour: red, amber, green, grey, blue


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that understanding needs of the partnership and its plan."""

    sections: tuple[KnownSection, ...] = ()
    organisations: tuple[KnownOrganisation, ...] = ()
    actions: tuple[KnownAction, ...] = ()
    areas: tuple[str, ...] = ()  # names of areas and places, to tell a footprint
    rag_key: RagKey | None = None  # the one remembered for the partnership
    answers: tuple[tuple[str, str], ...] = ()  # those of earlier files that hold for this one too, by key
    plan: str = ""  # its title
    partnership: str = ""  # its name


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a question takes: the value that programs use, and what a person reads."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the file does not say clearly. One answer, by `key`, settles it at all its cells."""

    key: str
    kind: str  # column, layout, sheet, section, reference, action, lead, person, timescale, status, rag_key, match…
    text: str
    choices: tuple[Choice, ...]
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads, without anybody's name. `organisation` is a slug; `text` the plan's own word."""

    text: str
    organisation: str | None
    role: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What one progress column says, under its heading: "Q2 Update"."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an action stands in its plan: the national section, and the headings as written."""

    code: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of an action that the file words differently."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Line:
    """One action of the file. `raw` holds its rows whole: heading and text of every cell with something in it."""

    sheet: str
    row: int
    rows: tuple[int, ...]
    at: str
    place: Place
    reference: str
    action: str
    leads: tuple[Lead, ...]
    timescale: Timescale
    revised: tuple[Timescale, ...] = ()
    completed: Timescale | None = None
    status: str | None = None
    confidence: str | None = None
    merged_into: str = ""
    rag_text: str = ""
    outcome: str = ""
    measure: str = ""
    progress: tuple[Progress, ...] = ()
    priority: str = ""
    must_do: bool = False
    footprint: str = ""
    notes: tuple[Progress, ...] = ()
    people: tuple[str, ...] = ()  # private: names and addresses of persons, never to be published
    raw: tuple[tuple[str, str], ...] = ()
    told: frozenset[str] = frozenset()  # the fields that the file has a column for


@dataclass(frozen=True, slots=True)
class Compared:
    """A line beside the action that it is in the plan: "new", "changed" or "unchanged"."""

    line: Line
    change: str
    action: KnownAction | None = None
    differences: tuple[Difference, ...] = ()
    kept: tuple[str, ...] = ()  # the fields that are empty in the file, of which the plan keeps what it has


@dataclass(frozen=True, slots=True)
class Missing:
    """An action of the plan that the file does not hold, and what becomes of it once the person has chosen."""

    action: KnownAction
    decision: str | None = None  # carried, done, dropped, merged; None: to be asked
    merged_into: str = ""
    note: str = ""  # what came of it, or why it is dropped
    key: str = ""  # of the question what became of it; empty where that is not asked


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `score` says how sure its fields are: 1 by its heading, less by its cells or by likeness."""

    index: int
    heading: str
    at: str
    fields: tuple[Field, ...] = ()
    score: float = 0.0

    def holds(self, field: Field) -> bool:
        return field in self.fields


@dataclass(frozen=True, slots=True)
class Headed:
    """A column before it is understood: its heading in one or two lines, its heading's cell, and its cells below."""

    index: int
    lines: tuple[str, ...]
    at: str
    cells: tuple[Cell, ...]

    @property
    def heading(self) -> str:
        return " ".join(self.lines)

    @property
    def has_content(self) -> bool:
        return any(written(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one row with something in it: action, part, section, header, key, note, left_out."""

    sheet: str
    row: int
    what: str


@dataclass(frozen=True, slots=True)
class Understood:
    """The whole preview, before anything is written."""

    lines: tuple[Compared, ...] = ()
    missing: tuple[Missing, ...] = ()
    questions: tuple[Question, ...] = ()
    warnings: tuple[Warned, ...] = ()
    fates: tuple[Fate, ...] = ()
    rag_key: RagKey | None = None  # the key that was used, to be remembered for the partnership
    columns: tuple[Column, ...] = ()  # how each column was read, and how sure that is
    answered: tuple[tuple[Question, str], ...] = ()  # the questions that an answer settled, with it
    told_together: tuple[tuple[str, str], ...] = ()  # by key what one answer to many questions says to each of them
