"""Planning a day of chasing, small and large, beside the obvious way to do it."""
