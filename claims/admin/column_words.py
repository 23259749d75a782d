"""What the members of documents and the columns of registers are called on the desk."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

# Names that are words of programs; the others are their own words.
_WORDS: Final[dict[str, Any]] = {
    "tolerance_pct": _("tolerance in per cent"),
    "csl_type": _("type of work"),
    "url": _("address"),
    "url_status": _("state of the address"),
    "archive_url": _("address of an archive"),
    "archived_on": _("archived on"),
    "accessed_on": _("last seen there on"),
    "origin_url": _("address of the original"),
    "doi": _("DOI"),
    "isbn": _("ISBN"),
    "edtf": _("date"),
    "as_of": _("as of"),
    "best_policy": _("choice of the best figure"),
    "value_kind": _("kind of value"),
    "asserted_on": _("said on"),
    "sha256": _("SHA-256"),
    "wikidata_id": _("Wikidata item"),
    "wikidata_qid": _("Wikidata item"),
}


def words_of_name(name: str) -> str:
    """The name of a member or column in words; "tolerance_pct" is "tolerance in per cent"."""
    return str(_WORDS.get(name) or name.replace("_", " "))
