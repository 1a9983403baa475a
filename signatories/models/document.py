from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from concordat.kernel.models import About
from signatories.documents.formats import LARGEST, Format, size_in_words

LONGEST_LINK = 500
# What a document may be about, by model label. Two of these are models of a higher app, which this one does not know.
SUBJECTS = ("actionplans.action", "actionplans.planversion", "signatories.declaration")


class DocumentQuerySet(models.QuerySet["Document"]):
    def about(self, subject: models.Model) -> "DocumentQuerySet":
        """Those about that row, the oldest first."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk).order_by("id")

    def in_force(self) -> "DocumentQuerySet":
        """Those not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def given_out(self) -> "DocumentQuerySet":
        """The files that have an address: those in force, and those removed, of which it says so."""
        return self.filter(Q(withdrawn_at__isnull=True) | Q(removed_at__isnull=False), kind="file")

    def public_by(self, day: date) -> "DocumentQuerySet":
        """Those that anybody may have who looks at that day. One withdrawn since is shown on no day any more."""
        return self.in_force().filter(visibility=Document.Visibility.PUBLIC, published_on__lte=day)


class Document(About):
    """A file, or a link to something elsewhere, about an action, a plan version or a declaration.

    At first the subject's own side alone sees it; made public, everybody does, from `published_on` (a day in London)
    on. It is never deleted: it is withdrawn, with a reason, and nobody is given its file any more. Of a file that held
    personal data the file itself is removed, and the row says so (`removed_at`).
    What the file is, we found out ourselves (signatories/documents/checking.py).
    """

    class Kind(models.TextChoices):
        FILE = "file", "File"
        LINK = "link", "Link"

    class Visibility(models.TextChoices):
        PARTNERSHIP = "partnership", "The partnership"
        PUBLIC = "public", "Everybody"

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=4, choices=Kind)
    stored_as = models.CharField(max_length=100, blank=True, help_text="Its name in the storage, which nobody guesses.")
    format = models.CharField(max_length=4, choices=Format, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True, help_text="In bytes.")
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, help_text="Of what the file holds, in hex.")
    original_name = models.CharField("name as sent", max_length=255, blank=True)
    url = models.CharField("address", max_length=LONGEST_LINK, blank=True)
    html_alternative = models.TextField(
        "the same as a web page", blank=True, help_text="An address, or the text itself, for who cannot read the file."
    )
    visibility = models.CharField(max_length=11, choices=Visibility, default=Visibility.PARTNERSHIP)
    published_on = models.DateField(null=True, blank=True, help_text="The day in London on which it was made public.")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    uploaded_at = models.DateTimeField(help_text="UTC.")
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="UTC.")
    withdrawn_reason = models.TextField(blank=True)
    removed_at = models.DateTimeField(
        "file removed", null=True, blank=True, help_text="UTC. Its file is deleted: it held personal data."
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["subject_type", "subject_id", "id"]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id", "id"], name="document_subject_rows")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(subject_type__in=SUBJECTS), name="document_subject"),
            models.CheckConstraint(condition=~Q(title=""), name="document_has_title"),
            models.CheckConstraint(
                condition=(
                    Q(kind="file", url="", size__isnull=False, format__in=Format.values)
                    & ~Q(stored_as="")
                    & ~Q(sha256="")
                    & ~Q(original_name="")
                )
                | (
                    Q(kind="link", stored_as="", format="", size__isnull=True, sha256="", original_name="") & ~Q(url="")
                ),
                name="document_is_a_file_or_a_link",
            ),
            models.CheckConstraint(
                condition=Q(size__isnull=True) | Q(size__gte=1, size__lte=LARGEST), name="document_size"
            ),
            models.CheckConstraint(
                condition=Q(sha256="") | Q(sha256__regex=r"^[0-9a-f]{64}\Z"), name="document_sha256"
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="https://") | Q(url__startswith="http://"), name="document_url"
            ),
            models.CheckConstraint(
                condition=Q(visibility="public", published_on__isnull=False)
                | Q(visibility="partnership", published_on__isnull=True),
                name="document_public_has_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="document_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(kind="file"), name="document_only_files_removed"
            ),
            models.UniqueConstraint(fields=["stored_as"], condition=~Q(stored_as=""), name="document_stored_once"),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "sha256"],
                condition=Q(kind="file", withdrawn_at__isnull=True),
                name="document_file_once_per_subject",
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "url"],
                condition=Q(kind="link", withdrawn_at__isnull=True),
                name="document_link_once_per_subject",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is to be had: at its own address elsewhere, or from us."""
        return self.url or reverse("document", args=[self.pk, self.file_name])

    @property
    def file_name(self) -> str:
        """The name under which the file is given out: made of its title, with the ending of what it is."""
        return f"{slugify(self.title)[:80].strip('-') or 'document'}.{self.format}"

    @property
    def content_type(self) -> str:
        """Under which type the file is given out."""
        return Format(self.format).content_type

    @property
    def told(self) -> str:
        """What somebody gets who follows its link: “PDF, 340 KB”."""
        return f"{self.get_format_display()}, {size_in_words(self.size)}" if self.size else "link to another website"

    @property
    def is_public(self) -> bool:
        """Whether it is for everybody, as long as its subject is."""
        return self.visibility == self.Visibility.PUBLIC

    @property
    def lacks_alternative(self) -> bool:
        """Whether some people cannot read it, and there is nothing else for them."""
        return (
            bool(self.format)
            and not self.removed_at
            and Format(self.format).needs_alternative
            and not self.html_alternative
        )

    @property
    def alternative_link(self) -> str:
        """The address of the same as a web page; empty where the alternative is a text, or there is none."""
        return self.html_alternative if is_link(self.html_alternative) else ""


def is_link(text: str) -> bool:
    """Whether a text is one address and nothing else."""
    return text.startswith(("https://", "http://")) and len(text.split()) == 1
