"""The answers for programs, under /api/v1/: JSON for anybody, the same facts as the pages."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from concordat.answers import history_answer, status_answer
from concordat.asked import asked_of
from concordat.caching import public_page
from concordat.errors import problem
from concordat.kernel.dates import today
from concordat.picture import picture
from concordat.timelines import timelines
from signatories.models import Programme

COMPACT = {"separators": (",", ":"), "ensure_ascii": False}


@public_page("on")
def status(request: HttpRequest) -> HttpResponse:
    """How every area stands on the day asked for (`?on=`), or today: the same answer as `manage.py status --json`."""
    asked = asked_of(request)
    if asked.refusal:
        return problem(400, "This date makes no sense", asked.refusal)
    programme = Programme.objects.order_by("id").first()
    if programme is None:
        return problem(503, "Nothing is recorded here yet", "An administrator loads the areas and the history first.")
    return JsonResponse(status_answer(picture(asked.on, programme)), json_dumps_params=COMPACT)


@public_page()
def history(request: HttpRequest) -> HttpResponse:
    """Every change of both statuses of every area since the programme began, until today."""
    programme = Programme.objects.order_by("id").first()
    if programme is None:
        return problem(503, "Nothing is recorded here yet", "An administrator loads the areas and the history first.")
    now = today()
    return JsonResponse(history_answer(timelines(programme, now), programme, now), json_dumps_params=COMPACT)
