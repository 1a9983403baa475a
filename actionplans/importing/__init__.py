"""A plan that comes in as the table it already is: read, understood, previewed, applied."""
