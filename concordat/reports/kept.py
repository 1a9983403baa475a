"""An answer as lines of JSON that can be kept for good, and back. Pure.

The first line says what the report says first; then comes each table (its headings, then its rows, one a line), then
each picture. A day is told by its numbers, so that no text stands in a line but what people read: it is there that
personal data may have to be removed (concordat/traces/texts.py), and whatever is left can still be read.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from concordat.kernel.passages import MARK
from concordat.reports.shapes import Answer, Heading, Kind, Picture, Shown, Table, Value

SHAPE = 1  # the form of the lines; one that reads otherwise takes the next number, and the old ones are still read
Line = dict[str, Any]


class UnreadableError(ValueError):
    """The lines are not those of an answer that was kept."""


def lines_of(answer: Answer) -> Iterator[Line]:
    """The answer line by line. Raises ValueError for what is not a number, OverflowError for one that is infinite."""
    yield {
        "report": answer.name,
        "title": answer.title,
        "on": _day(answer.on),
        "since": _day(answer.since),
        "about": answer.about,
        "summary": list(answer.summary),
        "notes": list(answer.notes),
    }
    for table in answer.tables:
        columns = [_column(each) for each in table.headings]
        yield {"table": table.key, "title": table.title, "told": table.told, "columns": columns}
        for row in table.rows:
            yield {"row": [_cell(value) for value in row]}
    for each in answer.pictures:
        yield {"picture": each.key, "title": each.title, "told": each.told, "svg": each.svg, "of": each.table}


def answer_of(lines: Iterable[Any]) -> Answer:
    """The answer that these lines of SHAPE keep, also where words were removed. Raises UnreadableError."""
    try:
        return _answer(list(lines))
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise UnreadableError(str(error)) from error


def digest_of(lines: Iterable[Any]) -> str:
    """A digest (SHA-256, in hexadecimal) of the lines: the same for the same lines on every database."""
    digest = sha256()
    for line in lines:
        digest.update(json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return digest.hexdigest()


def _day(day: date | None) -> list[int] | None:
    return [day.year, day.month, day.day] if day else None


def _cell(value: Value) -> Any:
    if isinstance(value, date):
        return {"day": _day(value)}
    if isinstance(value, float):
        return {"float": list(value.as_integer_ratio())}  # no two databases write it alike
    return value


def _column(heading: Heading) -> Line:
    choices = [list(pair) for pair in heading.choices.items()]  # in their order
    told = {"key": heading.key, "name": heading.name, "kind": heading.kind.value, "told": heading.told}
    more: Line = {"shown": heading.shown.value} if heading.shown is not Shown.EVERYWHERE else {}
    more |= {"names": True} if heading.names else {}
    more |= {"none": heading.none} if heading.none else {}
    return told | {"choices": choices, "width": heading.width} | more


def _answer(lines: Sequence[Any]) -> Answer:
    head, *rest = lines
    on = _day_of(head["on"])
    if on is None:
        raise ValueError("It says of no day.")
    return Answer(
        name=head["report"],
        title=head["title"],
        on=on,
        tables=tuple(_tables(rest)),
        since=_day_of(head["since"]),
        about=head["about"],
        summary=tuple(head["summary"]),
        notes=tuple(head["notes"]),
        pictures=tuple(
            Picture(line["picture"], line["title"], line["svg"], line["told"], line["of"])
            for line in rest
            if _is(line, "picture")
        ),
    )


def _tables(lines: Sequence[Any]) -> Iterator[Table]:
    starts = [number for number, line in enumerate(lines) if _is(line, "table")]
    ends = [number for number, line in enumerate(lines) if _is(line, "picture")][:1] or [len(lines)]
    for start, end in zip(starts, [*starts[1:], ends[0]], strict=False):
        line = lines[start]
        headings = tuple(_heading(each) for each in line["columns"])
        rows = [_row(each, len(headings)) for each in lines[start + 1 : end]]
        yield Table(line["table"], line["title"], headings, rows, line["told"])


def _is(line: Any, what: str) -> bool:
    return isinstance(line, Mapping) and what in line


def _heading(told: Line) -> Heading:
    kind, choices, shown = Kind(told["kind"]), dict(told["choices"]), Shown(told.get("shown", Shown.EVERYWHERE))
    names, none = bool(told.get("names")), told.get("none", "")
    return Heading(told["key"], told["name"], kind, told["told"], choices, told["width"], shown, names, none)


def _row(line: Any, width: int) -> tuple[Value, ...]:
    """The cells; a line of which only the mark is left has it in each."""
    if not isinstance(line, Mapping):
        return (MARK,) * width
    if len(line["row"]) != width:
        raise ValueError("A row has more cells or fewer than its table has columns.")
    return tuple(_value(cell) for cell in line["row"])


def _value(cell: Any) -> Value:
    if not isinstance(cell, Mapping):
        return cell  # type: ignore[no-any-return] # a text, a number, yes or no, or nothing
    if "day" in cell:
        return _day_of(cell["day"])
    numerator, denominator = cell["float"]
    return float(numerator / denominator)


def _day_of(told: Any) -> date | None:
    return date(*told) if told is not None else None
