"""Which claims the proposals of an article lead to: terms, words, answers and denials."""
