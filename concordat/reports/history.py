"""The history of the map: how many areas stood how, on each day on which that changed. For charting."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from concordat.palette import LENSES
from concordat.reports.courses import DELIVERY, SIGN_UP, Counts, counts, course
from concordat.reports.drawing.areas import small, stacked
from concordat.reports.drawing.svg import Named
from concordat.reports.questions import Question
from concordat.reports.report import Report, anybody_with_a_role
from concordat.reports.selection import caveats
from concordat.reports.shapes import Answer, Column, Kind, Picture, column, filled
from concordat.sentences import counted, in_words
from concordat.timelines import timelines
from signatories.models import Programme

ENGLAND = "England"


@dataclass(frozen=True, slots=True)
class Row:
    """A place on a day."""

    place: str
    counts: Counts


def _number(lens: str, status: str) -> Callable[[Row], int]:
    return lambda row: row.counts.of(lens)[status]


def _statuses(lens: str, statuses: Sequence[str], told: str) -> Iterator[Column[Row]]:
    for status in statuses:
        name = LENSES[lens][status].name
        yield column(status, name, _number(lens, status), f"{told} “{name.lower()}”.", Kind.NUMBER)


DAY: Column[Row] = column(
    "on", "From", lambda row: row.counts.on, "From this day on, until the day of the next row.", Kind.DAY
)
AREAS: Column[Row] = column("areas", "Areas", lambda row: row.counts.areas, "Areas that exist on the day.", Kind.NUMBER)
SIGNING = tuple(_statuses("signup", SIGN_UP, "Areas that stand in signing up at"))
DELIVERING = tuple(_statuses("delivery", DELIVERY, "Areas of which the delivery is"))
COLUMNS: Sequence[Column[Row]] = (DAY, AREAS, *SIGNING, *DELIVERING)
REGION: Column[Row] = column("region", "Region", lambda row: row.place, "One of the nine regions of England.")
BY_REGION: Sequence[Column[Row]] = (REGION, DAY, AREAS, *SIGNING)


def answer(question: Question) -> Answer:
    """The history until that day. 11 queries. Raises Programme.DoesNotExist where nothing is loaded."""
    programme = Programme.objects.earliest("id")
    all_ = timelines(programme, question.on)
    wanted = [each for each in all_ if question.region in ("", each.area.region)]
    rows = counts(wanted, question.on)
    of_region = {
        region: counts(own, question.on)
        for region, own in groupby(sorted(wanted, key=lambda each: each.area.region), key=lambda each: each.area.region)
    }
    place = question.region or ENGLAND
    regions = [Row(region, each) for region, own in of_region.items() for each in _changed(own)]
    return Answer(
        REPORT.name,
        REPORT.title,
        question.on,
        (
            filled("history", "Day by day", COLUMNS, [Row(place, each) for each in rows], TOLD),
            filled("regions", "Signing up, by region", BY_REGION, regions, TOLD),
        ),
        about=question.about,
        summary=(_summary(rows[-1], question),),
        notes=caveats(question.on, programme.complete_to, is_reported=True),
        pictures=tuple(_pictures(place, rows, of_region, question)),
        by="until",
    )


TOLD = "A row for each day on which a number changed, and one for the last day. Each holds until the next row."


def _changed(rows: Sequence[Counts]) -> Iterator[Counts]:
    """Those on which signing up changed, and the last one."""
    for place, row in enumerate(rows):
        if place in (0, len(rows) - 1) or row.sign_up != rows[place - 1].sign_up:
            yield row


def _summary(last: Counts, question: Question) -> str:
    at_least = last.areas - last.sign_up["red"]
    of = f"{at_least} of {counted(last.areas, 'area')} at least amber on {in_words(question.on)}"
    return f"{of}, {last.sign_up['green']} of them green."


def _pictures(
    place: str, rows: Sequence[Counts], of_region: Mapping[str, Sequence[Counts]], question: Question
) -> Iterator[Picture]:
    ends = in_words(question.on)
    for lens, title in (("signup", "Signing up"), ("delivery", "Delivery")):
        said = ", ".join(f"{rows[-1].of(lens)[status]} {paint.name.lower()}" for status, paint in LENSES[lens].items())
        named = Named(f"history-{lens}", f"{title}, {place}", f"Number of areas from 2014 on. On {ends}: {said}.")
        svg = stacked(named, lens, course(place, rows, lens), question.on)
        yield Picture(named.key, named.title, svg, named.told, "history")
    if of_region:
        green = ", ".join(
            f"{region} {own[-1].sign_up['green']} of {own[-1].areas}" for region, own in of_region.items()
        )
        named = Named("history-regions", "Signing up, by region", f"Areas that were green on {ends}: {green}.")
        courses = [course(region, own, "signup") for region, own in of_region.items()]
        yield Picture(named.key, named.title, small(named, "signup", courses, question.on), named.told, "regions")


REPORT = Report(
    name="history",
    title="History of the map",
    told="How many areas stood at which status, on each day since 2014 on which that changed.",
    answer=answer,
    may_read=anybody_with_a_role,
    takes=frozenset({"region"}),
)
