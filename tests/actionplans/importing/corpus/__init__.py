"""Plan files as partnerships write them, in invented words: each a small description with what is to come of it.

`grids.py` says how a sheet is described; `book_of` makes a `Book` of it, and file builders may make real files of the
same descriptions. `EVERY` holds all shapes by name.
"""

from tests.actionplans.importing.corpus import columns, counties, headings, leading, messy, standing
from tests.actionplans.importing.corpus.grids import Shape

EVERY: dict[str, Shape] = {
    shape.name: shape for module in (counties, headings, columns, leading, standing, messy) for shape in module.SHAPES
}
