"""Reads spoilt plan files: `python -m tests.fuzz.reading --count 10000 --seed 1 [--hostile]`.

Each gives a book or a plain sentence; anything else is printed with its number, by which it can be made again. With
--hostile it also reads the files made to harm, each in a process of its own as the service does.
"""

import argparse
import logging
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from actionplans.importing.reading import limits
from actionplans.importing.reading.books import read_book
from actionplans.importing.reading.guarded import read_safely
from actionplans.importing.reading.transfer import book_of, lines_of
from actionplans.importing.tables import Book, UnreadableError
from tests.fuzz.hostile import HOSTILE
from tests.fuzz.mutations import spoilt, steady
from tests.plan_files.corpus import CORPUS


@dataclass(slots=True)
class Outcomes:
    """What came of reading, and what it took."""

    books: int = 0
    sentences: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)  # of the sentence that a file is damaged
    wrong: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def take(self, name: str, content: bytes) -> None:
        """Reads one file."""
        begun = time.perf_counter()
        try:
            demand_book(read_book(content, name))
            self.books += 1
        except UnreadableError as error:
            self._sentence(name, error)
        except Exception:
            self.wrong.append(f"{name}: {traceback.format_exc(limit=-3)}")
        self.slowest = max(self.slowest, (time.perf_counter() - begun, name))
        if time.perf_counter() - begun > limits.SECONDS:
            self.wrong.append(f"{name}: took {time.perf_counter() - begun:.1f} s")

    def _sentence(self, name: str, error: UnreadableError) -> None:
        self.sentences[str(error)] += 1
        if error.__cause__ is not None:
            self.causes[type(error.__cause__).__name__] += 1
        if not is_plain(str(error)):
            self.wrong.append(f"{name}: {error}")


def is_plain(sentence: str) -> bool:
    """Whether it is one to three sentences for people, and not what a library says."""
    words = ("Error", "Traceback", "None", "Exception")
    begins_well = sentence[0].isupper() or sentence.startswith("“")  # with the name of a sheet or a file
    return sentence.endswith(".") and begins_well and not any(word in sentence for word in words)


def demand_book(book: Book) -> None:
    """The book is such that what comes after can rely on it."""
    assert book.sheets
    for sheet in book.sheets:
        numbers = [row.number for row in sheet.rows]
        assert numbers == sorted(set(numbers)), numbers
        assert len(numbers) <= limits.MOST_ROWS
        for row in sheet.rows:
            assert any(cell.text for cell in row.cells)
            assert all(len(cell.text) <= limits.LONGEST_CELL and cell.at for cell in row.cells)
            assert all(not cell.fill or len(cell.fill) == 7 for cell in row.cells)
    assert book_of(lines_of(book)) == book


def spoilt_files(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many spoilt files with names that say how they were made."""
    whole = {name: steady(made()) for name, made in CORPUS.items()}
    names = list(whole)
    for number in range(count):
        chance = Random(f"{seed}-{number}")  # noqa: S311 - the same each time
        name, other = chance.choice(names), chance.choice(names)
        yield f"{seed}-{number}-{name}", spoilt(whole[name], whole[other], chance)


def peak_memory() -> float:
    """The most memory that this process ever had, in MB; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def read_hostile() -> list[str]:
    """What came of each file made to harm, and the seconds it took."""
    told = []
    for name, made in HOSTILE.items():
        content = made()
        begun = time.perf_counter()
        try:
            outcome = f"a book of {len(read_safely(content, name).sheets)}"
        except UnreadableError as error:
            outcome = str(error)
        told.append(f"{time.perf_counter() - begun:6.1f} s  {name}: {outcome}")
        print(told[-1], flush=True)
    return told


def main() -> int:
    """Reads them and says what came of it. 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hostile", action="store_true")
    chosen = parser.parse_args()
    logging.disable()
    outcomes, begun = Outcomes(), time.perf_counter()
    for name, content in spoilt_files(chosen.count, chosen.seed):
        outcomes.take(name, content)
    print(f"{chosen.count} files in {time.perf_counter() - begun:.0f} s; {outcomes.books} books")
    print(f"slowest: {outcomes.slowest[0]:.2f} s, {outcomes.slowest[1]}; most memory: {peak_memory():.0f} MB")
    for counted in (outcomes.sentences, outcomes.causes):
        print(*(f"{times:6} {what}" for what, times in counted.most_common(25)), sep="\n")
    print(*outcomes.wrong[:50], sep="\n")
    print(f"wrong: {len(outcomes.wrong)}")
    if chosen.hostile:
        read_hostile()
    return 1 if outcomes.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
