"""The shared kernel: dates, coverage, sources and the record of changes. It imports none of the apps."""
