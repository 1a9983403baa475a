"""The XML parts of an archive, read in small pieces: no entities, no document types, nothing kept that was read."""

import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, BinaryIO

from lxml import etree

from actionplans.importing.reading import limits
from actionplans.importing.tables import UnreadableError
from signatories.documents.archives import DAMAGED, TOO_MUCH

Element = Any  # lxml has no types
Event = tuple[str, Element]
PIECE = 64 * 1024  # bytes
DOCTYPE = re.compile(rb"<!doctype", re.IGNORECASE)
LONGEST_MARK = 10  # bytes of what DOCTYPE finds
ENCODING = re.compile(rb"""^[^<]*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
WITH_ENTITIES = "This file holds definitions that no office program writes, as harmful files do. Save it again."


class Parts:
    """The parts of one archive. What is read of all of them together is limited."""

    def __init__(self, file: BinaryIO) -> None:
        self._archive = zipfile.ZipFile(file)
        self._names = {name.lower(): name for name in self._archive.namelist()}
        self._left = limits.MOST_UNPACKED

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def events(self, name: str, *tags: str, starts: bool = False) -> Iterator[Event]:
        """The end (and if asked for the start) of each element named so, in any namespace.

        Whoever takes them calls `forget` for what is done with. A part that is not there has none.
        Raises UnreadableError if there is too much, or a document type; etree.LxmlError if it is no XML.
        """
        if name not in self:
            return
        names = [f"{{*}}{tag}" for tag in tags]
        parser = etree.XMLPullParser(("start", "end") if starts else ("end",), tag=names, **SAFE)
        unbroken = 0
        for piece in self._pieces(name):
            parser.feed(piece)
            unbroken += len(piece)
            for event in parser.read_events():
                yield event
                if event[0] == "end" and not len(event[1]):  # it was forgotten
                    unbroken = 0
            if unbroken > limits.MOST_UNBROKEN:
                raise UnreadableError(TOO_MUCH)
        parser.close()

    def whole(self, name: str) -> Element | None:
        """The root of a small part; nothing if the part is not there. Raises like `events`."""
        if name not in self:
            return None
        parser = etree.XMLParser(**SAFE)
        length = 0
        for piece in self._pieces(name):
            length += len(piece)
            if length > limits.MOST_UNBROKEN:
                raise UnreadableError(TOO_MUCH)
            parser.feed(piece)
        return parser.close()

    def _pieces(self, name: str) -> Iterator[bytes]:
        before = b""
        with self._archive.open(self._names[name.lower()]) as part:
            while piece := part.read(PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    raise UnreadableError(TOO_MUCH)
                plain = piece.replace(b"\0", b"")  # the same in UTF-16
                _demand_plain(plain, before)
                before = plain[-LONGEST_MARK:] or b"-"
                yield piece


SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def _demand_plain(piece: bytes, before: bytes) -> None:
    if DOCTYPE.search(before + piece):
        raise UnreadableError(WITH_ENTITIES)
    if not before and (said := ENCODING.match(piece)) and said[1].lower() not in ENCODINGS:
        raise UnreadableError(DAMAGED)


def forget(element: Element) -> None:
    """Frees an element that is done with, and all that stands before it in the part."""
    element.clear()
    while (parent := element.getparent()) is not None:
        _free_before(element, parent)
        element = parent


def forget_within(element: Element) -> None:
    """Frees an element that is done with, and what stands before it in the element around it, but nothing else."""
    element.clear()
    if (parent := element.getparent()) is not None:
        _free_before(element, parent)


def _free_before(element: Element, parent: Element) -> None:
    while parent[0] is not element:
        del parent[0]


@lru_cache(maxsize=5_000)
def local(tag: str) -> str:
    """A name without its namespace, which differs between the editions of a format."""
    return tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """An attribute of that name in whatever namespace; empty if there is none."""
    for key, value in element.attrib.items():
        if local(key) == name:
            return str(value)
    return ""
