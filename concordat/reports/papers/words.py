"""What a board's paper says in sentences: what it is for, what the board is asked, what a reader must know. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from actionplans.agenda import leads_of
from actionplans.models import ActionLead
from actionplans.progress import Lateness, Tally
from actionplans.reading import ActionOnDay
from actionplans.states import Confidence
from actionplans.work import Work
from concordat.reports.papers.gathering import Gathered
from concordat.reports.papers.since import Changed, Completed
from concordat.sentences import REPORTED, are, counted, in_words, last_update_sentence, listed, numbers_in_words

NO_UPDATE = "No update provided."
NAMED = 12  # so many references are named in a sentence; of more it says how many
LED_BY = (ActionLead.Role.LEAD, ActionLead.Role.JOINT, ActionLead.Role.ALL)


def led_by(action: ActionOnDay) -> str | None:
    """Who leads it, the accountable one first; None where nobody is named."""
    return listed(dict.fromkeys(lead.name for lead in action.leads if lead.role in LED_BY)) or None


def working_with(action: ActionOnDay) -> str | None:
    """Who works on it besides."""
    return listed(lead.name for lead in action.leads if lead.role not in LED_BY) or None


def reasons(work: Work, on: date) -> list[str]:
    """Why an open action is an exception, in words; empty if it is none."""
    action, found = work.action, []
    if work.is_late and action.due_on:
        late = f"Overdue by {counted((on - action.due_on).days, 'day')}"
        found.append(f"National must-do, {late[:1].lower()}{late[1:]}" if is_long_overdue(work) else late)
    if action.is_open and action.confidence == Confidence.OFF_TRACK:
        found.append("Off track")
    if work.lacks_update:
        found.append(NO_UPDATE.removesuffix("."))
    return found


def is_long_overdue(work: Work) -> bool:
    """Whether it is a national must-do that is overdue for long (docs/rules.md, Delivery status)."""
    return work.action.must_do and work.action.is_open and work.action.lateness == Lateness.LONG_OVERDUE


def latest(work: Work) -> str | None:
    """What was last said of an action; where an update lacks, that first."""
    action = work.action
    if action.last_update is None:
        return NO_UPDATE if work.lacks_update else None
    told = action.last_text or "No words were given."
    return f"{NO_UPDATE} On {in_words(action.last_update)}: {told}" if work.lacks_update else told


def last_heard(work: Work) -> str | None:
    """What was last said of an exception, of which another column says that an update lacks; with its day then."""
    action = work.action
    if action.last_update is None:
        return "Nothing was ever reported." if work.lacks_update else None
    told = action.last_text or "No words were given."
    return f"On {in_words(action.last_update)}: {told}" if work.lacks_update else told


def exceptions_in(works: Iterable[Work], on: date) -> list[Work]:
    """Open actions that are overdue, off track or without an update, the most urgent first."""
    found = [work for work in works if reasons(work, on)]
    return sorted(
        found,
        key=lambda work: (
            not is_long_overdue(work),
            not work.is_late,
            work.action.confidence != Confidence.OFF_TRACK,
            work.action.due_on or date.max,
        ),
    )


def purpose(gathered: Gathered) -> str:
    """What the paper is for."""
    meeting = gathered.meetings.meeting
    stands = f"how the partnership {gathered.partnership} carries out what it promised, as at {in_words(gathered.on)}"
    if meeting is None:
        return f"This paper tells {stands}. No meeting of a board is planned."
    board = f"the {meeting.board}" if not str(meeting.board).lower().startswith("the ") else str(meeting.board)
    if gathered.meetings.is_past:
        return f"The meeting of {board} on {in_words(meeting.held_on)} is past. This paper tells {stands}."
    return f"This paper tells {board}, for its meeting on {in_words(meeting.held_on)}, {stands}."


def standing(gathered: Gathered) -> Iterator[str]:
    """How each plan in force stands: its status, its numbers, when it was last heard of.

    What is overdue is counted as the exceptions are, from the day after its due day on; then how many are in public.
    """
    if not gathered.plans.live:
        yield "No action plan of the partnership is in force on this day."
    for plan in gathered.plans.live:
        status = f"{plan.status.label}. " if plan.status else ""
        told = numbers_in_words(replace(plan.numbers, overdue=plan.numbers.past_due))
        sentences = [f"{told[:1].upper()}{told[1:]}", *_in_public(plan.numbers), last_update_sentence(plan.numbers)]
        yield f"“{plan.version}”: {status}{' '.join(sentences)}"


def _in_public(numbers: Tally) -> Iterator[str]:
    """How many are overdue in public, where that is not the number that is told here."""
    if numbers.overdue != numbers.past_due:
        yield f"In public {are(numbers.overdue)} overdue so far."


def asked_of_the_board(
    gathered: Gathered, exceptions: Sequence[Work], completed: Sequence[Completed], changed: Sequence[Changed]
) -> list[str]:
    """What the board is asked to do, each a sentence: note, endorse, agree new dates, ask an organisation to attend."""
    asked = [_to_note(gathered, exceptions)]
    if completed or changed:
        done = [f"{counted(len(completed), 'action')} as completed"] if completed else []
        told = counted(len(changed), "change")
        other = (
            [f"{told} of what stands in the plan (new, dropped, merged, left out, taken up again)"] if changed else []
        )
        asked.append(f"Endorse {listed(done + other)} since {in_words(gathered.before.on)}.")
    if gathered.proposals:
        names = [action for action in gathered.plans.actions if action.id in gathered.proposals]
        dates = counted(len(names), "revised date")
        asked.append(f"Agree, or change, {dates} asked for: {_names(names)}.")
    return [*asked, *_to_attend(exceptions)]


def _to_note(gathered: Gathered, exceptions: Sequence[Work]) -> str:
    numbers = gathered.plans.numbers
    done = f"{numbers.done} of {counted(numbers.total, 'action')} {'is' if numbers.total == 1 else 'are'} done"
    if not exceptions:
        return f"Note that {done}, and that none is overdue, off track or without an update."
    return f"Note that {done}, and the {counted(len(exceptions), 'exception')} listed below."


def _to_attend(exceptions: Iterable[Work]) -> Iterator[str]:
    """Organisations that leave the board without an answer on what is red, or a must-do overdue for long."""
    found: dict[str, list[ActionOnDay]] = {}
    for work in exceptions:
        is_red = work.is_late or work.action.confidence == Confidence.OFF_TRACK
        if is_long_overdue(work) or (is_red and work.lacks_update):
            for lead in leads_of(work.action):
                found.setdefault(lead, []).append(work.action)
    for lead, actions in sorted(found.items()):
        yield f"Ask {lead} to attend, or to answer in writing, for {_names(actions)}."


def _names(actions: Sequence[ActionOnDay]) -> str:
    """The references of actions; of one without, the beginning of its text."""
    names = [action.reference or f"“{action.text[:60]}{'…' if len(action.text) > 60 else ''}”" for action in actions]
    more = len(names) - NAMED
    return listed(names) if more <= 0 else f"{', '.join(names[:NAMED])} and {more} more"


def _no_paper(gathered: Gathered) -> str:
    """Why it is not compared with a paper."""
    if gathered.since_given:
        return "that day was asked for"
    which = "no paper for an earlier meeting of this board" if gathered.meetings.meeting else "no paper"
    return f"{which} was frozen before {in_words(gathered.on)}"


def of_the_numbers(gathered: Gathered) -> str:
    """What is to know of the table of numbers."""
    told = f"Each action once. Last time: {in_words(gathered.before.on)}."
    if "no_update" in gathered.before.numbers:
        return told
    return f"{told} How many had no update then is not known: a frozen paper alone tells it."


def notes(gathered: Gathered) -> Iterator[str]:
    """What a reader must know of the figures."""
    before, meeting = gathered.before, gathered.meetings.meeting
    if meeting and gathered.meetings.is_past:
        day = in_words(meeting.held_on)
        yield f"The meeting is past. For what it read choose its day, {day}, or open the paper that was frozen for it."
    if before.paper:
        yield f"“Last time” is the paper frozen as at {in_words(before.on)} ({before.paper}), as it was printed."
    else:
        made = "as it was recorded when this paper was made"
        yield f"“Last time” is {in_words(before.on)}, {made}: {_no_paper(gathered)}."
    if gathered.revised:
        yield f"Records of {in_words(before.on)} have been completed since. {'; '.join(gathered.revised)}."
    if gathered.opened:
        asked = f"since {in_words(gathered.opened)}, when updates were asked for"
        yield f"“No update provided”: nothing was handed in {asked}, or for longer than the partnership’s rhythm."
    else:
        yield "“No update provided”: nothing was handed in for longer than the partnership’s rhythm of updates."
    late = gathered.partnership.programme.overdue_after_working_days
    yield f"An action is overdue here from the day after its due day; in public from the {late}th working day on."
    yield "“Help needed” is the partnership’s own note and is not public: take it out before this paper is published."
    yield REPORTED
    complete_to = gathered.partnership.programme.complete_to
    if complete_to and gathered.on > complete_to:
        day = in_words(complete_to)
        yield f"The records are complete to {day}. After that day, “none recorded” does not mean that there was none."
