"""Places in the text of an article, as addresses and hidden inputs carry them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from claims.models import ArticleRevision

_PLACE: Final = re.compile(
    r"A(?P<article>[1-9][0-9]{0,17})/(?P<number>[1-9][0-9]{0,8})"
    r":(?P<spans>[0-9]{1,8}-[0-9]{1,8}(?:,[0-9]{1,8}-[0-9]{1,8}){0,20})"
)


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Spans of a revision's text, in code points, end exclusive."""

    revision: ArticleRevision
    spans: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        told = ",".join(f"{start}-{end}" for start, end in self.spans)
        return f"A{self.revision.article_id}/{self.revision.number}:{told}"

    @property
    def words(self) -> list[str]:
        """What stands there, each span in one line."""
        return [" ".join(self.revision.text[a:b].split()) for a, b in self.spans]

    def arguments(self) -> dict[str, Any]:
        """What add_assertion takes: the anchors, and the language of the words."""
        anchors = [{"revision": self.revision, "start": a, "end": b} for a, b in self.spans]
        return {"anchors": anchors, "quote_language": self.revision.article.language}


def read_place(text: str) -> TextPlace | None:
    """The place that ``A12/3:100-106`` names; None where there is no such text or span."""
    match = _PLACE.fullmatch(text)
    if match is None:
        return None
    rows = ArticleRevision.objects.filter(article=int(match["article"]))
    revision = rows.numbered(int(match["number"])).select_related("article").first()
    pairs = (one.split("-") for one in match["spans"].split(","))
    spans = tuple((int(start), int(end)) for start, end in pairs)
    if revision is None or not all(0 <= a < b <= len(revision.text) for a, b in spans):
        return None
    return TextPlace(revision, spans)
