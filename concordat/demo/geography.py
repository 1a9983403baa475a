"""Which areas each partnership works for. Some areas are left out, and stay red."""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from areas.models import Area, AreaCode
from concordat.demo.parameters import Parameters
from concordat.demo.stories import FARTHEST_BACK, story_of
from concordat.kernel.commands import RefusedError
from concordat.kernel.dates import add_months

HISTORY_MONTHS = 60  # how far back the facts of the country go


def settled_areas(on: date) -> list[Area]:
    """The areas that exist on the day and did so all the years before; neighbours in the list share a region.

    Raises RefusedError if no areas are loaded.
    """
    since = add_months(on, -HISTORY_MONTHS)
    areas = [row.area for row in AreaCode.objects.existing_on(on)]
    if not areas:
        raise RefusedError("Load the areas first: manage.py load_areas.")
    return sorted((area for area in areas if area.from_on is None or area.from_on <= since), key=_in_order)


def _in_order(area: Area) -> tuple[str, str]:
    return area.region, area.name


def laid_out(parameters: Parameters, areas: Sequence[Area]) -> Iterator[list[Area]]:
    """The areas of each partnership, one after the other.

    Spread evenly over the country while there are enough areas; beyond that several partnerships work in one.
    """
    needed = sum(story_of(number).new_areas for number in range(parameters.partnerships))
    step = max(1.0, len(areas) / needed)
    start = Random(parameters.seed).randrange(len(areas))  # noqa: S311 - a country is drawn, not a secret
    taken = 0
    before: deque[list[Area]] = deque(maxlen=FARTHEST_BACK)
    for number in range(parameters.partnerships):
        story = story_of(number)
        places = [int((taken + place) * step) + start for place in range(story.new_areas)]
        own = [areas[place % len(areas)] for place in places]
        own += [before[-shared.back][shared.index] for shared in story.shared]
        taken += story.new_areas
        before.append(own)
        yield own
