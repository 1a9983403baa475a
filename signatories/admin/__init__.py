"""The admin pages of who: one file per subject."""

from signatories.admin import declarations, organisations, partnerships, people, programme

__all__ = ["declarations", "organisations", "partnerships", "people", "programme"]
