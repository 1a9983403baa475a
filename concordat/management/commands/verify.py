from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concordat.kernel.commands import told_plainly
from concordat.verification import CHECKS, differences


class Command(BaseCommand):
    help = "Derive anew everything that is stored twice and compare. Ends with 1 if anything differs."

    def handle(self, *args: Any, **options: Any) -> None:
        with told_plainly():
            found = list(differences())
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            raise CommandError(f"{len(found)} differences in {len(CHECKS)} checks.")
        self.stdout.write(f"{len(CHECKS)} checks, no difference.")
