"""The admin pages of who: one file per subject."""

from signatories.admin import (
    contacts,
    declarations,
    enquiries,
    organisations,
    outbox,
    partnerships,
    people,
    programme,
    roles,
    rounds,
)

__all__ = [
    "contacts",
    "declarations",
    "enquiries",
    "organisations",
    "outbox",
    "partnerships",
    "people",
    "programme",
    "roles",
    "rounds",
]
