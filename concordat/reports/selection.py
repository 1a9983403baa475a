"""Which areas a question is about, and what a reader must know of the figures. Shared by the reports on areas."""

from collections.abc import Iterable
from datetime import date

from concordat.kernel.periods import holds_on
from concordat.national import SignUpStatus
from concordat.picture import AreaOnDay
from concordat.reports.questions import Question
from concordat.sentences import ALL_REPORTED, in_words
from signatories.models import PartnershipMember

SIGN_UP = {each.value: each.value.capitalize() for each in SignUpStatus if each is not SignUpStatus.GREY}
SIGN_UP_TOLD = "Red: no declaration recorded. Amber: declaration made. Green: action plan published."
TOLD_REMARKS = "Where the owner says on track and the due day has passed: that the two disagree."
# What separates several values in one cell.
BETWEEN = "; "


def asked_for(areas: Iterable[AreaOnDay], question: Question) -> list[AreaOnDay]:
    """Those of the areas that the question is about. One query where it names an organisation, else none."""
    taking_part = _partnerships_of(question)
    return [area for area in areas if fits(area, question, taking_part)]


def fits(area: AreaOnDay, question: Question, taking_part: frozenset[str] | None = None) -> bool:
    """Whether the question is about the area, as it stands on the day.

    `taking_part`: the partnerships (slugs) in which the organisation of the question takes part; None if it names none.
    """
    statuses = (area.sign_up.status.value, area.delivery.value if area.delivery else "")
    return (
        question.region in ("", area.region)
        and question.status in ("", *statuses)
        and (question.partnership is None or question.partnership.slug in area.partnerships)
        and (taking_part is None or not taking_part.isdisjoint(area.partnerships))
    )


def _partnerships_of(question: Question) -> frozenset[str] | None:
    if question.organisation is None:
        return None
    rows = PartnershipMember.objects.filter(holds_on(question.on), organisation=question.organisation)
    return frozenset(rows.values_list("partnership__slug", flat=True))


def caveats(on: date, complete_to: date | None, *, is_reported: bool = False) -> tuple[str, ...]:
    """What a reader must know of the figures of that day. `is_reported`: they rest on what partnerships report."""
    beyond = complete_to is not None and on > complete_to
    ends = (
        f"Records are complete to {in_words(complete_to or on)}. After that day “none recorded” does not mean “none”."
    )
    return (*((ends,) if beyond else ()), *((ALL_REPORTED,) if is_reported else ()))
