"""The admin pages of who: one file per subject."""

from signatories.admin import declarations, enquiries, organisations, partnerships, people, programme, roles

__all__ = ["declarations", "enquiries", "organisations", "partnerships", "people", "programme", "roles"]
