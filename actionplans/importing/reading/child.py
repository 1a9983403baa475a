"""The process in which a file from outside is read. `guarded` starts it and gives it its input; it writes JSON."""

import resource
import sys

from actionplans.importing.reading import limits
from actionplans.importing.reading.books import read_book
from actionplans.importing.reading.guarded import PASTE
from actionplans.importing.reading.pasting import read_paste
from actionplans.importing.reading.transfer import line_of_refusal, lines_of
from actionplans.importing.tables import UnreadableError

MOST_WRITTEN = 500 * 1024 * 1024  # bytes


def main(arguments: list[str]) -> None:
    """Reads what comes in, within limits that the operating system holds."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.SECONDS, limits.SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
    given = sys.stdin.buffer
    try:
        pasted = arguments[0] == PASTE
        book = read_paste(given.read().decode("utf-8")) if pasted else read_book(given, arguments[1])
        sys.stdout.writelines(lines_of(book))
    except UnreadableError as error:
        sys.stdout.write(line_of_refusal(error))


if __name__ == "__main__":
    main(sys.argv[1:])
