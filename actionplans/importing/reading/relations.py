"""Which part of an Office file refers to which."""

import posixpath
from collections.abc import Callable

from actionplans.importing.reading.parts import Parts


def main_part(parts: Parts, otherwise: str) -> tuple[str, Callable[[str], str]]:
    """The name of the main part, and what gives the name of the part of a kind that it refers to (empty: none)."""
    main = targets(parts, "").get("officeDocument", [otherwise])[0]
    by_kind = targets(parts, main)
    return main, lambda kind: by_kind.get(kind, [""])[0]


def related(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    """The kind and the name of each part that this one refers to, by the key that it uses for it."""
    folder, name = posixpath.split(part)
    root = parts.whole(posixpath.join(folder, "_rels", f"{name}.rels"))
    relations = [] if root is None else [each for each in root if each.get("TargetMode") != "External"]
    return {
        each.get("Id", ""): (
            each.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/"),
        )
        for each in relations
    }


def targets(parts: Parts, part: str) -> dict[str, list[str]]:
    """The names of the parts that this one refers to, by their kind."""
    targets: dict[str, list[str]] = {}
    for kind, target in related(parts, part).values():
        targets.setdefault(kind, []).append(target)
    return targets
