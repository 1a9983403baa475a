"""What a report's page is asked by: the day and what the report heeds, each with what was typed and what is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from actionplans.states import Delivery
from areas.models import Region
from concordat.asked import FIRST
from concordat.national import SignUpStatus
from concordat.reports.narrowing import at_work, taking_part
from concordat.reports.papers.facts import meetings_about
from concordat.reports.questions import EVERY_STATUS, ROWS, STATUSES, Question
from concordat.reports.report import Report, leads_of_the_organisation
from concordat.sentences import in_words
from signatories.access import Access
from signatories.models import BoardMeeting

LABELS = {
    "on": "Day",
    "since": "Compared with",
    "region": "Region",
    "partnership": "Partnership",
    "meeting": "Meeting",
    "organisation": "Organisation",
    "theme": "Theme",
    "status": "Status",
}
ALL = {
    "region": "All regions",
    "partnership": "All partnerships",
    "meeting": "The next one",
    "organisation": "All organisations",
    "theme": "All themes",
    "status": "All statuses",
}
DAYS = ("on", "since")
MEETINGS = 12  # so many are offered, the last ones first
MOST = 1000  # options in a list; where there are more, the name in the address is typed

Group = tuple[str, tuple[tuple[str, str], ...]]  # a heading, empty for none, and values with their names


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form. `groups`: what there is to choose from; none where something is typed."""

    name: str
    typed: str
    refusal: str = ""
    hint: str = ""
    is_day: bool = False
    groups: tuple[Group, ...] = ()
    empty: str = ""  # the words of the choice of all; empty where one must be chosen

    @property
    def label(self) -> str:
        return LABELS[self.name]

    @property
    def is_of_use(self) -> bool:
        """Whether there is something to type or to choose, or something wrong to put right."""
        return bool(self.is_day or self.hint or self.groups or self.typed or self.refusal)

    @property
    def described_by(self) -> str:
        """The ids of its hint and of what is wrong with it."""
        ids = [f"{self.name}-hint"] * bool(self.hint) + [f"{self.name}-error"] * bool(self.refusal)
        return " ".join(ids)


@dataclass(frozen=True, slots=True)
class Asking:
    """The form of a report's page, for the page and for the summary of what is wrong."""

    fields: tuple[Field, ...]
    refused: Mapping[str, str]

    @property
    def errors(self) -> Mapping[str, str]:
        """For the title of the page."""
        return self.refused

    @property
    def error_links(self) -> Iterator[tuple[str, str]]:
        """Each fault with the address of its field; of what has no field here, the sentence alone."""
        names = {field.name for field in self.fields}
        return ((f"#{name}" if name in names else "", sentence) for name, sentence in self.refused.items())

    def offers(self, name: str) -> bool:
        """Whether there is anything to choose for that name."""
        return any(field.name == name and (field.groups or field.hint) for field in self.fields)


def asking_of(
    report: Report, question: Question, access: Access, typed: Mapping[str, Any], refused: Mapping[str, str]
) -> Asking:
    """The form with what was typed. A query for each kind of thing there is to choose from."""
    takes = report.takes | {report.needs, "on"} - ({"meeting"} if question.partnership is None else set())
    names = [name for name in LABELS if name in takes]
    fields = (_field(name, report, question, access, typed, refused.get(name, "")) for name in names)
    return Asking(tuple(each for each in fields if each.is_of_use), refused)


def told_in_words(asked: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """What each of these kept questions is about, by the labels of the form, without days. At most four queries."""
    told: list[dict[str, str]] = []
    names = {name: _names(name, asked) for name in (*ROWS, "meeting")}
    for each in asked:
        words = {name: names.get(name, EVERY_STATUS).get(text, text) for name, text in each.items()}
        told.append({label: words[name] for name, label in LABELS.items() if name in words and name not in DAYS})
    return told


def _names(name: str, asked: Sequence[Mapping[str, str]]) -> dict[str, str]:
    given = {each[name] for each in asked if each.get(name)}
    if not given:
        return {}
    if name == "meeting":
        return {str(each.pk): str(each) for each in BoardMeeting.objects.filter(pk__in=given).select_related("board")}
    return dict(ROWS[name].objects.filter(slug__in=given).values_list("slug", "name"))


def _field(
    name: str, report: Report, question: Question, access: Access, typed: Mapping[str, Any], refusal: str
) -> Field:
    text = str(typed.get(name) or "").strip()[:120]
    if name == "on":
        return Field(name, text if refusal else question.on.isoformat(), refusal, is_day=True)
    if name == "since":
        usual = report.usual_since or _usually(question, text)
        return Field(name, text, refusal, f"Left empty, {usual}.", is_day=True)
    groups = _groups(name, report, question, access)
    if groups is None:
        hint = f"The last part of the address of the {name}’s page, like “north-west-london”."
        return Field(name, text, refusal, hint)
    is_of_place = name in ("partnership", "organisation")
    nothing: dict[str, Any] = {name: None}
    may_read_all = is_of_place and name != report.needs and report.may_read(access, replace(question, **nothing))
    is_optional = not is_of_place or may_read_all
    return Field(name, text, refusal, groups=groups, empty=ALL[name] if is_optional else "")


def _usually(question: Question, text: str) -> str:
    """With what it is compared where nothing is typed; the very day where nothing is."""
    if text:
        return "three months before the day"
    name = "three months before the day" if question.since > FIRST else "the first day that can be asked about"
    return f"{name}: {in_words(question.since)}"


def _groups(name: str, report: Report, question: Question, access: Access) -> tuple[Group, ...] | None:
    """What can be chosen, those things alone of which the person may read the report; None where it is too many.

    Of organisations those of which it has something to tell; a person's own are few and are all offered.
    """
    if name == "region":
        return (("", tuple((each, each) for each in Region.values)),)
    if name == "status" and report.statuses is not STATUSES:
        return (("", tuple(report.statuses.items())),)
    if name == "status":
        signing = tuple((each.value, STATUSES[each.value]) for each in SignUpStatus if each.value in STATUSES)
        return ("Signing up", signing), ("Delivery", tuple(Delivery.choices))
    if name == "meeting":
        return (("", tuple(_meetings(question))),)
    rows = ROWS[name].objects.order_by("name", "slug").only("slug", "name")
    if name == "organisation" and (access.is_national or report.may_read is not leads_of_the_organisation):
        rows = rows.filter(taking_part(question) if report.of_members else at_work(question))
    readable = [row for row in rows if name == "theme" or report.may_read(access, _about(question, name, row))]
    if len(readable) > MOST:
        return None
    return (("", tuple((row.slug, row.name) for row in readable)),) if readable else ()


def _meetings(question: Question) -> Iterator[tuple[str, str]]:
    """Those of the boards that oversee the partnership asked for; the one that is chosen stays. At most two queries."""
    if question.partnership is None:
        return
    rows = meetings_about(question.partnership, question.on).order_by("-held_on", "pk")
    offered = list(rows[:MEETINGS])
    if question.meeting and question.meeting not in [each.pk for each in offered]:
        offered += rows.filter(pk=question.meeting)
    for each in offered:
        yield str(each.pk), str(each)


def _about(question: Question, name: str, row: Any) -> Question:
    kept = question.partnership if name == "organisation" else None
    return replace(question, **{"partnership": kept, "organisation": None, name: row})
