"""The two axes of time: what factbase said by a moment, what sources let be known by a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from claims.choices import VersionOp
from claims.domain.countries import COUNTRIES
from claims.domain.document_format import read_claim
from claims.domain.documents import dump_document, exact_moment_text
from claims.domain.known_on import document_known_on
from claims.domain.published import ClaimDocument
from claims.errors import QueryError
from claims.filtering import parameters as read
from claims.models import ClaimVersion, VersionKey
from claims.querysets.publication import ClaimVersionQuerySet

AS_RECORDED: Final = read.end_of(
    "as_recorded", "As factbase had published it by the end of this day, second or moment (UTC)."
)
AS_OF: Final = read.end_of("as_of", "Another name of as_recorded.")
KNOWN_ON: Final = read.day(
    "known_on", "With the statements alone whose date, or whose source's, is not after this day."
)
TIMES: Final = (AS_RECORDED, AS_OF, KNOWN_ON)


@dataclass(frozen=True, slots=True)
class Times:
    """The moment and the day asked for; None where that axis stands at now. False without both."""

    as_recorded: dt.datetime | None = None
    known_on: dt.date | None = None

    def __bool__(self) -> bool:
        return self.as_recorded is not None or self.known_on is not None

    def current(self) -> ClaimVersionQuerySet:
        """The version of each claim that is, or was, the newest; tombstones included."""
        rows = ClaimVersion.objects.all()
        return rows.current() if self.as_recorded is None else rows.as_recorded(self.as_recorded)

    def public(self) -> ClaimVersionQuerySet:
        """The same without the claims that were retired by then."""
        return self.current().filter(op=VersionOp.PUBLISH)

    def text(self, payload: str) -> str:
        """The document of a version as it is to be read at these times; verbatim without a day."""
        if self.known_on is None:
            return payload
        return dump_document(self.as_known(read_claim(payload)))

    def as_known(self, document: ClaimDocument) -> ClaimDocument:
        """The document as the day knew it, the same without a day."""
        return document if self.known_on is None else document_known_on(document, self.known_on)

    def members(self) -> dict[str, str]:
        """What an answer says of them: the parameters by name, the moment to its last digit."""
        found: dict[str, str] = {}
        if self.as_recorded is not None:
            found["as_recorded"] = exact_moment_text(self.as_recorded)
        if self.known_on is not None:
            found["known_on"] = self.known_on.isoformat()
            found["undated"] = "left out"
        return found


NOW: Final = Times()


def times_of(asked: Mapping[str, Any]) -> Times:
    """Return the times among the parameters that were read. Raises QueryError for two moments."""
    if "as_of" in asked and "as_recorded" in asked:
        message = "'as_of' is another name of 'as_recorded': give one of them."
        raise QueryError(message, field="as_of")
    return Times(asked.get("as_recorded") or asked.get("as_of"), asked.get("known_on"))


def countries_of(times: Times) -> list[dict[str, Any]]:
    """The countries of public claims at these times by code, with counts. One query."""
    rows = VersionKey.objects.countries(times.public())
    return [
        {
            "code": row["value"],
            "name": COUNTRIES[row["value"]],
            "claims": row["claims"],
            "subjects": row["subjects"],
        }
        for row in rows
    ]
