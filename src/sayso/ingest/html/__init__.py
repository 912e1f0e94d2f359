"""Web pages → reports."""
