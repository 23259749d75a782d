"""The chain of versions: each names the hash of the one published before it."""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.verifier.report import Report


@dataclass(slots=True)
class Chain:
    """The versions seen so far, by sequence; a version names the hash of the one before it."""

    hashes: dict[int, bytes] = field(default_factory=dict)
    wanted: dict[int, tuple[str, str]] = field(default_factory=dict)
    links: int = 0

    def add(self, ref: str, sequence: int, digest: str, previous: str) -> list[str]:
        """Take in a version; return sentences on what does not fit those seen before."""
        known = self.hashes.setdefault(sequence, bytes.fromhex(digest))
        if known.hex() != digest:
            return [f"{ref}: another document has its sequence {sequence} too."]
        faults = []
        if sequence == 1 and previous:
            faults.append(f"{ref}: it is the first version of all, yet names one before it.")
        if sequence - 1 in self.hashes:
            faults += self._compare(ref, sequence - 1, previous)
        elif sequence > 1:
            self.wanted[sequence - 1] = (ref, previous)
        if sequence in self.wanted:
            later, its_previous = self.wanted.pop(sequence)
            faults += self._compare(later, sequence, its_previous)
        return faults

    def _compare(self, ref: str, sequence: int, previous: str) -> list[str]:
        if self.hashes[sequence].hex() == previous:
            self.links += 1
            return []
        return [f"{ref}: previous_sha256 is not the hash of the version with sequence {sequence}."]

    def conclude(self, report: Report) -> None:
        """Tell how many links were checked."""
        if self.links:
            links = "One link" if self.links == 1 else f"{self.links:,} links"
            report.conclude("chain", f"{links} between versions in a row: right.")
        elif self.hashes:
            report.unchecked.append("the chain: no two versions in a row are here.")
