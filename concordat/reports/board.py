"""The paper that a board takes on one partnership: what is red and why, the numbers, what it is asked to decide."""

from collections.abc import Iterator, Sequence

from actionplans.work import Work
from concordat.reports.papers import columns, since, words
from concordat.reports.papers.columns import Asked, Indicator, Line, Number, Promise, Signature
from concordat.reports.papers.facts import key_of
from concordat.reports.papers.gathering import REPORT as NAME
from concordat.reports.papers.gathering import Gathered, gathered
from concordat.reports.questions import Question
from concordat.reports.report import Report, readers_of_the_partnership
from concordat.reports.shapes import Answer, Table, filled
from concordat.sentences import counted, in_words, listed


def answer(question: Question) -> Answer:
    """The paper for the meeting asked for, or for the next one.

    Raises BoardMeeting.DoesNotExist for a meeting that is not about the partnership.
    """
    found = gathered(question)
    exceptions = words.exceptions_in(found.works, found.on)
    completed = since.completed_since(found.plans, found.before, found.said)
    changed = since.changed_since(found.plans, found.before, found.said, found.left_out)
    meeting = found.meetings.meeting
    return Answer(
        name=REPORT.name,
        title=REPORT.title,
        on=found.on,
        since=found.before.on,
        about=f"{found.partnership}; {meeting}" if meeting else str(found.partnership),
        summary=(
            words.purpose(found),
            *words.standing(found),
            *_asked_for(found, exceptions, completed, changed),
        ),
        notes=tuple(words.notes(found)),
        tables=tuple(_tables(found, exceptions, completed, changed)),
    )


def _asked_for(
    found: Gathered,
    exceptions: Sequence[Work],
    completed: Sequence[since.Completed],
    changed: Sequence[since.Changed],
) -> Iterator[str]:
    """What the board is asked, as a numbered list; nothing of a meeting that is past."""
    if not found.meetings.is_past:
        yield "The board is asked to:"
        asked = words.asked_of_the_board(found, exceptions, completed, changed)
        yield from (f"{number}. {sentence}" for number, sentence in enumerate(asked, 1))


def _tables(
    found: Gathered,
    exceptions: Sequence[Work],
    completed: Sequence[since.Completed],
    changed: Sequence[since.Changed],
) -> Iterator[Table]:
    day = in_words(found.before.on)
    told = "Open actions that are overdue, off track or without an update; the most urgent first."
    yield filled("exceptions", "Exceptions", columns.EXCEPTIONS, _lines(found, exceptions), told)
    yield filled(since.NUMBERS, "Numbers", columns.NUMBERS, _numbers(found), words.of_the_numbers(found))
    told = "Reports that wait and ask for another day. It holds once it is agreed."
    yield filled("date_changes", "Date changes to approve", columns.DATE_CHANGES, _asked(found), told)
    told = f"Since {day}."
    yield filled("completed", "Completed since last time", columns.COMPLETED, completed, told)
    yield filled("changed", "New or dropped actions", columns.CHANGED, changed, told)
    yield _measures(list(_indicators(found)))
    told = "What people said, and what became of the answers."
    yield filled("promises", "You said / We will", columns.PROMISES, _promises(found), told)
    yield filled("signatories", "Signatories", columns.SIGNATORIES, _signatures(found), _missing(found))
    yield _whole_plan(found)


def _measures(indicators: Sequence[Indicator]) -> Table:
    """The measures with their values; where there is no value at all, that is said once."""
    silent = sum(not each.measured for each in indicators)
    told = "What the plan measures, with what was last reported. Values are as the reports word them."
    if not indicators:
        told = "What the plan measures."
    elif silent == len(indicators):
        told = "What the plan measures. No value was reported for any of it."
    elif silent:
        told = f"{told} For {silent} of {len(indicators)} no value was reported."
    shown = columns.INDICATORS if silent < len(indicators) else columns.without_values()
    return filled("indicators", "Indicators", shown, indicators, told)


def _whole_plan(found: Gathered) -> Table:
    """The appendix. Its rows are what the next paper knows of this one."""
    several = len(found.plans.live) > 1
    of = "plans" if several else "plan"
    told = f"Appendix: all {counted(len(found.works), 'action')} of the {of} in force, in order."
    shown = columns.WHOLE_PLAN if several else columns.of_one_plan()
    return filled(since.PLAN, "The full plan", shown, _lines(found, found.works), told)


def _lines(found: Gathered, works: Sequence[Work]) -> Iterator[Line]:
    for work in works:
        said = found.said.get(key_of(work.action))
        yield Line(work, found.on, said.note if said else "", work.place.plan_title)


def _numbers(found: Gathered) -> Iterator[Number]:
    now = since.measures(found.plans.numbers, found.no_update)
    for name in since.MEASURES:
        yield Number(name, now.get(name), found.before.numbers.get(name))


def _asked(found: Gathered) -> Iterator[Asked]:
    for action in found.plans.actions:
        if proposal := found.proposals.get(key_of(action)):
            yield Asked(action, proposal)


def _indicators(found: Gathered) -> Iterator[Indicator]:
    for action in found.plans.actions:
        measured = found.measured.get(key_of(action), ())
        if measured or action.outcome_measure:
            yield Indicator(action, measured)


def _promises(found: Gathered) -> Iterator[Promise]:
    for asking in found.askings:
        for promised in asking.promises or (None,):
            yield Promise(asking, promised)


def _signatures(found: Gathered) -> Iterator[Signature]:
    for declared in found.declarations:
        for signed in declared.signatures:
            yield Signature(declared, signed)


def _missing(found: Gathered) -> str:
    """Which core signatories have not signed, where that can be said."""
    if not found.declarations:
        return "No declaration of the partnership itself is in force on this day."
    absent = [f"{listed(each.absent)} (“{each.title}”)" for each in found.declarations if each.absent]
    return f"Not signed: {'; '.join(absent)}." if absent else "Who signed the declaration in force."


REPORT = Report(
    name=NAME,
    title="Board paper",
    told="What a board takes on one partnership: exceptions, numbers, dates to agree, what was done, the whole plan.",
    answer=answer,
    may_read=readers_of_the_partnership,
    takes=frozenset({"since", "partnership", "meeting"}),
    needs="partnership",
    has_pdf=True,
    usual_since="the last paper that was frozen; else three months before the day",
)
