import secrets
from collections import Counter
from typing import Any

from django.core.management.base import CommandParser

from concordat.asked import day_asked
from concordat.demo.country import load_country
from concordat.demo.parameters import Parameters
from concordat.demo.people import accounts
from concordat.demo.programme import loaded_parameters, refuse_other_records
from concordat.demo.sign_in import new_key, open_accounts
from concordat.kernel.commands import RefusedError, WritingCommand
from concordat.kernel.dates import today
from concordat.kernel.progress import ProgressBar


class Command(WritingCommand):
    help = "Load a made-up country of any size, all of it labelled so, into a database that holds the areas alone."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--partnerships", type=int, default=60, help="How many partnerships; 60 if not given.")
        parser.add_argument("--actions", type=int, default=25, help="How many actions in each plan; 25 if not given.")
        parser.add_argument("--seed", type=int, default=2014, help="Another seed makes another country.")
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="The day around which all dates lie; today by default.")

    def write(self, **options: Any) -> Counter[str]:
        loaded = loaded_parameters()
        parameters = self._asked(loaded, **options)
        if loaded == parameters:
            return Counter()
        if loaded is not None:
            raise RefusedError(f"This database holds another demonstration, made with {loaded.as_options()}.")
        refuse_other_records()
        password, key = f"demo-{secrets.token_urlsafe(9)}", new_key()
        counts = load_country(parameters, password, ProgressBar(self.stderr))
        open_accounts(key)
        if not options["dry_run"]:
            self.stdout.write(f"Sign in as {', '.join(accounts())}.\nPassword, shown only this once: {password}")
            self.stdout.write(f"Key of everybody's second factor, for an app that shows codes: {key}")
        return counts

    def _asked(self, loaded: Parameters | None, **options: Any) -> Parameters:
        """What is asked for. Where no day is given, a demonstration that is loaded keeps its own."""
        try:
            on = day_asked(options["on"], loaded.on if loaded else today())
        except ValueError as refusal:
            raise RefusedError(str(refusal)) from refusal
        return Parameters(options["partnerships"], options["actions"], options["seed"], on)
