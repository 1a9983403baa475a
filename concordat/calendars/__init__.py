"""Deadlines as calendars (iCalendar, RFC 5545 and 7986): docs/adr/0023-calendars.md."""
