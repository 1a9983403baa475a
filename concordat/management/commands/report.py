import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from concordat.kernel.commands import told_plainly
from concordat.kernel.dates import today
from concordat.reports.catalogue import REPORTS
from concordat.reports.formats import FORMATS
from concordat.reports.formats.pdf import PdfError
from concordat.reports.questions import NAMES, SenselessError, question_of
from concordat.reports.report import answered, unfit
from signatories.models import BoardMeeting, Programme


class Command(BaseCommand):
    help = "Write one of the reports, as at any day, to a file or to the standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=list(REPORTS), metavar="NAME", help=f"One of: {', '.join(REPORTS)}.")
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="The day, in London; today if not given.")
        parser.add_argument("--since", metavar="YYYY-MM-DD", help="The day to compare with; three months before else.")
        for name in NAMES[2:]:
            parser.add_argument(f"--{name}", help="Of this alone.")
        parser.add_argument("--format", choices=list(FORMATS), default="csv", help="csv if not given.")
        parser.add_argument("--table", default="", help="Of a report with several tables: the one to write.")
        parser.add_argument("--bom", action="store_true", help="Begin a CSV with the mark that spreadsheets look for.")
        parser.add_argument("-o", "--output", metavar="FILE", help="Where to; the standard output else.")

    def handle(self, *args: Any, **options: Any) -> None:
        report = REPORTS[options["name"]]
        try:
            with told_plainly():
                question = question_of(options, today())
                if refusals := unfit(report, question, options["format"], options["table"]):
                    raise SenselessError(refusals)
                answer = answered(report, question)
                if (table := options["table"]) not in ("", *(each.key for each in answer.tables)):
                    raise SenselessError({"table": f"“{report.title}” has no table “{table}”."})
                pieces = FORMATS[options["format"]].write(answer, table=table, bom=options["bom"])
                self._write(pieces, options["output"])
        except (SenselessError, PdfError) as refusal:
            raise CommandError(str(refusal)) from refusal
        except BoardMeeting.DoesNotExist:
            raise CommandError("No board that oversees the partnership has such a meeting.") from None
        except Programme.DoesNotExist:
            raise CommandError("Nothing is loaded yet: run manage.py load_areas, then load_history.") from None
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error}") from error

    def _write(self, pieces: Iterable[bytes], path: str | None) -> None:
        if path is None:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            return
        with Path(path).open("wb") as file:
            file.writelines(pieces)
