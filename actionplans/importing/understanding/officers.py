"""Persons beside the bodies of a lead cell: taken out of what is published, and kept privately."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from actionplans.importing.understanding.forenames import FORENAMES
from actionplans.importing.understanding.naming import Names
from actionplans.importing.understanding.people import ADDRESS, BODIES, LINKING, SHOUTED, WHOLE
from actionplans.importing.understanding.words import words


@dataclass(frozen=True, slots=True)
class Apart:
    """A text without the persons in it, and those persons. `perhaps`: what may be a person's name or a body's."""

    text: str
    people: tuple[str, ...] = ()
    perhaps: str = ""


def apart(text: str, is_body: Callable[[str], bool]) -> Apart:
    """Takes the persons out of one part of a lead cell. `is_body` knows the words of the known organisations."""
    people: list[str] = []

    def take(found: re.Match[str]) -> str:
        people.append(found[0].strip())
        return " "

    left = ADDRESS.sub(take, text)
    sure = [one for one in Names(is_body).within(left) if one.is_sure]
    for one in reversed(sure):
        left = f"{left[: one.first]} {left[one.after :]}"
    people += [one.name for one in sure]
    rest = left.strip(" ,;:-–—()/&+")
    rest = LINKING.sub("", rest) if people else rest
    if _may_be_person(rest, is_body):
        return Apart(rest, tuple(people), perhaps=rest)
    return Apart(" ".join(rest.split()) if people else text.strip(), tuple(people))


def _may_be_person(text: str, is_body: Callable[[str], bool]) -> bool:
    if text.isalpha() and text[0].isupper() and text.casefold() in FORENAMES:
        return not is_body(text.casefold())
    if not (WHOLE.fullmatch(text) or SHOUTED.fullmatch(text)):
        return False
    return not any(word in BODIES or is_body(word) for word in words(text))
