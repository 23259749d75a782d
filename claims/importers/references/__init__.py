"""References as programs and wikis write them, read into the fields of a source."""
