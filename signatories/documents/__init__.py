"""Files that people hand in: which kinds we take, and whether a file is one of them. Pure: no database, no storage."""
