"""What the page of an action and its form in place have in common: the form, and what stands around it."""

from datetime import date
from typing import Any

from actionplans.models import Action, ProgressUpdate
from actionplans.services import evidence, reports
from actionplans.services.evidence import EvidenceError
from concordat.limits import too_many_files
from concordat.sentences import in_words
from concordat.workspace.differing import saved_last
from concordat.workspace.forms import ReportForm, chosen, filled

LAST_REPORTS = 12


def report_form(action: Action, on: date, *sent: Any, auto_id: str = "id_%s") -> ReportForm:
    """The form, as it is at first or as it was `sent` (what was typed, and the files). Three queries."""
    current = reports.in_hand(action.pk)
    # Those that anybody may know of: what a draft of the plan holds is not for its owners to see.
    others = Action.objects.published_by(on).filter(plan=action.plan_id).exclude(pk=action.pk).order_by("id")
    last = ProgressUpdate.objects.accepted().filter(action=action, until_on__isnull=True).first()
    initial = filled(current, last)
    initial |= {"version": current.version if current else None}
    if current and sent and sent[0] is not None:
        sent = (chosen(sent[0], current), *sent[1:])
    return ReportForm(*sent, initial=initial, action=action, others=others, on=on, auto_id=auto_id)


def save(request: Any, action: Action, form: ReportForm, *, on: date, now: Any) -> None:
    """Save what a form without errors says. Raises as `save_with_evidence` does."""
    proof = form.proof()
    if proof and proof.file and (sentence := too_many_files(request.user)):
        raise EvidenceError(sentence)
    given = {"version": form.cleaned_data["version"], "hand_in": form.hands_in}
    evidence.save_with_evidence(action, form.answer(), proof, **given, by=request.user, on=on, now=now)


def whose_draft(report: ProgressUpdate, person: Any) -> str:
    """Whose draft somebody finds who may report on the action; empty for their own and for what is no draft."""
    if report.state != ProgressUpdate.State.DRAFT:
        return ""
    last = saved_last(report, person)
    day, author = in_words(report.reported_on), report.author
    if author is None or last.who in (str(author), "The program"):
        return "" if author == person else f"Draft by {author or 'somebody'}, {day}"
    if author == person:
        return "" if last.is_own else f"Your draft, last saved by {last.who}, {day}"
    return f"Draft begun by {author}, last saved by {'you' if last.is_own else last.who}, {day}"


def around(action: Action, person: Any) -> dict[str, Any]:
    """What was reported, whose draft is in hand, and what the form asks for therefore. Three queries at most."""
    told = list(
        ProgressUpdate.objects.accepted()
        .filter(action=action)
        .select_related("author", "accepted_by")
        .order_by("-reported_on", "-pk")[: LAST_REPORTS + 1]
    )
    report = reports.in_hand(action.pk)
    return {
        "action": action,
        "report": report,
        "whose_draft": whose_draft(report, person) if report else "",
        "last": told[:LAST_REPORTS],
        "has_more": len(told) > LAST_REPORTS,
        "asks_why": reports.asks_why(told),
        "was_completed": bool(told) and told[0].status == "completed",
        "may_say_no_change": bool(told) and told[0].status not in ("completed", "merged", "not_going_ahead"),
        "is_saved_as_typed": report is None or report.state != ProgressUpdate.State.SUBMITTED,
    }
