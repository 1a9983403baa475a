"""The known organisations, found by what plans call them: name, former name, abbreviation, or kind of body."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from actionplans.importing.understanding.shapes import Choice, KnownOrganisation
from actionplans.importing.understanding.words import holds, is_mistyped, spoken, vocabulary, words

COUNCIL = ("council",)
HOUSING = ("housing",)
EITHER_TIER = ("council", "district_council")  # whichever of them are members
# What plans call kinds of bodies (spoken), and the types that it may be, the first that a member has.
KINDS: Mapping[str, tuple[str, ...]] = {
    phrase: types
    for phrases, types in (
        (
            (
                "police and crime commissioner|police crime commissioner|pcc|opcc|office of the police and crime "
                "commissioner|police commissioner"
            ),
            ("police_commissioner",),
        ),
        ("british transport police|btp", ("british_transport_police",)),
        ("police force|police|constabulary|police service|police forces|police constabulary", ("police",)),
        (
            (
                "clinical commissioning group|clinical commissioning groups|ccg|ccgs|icb|integrated care board|"
                "commissioners|"
                "nhs commissioners|clinical commissioner|health commissioners"
            ),
            ("clinical_commissioner",),
        ),
        (
            (
                "mental health trust|mental health trusts|mh trust|mh trusts|mental health provider|mental "
                "health provider trust|mental health nhs trust|mht|mental health services provider|mh provider|"
                "mental health foundation trust|partnership trust"
            ),
            ("mental_health_trust",),
        ),
        (
            (
                "acute trust|acute trusts|acute hospital|acute hospitals|acute provider|acute providers|hospital "
                "trust|hospital trusts|a e|emergency department|emergency departments|acute hospital trust|acute "
                "nhs trust|acutes|acute"
            ),
            ("acute_trust",),
        ),
        ("ambulance|ambulance trust|ambulance service|ambulance services|ambulance nhs trust", ("ambulance_trust",)),
        (
            (
                "adult social care|asc|social services|adult services|amhp service|amhp|amhps|amhp lead|edt|"
                "emergency duty team|adult care|council adult social care|social care"
            ),
            ("adult_social_care", *COUNCIL),
        ),
        (
            (
                "children s services|childrens services|children's services|children services|children and young "
                "people's services|childrens social care|children's social care|council children services|"
                "council children's services"
            ),
            ("childrens_services", *COUNCIL),
        ),
        ("public health|council public health|public health team", ("public_health", *COUNCIL)),
        ("district council|district councils|districts|borough councils|district", ("district_council",)),
        ("council|local authority|la|county council|unitary authority|council communications", COUNCIL),
        (
            "councils|local authorities|las|city council|borough council|borough councils|unitary authorities",
            EITHER_TIER,
        ),
        ("community trust|community health trust|community health services|community nhs trust", ("community_trust",)),
        ("nhs england|nhse|nhs england area team|area team|nhs england local team", ("nhs_england",)),
        ("gps|gp|general practice|primary care|lmc|local medical committee|gp practices", ("general_practice",)),
        (
            "nhs 111|111|out of hours provider|out of hours|ooh|111 provider|nhs 111 provider|out of hours gp",
            ("out_of_hours",),
        ),
        ("fire|fire service|fire and rescue|fire and rescue service|fire rescue", ("fire",)),
        (
            "probation|probation service|national probation service|nps|crc|community rehabilitation company",
            ("probation",),
        ),
        ("youth offending|youth offending service|youth offending team|yot|yos", ("youth_offending",)),
        (
            (
                "housing|housing association|housing associations|housing service|housing services|housing "
                "provider|housing providers"
            ),
            ("housing",),
        ),
        ("healthwatch|local healthwatch", ("healthwatch",)),
        (
            (
                "service users|carers|service users and carers|service user group|user groups|experts by "
                "experience|lived experience|service user and carer groups"
            ),
            ("lived_experience",),
        ),
        (
            (
                "voluntary sector|third sector|vcs|voluntary sector provider|voluntary sector providers|"
                "voluntary organisations|voluntary and community sector|vcse|charities|voluntary"
            ),
            ("voluntary",),
        ),
        (
            (
                "substance misuse|substance misuse service|substance misuse services|drug and alcohol service|"
                "drug and alcohol services|drug and alcohol team|dat|daat|substance misuse provider"
            ),
            ("substance_misuse",),
        ),
        (
            (
                "safeguarding adults board|safeguarding board|sab|lscb|safeguarding children board|safeguarding "
                "boards|lsab"
            ),
            ("safeguarding_board",),
        ),
    )
    for phrase in phrases.split("|")
}
# Kinds of which a partnership knows a few out of many: one that is known is not yet the one meant.
LOOSE = frozenset({"voluntary", "housing", "general_practice", "lived_experience", "other", "district_council"})
TIERS = frozenset({"county council", "city council", "borough council", "district council"})
# Kinds that plans say loosely: commissioners may be the council's too, and an emergency duty team that of several.
VAGUE_KINDS = frozenset({"commissioners", "edt", "emergency duty team"})
# What a group has of a body does not make that body its lead: "Task group chaired by Northshire Police".
NOT_ITS_LEAD = re.compile(
    r"\b(?:chaired|hosted|funded|commissioned|overseen|facilitated|convened|attended) by\b"
    r"|\b(?:via|not|until|then|formerly|previously)\b"
)
JOINING = vocabulary("or and in at with the team of for by to plus")
LEGAL = re.compile(r"\b(?:nhs|foundation|trust|the|ltd|limited|plc|cic)\b")
COUNCILS = (
    ("metropolitan borough council", "mbc"),
    ("county council", "cc"),
    ("city council", "cc"),
    ("borough council", "bc"),
    ("district council", "dc"),
)
VAGUE = vocabulary("partnership hospitals hospital community county services group")  # may be more than that body
LONGEST_PHRASE = max(len(phrase.split()) for phrase in KINDS)


@dataclass(frozen=True, slots=True)
class Found:
    """What a text may be: one organisation (`sure`), one of several, or none."""

    slugs: tuple[str, ...] = ()
    sure: bool = False


class Organisations:
    """An index of the known organisations."""

    def __init__(self, known: Iterable[KnownOrganisation]) -> None:
        self._known = tuple(known)
        self._by_slug = {one.slug: one for one in self._known}
        self._names: dict[str, dict[str, None]] = defaultdict(dict)
        self._types: dict[str, dict[str, None]] = defaultdict(dict)
        for one in self._known:
            self._take_in(one)
        self._tokens = frozenset(word for name in self._names for word in name.split() if len(word) > 2)
        self._own_words = {
            one.slug: frozenset(word for name in (one.name, *one.other_names) for word in words(name))
            for one in self._known
        }
        self.find = lru_cache(maxsize=8192)(self._find)
        self.joined = self._joined_names()

    def knows(self, slug: str) -> bool:
        return slug in self._by_slug

    def is_named(self, text: str) -> bool:
        """Whether a text is the name of a known organisation and nothing else."""
        return spoken(text) in self._names

    def name(self, slug: str) -> str:
        return self._by_slug[slug].name

    def has_word(self, word: str) -> bool:
        """Whether a word stands in the name of a known organisation."""
        return word in self._tokens

    def choice(self, slug: str) -> Choice:
        return Choice(slug, self.name(slug))

    def near(self, text: str, most: int = 8) -> tuple[str, ...]:
        """The organisations to offer for an unknown text: those with words in common first, then the members."""
        said = set(words(text))
        ranked = sorted(
            self._known, key=lambda one: (-len(said & set(words(one.name))), not one.member, one.name.casefold())
        )
        return tuple(one.slug for one in ranked[:most] if one.member or said & set(words(one.name)))

    def _take_in(self, one: KnownOrganisation) -> None:
        for name in (one.name, *one.other_names):
            for said in (spoken(name), _bare(name), _short(name), _unjoined(name), _bare(_unjoined(name))):
                if said and said not in KINDS:
                    self._names[said][one.slug] = None
        if one.member:
            self._types[one.type][one.slug] = None

    def _joined_names(self) -> tuple[str, ...]:
        """Names that hold a word or sign by which lists are split, the longest first."""
        joining = re.compile(r"&|,|/|\+|\band\b|\bwith\b", re.IGNORECASE)
        names = {name for one in self._known for name in (one.name, *one.other_names) if joining.search(name)}
        return tuple(sorted(names, key=lambda name: (-len(name), name)))

    def _find(self, text: str) -> Found:
        said = spoken(text)
        if not said:
            return Found()
        names = (said, _bare(text), _initials(said), _unjoined(text), _bare(_unjoined(text)))
        exact = next((self._names[name] for name in names if self._names.get(name)), None)
        if exact:
            return _found(self._members_first(exact))
        if said in KINDS:
            return self._of_kind(said)
        within = self._within(said)
        if within:
            return Found(tuple(within), sure=len(within) == 1 and not self._names_more(said, within))
        kind = self._words_of_one(said) or self._by_kind_within(said)
        return kind or self._part_of_name(said) or self._mistyped(said)

    def _words_of_one(self, said: str) -> Found | None:
        """The one organisation in whose name every word stands: "Three Rivers Ambulance"."""
        told = set(said.split())
        if len(_bare(said).split()) < 2:
            return None
        slugs = {one.slug: None for one in self._known if told <= self._own_words[one.slug]}
        return _found(slugs) if len(slugs) == 1 else None

    def _members_first(self, slugs: Mapping[str, None]) -> Mapping[str, None]:
        """Of several bodies of one name the one member of the partnership, if there is just one."""
        members = {slug: None for slug in slugs if self._by_slug[slug].member}
        return members if len(members) == 1 else slugs

    def _within(self, said: str) -> dict[str, None]:
        """The organisations whose name stands in the text: the longest such name."""
        names = [name for name in self._names if len(name) > 2 and holds(name, said)]
        return self._names[max(names, key=len)] if names else {}

    def _names_more(self, said: str, within: Mapping[str, None]) -> bool:
        """Whether a text names another body beside this one, or says that this one is not its lead."""
        if NOT_ITS_LEAD.search(said):
            return True
        name = max((one for one in self._names if self._names[one] == within and holds(one, said)), key=len)
        rest = f" {said} ".replace(f" {name} ", " | ", 1).split("|")
        types = {self._by_slug[slug].type for slug in within}
        return any(self._is_another(part.split(), types) for part in rest)

    def _is_another(self, said: list[str], types: set[str]) -> bool:
        """Whether what stands beside a body names another: by its name, or by its kind and nothing more."""
        spans = (" ".join(said[at:end]) for at in range(len(said)) for end in range(at + 1, len(said) + 1))
        kind = " ".join(word for word in said if word not in JOINING)
        is_own = KINDS.get(kind) == HOUSING and bool(types & set(EITHER_TIER))  # a council's housing is the council's
        return (kind in KINDS and not is_own and not types & set(KINDS[kind])) or any(
            len(span) > 2 and span in self._names for span in spans
        )

    def _part_of_name(self, said: str) -> Found | None:
        """The members of whose names the text is a part: "Mind". Likely, and yet to be asked."""
        slugs = {one.slug: None for one in self._known if one.member and holds(said, spoken(one.name))}
        if not slugs or len(said) <= 2:
            return None
        return Found(tuple(slugs), sure=len(slugs) == 1 and self._only_place_left(said, next(iter(slugs))))

    def _only_place_left(self, said: str, slug: str) -> bool:
        """Whether the rest of the name is a place, which others bear too: "Mind" of "Westmarch Mind"."""
        rest = set(LEGAL.sub(" ", spoken(self.name(slug))).split()) - set(said.split()) - JOINING
        others = [own for other, own in self._own_words.items() if other != slug]
        borne = all(sum(word in own for own in others) > 1 for word in rest)
        return borne and said not in VAGUE and not any(set(said.split()) <= own for own in others)

    def _of_kind(self, phrase: str) -> Found:
        if phrase in TIERS:
            return self._of_tier(phrase)
        if KINDS[phrase] == EITHER_TIER:
            councils = tuple(slug for type in EITHER_TIER for slug in self._types.get(type, ()))
            return Found(councils, sure=len(councils) == 1)
        for type in KINDS[phrase]:
            slugs = tuple(self._types.get(type, ()))
            if slugs:
                return Found(slugs, sure=len(slugs) == 1 and type not in LOOSE and phrase not in VAGUE_KINDS)
        return Found()

    def _of_tier(self, phrase: str) -> Found:
        """ "County Council": the one of that name, and never without a question one of another."""
        councils = tuple(slug for type in EITHER_TIER for slug in self._types.get(type, ()))
        named = tuple(slug for slug in councils if holds(phrase, spoken(self.name(slug))))
        return Found(named or councils, sure=len(named) == 1)

    def _by_kind_within(self, said: str) -> Found | None:
        """The kind of body that a longer text names: "Police data team". A council's part is the council's."""
        parts = said.split()
        spans = [
            " ".join(parts[at : at + length])
            for length in range(min(LONGEST_PHRASE, len(parts)), 0, -1)
            for at in range(len(parts) - length + 1)
        ]
        phrase = next((span for span in spans if span in KINDS), None)
        if phrase is None:
            return None
        if parts[0] == "council" and not set(KINDS[phrase]) & {"council", "district_council"}:
            phrase = "council"
        found = self._of_kind(phrase)
        certain = found.sure and not NOT_ITS_LEAD.search(said) and set(parts) - set(phrase.split()) <= SAFE
        return Found(found.slugs, certain)

    def _mistyped(self, said: str) -> Found:
        """Organisations whose name the text is with a typing error; sure if it is one alone."""
        good = [name for name in self._names if is_mistyped(said, name)]
        slugs = {slug: None for name in good for slug in self._names[name]}
        return Found(tuple(slugs), sure=len(slugs) == 1)


# Words that may stand beside a kind of body without making another body of it.
SAFE = vocabulary(
    """the local our county team lead leads service services data nhs commissioning manager officer head director of
    and s force headquarters communications department partner representatives representative colleagues control
    room all operational strategic inspector chief superintendent liaison custody mental health"""
)


def _found(slugs: Mapping[str, None]) -> Found:
    return Found(tuple(slugs), sure=len(slugs) == 1)


@lru_cache(maxsize=8192)
def _bare(name: str) -> str:
    """A name without the words of its legal form; empty if little is left."""
    bare = " ".join(LEGAL.sub(" ", spoken(name)).split())
    return bare if len(bare.split()) > 1 or len(bare) > 4 else ""


def _unjoined(name: str) -> str:
    """A name without its "and", which others write "&"."""
    return " ".join(word for word in spoken(name).split() if word != "and")


def _initials(said: str) -> str:
    """ "W.P.F.T." without its dots; empty if it is no such abbreviation."""
    letters = said.split()
    return "".join(letters) if len(letters) > 2 and all(len(letter) == 1 for letter in letters) else ""


def _short(name: str) -> str:
    """The name of a council as plans shorten it: "Northshire CC"."""
    said = spoken(name)
    for long, short in COUNCILS:
        said = said.replace(long, short)
    return said if said != spoken(name) else ""
