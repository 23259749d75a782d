"""Dates and years, written out and told from each other."""
