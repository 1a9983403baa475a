"""The bench's one table, with ratios, and whether the bars are met."""

from collections.abc import Mapping

from tests.bench.measure import ROUNDS, Measured
from tests.bench.pages import Pages

POSTGRESQL, SQLITE = "PostgreSQL", "SQLite"
BAR_SECONDS = 3.0
COLD_BAR_SECONDS = 0.3
RATES = {"front": "the first page", "area": "an area page", "status": "the status answer", "known": "a 304"}
# At least so many requests a second for one of a view that gives the same bytes without any work.
RATIOS = {"front": 0.5, "known": 0.7}
VISIT = {
    "first_bytes": ("first visit, bytes", 160_000),
    "boundary_bytes": ("boundaries, bytes", 30_000),
    "second_bytes": ("second visit, bytes", 15_000),
    "largest_paint_seconds": ("largest paint on a slow phone, seconds", 2),
    "slider_milliseconds": ("slider, the slowest day, milliseconds", 100),
}
IMPORTED = {
    "preview_seconds": ("a plan file of 5,000 rows read and shown", 10),
    "again_seconds": ("the same, shown anew after answers", 10),
    "apply_seconds": ("the same, applied", 30),
    "queries": ("queries to apply a thousand rows", 200),
}
Results = Mapping[str, Mapping[str, Measured]]  # by database, then by what was loaded (the small one first)


def table(results: Results) -> str:
    """Every figure of both databases, and how many times more the second takes than the first."""
    engines = list(results)
    rows = [["", *engines, " / ".join(reversed(engines))]]
    for loaded in next(iter(results.values())):
        rows += _rows(loaded, [results[engine][loaded] for engine in engines])
    large_to_small = [_ratio([one.median_seconds for one in by_load.values()]) for by_load in results.values()]
    rows.append(["picture, large / small", *large_to_small, ""])
    return aligned(rows)


def _rows(loaded: str, each: list[Measured]) -> list[list[str]]:
    """The figures of what was loaded, one column for each database."""
    clock, processor = "by the clock", "of the processor"
    return [
        [loaded, *[f"{one.actions:,} actions, {one.updates:,} reports" for one in each], ""],
        _seconds(f"loading, {clock}", [one.load_seconds for one in each]),
        _seconds(f"loading, {processor}", [one.load_processor_seconds for one in each]),
        ["  most memory", *[f"{one.load_memory:.0f} MB" for one in each], ""],
        ["  picture, queries", *[str(one.queries) for one in each], ""],
        _seconds("picture, first time", [one.first_seconds for one in each]),
        _seconds(f"picture, median of {ROUNDS}, {clock}", [one.median_seconds for one in each]),
        _seconds(f"picture, median of {ROUNDS}, {processor}", [one.median_processor_seconds for one in each]),
        _seconds("first page cold, first", [one.pages.cold_first_seconds for one in each]),
        _seconds("first page cold, median", [one.pages.cold_seconds for one in each]),
        ["  a constant view, a second", *[f"{one.pages.constant:.0f}" for one in each], ""],
        *[[f"  {words}, a second", *[_rate(one.pages, name) for one in each], ""] for name, words in RATES.items()],
        *[
            [f"  {words}", *[_cost(one, name) for one in each], ""]
            for name, (words, _) in VISIT.items()
            if each[0].visit
        ],
        *[
            [f"  {words}", *[f"{getattr(one.imported, name):.1f}" for one in each], ""]
            for name, (words, _) in IMPORTED.items()
            if each[0].imported
        ],
    ]


def _cost(one: Measured, name: str) -> str:
    cost: float = getattr(one.visit, name)
    return f"{cost:,.2f}" if isinstance(cost, float) else f"{cost:,}"


def _rate(pages: Pages, name: str) -> str:
    rate: float = getattr(pages, name)
    return f"{rate:.0f} (× {rate / pages.constant:.2f} of the constant)"


def _seconds(name: str, seconds: list[float]) -> list[str]:
    return [f"  {name}", *[f"{each:.3f} s" for each in seconds], _ratio(seconds)]


def _ratio(seconds: list[float]) -> str:
    return f"× {seconds[-1] / seconds[0]:.1f}"


def aligned(rows: list[list[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def shortfalls(results: Results) -> list[str]:
    """What is not as it must be, in sentences; nothing if all bars are met."""
    found = []
    for engine, by_load in results.items():
        counts = {loaded: one.queries for loaded, one in by_load.items()}
        if len(set(counts.values())) > 1:
            told = ", ".join(f"{queries} for the {loaded}" for loaded, queries in counts.items())
            found.append(f"{engine}: the number of queries grows with the size: {told}.")
    *_, large = results[POSTGRESQL].values()
    if large.median_seconds >= BAR_SECONDS:
        found.append(f"The picture takes {large.median_seconds:.2f} s on {POSTGRESQL}; the bar is {BAR_SECONDS:g} s.")
    for engine, by_load in results.items():
        pages = next(iter(by_load.values())).pages
        if pages.cold_seconds >= COLD_BAR_SECONDS:
            found.append(f"{engine}: the first page takes {pages.cold_seconds:.3f} s cold.")
        for name, bar in RATIOS.items():
            ratio = getattr(pages, name) / pages.constant
            if ratio < bar:
                found.append(f"{engine}: {RATES[name]} has {ratio:.2f} of the constant view's rate, not {bar:g}.")
        visit = next(iter(by_load.values())).visit
        for name, (words, most) in VISIT.items() if visit else ():
            if getattr(visit, name) > most:
                found.append(f"{engine}: {words}: {getattr(visit, name):,}, not {most:,}.")
        imported = next(iter(by_load.values())).imported
        for name, (words, bar) in IMPORTED.items() if imported else ():
            if getattr(imported, name) > bar:
                found.append(f"{engine}: {words}: {getattr(imported, name):.1f}, not {bar:g}.")
    return found
