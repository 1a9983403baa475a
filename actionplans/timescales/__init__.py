"""Timescales: from a text as plans write it to what it means, and back to plain words. Pure: no database, no clock."""

from actionplans.timescales.context import Context
from actionplans.timescales.printing import as_json, print_timescale
from actionplans.timescales.reading import read_timescale

__all__ = ["Context", "as_json", "print_timescale", "read_timescale"]
