"""Corrections: from what a form says to judgements, and from what is known to what a form shows."""
