"""One way to fill in a form of the workspace: nothing typed is lost, whoever was faster and however long it took."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from concordat.accounts import typed
from concordat.look.forms import GovukForm
from concordat.workspace.differing import Difference, differing, with_version
from signatories.services.errors import FasterError, NotAllowedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A form and what becomes of it.

    `make` builds it from what was sent (None: nothing yet) and from the rows as they are. `step` does what was asked
    for, and gives the address to go to. `renew` reads the rows again and gives their version. `beside` names the field
    next to which a refusal of that kind is told.
    """

    make: Callable[[Any], GovukForm]
    step: Callable[[GovukForm], str]
    renew: Callable[[], int] = lambda: 1
    beside: Mapping[type[NotAllowedError], str] = field(default_factory=dict)
    template: str = "workspace/form.html"
    context: Mapping[str, Any] = field(default_factory=dict)

    def answer(self, request: Any) -> HttpResponse:
        """Show the form, or take what was sent: 400 with a sentence beside each fault, 409 with both where somebody
        was faster.
        """
        if request.method != "POST":
            sent = typed.kept(request)
            return self._show(request, self.make(sent), was_kept=sent is not None)
        form = self.make(request.POST)
        if not form.is_valid():
            return self._show(request, form, 400)
        try:
            return HttpResponseRedirect(self.step(form))
        except FasterError as error:
            return self._beside(request, error)
        except NotAllowedError as error:
            form.add_error(self.beside.get(type(error)), str(error))
            return self._show(request, form, 400)

    def _beside(self, request: Any, error: NotAllowedError) -> HttpResponse:
        yours = self.make(with_version(request.POST, self.renew()))
        yours.add_error(None, f"{error} What you typed is still here, and not saved.")
        return self._show(request, yours, 409, differences=differing(yours, self.make(None)))

    def _show(
        self,
        request: Any,
        form: GovukForm,
        status: int = 200,
        *,
        was_kept: bool = False,
        differences: list[Difference] | None = None,
    ) -> HttpResponse:
        context = {
            "form": form,
            "address": request.path,
            "who": typed.who(request.user),
            "was_kept": was_kept,
            "was_faster": status == 409,
            "differences": differences,
            **self.context,
        }
        return render(request, self.template, context, status=status)
