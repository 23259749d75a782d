"""The lexicon of English: what binds a module that imports it to this one language."""

from typing import Final

from claims.reading.languages.language import language_named

ENGLISH: Final = language_named("en").lexicon
