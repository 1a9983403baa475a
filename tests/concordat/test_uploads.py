"""How files come in: no more is kept than we take, whoever sends it, and whatever else was sent with it is there."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from concordat.uploads import CappedUpload
from signatories.documents.formats import LARGEST

PIECE = b"x" * 65_536


def received(size: int) -> Any:
    file = SimpleUploadedFile("../Minutes.pdf", b"x" * size, content_type="application/pdf")
    request = RequestFactory().post("/", {"title": "Minutes", "file": file, "after": "Also here"})
    assert (request.POST["title"], request.POST["after"]) == ("Minutes", "Also here")
    return request.FILES["file"]


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, LARGEST])
def test_a_file_is_all_there(size: int) -> None:
    file = received(size)
    assert (file.size, file.name, len(file.read())) == (size, "Minutes.pdf", size)
    file.close()


@pytest.mark.parametrize("size", [LARGEST + 1, 30 * 1024 * 1024])
def test_of_one_that_is_too_large_only_its_size_is_known(size: int) -> None:
    file = received(size)
    assert (file.size, file.read()) == (size, b"")
    file.close()


@pytest.fixture
def handler() -> Iterator[CappedUpload]:
    made = CappedUpload()
    made.new_file("file", "a.pdf", "application/pdf", None)
    yield made
    made.file.close()


def test_it_never_takes_more_of_the_disk_than_we_take(handler: CappedUpload) -> None:
    for _ in range(3 * LARGEST // len(PIECE)):
        handler.receive_data_chunk(PIECE, 0)
        assert os.fstat(handler.file.fileno()).st_size <= LARGEST
    assert os.fstat(handler.file.fileno()).st_size == 0


def test_the_file_has_no_name_that_anybody_could_leave_behind(handler: CappedUpload) -> None:
    handler.receive_data_chunk(PIECE, 0)
    assert list(Path(settings.VAR_DIR, "uploads").iterdir()) == []


def test_nothing_stays_where_the_sender_goes_away(handler: CappedUpload) -> None:
    handler.upload_interrupted()
    assert handler.file.closed
