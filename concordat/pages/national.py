"""The front page: how every area stands on a day, as counts, map and table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from actionplans.states import Delivery
from areas.models import BoundaryEpoch, Region
from concordat import palette
from concordat.asked import FIRST, LAST, Asked, asked_of
from concordat.caching import public_page
from concordat.national import SignUpStatus
from concordat.picture import AreaOnDay, Picture, picture
from concordat.sentences import listed
from signatories.models import Programme

# How each sign-up status is said in words; the map's colour never stands alone.
WORDS = {
    SignUpStatus.RED: "no declaration recorded",
    SignUpStatus.AMBER: "declaration made",
    SignUpStatus.GREEN: "action plan published",
}
# How a count of areas is said that are delivering so: “5 with some delays”.
CLAUSES = {
    Delivery.OFF_TRACK: "off track",
    Delivery.NO_RECENT_UPDATE: "without a recent update",
    Delivery.SOME_DELAYS: "with some delays",
    Delivery.DELIVERED_IN_PART: "delivered in part",
    Delivery.NOT_STARTED: "not started",
    Delivery.ON_TRACK: "on track",
    Delivery.DELIVERED: "delivered",
}
# The two ways to look at the same areas; never in one colour.
LENSES = {"signup": "Signing up", "delivery": "Delivery"}
# Statuses from the worst to the best, as tables and lists are ordered.
LABELS = {
    "signup": {status.value: f"{status.value.capitalize()}: {words}" for status, words in WORDS.items()},
    "delivery": {**dict(Delivery.choices), "none": "No actions recorded"},
}
COLUMNS = {"name": "Area", "region": "Region", "signup": "Signing up", "delivery": "Delivery"}
# What the address may ask for, beside the day.
CHOICES: Mapping[str, Collection[str]] = {
    "lens": LENSES,
    "region": ["", *Region.values],
    "status": ["", *LABELS["signup"], *LABELS["delivery"]],
    "sort": [*COLUMNS, *(f"-{column}" for column in COLUMNS)],
}
USUAL = {"lens": "signup", "region": "", "status": "", "sort": "name"}
REFUSALS = {
    "lens": "“{}” is no way to see the map. Choose signing up or delivery.",
    "region": "“{}” is not a region of England. Choose one from the list.",
    "status": "“{}” is not a status. Choose one from the list.",
    "sort": "“{}” is not a column. Sort by area, region, signing up or delivery.",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the address asks for beside the day; whatever makes no sense is refused and left as usual."""

    lens: str = USUAL["lens"]
    region: str = USUAL["region"]
    status: str = USUAL["status"]
    sort: str = USUAL["sort"]
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def error_links(self) -> list[tuple[str, str]]:
        """Each refusal with the field that it is about, for the summary at the top of the page."""
        fields = {"sort": "areas", "lens": "lens-signup"}
        return [(f"#{fields.get(name, name)}", sentence) for name, sentence in self.errors.items()]

    @property
    def sorted_by(self) -> str:
        """The column, whichever way round."""
        return self.sort.removeprefix("-")

    @property
    def direction(self) -> str:
        """The word for the way round, as assistive technology knows it."""
        return "descending" if self.sort.startswith("-") else "ascending"

    def is_met_by(self, area: AreaOnDay) -> bool:
        """Whether the area is in the region and has the status asked for, in whichever lens that status belongs to."""
        return self.region in ("", area.region) and self.status in ("", *_statuses(area).values())

    def ordered(self, areas: Sequence[AreaOnDay]) -> list[AreaOnDay]:
        """The areas in the order asked for; those that are alike by name."""
        by_name = sorted(areas, key=lambda area: area.name)
        column = self.sorted_by
        ranks = {status: rank for rank, status in enumerate(LABELS.get(column, ()))}

        def key(area: AreaOnDay) -> int | str:
            return ranks[_statuses(area)[column]] if ranks else {"name": area.name, "region": area.region}[column]

        return sorted(by_name, key=key, reverse=self.direction == "descending")


def choices_of(query: QueryDict) -> Choices:
    """What a page's address asks for. Nothing is an error: each refusal is a sentence in the answer's `errors`."""
    given = {name: text for name in CHOICES if (text := query.get(name))}
    refused = {name: REFUSALS[name].format(text[:40]) for name, text in given.items() if text not in CHOICES[name]}
    return Choices(**{name: text for name, text in given.items() if name not in refused}, errors=refused)


def _statuses(area: AreaOnDay) -> dict[str, str]:
    return {"signup": area.sign_up.status.value, "delivery": area.delivery.value if area.delivery else "none"}


def signed_up(counts: Mapping[str, int], total: int) -> str:
    """How many areas have come how far: “22 of 152 areas have published an action plan …”. As static/js/words.js."""
    green, amber, red = (counts.get(status, 0) for status in ("green", "amber", "red"))
    parts = [f"{green} of {total} areas {_has(green)} published an action plan"]
    if amber:
        parts.append(f"{amber} {_has(amber)} a declaration but no full plan")
    if red:
        parts.append(f"{red} {_has(red)} no declaration recorded")
    return f"{listed(parts)}."


def delivering(counts: Mapping[str, int], total: int) -> str:
    """How many areas deliver how: “Actions are recorded in 5 of 152 areas: 4 on track and …”. As static/js/words.js."""
    parts = [f"{counts[status]} {clause}" for status, clause in CLAUSES.items() if counts.get(status)]
    told = f"Actions are recorded in {total - counts.get('none', 0) or 'none'} of {total} areas"
    return f"{told}: {listed(parts)}." if parts else f"{told}."


def _has(count: int) -> str:
    return "has" if count == 1 else "have"


@public_page("on", *CHOICES)
def front_page(request: HttpRequest) -> HttpResponse:
    """Counts, map and table of every area on the day asked for (`?on=`), or today."""
    asked, choices = asked_of(request), choices_of(request.GET)
    programme = Programme.objects.order_by("id").first()
    found = picture(asked.on, programme) if programme else None
    context: dict[str, Any] = {
        "asked": asked,
        "on": asked.on,
        "first_day": FIRST,
        "last_day": LAST,
        "choices": choices,
        "form": choices,  # for the summary of errors
        "picture": found,
        **(_shown(found, asked, choices) if found else {}),
    }
    refused = bool(choices.errors or asked.refusal)
    return render(request, "pages/national.html", context, status=400 if refused else 200)


def _shown(found: Picture, asked: Asked, choices: Choices) -> dict[str, Any]:
    """What the page shows where there is anything to show."""
    counts = {"signup": found.sign_up_counts, "delivery": found.delivery_counts}
    rows = [(area, not choices.is_met_by(area)) for area in choices.ordered(found.areas)]
    epochs = _epochs()
    return {
        "rows": rows,
        "number_shown": sum(not is_hidden for _, is_hidden in rows),
        "signed_up": signed_up(counts["signup"], len(found.areas)),
        "delivering": delivering(counts["delivery"], len(found.areas)),
        "legends": [_legend(lens, counts[lens], choices) for lens in LENSES],
        "paints": palette.LENSES,
        "tile": palette.TILE,
        "lenses": LENSES,
        "regions": Region.values,
        "statuses": [(LENSES[lens], labels.items()) for lens, labels in LABELS.items()],
        "labels": LABELS,
        "columns": [(column, words, _address(asked, choices, column)) for column, words in COLUMNS.items()],
        "epoch": next((epoch for epoch in reversed(epochs) if epoch["from"] <= asked.on.isoformat()), None),
        "paper_address": _lasting_address(asked, choices),
        "page": _page(found, asked, choices, epochs),
    }


def _legend(lens: str, counts: Mapping[str, int], choices: Choices) -> dict[str, Any]:
    """The key of the map in one lens: status, words and number of areas, the best first; hidden in the other lens."""
    items = [(status, LABELS[lens][status], counts[status]) for status in palette.LENSES[lens]]
    return {"lens": lens, "title": LENSES[lens], "items": items, "is_hidden": lens != choices.lens}


def _address(asked: Asked, choices: Choices, sort: str) -> str:
    """The part from “?” on of this page's address in another order."""
    shown = {"on": asked.on.isoformat() if asked.is_past else "", **{name: getattr(choices, name) for name in USUAL}}
    return "?" + urlencode({name: value for name, value in (shown | {"sort": sort}).items() if value})


def _lasting_address(asked: Asked, choices: Choices) -> str:
    """This page's address with its day, which a sheet of paper needs for today, too; without what is as usual."""
    chosen = {name: value for name, usual in USUAL.items() if (value := getattr(choices, name)) != usual}
    return f"{reverse('front-page')}?{urlencode({'on': asked.on.isoformat()} | chosen)}"


def _epochs() -> list[dict[str, str]]:
    """From which day each file of boundaries counts, and where it is."""
    return [
        {"from": from_on.isoformat(), "url": reverse("boundaries", args=[f"{from_on.isoformat()}-{digest}"])}
        for from_on, digest in BoundaryEpoch.objects.order_by("from_on").values_list("from_on", "digest")
    ]


def _page(found: Picture, asked: Asked, choices: Choices, epochs: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """What the page's own JavaScript needs to know. Days in ISO 8601."""
    today = asked.today.isoformat()
    shown = {"on": asked.on.isoformat(), **{name: getattr(choices, name) for name in USUAL}}
    return {
        "on": shown["on"],
        "today": today,
        "shown": shown,
        "usual": {"on": today, **USUAL},
        "choices": {name: list(values) for name, values in CHOICES.items()},
        "labels": LABELS,
        "ranks": {lens: list(labels) for lens, labels in LABELS.items()},
        "clauses": [(status.value, clause) for status, clause in CLAUSES.items()],
        "completeTo": found.complete_to.isoformat() if found.complete_to else None,
        "epochs": epochs,
        "history": reverse("api-history"),
        "picture": reverse("map-svg"),
    }
