"""Finding an area by its postcode, GSS code or name, present or former, even where it is misspelt or a part of it.

Matching happens here and not in the database: there are some 170 areas, and what was typed never reaches a query.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from areas import postcodes
from areas.models import Area, AreaCode, AreaSuccession, Kind, Region, only_planned
from concordat.kernel.periods import holds

OTHER_NAMES = Path(__file__).parent / "data" / "other_names.csv"
SMALL_WORDS = frozenset(["and", "the", "of", "on", "upon"])
WORDS_OF_BODIES = frozenset(["council", "corporation", "authority", "mbc", "cc"])
WORDS_OF_KINDS = WORDS_OF_BODIES | frozenset(
    ["borough", "city", "county", "district", "london", "metropolitan", "royal", "unitary", "area"]
)
SHORT_WORDS = {
    "st": "saint", "beds": "bedfordshire", "berks": "berkshire", "bucks": "buckinghamshire",
    "cambs": "cambridgeshire", "derbys": "derbyshire", "glos": "gloucestershire", "hants": "hampshire",
    "herts": "hertfordshire", "lancs": "lancashire", "leics": "leicestershire", "lincs": "lincolnshire",
    "northants": "northamptonshire", "notts": "nottinghamshire", "oxon": "oxfordshire", "salop": "shropshire",
    "staffs": "staffordshire", "wilts": "wiltshire", "worcs": "worcestershire", "yorks": "yorkshire",
}  # fmt: skip
# How alike a misspelt name must be (of 1); how many letters make a beginning, and a word, worth looking for.
ALIKE, FEWEST_LETTERS, LONG_WORD = 0.75, 3, 6

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """From one area to the next: which one, on which day, and the part that went, where it was not the whole."""

    slug: str
    name: str
    on: date
    part: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """An area with all that it can be found by. Days are days in London; `until_on` is the first day no longer."""

    slug: str
    name: str
    region: str = ""
    kind: str = ""
    official_names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    from_on: date | None = None
    until_on: date | None = None
    predecessors: tuple[Step, ...] = ()
    successors: tuple[Step, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Its everyday name, and those of the official list."""
        return (self.name, *self.official_names)

    @property
    def last_day(self) -> date | None:
        """The last day on which it exists, if it ends."""
        return None if self.until_on is None else self.until_on - timedelta(days=1)

    def exists_on(self, day: date) -> bool:
        """Whether it exists on that day."""
        return holds(self.from_on, self.until_on, day)


@dataclass(frozen=True, slots=True)
class Found:
    """The areas found, what to say about them, and whether it is they that were meant and nothing else."""

    places: tuple[Place, ...] = ()
    remark: str = ""
    is_sure: bool = True

    @property
    def is_guess(self) -> bool:
        """Whether these are only names like the one typed, or names that are a part of it."""
        return bool(self.places) and not self.is_sure and not self.remark

    @property
    def only(self) -> Place | None:
        """The one area that was meant."""
        return self.places[0] if self.is_sure and len(self.places) == 1 else None


def known_places() -> tuple[Place, ...]:
    """Every area there is, was, or is sure to be, in two queries, ordered by name."""
    before: dict[Area, list[Step]] = defaultdict(list)
    after: dict[Area, list[Step]] = defaultdict(list)
    confirmed = AreaSuccession.objects.filter(state=AreaSuccession.State.CONFIRMED)
    for step in confirmed.select_related("predecessor", "successor"):
        after[step.predecessor].append(Step(step.successor.slug, step.successor.name, step.on, step.label))
        before[step.successor].append(Step(step.predecessor.slug, step.predecessor.name, step.on, step.label))
    codes: dict[Area, list[AreaCode]] = defaultdict(list)
    for code in AreaCode.objects.exclude(only_planned("area")).select_related("area"):
        codes[code.area].append(code)
    places = (
        Place(
            slug=area.slug,
            name=area.name,
            region=area.region,
            kind=str(Kind(max(own, key=lambda code: code.until_on or date.max).kind).label),
            official_names=tuple(sorted({code.official_name for code in own})),
            codes=tuple(code.code for code in own),
            from_on=area.from_on,
            until_on=area.until_on,
            predecessors=tuple(before[area]),
            successors=tuple(after[area]),
        )
        for area, own in codes.items()
    )
    return tuple(sorted(places, key=lambda place: place.name))


def find(text: str, places: Collection[Place], on: date) -> Found:
    """The areas that somebody means who typed this and asks about that day. Never fails, whatever was typed."""
    if postcode := postcodes.normalised(text):
        return _by_postcode(postcode, places, on)
    if outward := postcodes.outward_of(text):
        return _by_outward(outward, places, on)
    code = "".join(text.split()).upper()
    if by_code := tuple(place for place in places if code in place.codes):
        return Found(by_code)
    return _by_name(text, places, on)


def standing_on(day: date, place: Place, places: Iterable[Place]) -> tuple[Place, ...]:
    """The area itself where it exists by that day, else those that it came from; itself where none is known."""
    if place.from_on is None or place.from_on <= day:
        return (place,)
    by_slug = {each.slug: each for each in places}
    earlier = (by_slug[step.slug] for step in place.predecessors if step.slug in by_slug)
    return tuple(dict.fromkeys(old for before in earlier for old in standing_on(day, before, by_slug.values()))) or (
        place,
    )


def _with_codes(codes: Collection[str], places: Collection[Place], on: date) -> tuple[Place, ...]:
    """The areas with those codes, or what stood in their place on the day."""
    present = [place for place in places if not set(codes).isdisjoint(place.codes)]
    return _in_order((old for place in present for old in standing_on(on, place, places)), on)


def _in_order(places: Iterable[Place], on: date) -> tuple[Place, ...]:
    """Each once: those that exist on the day first, then by name."""
    return tuple(sorted(dict.fromkeys(places), key=lambda place: (not place.exists_on(on), place.name)))


# By postcode


def _by_postcode(postcode: str, places: Collection[Place], on: date) -> Found:
    code = postcodes.code_of(postcode)
    found = _with_codes([code], places, on) if code else ()
    if not found:
        return Found(remark=_unknown(postcode, f"We do not know the postcode {postcode}. Check it and try again."))
    if nation := postcodes.border_of(postcode):
        remark = f"{postcode} is near the border with {nation}. If it is in England, this is where it lies."
        return Found(found, remark, is_sure=False)
    many = "We do not know in which of these areas the postcode was on that day." if len(found) > 1 else ""
    return Found(found, many)


def _by_outward(outward: str, places: Collection[Place], on: date) -> Found:
    found = _with_codes(postcodes.codes_of(outward), places, on)
    if not found:
        return Found(remark=_unknown(outward, f"We do not know postcodes that begin with {outward}."))
    if nation := postcodes.border_of(outward):
        remark = f"{outward} is near the border with {nation}. The part of it in England lies here."
        return Found(found, remark, is_sure=False)
    many = f"Postcodes that begin with {outward} lie in more than one area. Choose one, or enter the whole postcode."
    return Found(found, many if len(found) > 1 else "")


def _unknown(postcode: str, otherwise: str) -> str:
    place = postcodes.place_elsewhere(postcode)
    return f"{postcode} is a postcode in {place}. This site covers England only." if place else otherwise


# By name


def words_of(name: str) -> Words:
    """The words of a name that tell it from others: “St. Helens” and “saint helens” are the same."""
    letters = (each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    plain = re.sub(r"['’.]", "", "".join(letters).casefold().replace("&", " and "))
    words = re.sub(r"[\W_]+", " ", plain).split()
    return tuple(SHORT_WORDS.get(word, word) for word in words if word not in SMALL_WORDS)


def _without(some: frozenset[str], words: Words) -> Words:
    """The words without those; all of them, if nothing else would be left."""
    return tuple(word for word in words if word not in some) or words


def _by_name(text: str, places: Collection[Place], on: date) -> Found:
    words = words_of(text)
    if same := _named(words, places):
        standing = [place for place in same if place.exists_on(on)]
        return Found(_in_order(standing or [*same, *_present(_beginning(words, places), on)], on))
    for region in Region.labels:
        if words == words_of(region):
            remark = f"These are the areas of the region “{region}”."
            own = [place for place in places if place.region == region and place.exists_on(on)]
            return Found(_in_order(own, on), remark)
    if others := _with_codes(_other_names().get(words, ()), places, on):
        many = f"“{' '.join(text.split())}” is not an area of its own here. These areas make it up."
        return Found(others, many if len(others) > 1 else "")
    return _by_part_of_name(words, places, on)


def _by_part_of_name(words: Words, places: Collection[Place], on: date) -> Found:
    for some in (frozenset[str](), WORDS_OF_KINDS):
        if beginning := _beginning(_without(some, words), places):
            return Found(_in_order(beginning, on))
    guesses = _in_order(_within(words, places), on) or tuple(dict.fromkeys(_alike(words, places)))
    nation = next((each for each in postcodes.LETTERS_ELSEWHERE if words == words_of(each)), "")
    return Found(guesses, f"This site does not cover {nation}, only England." if nation else "", is_sure=False)


def _named(words: Words, places: Iterable[Place]) -> list[Place]:
    """The areas with just that name; failing that, with or without such words as “council” or “London borough”."""
    for some in (frozenset[str](), WORDS_OF_BODIES, WORDS_OF_KINDS):
        wanted = _without(some, words)
        if found := [place for place in places if any(wanted == _without(some, own) for own in _words(place))]:
            return found
    return []


def _beginning(words: Words, places: Iterable[Place]) -> list[Place]:
    """The areas with a name in which every word typed begins a word."""
    if len("".join(words)) < FEWEST_LETTERS:
        return []

    def begins(own: Words) -> bool:
        return all(any(word.startswith(typed) for word in own) for typed in words)

    return [place for place in places if any(begins(own) for own in _words(place))]


def _within(words: Words, places: Iterable[Place]) -> list[Place]:
    """The areas whose whole name is among the words typed, as in “East Hertfordshire”."""
    return [place for place in places if any(set(_without(WORDS_OF_KINDS, own)) <= set(words) for own in _words(place))]


def _alike(words: Words, places: Iterable[Place]) -> list[Place]:
    """The areas with a name, or a long word of one, that is nearly what was typed, letter for letter; nearest first."""
    by_letters = defaultdict(list)
    for place in places:
        for own in _words(place):
            for letters in _spelt(_without(WORDS_OF_KINDS, own)):
                by_letters[letters].append(place)
    typed = "".join(_without(WORDS_OF_KINDS, words))
    return [place for near in get_close_matches(typed, by_letters, n=5, cutoff=ALIKE) for place in by_letters[near]]


def _spelt(own: Words) -> set[str]:
    """What may have been meant: the name as one word, its long words, and the town in the name of a shire."""
    whole = "".join(own)
    return {whole, whole.removesuffix("shire"), *(word for word in own if len(word) >= LONG_WORD)}


def _present(places: Iterable[Place], on: date) -> list[Place]:
    return [place for place in places if place.exists_on(on)]


def _words(place: Place) -> tuple[Words, ...]:
    return tuple(_words_kept(name) for name in place.names)


@cache
def _words_kept(name: str) -> Words:
    """Those of an area's own name: there are few, and each search asks for all of them."""
    return words_of(name)


@cache
def _other_names() -> dict[Words, tuple[str, ...]]:
    """Names that are no area's own, with the codes of the areas they mean (`data/README.md`)."""
    with OTHER_NAMES.open(encoding="utf-8", newline="") as file:
        return {words_of(row["name"]): tuple(row["codes"].split()) for row in csv.DictReader(file)}
