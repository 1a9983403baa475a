"""What is kept of reports: those that were frozen, and those that were ordered."""
