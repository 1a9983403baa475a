"""What every admin page of the product shares: edits leave a trace, and what a service must write is read-only."""

from concordat.kernel.administration.admins import (
    ReadOnlyAdmin,
    ReadOnlyInline,
    RecordedAdmin,
    RecordedInline,
    RecordedStack,
    editor,
)
from concordat.kernel.administration.filters import HoldsFilter, Listed
from concordat.kernel.administration.forms import RecordedForm
from concordat.kernel.administration.links import list_url, points_to

__all__ = [
    "HoldsFilter",
    "Listed",
    "ReadOnlyAdmin",
    "ReadOnlyInline",
    "RecordedAdmin",
    "RecordedForm",
    "RecordedInline",
    "RecordedStack",
    "editor",
    "list_url",
    "points_to",
]
