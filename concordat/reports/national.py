"""The national status return: every area on the day, a row each, with what its partnership has promised and done."""

from collections.abc import Sequence
from dataclasses import dataclass

from actionplans.states import Delivery
from concordat.national import SignUpStatus
from concordat.picture import AreaOnDay, picture
from concordat.reports.questions import Question
from concordat.reports.report import Report, anybody_with_a_role
from concordat.reports.shapes import Answer, Column, Kind, column, filled
from signatories.models import Programme

SIGN_UP = {each.value: each.value.capitalize() for each in SignUpStatus if each is not SignUpStatus.GREY}


@dataclass(frozen=True, slots=True)
class Row:
    """One area."""

    area: AreaOnDay


COLUMNS: Sequence[Column[Row]] = (
    column("region", "Region", lambda row: row.area.region, "One of the nine regions of England."),
    column("name", "Area", lambda row: row.area.name, "The upper-tier area, by its name on the day."),
    column("code", "Code", lambda row: row.area.code, "The GSS code that the area has on the day."),
    column(
        "signup",
        "Signing up",
        lambda row: row.area.sign_up.status.value,
        "Red: no declaration recorded. Amber: declaration made. Green: action plan published.",
        Kind.CHOICE,
        SIGN_UP,
    ),
    column(
        "signup_since",
        "Since",
        lambda row: row.area.since,
        "The day from which the area has that status.",
        Kind.DAY,
    ),
    column(
        "delivery",
        "Delivery",
        lambda row: row.area.delivery.value if row.area.delivery else None,
        "How the plans are being delivered, the worst of those of the area; empty where no actions are recorded.",
        Kind.CHOICE,
        dict(Delivery.choices),
    ),
    column("total", "Actions", lambda row: row.area.actions.total, "Without those merged into others.", Kind.NUMBER),
)


def answer(question: Question) -> Answer:
    """The return on that day. Raises Programme.DoesNotExist where nothing is loaded."""
    found = picture(question.on, Programme.objects.earliest("id"))
    rows = [Row(area) for area in found.areas if _fits(area, question)]
    return Answer(
        REPORT.name,
        REPORT.title,
        question.on,
        (filled("areas", "Areas", COLUMNS, rows),),
        since=question.since,
        about=question.about,
    )


def _fits(area: AreaOnDay, question: Question) -> bool:
    statuses = (area.sign_up.status.value, area.delivery.value if area.delivery else "")
    return (
        question.region in ("", area.region)
        and question.status in ("", *statuses)
        and (question.partnership is None or question.partnership.slug in area.partnerships)
    )


REPORT = Report(
    name="national",
    title="National status return",
    told="Every area on one day: how it has signed up, how its plan is delivered, and the numbers behind both.",
    answer=answer,
    may_read=anybody_with_a_role,
    takes=frozenset({"since", "region", "partnership", "status"}),
    has_pdf=True,
)
