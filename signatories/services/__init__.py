"""Everything that writes about who: keyword-only functions that take `by=` and leave a `Change`."""
