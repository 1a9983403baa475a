"""The national status return: every area on the day, a row each, with what its partnership has promised and done."""

from collections.abc import Iterator, Sequence
from datetime import date

from actionplans.states import Delivery
from areas.models import Kind as Authority
from concordat.kernel.sources import Precision
from concordat.palette import LENSES, NONE
from concordat.reports.numbers import numbers
from concordat.reports.pictured import LENS, by_region, maps
from concordat.reports.questions import STATUSES, Question
from concordat.reports.regions import regions_table, slips_table
from concordat.reports.report import Report, anybody_with_a_role
from concordat.reports.returns import Return, Row, national_return
from concordat.reports.selection import BETWEEN, SIGN_UP, SIGN_UP_TOLD, caveats
from concordat.reports.shapes import Answer, Column, Kind, Shown, column, filled, paper_has
from concordat.reports.signing import Standing
from concordat.sentences import counted, in_words
from signatories.models import Programme

PRECISIONS = {Precision.DAY.value: "On that day", Precision.BY.value: "By that day"}
BETTER, WORSE, SAME, NEW = "better", "worse", "same", "new"
MOVES = {BETTER: "Better", WORSE: "Worse", SAME: "The same", NEW: "New area"}


def answer(question: Question) -> Answer:
    """The return on that day. Raises Programme.DoesNotExist where nothing is loaded."""
    programme = Programme.objects.earliest("id")
    found = national_return(question, programme)
    slips, slipping = slips_table(found.slips)
    drawn, credit = maps(found.picture, found.areas, tuple(LENS), ("areas", "areas"))
    return Answer(
        REPORT.name,
        REPORT.title,
        question.on,
        (filled("areas", "Areas", COLUMNS, found.rows, _told(found, question)), regions_table(found.areas), slips),
        since=question.compared_with,
        about=question.about,
        summary=tuple(summary(found, question)),
        notes=(*caveats(question.on, programme.complete_to, is_reported=True), *credit),
        pictures=(
            *drawn,
            *(by_region(found.areas, lens, "regions") for lens in LENS),
            slipping,
        ),
    )


def _told(found: Return, question: Question) -> str:
    compared = f" It is compared with {in_words(question.since)}." if question.compares else ""
    return f"One row for each area that exists on the day.{compared}{_shared(found)}"


def _shared(found: Return) -> str:
    """Why the rows come to more actions than there are, where they do."""
    if sum(row.actions.total for row in found.rows) == found.actions.total:
        return ""
    actions, overdue = counted(found.actions.total, "action"), found.actions.overdue
    return f" An action that several areas share is in the row of each. Counted once: {actions}, {overdue:,} overdue."


def summary(found: Return, question: Question) -> Iterator[str]:
    """How many areas have come how far, and how many moved in either lens. Where there are none: that alone."""
    yield _come_so_far(found, question)
    if found.rows and question.compares:
        signing = _moved("signing up", [sign_up_move(row) for row in found.rows])
        delivering = _moved("delivery", [delivery_move(row) for row in found.rows])
        yield f"Since {in_words(question.since)}: {signing}; {delivering}."


def _come_so_far(found: Return, question: Question) -> str:
    """Of areas that were chosen by their status this alone: how far those have come is no news."""
    day, areas = in_words(question.on), counted(len(found.rows), "area")
    if not found.rows:
        return f"No area to tell of on {day}."
    if question.status:
        stand = "stands" if len(found.rows) == 1 else "stand"
        return f"{areas} {stand} at “{STATUSES[question.status].lower()}” on {day}."
    statuses = [row.area.sign_up.status.value for row in found.rows]
    declared, planned = len(statuses) - statuses.count("red"), statuses.count("green")
    return f"{declared} of {areas} at least amber on {day}, {planned} of them green."


def _moved(lens: str, moves: Sequence[str | None]) -> str:
    came, fell = moves.count(BETTER), moves.count(WORSE)
    return f"{came} better, {fell} worse in {lens}" if came or fell else f"no area moved in {lens}"


def sign_up_move(row: Row) -> str:
    """Whether an area has signed up further than on the earlier day."""
    if row.before is None:
        return NEW
    was, now = row.before.sign_up.status.rank, row.area.sign_up.status.rank
    return SAME if was == now else BETTER if now > was else WORSE


def delivery_move(row: Row) -> str | None:
    """Whether its plans are delivered better than on the earlier day; None where one of the two days says nothing.

    To fall silent is no improvement, whatever was said before.
    """
    if row.before is None:
        return NEW
    was, now = row.before.delivery, row.area.delivery
    if was is None or now is None:
        return None
    order = list(Delivery)
    if was is now:
        return SAME
    return WORSE if now is Delivery.NO_RECENT_UPDATE or order.index(now) < order.index(was) else BETTER


def flags(row: Row) -> list[str]:
    """What is missing or doubtful in the records of the area, in words."""
    found = {
        "no partnership": not row.working,
        "no coordinator": bool(row.working) and row.contacts.are_kept and not row.contacts.is_coordinated,
        "day of declaration not exact": row.declared is not None and row.declared.precision == Precision.BY,
        "signatures not fully recorded": row.declared is not None and not row.signing.is_known,
        "core signatures missing": bool(row.signing.of(Standing.MISSING, Standing.LAPSED)),
        "plan out of date": row.area.sign_up.out_of_date,
        "no actions recorded": row.plan is not None and row.area.delivery is None,
    }
    return [name for name, is_so in found.items() if is_so]


def _day(key: str, name: str, told: str) -> Column[Row]:
    """A day of the plan that is named."""

    def of(row: Row) -> date | None:
        day: date | None = getattr(row.plan, key) if row.plan else None
        return day

    return column(f"plan_{key.removesuffix('_on')}", name, of, told, Kind.DAY)


AREA: Sequence[Column[Row]] = (
    column("region", "Region", lambda row: row.area.region, "One of the nine regions of England."),
    column("name", "Area", lambda row: row.area.name, "The upper-tier area, by its name of today."),
    column("code", "Code", lambda row: row.area.code, "The GSS code that the area has on the day."),
    column(
        "slug",
        "Address",
        lambda row: row.area.slug,
        "The area in the addresses of this site; it never changes.",
        shown=Shown.TO_PROGRAMS,
    ),
    column(
        "kind",
        "Kind",
        lambda row: row.area.kind,
        "The kind of authority that the area is on the day.",
        Kind.CHOICE,
        dict(Authority.choices),
    ),
    column(
        "partnership",
        "Partnership",
        lambda row: BETWEEN.join(each.name for each in row.working) or None,
        "Who works for it on the day; whom to contact comes first.",
    ),
    column(
        "shared_with",
        "Shared with",
        lambda row: row.working[0].other_areas if row.working else None,
        "How many other areas the first partnership works for.",
        Kind.NUMBER,
    ),
)

SIGNING: Sequence[Column[Row]] = (
    column("signup", "Signing up", lambda row: row.area.sign_up.status.value, SIGN_UP_TOLD, Kind.CHOICE, SIGN_UP),
    column("signup_since", "Since", lambda row: row.area.since, "From when the area stands so.", Kind.DAY),
    column(
        "signup_since_precision",
        "Since, how exact",
        lambda row: row.area.since_precision,
        "Whether it came to stand so on that day, or by that day at the latest.",
        Kind.CHOICE,
        PRECISIONS,
    ),
    column("signup_reason", "Why", lambda row: row.area.sign_up.reason, "The rule that gives the area its status."),
    column(
        "signup_before",
        "Signing up before",
        lambda row: row.before.sign_up.status.value if row.before else None,
        "How the area stood on the earlier day; empty where it did not exist then.",
        Kind.CHOICE,
        SIGN_UP,
    ),
    column("signup_change", "Change in signing up", sign_up_move, "Since the earlier day.", Kind.CHOICE, MOVES),
    column(
        "declared",
        "Declaration published",
        lambda row: row.declared.published_on if row.declared else None,
        "The day on which its declaration was published; of several, the latest for the whole area.",
        Kind.DAY,
    ),
    column(
        "declared_precision",
        "Declaration, how exact",
        lambda row: row.declared.precision if row.declared else None,
        "Whether it was published on that day, or by that day at the latest.",
        Kind.CHOICE,
        PRECISIONS,
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
    column(
        "core_missing",
        "Core types missing",
        lambda row: BETWEEN.join(row.signing.of(Standing.MISSING, Standing.LAPSED)) or None,
        "Kinds of body that should sign and have not, or not any more; only where all signatures are recorded.",
    ),
)

PLANNING: Sequence[Column[Row]] = (
    column("plans", "Plans", lambda row: len(row.plans), "Plans in force that count for the area.", Kind.NUMBER),
    column(
        "plan",
        "Plan",
        lambda row: row.plan.title if row.plan else None,
        "The plan for the whole area; of several, the one published last.",
    ),
    column("plan_version", "Version", lambda row: row.plan.label if row.plan else None, "The version in force of it."),
    _day("published_on", "Plan published", "The day on which that version was published."),
    _day("period_ends_on", "Period ends", "The last day of the plan’s period."),
    _day("next_review_on", "Next review", "The day of the next review that the plan names."),
)

_NUMBERS: Sequence[Column[Row]] = numbers(lambda row: row.actions)

DELIVERING: Sequence[Column[Row]] = (
    column(
        "delivery",
        "Delivery",
        lambda row: row.area.delivery.value if row.area.delivery else None,
        "How the plans are being delivered, the worst of those of the area; for programs empty where no actions are "
        "recorded.",
        Kind.CHOICE,
        dict(Delivery.choices),
        none=LENSES["delivery"][NONE].name,
    ),
    column(
        "delivery_before",
        "Delivery before",
        lambda row: row.before.delivery.value if row.before and row.before.delivery else None,
        "How they were being delivered on the earlier day.",
        Kind.CHOICE,
        dict(Delivery.choices),
    ),
    column(
        "delivery_change",
        "Change in delivery",
        delivery_move,
        "Since the earlier day; empty where one of the two days says nothing.",
        Kind.CHOICE,
        MOVES,
    ),
    *_NUMBERS,
    column(
        "oldest_overdue",
        "Oldest overdue (days)",
        lambda row: (row.on - row.oldest_due).days if row.oldest_due else None,
        "Days since the due day of the action that has been overdue the longest.",
        Kind.NUMBER,
    ),
    column("moved", "Dates moved", lambda row: row.moved, "Actions whose due day was moved.", Kind.NUMBER),
    column(
        "median_slip",
        "Median slip (days)",
        lambda row: row.slip,
        "Of those: by how many days the due day now lies after the first one, the middle one of all.",
        Kind.NUMBER,
    ),
    column("last_update", "Last update", lambda row: row.actions.last_update, "The last accepted report.", Kind.DAY),
    column(
        "days_since_update",
        "Days since",
        lambda row: (row.on - row.actions.last_update).days if row.actions.last_update else None,
        "Days since the last accepted report.",
        Kind.NUMBER,
    ),
)

WATCHING: Sequence[Column[Row]] = (
    column(
        "board",
        "Board",
        lambda row: BETWEEN.join(dict.fromkeys(board for each in row.working for board in each.boards)) or None,
        "The boards that oversee its partnerships.",
    ),
    column(
        "last_meeting",
        "Last board meeting",
        lambda row: max((each.last_meeting for each in row.working if each.last_meeting), default=None),
        "The last day on which one of them met.",
        Kind.DAY,
    ),
    column(
        "last_report",
        "Last board paper",
        lambda row: max((each.last_report for each in row.working if each.last_report), default=None),
        "The day of the last paper that was frozen for one of them, by the day.",
        Kind.DAY,
    ),
    column(
        "coordinator",
        "Coordinator in post",
        lambda row: row.contacts.is_coordinated if row.contacts.are_kept else None,
        "Whether one of its partnerships has a coordinator; empty before roles were kept here.",
        Kind.YES_NO,
    ),
    column(
        "flags",
        "Data quality",
        lambda row: BETWEEN.join(flags(row)) or None,
        "What is missing or doubtful in the records of the area; of single actions, see the report on data quality.",
    ),
    column(
        "note",
        "Note",
        lambda row: (row.working[0].note or None) if row.working else None,
        "The public note of the first partnership.",
        Kind.LONG_TEXT,
    ),
)

# What a board can read on a few sheets; the spreadsheets have every column.
ON_PAPER = (
    *("region", "name", "partnership", "signup", "signup_since", "signup_change"),
    *("delivery", "delivery_change", "total", "percent_done", "overdue", "last_update"),
)
COLUMNS: Sequence[Column[Row]] = paper_has(ON_PAPER, (*AREA, *SIGNING, *PLANNING, *DELIVERING, *WATCHING))

REPORT = Report(
    name="national",
    title="National status return",
    told="Every area on one day: how it has signed up, how its plan is delivered, and the numbers behind both.",
    answer=answer,
    may_read=anybody_with_a_role,
    takes=frozenset({"since", "region", "partnership", "organisation", "status"}),
    of_members=True,
    has_pdf=True,
)
