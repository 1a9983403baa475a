"""Long lists on one page: the first rows, and a link to all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template

register = template.Library()
AT_FIRST = 50


@dataclass(frozen=True, slots=True)
class Folded:
    """The rows that are shown; `address` leads to all of them, where these are not."""

    rows: Sequence[Any]
    total: int
    address: str = ""


@register.simple_tag(takes_context=True)
def folded(context: Any, rows: Sequence[Any], name: Any, anchor: str) -> Folded:
    """The first 50 of a list, or all where the address asks for those of that name (`?all=`).

    `anchor`: the id of the list's heading, so that the link leads back to it.
    """
    name, request = str(name), context["request"]
    if len(rows) <= AT_FIRST or request.GET.get("all") == name:
        return Folded(rows, len(rows))
    asked = request.GET.copy()
    asked["all"] = name
    return Folded(rows[:AT_FIRST], len(rows), f"?{asked.urlencode()}#{anchor}")
