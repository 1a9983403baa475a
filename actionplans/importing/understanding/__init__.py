"""From the cells of a plan file to its actions: pure, no database. `preview.understand` is the way in."""
