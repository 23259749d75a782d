"""Reading parties."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from claims.choices import MergedNoun, PartyKind
from claims.domain.identity import match_key
from claims.domain.names import fold_name
from claims.querysets.lookup import marks
from claims.querysets.merge import unmerged

if TYPE_CHECKING:
    from claims.models import Party


class PartyQuerySet(QuerySet["Party"]):
    def standing(self) -> PartyQuerySet:
        """Parties that are not others by now."""
        return unmerged(self, MergedNoun.PARTY)

    def named(self, name: str, kind: str = "", description: str = "") -> Party | None:
        """The oldest party of exactly this name, else of one that looks the same.

        With a kind only one of this kind and description.
        """
        rows = self.standing()
        if kind:
            rows = rows.filter(kind=kind, description=description.strip())
        exact = rows.filter(name=name.strip()).order_by("pk").first()
        folded = fold_name(name)
        alike = rows.filter(names__folded=folded).order_by("pk")
        return exact or next((row for row in alike if fold_name(row.name) == folded), None)

    def called(self, folded: Collection[str], articles: Collection[str]) -> list[Party]:
        """Those of one of these folded names, and the unnamed ones of these articles, each once."""
        named = f"id IN (SELECT party_id FROM claims_partyname WHERE folded IN ({marks(folded)}))"  # noqa: S608
        unnamed = f"kind = %s AND description IN ({marks(articles)})"
        asked = [(named, [*folded])] if folded else []
        asked += [(unnamed, [PartyKind.UNNAMED.value, *articles])] if articles else []
        found: dict[int, Party] = {}
        for test, values in asked:  # not in one: OR would read the whole table
            rows = self.raw(f"SELECT * FROM claims_party WHERE {test}", values)  # noqa: S608
            found |= {row.pk: row for row in rows}
        return list(found.values())

    def by_name(self, names: Iterable[str]) -> dict[str, Party]:
        """The oldest party that bears each of these names or aliases, by the name's match_key."""
        keys = list({match_key(name) for name in names})
        if not keys:
            return {}
        words = (
            "SELECT claims_party.*, key AS found_by FROM claims_party"  # noqa: S608
            " JOIN claims_partyname ON party_id = claims_party.id"
            f" WHERE key IN ({marks(keys)})"
        )
        rows: Any = self.raw(words, keys)
        return {row.found_by: row for row in sorted(rows, key=lambda row: -row.pk)}
