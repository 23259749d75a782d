"""How far an import is, how fast it goes and how long it will take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Progress:
    """Counts pages and characters as they are dealt with; times are seconds of one clock.

    ``pages`` and ``characters`` are what is still to be done at the start.
    """

    pages: int
    characters: int
    started: float
    done_pages: int = 0
    done_characters: int = 0

    def add(self, characters: int) -> None:
        """Count a page."""
        self.done_pages += 1
        self.done_characters += characters

    def words(self, now: float) -> str:
        """Say it in one line, such as "120 of 2,000 pages, 48.2 pages/s, 39 s left"."""
        passed = max(now - self.started, 0.001)
        said = f"{self.done_pages:,} of {self.pages:,} pages"
        if not self.done_characters:
            return said
        left = (self.characters - self.done_characters) * passed / self.done_characters
        return f"{said}, {self.done_pages / passed:.1f} pages/s, {duration(left)} left"


def duration(seconds: float) -> str:
    """Say a time span in its two largest units: 41 s, 3 min 20 s, 2 h 5 min."""
    whole = max(round(seconds), 0)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600:,} h {whole % 3600 // 60} min"
