import re
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from areas.boundaries.epochs import Prepared
from areas.boundaries.loading import prepare_file, prepare_shipped, store
from concordat.kernel.commands import RefusedError, WritingCommand, told_plainly
from concordat.kernel.dates import today
from concordat.kernel.progress import Progress, ProgressBar


class Command(WritingCommand):
    help = (
        "Load the boundaries of areas: the approximate ones that come with this product, or, with FILE, those of an "
        "official file (GeoJSON, TopoJSON, Shapefile, also zipped, or GeoPackage) for the year of --vintage."
    )
    prepared: Prepared

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", nargs="?", metavar="FILE", help="Counties and Unitary Authorities, from the ONS.")
        parser.add_argument("--vintage", metavar="YYYY", help="The year of the file: its boundaries of December.")

    def handle(self, *args: Any, **options: Any) -> None:
        with told_plainly():
            # Seconds of work: done before the transaction, so that others can write meanwhile.
            self.prepared = self.prepare(options["file"], options["vintage"], ProgressBar(self.stdout))
        for note in self.prepared.notes:
            self.stdout.write(note)
        super().handle(*args, **options)

    def prepare(self, file: str | None, vintage: str | None, progress: Progress) -> Prepared:
        """What to load, by what was asked for."""
        if file is None and vintage is None:
            return prepare_shipped(today=today(), progress=progress)
        if file is None:
            raise RefusedError("--vintage goes with a file; name the file too.")
        if vintage is None:
            raise RefusedError("Say of which year the file is, such as --vintage 2023.")
        if not re.fullmatch("[0-9]{4}", vintage):
            raise RefusedError(f"--vintage must be a year, not “{vintage}”.")
        return prepare_file(Path(file), int(vintage), today=today(), progress=progress)

    def write(self, **options: Any) -> Counter[str]:
        return store(self.prepared.epochs, by="load_boundaries")
