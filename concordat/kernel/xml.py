"""What XML 1.0 has no sign for. Pure."""

import re

LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c]")  # was a line's end where it was written
FORBIDDEN = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def for_xml(text: str) -> str:
    """The text, or a piece of XML, without what XML forbids."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", LINE_ENDS.sub("\n", text))
