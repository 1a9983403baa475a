"""Reads plan files of every format, and pasted tables, into one shape (`actionplans.importing.tables`).

A file from outside is read by `guarded.read_safely`, in a process of its own; `books.read_book` reads it in this one.
"""
