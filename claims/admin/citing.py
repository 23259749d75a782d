"""What else cites the sources of a claim, and the addresses under which they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from claims.admin.members import web_address
from claims.domain.published import ClaimDocument
from claims.domain.refs import SOURCE, number_in
from claims.models import Claim, Source

LOOKED_AT: Final = 8  # figures of others for each source
NAMED: Final = 5  # claims


@dataclass(frozen=True, slots=True)
class Citing:
    """A source with the other claims that cite it; ``more`` when these are not all."""

    source: Source
    claims: list[Claim]
    more: bool


def citing_elsewhere(claim: Claim, document: ClaimDocument) -> list[Citing]:
    """Each source of the document, in its order; two queries however many there are."""
    numbers = [number_in(one["ref"], SOURCE) for one in document["sources"]]
    sources = Source.objects.with_other_claims(claim.pk, LOOKED_AT).in_bulk(numbers)
    found = {number: _numbers(sources[number]) for number in numbers}
    claims = Claim.objects.in_bulk({one for several in found.values() for one in several})
    return [
        Citing(
            sources[number],
            [claims[one] for one in several[:NAMED]],
            len(several) > NAMED or getattr(sources[number], f"claim_{LOOKED_AT}") is not None,
        )
        for number, several in found.items()
    ]


def _numbers(source: Source) -> list[int]:
    """The claims, each once."""
    told = (getattr(source, f"claim_{place + 1}") for place in range(LOOKED_AT))
    return list(dict.fromkeys(number for number in told if number is not None))


def addresses_of(source: Source | None) -> list[tuple[str, str]]:
    """Where one reads the source: what the address is, and the address; no other schemes."""
    if source is None:
        return []
    doi = f"https://doi.org/{quote(source.doi)}" if source.doi else ""
    told = (("address", source.url), ("archive", source.archive_url), ("DOI", doi))
    return [(kind, address) for kind, address in told if web_address(address)]
