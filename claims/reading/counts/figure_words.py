"""Words and signs around numbers that the grammar of figures asks about."""

from claims.reading.languages.english import ENGLISH

JOINER = ENGLISH.pattern("figure_words.joiner")
PLUS_MINUS = ENGLISH.pattern("figure_words.plus_minus")
CHANGES = ENGLISH.pattern("figure_words.changes")
PLURAL_AHEAD = ENGLISH.pattern("figure_words.plural_ahead")
ONE_LOST = ENGLISH.pattern("figure_words.one_lost")
AGED = ENGLISH.pattern("figure_words.aged")
TOLD_AS = ENGLISH.pattern("figure_words.told_as")
ELLIPSIS = ENGLISH.pattern("figure_words.ellipsis")
"""What may follow a number word whose noun stood with the figure before it."""
ONE_WAS = ENGLISH.pattern("figure_words.one_was")
LONG = 20_000
"""A piece longer than this is first judged by its beginning."""
MANY, DENSE = 40, 12
"""More numbers than this in one block, one every dozen characters, are no prose."""
ZERO_OF = ENGLISH.pattern("figure_words.zero_of")
ONE_OR = ENGLISH.pattern("figure_words.one_or")
ONE_FELL = ENGLISH.pattern("figure_words.one_fell")
ONE_NOUN = ENGLISH.pattern("figure_words.one_noun")
ONE_OF_MANY = ENGLISH.pattern("figure_words.one_of_many")
