"""The public pages, one file per subject. Thin: they read the request, ask for the facts, and show them."""
