"""Placeholders in the words of reminders: `{due}` and the like, from a fixed list for each text. Pure.

No template language: a name in braces is looked up among the values given and replaced once, and nothing else is read.
What a value says is never looked through again.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
MAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# What a mail program would make a link of: names of hosts may be of any script.
WEB_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]*://|\bwww\.|\b[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}\b|\b(?:\d{1,3}\.){3}\d", re.I
)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each placeholder that has a value replaced by it; anything else stays as it is."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def fault(text: str, allowed: Collection[str], required: Collection[str] = ()) -> str:
    """What is wrong with a text that somebody wrote, in one plain sentence; empty if nothing is.

    Links are put in by the program alone: a web address is refused, the address of a mailbox is not.
    """
    rest = PLACEHOLDER.sub("", text)
    unknown = next((name for name in PLACEHOLDER.findall(text) if name not in allowed), None)
    if unknown is not None:
        return f"“{{{unknown}}}” is no placeholder here. {_choice(allowed)}"
    if "{" in rest or "}" in rest:
        return f"Braces stand only around a placeholder. {_choice(allowed)}"
    missing = next((name for name in required if f"{{{name}}}" not in text), None)
    if missing is not None:
        return f"“{{{missing}}}” is missing. Without it the reader does not know what it is about."
    if found := WEB_ADDRESS.search(MAIL_ADDRESS.sub("", _as_host(text))):
        return f"Links are put in by the program. Take out “{found[0].strip()}”, or put a space after the full stop."
    return ""


def _as_host(text: str) -> str:
    """The text as the name of a host is read: wide letters and full stops as plain ones, marks and unseen letters away.

    The accents of “évil.cóm” go too: by itself one is no letter, and would hide what stands around it.
    """
    plain = unicodedata.normalize("NFKD", text).replace("\u3002", ".")  # UTS 46: this full stop parts names too
    return "".join(letter for letter in plain if unicodedata.category(letter) not in ("Mn", "Mc", "Me", "Cf"))


def _choice(allowed: Collection[str]) -> str:
    names = [f"{{{name}}}" for name in allowed]
    return f"You may use {' '.join(names)}." if names else "This text has none."
