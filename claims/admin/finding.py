"""What the search box of the claims finds besides their own words."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import User
from django.db.models import Q

from claims.domain.refs import CLAIM, DISPUTE, FIGURE, PARTY, SOURCE, SUBJECT, parse_ref
from claims.domain.search_text import SearchError, read_search
from claims.filtering.searching import newest_claims
from claims.models import Claim
from claims.querysets.full_text import CAP

# Where a claim has the thing whose reference is typed.
_BY_REF: Final = {
    FIGURE: ("assertions",),
    DISPUTE: ("disputes",),
    SOURCE: ("assertions__source",),
    SUBJECT: ("subject",),
    PARTY: ("assertions__attributions__party", "assertions__party_links__party"),
}


def claims_found(typed: str) -> list[int]:
    """The numbers of the claims that a reference or the words of readers find: the newest CAP.

    Every way uses an index, however many claims there are. An account may have written a million.
    """
    number = parse_ref(typed, CLAIM)
    if number is not None:
        return [number]
    rows = Claim.objects.found_by(found_with(typed)).order_by("-pk")
    return list(rows.values_list("pk", flat=True)[:CAP])


def found_with(typed: str) -> Q:
    """The claims that show the thing with this reference, or that readers would find so.

    Readers find a claim by all that its page says: figures, speakers, sources, quotes, places.
    The name of an account, with or without "@", finds what it wrote.
    """
    for letter, paths in _BY_REF.items():
        number = parse_ref(typed, letter)
        if number is not None:
            return Q(*((path, number) for path in paths), _connector=Q.OR)
    name = typed.removeprefix("@")
    author = User.objects.in_bulk([name], field_name="username").get(name)
    written = Q() if author is None else Q(pk__in=Claim.objects.authored_by(author).values("pk"))
    try:
        public = newest_claims(read_search(typed))
    except SearchError:  # too many words, or none that can be read: its own words are left
        return written or Q(pk__in=())
    return written | Q(pk__in=public.order_by().values("claim"))
