"""Wikidata entities: their statements, with ranks, qualifiers and references, as drafts."""
