"""Where “[removed]” stands on a public page, the page says why, and on which day where that is known."""

from typing import Any

from django import template
from django.db.models import Model
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from concordat.kernel.passages import MARK
from concordat.traces.texts import TEXTS
from concordat.workspace import kinds

register = template.Library()


class ExplainedNode(template.Node):
    """Renders what is within it, and an explanation before it where that has the mark. No query where it has none."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        page = self.nodelist.render(context)
        # Who is signed in knows the mark, and may be just about to set it.
        if MARK not in page or getattr(context.get("request"), "access", None) is not None:
            return page
        removals = context.get("removals")
        days = removals.days() if removals is not None else []
        return mark_safe(render_to_string("parts/removed.html", {"days": days}) + page)  # noqa: S308 - both are rendered


@register.tag
def explained(parser: Parser, token: Token) -> ExplainedNode:
    """{% explained %}…{% endexplained %}"""
    nodelist = parser.parse(("endexplained",))
    parser.delete_first_token()
    return ExplainedNode(nodelist)


@register.filter
def removal_address(row: Any) -> str:
    """Where a national administrator removes words from that row; empty if it has no text that may tell of somebody."""
    if not isinstance(row, Model) or row._meta.label_lower not in TEXTS:
        return ""
    return reverse("workspace-remove", args=[row._meta.label_lower, row.pk])


@register.filter
def history_address(row: Any) -> str:
    """The page with the history of that row, for those who see its own side; empty if its kind has none."""
    return kinds.history_address(row) if isinstance(row, Model) else ""
