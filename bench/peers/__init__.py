"""Sayso beside other programs, on the same texts, in one run: ``make peers``."""
