"""The bench's one table, with ratios, and whether the bars are met."""

from collections.abc import Mapping

from tests.bench.measure import ROUNDS, Measured

POSTGRESQL, SQLITE = "PostgreSQL", "SQLite"
BAR_SECONDS = 3.0
Results = Mapping[str, Mapping[str, Measured]]  # by database, then by what was loaded (the small one first)


def table(results: Results) -> str:
    """Every figure of both databases, and how many times more the second takes than the first."""
    engines = list(results)
    rows = [["", *engines, " / ".join(reversed(engines))]]
    for loaded in next(iter(results.values())):
        rows += _rows(loaded, [results[engine][loaded] for engine in engines])
    large_to_small = [_ratio([one.median_seconds for one in by_load.values()]) for by_load in results.values()]
    rows.append(["picture, large / small", *large_to_small, ""])
    return _aligned(rows)


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
    ]


def _seconds(name: str, seconds: list[float]) -> list[str]:
    return [f"  {name}", *[f"{each:.3f} s" for each in seconds], _ratio(seconds)]


def _ratio(seconds: list[float]) -> str:
    return f"× {seconds[-1] / seconds[0]:.1f}"


def _aligned(rows: list[list[str]]) -> str:
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
    return found
