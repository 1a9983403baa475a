from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concordat.kernel.commands import told_plainly
from concordat.reports import verification as reports
from concordat.verification import CHECKS, differences


class Command(BaseCommand):
    help = "Derive anew everything that is stored twice and compare. Ends with 1 if anything differs."

    def handle(self, *args: Any, **options: Any) -> None:
        count = len(CHECKS) + len(reports.CHECKS)
        with told_plainly():
            found = list(differences(reports.CHECKS))
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            raise CommandError(f"{len(found)} differences in {count} checks.")
        self.stdout.write(f"{count} checks, no difference.")
