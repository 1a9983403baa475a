"""Whether what was frozen still says what it said, for `manage.py verify`."""

from collections.abc import Iterator
from typing import Any

from concordat.kernel.models import Redaction
from concordat.reports.kept import digest_of
from concordat.reports.models import FrozenLine, FrozenReport


def frozen_reports_say_what_they_said() -> Iterator[str]:
    """The lines of a frozen report have its digest, but for those out of which personal data was removed."""
    label = FrozenLine._meta.label_lower
    removed = Redaction.objects.filter(subject_type=label).values("subject_id")
    redacted = set(FrozenLine.objects.filter(pk__in=removed).values_list("frozen_id", flat=True))
    for frozen in FrozenReport.objects.select_related("partnership").order_by("pk").iterator(chunk_size=200):
        lines: list[Any] = list(frozen.lines.order_by("number").values_list("told", flat=True))
        if len(lines) != frozen.length:
            yield f"Frozen report {frozen.pk}, “{frozen}”, should have {frozen.length} lines, but it has {len(lines)}."
        elif frozen.pk not in redacted and digest_of(lines) != frozen.digest:
            yield f"Frozen report {frozen.pk}, “{frozen}”, does not say what it said when it was frozen."


CHECKS = (frozen_reports_say_what_they_said,)
