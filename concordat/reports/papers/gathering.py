"""All that a board's paper is made of, gathered at once: a fixed number of queries, however many actions there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from actionplans.agenda import Proposal
from actionplans.work import Work
from concordat.area.declared import Declared, declared_on
from concordat.area.promises import Asking, asked_for
from concordat.reports.kept import SHAPE, UnreadableError, answer_of
from concordat.reports.models import FrozenLine, FrozenReport
from concordat.reports.papers import facts, since
from concordat.reports.papers.facts import Measured, Meetings, Plans, Said
from concordat.reports.papers.since import Before
from concordat.reports.questions import Question
from signatories.models import BoardMeeting, Declaration, Partnership

REPORT = "board"


@dataclass(frozen=True)
class Gathered:
    """The facts of one paper. Of each action by the id of that on which is reported (`facts.key_of`)."""

    partnership: Partnership
    meetings: Meetings
    plans: Plans
    works: tuple[Work, ...]
    proposals: Mapping[int, Proposal]
    said: Mapping[int, Said]
    measured: Mapping[int, list[Measured]]
    left_out: Mapping[int, str]
    opened: date | None
    before: Before
    since_given: bool  # whether that day was asked for
    revised: tuple[str, ...]  # the numbers of the last paper that the records give otherwise by now
    declarations: tuple[Declared, ...]
    askings: tuple[Asking, ...]

    @property
    def on(self) -> date:
        return self.plans.on

    @property
    def no_update(self) -> int:
        """Of how many open actions no update was provided."""
        return sum(work.lacks_update for work in self.works)


def gathered(question: Question) -> Gathered:
    """What a paper on that day is made of; the partnership is in the question.

    18 queries, and one more where a paper was frozen before. Raises BoardMeeting.DoesNotExist for a meeting that is
    not about the partnership.
    """
    partnership = question.partnership
    assert partnership is not None  # noqa: S101 - the report needs one
    meetings = facts.meetings_for(question, partnership)
    plans = facts.plans_on(partnership, question.on)
    before, revised = _before(question, partnership, meetings.meeting)
    keys = {facts.key_of(action) for action in plans.actions}
    own = {action.id for action in plans.actions if action.mirrors is None} | before.actions.keys()
    waiting = facts.waiting_on(keys & own, question.on)
    opened = facts.asked_since(partnership, question.on)
    declarations = Declaration.objects.live_on(question.on).filter(partnership=partnership)
    return Gathered(
        partnership=partnership,
        meetings=meetings,
        plans=plans,
        works=tuple(facts.works_on(partnership, plans, waiting, opened)),
        proposals=facts.proposals_in(waiting),
        said=facts.said_on(keys | before.actions.keys(), own, question.on),
        measured=facts.measured_on(keys, question.on),
        left_out=facts.left_out_of(plans),
        opened=opened,
        before=before,
        since_given=question.since_given,
        revised=revised,
        declarations=declared_on(
            list(declarations.values_list("pk", flat=True)), {}, partnership.programme, question.on
        ),
        askings=asked_for([partnership.pk], question.on),
    )


def _before(
    question: Question, partnership: Partnership, meeting: BoardMeeting | None
) -> tuple[Before, tuple[str, ...]]:
    """How things stood when the board last read of them; by its last paper, unless another day is asked for."""
    paper = None if question.since_given else last_paper(partnership, meeting, question.on)
    records = since.by_records(facts.plans_on(partnership, paper.on if paper else question.since))
    return (paper, tuple(since.differing(paper, records))) if paper else (records, ())


def last_paper(partnership: Partnership, meeting: BoardMeeting | None, on: date) -> Before | None:
    """The last paper that was frozen before the day for an earlier meeting of the same board; of any board, where none
    is planned. One that the board never read is none: its meeting was cancelled, or is after this one. Two queries.
    """
    rows = FrozenReport.objects.before(partnership, REPORT, on, meeting.held_on if meeting else on)
    rows = rows.filter(shape=SHAPE).select_related("meeting__board")
    if meeting is not None:
        rows = rows.filter(meeting__board=meeting.board_id)
    frozen = rows.first()
    if frozen is None:
        return None
    lines = FrozenLine.objects.filter(frozen=frozen).order_by("number").values_list("told", flat=True)
    try:
        return since.by_paper(answer_of(lines), str(frozen.meeting))
    except (UnreadableError, KeyError):
        return None
