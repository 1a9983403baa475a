"""How often one link may be followed and answered by; and giving back what was typed where that is too often."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from concordat.limits import origin, too_often
from concordat.link.forms import FORMS, UnchangedForm
from concordat.link.standing import Kind

WITHIN = 15 * 60  # seconds
FROM_ALL = 10  # times as much as from one address


def is_too_much(request: Any, link_id: int) -> bool:
    """Count one more request by that link: no address shuts the others out, and none does so for answers by reading.

    Programs that follow links in mails come from many addresses. What one address may not do any more is not counted
    for all. No query.
    """
    what = "link-answers" if request.method == "POST" else "link"
    most = settings.LINK_REQUESTS
    return too_often(what, f"{link_id}:{origin(request)}", at_most=most, seconds=WITHIN) or too_often(
        f"{what}-of-all", str(link_id), at_most=most * FROM_ALL, seconds=WITHIN
    )


def too_many(request: Any) -> HttpResponse:
    """A page that says so."""
    return _waiting(render(request, "429.html", status=429))


def not_sent(request: Any, kind: str) -> HttpResponse:
    """A page that says so to who answers by a link that opens. What was sent stands on it and is sent again from there:
    no query, and nothing is lost.
    """
    context = {"sent": list(request.POST.lists()), "typed": list(_typed(request.POST, kind))}
    return _waiting(render(request, "link/too_many.html", context, status=429))


def _waiting(response: HttpResponse) -> HttpResponse:
    response.headers["Retry-After"] = str(WITHIN)
    return response


def _typed(sent: Any, kind: str) -> Iterator[tuple[str, str]]:
    """What was filled in, as it can be read: the question, and the answer."""
    form: Any = {**FORMS, Kind.NO_CHANGE: UnchangedForm}.get(kind)  # type: ignore[call-overload] # texts are kinds
    for name, field in form.base_fields.items() if form else ():
        said = field.widget.value_from_datadict(sent, {}, name)
        text = " ".join(filter(None, said)) if isinstance(said, list) else said
        if text and not field.widget.is_hidden:
            yield field.label, dict(getattr(field, "choices", ())).get(text, text)
