"""How an action stands: by the words of its status, by its colour, by what else tells it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from actionplans.importing.tables import Cell
from actionplans.importing.understanding import rag, statuses
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.colours import colour_of, colours_named
from actionplans.importing.understanding.evidence import is_time
from actionplans.importing.understanding.shapes import Choice, Meaning, RagKey
from actionplans.importing.understanding.words import fold, shortened, unstruck, written
from actionplans.states import ActionState

AROUND_COLOUR = re.compile(r"^\s*(?:red|amber|yellow|green|gr[ae]y|blue|[ragb](?=\W))\s*[-–—:;,/(]*\s*", re.IGNORECASE)
ENDED = frozenset({statuses.COMPLETED, statuses.USUAL, statuses.MERGED})  # a day of completion fits these
STRUCK = (statuses.NOT_GOING, statuses.COMPLETED, statuses.MERGED)


@dataclass(frozen=True, slots=True)
class Standing:
    state: str | None = None
    confidence: str | None = None
    merged_into: str = ""
    rag_text: str = ""
    rest: str = ""  # what a status cell tells beyond the state: progress


@dataclass(frozen=True, slots=True)
class Told:
    """The cells of one action that may tell how it stands."""

    status: Sequence[Cell] = ()
    rag: Sequence[Cell] = ()
    filled: Sequence[Cell] = ()  # where no column is for colours: cells of the row with a telling background
    timescale: Sequence[Cell] = ()
    completed: Sequence[Cell] = ()  # its day of completion
    progress: Sequence[Cell] = ()
    is_done_here: bool = False
    is_struck: bool = False
    at: str = ""
    action: str = ""


def standing(told: Told, key: RagKey | None, asking: Asking) -> Standing:
    """The state of one action. Words come before colours; what is open is asked, never guessed."""
    colour, rag_text = _colour(told, asking)
    by_words, rest = _by_words(told.status, asking)
    if by_words is None:
        by_words, _ = _by_words([_beside_colour(cell) for cell in told.rag], asking)
    by_words = by_words or _by_timescale(told.timescale)
    by_words = _with_day(by_words, told.completed, asking)
    if by_words and by_words.state:
        confidence = by_words.confidence
        if not confidence and colour and key and colour in key and key[colour].state == by_words.state:
            confidence = key[colour].confidence
        return Standing(by_words.state, confidence, by_words.merged_into, rag_text, rest)
    if told.is_struck:
        return Standing(_struck(told, asking), rag_text=rag_text, rest=rest)
    if colour and key and colour in key:
        meaning = key[colour]
        state = meaning.state or _of_colour(colour, told, asking)
        return Standing(state, meaning.confidence, rag_text=rag_text, rest=rest)
    if told.is_done_here:
        return Standing(statuses.COMPLETED, rag_text=rag_text, rest=rest)
    told_beside = None if colour else _by_progress(told.progress) or _by_action(told.action)
    if told_beside:
        return Standing(told_beside.state, told_beside.confidence, rag_text=rag_text, rest=rest)
    return Standing(rag_text=rag_text, rest=rest)


def colour_cells(told: Told) -> list[tuple[str, str]]:
    """The colours of an action as pairs (colour, cell), to know which ones a key must explain."""
    if any(_says_more(cell) for cell in told.rag):
        return []
    named = [(colour, cell.at) for cell in told.rag for colour in colours_named(written(cell))[:1]]
    filled = [(colour_of(cell.fill), cell.at) for cell in (*told.rag, *told.filled) if not named]
    return named + [one for one in filled if one[0]]


def _says_more(cell: Cell) -> bool:
    """Whether a cell explains its own colour: "Green - complete"."""
    return bool(colours_named(written(cell)) and written(_beside_colour(cell)))


def _beside_colour(cell: Cell) -> Cell:
    """The cell with what it says of the state beside its colour; without any text where that is nothing plain."""
    if not colours_named(written(cell)):
        return cell
    rest = AROUND_COLOUR.sub("", written(cell)).strip(" )")
    found = statuses.said(rest)
    return replace(cell, text=rest if found and found.meaning else "", struck="")


def _colour(told: Told, asking: Asking) -> tuple[str, str]:
    """The colour of an action, and the text beside it; the name of the colour where it is a background only."""
    texts = [written(cell) for cell in told.rag if written(cell)]
    at = told.rag[0].at if told.rag else told.at
    if colours_named("\n".join(texts)):
        return rag.colour_said("\n".join(texts), at, asking), "\n".join(texts)
    filled = dict.fromkeys(colour_of(cell.fill) for cell in (*told.rag, *told.filled))
    colour = rag.colour_said(", ".join(filter(None, filled)), at, asking)
    return colour, "\n".join(texts) or colour


def _by_words(cells: Sequence[Cell], asking: Asking) -> tuple[Standing | None, str]:
    """What the words of the cells say, and what they tell beyond it. Rows of one action that differ are asked about."""
    texts = {unstruck(cell): cell for cell in cells if unstruck(cell) and not is_colour(unstruck(cell))}
    if len({fold(text) for text in texts}) > 1:
        together, first = "\n".join(texts), next(iter(texts.values()))
        return Standing(_asked(together, first.at, asking)), together
    return next((_by_text(text, cell.at, asking) for text, cell in texts.items()), (None, ""))


def is_colour(text: str) -> bool:
    """Whether a text names a colour and little more."""
    return bool(colours_named(text)) and len(text) < 25


def _by_text(text: str, at: str, asking: Asking) -> tuple[Standing | None, str]:
    """What one text says; of a longer one its beginning, the whole being progress too."""
    short = text if len(text) <= statuses.LONGEST else statuses.beginning(text)
    found, rest = statuses.said(short), "" if short == text and _is_short(text) else text
    if found is None and short != statuses.beginning(text):
        found = statuses.said(statuses.beginning(text))
    if found is None:
        if len(text) <= statuses.LONGEST:
            return Standing(_asked(text, at, asking)), text
        return None, text
    if found.meaning is None:
        return Standing(_asked(short, at, asking)), rest
    state = found.meaning.state
    return Standing(state, found.meaning.confidence, found.target), rest


def _asked(text: str, at: str, asking: Asking) -> str | None:
    told = f"How does an action stand of which the plan says “{shortened(text)}”?"
    answer = asking.ask("status", (text,), at=at, text=told, choices=statuses.choices(statuses.likely(text)))
    return None if answer == statuses.OPEN.value else answer


def _by_timescale(cells: Sequence[Cell]) -> Standing | None:
    """ "Completed" where a time should stand."""
    for cell in cells:
        found = statuses.said(unstruck(cell)) if len(written(cell)) <= statuses.LONGEST else None
        if found and found.meaning == Meaning(statuses.COMPLETED):
            return Standing(statuses.COMPLETED)
    return None


def _with_day(by_words: Standing | None, cells: Sequence[Cell], asking: Asking) -> Standing | None:
    """How the action stands by its day of completion, where no words say it; a warning where they say another thing."""
    said = by_words.state if by_words else None
    for cell in cells:
        text = unstruck(cell)
        is_day = isinstance(cell.value, date) or (is_time(text) and any(map(str.isdigit, text)))
        if is_day and not said:
            return Standing(statuses.COMPLETED)
        if is_day and said and said not in ENDED:
            told = f"A day of completion stands here, “{shortened(text)}”, and beside it that the action is"
            asking.warn(cell.at, f"{told} {ActionState(said).label.lower()}. That was taken.")
        found = statuses.said(text) if not by_words and len(text) <= statuses.LONGEST else None
        if found and found.meaning:
            return Standing(found.meaning.state, found.meaning.confidence, found.target)
    return by_words


def _by_progress(cells: Sequence[Cell]) -> Meaning | None:
    """What the last update says in its first words, where nothing else tells how the action stands."""
    found = [statuses.plainly(unstruck(cell)) for cell in cells[-1:]]
    return next((one.meaning for one in found if one), None)


def _by_action(text: str) -> Meaning | None:
    """What stands in place of an action that was taken out: "(completed – removed)"."""
    found = (
        statuses.said(text.strip("()[] ")) if text.startswith(("(", "[")) and len(text) <= statuses.LONGEST else None
    )
    return found.meaning if found else None


def _struck(told: Told, asking: Asking) -> str | None:
    text = f"“{shortened(told.action)}” is struck through. What became of it?"
    choices = [choice for state in STRUCK for choice in statuses.CHOICES if choice.value == state]
    return asking.ask("struck", (told.action,), at=told.at, text=text, choices=(*choices, *_still_open()))


def _still_open() -> list[Choice]:
    return [choice for choice in statuses.CHOICES if choice.value in (statuses.NOT_STARTED, statuses.IN_PROGRESS)]


def _of_colour(colour: str, told: Told, asking: Asking) -> str | None:
    """The state of an action whose colour means more than one: grey, removed or absorbed into another."""
    text = f"“{shortened(told.action)}” is {colour}, which this plan's key leaves open. How does it stand?"
    first = statuses.MERGED if colour == "grey" else None
    answer = asking.ask("status", (colour, told.action), at=told.at, text=text, choices=statuses.choices(first))
    return None if answer == statuses.OPEN.value else answer


def _is_short(text: str) -> bool:
    """Whether a text says no more than how an action stands."""
    return len(text.split()) <= 3 or text in ActionState.labels
