"""What every dated page of a single thing shares: the day asked for, and how the answer is given."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from concordat.asked import Asked
from concordat.kernel.periods import Dated
from concordat.sentences import in_words
from signatories.models import Programme
from signatories.models.declaration import Published, Standing


def dated_page(
    request: HttpRequest, template: str, asked: Asked, programme: Programme | None, **context: Any
) -> HttpResponse:
    """The page as of the day asked for; status 400 where that made no sense (then it is as of today)."""
    shared = {
        "asked": asked,
        "on": asked.on,
        "today": asked.today,
        "complete_to": programme.complete_to if programme else None,
    }
    return render(request, template, {**shared, **context}, status=asked.status_code)


def horizon(asked: Asked) -> date:
    """The last day whose publications have pages: today, or a later day that was asked for."""
    return max(asked.on, asked.today)


def standing_sentence(document: Published, on: date) -> str:
    """What became of a published document by that day; empty while it is in force."""
    standing = document.standing_on(on)
    if standing == Standing.WITHDRAWN and document.withdrawn_on:
        return f"Withdrawn on {in_words(document.withdrawn_on)}. Reason: {document.withdrawn_reason}"
    if standing == Standing.REPLACED and document.superseded_on:
        return f"Replaced on {in_words(document.superseded_on)}."
    if standing == Standing.NOT_YET and document.published_on:
        return f"Not yet published on {in_words(on)}."
    return ""


def day_within(thing: Dated, on: date) -> date:
    """The day, or the last day of what has ended by then: that is how its page shows it."""
    return thing.last_day if thing.last_day and thing.last_day < on else on


def life_sentence(thing: Dated, name: str, on: date) -> str:
    """A sentence where the thing has ended by the day, or has not begun; else empty."""
    if thing.last_day and thing.last_day < on:
        return f"{name} has ended. Its last day was {in_words(thing.last_day)}."
    if thing.from_on and on < thing.from_on:
        return f"{name} did not exist on {in_words(on)}. It began on {in_words(thing.from_on)}."
    return ""
