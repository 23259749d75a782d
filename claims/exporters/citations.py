"""How to cite a version of a claim: plain, BibTeX, RIS, CSL-JSON and wikitext."""

from __future__ import annotations

import re
from typing import Any, Final

from claims.domain.dates import date_words
from claims.domain.published import ClaimDocument

_TEX: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_{}"},
}
# What starts something in wikitext: templates, links, tags, tables, bold, signatures, switches.
_WIKI_MARKS: Final = re.compile(
    r"[{}\[\]|<>]|&(?=#?\w+;)|'(?=')|(?<=')'|~(?=~)|(?<=~)~|_(?=_)|(?<=_)_|:(?=//)"
)
_LINE_BREAKS: Final = re.compile(r"[\r\n\t]+")


def plain_citation(document: ClaimDocument, base: str) -> str:
    """One sentence for people; ``base`` goes before the document's paths."""
    return (
        f"factbase, \u201c{_line(document['question'])}\u201d, {document['ref']}, "
        f"version {document['version']}, {date_words(_day(document))}. {_url(document, base)}"
    )


def bibtex(document: ClaimDocument, base: str) -> str:
    """A BibTeX entry of type misc, in UTF-8; the licence as programs for references keep it."""
    year, month, _ = _day(document).split("-")
    fields = {
        "title": f"{{{_tex(document['question'])}}}",
        "author": "{factbase}",
        "year": year,
        "month": str(int(month)),
        "version": str(document["version"]),
        "url": _url(document, base),
        "copyright": _tex(document["licence"]),
        "note": f"SHA-256 {document['sha256']}",
    }
    inner = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{factbase-{document['ref']}-v{document['version']},\n{inner}\n}}\n"


def ris(document: ClaimDocument, base: str) -> str:
    """A RIS record of type ELEC (lines end in CR LF)."""
    lines = [
        ("TY", "ELEC"),
        ("TI", _line(document["question"])),
        ("AU", "factbase"),
        ("PY", _day(document)[:4]),
        ("DA", _day(document).replace("-", "/")),
        ("ET", str(document["version"])),
        ("UR", _url(document, base)),
        ("N1", f"SHA-256 {document['sha256']}"),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines)


def csl(document: ClaimDocument, base: str) -> dict[str, Any]:
    """An item of CSL-JSON 1.0, which keeps under ``custom`` what it has no field for."""
    return {
        "id": f"factbase-{document['ref']}-v{document['version']}",
        "type": "dataset",
        "title": document["question"],
        "author": [{"literal": "factbase"}],
        "issued": {"date-parts": [[int(part) for part in _day(document).split("-")]]},
        "version": str(document["version"]),
        "URL": _url(document, base),
        "note": f"SHA-256 {document['sha256']}",
        "custom": {"license": document["licence"]},
    }


def wikitext(document: ClaimDocument, base: str) -> str:
    """A {{cite web}} reference."""
    title = _WIKI_MARKS.sub(lambda mark: f"&#{ord(mark[0])};", _line(document["question"]))
    return (
        f"<ref>{{{{cite web |title={title} |website=factbase |date={_day(document)} "
        f"|version={document['version']} |url={_url(document, base)}}}}}</ref>"
    )


def _day(document: ClaimDocument) -> str:
    day: str = document["review"]["published_at"][:10]
    return day


def _url(document: ClaimDocument, base: str) -> str:
    return f"{base.rstrip('/')}{document['links']['version']}"


def _line(text: str) -> str:
    return _LINE_BREAKS.sub(" ", text)


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in _line(text))
