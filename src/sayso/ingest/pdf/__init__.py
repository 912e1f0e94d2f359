"""PDF → reports."""
