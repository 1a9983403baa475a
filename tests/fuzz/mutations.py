"""Spoils a file in one of many ways. The same source of chance spoils it in the same way."""

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

Parts = dict[str, bytes]
NUMBERS = ("0", "-1", "2147483648", "99999999999999999999", "1e308", "NaN", "", "１２", "x", "16384", "1048576", "0x1F")
NUMBER = re.compile(rb'"-?\d+"')
ELEMENT = re.compile(rb"<[\w:]+[^<>]*>")
TEXT = re.compile(rb">([^<>]+)<")
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
STRANGE = (
    "\u202e",
    "\ufeff",
    "&#0;",
    "&a;",
    "]]>",
    "<![CDATA[<!DOCTYPE]]>",
    "\ud7ff",
    "😀" * 50,
    "_x0000_",
    "=1+1",
    '"',
)
TYPES = ("macroEnabled", "presentationml", "wordprocessingml", "spreadsheetml")
Spoil = Callable[[bytes, Random], bytes]


def cut_short(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def flip(content: bytes, chance: Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.randint(1, 30)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def take_out(content: bytes, chance: Random) -> bytes:
    start, length = chance.randrange(len(content)), chance.randint(1, 300)
    return content[:start] + content[start + length :]


def put_in(content: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + chance.randbytes(chance.randint(1, 300)) + content[start:]


def repeat(content: bytes, chance: Random) -> bytes:
    start, length = chance.randrange(len(content)), chance.randint(1, 500)
    return content[:start] + content[start : start + length] * chance.choice((2, 10, 200)) + content[start + length :]


def blank(content: bytes, chance: Random) -> bytes:
    start, length = chance.randrange(len(content)), chance.randint(1, 500)
    return content[:start] + bytes(length) + content[start + length :]


def other_number(content: bytes, chance: Random) -> bytes:
    return _exchanged(content, NUMBER, lambda _: f'"{chance.choice(NUMBERS)}"'.encode(), chance)


def other_text(content: bytes, chance: Random) -> bytes:
    written = chance.choice((*NUMBERS, *STRANGE, "x" * 40_000, "\n" * 500)).encode("utf-8", "replace")
    return _exchanged(content, TEXT, lambda _: b">" + written + b"<", chance)


def other_element(content: bytes, chance: Random) -> bytes:
    return _exchanged(content, ELEMENT, lambda found: found * chance.choice((0, 2, 30, 3_000)), chance)


def with_entities(content: bytes, chance: Random) -> bytes:
    return (
        re.sub(rb"(<\?xml[^>]*>)?", rb"\1" + ENTITIES, content, count=1)
        if chance.random() < 0.5
        else content + ENTITIES
    )


def in_other_letters(content: bytes, chance: Random) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "utf-16-le", "cp1252", "utf-7", "utf-32", "mac_roman")), "replace")


def _exchanged(content: bytes, what: re.Pattern[bytes], by: Callable[[bytes], bytes], chance: Random) -> bytes:
    found = list(what.finditer(content))
    if not found:
        return content
    one = chance.choice(found)
    return content[: one.start()] + by(one[0]) + content[one.end() :]


OF_BYTES: tuple[Spoil, ...] = (cut_short, flip, take_out, put_in, repeat, blank)
OF_XML: tuple[Spoil, ...] = (*OF_BYTES, *(other_number, other_text, other_element) * 3, with_entities, in_other_letters)


def spoilt(content: bytes, others: bytes, chance: Random) -> bytes:
    """The file, spoilt; parts of the other one may get into it."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        if not content:
            return content
        in_archive = content.startswith(b"PK") and chance.random() < 0.8
        content = _spoilt_archive(content, others, chance) if in_archive else _spoilt_bytes(content, chance)
    return content


def _spoilt_bytes(content: bytes, chance: Random) -> bytes:
    is_text = not content.startswith((b"PK", b"\xd0\xcf"))
    return chance.choice((*OF_BYTES, in_other_letters) if is_text else OF_BYTES)(content, chance)


def _spoilt_archive(content: bytes, others: bytes, chance: Random) -> bytes:
    parts = parts_of(content)
    if not parts:
        return _spoilt_bytes(content, chance)
    name = chance.choice(list(parts))
    way = chance.random()
    if way < 0.7:
        parts[name] = chance.choice(OF_XML)(parts[name], chance) if parts[name] else b"<"
    elif way < 0.8:
        other = chance.choice(list(parts))
        parts[name], parts[other] = parts[other], parts[name]
    elif way < 0.87:
        parts |= dict(chance.sample(list(parts_of(others).items()), 1)) if parts_of(others) else {}
    elif way < 0.93:
        del parts[name]
    elif way < 0.97:
        old, new = (each.encode() for each in chance.sample(TYPES, 2))
        parts = {each: holds.replace(old, new) for each, holds in parts.items()}
    else:
        parts[chance.choice(("xl/vbaProject.bin", "../../etc/passwd", "Index/Document.iwa", "a\\b"))] = b"x"
    return packed(parts)


def packed(parts: Parts) -> bytes:
    """An archive of these parts, the same at whatever hour it is made."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, holds in parts.items():
            made.writestr(zipfile.ZipInfo(name), holds, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def steady(content: bytes) -> bytes:
    """The file without the hour at which it was made."""
    parts = parts_of(content)
    parts.pop("docProps/core.xml", None)
    return packed(parts) if parts else content


def parts_of(content: bytes) -> Parts:
    """The parts of an archive; none if it is not whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            return {name: opened.read(name) for name in opened.namelist()}
    except Exception:  # whatever a spoilt archive raises
        return {}
