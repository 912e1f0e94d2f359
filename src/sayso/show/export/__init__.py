"""Readings for other programs: tables, JSON lines, brat, web annotations, training passages."""
