"""What is written about reports: orders and what becomes of them, schedules."""
