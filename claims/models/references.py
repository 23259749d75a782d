"""The public identifier of a row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from claims.domain.refs import format_ref


class Referenced(models.Model):
    """A row shown to people as a letter and its number, such as C12."""

    ref_letter: ClassVar[str]

    class Meta:
        abstract = True

    @property
    def ref(self) -> str:
        return format_ref(self.ref_letter, self.pk)
