"""LibreOffice, for the tests of files that other programs open."""

import csv
import os
import subprocess
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from tests import programs

HOW_TO_GET_IT = "tests of spreadsheets need LibreOffice: apt-get install libreoffice-calc (or name soffice in SOFFICE)"
# Commas, quotation marks, UTF-8, from line 1; cells as shown, no formulas, every sheet to a file of its own.
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,2057,false,true,true,false,false,-1"


def program() -> str:
    """Where it is; where it is not, the test is skipped, or fails in CI."""
    return programs.found(os.environ.get("SOFFICE", "soffice"), HOW_TO_GET_IT)


def saved_as_csv(files: Iterable[Path], folder: Path) -> dict[str, list[list[str]]]:
    """The cells of every sheet of the files as LibreOffice shows them, by “file-sheet”."""
    command = [program(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    out = folder / "saved"
    subprocess.run([*command, "--convert-to", AS_SHOWN, "--outdir", out, *files], check=True, capture_output=True)
    return {each.stem: list(csv.reader(StringIO(each.read_bytes().decode(), newline=""))) for each in out.iterdir()}
