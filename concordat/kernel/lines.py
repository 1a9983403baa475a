"""One kind of line end. Pure."""

import re

# Whatever str.splitlines() takes for the end of a line, and what Word and PDF files put into what is pasted from them.
ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def one_kind_of_end(text: str) -> str:
    """The text with a line feed at the end of each line, whatever stood there."""
    return ENDS.sub("\n", text)
