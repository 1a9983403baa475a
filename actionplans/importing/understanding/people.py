"""Names of persons in what plans write about leads: recognised, to be kept out of what is published."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from actionplans.importing.understanding.words import fold, vocabulary, words

NAME = r"(?:(?:O['’]|Mc|Mac|De|Van|von|de)\s?)?[A-Z][a-zà-ÿ]+(?:[-'’][A-Z]?[a-zà-ÿ]+)*"
RANK = re.compile(
    r"(?:\b(?i:acting|a/|t/|temporary|temp|deputy|assistant|chief|ch|det|detective)\.?\s*)*"
    r"\b(?i:inspector|insp|superintendent|supt|sergeant|sgt|constable|pc|pcso|dci|di|ds|dc|acc|dcc|mr|"
    r"mrs|ms|miss|mx|dr|doctor"
    r"|professor|prof|cllr|councillor|rev|reverend|sir|dame|lord|lady|ci|cc|ps)\.?\s+(?:\d{2,6}\s+)?"
    rf"(?:(?:[A-Z]\.?\s*){{1,3}}\s*{NAME}|{NAME}(?:\s+[A-Z]\b\.?)?(?:\s+{NAME}){{0,2}})"
)
INITIALS = re.compile(rf"(?<![\w&])(?:[A-Z]\.\s?){{1,3}}\s?{NAME}\b|(?<![\w&])[A-Z]\s{NAME}\b")
WHOLE = re.compile(rf"{NAME}(?:\s+[A-Z]\b\.?)?(?:\s+{NAME}){{1,2}}")
SHOUTED = re.compile(r"[A-Z]{2,}(?:[-'’][A-Z]+)?(?:\s+[A-Z]{2,}(?:[-'’][A-Z]+)?){1,2}")
ADDRESS = re.compile(r"[\w.+'-]+@[\w.-]+|(?:\+44\s?|\b0)(?:\d[\s-]?){9,10}\b")
LINKING = re.compile(r"^(?:with|and)\s+|\s+(?:with|and)$", re.IGNORECASE)  # what led to a person's name
MANY_DIGITS = re.compile(r"(?:\d[\s-]?){10}")
RANKS = vocabulary(
    """inspector insp superintendent supt sergeant sgt constable pc pcso dci di ds dc acc dcc mr mrs ms miss mx dr
    doctor professor prof cllr councillor rev reverend sir dame lord lady ci cc ps"""
)
JOB = re.compile(
    r"\b(?:head|director|manager|officer|chief executive|chief officer|coordinator|co-ordinator|"
    r"consultant|chair|lead nurse|nurse"
    r"|commissioner for|inspector|superintendent|sergeant|deputy|assistant|associate|clinical lead|"
    r"lead commissioner|secretary|psychiatrist)\b"
)
# Words of bodies, places and posts: two capitals in a row with one of these are no person.
BODIES = vocabulary(
    """nhs trust police council county city borough district mental health care service services team teams group board
    sub subgroup ambulance commissioner commissioning manager lead leads director head public social adult adults
    child children childrens young people crisis liaison street triage mind samaritans healthwatch rethink
    university hospital hospitals north south east west northern southern eastern western central mid point cafe
    haven house home centre agency agencies partners partnership partner all local authority authorities community
    voluntary sector foundation fire rescue probation housing safeguarding constabulary force british transport
    england national primary secondary acute clinical emergency department duty out hours single access provider
    providers user users carer carers forum network alliance federation association society steering task finish
    working operational strategic executive programme project office officer division control room custody youth
    offending drug alcohol substance misuse family families learning disability disabilities armed forces training
    workforce communications information governance joint integrated review liaison diversion patient experience
    recovery college strategy strategies street green red amber black royal general medical practice practices
    surgery pharmacy dental trusts councils metropolitan unitary town parish st saint victim support advice citizens
    bureau action with and of for the to in on by turning together age concern addaction cruse relate shelter
    barnardos nspcc headway papyrus calm maytree sane inquest st mungos combined care's women men girls boys
    criminal justice court courts prison probation intelligence data performance quality assurance equality
    diversity human resources finance estates pathway pathways inpatient outpatient ward wards psychiatric
    psychology psychological therapies therapy assessment treatment resolution night day evening weekend helpline
    line safe place places response first aid approved professional professionals professional's practitioner
    practitioners gp gps ccg ccgs icb pcc opcc amhp amhps edt crht camhs cmht hwb jsna btp la las asc mh as sc"""
)
FORENAMES = vocabulary(
    """adam alan alex alexander alice alison amanda amy andrea andrew andy angela ann anna anne anthony barbara ben
    benjamin beth bill bob brenda brian bridget bruce carol caroline catherine charles charlotte chris christina
    christine christopher claire clare clive colin craig daniel danny darren dave david dawn dean debbie deborah
    denise derek diana diane donna dorothy douglas edward eileen elaine elizabeth ellen emily emma eric fiona
    frances frank gail gareth gary gavin geoff george georgina gill gillian glenn gordon graham greg hannah harry
    hazel heather helen henry howard hugh ian jack jackie jacqueline jake james jan jane janet jason jayne jean jeff
    jenny jeremy jessica jill jim jo joan joanna joanne joe john jon jonathan joseph joyce judith julia julian julie
    karen kate katherine kathryn katie keith kelly ken kenneth kerry kevin kim laura lauren lee leonard lesley liam
    linda lindsay lisa liz lorraine louise lucy luke lynn lynne malcolm marc margaret maria marie marion mark martin
    mary matt matthew maureen melanie michael michelle mick mike mohammed muhammad natalie neil nicholas nick nicola
    nigel oliver olivia pamela pat patricia patrick paul paula pauline peter phil philip rachel ray rebecca richard
    rob robert robin roger ron rosemary ross roy ruth ryan sally sam samantha samuel sandra sara sarah sean sharon
    sheila shirley simon sophie stacey stella stephanie stephen steve steven stewart stuart sue susan suzanne tanya
    teresa terry thomas tim timothy tina tom tony tracey tracy trevor valerie vanessa vicky victoria vincent wayne
    wendy william yvonne zoe priya amir fatima ahmed imran anita sanjay sunita abdul ali aisha raj ravi olu chidi
    kwame nadia omar yusuf zainab jagdeep harpreet gurpreet"""
)


@dataclass(frozen=True, slots=True)
class Apart:
    """A text without the persons in it, and those persons. `perhaps`: what may be a person's name or a body's."""

    text: str
    people: tuple[str, ...] = ()
    perhaps: str = ""


def apart(text: str, is_body: Callable[[str], bool]) -> Apart:
    """Takes the persons out of one part of a lead cell. `is_body` knows the words of the known organisations."""
    people: list[str] = []

    def take(found: re.Match[str]) -> str:
        if not _is_titled(found[0]) and any(
            is_body(word) or word in BODIES for word in words(found[0]) if len(word) > 1
        ):
            return found[0]
        people.append(found[0].strip())
        return " "

    left = text
    for pattern in (ADDRESS, RANK, INITIALS):
        left = pattern.sub(take, left)
    left, named = _forenamed(left, is_body)
    people += named
    rest = left.strip(" ,;:-–—()/&+")
    rest = LINKING.sub("", rest) if people else rest
    if rest.isalpha() and rest[:1].isupper() and rest.lower() in FORENAMES and not is_body(rest.lower()):
        return Apart("", (*people, rest))
    if _may_be_person(rest, is_body):
        if _is_known_forename(rest):
            return Apart("", (*people, rest))
        return Apart(rest, tuple(people), perhaps=rest)
    return Apart(" ".join(rest.split()) if people else text.strip(), tuple(people))


def named_in(text: str) -> tuple[str, ...]:
    """Persons whom a longer text names with a rank or title, or whose address it gives: to warn of."""
    found = ADDRESS.findall(text) if "@" in text or MANY_DIGITS.search(text) else []
    if not RANKS.isdisjoint(words(text)):
        found += [match[0].strip() for match in RANK.finditer(text) if not set(words(match[0])[-1:]) & BODIES]
    found += [
        match[0] for match in INITIALS.finditer(text) if match[0][0] not in "AI" and not set(words(match[0])) & BODIES
    ]
    return tuple(dict.fromkeys(found))


def without_names(text: str, known: Iterable[str] = ()) -> str:
    """A longer text for everybody to read: without the persons that it names, as far as they are recognised.

    `known` are names from elsewhere in the row.
    """
    names = {*named_in(text), *(name for name in known if WHOLE.fullmatch(name))}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", LEFT_OUT, text)
    return text


LEFT_OUT = "[name left out]"


def is_job(text: str) -> bool:
    """Whether a text is a post ("Head of Commissioning") and no body."""
    return bool(JOB.search(fold(text)))


def _is_titled(found: str) -> bool:
    """Whether a rank or an address makes it a person whatever the name."""
    if "@" in found or any(sign.isdigit() for sign in found):
        return True
    last = words(found)[-1:]
    return RANK.fullmatch(found.strip()) is not None and not set(last) & BODIES


def _forenamed(text: str, is_body: Callable[[str], bool]) -> tuple[str, list[str]]:
    """Takes out a known forename with the surname after it, wherever the two stand."""
    people: list[str] = []

    def take(found: re.Match[str]) -> str:
        first, *rest = words(found[0])
        strange = any(word in BODIES or is_body(word) for word in rest)
        if first not in FORENAMES or strange or not rest:
            return found[0]
        people.append(found[0])
        return " "

    return re.sub(rf"\b{NAME}\s+(?:[A-Z]\.?\s+)?{NAME}\b", take, text), people


def _may_be_person(text: str, is_body: Callable[[str], bool]) -> bool:
    if not (WHOLE.fullmatch(text) or SHOUTED.fullmatch(text)):
        return False
    return not any(word in BODIES or is_body(word) for word in words(text))


def _is_known_forename(text: str) -> bool:
    return words(text)[0] in FORENAMES
