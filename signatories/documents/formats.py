"""The kinds of file that we take (docs/rules.md, Documents)."""

from django.db.models import TextChoices

MEGABYTE = 1024 * 1024
LARGEST_MB = 20
LARGEST = LARGEST_MB * MEGABYTE  # bytes


class Format(TextChoices):
    """A kind of file. It is found out from what the file holds, and decides under which type it is served."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word document"
    ODT = "odt", "OpenDocument text"
    XLSX = "xlsx", "Excel workbook"
    ODS = "ods", "OpenDocument spreadsheet"
    CSV = "csv", "CSV table"
    PNG = "png", "PNG picture"
    JPEG = "jpg", "JPEG picture"

    @property
    def content_type(self) -> str:
        """What we tell browsers that it is; never what the sender's browser said."""
        return CONTENT_TYPES[self]

    @property
    def needs_alternative(self) -> bool:
        """Whether some people cannot read it, so that we ask for the same as a web page or text."""
        return self in HARD_TO_READ


CONTENT_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.ODT: "application/vnd.oasis.opendocument.text",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Format.CSV: "text/csv",
    Format.PNG: "image/png",
    Format.JPEG: "image/jpeg",
}
HARD_TO_READ = frozenset({Format.PDF, Format.DOCX, Format.ODT, Format.XLSX, Format.ODS})
WHAT_WE_TAKE = "PDF, Word (.docx), Excel (.xlsx), OpenDocument (.odt, .ods), CSV, PNG or JPEG"


def size_in_words(size: int) -> str:
    """A number of bytes as people read it: “340 KB”, “2.5 MB”."""
    if size < MEGABYTE:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / MEGABYTE:.1f}".removesuffix(".0") + " MB"
