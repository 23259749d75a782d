"""A write that the database did not take in time is refused in words, like any other refusal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from claims.errors import RefusalError


@contextmanager
def refused_in_words() -> Iterator[None]:
    """Turn an outage into a refusal, so that the form comes back with all that was typed.

    Whatever is inside must be all or nothing, as verbs are. Raises RefusalError.
    """
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        text = _("The database did not answer in time. Nothing was changed; please try again.")
        raise RefusalError(text) from error
