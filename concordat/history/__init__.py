"""The real history of 2014-15, with its sources: `load_history` turns the files in `data/` into facts."""
