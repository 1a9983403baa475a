"""The table of chasing, with ratios, and whether its bars are met."""

from collections.abc import Mapping

from tests.bench.chasing.measure import Planning
from tests.bench.chasing.running import RUNS, Chased
from tests.bench.table import aligned

BAR_SECONDS, BAR_MEMORY = 30, 300  # of the most actions; memory in MB
TIMES_AS_LONG = 11  # as a tenth of them
TIMES_AS_FAST = 30  # as the obvious way, with the fewest
BARS = (
    f"Bars of planning a day: with the most actions in {BAR_SECONDS} s and {BAR_MEMORY} MB, and at most "
    f"{TIMES_AS_LONG} times the time of a tenth of them;\nwith the fewest {TIMES_AS_FAST} times as fast as the obvious "
    f"way, one query for each action and recipient. The least of {RUNS} runs."
)
HEAD = (
    "chasing",
    "by the clock",
    "of the processor",
    "of the database's",
    "most memory",
    "queries",
    "notices",
    "digests",
)
Results = Mapping[int, Chased]  # by the number of open actions, the fewest first


def table(results: Results) -> str:
    """Every figure, and the ratios."""
    rows = [list(HEAD)]
    for actions, chased in results.items():
        rows.append(_row(f"{actions:,} actions, first day", chased.first))
        rows.append(_row("  the day after", chased.second))
        if chased.obvious:
            rows.append(_row("  first day by the obvious way", chased.obvious))
    for words, ratio in _ratios(results).items():
        rows.append([words, f"× {ratio:.1f}", *[""] * (len(HEAD) - 2)])
    return aligned(rows)


def _row(words: str, one: Planning) -> list[str]:
    times = (one.seconds, one.processor_seconds, one.server_seconds)
    counts = (one.queries, one.notices, one.messages)
    return [
        words,
        *(f"{seconds:.2f} s" for seconds in times),
        f"{one.memory:.0f} MB",
        *(f"{count:,}" for count in counts),
    ]


def _ratios(results: Results) -> dict[str, float]:
    few, *_, less, most = results.values()
    found = {
        "ten times the actions, first day": most.first.seconds / less.first.seconds,
        "ten times the actions, the day after": most.second.seconds / less.second.seconds,
    }
    if few.obvious:
        found["the obvious way / ours"] = few.obvious.seconds / few.first.seconds
    return found


def shortfalls(results: Results) -> list[str]:
    """What is not as it must be, in sentences; nothing if all bars are met."""
    *_, most = results.values()
    found = []
    for day, one in (("the first day", most.first), ("the day after", most.second)):
        if one.seconds > BAR_SECONDS:
            found.append(f"Planning {day} takes {one.seconds:.1f} s; the bar is {BAR_SECONDS} s.")
        if one.memory > BAR_MEMORY:
            found.append(f"Planning {day} takes {one.memory:.0f} MB; the bar is {BAR_MEMORY} MB.")
    for words, ratio in _ratios(results).items():
        if words.startswith("ten times") and ratio > TIMES_AS_LONG:
            found.append(f"With {words}, it takes {ratio:.1f} times as long, not {TIMES_AS_LONG}.")
        if words.startswith("the obvious") and ratio < TIMES_AS_FAST:
            found.append(f"The obvious way takes {ratio:.1f} times as long, not {TIMES_AS_FAST}.")
    return found
