from collections import Counter
from typing import Any

from areas.loading import load_areas, read_history
from concordat.kernel.commands import WritingCommand


class Command(WritingCommand):
    help = "Load every upper-tier area of England since 2014, with its codes and successions."

    def write(self, **options: Any) -> Counter[str]:
        return load_areas(read_history(), by="load_areas")
