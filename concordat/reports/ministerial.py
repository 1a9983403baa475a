"""One page for a minister: how many areas stand how, what moved, who lags the longest, and what is done.

Nothing here is counted by a rule of its own: the figures are those of the national return, of the areas that lag, of
the history of the map, and of the sections.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from actionplans.facts import action_groups_by
from concordat import national
from concordat.asked import FIRST
from concordat.facts import national_facts
from concordat.kernel.dates import add_months_by_ends
from concordat.palette import LENSES
from concordat.picture import AreaOnDay, existing_on, thresholds_of
from concordat.reports.courses import SIGN_UP, Counts, course
from concordat.reports.drawing.areas import stacked
from concordat.reports.drawing.svg import Named
from concordat.reports.lagging import REPORT as ALL_THAT_LAG
from concordat.reports.national import BETTER, MOVES, WORSE, delivery_move, sign_up_move, summary
from concordat.reports.numbers import percent, share
from concordat.reports.pictured import LENS, by_region, maps, status_of
from concordat.reports.questions import Question
from concordat.reports.regions import NAMES, SHARE_TOLD, regions_table, shares_table
from concordat.reports.report import Report, national_only
from concordat.reports.returns import Return, Row, national_return
from concordat.reports.selection import asked_for, caveats
from concordat.reports.shapes import Answer, Column, Kind, Picture, Table, column, filled
from concordat.reports.themes import OfSection, of_sections
from concordat.sentences import counted, in_words
from concordat.watching import Lagging, lagging_areas
from signatories.models import Programme

LONGEST = 10  # of the areas that lag
QUARTERS, MONTHS = 8, 3  # how many quarters back the trend goes


@dataclass(frozen=True, slots=True)
class OfStatus:
    """A status: how many of the areas have it, and how many had it on the earlier day."""

    status: str
    areas: int
    of: int
    before: int


@dataclass(frozen=True, slots=True)
class Mover:
    """An area that moved in one of the lenses since the earlier day."""

    area: AreaOnDay
    lens: str
    was: str
    now: str
    move: str


def _statuses(lens: str) -> Sequence[Column[OfStatus]]:
    told = "Areas that have it on the day."
    return (
        column("status", LENS[lens], lambda row: row.status, "The status.", Kind.CHOICE, NAMES[lens]),
        column("areas", "Areas", lambda row: row.areas, told, Kind.NUMBER),
        column("percent", "Share", lambda row: share(row.areas, row.of), SHARE_TOLD, Kind.PERCENT),
        column("before", "Was", lambda row: row.before, "Areas that had it on the earlier day.", Kind.NUMBER),
        column("change", "Change", lambda row: row.areas - row.before, "Since the earlier day.", Kind.CHANGE),
    )


def _in_trend(status: str) -> Column[Counts]:
    name = NAMES["signup"][status]
    told = f"Areas that stand at “{name.lower()}”."
    return column(status, name, lambda row: row.sign_up[status], told, Kind.NUMBER)


TREND: Sequence[Column[Counts]] = (
    column("on", "On", lambda row: row.on, "The day of the report, and the same day of earlier quarters.", Kind.DAY),
    *(_in_trend(status) for status in SIGN_UP),
)
MOVERS: Sequence[Column[Mover]] = (
    column("name", "Area", lambda row: row.area.name, "The upper-tier area, by its name of today."),
    column("lens", "In", lambda row: row.lens, "In which of the two.", Kind.CHOICE, LENS),
    column("was", "From", lambda row: NAMES[row.lens][row.was], "How it stood on the earlier day."),
    column("now", "To", lambda row: NAMES[row.lens][row.now], "How it stands on the day."),
    column("move", "Moved", lambda row: row.move, "Since the earlier day.", Kind.CHOICE, MOVES),
)
LAGGING: Sequence[Column[Lagging]] = (
    column("name", "Area", lambda row: row.area.name, "The upper-tier area, by its name of today."),
    column("days", "Days", lambda row: row.findings[0].days, "For how many days it has been listed.", Kind.NUMBER),
    column("rule", "Why", lambda row: row.findings[0].rule.words, "The rule by which it has been listed the longest."),
    column("why", "In words", lambda row: row.findings[0].sentence, "What the rule found.", Kind.LONG_TEXT),
)
SECTIONS: Sequence[Column[OfSection]] = (
    column("section", "Section", lambda row: row.section.code if row.section else None, "Of the plan template."),
    column("name", "About", lambda row: row.section.title if row.section else "Other actions", "Its title."),
    column("total", "Actions", lambda row: row.tally.total, "Actions, each once, without merged ones.", Kind.NUMBER),
    column("done", "Done", lambda row: row.tally.done, "Completed, or business as usual now.", Kind.NUMBER),
    column(
        "percent",
        "Complete",
        lambda row: percent(row.tally.done, row.tally.total),
        "Done, of all; rounded down.",
        Kind.PERCENT,
    ),
    column("overdue", "Overdue", lambda row: row.tally.overdue, "Open actions overdue in public.", Kind.NUMBER),
)


def answer(question: Question) -> Answer:
    """The page on that day. A fixed number of queries. Raises Programme.DoesNotExist where nothing is loaded."""
    programme = Programme.objects.earliest("id")
    facts = national_facts(programme)
    found = national_return(question, programme, facts)
    sections, trend = _sections(programme, found, question), _trend(facts, question)
    drawn, credit = maps(found.picture, found.areas, tuple(LENS), tuple(LENS))
    tables = (
        *(filled(lens, LENS[lens], _statuses(lens), _of_statuses(found, lens, question)) for lens in LENS),
        filled("trend", "Signing up over two years", TREND, trend),
        filled("sections", "Actions by section", SECTIONS, sections),
        _movers_table(found, question),
        regions_table(found.areas),
        shares_table(found.areas),
        _lagging_table(_lagging(programme, facts, found, question)),
    )
    return Answer(
        REPORT.name,
        REPORT.title,
        question.on,
        tables,
        since=question.compared_with,
        about=question.about,
        summary=(*summary(found, question), _delivering(sections, question)),
        notes=(*caveats(question.on, programme.complete_to, is_reported=True), *credit),
        pictures=(*drawn, *_pictures(found, trend, question)),
    )


def _of_statuses(found: Return, lens: str, question: Question) -> list[OfStatus]:
    """How many areas of each day stood how: areas that ended between the two were among those of the earlier day."""
    now = Counter(status_of(area, lens) for area in found.areas)
    before = Counter(status_of(area, lens) for area in asked_for(found.earlier.areas, question))
    return [OfStatus(status, now[status], len(found.rows), before[status]) for status in LENSES[lens]]


def _trend(facts: national.Facts, question: Question) -> list[Counts]:
    """The day and the same day of the quarters before, of a month's end each month's end; oldest first."""
    days = [add_months_by_ends(question.on, -MONTHS * back) for back in range(QUARTERS, -1, -1)]
    return [_on(facts, question.region, day) for day in days if day >= FIRST]


def _on(facts: national.Facts, region: str, day: date) -> Counts:
    """How the areas had signed up on that day, by the rule of the map; of delivery nothing."""
    areas = [area for area, _ in existing_on(facts, day) if region in ("", area.region)]
    return Counts(day, Counter(national.sign_up(facts, area.id, day).status.value for area in areas), Counter())


def _sections(programme: Programme, found: Return, question: Question) -> list[OfSection]:
    groups = action_groups_by("section_id", question.on, thresholds_of(programme))
    plans = frozenset(plan for row in found.rows for plan in row.area.sign_up.plans)
    return of_sections(programme, groups, plans)


def _movers_table(found: Return, question: Question) -> Table:
    movers = sorted(_movers(found.rows), key=lambda each: (each.lens != "signup", each.move != WORSE, each.area.name))
    told = f"Areas that stand otherwise than on {in_words(question.since)}."
    return filled("movers", "Moved since", MOVERS, movers, told)


def _movers(rows: Iterable[Row]) -> Iterator[Mover]:
    judges: dict[str, Callable[[Row], str | None]] = {"signup": sign_up_move, "delivery": delivery_move}
    for row in rows:
        for lens, judged in judges.items():
            move = judged(row)
            if row.before is not None and move in (BETTER, WORSE):
                yield Mover(row.area, lens, status_of(row.before, lens), status_of(row.area, lens), str(move))


def _lagging(programme: Programme, facts: national.Facts, found: Return, question: Question) -> list[Lagging]:
    """Those of the areas that lag, the longest first. 12 queries."""
    wanted = {row.area.slug for row in found.rows}
    ids = [area.id for area, _ in existing_on(facts, question.on) if area.slug in wanted]
    return lagging_areas(question.on, programme, ids, facts)


def _lagging_table(lagging: Sequence[Lagging]) -> Table:
    told = _of_the_longest(lagging)
    table = filled("lagging", "Lagging the longest", LAGGING, lagging[:LONGEST], told)
    return replace(table, whole=ALL_THAT_LAG.name) if told else table


def _of_the_longest(lagging: Sequence[Lagging]) -> str:
    """How many more there are, and that those left out lag no less where the last that is shown ties with them."""
    if len(lagging) <= LONGEST:
        return ""
    last = lagging[LONGEST - 1].days
    told = f"The first {LONGEST} of {len(lagging):,}; “{ALL_THAT_LAG.title}” has all."
    if not last or lagging[LONGEST].days < last:
        return told
    equal = [each.days for each in lagging].count(last)
    shown = [each.days for each in lagging[:LONGEST]].count(last)
    return (
        f"{told} {equal} are equally long on the list, for {counted(last, 'day')}: {shown} of them are here, by name."
    )


def _delivering(sections: Sequence[OfSection], question: Question) -> str:
    total, done = sum(each.tally.total for each in sections), sum(each.tally.done for each in sections)
    overdue = sum(each.tally.overdue for each in sections)
    if not total:
        return f"No actions are recorded on {in_words(question.on)}."
    return f"{done:,} of {counted(total, 'action')} {'is' if total == 1 else 'are'} done, {overdue:,} overdue."


def _pictures(found: Return, trend: Sequence[Counts], question: Question) -> Iterator[Picture]:
    last = trend[-1].sign_up
    told = f"On {in_words(question.on)}: {last['green']} green, {last['amber']} amber, {last['red']} red."
    named = Named("trend-signup", f"Signing up, quarter by quarter since {in_words(trend[0].on)}", told)
    svg = stacked(named, "signup", course("", trend, "signup"), question.on)
    yield Picture(named.key, named.title, svg, told, "trend")
    for lens in LENS:
        yield by_region(found.areas, lens, "regions")


REPORT = Report(
    name="ministerial",
    title="Ministerial summary",
    told="One page: how many areas stand how, what moved, which lag the longest and why, and how much is done.",
    answer=answer,
    may_read=national_only,
    takes=frozenset({"since", "region"}),
    has_pdf=True,
)
