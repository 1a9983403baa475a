"""What somebody had typed when their session ended: kept in the browser's next session, for that person alone."""

from collections.abc import Callable
from typing import Any

from django.contrib.sessions.models import Session
from django.core import signing
from django.http import HttpRequest, QueryDict

SALT = "concordat.accounts.typed"
SESSION_KEY = "typed"
LONGEST = 200_000  # of what was sent, as it is encoded


def who(person: Any) -> str:
    """A mark for a form, from which we know later who had opened it."""
    return signing.dumps(person.pk, salt=SALT)


def keep(request: HttpRequest) -> bool:
    """Keep what was sent to this address by somebody who is signed in no more; only with the mark of a person.

    Of somebody who is signed in (and has to show a second factor, or sent an old form) only what has their own mark.
    Gives whether it was kept.
    """
    if request.method != "POST":
        return False
    sent, person = request.POST.urlencode(), _person(request.POST.get("who", ""))
    if person is None or len(sent) > LONGEST or request.user.pk not in (None, person):
        return False
    request.session[SESSION_KEY] = {"path": request.path, "who": request.POST["who"], "sent": sent}
    return True


def kept(request: HttpRequest) -> QueryDict | None:
    """What this person had typed at this address before they signed in again; once. Another person's is thrown away.

    Where there is something, the page says so (`was_kept`, see context.py).
    """
    typed = request.session.get(SESSION_KEY)
    if typed is None or typed["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    if _person(typed["who"]) != request.user.pk:
        return None
    request.was_kept = True  # type: ignore[attr-defined] # for the page
    return QueryDict(typed["sent"])


def sent_or_kept(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: what is sent now, or else what was kept of this person at this address."""
    return request.POST if request.method == "POST" else kept(request)


def _person(mark: str) -> int | None:
    try:
        number: int = signing.loads(mark, salt=SALT)
    except signing.BadSignature:
        return None
    return number


def forget(holds: Callable[[str], bool]) -> int:
    """Throw away what is kept for anybody where one of the texts typed is such; gives how many there were."""
    thrown = 0
    for session in Session.objects.iterator():
        data = session.get_decoded()
        if SESSION_KEY not in data:
            continue
        sent = QueryDict(data[SESSION_KEY]["sent"])
        if any(holds(text) for _, texts in sent.lists() for text in texts):
            del data[SESSION_KEY]
            session.session_data = Session.objects.encode(data)
            session.save(update_fields=["session_data"])
            thrown += 1
    return thrown
