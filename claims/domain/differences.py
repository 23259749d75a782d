"""What changed between two versions of a document, member by member."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypedDict

# These differ between any two versions and say nothing about the evidence.
_OF_EACH_VERSION: Final = frozenset(
    {"format", "version", "sequence", "review", "links", "fingerprint", "previous_sha256", "sha256"}
)
_MISSING: Final = object()


class Difference(TypedDict):
    """One member that changed; ``op`` is added, removed or changed."""

    path: str
    op: str
    before: Any
    after: Any


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> list[Difference]:
    """Return each change as ``path``, ``op`` (added, removed, changed), ``before``, ``after``.

    Entries of lists are matched by their ``ref``, so that ``figures/F2/point`` names one figure
    wherever it stands; a list without refs is compared whole.
    """
    old = {name: value for name, value in before.items() if name not in _OF_EACH_VERSION}
    new = {name: value for name, value in after.items() if name not in _OF_EACH_VERSION}
    return list(_walk("", old, new))


def _walk(path: str, before: Any, after: Any) -> Iterator[Difference]:
    old, new = _members(before), _members(after)
    if old is None or new is None:
        if before != after:
            yield _change(path, before, after)
        return
    for name in [*old, *(name for name in new if name not in old)]:
        inner = f"{path}/{name}" if path else name
        yield from _walk(inner, old.get(name, _MISSING), new.get(name, _MISSING))


def _members(value: Any) -> dict[str, Any] | None:
    """Return the parts that are compared one by one; None for what is compared whole."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and value and all(_has_ref(entry) for entry in value):
        return {entry["ref"]: entry for entry in value}
    return {} if value == [] else None


def _has_ref(entry: Any) -> bool:
    return isinstance(entry, dict) and "ref" in entry


def _change(path: str, before: Any, after: Any) -> Difference:
    if before is _MISSING:
        return {"path": path, "op": "added", "before": None, "after": after}
    if after is _MISSING:
        return {"path": path, "op": "removed", "before": before, "after": None}
    return {"path": path, "op": "changed", "before": before, "after": after}
