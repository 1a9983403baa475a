"""`make bench`: how long the national picture takes, small and large, on PostgreSQL and on SQLite, in one run."""
