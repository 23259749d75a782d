"""What is measured: a controlled vocabulary."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from claims.choices import ValueKind
from claims.models.history import SealedRecords
from claims.models.rules import no_count


class Measure(models.Model):
    """One kind of answer, such as executed (a quantity) or perpetrator (a party)."""

    slug = models.SlugField(max_length=60, unique=True)
    label = models.CharField(max_length=120)
    value_kind = models.CharField(max_length=10, choices=ValueKind)
    default_unit = models.CharField(max_length=40, blank=True)
    is_count = models.BooleanField(
        default=True,
        help_text="Whole numbers of zero or more: people, towns, days. Not for amounts of money.",
    )
    wikidata_property = models.CharField(max_length=20, blank=True)

    objects = models.Manager()
    history = SealedRecords()

    class Meta:
        ordering = ["label"]
        constraints = [
            models.CheckConstraint(name="measure_has_label", condition=~Q(label="")),
            models.CheckConstraint(
                name="measure_value_kind_is_known", condition=Q(value_kind__in=ValueKind.values)
            ),
            no_count("measure_kind_may_be_a_count"),
        ]

    def __str__(self) -> str:
        return self.label
