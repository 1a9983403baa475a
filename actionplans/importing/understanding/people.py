"""How plans name persons and posts: titles, addresses, and the words of bodies, which are nobody's name."""

import re

from actionplans.importing.understanding.words import fold, vocabulary

UPPER, LOWER = "A-ZÀ-ÖØ-ÞĀ-Ž", "a-zß-öø-ÿĀ-ž"
NAME = (
    rf"(?:(?:[DO]['’]|Mc|Mac|De|Van|von|de|(?:al|el|ul)[-‑])\s?)?"
    rf"[{UPPER}][{LOWER}]+(?:[-'’‑](?!s\b)[{UPPER}]?[{LOWER}]+)*"
)
PARTICLES = vocabulary("de van von der den al el bin ibn ap ab da dos di la le ul ur ben du des")
PARTICLE = rf"(?:(?:{'|'.join(sorted(PARTICLES))})\s+){{0,3}}"  # before a surname
RANK = re.compile(
    r"(?:\b(?i:acting|a/|t/|temporary|temp|deputy|assistant|chief|ch|det|detective)\.?\s{0,3}){0,4}"
    r"\b(?i:inspector|insp|superintendent|supt|sergeant|sgt|constable|pc|pcso|dci|di|ds|dc|acc|dcc|mr|"
    r"mrs|ms|miss|mx|dr|doctor"
    r"|professor|prof|cllr|councillor|rev|reverend|sir|dame|lord|lady|ci|cc|ps)(?:\.?\s+(?:\d{2,6}\s+)?|\d{2,6}\s+)"
    rf"{PARTICLE}(?:(?:[A-Z]\.?\s*){{1,3}}\s*{NAME}|{NAME}(?:\s+[A-Z]\b(?!['’])\.?)?(?:\s+{NAME}){{0,2}})"
)
WHOLE = re.compile(rf"{NAME}(?:\s+[A-Z]\b(?!['’])\.?)?(?:\s+{NAME}){{1,2}}")
SHOUTED = re.compile(r"[A-Z]{2,}(?:[-'’][A-Z]+)?(?:\s+[A-Z]{2,}(?:[-'’][A-Z]+)?){1,2}")
ADDRESS = re.compile(r"[\w.+'-]+@[\w.-]+|(?:\+44\s?|\b0)(?:\d[\s-]?){9,10}\b")
# What led to a person's name.
LINKING = re.compile(r"^(?:with|and)\s+|\s+(?:with|and)$|^(?:chaired by|led by|contact|c/o|attn)\W*$", re.IGNORECASE)
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


def is_job(text: str) -> bool:
    """Whether a text is a post ("Head of Commissioning") and no body."""
    return bool(JOB.search(fold(text)))
