"""What rows are known by: names, addresses and numbers, the same however they are written."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final, TypedDict
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from claims.domain.characters import without_invisible
from claims.domain.names import NAME_CHARACTERS, fold_name

_ACCENTS: Final = re.compile("(?<=[a-z])[\u0300-\u036f]+")
_ARTICLE: Final = re.compile(r"^the\s+(?=\S)")
_PORTS: Final = {"http": 80, "https": 443}
# Parameters that tell who sent a reader, not what the reader gets.
_TRACKING: Final = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|cmpid|at_(?:medium|campaign)|"
    r"ns_(?:source|mchannel|campaign)|smid|partner|ocid|taid|wt_mc|s_cid|_ga)",
    re.IGNORECASE,
)
_DOI_PREFIX: Final = re.compile(
    r"^(?:(?:https?://)?(?:www\.|dx\.)?doi\.org/|info:doi/|doi:?\s*)", re.IGNORECASE
)
_DOI: Final = re.compile(r"10\.\d{4,9}/\S+")
_ISBN_NOISE: Final = re.compile(r"^isbn(?:-1[03])?:?|[\s\-‐‑‒–]", re.IGNORECASE)
_PEOPLE: Final = frozenset({"person", "persons", "people", "individuals"})


class WorkKeys(TypedDict):
    """What a work is known by, each '' where it says nothing of the kind.

    The names are those of the columns of SourceTitle; ``key`` is that of the title.
    """

    key: str
    address: str
    doi: str
    isbn: str


def work_keys(title: str, *, url: str = "", doi: str = "", isbn: str = "") -> WorkKeys:
    """Return what a work is known by; a DOI counts also where it is written as an address."""
    return {
        "key": match_key(title),
        "address": address_key(url),
        "doi": doi_key(doi) or doi_key(url),
        "isbn": isbn_key(isbn),
    }


def match_key(name: str) -> str:
    """The same for names that are one: folded, without accents and a leading "The".

    At most 300 characters, never to be shown. Accents of other scripts than Latin stay: there
    they are letters.
    """
    return key_of_folded(fold_name(name))


def key_of_folded(folded: str) -> str:
    """The same of a name that is folded already."""
    if not folded.isascii():
        bare = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
        folded = unicodedata.normalize("NFC", bare)
    return _ARTICLE.sub("", folded.strip(" .,;:\"'"))[:NAME_CHARACTERS]


def address_key(url: str) -> str:
    """The same for addresses of one page: without scheme, www, tracking, fragment, last slash.

    A digest stands for the end of what is longer than 300 characters. '' for what is no address.
    """
    try:
        parts = urlsplit(without_invisible(url).strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or not host:
        return ""
    kept = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(pair[0])
    ]
    own = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    path = unquote(parts.path).rstrip("/")
    page = parts.fragment if parts.fragment.startswith("!") else ""  # of pages in one script
    query = urlencode(sorted(kept), errors="surrogatepass")
    text = f"{host.rstrip('.')}{own}{path}?{query}#{page}".rstrip("?#")
    return _short(text.removesuffix("?#"))


def doi_key(text: str) -> str:
    """The DOI in any of its written forms, in lower case; '' for what is none."""
    bare = _DOI_PREFIX.sub("", without_invisible(text).strip())
    found = _DOI.fullmatch(unquote(bare).strip().rstrip(".,;"))
    return found[0].casefold() if found else ""


def isbn_key(text: str) -> str:
    """The ISBN in 13 digits, from 10 or 13; what is no valid one without its hyphens."""
    bare = _ISBN_NOISE.sub("", without_invisible(text).strip()).upper()
    if re.fullmatch(r"[0-9]{9}[0-9X]", bare) and _checks_10(bare):
        core = f"978{bare[:9]}"
        return core + str(-_sum_13(core) % 10)
    return bare[:NAME_CHARACTERS]


def unit_key(words: str) -> str:
    """The same for units and populations that are one: folded, persons and people alike."""
    folded = fold_name(words)
    return "people" if folded in _PEOPLE else folded


def slug_key(slug: str) -> str:
    """The same for slugs of measures that differ by case or the kind of dash."""
    return re.sub(r"[\s_-]+", "-", fold_name(slug))


def _short(text: str) -> str:
    if len(text) <= NAME_CHARACTERS:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return text[: NAME_CHARACTERS - len(digest)] + digest


def _checks_10(digits: str) -> bool:
    values = [10 if one == "X" else int(one) for one in digits]
    return (
        sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11
        == 0
    )


def _sum_13(digits: str) -> int:
    return sum(int(one) * (3 if place % 2 else 1) for place, one in enumerate(digits))
