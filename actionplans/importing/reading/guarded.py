"""Reads a file from outside in a process of its own, which may take so much memory and time and no more.

What that process needs more of, or dies of, is one plain sentence here. It gets none of our secrets: of the environment
it sees only what Python needs to start.
"""

import io
import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO

from actionplans.importing.reading import limits
from actionplans.importing.reading.transfer import book_of
from actionplans.importing.tables import Book, UnreadableError
from signatories.documents.checking import harmless_name
from signatories.documents.formats import LARGEST

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[3]
CHILD = "actionplans.importing.reading.child"
PASTE = "--paste"
FILE = "--file"
NEEDED = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LANG", "LC_ALL", "SYSTEMROOT")


def read_safely(content: BinaryIO | bytes, name: str, seconds: float = limits.PATIENCE) -> Book:
    """What the file holds, as `books.read_book` says, within 300 MB of memory, 20 seconds of the processor and so many.

    Raises UnreadableError.
    """
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    file.seek(0, io.SEEK_END)
    if file.tell() > LARGEST:
        raise UnreadableError(limits.TOO_LARGE)
    file.seek(0)
    return _read_apart(file, [FILE, harmless_name(name)], seconds)


def read_paste_safely(text: str, seconds: float = limits.PATIENCE) -> Book:
    """What was pasted, as `pasting.read_paste` says. Raises UnreadableError."""
    if len(text) > limits.LONGEST_PASTE:
        raise UnreadableError(limits.LONG_PASTE)
    return _read_apart(io.BytesIO(text.encode("utf-8", errors="replace")), [PASTE], seconds)


def _read_apart(file: BinaryIO, arguments: list[str], seconds: float) -> Book:
    with TemporaryFile() as given, TemporaryFile() as got:
        shutil.copyfileobj(file, given)
        given.seek(0)
        _run(given, got, arguments, seconds)
        got.seek(0)
        try:
            return book_of(got)
        except UnreadableError:
            raise
        except ValueError as error:  # it was ended while it wrote
            raise UnreadableError(limits.TOO_HEAVY) from error


def _run(given: IO[bytes], got: IO[bytes], arguments: list[str], seconds: float) -> None:
    """Runs the child until it ends. Whether it came to its end, the last line that it wrote says."""
    environment = {name: os.environ[name] for name in NEEDED if name in os.environ}
    command = [sys.executable, "-m", CHILD, *arguments]
    try:
        ended = subprocess.run(  # noqa: S603 - our own module; the file's name is one argument
            command,
            cwd=ROOT,
            env=environment | {"MALLOC_ARENA_MAX": "1", "PYTHONIOENCODING": "utf-8"},
            stdin=given,
            stdout=got,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(limits.TOO_HEAVY) from error
    if ended.returncode:
        log.warning("The process that reads a plan file ended with %s", ended.returncode)
