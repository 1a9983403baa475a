"""Who leads an action: a cell as written, split into bodies with their roles, and matched to known organisations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from actionplans.importing.understanding import officers, people
from actionplans.importing.understanding.organisations import Found, Organisations
from actionplans.importing.understanding.words import fold, lines, spoken, words

LEAD, JOINT, WORKING_WITH, ALL = "lead", "joint", "working_with", "all"
PERSON = "A named officer"
EVERYBODY = re.compile(
    r"(?:all|each|every|everyone|everybody|whole partnership|the partnership)"
    r"(?:\s+(?:the\s+)?(?:agencies|agency|organisation|partner|partners|"
    r"partner agencies|partner organisations|signatories|"
    r"organisations|organizations|members|parties|services|local|core|"
    r"concordat|involved|relevant|statutory|stakeholders|of the above|above|bodies|group members|partnership))*"
)
EVERYBODY_FIRST = re.compile(rf"^{EVERYBODY.pattern}\s*\((.*)\)$")
WITH = re.compile(
    r"[\s,;.(\-–]*\b(?:(?:and\s+)?(?:in\s+)?(?:working|work|works|worked)\s+(?:closely\s+|jointly\s+|"
    r"in partnership\s+)?(?:alongside|with)"
    r"|in (?:partnership|conjunction|collaboration|liaison|consultation) with|supported by|with "
    r"(?:the )?support (?:from|of)|assisted by|alongside"
    r"|support(?:ing)?(?: partners?| agenc(?:y|ies))?\s*[:\-–]|partners?\s*:|with input from|with\s*:)\s*:?\s*",
    re.IGNORECASE,
)
LED = re.compile(
    r"^(?:(?:overall |co-?ordinating |accountable )?lead(?: agency| agencies| organisation| partner| body)?\s*[:\-–]\s*"
    r"|(?:lead|led)(?: by)?\s*:?\s+(?=\S))(?!(?:nurse|commissioner|officer|clinician|manager|on|for|role)\b)",
    re.IGNORECASE,
)
MARKED = re.compile(
    r"\(\s*(?:overall |co-?ordinating |accountable |joint )?lead(?: agency)?\s*\)|\s[-–]\s*(?:overall )?lead$",
    re.IGNORECASE,
)
MARK_APART = re.compile(r"\s[-–]\s*lead\b(?=\s*(?:[,;/\n]|$))", re.IGNORECASE)  # "CCG - lead, Police"
TOGETHER = re.compile(
    r"\(\s*joint(?:ly)?(?:\s+(?:lead|leads|led|by|responsibility))*\s*\)"
    r"|\bjoint(?:ly)?(?:\s+(?:lead|leads|led|by|responsibility))+\b:?|\bjointly\b:?|^\s*joint\s*[:\-–]|[\s,;–-]+joint\s*$"
    r"|^\s*joint\s+(?=(?-i:[^a-z])\S*(?:\s+\S+){0,4}?\s*(?:\band\b|&|/|\+))(?!(?i:commissioning|commissioners|committee|working|"
    r"health|strategic|strategy|team|board|unit|operations?|response|agency|agencies|protocol|mental|emergency|care|planning|"
    r"group|public|safeguarding|crisis|control|service|services|training|forum|management|intelligence|investigation)\b)"
    r"|\bco-?leads?\b",
    re.IGNORECASE,
)
JOINT_BEFORE = re.compile(r"joint\s+", re.IGNORECASE)
# What a body is to do, behind its name: to lead, to help, or anything else ("CCG to commission").
DOES = re.compile(
    r"(?P<body>.*?\S)\s+(?:(?P<leads>(?:(?:to|will|shall)\s+(?:jointly\s+)?lead\b.*|leads?|leading))"
    r"|(?P<helps>(?:to|will|shall)\s+(?:support|assist|contribute|help|input|advise)\b.*|supporting|supports?|input)"
    r"|(?:to|will|shall)\s+[a-z]{3,}\b.*)",
    re.IGNORECASE | re.DOTALL,
)
BOTH = re.compile(r"(?:both|the two)\s+(?:the\s+)?(?=.*s$)", re.IGNORECASE)
JUST_A_MARK = re.compile(r"(?:(?:to|will|shall)\s+)?(?:leads?|leading|supporting|supports?|input)", re.IGNORECASE)
LEADS_WITH = re.compile(r"\s+(?:(?:to|will|shall)\s+lead|leads|leading|lead)$", re.IGNORECASE)
HELPS = re.compile(r"\s+(?:supporting|in support of|to support|assisting)\s+(?:the\s+)?", re.IGNORECASE)
WITH_THEIR_INPUT = re.compile(
    r"\bwith\s+([^,;/()\n]{2,80}?)(?:['’]s?)?\s+(input|support)(?=\s*(?:[,;/\n.]|$))", re.IGNORECASE
)
SPLIT = re.compile(r"\s*(?:;|,|/|\+|&|\||\band\b|\bplus\b|\s[-–—]\s)\s*", re.IGNORECASE)
WITHOUT_DASHES = re.compile(r"\s*(?:;|,|/|\+|&|\||\band\b|\bplus\b)\s*", re.IGNORECASE)
BRACKETS = re.compile(r"\(([^()]*)\)")
KEPT = re.compile(
    r"police (?:and|&) crime commissioner|fire (?:and|&) rescue(?: service)?|health (?:and|&) "
    r"(?:well-?being|social care)(?: board)?"
    r"|(?:voluntary|community) (?:and|&) (?:voluntary|community)(?: sector)?|drugs? (?:and|&) "
    r"alcohol(?: \w+)?|task (?:and|&) finish(?: group)?"
    r"|children (?:and|&) young people'?s?(?: services?)?|service users? (?:and|&) carers?(?: "
    r"groups?)?|liaison (?:and|&) diversion"
    r"|crisis resolution (?:and|&) home treatment(?: team)?|24/7|a\s?&\s?e|a/e|s\.?\s?13[56]/13[56]|"
    r"out[- ]of[- ]hours|adult(?:s)? (?:and|&) health"
    r"|adult social care (?:and|&) health|mental health (?:and|&) learning disabilit(?:y|ies)|"
    r"communications? (?:and|&) engagement|i\s?&\s?d",
    re.IGNORECASE,
)
# Says that nobody leads, or nobody yet.
NOWHERE = re.compile(
    r"(?:n ?/ ?a|none|nil|not applicable|unknown|not known|vacant|unallocated|"
    r"not (?:yet )?(?:agreed|allocated|identified)|"
    r"(?:lead |leads |lead agency |all )?(?:tb[acd]|to be (?:confirmed|agreed|identified|decided|determined|advised|"
    r"allocated)))?[\s.?*-]*"
)
SPACES = re.compile(r"[^\S\n]+|(?<=\n)\s+")
LONGEST = 1_000  # letters of a lead cell that are read
HELD = "\ue000"
SEVERAL_IN_BRACKETS = re.compile(r"\)\s+(?=[^();,/]+\([^()]*\)\s*(?:$|[;,/]))")  # "CCG (commissioner) NPFT (provider)"


NOBODY = Found()


@dataclass(frozen=True, slots=True)
class Part:
    """One body of a lead cell. `role` is empty where the cell leaves open which of several leads."""

    text: str
    found: Found = NOBODY
    role: str = ""
    people: tuple[str, ...] = ()
    perhaps: str = ""  # a text that may be a person's name


@dataclass(frozen=True, slots=True)
class Reading:
    """A lead cell read: who leads, who helps, and whether it says that the leads lead together."""

    leading: tuple[Part, ...] = ()
    helping: tuple[Part, ...] = ()
    together: bool = False


class Leads:
    """Reads lead cells against the known organisations; each text once."""

    def __init__(self, organisations: Organisations) -> None:
        self.organisations = organisations
        self.read = lru_cache(maxsize=8192)(self._read)
        names = [_pattern_of(name) for name in organisations.joined]
        self._kept = re.compile("|".join([*names, KEPT.pattern]), re.IGNORECASE)

    def _read(self, text: str, supporting: bool = False) -> Reading:
        """The bodies of one cell; `supporting`: of a column of those who work with the lead."""
        text = SPACES.sub(" ", text)[:LONGEST]
        if NOWHERE.fullmatch(fold(text)):
            return Reading()
        if EVERYBODY.fullmatch(fold(text).strip(" .*")):
            return Reading(helping=(Part(text.strip(), role=ALL),))
        everybody = EVERYBODY_FIRST.match(fold(text))
        if everybody:
            return self._everybody(text, supporting)
        text = WITH_THEIR_INPUT.sub(r"with \2 from \1", text.strip())
        leading, *helping = self._with(MARK_APART.sub(" (lead)", text))
        first, helpers = _apart(self._bodies(leading))
        others = [*helpers] + [
            replace(part, role=WORKING_WITH) for piece in helping for part in self._bodies(piece.strip(" )"))
        ]
        if supporting:
            helps = (replace(part, role=ALL if part.role == ALL else WORKING_WITH) for part in (*first, *others))
            return Reading(helping=tuple(helps))
        return Reading(tuple(first), tuple(others), bool(TOGETHER.search(leading)))

    def _with(self, text: str) -> list[str]:
        """Who leads and who works with them; "X with Y" too, if both are known: not "Blackburn with Darwen"."""
        parts = WITH.split(text)
        if len(parts) > 1:
            return parts
        for between, step in ((r"\s+with\s+", 1), (HELPS, -1)):
            halves = re.split(between, text, maxsplit=1, flags=0 if step < 0 else re.IGNORECASE)
            if len(halves) == 2 and all(map(self._is_known, halves)):
                return halves[::step]
        return parts

    def _is_known(self, text: str) -> bool:
        """Whether that is one known body, marked as the lead or not."""
        return self.organisations.find(LEADS_WITH.sub("", MARKED.sub("", text)).strip()).sure

    def names_body(self, text: str) -> bool:
        """Whether a text names a body that is known, or everybody; not a person or what nobody knows."""
        reading = self.read(text)
        return any(part.role == ALL or part.found.slugs for part in (*reading.leading, *reading.helping))

    def _everybody(self, text: str, supporting: bool) -> Reading:
        """ "All signatories (council to co-ordinate)": everybody, and who is named as the one that leads them."""
        before, _, after = text.partition("(")
        named = self._bodies(after.rsplit(")", 1)[0])
        leads = "lead" in fold(after) or "co-ordinat" in fold(after) or "coordinat" in fold(after)
        role = LEAD if leads and len(named) == 1 and not supporting else WORKING_WITH
        everybody = Part(before.strip(), role=ALL)
        return Reading(helping=(everybody, *(replace(part, role=role) for part in named if part.text)))

    def _bodies(self, text: str) -> list[Part]:
        """The bodies that a text lists, with persons beside the body that they belong to."""
        found: list[Part] = []
        is_one_name = self.organisations.is_named(" ".join(text.split()))  # whose name goes over two lines
        for line in [" ".join(text.split())] if is_one_name else lines(text):
            found.extend(self._of_line(line))
        return with_their_people(once(found))

    def _of_line(self, line: str) -> list[Part]:
        kept: list[str] = []

        def keep(match: re.Match[str]) -> str:
            kept.append(match[0])
            return f"{HELD}{len(kept) - 1}{HELD}"

        def back(text: str) -> str:
            while HELD in text:
                text = re.sub(f"{HELD}(\\d+){HELD}", lambda match: kept[int(match[1])], text)
            return text

        line = SEVERAL_IN_BRACKETS.sub("); ", line.replace(HELD, ""))
        led = bool(LED.match(line))
        masked = BRACKETS.sub(keep, self._kept.sub(keep, LED.sub("", line, count=1)))
        pieces = [back(piece).strip(" .,:") for piece in SPLIT.split(masked)]
        pieces = self._with_their_parts([back(piece).strip(" .,:") for piece in WITHOUT_DASHES.split(masked)], pieces)
        parts = [part for piece in pieces if spoken(piece) for part in self._of_piece(piece)]
        return [replace(parts[0], role=parts[0].role or LEAD), *parts[1:]] if led and parts else parts

    def _with_their_parts(self, whole: list[str], apart: list[str]) -> list[str]:
        """Pieces of which a dash parts a body from its own part or post, "CCG - Commissioning", left in one."""
        if len(whole) == len(apart):
            return apart
        return [part for piece in whole for part in ([piece] if self._is_body_and_part(piece) else _at_dashes(piece))]

    def _is_body_and_part(self, piece: str) -> bool:
        """Behind the dash stand words of posts and departments alone: no other body, and nobody's name."""
        body, *rest = _at_dashes(piece)
        known = bool(rest) and self.organisations.find(body).sure
        return known and all(
            set(words(part)) <= people.BODIES and not self.organisations.find(part).slugs for part in rest
        )

    def _of_piece(self, piece: str) -> list[Part]:
        """One piece of a list: a body, a person, or a body with something in brackets."""
        role = LEAD if MARKED.search(piece) else ""
        plain = TOGETHER.sub(" ", MARKED.sub(" ", piece)).strip(" -–,")
        if not plain and TOGETHER.fullmatch(piece):
            return []
        plain = plain or piece
        if EVERYBODY.fullmatch(fold(plain)):
            return [Part(plain, role=ALL)]
        if part := self._of_doing(plain, role):
            return [part]
        if both := self._both(plain, role):
            return both
        joint = JOINT_BEFORE.match(plain)
        if joint and not self.organisations.is_named(plain) and self.organisations.find(plain[joint.end() :]).sure:
            plain = plain[joint.end() :]
        inside = BRACKETS.findall(plain)
        outside = " ".join(BRACKETS.sub(" ", plain).split())
        if not inside or not spoken(outside):
            return [self._part(plain.strip("()"), role)]
        return self._bracketed(plain, outside, inside[0], role)

    def _of_doing(self, text: str, role: str) -> Part | None:
        """A known body, or everybody, of which the text says what it does: "CCG to lead", "Police to support"."""
        does = DOES.fullmatch(text)
        if does is None or self.organisations.is_named(text):
            return None
        if EVERYBODY.fullmatch(fold(does["body"])):
            return Part(text, role=ALL)
        if not self.organisations.find(does["body"]).sure:
            return None
        part = self._part(does["body"], role or (LEAD if does["leads"] else WORKING_WITH if does["helps"] else ""))
        is_mark = JUST_A_MARK.fullmatch(text[len(does["body"]) :].strip())
        return part if is_mark or part.people or part.perhaps else replace(part, text=text)

    def _both(self, text: str, role: str) -> list[Part]:
        """ "Both CCGs", where there are two."""
        both = BOTH.match(text)
        found = self.organisations.find(text[both.end() :]).slugs if both else ()
        return [Part(self.organisations.name(slug), Found((slug,), True), role) for slug in found if len(found) == 2]

    def _bracketed(self, whole: str, outside: str, inside: str, role: str) -> list[Part]:
        outer = self._part(outside, role)
        inner = [part for part in self._of_line(inside) if part.text or part.people]
        names = tuple(name for part in inner for name in (*part.people, *((part.perhaps,) if part.perhaps else ())))
        bodies = [part for part in inner if part.text and not part.perhaps and part.found.slugs]
        everybody = (*outer.people, *((outer.perhaps,) if outer.perhaps and bodies else ()), *names)
        if bodies and not outer.found.sure and len(bodies) > 1:
            shared_role = JOINT if "joint" in fold(outside) else ""
            return [replace(part, role=part.role or shared_role) for part in bodies]
        # A person in or before the brackets must not stay in the text.
        text = whole if not everybody else outside if not (outer.people or outer.perhaps) else outer.text
        if outer.found.sure or not bodies:
            return [replace(outer, text=text, people=(*outer.people, *names))]
        if outer.perhaps or not outer.text:
            text = bodies[0].text
        return [replace(outer, text=text, found=bodies[0].found, people=everybody, perhaps="")]

    def _part(self, text: str, role: str) -> Part:
        exact = self.organisations.find(text)
        if (
            exact.sure
            and not people.ADDRESS.search(text)
            and not people.RANK.search(text)
            and not _names_somebody(text, self)
        ):
            return Part(text, exact, role)
        apart = officers.apart(text, self.organisations.has_word)
        if apart.perhaps and exact.slugs:
            return Part(text, exact, role)
        return Part(apart.text, self.organisations.find(apart.text), role, apart.people, apart.perhaps)


LEGAL_FORM = re.compile(r"\s+(?:NHS\s+)?(?:Foundation\s+)?Trust$", re.IGNORECASE)


def _apart(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """Those that lead, and those of which is said that they help, unless nobody else is named."""
    leading = [part for part in parts if part.role != WORKING_WITH]
    helping = [part for part in parts if part.role == WORKING_WITH]
    return (leading, helping) if leading else ([replace(part, role="") for part in helping], [])


def _pattern_of(name: str) -> str:
    """A name as plans write it: with "&" or "and", with or without the "NHS" before it and the legal form behind it."""
    own = LEGAL_FORM.sub("", name.removeprefix("NHS "))
    # "Northshire and Westmarch NHS Trust" without it may be two bodies as well.
    is_its_own = len(re.split(r"&|\band\b", own)[-1].split()) > 1
    words = [r"(?:&|and)" if word in ("&", "and") else re.escape(word) for word in own.split()]
    form = "|".join(
        map(re.escape, ("NHS Foundation Trust", "NHS FT", "Foundation Trust", "NHS Trust", "Trust", "FT", "NHS"))
    )
    behind = rf"(?:\s+(?:{form}))" if own != name.removeprefix("NHS ") else ""
    return r"\s+".join(words) + behind + ("?" if behind and is_its_own else "") + r"(?!\w)"


def _at_dashes(piece: str) -> list[str]:
    return [part.strip(" .,:") for part in re.split(r"\s[-–—]\s", piece)]


def _names_somebody(text: str, leads: Leads) -> bool:
    return bool(officers.apart(text, leads.organisations.has_word).people)


def with_their_people(parts: Sequence[Part]) -> list[Part]:
    """Persons and posts that stand alone go to the body next to them; one without any body is a named officer."""
    found: list[Part] = []
    waiting: tuple[str, ...] = ()
    for part in parts:
        is_post = part.text and not part.found.slugs and people.is_job(part.text)
        if part.text and not is_post:
            found.append(replace(part, people=(*waiting, *part.people)))
            waiting = ()
        elif found and not waiting and not _more_bodies(parts, part):
            found[-1] = replace(found[-1], people=(*found[-1].people, *part.people))
        else:
            waiting = (*waiting, *part.people)
            if is_post and not _more_bodies(parts, part) and not found:
                found.append(replace(part, people=waiting))
                waiting = ()
    if waiting:
        last = found.pop() if found else Part(PERSON)
        found.append(replace(last, people=(*last.people, *waiting)))
    return found


def _more_bodies(parts: Sequence[Part], after: Part) -> bool:
    at = next(at for at, part in enumerate(parts) if part is after)
    return any(part.text and not (people.is_job(part.text) and not part.found.slugs) for part in parts[at + 1 : at + 3])


def once(parts: Sequence[Part]) -> list[Part]:
    """Each body once. Persons and posts, which have no text or no organisation of their own, all stay."""
    found: dict[str, Part] = {}
    for at, part in enumerate(parts):
        key = part.found.slugs[0] if part.found.sure else spoken(part.text) or f"#{at}"
        kept = found.get(key)
        found[key] = replace(kept, people=(*kept.people, *part.people), role=kept.role or part.role) if kept else part
    return list(found.values())


def roles(parts: Sequence[Part], together: bool) -> tuple[list[Part], bool]:
    """The roles of those who are named as leads. Several of them without a mark leave it open who leads."""
    bodies = [part for part in parts if part.role != ALL]
    marked = [part for part in bodies if part.role == LEAD]
    if together or len(marked) > 1:
        role = JOINT if len(bodies) > 1 else LEAD
        return [replace(part, role=ALL if part.role == ALL else role) for part in parts], False
    if len(bodies) == 1:
        return [replace(part, role=part.role or LEAD) for part in parts], False
    if marked:
        return [replace(part, role=part.role or WORKING_WITH) for part in parts], False
    is_open = any(not part.role for part in bodies)
    return [replace(part, role=part.role or JOINT) for part in parts], is_open
