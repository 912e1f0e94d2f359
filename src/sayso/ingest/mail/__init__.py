"""Mail → reports."""
