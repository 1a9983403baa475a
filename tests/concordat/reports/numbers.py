"""A report that is made up: as many numbered rows as are wanted, one after the other as they are taken."""

from collections.abc import Callable, Iterator

from concordat.reports.questions import Question
from concordat.reports.report import Report, national_only
from concordat.reports.shapes import Answer, Heading, Kind, Table

Each = Callable[[int], None]


def numbers(count: int, each: Each = lambda number: None, *, streams: bool = True) -> Report:
    """The report; `each` is called with the number of every row that is taken."""

    def rows() -> Iterator[tuple[int]]:
        for number in range(count):
            each(number)
            yield (number,)

    def answer(question: Question) -> Answer:
        headings = (Heading("number", "Number", Kind.NUMBER),)
        table = Table("numbers", "Numbers", headings, rows() if streams else [(number,) for number in range(count)])
        return Answer("tracker", "Numbers", question.on, (table,))

    return Report("tracker", "Numbers", "Many rows.", answer, national_only, frozenset({"since", "region"}))
