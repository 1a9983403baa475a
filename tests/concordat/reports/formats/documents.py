"""PDFs as programs of other people read them: poppler, qpdf, pdfua."""

import subprocess
from pathlib import Path

from tests import programs


def text_of(made: bytes, folder: Path) -> str:
    """What `pdftotext` reads, line by line; each run of white space is one space."""
    return " ".join(_run(made, folder, "pdftotext", "-layout", "{}", "-").replace("\u200b", "").split())


def paged(made: bytes, folder: Path) -> list[str]:
    """The same, page by page."""
    read = _run(made, folder, "pdftotext", "-layout", "{}", "-").replace("\u200b", "")
    return [" ".join(page.split()) for page in read.split("\f") if page.strip()]


def facts_of(made: bytes, folder: Path) -> dict[str, str]:
    """What `pdfinfo` says of the document."""
    lines = _run(made, folder, "pdfinfo", "{}").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def structure_of(made: bytes, folder: Path) -> list[str]:
    """The tags of the document from its beginning to its end, as `pdfinfo` lists them."""
    lines = _run(made, folder, "pdfinfo", "-struct-text", "{}").splitlines()
    return [line.strip() for line in lines]


def checked(made: bytes, folder: Path) -> None:
    """`qpdf` finds nothing wrong. Fails the test where it does."""
    assert "No syntax or stream encoding errors found" in _run(made, folder, "qpdf", "--check", "{}")


def _run(made: bytes, folder: Path, program: str, *arguments: str) -> str:
    there = programs.found(program, f"tests of PDFs need {program}: apt-get install poppler-utils qpdf")
    file = folder / "made.pdf"
    file.write_bytes(made)
    command = [there, *(str(file) if each == "{}" else each for each in arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
