"""A table for programs, as JSON: dates in ISO 8601, what is unknown is null and never an empty text."""

import json
import math
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from concordat.reports.shapes import Answer, Table, Value

AT_ONCE = 500  # rows to a piece


def pieces(answer: Answer, table: Table) -> Iterator[bytes]:
    """The whole answer: of which day, what its columns are, and its rows by their keys. Some hundred rows are held."""
    shape: dict[str, Any] = {
        "report": answer.name,
        "title": answer.title,
        "on": answer.on.isoformat(),
        "since": answer.since.isoformat() if answer.since else None,
        "about": answer.about or None,
        "summary": list(answer.summary),
        "notes": list(answer.notes),
        "table": table.key,
        "tables": [each.key for each in answer.tables],
        "columns": [
            {"key": each.key, "name": each.name, "kind": each.kind.value, "told": each.told or None}
            for each in table.headings
        ],
    }
    yield _encoded(f'{_text(shape)[:-1]}, "rows": [')
    rows, parted = table.dicts, ""
    while some := list(islice(rows, AT_ONCE)):
        yield _encoded(parted + ", ".join(_text({key: _plain(value) for key, value in row.items()}) for row in some))
        parted = ", "
    yield b"]}"


def _text(shape: dict[str, Any]) -> str:
    return json.dumps(shape, ensure_ascii=False)


def _encoded(text: str) -> bytes:
    return text.encode(errors="replace")  # half a sign of UTF-16 is no text


def _plain(value: Value) -> Any:
    if value == "" or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value.isoformat() if isinstance(value, date) else value
