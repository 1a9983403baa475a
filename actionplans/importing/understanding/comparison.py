"""The lines of a file beside the actions that the plan has: new, changed field by field, unchanged, or missing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date

from actionplans.importing.understanding import merging, references
from actionplans.importing.understanding.answers import Asking, key_of
from actionplans.importing.understanding.fields import Field
from actionplans.importing.understanding.shapes import Choice, Compared, Difference, KnownAction, Line, Missing
from actionplans.importing.understanding.words import alike, fold, shared, shortened, words
from actionplans.timescale import Timescale

SAME = 0.82  # from here on two texts are one action reworded, whatever their references
PERHAPS = 0.6  # from here on the person is asked
SAME_REFERENCE = 0.5  # under one reference, texts less alike than this may be different actions
RAREST = 6  # words by which candidates are looked up
NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
DECISIONS = (
    Choice("carried", "Carry it on as it is"),
    Choice("done", "It is done"),
    Choice("dropped", "It is not going ahead (say why)"),
)
CARRIED = DECISIONS[:1]
SAY_WHY = "Say why it is not going ahead, for everybody to read: “dropped:” and the reason."


@dataclass(slots=True)
class Pairs:
    """Which line is which action, while that is being found out."""

    lines: Sequence[Line]
    actions: dict[int, KnownAction]
    of_line: dict[int, KnownAction] = field(default_factory=dict)  # by position of the line
    open: set[int] = field(default_factory=set)  # ids of actions about which a question stands

    def join(self, at: int, action: KnownAction) -> None:
        self.of_line[at] = action
        del self.actions[action.id]

    def free_lines(self) -> list[int]:
        return [at for at in range(len(self.lines)) if at not in self.of_line]


def compare(
    lines: Sequence[Line], actions: Iterable[KnownAction], asking: Asking
) -> tuple[tuple[Compared, ...], tuple[Missing, ...]]:
    """Every line with its action, and the actions that the file does not hold.

    A reference that now stands before quite another text is never matched in silence: it is asked about.
    """
    pairs = Pairs(lines, {action.id: action for action in actions})
    _by_reference_and_text(pairs)
    _by_text(pairs)
    _by_likeness(pairs, asking)
    _by_reference_alone(pairs, asking)
    left = sorted(pairs.actions.values(), key=lambda action: references.natural_key(action.reference))
    twice = _texts_twice([*pairs.actions.values(), *pairs.of_line.values()])
    missing = tuple(_missing(action, twice, asking) for action in left if action.id not in pairs.open)
    graph = merging.graph_of(lines, pairs.of_line, left, missing)
    sound = merging.sound_lines(lines, pairs.of_line, graph, asking)
    numbers = {references.comparable(line.reference) for line in lines if line.reference}
    compared = tuple(_compared(line, pairs.of_line.get(at), numbers, asking) for at, line in enumerate(sound))
    return compared, merging.sound_missing(missing, graph, asking)


def _by_reference_and_text(pairs: Pairs) -> None:
    for at, action in _of_one_reference(pairs):
        if _has_its_text(pairs.lines[at], action) and action.id in pairs.actions:
            pairs.join(at, action)
    texts = {fold(action.text) for action in pairs.actions.values()}
    for at, action in _of_one_reference(pairs):
        line = pairs.lines[at]
        moved = fold(line.action) in texts  # another action has just this text: the references were moved round
        if (
            action.id in pairs.actions
            and not moved
            and _likeness(line.action, action.text, SAME_REFERENCE) >= SAME_REFERENCE
        ):
            pairs.join(at, action)


def _of_one_reference(pairs: Pairs) -> list[tuple[int, KnownAction]]:
    """The free lines, each with the one free action that has its reference."""
    by_reference = _grouped((references.comparable(action.reference), action) for action in pairs.actions.values())
    found = [(at, by_reference.get(references.comparable(pairs.lines[at].reference), [])) for at in pairs.free_lines()]
    return [(at, candidates[0]) for at, candidates in found if len(candidates) == 1]


def _has_its_text(line: Line, action: KnownAction) -> bool:
    return fold(line.action) == fold(action.text)


def _by_text(pairs: Pairs) -> None:
    by_text = _grouped((fold(action.text), action) for action in pairs.actions.values())
    for at in pairs.free_lines():
        candidates = [one for one in by_text.get(fold(pairs.lines[at].action), ()) if one.id in pairs.actions]
        if candidates:
            pairs.join(at, _same_section_first(candidates, pairs.lines[at]))


def _same_section_first(candidates: Sequence[KnownAction], line: Line) -> KnownAction:
    return max(candidates, key=lambda one: (one.section == line.place.code, -one.id))


def _by_likeness(pairs: Pairs, asking: Asking) -> None:
    """Reworded and renumbered at once: the best pairs of those that share their rarest words."""
    found = sorted(_alike_pairs(pairs), key=lambda one: (-one[0], one[1], one[2]))
    for score, at, id in found:
        if at in pairs.of_line or id not in pairs.actions or id in pairs.open:
            continue
        action = pairs.actions[id]
        if score >= SAME or _is_same(pairs.lines[at], action, asking, pairs):
            pairs.join(at, action)


def _alike_pairs(pairs: Pairs) -> list[tuple[float, int, int]]:
    by_word: dict[str, list[int]] = defaultdict(list)
    for action in pairs.actions.values():
        for word in set(words(action.text)):
            by_word[word].append(action.id)
    found = []
    for at in pairs.free_lines():
        line = pairs.lines[at]
        for id in _candidates(line.action, by_word):
            score = _likeness(line.action, pairs.actions[id].text)
            if score >= PERHAPS:
                found.append((score, at, id))
    return found


def _candidates(text: str, by_word: dict[str, list[int]], most: int = 8) -> list[int]:
    """The few actions that share the most of a text's rarest words: likeness is dear, so few are looked at."""
    known = sorted((len(by_word[word]), word) for word in set(words(text)) if word in by_word)
    counts: dict[int, int] = defaultdict(int)
    for number, word in known[:RAREST]:
        if number <= 200:
            for id in by_word[word]:
                counts[id] += 1
    return sorted(counts, key=lambda id: (-counts[id], id))[:most]


def _likeness(one: str, other: str, enough: float = SAME) -> float:
    """The likeness of words, or of letters where that is more and the words leave it open; `enough` is not bettered."""
    by_words = shared(one, other)
    return by_words if by_words >= enough or by_words < 0.3 else max(by_words, alike(one, other, PERHAPS))


def _by_reference_alone(pairs: Pairs, asking: Asking) -> None:
    for at, action in _of_one_reference(pairs):
        is_free = action.id in pairs.actions and action.id not in pairs.open
        if is_free and _is_same(pairs.lines[at], action, asking, pairs):
            pairs.join(at, action)


def _is_same(line: Line, action: KnownAction, asking: Asking, pairs: Pairs) -> bool:
    """Whether the person says that a line is that action; while it is open, the action is not missing."""
    told = (
        f"“{shortened(line.action)}” was, under {action.reference or 'no number'}, "
        f"“{shortened(action.text)}”. Is it the same action?"
    )
    choices = (Choice("same", "The same action, reworded"), Choice("new", "Another action"))
    answer = asking.ask("match", (line.reference, line.action, action.text), at=line.at, text=told, choices=choices)
    if answer is None:
        pairs.open.add(action.id)
    return answer == "same"


def _grouped(pairs: Iterable[tuple[str, KnownAction]]) -> dict[str, list[KnownAction]]:
    found: dict[str, list[KnownAction]] = defaultdict(list)
    for key, action in pairs:
        if key:
            found[key].append(action)
    return found


def _compared(line: Line, action: KnownAction | None, numbers: Set[str], asking: Asking) -> Compared:
    if action is None:
        return Compared(line, NEW)
    differences, kept = _without_blanks(line, action, _differences(line, action, asking), numbers, asking)
    not_here = _not_here(action)
    if action.held and any(one.name in not_here for one in differences):
        asking.warn(line.at, f"How it stands in this file is not taken over: {action.held}")
        differences = [one for one in differences if one.name not in not_here]
    return Compared(line, CHANGED if differences else UNCHANGED, action, tuple(differences), kept)


def _not_here(action: KnownAction) -> frozenset[str]:
    """What is not said of an action in this plan: of one kept in another plan neither dates nor who leads it there."""
    if not action.is_kept_elsewhere:
        return REPORTED
    return REPORTED | {"timescale", "must_do"} | ({"leads"} if not action.leads else set())


REPORTED = frozenset({"status", "confidence", "progress"})  # what becomes a report
CLOSED = frozenset({"completed", "business_as_usual", "merged", "not_going_ahead"})


def _differences(line: Line, action: KnownAction, asking: Asking) -> list[Difference]:
    """The fields that the file has a column for and words differently. Spaces and kinds of quotes do not count.

    Where the words of a timescale are the same, its day counts if the person has told it of this very file.
    """
    fields = [
        ("section", action.section or "", line.place.code or "", line.place.code is not None),
        ("reference", action.reference, line.reference, Field.REFERENCE in line.told or bool(line.reference)),
        ("action", action.text, line.action, True),
        ("timescale", *_timescales(line, action, asking), bool(line.told & TIMES)),
        ("leads", _leads_known(action), _leads_read(line), bool(line.told & LEADS)),
        ("outcome", action.outcome, line.outcome, Field.OUTCOME in line.told),
        ("outcome_measure", action.outcome_measure, line.measure, Field.MEASURE in line.told),
        ("footprint", action.footprint, line.footprint, Field.FOOTPRINT in line.told),
        ("must_do", _yes(action.must_do), _yes(line.must_do), Field.PRIORITY in line.told),
        ("left_out", _yes(action.is_left_out), _yes(False), line.status not in CLOSED and action.is_left_out),
        ("status", action.status or "", line.status or "", line.status is not None),
        ("confidence", action.confidence or "", line.confidence or "", line.confidence is not None),
        ("progress", action.progress, progress_text(line), bool(line.progress)),
    ]
    return [
        Difference(name, old, new)
        for name, old, new, told in fields
        if told and old != new and _plain(old) != _plain(new)
    ]


# What an empty cell would take away, by the name of the difference.
BLANK = {
    **{"reference": "number", "timescale": "timescale", "leads": "who leads", "outcome": "outcome"},
    **{"outcome_measure": "measure", "footprint": "place", "must_do": "national must-do"},
}
KEEP, CLEAR = "keep", "clear"
BLANKS = (Choice(KEEP, "Keep what the plan has"), Choice(CLEAR, "Take it out of the plan"))


def _without_blanks(
    line: Line, action: KnownAction, found: Sequence[Difference], numbers: Set[str], asking: Asking
) -> tuple[list[Difference], tuple[str, ...]]:
    """The differences without those that an empty cell would make, and which these were: the plan keeps what it has.

    Asked once for each field. A number that the file gives to another action goes.
    """
    kept: list[str] = []
    for one in found:
        is_blank = one.name in BLANK and not (one.new if one.name != "must_do" else line.priority)
        if not is_blank or (one.name == "reference" and references.comparable(action.reference) in numbers):
            continue
        told = f"Some actions have no {BLANK[one.name]} in this file, and one in the plan. What about it?"
        if asking.ask("blank", (one.name,), at=line.at, text=told, choices=BLANKS) != CLEAR:
            kept.append(one.name)
    return [one for one in found if one.name not in kept], tuple(kept)


def _timescales(line: Line, action: KnownAction, asking: Asking) -> tuple[str, str]:
    """When it is due in the plan and in the file: the words, with the days where those alone differ."""
    old, new = action.timescale_text, timescale_text(line)
    end = timescale_now(line).current.end
    due_on = end.isoformat() if end else ""
    is_told = any(asking.is_told_here("timescale", one.text) for one in (line.timescale, *line.revised) if one.text)
    if _plain(old) != _plain(new) or due_on == action.due_on or not is_told:
        return old, new
    return f"{old} ({_day(action.due_on)})", f"{new} ({_day(due_on)})"


def _day(due_on: str) -> str:
    return f"{date.fromisoformat(due_on):%-d %B %Y}" if due_on else "no date"


def timescale_now(line: Line) -> Timescale:
    """When it is due, with what it was revised to since: in its own text, and in the column for revised dates."""
    revised = [one.current for one in line.revised if one.current.end]
    return replace(line.timescale, revised=(*line.timescale.revised, *revised))


TIMES = frozenset({Field.TIMESCALE.value, Field.START.value, Field.FINISH.value})
LEADS = frozenset({Field.LEAD.value, Field.WORKING_WITH.value})


def _yes(so: bool) -> str:
    return "yes" if so else "no"


def progress_text(line: Line) -> str:
    """All that the file says of progress; several columns each under its heading."""
    if len(line.progress) == 1:
        return line.progress[0].text
    return "\n\n".join(f"{one.heading}: {one.text}" if one.heading else one.text for one in line.progress)


def timescale_text(line: Line) -> str:
    """When it is due as the file writes it, the text of the column for revised dates beside the first."""
    revised = "; ".join(one.text for one in line.revised if one.text)
    return (
        f"{line.timescale.text} (revised: {revised})"
        if revised and line.timescale.text
        else line.timescale.text or revised
    )


def _plain(text: str) -> str:
    return " ".join(text.translate(QUOTES).split())


QUOTES = {ord("’"): "'", ord("‘"): "'", ord("“"): '"', ord("”"): '"', ord("–"): "-", ord("—"): "-"}


def _leads_known(action: KnownAction) -> str:
    return "; ".join(sorted(f"{who} ({role})" for who, role in action.leads))


def _leads_read(line: Line) -> str:
    return "; ".join(sorted(f"{lead.organisation or lead.text} ({lead.role})" for lead in line.leads))


def _texts_twice(actions: Iterable[KnownAction]) -> set[str]:
    """The texts that more than one action of the plan has."""
    counts = Counter(fold(action.text) for action in actions)
    return {text for text, number in counts.items() if number > 1}


def _missing(action: KnownAction, twice: Set[str], asking: Asking) -> Missing:
    """What becomes of an action that the file leaves out. Nothing is deleted; a closed one stays as it is.

    Of two with one text each is asked about by itself. One of which no report may be added (`held`) is carried on.
    """
    if not action.is_open:
        return Missing(action, "carried")
    name = action.reference or shortened(action.text)
    told = f"“{name}: {shortened(action.text)}” is not in this file. "
    told += f"It can only be carried on: {action.held}" if action.held else "What became of it?"
    choices, takes = (CARRIED, _is_nothing) if action.held else (DECISIONS, _is_decision)
    told_by = (action.text, action.reference or str(action.id)) if fold(action.text) in twice else (action.text,)
    answer = asking.ask("missing", told_by, at="", text=told, choices=choices, takes=takes)
    if answer == "dropped":
        asking.refuse(key_of("missing", *told_by), SAY_WHY)
        answer = None
    decision, _, told = (answer or "").partition(":")
    said = {"merged_into": told.strip()} if decision == "merged" else {"note": told.strip()}
    return Missing(action, decision or None, key=key_of("missing", *told_by), **said)


def _is_nothing(given: str) -> bool:
    return False


def _is_decision(given: str) -> bool:
    """A decision with something to say: “merged:1.2”, “done:the outcome”, “dropped:why”."""
    decision, _, told = given.partition(":")
    return decision in ("merged", "done", "dropped") and bool(told.strip())
