"""Sources of facts in templates: an address is linked, a title is not."""

import re

from django import template

register = template.Library()


@register.filter
def is_address(source: str) -> bool:
    """Whether it is one http(s) address and nothing else; no other kind is ever made a link."""
    return re.fullmatch(r"https?://[^\s<>\"]+", source) is not None


@register.filter
def without_scheme(address: str) -> str:
    """How an address is shown to people: without “https://www.” and a last slash."""
    return re.sub(r"^https?://(www\.)?", "", address).removesuffix("/")
