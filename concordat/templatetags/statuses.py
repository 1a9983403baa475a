"""The words for statuses in templates."""

from django import template

from actionplans.states import Delivery

register = template.Library()


@register.filter
def delivery_words(status: Delivery | str | None) -> str:
    """The words for a delivery status (a member or its value); there is none where no action is recorded."""
    if not status or status == "none":
        return "No actions recorded"
    return Delivery(status).label
