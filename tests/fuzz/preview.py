"""The whole preview of spoilt plan files: `python -m tests.fuzz.preview --count 10000 --seed 1 [--worst]`.

Each file is read; half of those that can be read are spoilt once more, cell by cell. Then it is understood, answered
with the first or the last choice of every question, and understood again. Whatever raises, takes over 20 seconds, loses
a row, or asks what was answered is printed with its number, by which it can be made again. With --worst it also
understands the largest files that are read, filled with what takes longest.
"""

import argparse
import json
import logging
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from actionplans.importing.reading import limits
from actionplans.importing.reading.books import read_book
from actionplans.importing.tables import Book, Cell, Row, Sheet, UnreadableError
from actionplans.importing.understanding.arranging import arranged
from actionplans.importing.understanding.output import as_json
from actionplans.importing.understanding.preview import understand
from actionplans.importing.understanding.shapes import Known, KnownAction, Understood
from actionplans.timescales import Context
from tests.fuzz.books import PIECES, spoilt_book
from tests.fuzz.mutations import spoilt, steady
from tests.fuzz.reading import peak_memory
from tests.plan_files.corpus import CORPUS
from tests.plan_files.examined import examined
from tests.plan_files.examined.examining import WESTMARCH, reader
from tests.plan_files.examined.phrases import ACTIONS

PLAN = Context(date(2015, 4, 1), date(2017, 3, 31), date(2015, 6, 3))
LATER = Context(date(2024, 4, 1), date(2027, 3, 31), date(2026, 8, 1))
ACTIONS_KNOWN = tuple(
    KnownAction(
        id=number,
        reference=f"{number // 10}.{number % 10}",
        text=text,
        section="A",
        timescale_text="March 2015",
        leads=(("police", "lead"),),
        status="in_progress",
        is_open=number % 5 > 0,
    )
    for number, (text, _) in enumerate(ACTIONS.values(), 1)
)
KNOWN = replace(WESTMARCH, actions=ACTIONS_KNOWN)
SHOWN = 30


@dataclass(slots=True)
class Outcomes:
    """What came of the previews, and what they took."""

    previews: int = 0
    actions: int = 0
    questions: int = 0
    unread: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def take(self, name: str, content: bytes, chance: Random) -> None:
        """The preview of one file."""
        begun = time.perf_counter()
        try:
            book = read_book(content, name)
        except UnreadableError:
            self.unread += 1
        else:
            self.understand(name, arranged(spoilt_book(book, chance) if chance.random() < 0.5 else book), chance)
        self.slowest = max(self.slowest, (time.perf_counter() - begun, name))

    def understand(self, name: str, book: Book, chance: Random) -> None:
        """Understands a book twice: without any answer, and with one to every question."""
        begun = time.perf_counter()
        try:
            known, context = chance.choice((KNOWN, Known())), chance.choice((PLAN, LATER))
            found = preview(book, {}, known, context)
            which = chance.choice((0, -1))
            chosen = {one.key: one.choices[which].value for one in found.questions if one.choices}
            # That alone needs words.
            answers = {key: "dropped:No money" if said == "dropped" else said for key, said in chosen.items()}
            again = preview(book, answers, known, context)
            asked_again = {one.key for one in again.questions} & answers.keys()
            assert not asked_again, f"asked again: {sorted(asked_again)[:3]}"
            self.previews += 1
            self.actions += len(found.lines)
            self.questions += len(found.questions)
            self.kinds.update(one.kind for one in found.questions)
        except Exception:
            self.wrong.append(f"{name}: {traceback.format_exc(limit=-3)}")
        taken = time.perf_counter() - begun
        if taken > 2 * limits.SECONDS:
            self.wrong.append(f"{name}: two previews took {taken:.1f} s")


def preview(book: Book, answers: Mapping[str, str], known: Known, context: Context) -> Understood:
    """The whole preview, as kept and shown; each row with something in it has one fate."""
    found = understand(book, known, answers, reader(context))
    json.dumps(as_json(found), allow_nan=False)
    fates = Counter((one.sheet, one.row) for one in found.fates)
    names = [sheet.name for sheet in book.sheets]
    if len(set(names)) == len(names):
        told = {
            (sheet.name, row.number)
            for sheet in book.sheets
            for row in sheet.rows
            if any(c.text.strip() or c.value is not None for c in row.cells)
        }
        assert set(fates) == told, f"lost: {sorted(told ^ set(fates))[:3]}"
        assert max(fates.values(), default=1) == 1, "two fates"
    return found


def files(count: int, seed: int) -> Iterator[tuple[str, bytes, Random]]:
    """So many files, spoilt or not, with names that say how they were made."""
    whole = {name: steady(made()) for name, made in CORPUS.items()}
    whole |= {plan.name: steady(plan.content) for plan in examined() if not plan.pasted}
    names = sorted(whole)
    for number in range(count):
        chance = Random(f"preview-{seed}-{number}")  # noqa: S311 - the same each time
        name, other = chance.choice(names), chance.choice(names)
        content = whole[name] if chance.random() < 0.4 else spoilt(whole[name], whole[other], chance)
        yield f"{seed}-{number}-{name}", content, chance


HEADINGS = ("Ref", "Action", "Timescale", "Led by", "Working with", "Outcome", "Progress", "Status", "RAG", "Section")


def _filled(rows: int, cell: Callable[[int, int], str], name: str = "Plan") -> Book:
    head = tuple(Cell(f"{name}!{at}1", heading) for at, heading in enumerate(HEADINGS))
    body = (
        Row(number, tuple(Cell(f"{name}!{at}{number}", cell(number, at)) for at in range(len(HEADINGS))))
        for number in range(2, rows + 2)
    )
    return Book((Sheet(name, (Row(1, head), *body)),))


def worst() -> Iterator[tuple[str, Book]]:
    """The largest books that are read, filled with what takes longest to understand."""
    words = [text for text, _ in ACTIONS.values()]
    rows, letters = limits.MOST_ROWS - 1, limits.MOST_LETTERS
    yield "different texts", _filled(rows, lambda row, at: f"{words[(row * 7 + at) % len(words)]} {row} {at}")
    yield (
        "names",
        _filled(rows, lambda row, at: f"Agreed with Raj{row} Patel{at} and Dr Ann{row} Lee of the Zeta{row} Group"),
    )
    yield (
        "dates",
        _filled(
            rows,
            lambda row, at: (
                f"Q{row % 4 + 1} {1990 + row % 60}, revised: {row % 28 + 1}/{row % 12 + 1}/{2010 + row % 30}"
            ),
        ),
    )
    yield (
        "bodies",
        _filled(rows, lambda row, at: f"Zeta{row} Agency/CCG and Police{at}, with Body {row % 991} (Dr X{row})"),
    )
    long = min(limits.LONGEST_CELL, letters // (30 * len(HEADINGS)))
    for piece in PIECES:
        yield f"long {piece!r}", _filled(30, lambda row, at, piece=piece: (piece * long)[:long])  # type: ignore[misc]
    small = tuple(
        replace(_filled(8, lambda row, at: f"{row}.{at} words", f"T{at}").sheets[0]) for at in range(limits.MOST_TABLES)
    )
    yield "many tables", Book(small)


def main() -> int:
    """Previews them and says what came of it. 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worst", action="store_true")
    chosen = parser.parse_args()
    logging.disable()
    outcomes, begun = Outcomes(), time.perf_counter()
    for name, content, chance in files(chosen.count, chosen.seed):
        outcomes.take(name, content, chance)
    print(f"{chosen.count} files in {time.perf_counter() - begun:.0f} s; {outcomes.unread} not read")
    print(f"{outcomes.previews} previews twice: {outcomes.actions} actions, {outcomes.questions} questions")
    print(*(f"{times:6} {kind}" for kind, times in outcomes.kinds.most_common()), sep="\n")
    print(f"slowest: {outcomes.slowest[0]:.2f} s, {outcomes.slowest[1]}; most memory: {peak_memory():.0f} MB")
    if chosen.worst:
        for name, book in worst():
            begun, before = time.process_time(), time.perf_counter()
            outcomes.understand(name, book, Random(1))  # noqa: S311 - the same each time
            taken = (time.process_time() - begun, time.perf_counter() - before)
            print(
                f"worst {name}: {taken[0]:.1f} s of the processor, {taken[1]:.1f} s; {peak_memory():.0f} MB", flush=True
            )
    print(*outcomes.wrong[:SHOWN], sep="\n")
    print(f"wrong: {len(outcomes.wrong)}")
    return 1 if outcomes.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
