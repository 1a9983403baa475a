"""A table for programs, as JSON: dates in ISO 8601, what is unknown is null."""

import json
from datetime import date
from typing import Any

from concordat.reports.shapes import Answer, Table, Value


def told(answer: Answer, table: Table) -> str:
    """The whole answer: of which day, what its columns are, and its rows by their keys."""
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
            {"key": each.key, "name": each.name, "kind": each.kind.value, "told": each.told} for each in table.headings
        ],
        "rows": [{key: _plain(value) for key, value in row.items()} for row in table.dicts],
    }
    return json.dumps(shape, ensure_ascii=False)


def _plain(value: Value) -> Any:
    return value.isoformat() if isinstance(value, date) else value
