"""`python -m tests.bench reports-files`: the tracker of a million actions as lines of text, and a large workbook."""
