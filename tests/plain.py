"""A page as the words that a person reads."""

import re
from html import unescape
from typing import Any


def plain(answer: Any) -> str:
    """The text of a page without its tags, with single spaces."""
    page = answer.content.decode()
    page = re.sub(r"(?s)<(script|style|template).*?</\1>", " ", page)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
