"""A pasted reference, in whatever way it is written; nothing is fetched."""

from __future__ import annotations

import re
from typing import Any, Final

from claims.domain.addresses import address_fault
from claims.importers.references.bibtex import is_bibtex, read_bibtex
from claims.importers.references.csl_json import is_csl_json, read_csl_json
from claims.importers.references.fields import doi_in, fault, source_fields
from claims.importers.references.ris import is_ris, read_ris
from claims.reading.text.wiki_tokens import Parts
from claims.reading.works.cited_works import cited_works

LONGEST: Final = 20_000
_ADDRESS: Final = re.compile(r"https?://\S+")


def read_reference(text: str) -> dict[str, str]:
    """Read BibTeX, RIS, CSL-JSON, a {{cite …}} template, an address or a DOI.

    Returns the fields of a source that it states, ``publisher`` as a name; no title where an
    address or DOI stands alone. Raises InvalidValueError (field "reference") that says where.
    """
    if len(text) > LONGEST:
        raise fault(f"a reference has at most {LONGEST} characters.")
    bare = text.strip()
    if doi := doi_in(bare):
        return source_fields({"csl_type": "document", "doi": doi})
    if _ADDRESS.fullmatch(bare):
        told = {"csl_type": "webpage", "url": bare}
    else:
        told = _reader_of(bare)(text)
    fields = source_fields(told)
    for name in ("url", "archive_url"):
        wrong = address_fault(fields[name]) if name in fields else ""
        if wrong:
            raise fault(f"{name}: {wrong}")
    return fields


def _reader_of(bare: str) -> Any:
    known = ((is_ris, read_ris), (is_csl_json, read_csl_json), (is_bibtex, read_bibtex))
    return next((read for fits, read in known if fits(bare)), _read_template)


def _read_template(text: str) -> dict[str, Any]:
    """A {{cite …}} template, alone or inside <ref>."""
    works = [one for one in cited_works(text, Parts(text).all) if text[one.char_start] == "{"]
    if len(works) > 1:
        line = text.count("\n", 0, works[1].char_start) + 1
        raise fault("a second template begins. Paste one at a time.", line)
    if works:
        work = works[0]
        return {
            **{name: getattr(work, name) for name in ("csl_type", "title", "issued", "language")},
            **{name: getattr(work, name) for name in ("url", "archive_url", "doi", "isbn")},
            "authors": "; ".join(work.author),
            "publisher": work.publisher or work.container,
            "archived_on": work.archived,
            "accessed_on": work.accessed,
        }
    if "{{" in text and "}}" not in text:
        raise fault("the template does not end: its }} is missing.", text.count("\n") + 1)
    raise fault("this is no BibTeX, RIS, CSL-JSON, {{cite …}} template, address or DOI.")
