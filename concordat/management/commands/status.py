import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from concordat.answers import status_answer
from concordat.asked import day_asked
from concordat.kernel.commands import told_plainly
from concordat.kernel.dates import today
from concordat.picture import AreaOnDay, Picture, picture
from signatories.models import Programme


class Command(BaseCommand):
    help = "How every area stands on a day: the same answer as the map."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="The day, in London; today if not given.")
        parser.add_argument(
            "--lens", choices=["signup", "delivery"], help="Print one of the two statuses only (JSON has both)."
        )
        parser.add_argument("--json", action="store_true", help="The whole answer as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            on = day_asked(options["on"], today())
            with told_plainly():
                found = picture(on)
        except ValueError as refusal:
            raise CommandError(str(refusal)) from refusal
        except Programme.DoesNotExist:
            raise CommandError("Nothing is loaded yet: run manage.py load_areas, then load_history.") from None
        if options["json"]:
            self.stdout.write(json.dumps(status_answer(found), ensure_ascii=False, indent=1))
            return
        self._print(found, options["lens"])

    def _print(self, found: Picture, lens: str | None) -> None:
        counts = {"signup": found.sign_up_counts, "delivery": found.delivery_counts}
        for name, numbers in counts.items():
            if lens in (None, name):
                words = {
                    word: "with no actions recorded" if word == "none" else word.replace("_", " ") for word in numbers
                }
                told = ", ".join(f"{count} {words[word]}" for word, count in numbers.items() if count)
                self.stdout.write(f"{name}: {told}")
        if found.is_beyond_records:
            self.stdout.write(
                f"Records are complete to {found.complete_to} only: later, “none recorded” is not “none”."
            )
        for area in found.areas:
            self.stdout.write("  ".join(_columns(area, lens)))


def _columns(area: AreaOnDay, lens: str | None) -> list[str]:
    """One line of the table; each status alone, or both."""
    sign_up = f"{area.sign_up.status.value:<5}  {area.sign_up.reason}"
    delivery = area.delivery.label if area.delivery else "no actions recorded"
    statuses = {"signup": [sign_up], "delivery": [delivery]}.get(lens or "", [sign_up, delivery])
    return [area.code, f"{area.name:<36}", *statuses]
