"""Sections that a column names by bare numbers: the national ones where it counts 1 to 5, as they do; else asked.

Both numberings of the national sections are in use, 1 to 5 and A to D (DOMAIN: section tree), but numbers may also be
the plan's own, and 1 to 4 may be A to D. A column of another meaning is never looked at.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.cells import Cells
from actionplans.importing.understanding.fields import Field
from actionplans.importing.understanding.sections import NONE, NUMBERS, Heading, Sections
from actionplans.importing.understanding.shapes import Choice, Column
from actionplans.importing.understanding.words import fold

BARE = re.compile(r"0?(\d{1,2})(?:\.0)?\s?[.:)]?")
OF_SECTIONS = re.compile(r"\b(?:sections?|concordat|national)\b")
LETTERS = "ABCD"
FOUR = Choice("four", "They are A to D: 1 is A, 4 is D")


def bare(text: str) -> str:
    """The number that a text is, as “3” and “3.” are; empty where it says more."""
    found = BARE.fullmatch(fold(text))
    return found[1] if found else ""


@dataclass(slots=True)
class Counted:
    """What stands in the columns of sections of one file."""

    numbers: dict[str, None] = field(default_factory=dict)  # the bare ones, as they come
    headings: set[str] = field(default_factory=set)  # of the columns with a bare number
    told: set[Heading] = field(default_factory=set)  # what says more than a number
    is_our_own: bool = False

    @classmethod
    def of(cls, actions: Iterable[Cells], sections: Sections) -> "Counted":
        found = cls()
        for cells in actions:
            text, column = cells.text(Field.SECTION), cells.column(Field.SECTION)
            if number := bare(text):
                found.numbers[number] = None
                found.headings.add(_heading(column))
                found.is_our_own = found.is_our_own or cells.draft.table.is_our_own
            elif text:
                found.told.add(sections.read(text))
        return found

    def count_as_nation(self, sections: Sections) -> bool:
        """Whether the numbers are the national ones without a doubt."""
        numbered = [one for one in self.told if one.written_code.isdecimal() and one.code]
        if numbered:  # “3 / B” and “3. Urgent and emergency access” tell what a bare 3 is, or that it is another thing
            return all(sections.of_number(one.written_code) == one.code for one in numbered)
        lettered = any(one.written_code in LETTERS for one in self.told if one.written_code)
        if lettered or self.is_our_own:
            return set(self.numbers) == {"1"}  # beside A to D
        return "5" in self.numbers and all(map(OF_SECTIONS.search, self.headings))


@dataclass(frozen=True, slots=True)
class SectionNumbers:
    """Reads the bare numbers in the columns of sections of one file."""

    sections: Sections
    asking: Asking
    counted: Counted
    is_sure: bool

    @classmethod
    def of(cls, actions: Iterable[Cells], sections: Sections, asking: Asking) -> "SectionNumbers":
        counted = Counted.of(actions, sections)
        return cls(sections, asking, counted, counted.count_as_nation(sections))

    def code(self, text: str, at: str) -> str | None:
        """The code of the section, NONE where it is the plan's own or asked; None where the text is no such number."""
        number, numbers = bare(text), self.counted.numbers
        if not number or not all(map(self.sections.of_number, numbers)):
            return None
        if self.is_sure:
            return self.sections.of_number(number)
        told = f"The column of sections holds bare numbers: {', '.join(sorted(numbers))}. Are they the national ones?"
        choices = (*NUMBERS, FOUR) if all(int(each) <= len(LETTERS) for each in numbers) else NUMBERS
        answer = self.asking.ask("section", ("bare numbers",), at=at, text=told, choices=choices)
        if answer == FOUR.value:
            return LETTERS[int(number) - 1]
        return self.sections.of_number(number) if answer == NUMBERS[0].value else NONE


def _heading(column: Column | None) -> str:
    return fold(column.heading) if column else ""
