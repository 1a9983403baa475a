"""What the colours of a plan mean: by the key in the file, the one remembered, or the one that the person names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from actionplans.importing.tables import Cell, Row
from actionplans.importing.understanding import statuses
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.colours import COLOURS, LETTERS, NAMES, colour_of, colours_named
from actionplans.importing.understanding.shapes import Choice, Meaning, RagKey
from actionplans.importing.understanding.statuses import (
    AT_RISK,
    COMPLETED,
    IN_PROGRESS,
    NOT_STARTED,
    OFF_TRACK,
    ON_TRACK,
)
from actionplans.importing.understanding.words import fold, shortened, written
from actionplans.states import ActionState, Confidence

COLOUR = r"(?:red|amber|yellow|orange|green|gr[ae]y|blue|white)"
ENTRY = re.compile(
    (
        rf"\b({COLOUR})\b\s*(?:[=:\-–—]|means|is|\()\s*(.+?)(?=(?:[,;.|/\n]|"
        rf"\band\b)?\s*\b{COLOUR}\b\s*(?:[=:\-–—(]|means|is)|$)"
    ),
    re.IGNORECASE | re.DOTALL,
)
BY_LETTER = re.compile(r"\b([RAGBY])\s*[=:\-–]\s*(.+?)(?=[,;.|/\n\s]*\b[RAGBY]\s*[=:\-–]|$)", re.DOTALL)
ALONE = re.compile(rf"{COLOUR}\s*(?:[=:\-–—]|means)\s*[^\n]{{2,60}}", re.IGNORECASE)
# The keys of which public plans made use; grey and what else is None must be said of each action.
PRESETS: Mapping[str, tuple[str, RagKey]] = {
    "delivery": (
        "How delivery goes: red failing, amber at risk, green on track, blue completed",
        {
            "red": Meaning(IN_PROGRESS, OFF_TRACK),
            "amber": Meaning(IN_PROGRESS, AT_RISK),
            "green": Meaning(IN_PROGRESS, ON_TRACK),
            "blue": Meaning(COMPLETED),
        },
    ),
    "stage": (
        "How far it is: red not started, amber ongoing, green completed, grey removed or absorbed into another action",
        {
            "red": Meaning(NOT_STARTED),
            "amber": Meaning(IN_PROGRESS),
            "green": Meaning(COMPLETED),
            "grey": Meaning(None),
        },
    ),
    "outstanding": (
        "How far it is: red outstanding, amber ongoing, green completed",
        {"red": Meaning(NOT_STARTED), "amber": Meaning(IN_PROGRESS), "green": Meaning(COMPLETED)},
    ),
    "four_states": (
        "Four states: grey not started, amber under way on timescale, green completed, red overdue",
        {
            "grey": Meaning(NOT_STARTED),
            "amber": Meaning(IN_PROGRESS, ON_TRACK),
            "green": Meaning(COMPLETED),
            "red": Meaning(IN_PROGRESS, OFF_TRACK),
        },
    ),
    "on_time": (
        "Against its date: red overdue, amber behind, green on track or done (each green action is asked about)",
        {"red": Meaning(IN_PROGRESS, OFF_TRACK), "amber": Meaning(IN_PROGRESS, AT_RISK), "green": Meaning(None)},
    ),
}
IS_KEY = re.compile(  # what stands above or beside a key
    r"(?:(?:colour|status|rag|rag (?:status|rating)) )?"
    r"(?:key|legend)(?: to (?:the )?(?:rag )?(?:colours|ratings))?\s*:?"
    r"|rag(?: rating| status)?\s*:",
    re.IGNORECASE,
)
ENDED = re.compile(r"\b(?:removed|absorbed|merged|closed)\b")
OVERDUE = re.compile(r"overdue\b.*")  # of a colour it means what it means in the keys above
IGNORED = "ignore"
CHOICES = (
    *(Choice(name, label) for name, (label, _) in PRESETS.items()),
    Choice(IGNORED, "Keep the colours as text only"),
)


@dataclass(frozen=True, slots=True)
class Colours:
    """The key with which the colours of a file are read; `key` is None where it is asked for."""

    key: RagKey | None
    to_remember: RagKey | None = None


def _by_letters(joined: str) -> dict[str, str]:
    """ "R = not started, A = under way, G = complete": two letters or more, each beside a state."""
    found = {LETTERS[letter.lower()]: told.strip(" ,;.()|") for letter, told in BY_LETTER.findall(joined)}
    return found if len(found) > 1 and all(_one_meaning(told).state for told in found.values()) else {}


def entries(texts: Sequence[str]) -> dict[str, str]:
    """By colour, the words that explain it."""
    joined = "\n".join(texts)
    lowered = joined.lower()
    if len(joined) > 1000:
        return {}
    if not any(name in lowered for name in NAMES):
        return _by_letters(joined)
    found = {NAMES[colour.lower()]: told.strip(" ,;.()|") for colour, told in ENTRY.findall(joined)}
    is_key = len(found) > 1 or re.search(r"\bkey\b", joined, re.IGNORECASE)
    if is_key or len(found) != 1:
        return found if is_key else {}
    (told,) = found.values()
    return found if len(texts) == 1 and ALONE.fullmatch(joined.strip()) and _one_meaning(told).state else {}


def entries_of(row: Row) -> dict[str, str]:
    """By colour, what a row explains: in words, or by coloured cells beside their meanings; a label may stand first."""
    told = [cell for cell in row.cells if written(cell) and not cell.merged and not is_label(cell)]
    patches = [cell for cell in row.cells if colour_of(cell.fill) and cell not in told]
    if len(told) == len(patches) == 1 and not colour_of(told[0].fill) and _is_meaning(written(told[0])):
        return {colour_of(patches[0].fill): written(told[0])}
    texts = list(dict.fromkeys(text for text in map(written, row.cells) if text))
    bare = [text for text in texts if not IS_KEY.fullmatch(text)]
    names = NAMES if len(bare) == len(texts) else {**LETTERS, **NAMES}
    return _in_turn(row) or _in_pairs(_uncounted(bare), names) or entries(_uncounted(texts))


def is_label(cell: Cell) -> bool:
    """Whether a cell holds but the label of a key of colours."""
    return bool(IS_KEY.fullmatch(written(cell)))


def _uncounted(texts: list[str]) -> list[str]:
    """A colour and its meaning without the number of actions that have it."""
    return [text for text in texts if not text.isdecimal()] if len(texts) == 3 else texts


def _in_pairs(texts: Sequence[str], names: Mapping[str, str]) -> dict[str, str]:
    """By colour, its meaning, where a row holds but names of colours, each before a state."""
    named, meant = [names.get(fold(text), "") for text in texts[::2]], texts[1::2]
    is_key = len(named) == len(meant) == len(set(named)) > 0 and all(named) and all(map(statuses.said, meant))
    return dict(zip(named, map(str.strip, meant), strict=True)) if is_key else {}


def _in_turn(row: Row) -> dict[str, str]:
    """By colour, its meaning, where a row holds but filled cells without a text, each before a state."""
    cells = [cell for cell in row.cells if (written(cell) or colour_of(cell.fill)) and not is_label(cell)]
    shown, meant = [colour_of(cell.fill) * (not written(cell)) for cell in cells[::2]], list(map(written, cells[1::2]))
    is_key = len(shown) == len(meant) == len(set(shown)) > 1 and all(shown) and all(map(_is_meaning, meant))
    return dict(zip(shown, meant, strict=True)) if is_key else {}


def legend(row: Row) -> dict[str, str]:
    """By colour, the states that stand in cells of that colour above a table, or beside its letter away from one."""
    told = [cell for cell in row.cells if written(cell) and not cell.merged and not is_label(cell)]
    texts = [written(cell) for cell in told if not written(cell).isdecimal()]
    if len(texts) == 2 and fold(texts[0]) in LETTERS and _one_meaning(texts[1]).state:
        return {LETTERS[fold(texts[0])]: texts[1]}
    if not told or not all(_plainly(written(cell)) for cell in told) or not all(colour_of(cell.fill) for cell in told):
        return {}
    return {colour_of(cell.fill): written(cell) for cell in told}


def key_of_file(said: Mapping[str, str]) -> RagKey:
    """The key as the file explains it, as far as its words are understood."""
    return {colour: _explained(text) for colour, text in said.items()}


def _explained(text: str) -> Meaning:
    """What an explanation says; of "not started or overdue" the person must say which, action by action."""
    alternatives = {_one_meaning(part) for part in re.split(r"\s+or\s+|/|,", text) if part.strip()}
    return alternatives.pop() if len(alternatives) == 1 else Meaning(None)


def _is_meaning(text: str) -> bool:
    """Whether a short text says how an action stands, or in which ways it ended."""
    return bool(_one_meaning(text).state) or (len(text) <= statuses.LONGEST and bool(ENDED.search(fold(text))))


def _one_meaning(text: str) -> Meaning:
    found = statuses.said(text)
    plain = None if found and found.target else _plainly(text)
    return plain or _loosely(text)


def _plainly(text: str) -> Meaning | None:
    found = statuses.said(text)
    if found and found.meaning:
        return found.meaning
    return Meaning(IN_PROGRESS, OFF_TRACK) if OVERDUE.fullmatch(fold(text)) else None


def _loosely(text: str) -> Meaning:
    """A longer explanation ("action not yet started", "work is ongoing"): the one state that its words name."""
    plain = fold(text)
    if "outstanding" in plain or plain.startswith("no progress"):
        return Meaning(NOT_STARTED)
    if plain.startswith(("some progress", "progress is")):
        return Meaning(IN_PROGRESS)
    if ENDED.search(plain):
        return Meaning(None)
    found = (_plainly(" ".join(plain.split()[at:])) for at in range(min(6, len(plain.split()))))
    return next(filter(None, found), Meaning(None))


def colours(used: Mapping[str, str], said: Mapping[str, str], remembered: RagKey | None, asking: Asking) -> Colours:
    """The key for the colours that are used (each with the first cell that has it): never guessed in silence.

    The file's own words come first, then the partnership's remembered key, then the answer to one question.
    """
    own = key_of_file(said)
    if not used:
        return Colours(own or remembered, own or None)
    if own and set(used) <= set(own):
        return Colours(own, own)
    answer = asking.corrected("rag_key", (), CHOICES) if remembered else None
    if remembered and not answer and set(used) <= set(remembered):
        return Colours(remembered)
    answer = answer or _ask(used, own, asking)
    if answer is None:
        return Colours(None)
    key = _answered(answer, own)
    return Colours(key, key or None)


def _ask(used: Mapping[str, str], own: RagKey, asking: Asking) -> str | None:
    named = ", ".join(colour for colour in COLOURS if colour in used and colour not in own)
    unsaid = ", of which its key says nothing" if own else ""
    text = f"The plan marks actions {named}{unsaid}. What do its colours mean?"
    at = next(iter(used.values()))
    return asking.ask("rag_key", (), at=at, text=text, choices=CHOICES, takes=lambda answer: bool(_custom(answer)))


def _answered(answer: str, own: RagKey) -> RagKey:
    if answer == IGNORED:
        return {}
    return {**(PRESETS[answer][1] if answer in PRESETS else _custom(answer)), **own}


def _custom(answer: str) -> RagKey:
    """A key that the person wrote: "red=not_started; amber=in_progress; green=completed; grey=ask"."""
    key: RagKey = {}
    for part in re.split(r"[;,\n]", answer):
        colour, _, state = (piece.strip().lower() for piece in part.partition("="))
        if colour not in COLOURS or not (state == "ask" or state in ActionState.values or state in Confidence.values):
            return {}
        key[colour] = _meaning(state)
    return key


def _meaning(state: str) -> Meaning:
    if state == "ask":
        return Meaning(None)
    return Meaning(IN_PROGRESS, state) if state in Confidence.values else Meaning(state)


def colour_said(text: str, at: str, asking: Asking) -> str:
    """The colour that a RAG cell names; of "Amber/Green" the person says which."""
    named = colours_named(text)
    if len(named) < 2:
        return named[0] if named else ""
    choices = [Choice(colour, colour.capitalize()) for colour in named]
    told = f"“{shortened(text)}” names more than one colour. Which one holds?"
    return asking.ask("colour", (text,), at=at, text=told, choices=choices) or ""


def used_first(cells: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of pairs (colour, cell), each colour with its first cell."""
    found: dict[str, str] = {}
    for colour, at in cells:
        if colour:
            found.setdefault(colour, at)
    return found
