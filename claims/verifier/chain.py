"""The chain of versions: each names the hash of the one published before it."""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.verifier.report import CheckReport, Fault

type VersionPlace = tuple[str, int, str]  # file, line and ref of a version


@dataclass(slots=True)
class Chain:
    """The versions seen so far, by sequence, in whatever order they come."""

    hashes: dict[int, bytes] = field(default_factory=dict)
    wanted: dict[int, tuple[VersionPlace, str]] = field(default_factory=dict)
    links: int = 0

    def add(self, place: VersionPlace, sequence: int, digest: str, previous: str) -> list[Fault]:
        """Take in a version; return what does not fit those seen before."""
        known = self.hashes.setdefault(sequence, bytes.fromhex(digest))
        if known.hex() != digest:
            return [_fault(place, f"another document has its sequence {sequence} too")]
        faults = []
        if sequence == 1 and previous:
            faults.append(_fault(place, "it is the first version of all, yet names one before it"))
        if sequence - 1 in self.hashes:
            faults += self._compare(place, sequence - 1, previous)
        elif sequence > 1:
            self.wanted[sequence - 1] = (place, previous)
        if sequence in self.wanted:
            later, its_previous = self.wanted.pop(sequence)
            faults += self._compare(later, sequence, its_previous)
        return faults

    def conclude(self, report: CheckReport) -> None:
        """Tell how many links were checked."""
        if self.links:
            links = "One link" if self.links == 1 else f"{self.links:,} links"
            report.conclude("chain", f"{links} between versions in a row: right.")
        elif self.hashes:
            report.unchecked.append("the chain: no two versions in a row are here.")

    def _compare(self, place: VersionPlace, sequence: int, previous: str) -> list[Fault]:
        if self.hashes[sequence].hex() == previous:
            self.links += 1
            return []
        what = f"previous_sha256 is not the hash of the version with sequence {sequence}"
        return [_fault(place, what)]


def _fault(place: VersionPlace, what: str) -> Fault:
    file, line, ref = place
    return Fault("chain", f"{f'{file}: ' if file else ''}{ref}: {what}.", file, line, ref)
