"""Labels of an axis: as many as have room beside one another."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.domain.intervals import Interval
from claims.domain.scales import number_scale


@given(
    st.lists(st.decimals(-(10**7), 10**9, places=1), min_size=1, max_size=5),
    st.integers(16, 80),
)
def test_labels_never_run_into_one_another(values: list[Decimal], room: int) -> None:
    scale = number_scale([Interval(value, value) for value in values])
    assert scale is not None
    reaches = [label.reach(room) for label in scale.labels(room)]
    assert reaches
    assert all(high < low for (_, high), (low, _) in pairwise(reaches))


def test_all_labels_are_told_where_there_is_room_and_fewer_where_there_is_none() -> None:
    scale = number_scale([Interval(Decimal(1000), Decimal(1290))])
    assert scale is not None
    told = {room: [one.text for one in scale.labels(room)] for room in (60, 18, 6)}
    assert told[60] == [tick.label for tick in scale.ticks]
    assert 1 < len(told[18]) < len(scale.ticks)
    assert next(one.anchor for one in scale.labels(18)) == "start"
    assert told[6] == ["1,000"]
