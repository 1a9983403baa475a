"""`load_history`: the real facts of 2014-15, idempotent. Nothing is invented: what is not known is left out."""

from collections import Counter

from concordat.history.documents import load_hampshire, load_hertfordshire
from concordat.history.keeping import Keeper
from concordat.history.national_programme import load_programme
from concordat.history.partnerships import load_partnerships
from concordat.history.publications import load_publications
from concordat.history.reading import facts
from concordat.kernel.commands import RefusedError
from signatories.models import Programme


def load_history() -> Counter[str]:
    """Write the programme, the partnerships, what they published, and the documents' facts.

    Needs the areas. Returns how many rows of each kind are new. Call it in a transaction. Where the programme is
    there already nothing is written, so that loading again undoes nobody's correction.
    Raises RefusedError in the database of the demonstration.
    """
    keeper = Keeper()
    slugs = set(Programme.objects.values_list("slug", flat=True))
    if facts("national")["programme"]["slug"] in slugs:
        return keeper.counts
    if slugs:
        raise RefusedError("This database holds another programme; the real history needs one of its own.")
    programme = load_programme(keeper)
    partnerships = load_partnerships(keeper, programme)
    load_publications(keeper, partnerships)
    load_hertfordshire(keeper, programme)
    load_hampshire(keeper, programme)
    return keeper.counts
