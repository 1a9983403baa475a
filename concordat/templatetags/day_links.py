"""How links between dated pages keep the day that is shown."""

from django import template

from concordat.asked import Asked

register = template.Library()


@register.filter
def day_query(asked: Asked | str | None) -> str:
    """“?on=2015-04-10” where the page shows another day than today; nothing where it shows today, or no day."""
    if not isinstance(asked, Asked) or not asked.is_past:
        return ""
    return f"?on={asked.on.isoformat()}"
