"""Made-up organisations: of each kind one where a partnership has its seat; ambulance trusts for a region."""

from areas.models import Area
from concordat.demo.batch import Batch
from concordat.demo.wording import LABEL, NATIONAL, ORGANISATIONS, REGIONAL
from signatories.models import Organisation
from signatories.models.organisation import OrganisationType

Around = dict[OrganisationType, Organisation]


class Organisations:
    """Makes each organisation the first time that somebody there needs it."""

    def __init__(self) -> None:
        self._known: dict[str, Organisation] = {}  # by slug

    def around(self, area: Area, batch: Batch) -> Around:
        """The organisations by type that work in the area; the new ones go into the batch."""
        region = area.region.lower().replace(" ", "-")
        places = [(ORGANISATIONS, area.name, area.slug), (REGIONAL, area.region, region), (NATIONAL, "", "national")]
        return {
            type_: self._keep(type_, name.format(place), f"example-{slug}-{type_.replace('_', '-')}", batch)
            for names, place, slug in places
            for type_, name in names.items()
        }

    def _keep(self, type_: OrganisationType, name: str, slug: str, batch: Batch) -> Organisation:
        if slug not in self._known:
            email = f"{slug}@example.org"
            self._known[slug] = batch.add(
                Organisation(slug=slug, name=name, type=type_, public_email=email, source=LABEL)
            )
        return self._known[slug]
