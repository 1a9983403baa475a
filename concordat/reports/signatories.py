"""The signatory matrix: every area by every kind of body that should sign, and who it was that signed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from areas.models import Region
from concordat.picture import AreaOnDay, picture
from concordat.reports.drawing.heat import HAVE, LACK, LAPSED, NOTHING, UNKNOWN, table
from concordat.reports.drawing.svg import Named
from concordat.reports.questions import Question
from concordat.reports.report import Report, anybody_with_a_role
from concordat.reports.selection import BETWEEN, SIGN_UP, SIGN_UP_TOLD, asked_for, caveats
from concordat.reports.shapes import Answer, Column, Kind, Picture, Shown, column, filled
from concordat.reports.signing import STANDINGS, Given, Signing, Standing, documents, signing, words
from concordat.sentences import counted, in_words
from signatories.models import Programme

TOLD = (
    "Signed: a signature of that kind of body is in force. Signed and withdrawn: the last one was taken back. Missing: "
    "all signatures of the declaration are recorded, and none is of that kind. Not recorded: not all of them are, so "
    "nobody can tell. Empty: no declaration is in force."
)


# How each standing is marked in the picture; the empty one: no declaration is in force.
MARKS = {
    Standing.SIGNED.value: HAVE,
    Standing.MISSING.value: LACK,
    Standing.LAPSED.value: replace(LAPSED, name=STANDINGS[Standing.LAPSED]),
    Standing.NOT_RECORDED.value: UNKNOWN,
    "": NOTHING,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One area, with the titles of the declarations that count for it."""

    area: AreaOnDay
    declarations: tuple[str, ...]
    signing: Signing


@dataclass(frozen=True, slots=True)
class Cell:
    """One area and one kind of body."""

    area: AreaOnDay
    kind: str
    standing: Standing
    given: Sequence[Given]

    @property
    def first_on(self) -> date | None:
        """The first day on which a body of that kind signed, of those known."""
        return min((each.signed_on for each in self.given if each.signed_on), default=None)


AREA: Sequence[Column[Row]] = (
    column("region", "Region", lambda row: row.area.region, "One of the nine regions of England."),
    column("name", "Area", lambda row: row.area.name, "The upper-tier area, by its name of today."),
    column("code", "Code", lambda row: row.area.code, "The GSS code that the area has on the day."),
    column(
        *("slug", "Address", lambda row: row.area.slug, "The area in the addresses of this site."),
        shown=Shown.TO_PROGRAMS,
    ),
    column("signup", "Signing up", lambda row: row.area.sign_up.status.value, SIGN_UP_TOLD, Kind.CHOICE, SIGN_UP),
    column(
        "declaration",
        "Declaration",
        lambda row: BETWEEN.join(row.declarations) or None,
        "The declarations in force for the area.",
    ),
    column(
        "signatures",
        "Signatures",
        lambda row: row.signing.recorded,
        "Signatures in force of its declarations; empty where none is recorded.",
        Kind.NUMBER,
    ),
    column(
        "signatories_claimed",
        "Signatories claimed",
        lambda row: row.signing.claimed,
        "How many signatories its declarations say they have; empty where they do not say.",
        Kind.NUMBER,
    ),
)

CELLS: Sequence[Column[Cell]] = (
    column("region", "Region", lambda cell: cell.area.region, "One of the nine regions of England."),
    column("name", "Area", lambda cell: cell.area.name, "The upper-tier area, by its name of today."),
    column("code", "Code", lambda cell: cell.area.code, "The GSS code that the area has on the day."),
    column("type", "Kind of body", lambda cell: words(cell.kind), "A kind of body that should sign."),
    column("standing", "Standing", lambda cell: cell.standing.value, TOLD, Kind.CHOICE, STANDINGS),
    column(
        "signed_as",
        "Signed by",
        lambda cell: BETWEEN.join(each.name for each in cell.given) or None,
        "The bodies of that kind, by their names as signed.",
        Kind.LONG_TEXT,
    ),
    column("signed_on", "First signed on", lambda cell: cell.first_on, "Empty where no day is recorded.", Kind.DAY),
)


def matrix_columns(programme: Programme) -> list[Column[Row]]:
    """The columns of the matrix: one for each kind of body that the programme says should sign."""

    def of(kind: str) -> Column[Row]:
        name = words(kind)
        return column(kind, name[:1].upper() + name[1:], lambda row: _standing(row, kind), TOLD, Kind.CHOICE, STANDINGS)

    return [*AREA, *(of(kind) for kind in programme.core_signatory_types)]


def _standing(row: Row, kind: str) -> str | None:
    standing = row.signing.standing.get(kind)
    return standing.value if standing else None


def answer(question: Question) -> Answer:
    """The matrix on that day. 11 queries. Raises Programme.DoesNotExist where nothing is loaded."""
    programme = Programme.objects.earliest("id")
    signed, core = documents(programme, question.on), programme.core_signatory_types
    rows = []
    for area in asked_for(picture(question.on, programme).areas, question):
        own = [signed[each] for each in sorted(area.sign_up.declarations)]
        rows.append(Row(area, tuple(each.title for each in own), signing(own, core)))
    matrix = filled("areas", "Areas by kind of body", matrix_columns(programme), rows, TOLD)
    cells = filled("signatures", "Who signed", CELLS, list(_cells(rows)), "A row for each area and kind of body.")
    return Answer(
        REPORT.name,
        REPORT.title,
        question.on,
        (matrix, cells),
        about=question.about,
        summary=(_summary(rows, question),),
        notes=caveats(question.on, programme.complete_to),
        pictures=tuple(_pictures(rows, core)),
    )


def _pictures(rows: Sequence[Row], core: Sequence[str]) -> Iterator[Picture]:
    """The matrix of each region that has areas among these, as marks."""
    columns = [words(kind)[:1].upper() + words(kind)[1:] for kind in core]
    for place, region in enumerate(Region.values):
        own = [row for row in rows if row.area.region == region]
        if own and core:
            marked = [(row.area.name, [_standing(row, kind) or "" for kind in core]) for row in own]
            signed = [cell for _, cells in marked for cell in cells].count(Standing.SIGNED)
            told = f"{signed} of {len(own) * len(core)} signed. The table below has each."
            named = Named(f"signed-{place}", f"{region}: who signed", told)
            yield Picture(named.key, named.title, table(named, columns, marked, MARKS), told, "areas")


def _cells(rows: Sequence[Row]) -> Iterator[Cell]:
    for row in rows:
        for kind, standing in row.signing.standing.items():
            yield Cell(row.area, kind, standing, row.signing.signatures[kind])


def _summary(rows: Sequence[Row], question: Question) -> str:
    if not any(row.declarations for row in rows):
        return f"On {in_words(question.on)}, no area has a declaration."
    declared = [row.signing for row in rows if row.signing.standing]
    complete = sum(set(each.standing.values()) == {Standing.SIGNED} for each in declared)
    unknown = sum(not each.is_known for each in declared)
    has = "has" if len(declared) == 1 else "have"
    told = (
        f"On {in_words(question.on)}, {complete} of {counted(len(declared), 'area')} with a declaration {has} a "
        "signature of every kind of body that should sign"
    )
    return f"{told}; of {unknown} not all signatures are recorded." if unknown else f"{told}."


REPORT = Report(
    name="signatories",
    title="Signatory matrix",
    told="Which kinds of body have signed in each area, which have not, and of which nothing is recorded.",
    answer=answer,
    may_read=anybody_with_a_role,
    takes=frozenset({"region", "partnership", "organisation", "status"}),
    of_members=True,
)
