"""Finds or makes the rows that an article's statements need."""
