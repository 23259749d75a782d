"""The tests, in the same floors and nouns as claims."""
