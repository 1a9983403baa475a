"""Signed links of mails, /u/<token>: how they are found in a text, so that none is logged or kept."""

import re

FIRST = "/u/"  # how the path of a link begins
HIDDEN = "…"
A_LINK = re.compile(rf"({FIRST})[^/?#\s\"'<>]+")


def without_tokens(text: str) -> str:
    """The text with a mark in the place of whatever would open a link."""
    return A_LINK.sub(rf"\1{HIDDEN}", text)
