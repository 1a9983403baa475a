"""What a plan file of 5,000 rows takes: to be read and shown, to be shown again after answers, and to be applied."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Imported:
    """Seconds by the clock; queries of applying it, for each thousand rows."""

    preview_seconds: float
    again_seconds: float
    apply_seconds: float
    queries: float


def measure_import() -> Imported:
    """Bring a made-up plan into a new draft, as a worker does. The tables are there."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from actionplans.services import imports
    from tests.actionplans.importing.place import apply, make_draft, upload, work
    from tests.plan_files.workbooks import long_workbook

    draft, content = make_draft(), long_workbook(ROWS)
    found, preview = _timed(lambda: upload(draft, content))
    again = 0.0
    while found.found["questions"]:
        answers = {each["key"]: each["choices"][0][0] for each in found.found["questions"]}
        imports.answer(found, answers, seen=found.version, by="bench")
        found, again = _timed(lambda: work(found))  # noqa: B023 - called at once
    with CaptureQueriesContext(connection) as queries:
        found, applied = _timed(lambda: apply(found))
    if found.state != "applied":
        raise RuntimeError(f"The plan of the bench was not applied: {found.notice}")
    return Imported(preview, again, applied, len(queries) / ROWS * 1000)


def _timed(step: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.perf_counter()
    return step(), time.perf_counter() - begun
