"""Differences between documents name one member each."""

from claims.domain.differences import differences


def test_a_figure_is_found_by_its_ref_wherever_it_stands() -> None:
    before = {"figures": [{"ref": "F1", "point": 60}, {"ref": "F2", "point": 97}]}
    after = {"figures": [{"ref": "F2", "point": 82}, {"ref": "F1", "point": 60}]}
    assert differences(before, after) == [
        {"path": "figures/F2/point", "op": "changed", "before": 97, "after": 82}
    ]


def test_entries_are_added_and_removed_whole() -> None:
    found = differences({"sources": [{"ref": "S1"}]}, {"sources": [{"ref": "S2"}]})
    assert [(one["path"], one["op"]) for one in found] == [
        ("sources/S1", "removed"),
        ("sources/S2", "added"),
    ]


def test_a_list_that_was_empty_gains_its_entries() -> None:
    (found,) = differences({"disputes": []}, {"disputes": [{"ref": "D1"}]})
    assert (found["path"], found["op"], found["before"]) == ("disputes/D1", "added", None)


def test_lists_without_refs_are_compared_whole() -> None:
    (found,) = differences({"inputs": ["F1"]}, {"inputs": ["F1", "F2"]})
    assert (found["path"], found["after"]) == ("inputs", ["F1", "F2"])


def test_a_member_that_was_null_is_compared_whole() -> None:
    (found,) = differences({"range": None}, {"range": {"low": 60}})
    assert (found["path"], found["op"]) == ("range", "changed")


def test_what_differs_in_every_version_is_left_out() -> None:
    before = {"version": 1, "sha256": "a", "review": {"reason": "x"}, "question": "q"}
    after = {"version": 2, "sha256": "b", "review": {"reason": "y"}, "question": "q"}
    assert differences(before, after) == []
