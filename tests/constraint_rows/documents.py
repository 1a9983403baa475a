"""Rows that the database refuses, and rows near them that it takes: documents."""

from functools import partial

from signatories.documents.formats import LARGEST, Format
from signatories.models.document import SUBJECTS
from tests.constraint_rows.case import Case, check, not_empty, one_of, unique
from tests.factories import DAY, make_action, make_declaration, make_document, noon

_file = partial(make_document, kind="file")
_as_link = {"kind": "link", "stored_as": "", "format": "", "size": None, "sha256": "", "original_name": ""}


def _of_another_kind_of_subject(**fields: object) -> object:
    """A document about a declaration whose id no action has."""
    return make_document(subject=make_declaration(pk=1_000_000 + make_action().pk), **fields)


CASES: list[Case] = [
    *one_of("document_subject", make_document, "subject_type", list(SUBJECTS)),
    *not_empty("document_has_title", make_document, "title"),
    *check(
        "document_is_a_file_or_a_link",
        _file,
        refused={
            "another kind": {"kind": "x"},
            "a file and a link": {"url": "https://example.org/"},
            "a file that is nowhere": {"stored_as": ""},
            "a file of no kind": {"format": ""},
            "a file of a kind that we do not take": {"format": "exe"},
            "a file of no size": {"size": None},
            "a file without its digest": {"sha256": ""},
            "a file without the name it came with": {"original_name": ""},
            "a link to nowhere": _as_link,
            "a link that is a file": {"kind": "link", "url": "https://example.org/"},
            "a link with a size": _as_link | {"url": "https://example.org/", "size": 1},
        },
        accepted={
            **{str(each.label): {"format": each} for each in Format},
            "a link": _as_link | {"url": "https://example.org/"},
        },
    ),
    *check(
        "document_size",
        _file,
        refused={"empty": {"size": 0}, "too large": {"size": LARGEST + 1}},
        accepted={"one byte": {"size": 1}, "the most": {"size": LARGEST}},
    ),
    *check(
        "document_sha256",
        _file,
        refused={"too short": {"sha256": "0" * 63}, "not in hex": {"sha256": "g" * 64}},
        accepted={"64 digits in hex": {"sha256": "0123456789abcdef" * 4}},
    ),
    *check(
        "document_url",
        make_document,
        refused={"a program": {"url": "javascript:alert(1)"}, "a file": {"url": "file:///etc/passwd"}},
        accepted={"https": {"url": "https://x"}, "http": {"url": "http://x"}},
    ),
    *check(
        "document_public_has_day",
        make_document,
        refused={
            "public on no day": {"visibility": "public"},
            "not public on a day": {"published_on": DAY},
            "another word": {"visibility": "x"},
            "another word with a day": {"visibility": "x", "published_on": DAY},
        },
        accepted={"public": {"visibility": "public", "published_on": DAY}, "not public": {"visibility": "partnership"}},
    ),
    *check(
        "document_withdrawn_with_reason",
        make_document,
        refused={"for no reason": {"withdrawn_at": noon(DAY)}, "at no time": {"withdrawn_reason": "x"}},
        accepted={"both": {"withdrawn_at": noon(DAY), "withdrawn_reason": "x"}},
    ),
    *check(
        "document_only_files_removed",
        make_document,
        refused={"a link": {"removed_at": noon(DAY)}},
        accepted={"not removed": {"removed_at": None}},
    ),
    *unique("document_stored_once", _file, same=("stored_as",), accepted={"another": {"stored_as": "x"}}),
    *unique(
        "document_file_once_per_subject",
        _file,
        same=("subject_type", "subject_id", "sha256"),
        first=partial(_of_another_kind_of_subject, kind="file"),
        accepted={"withdrawn": {"withdrawn_at": noon(DAY), "withdrawn_reason": "x"}},
    ),
    *unique(
        "document_link_once_per_subject",
        make_document,
        same=("subject_type", "subject_id", "url"),
        first=_of_another_kind_of_subject,
        accepted={"withdrawn": {"withdrawn_at": noon(DAY), "withdrawn_reason": "x"}},
    ),
]
