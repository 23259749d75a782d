"""ClaimReview as JSON-LD: the statement under review, its speaker, its appearances, its rating."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from claims.domain.addresses import address_fault
from claims.domain.dates import EdtfError, parse_edtf

_LISTS: Final = ("dataFeedElement", "@graph", "item", "itemListElement")
_PERSON: Final = "Person"


@dataclass(frozen=True, slots=True)
class Work:
    """A work in which a statement appeared; ``publisher`` is a name."""

    title: str
    url: str
    issued: str
    publisher: str


@dataclass(frozen=True, slots=True)
class FoundReview:
    """One review: what was said, by whom, on which day, where; the rating in words."""

    said: str
    speaker: str
    is_person: bool
    role: str
    said_on: str
    works: list[Work]
    review: Work
    rating: str


def reviews_in(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every ClaimReview of a feed, a list, a graph or a single one, in its order."""
    if isinstance(value, list):
        for one in value:
            yield from reviews_in(one)
    elif isinstance(value, dict) and "ClaimReview" in _types(value):
        yield value
    elif isinstance(value, dict):
        for name in _LISTS:
            yield from reviews_in(value.get(name))


def review_of(data: Mapping[str, Any]) -> FoundReview:
    """What one ClaimReview says."""
    item = _first(data.get("itemReviewed"))
    author = _first(item.get("author"))
    said = _text(data.get("claimReviewed")) or _text(item.get("name")) or _text(item.get("text"))
    works = [
        _work(one) for one in (*_all(item.get("appearance")), *_all(item.get("firstAppearance")))
    ]
    return FoundReview(
        said=said,
        speaker=_text(author.get("name")),
        is_person=_PERSON in _types(author),
        role=_text(author.get("jobTitle")) or _text(author.get("description")),
        said_on=_day(item.get("datePublished")),
        works=[one for one in works if one.title],
        review=_review_work(data, said),
        rating=_rating(data),
    )


def _review_work(data: Mapping[str, Any], said: str) -> Work:
    """The review itself: what reports the statement where nothing else does."""
    headline = _text(data.get("headline")) or _text(data.get("name"))
    url = _address(data.get("url"))
    publisher = _text(_first(data.get("author")).get("name"))
    title = headline or (f"Review of “{said}”" if said else "")
    return Work(title[:500], url, _day(data.get("datePublished")), publisher)


def _work(data: Mapping[str, Any]) -> Work:
    url = _address(data.get("url")) or _address(data.get("@id"))
    title = _text(data.get("headline")) or _text(data.get("name")) or url
    publisher = _text(_first(data.get("publisher")).get("name"))
    return Work(title[:500], url, _day(data.get("datePublished")), publisher)


def _rating(data: Mapping[str, Any]) -> str:
    """The rating in words: kept as a note, never as a figure."""
    rating = _first(data.get("reviewRating"))
    words = _text(rating.get("alternateName")) or _text(rating.get("name"))
    number, best = _text(rating.get("ratingValue")), _text(rating.get("bestRating"))
    if not words and not number:
        return ""
    scale = f" ({number} of {best})" if number and best else f" ({number})" if number else ""
    by = _text(_first(data.get("author")).get("name"))
    told = [f"by {by}" if by else "", f"on {_day(data.get('datePublished'))}".removesuffix("on ")]
    address = _address(data.get("url"))
    where = " ".join([*filter(None, told), address]).strip()
    return f"Rated “{words}”{scale} {where}".strip()


def _types(data: Mapping[str, Any]) -> list[str]:
    kind = data.get("@type", "")
    kinds = kind if isinstance(kind, list) else [kind]
    return [str(one).rpartition("/")[2].rpartition(":")[2] for one in kinds]


def _first(value: Any) -> Mapping[str, Any]:
    return next(iter(_all(value)), {})


def _all(value: Any) -> list[Mapping[str, Any]]:
    """Objects of a member that may be one, several, or addresses only."""
    values = value if isinstance(value, list) else [value]
    return [
        one if isinstance(one, dict) else {"url": one, "name": one}
        for one in values
        if isinstance(one, dict) or (isinstance(one, str) and one.strip())
    ]


def _text(value: Any) -> str:
    """The words of a member: a text, a number, or a text with its language."""
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, dict):
        value = value.get("@value", "")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value).split())


def _address(value: Any) -> str:
    text = _text(value)
    return "" if address_fault(text) else text


def _day(value: Any) -> str:
    """A day, month or year of ISO 8601 as EDTF, its time cut off; '' for other words."""
    text = _text(value).partition("T")[0]
    try:
        return text if text and parse_edtf(text) else ""
    except EdtfError:
        return ""
