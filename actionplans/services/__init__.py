"""Everything that writes about what: keyword-only functions that take `by=` and leave a `Change`."""
