"""Ties the labels of a vocabulary to its words in the domain."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from django.db.models import TextChoices

from claims.domain.vocabulary import complete


def labels[Labelled: TextChoices](
    vocabulary: type[StrEnum],
) -> Callable[[type[Labelled]], type[Labelled]]:
    """Return a decorator that refuses labels unless each word has one.

    Raises VocabularyError (ValueError for a word that is none) when the module is imported.
    """

    def checked(labelled: type[Labelled]) -> type[Labelled]:
        table: dict[StrEnum, str] = {vocabulary(word): "" for word in labelled.values}
        complete(vocabulary, f"choices.{labelled.__name__}", table)
        return labelled

    return checked
