"""How files come in: any address, also before we know who sends them, so that no more is kept than we ever take."""

import logging
import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from signatories.documents.formats import LARGEST

log = logging.getLogger(__name__)


class CappedUpload(FileUploadHandler):
    """Writes a file into a temporary one without a name, piece by piece; it goes away by itself.

    Of a file larger than LARGEST nothing is kept, but its size is counted, so that a form can say what is wrong with
    it beside its field and still has everything else that was typed.
    """

    chunk_size = 64 * 1024

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the next file."""
        super().new_file(*args, **kwargs)
        folder = settings.VAR_DIR / "uploads"  # on a disk: /tmp may be memory
        folder.mkdir(parents=True, exist_ok=True)
        self.received = 0
        self.is_lost = False
        self.file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - the request closes it

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, unless it is too much by now."""
        self.received += len(raw_data)
        if self.received <= LARGEST and not self.is_lost:
            self._write(raw_data)
        elif self.file.tell():
            self.file.seek(0)
            self.file.truncate()

    def _write(self, raw_data: bytes) -> None:
        """Keep a piece; where the disk is full, none of the file."""
        try:
            self.file.write(raw_data)
            self.file.flush()
        except OSError:
            log.exception("A file that somebody sends cannot be written down.")
            self.is_lost = True
            self.file.close()
            self.file = tempfile.TemporaryFile(dir=settings.VAR_DIR / "uploads")  # noqa: SIM115 - as above

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        """What the view gets: the file at its beginning, or an empty one that tells how large it was."""
        self.file.seek(0)
        size = 0 if self.is_lost else self.received
        file = UploadedFile(self.file, self.file_name, self.content_type, size, self.charset)
        file.is_lost = self.is_lost  # type: ignore[attr-defined] # forms tell by it that the disk is full
        return file

    def upload_interrupted(self) -> None:
        """The sender went away."""
        self.file.close()
