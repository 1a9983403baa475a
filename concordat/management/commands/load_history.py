from collections import Counter
from typing import Any

from concordat.history.loading import load_history
from concordat.kernel.commands import WritingCommand


class Command(WritingCommand):
    help = "Load the real history of 2014-15 with its sources. What is there already is left alone."

    def write(self, **options: Any) -> Counter[str]:
        return load_history()
