"""One step in a process of its own; prints one line of JSON.

`python -m tests.bench.files.measure tracker`, `… copy` (both on the database of DATABASE_URL, which holds the country
of the bench of chasing), or `… workbook ROWS` and `… bare ROWS` (without a database).
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import psutil


class Written(NamedTuple):
    """What one file took: seconds by the clock, of this process and of the database; most memory of this process in MB;
    and what was written.
    """

    seconds: float
    processor_seconds: float
    server_seconds: float
    memory: float
    rows: int
    size: int


def tracker() -> Written:
    """The tracker of all England as lines of text, as an address or a command gives it."""
    from concordat.reports.catalogue import REPORTS
    from concordat.reports.formats import FORMATS
    from concordat.reports.questions import question_of
    from tests.bench.chasing.country import DAY

    question = question_of({"on": DAY.isoformat()}, DAY)
    return _measured(lambda: FORMATS["csv"].write(REPORTS["tracker"].answer(question)))


# The columns of concordat/reports/tracker.py by the shortest way, in whatever order is quickest.
COPIED = """
COPY (
  SELECT partnership.name, plan.title, version.label, line.reference, section.code || ' ' || section.title, line.text,
    leads.led_by, leads.working_with, coalesce(nullif(coalesce(move.timescale_text, action.timescale_text), ''),
    line.timescale_text), CASE WHEN move.id IS NOT NULL THEN move.due_on ELSE action.due_on END,
    line.outcome, line.outcome_measure, line.footprint, coalesce(earlier.must_do, action.must_do),
    coalesce(report.status, 'not_started'), report.confidence, report.public_text, report.status,
    coalesce(move.due_on, action.due_on) < '{on}', coalesce(move.starts_on, action.starts_on),
    coalesce(move.timescale_precision, action.timescale_precision),
    coalesce(move.review_every_months, action.review_every_months), action.due_on, coalesce(moves.times, 0),
    report.completed_on, report.reported_on, partnership.slug, line.action_id
  FROM actionplans_actioninversion AS line
  JOIN actionplans_planversion AS version ON version.id = line.version_id
  JOIN actionplans_actionplan AS plan ON plan.id = version.plan_id
  JOIN signatories_partnership AS partnership ON partnership.id = plan.partnership_id
  JOIN actionplans_action AS own ON own.id = line.action_id
  JOIN actionplans_action AS action ON action.id = coalesce(own.mirrors_id, own.id)
  LEFT JOIN actionplans_section AS section ON section.id = line.section_id
  LEFT JOIN actionplans_progressupdate AS report ON report.action_id = action.id AND report.state = 'accepted'
    AND report.reported_on <= '{on}' AND (report.until_on IS NULL OR report.until_on > '{on}')
  LEFT JOIN actionplans_datechange AS move ON move.action_id = action.id AND move.decided_on <= '{on}'
    AND (move.until_on IS NULL OR move.until_on > '{on}')
  LEFT JOIN actionplans_earliermustdo AS earlier ON earlier.action_id = action.id
    AND (earlier.from_on IS NULL OR earlier.from_on <= '{on}') AND earlier.until_on > '{on}'
  LEFT JOIN (
    SELECT action_id, count(*) AS times FROM actionplans_datechange WHERE decided_on <= '{on}' GROUP BY action_id
  ) AS moves ON moves.action_id = action.id
  LEFT JOIN (
    SELECT action_id, string_agg(coalesce(organisation.name, lead.text), '; ') FILTER (WHERE role <> 'working_with')
      AS led_by, string_agg(coalesce(organisation.name, lead.text), '; ') FILTER (WHERE role = 'working_with')
      AS working_with
    FROM actionplans_actionlead AS lead LEFT JOIN signatories_organisation AS organisation
      ON organisation.id = lead.organisation_id
    WHERE (lead.from_on IS NULL OR lead.from_on <= '{on}') AND (lead.until_on IS NULL OR lead.until_on > '{on}')
    GROUP BY action_id
  ) AS leads ON leads.action_id = action.id
  WHERE NOT line.is_left_out AND version.published_on <= '{on}'
    AND (version.superseded_on IS NULL OR version.superseded_on > '{on}')
    AND (version.withdrawn_on IS NULL OR version.withdrawn_on > '{on}') AND plan.kind = 'concordat'
) TO STDOUT WITH (FORMAT csv)
"""


def copy() -> Written:
    """The same columns by PostgreSQL's own COPY."""
    from django.db import connection

    from tests.bench.chasing.country import DAY

    def copied() -> Iterable[bytes]:
        with connection.cursor() as cursor, Path(os.devnull).open("wb") as nowhere:
            cursor.copy_expert(COPIED.format(on=DAY), nowhere)  # type: ignore[attr-defined] # psycopg2's own
            yield b"\r\n" * cursor.rowcount

    return _measured(copied)


def values(rows: int) -> list[tuple[str | int | date, ...]]:
    """Rows as an answer holds them: texts, most of them short, numbers and days."""
    first = date(2015, 3, 31)
    return [
        (
            f"Example partnership {number % 2000}",
            f"A{number % 90}.{number % 7}",
            f"Open a crisis café in the town centre that is open on evenings and at weekends, number {number}",
            f"Example Police Force {number % 43}",
            "March 2016",
            first + timedelta(days=number % 4000),
            "People find help before a crisis, & do not wait.",
            "In progress",
            number % 100,
            number,
            first + timedelta(days=number % 3000),
            f"Premises were found <{number}>.",
        )
        for number in range(rows)
    ]


def workbook(rows: str) -> Written:
    """A workbook as reports are written."""
    from concordat.reports.formats import FORMATS
    from concordat.reports.shapes import Answer, Heading, Kind, Table

    held = values(int(rows))
    kinds = {date: Kind.DAY, int: Kind.NUMBER, str: Kind.TEXT}
    headings = tuple(Heading(f"c{at}", f"Column {at}", kinds[type(value)]) for at, value in enumerate(held[0]))
    answer = Answer("bench", "Bench", date(2026, 6, 3), (Table("rows", "Rows", headings, held),))
    return _measured(lambda: FORMATS["xlsx"].write(answer), rows=len(held))


def bare(rows: str) -> Written:
    """The same values by the shortest loop over XlsxWriter, as sparing of memory as it can be."""
    from xlsxwriter import Workbook

    held, path = values(int(rows)), Path(os.environ["CONCORDAT_VAR"]) / "bare.xlsx"

    def written() -> Iterable[bytes]:
        with Workbook(path, {"constant_memory": True, "default_date_format": "d mmmm yyyy"}) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(held):
                for at, value in enumerate(row):
                    sheet.write(number, at, value)
        yield path.read_bytes()

    return _measured(written, rows=len(held))


def _measured(work: Callable[[], Iterable[bytes]], rows: int = 0) -> Written:
    """Write what the work gives to nowhere. Where it gives lines they are counted."""
    server = _server() if not rows else None
    clock, processor = time.perf_counter(), time.process_time()
    begun = sum(server.cpu_times()[:2]) if server else 0.0
    size = lines = 0
    with Path(os.devnull).open("wb") as nowhere:
        for piece in work():
            nowhere.write(piece)
            size += len(piece)
            lines += 0 if rows else piece.count(b"\r\n")
    return Written(
        seconds=time.perf_counter() - clock,
        processor_seconds=time.process_time() - processor,
        server_seconds=sum(server.cpu_times()[:2]) - begun if server else 0.0,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        rows=rows or lines,
        size=size,
    )


def _server() -> psutil.Process | None:
    """The session of the database, where that is on this machine."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    return psutil.Process(pid) if psutil.pid_exists(pid) else None


STEPS: dict[str, Callable[..., Written]] = {"tracker": tracker, "copy": copy, "workbook": workbook, "bare": bare}


def main() -> None:
    """Set Django up, take the step, print what it measured."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "concordat.settings"
    django.setup()
    step, *what = sys.argv[1:]
    print(json.dumps(STEPS[step](*what)._asdict()))


if __name__ == "__main__":
    main()
