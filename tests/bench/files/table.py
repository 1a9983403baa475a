"""The table of files, with ratios, and whether its bars are met."""

from tests.bench.files.measure import Written
from tests.bench.files.running import RUNS, Files
from tests.bench.table import aligned

TIMES_COPY, TIMES_BARE = 12, 1.5
MEMORY = 200  # MB, of the tracker
BARS = (
    f"Bars of files: the tracker in at most {TIMES_COPY} times the time of COPY of the same columns, and {MEMORY} MB;\n"
    f"a workbook in at most {TIMES_BARE} times the processor's time of a bare loop, which a busy machine disturbs "
    f"less.\nThe least of {RUNS} runs."
)
HEAD = ("files", "by the clock", "of the processor", "of the database's", "most memory", "rows", "MB written")
NAMES = Files("tracker as lines of text", "  COPY of the same columns", "a workbook", "  a bare loop over its values")


def table(files: Files) -> str:
    """Every figure, and the ratios."""
    rows = [list(HEAD), *(_row(name, one) for name, one in zip(NAMES, files, strict=True))]
    for words, ratio in ratios(files).items():
        rows.append([words, f"× {ratio:.2f}", *[""] * (len(HEAD) - 2)])
    return aligned(rows)


def _row(name: str, one: Written) -> list[str]:
    times = (one.seconds, one.processor_seconds, one.server_seconds)
    size = f"{one.size / 1e6:,.0f}"
    return [name, *(f"{each:.2f} s" for each in times), f"{one.memory:.0f} MB", f"{one.rows:,}", size]


def ratios(files: Files) -> dict[str, float]:
    """By the clock, or of the processor: this process's and the database's together."""
    return {
        "tracker / COPY": files.tracker.seconds / files.copy.seconds,
        "  of the processor": _processor(files.tracker) / _processor(files.copy),
        "workbook / bare loop": files.workbook.seconds / files.bare.seconds,
        "  of the processor ": _processor(files.workbook) / _processor(files.bare),
    }


def _processor(one: Written) -> float:
    return one.processor_seconds + one.server_seconds


def shortfalls(files: Files) -> list[str]:
    """What is not as it must be, in sentences; nothing if all bars are met."""
    found = []
    tracker, _, _, workbook = ratios(files).values()
    if tracker > TIMES_COPY:
        found.append(f"The tracker takes {tracker:.1f} times as long as COPY; the bar is {TIMES_COPY}.")
    if workbook > TIMES_BARE:
        found.append(f"A workbook takes {workbook:.2f} times as long as a bare loop; the bar is {TIMES_BARE}.")
    if files.tracker.memory > MEMORY:
        found.append(f"The tracker takes {files.tracker.memory:.0f} MB; the bar is {MEMORY} MB.")
    if files.tracker.rows != files.copy.rows + 1:
        found.append(f"The tracker has {files.tracker.rows - 1:,} actions, COPY {files.copy.rows:,}.")
    return found
