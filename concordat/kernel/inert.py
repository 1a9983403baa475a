"""Texts in files of lines (CSV) that no spreadsheet takes for a formula, and the same texts read back. Pure."""

# A spreadsheet takes a text that begins with one of these for a formula, in their wide forms too.
SIGNS = frozenset("=+-@＝＋－＠")
BEGINS = frozenset("\t\r\n")
MARK = "'"  # by which a spreadsheet knows a text, and which it does not show
SKIPPED = " \u00a0\u3000" + MARK
_RISKS = SIGNS | BEGINS
_MAY = _RISKS | frozenset(SKIPPED)


def inert(text: str) -> str:
    """The text, after a mark if it could be taken for a formula."""
    return MARK + text if text and text[0] in _MAY and _is_risky(text) else text


def as_meant(field: str) -> str:
    """What `inert` was given, of what it gave."""
    return field[1:] if field[:1] == MARK and _is_risky(field[1:]) else field


def _is_risky(text: str) -> bool:
    return text.lstrip(SKIPPED)[:1] in _RISKS
