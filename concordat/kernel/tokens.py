"""Secrets that stand in addresses (/me/<token>/…): how they are found in a text, so that none is logged or kept."""

import re

# How the paths begin in which the next part opens something by itself.
FIRST = "/u/"  # of the link in a reminder
FIRSTS = ("/me/", FIRST, "/fewer-mails/", "/invitations/", "/accounts/password/reset/")
HIDDEN = "…"
A_LINK = re.compile(rf"{FIRST}[^/?#\s\"'<>]+")
_A_TOKEN = re.compile(rf"({'|'.join(FIRSTS)})[^/?#\s\"'<>]+")


def without_tokens(text: str) -> str:
    """The text with a mark in the place of whatever would open something."""
    return _A_TOKEN.sub(rf"\1{HIDDEN}", text)
