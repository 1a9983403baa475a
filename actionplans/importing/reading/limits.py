"""The most that is read of one file, so that no file costs more than 300 MB of memory or 20 seconds."""

from signatories.documents.formats import LARGEST_MB, MEGABYTE

MOST_ROWS = 10_000  # with text, in one sheet or table
MOST_COLUMNS = 200  # with text
MOST_CELLS = 300_000  # in one file, those counted that stand between two with text
LONGEST_CELL = 32_767  # letters: the most that a spreadsheet takes
MOST_LETTERS = 10_000_000  # in one file, text that a merged cell repeats counted each time
MOST_TABLES = 1_000  # in one file
MOST_REMARKS = 1_000  # warnings, and again notes, in one file
MOST_UNPACKED = 120 * MEGABYTE  # of the parts of an archive that are read; pictures are not
MOST_STYLES = 100_000  # of each kind; Excel takes 64,000
MOST_UNBROKEN = 4 * MEGABYTE  # of one part without the end of a row, a paragraph or the like
LONGEST_PASTE = 5_000_000  # letters
# What one reading may take, where it runs in a process of its own.
MEMORY = 300 * MEGABYTE
SECONDS = 20  # of the processor
PATIENCE = 60  # seconds by the clock: a busy machine must not refuse a good file

TOO_LARGE = f"This file has more than {LARGEST_MB} MB, which is the most we take. Copy the table to a new, empty file."
TOO_MANY_CELLS = f"This file has more than {MOST_CELLS:,} cells. Copy the table of actions to a new, empty file."
TOO_MUCH_TEXT = "This file has more text than any plan. Copy the table of actions to a new, empty file."
TOO_MANY_TABLES = f"This file has more than {MOST_TABLES:,} tables. Copy the table of actions to a new, empty file."
TOO_HEAVY = "This file takes too long to read, or too much memory. Copy the table of actions to a new, empty file."
LONG_PASTE = "What you pasted is too long. Save it as a spreadsheet (.xlsx) and send that file."
