"""How the first sentences of a report are put on a page."""

import re
from collections.abc import Iterable
from itertools import groupby

from django import template

register = template.Library()
NUMBERED = re.compile(r"[0-9]{1,2}\. ")


@register.filter
def in_lists(sentences: Iterable[str]) -> list[tuple[bool, list[str]]]:
    """The sentences in order, those that are numbered one after another as a list, which counts them itself."""
    runs = groupby(sentences, key=lambda each: bool(NUMBERED.match(each)))
    return [(is_list, [NUMBERED.sub("", each, count=1) if is_list else each for each in run]) for is_list, run in runs]
