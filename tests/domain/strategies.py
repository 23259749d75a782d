"""Hypothesis strategies for figures and evidence, and short ways to write examples."""

from decimal import Decimal

from hypothesis import strategies as st

from claims.domain.evidence import ClaimTerms, Evidence
from claims.domain.figures import parse_figure
from claims.domain.intervals import Interval
from claims.domain.quantity import Figure
from claims.domain.vague import LEAST

small_counts = st.integers(0, 30).map(Decimal)
counts = st.one_of(small_counts, st.integers(0, 10**15 - 1).map(Decimal))
decimals = st.decimals(-(10**9), 10**9, places=3, allow_nan=False)
tolerances = st.sampled_from([Decimal(0), Decimal(1), Decimal("2.5"), Decimal(10), Decimal(150)])
ends = st.none() | st.integers(-40, 40).map(Decimal)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = draw(ends), draw(ends)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Interval(low, high)


@st.composite
def ranges(draw: st.DrawFn, numbers: st.SearchStrategy[Decimal]) -> Figure:
    low, high = sorted(draw(st.lists(numbers, min_size=2, max_size=2, unique=True)))
    return Figure(
        point=draw(st.none() | st.decimals(low, high, places=0).filter(lambda p: low < p < high))
        if high - low > 1
        else None,
        low=low,
        high=high,
        low_strict=draw(st.booleans()),
        high_strict=(strict := draw(st.booleans())),
        high_open=not strict and draw(st.booleans()),
        approximate=draw(st.booleans()),
    )


def figures(numbers: st.SearchStrategy[Decimal] = counts) -> st.SearchStrategy[Figure]:
    """Every kind of figure that words can say."""
    about = st.booleans()
    return st.one_of(
        st.builds(Figure, point=numbers, approximate=about, high_open=st.booleans()),
        st.builds(Figure, low=numbers, approximate=about, low_strict=st.booleans()),
        st.builds(Figure, high=numbers, approximate=about, high_strict=st.booleans()),
        ranges(numbers),
        st.sampled_from(sorted(LEAST)).map(lambda term: Figure(vague_term=term)),
        st.builds(lambda low: Figure(low=low, vague_term="hundreds"), low=numbers),
        st.sampled_from([Figure(state="unknown"), Figure(state="none")]),
    )


def quantities(origins: str = "abcde") -> st.SearchStrategy[list[Evidence]]:
    """Lists of evidence on a count, of few origins and small numbers, so that they clash."""
    one = st.builds(
        Evidence,
        id=st.integers(1, 10**6),
        stance=st.sampled_from(["asserts"] * 6 + ["denies", "doubts", "retracts"]),
        live=st.sampled_from([True] * 5 + [False]),
        source_withdrawn=st.sampled_from([False] * 5 + [True]),
        origin=st.sampled_from([*origins, ""]),
        figure=figures(small_counts).filter(lambda figure: figure.state == "value"),
        asserted_on=st.sampled_from(["", "2012", "2012-02-13", "2012-03"]),
    )
    return st.lists(one, max_size=9, unique_by=lambda evidence: evidence.id)


terms_of_counts = st.builds(
    ClaimTerms,
    tolerance_pct=tolerances,
    best_policy=st.sampled_from(["none", "majority", "most_reliable", "lowest"]),
)


def says(number: int, origin: str, figure: str = "", **more: object) -> Evidence:
    """An assertion of what an editor would type, unknown when that is empty."""
    more.setdefault("has_value", bool(figure))
    parsed = parse_figure(figure) if figure else None
    return Evidence(id=number, origin=origin, figure=parsed, **more)  # type: ignore[arg-type]


def denies(number: int, origin: str, **more: object) -> Evidence:
    """A denial without a figure of its own."""
    return says(number, origin, stance="denies", **more)
