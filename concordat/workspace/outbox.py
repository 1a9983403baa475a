"""What went, and what did not: the digests of the partnerships that somebody looks after, and what to do about one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actionplans.chasing.behind import titles_of
from actionplans.chasing.policy import Rule
from actionplans.chasing.preview import without_keys
from actionplans.chasing.reasons import name_of
from actionplans.chasing.sending import MOST_TRIES
from concordat.accounts.gate import SignedInRequest, signed_in
from concordat.handing import hand_to_worker
from concordat.kernel.administration.history import changes_of
from concordat.look.fields import PublishedText
from concordat.look.forms import GovukForm
from concordat.tasks import mail_message
from concordat.workspace.chased import named, sees
from concordat.workspace.chasing import UNSETTLED, looks_after, partnership_of
from concordat.workspace.filling import Filling
from concordat.workspace.telling import in_plain_words
from signatories.access import Access
from signatories.models import Message, Notice
from signatories.models.mailed import MailState
from signatories.outbox.notices import let_wait, never_taken
from signatories.services import mailing
from signatories.services.errors import FasterError

PER_PAGE = 50
AGAIN = (
    f"No mail server took {{emails}}, though each was tried {MOST_TRIES} times in over four days. "
    "What still holds of it goes with people’s next email, perhaps today, and never within seven days of their last."
)
NONE_LEFT = "None was left: all were sent or put back already."
LEFT, ARRIVED = "It is left as it is.", "It is noted that it arrived."
PUT_BACK = "What still holds of it goes with their next email."
SENT_AGAIN = "It is sent again, on a working day between 9am and 6pm, under the same Message-ID."
SETTLED_BY_OTHERS = "Somebody else has settled it meanwhile."
STATES: Mapping[str, tuple[str, tuple[MailState, ...]]] = {
    "look": ("To be looked at: perhaps sent, or given up", UNSETTLED),
    "sending": ("Being sent", (MailState.CLAIMED, MailState.MAILING)),
    "failed": ("Refused for now, tried again", (MailState.FAILED,)),
    "waiting": ("Planned, not sent yet", (MailState.RECEIVED,)),
    "sent": ("Sent", (MailState.MAILED,)),
    "dropped": ("Done with: nothing was left in it, or it was put back or left", (MailState.DROPPED,)),
}
WORDS = {state: name for name, states in STATES.values() for state in states} | {
    MailState.UNCERTAIN: "Perhaps sent: it stopped half-way",
    MailState.GIVEN_UP: "Not delivered, and not tried again",
}
TAGS = {
    MailState.MAILED: "green",
    MailState.FAILED: "yellow",
    MailState.UNCERTAIN: "red",
    MailState.GIVEN_UP: "red",
    MailState.CLAIMED: "blue",
    MailState.MAILING: "blue",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One digest in the list: to whom as the viewer calls them, its state in words, and how much of it they see."""

    message: Message
    reader: str
    state: str
    tag: str
    seen: int
    left_out: int


@require_safe
@signed_in
def message_list(request: SignedInRequest) -> HttpResponse:
    """The digests, the latest first; `?state=` one of STATES, `?partnership=` one of those looked after.

    Administrators are told of those that no mail server took.
    """
    looks_after(request.access)
    rows = Message.objects.visible_to(request.access).select_related("recipient")
    state, slug = request.GET.get("state", ""), request.GET.get("partnership", "")
    partnership = partnership_of(request, slug) if slug else None
    if partnership:
        rows = rows.filter(pk__in=Notice.objects.filter(partnership=partnership).values("message"))
    if state in STATES:
        rows = rows.filter(mail_state__in=STATES[state][1])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _rows(page, request.access),
        "states": [(key, name) for key, (name, _) in STATES.items()],
        "state": state if state in STATES else "",
        "partnership": partnership,
        "never_taken": never_taken(MOST_TRIES).count() if request.access.is_administrator else 0,
    }
    return render(request, "workspace/chasing_messages.html", context)


def _rows(page: Iterable[Message], access: Access) -> list[Row]:
    """The digests of a page, with how many remarks each carries. One query."""
    shown, carried = list(page), defaultdict(list)
    for notice in Notice.objects.filter(message__in=shown):
        carried[notice.message_id].append(notice)
    found = []
    for message in shown:
        notices, state = carried[message.pk], MailState(message.mail_state)
        seen = sum(map(sees(access), notices))
        reader = named(message.recipient, access)
        found.append(Row(message, reader, WORDS[state], TAGS.get(state, "grey"), seen, len(notices) - seen))
    return found


class AgainForm(GovukForm):
    """Why what no mail server took is said again."""

    why = PublishedText(
        label="Why can it go now?",
        help_text="For example: the mail server has worked again since Tuesday. It is kept with each email.",
        at_most=400,
        required=True,
        error_messages={"required": "Say why it can go now."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def again_page(request: SignedInRequest) -> HttpResponse:
    """All digests at once that no mail server took, as after a long outage: what they said waits for the next ones."""
    if not request.access.is_administrator:
        raise PermissionDenied
    back = reverse("workspace-chasing-messages")

    def step(form: Any) -> str:
        count = let_wait(never_taken(MOST_TRIES), by=request.user, why=form.cleaned_data["why"])
        told = f"What was in {count} email{'' if count == 1 else 's'} goes with people’s next email."
        messages.success(request, told if count else NONE_LEFT)
        return back

    count = never_taken(MOST_TRIES).count()
    return Filling(
        make=lambda sent: AgainForm(sent),
        step=step,
        context={
            "title": "Send again what no mail server took",
            "caption": "Chasing",
            "about": AGAIN.format(emails=f"{count} email{'' if count == 1 else 's'}") if count else NONE_LEFT,
            "button": "Put it into people’s next email",
            "back": back,
        },
    ).answer(request)


class SettleForm(GovukForm):
    """Why a digest is sent again, or left as it is."""

    why = PublishedText(
        label="How do you know?",
        help_text="For example: I phoned, and nothing had come. It is kept with the email.",
        at_most=400,
        required=True,
        error_messages={"required": "Say how you know."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def message_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One digest: what became of it, and what it said. POST settles it: `then=again`, or `then=left`."""
    looks_after(request.access)
    visible = Message.objects.visible_to(request.access).select_related("recipient")
    message: Message = get_object_or_404(visible, pk=pk)

    def step(form: Any) -> str:
        return _settle(request, message, form.cleaned_data["why"])

    return Filling(
        make=lambda sent: SettleForm(sent),
        step=step,
        template="workspace/chasing_message.html",
        context=_context(request, message),
    ).answer(request)


def _settle(request: SignedInRequest, message: Message, why: str) -> str:
    """Do what was chosen, and give the page to show then: the list, since what was dropped has no page for everybody.

    Raises FasterError if somebody else has settled it.
    """
    settle, sentence = _ways(message)[request.POST.get("then") != "left"]
    if not settle(by=request.user, why=why):
        raise FasterError(SETTLED_BY_OTHERS)
    messages.success(request, sentence)
    return reverse("workspace-chasing-messages")


def _ways(message: Message) -> tuple[tuple[Callable[..., Any], str], tuple[Callable[..., Any], str]]:
    """What leaving a digest comes to, and what saying it again: with the sentence that tells of it."""
    if message.mail_state == MailState.GIVEN_UP:
        digest = Message.objects.filter(pk=message.pk)
        return (partial(mailing.set_aside, Message, message.pk), LEFT), (partial(let_wait, digest), PUT_BACK)
    return (partial(mailing.settle, Message, message.pk), ARRIVED), (partial(_send_again, message.pk), SENT_AGAIN)


def _send_again(message_id: int, *, by: Any, why: str) -> bool:
    def have_it_mailed() -> None:  # no partial: Django asks what failed for its name
        hand_to_worker(mail_message, message_id)

    transaction.on_commit(have_it_mailed, robust=True)
    return mailing.send_again(Message, message_id, by=by, now=timezone.now(), why=why)


def _context(request: SignedInRequest, message: Message) -> dict[str, Any]:
    rows = list(message.notices.select_related("partnership"))
    own = list(filter(sees(request.access), rows))
    titles = titles_of(own)
    state = MailState(message.mail_state)
    changes = changes_of(message, ())
    return {
        "message": message,
        "reader": named(message.recipient, request.access),
        "state": WORDS[state],
        "tag": TAGS.get(state, "grey"),
        "rows": [(name_of(Rule(row.rule)), titles.get((row.subject_type, row.subject_id), ""), row) for row in own],
        "left_out": len(rows) - len(own),
        "text": without_keys(message.text) if len(own) == len(rows) else "",
        "is_unsettled": state in UNSETTLED,
        "is_uncertain": state == MailState.UNCERTAIN,
        "told": in_plain_words(changes, message),
    }
