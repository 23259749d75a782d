"""What each list may be asked, by page and API alike."""

from __future__ import annotations

from typing import Final

from claims.choices import AssertionStatus, DisputeKind, DisputeState, Stance
from claims.domain.vocabulary import FigureKind, ValueKind, states_figures
from claims.filtering import filters
from claims.filtering import parameters as read
from claims.filtering.cursors import both_ways

# How an answer is stated: a figure's kind, a denial, or the kind of any other value.
KINDS: Final = (
    *FigureKind,
    "denial",
    *(kind for kind in ValueKind if not states_figures(kind)),
)
_VERSION: Final = filters.facets_of_version("version__", "claim_id", "version_id")

CLAIM_FILTERS: Final = (
    *filters.facets_of_version("", "claim_id", "pk"),
    *filters.disputes_of_claim("claim_id"),
    *filters.ends("range_low", "range_high"),
)
CLAIM_SORTS: Final = {
    **both_ways("ref", "claim_id"),
    **both_ways("updated", "sequence"),
    **both_ways("spread", "spread", "claim_id", needs="claims without two figures above zero"),
}

FIGURE_FILTERS: Final = (
    *filters.facets_of_version("version__", "claim_id", "version_id", filters.of_statement()),
    filters.column_in(read.choice("kind", KINDS, "How the figure is stated."), "kind"),
    filters.column_in(
        read.choice("stance", Stance.values, "Whether the source asserts or denies."), "stance"
    ),
    filters.column_in(
        read.choice("status", AssertionStatus.values, "Whether the statement stands."), "status"
    ),
    filters.disputes_of_claim("claim_id")[1],
    *filters.ends("low", "high"),
)
FIGURE_SORTS: Final = both_ways("ref", "assertion_id")

DISPUTE_FILTERS: Final = (
    *_VERSION,
    filters.column_in(
        read.choice("kind", DisputeKind.values, "What the sources disagree about."), "kind"
    ),
    filters.column_in(read.choice("state", DisputeState.values, "Where the case stands."), "state"),
    *filters.ends("version__range_low", "version__range_high"),
)
DISPUTE_SORTS: Final = {
    **both_ways("ref", "dispute_id"),
    **both_ways("spread", "spread", "dispute_id", needs="disputes without two figures"),
}
