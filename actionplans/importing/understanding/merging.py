"""Whether merging holds together: into another action that is there and goes on, and never round in a circle.

What the public knows is never merged into what only a draft has: the merge holds at once, and nobody could follow it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from actionplans.importing.understanding import references
from actionplans.importing.understanding.answers import Asking
from actionplans.importing.understanding.shapes import KnownAction, Line, Missing
from actionplans.states import ActionState

STATES = {"done": ActionState.COMPLETED, "dropped": ActionState.NOT_GOING_AHEAD, "merged": ActionState.MERGED}
MERGED, DROPPED = str(ActionState.MERGED), str(ActionState.NOT_GOING_AHEAD)


@dataclass(slots=True)
class Graph:
    """Every action of the plan and the file: by id, or below nought by its place in the file where it is new."""

    states: dict[int, str] = field(default_factory=dict)  # as they will stand; empty where that is not said
    named: dict[str, int] = field(default_factory=dict)  # by reference, as it will be
    written: dict[int, str] = field(default_factory=dict)
    into: dict[int, int] = field(default_factory=dict)  # the merges that are new
    ended: set[int] = field(default_factory=set)  # closed or left out before, and not in the file
    public: set[int] = field(default_factory=set)  # in a published version

    def add(self, node: int, reference: str, state: str) -> None:
        self.states[node], self.written[node] = state, reference
        if reference:
            self.named[references.comparable(reference)] = node

    def target(self, reference: str) -> int | None:
        return self.named.get(references.comparable(reference))

    def fault(self, node: int, reference: str) -> str:
        """Why it cannot be merged into the action with that reference; empty where it can."""
        target = self.target(reference)
        if target is None:
            return f"There is no action {reference} in this file or in the plan."
        if target == node:
            return "An action cannot be part of itself."
        if self.states[target] == DROPPED:
            return f"{self.written[target]} is not going ahead, so nothing can be part of it."
        if node in self.public and target not in self.public:
            return f"{self.written[target]} is in no published version yet, so nothing that is can be part of it."
        return "These actions would be part of each other in a circle." if self._comes_back(node, target) else ""

    def is_closed(self, reference: str) -> bool:
        """Whether the action with that reference was closed before, or is itself part of another one.

        What is done by this very file, or by the same answers, may have been done together with its parts.
        """
        target = self.target(reference)
        return target is not None and (target in self.ended or self.states[target] == MERGED)

    def _comes_back(self, node: int, target: int) -> bool:
        passed: set[int] = set()
        while target in self.into and target not in passed:
            passed.add(target)
            target = self.into[target]
            if target == node:
                return True
        return False


def graph_of(
    lines: Sequence[Line], of_line: Mapping[int, KnownAction], left: Iterable[KnownAction], missing: Iterable[Missing]
) -> Graph:
    """How all actions will stand. What the file calls by a number comes before what the plan called so."""
    graph = Graph()
    for action in left:
        graph.add(action.id, action.reference, action.status or "")
        if not action.is_open:
            graph.ended.add(action.id)
        if action.is_public:
            graph.public.add(action.id)
    for at, line in enumerate(lines):
        before = of_line[at].status if at in of_line else None
        if at in of_line and of_line[at].is_public:
            graph.public.add(of_line[at].id)
        graph.add(node_of(at, of_line), line.reference, line.status or before or "")
    for gone in missing:
        if gone.decision in STATES:
            graph.states[gone.action.id] = str(STATES[gone.decision])
    for at in new_merges(lines, of_line):
        if (target := graph.target(lines[at].merged_into)) is not None:
            graph.into[node_of(at, of_line)] = target
    for gone in missing:
        if gone.decision == "merged" and (target := graph.target(gone.merged_into)) is not None:
            graph.into[gone.action.id] = target
    return graph


def node_of(at: int, of_line: Mapping[int, KnownAction]) -> int:
    return of_line[at].id if at in of_line else -at - 1


def new_merges(lines: Sequence[Line], of_line: Mapping[int, KnownAction]) -> list[int]:
    """The lines that are merged by this file: of those that were before, nothing changes."""
    return [
        at
        for at, line in enumerate(lines)
        if line.status == MERGED and not (at in of_line and of_line[at].status == MERGED)
    ]


def sound_lines(lines: Sequence[Line], of_line: Mapping[int, KnownAction], graph: Graph, asking: Asking) -> list[Line]:
    """The lines, of those that cannot be merged as they say without how they stand; the person is told."""
    found = list(lines)
    for at in new_merges(lines, of_line):
        line = lines[at]
        if why := graph.fault(node_of(at, of_line), line.merged_into):
            asking.warn(line.at, f"It is not taken as merged into {line.merged_into}. {why}")
            found[at] = replace(line, status=None, merged_into="")
    return found


def sound_missing(missing: Iterable[Missing], graph: Graph, asking: Asking) -> tuple[Missing, ...]:
    """The missing actions; what was answered and cannot be is asked again, with the reason."""
    return tuple(_sound(one, graph, asking) for one in missing)


def _sound(one: Missing, graph: Graph, asking: Asking) -> Missing:
    if one.decision != "merged":
        return one
    why = graph.fault(one.action.id, one.merged_into)
    if not why and graph.is_closed(one.merged_into):
        why = f"{one.merged_into} is closed, left out or merged itself. Name an action that goes on."
    if why:
        asking.refuse(one.key, why)
        return replace(one, decision=None, merged_into="")
    target = graph.target(one.merged_into)
    return replace(one, merged_into=graph.written[target] if target is not None else "")
