"""The areas that lag on a day: why, for how long, who was last spoken to, and what comes next. For national staff."""

from collections.abc import Sequence
from dataclasses import dataclass

from concordat.facts import national_facts
from concordat.lagging import WORDS
from concordat.national import Code
from concordat.picture import existing_on, picture
from concordat.reports.questions import Question
from concordat.reports.report import Report, national_only
from concordat.reports.selection import BETWEEN, SIGN_UP, SIGN_UP_TOLD, asked_for, caveats
from concordat.reports.shapes import Answer, Column, Kind, Shown, Value, column, filled
from concordat.sentences import are, counted, in_words
from concordat.watching import Lagging, lagging_areas
from signatories.models import ContactEntry, Programme

RULES = {rule.value: words for rule, words in WORDS.items()}


@dataclass(frozen=True, slots=True)
class Row:
    """An area that lags, with the code that it has on the day."""

    lagging: Lagging
    code: Code


COLUMNS: Sequence[Column[Row]] = (
    column("region", "Region", lambda row: row.lagging.area.region, "One of the nine regions of England."),
    column("name", "Area", lambda row: row.lagging.area.name, "The upper-tier area, by its name of today."),
    column("code", "Code", lambda row: row.code.code, "The GSS code that the area has on the day."),
    column(
        *("slug", "Address", lambda row: row.lagging.area.slug, "The area in the addresses of this site."),
        shown=Shown.TO_PROGRAMS,
    ),
    column(
        "partnership",
        "Partnership",
        lambda row: BETWEEN.join(row.lagging.partnerships) or None,
        "Who works for it on the day; whom to contact comes first.",
    ),
    column("signup", "Signing up", lambda row: row.lagging.sign_up.status.value, SIGN_UP_TOLD, Kind.CHOICE, SIGN_UP),
    column(
        "rule",
        "Why listed",
        lambda row: row.lagging.findings[0].rule.value,
        "The rule by which it has been listed the longest.",
        Kind.CHOICE,
        RULES,
    ),
    column("why", "In words", lambda row: row.lagging.findings[0].sentence, "What the rule found.", Kind.LONG_TEXT),
    column("since", "Since", lambda row: row.lagging.findings[0].since, "The first day on which it held.", Kind.DAY),
    column(
        "days",
        "Days",
        lambda row: row.lagging.findings[0].days,
        "For how many days it has held, the first one included; empty where nobody knows.",
        Kind.NUMBER,
    ),
    column(
        "also",
        "Listed also for",
        lambda row: BETWEEN.join(_also(row.lagging)) or None,
        "The other rules that list it, each with its days.",
        Kind.LONG_TEXT,
    ),
    column("last_contact", "Last contact", lambda row: _contact(row, "spoken_on"), "From the contact log.", Kind.DAY),
    column("contact", "Who", lambda row: _contact(row, "whom"), "With whom: a role or an office."),
    column(
        "contact_how",
        "How",
        lambda row: _contact(row, "how"),
        "By which way.",
        Kind.CHOICE,
        dict(ContactEntry.How.choices),
    ),
    column(
        "next_step",
        "Next step",
        lambda row: row.lagging.next_step.next_step if row.lagging.next_step else None,
        "The open step that is due first.",
        Kind.LONG_TEXT,
    ),
    column(
        "next_due",
        "Due",
        lambda row: row.lagging.next_step.next_due_on if row.lagging.next_step else None,
        "When that step is due; empty where no day was set.",
        Kind.DAY,
    ),
)


def answer(question: Question) -> Answer:
    """The areas that lag, the longest first. 19 queries. Raises Programme.DoesNotExist where nothing is loaded."""
    programme = Programme.objects.earliest("id")
    facts = national_facts(programme)
    wanted = {area.slug for area in asked_for(picture(question.on, programme, facts=facts).areas, question)}
    coded = existing_on(facts, question.on)
    codes = {area.id: code for area, code in coded}
    ids = [area.id for area, _ in coded if area.slug in wanted]
    rows = [Row(each, codes[each.area.id]) for each in lagging_areas(question.on, programme, ids, facts)]
    told = f"{are(len(rows)).capitalize()} on the list of areas that lag, of {counted(len(ids), 'area')}."
    return Answer(
        REPORT.name,
        REPORT.title,
        question.on,
        (filled("areas", "Areas that lag", COLUMNS, rows, f"On {in_words(question.on)}, the longest first."),),
        about=question.about,
        summary=(told,),
        notes=caveats(question.on, programme.complete_to),
    )


def _also(lagging: Lagging) -> list[str]:
    return [f"{each.rule.words} {each.length}".strip() for each in lagging.findings[1:]]


def _contact(row: Row, name: str) -> Value:
    told: Value = getattr(row.lagging.last_contact, name, None)
    return told


REPORT = Report(
    name="lagging",
    title="Areas that lag",
    told="Every area that is behind on a day, the longest first: why, for how long, and what was last agreed with it.",
    answer=answer,
    may_read=national_only,
    takes=frozenset({"region", "partnership", "organisation", "status"}),
    of_members=True,
)
