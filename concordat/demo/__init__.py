"""The demonstration country: `load_demo` makes up partnerships, plans and reports of any size, all labelled so.

`stories`, `moods`, `reporting`, `timescales`, `geography` and `wording` are pure: they decide what happens.
The other modules turn that into rows, `batch` writes them many at a time, and `country` goes through it all.
"""
