"""What was found, in plain sentences and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, Final, Literal

from claims.domain.recheck import MISSING
from claims.domain.sealed_text import document_text

_LONGEST_VALUE: Final = 160
_KEPT_FAULTS: Final = 10_000

Aspect = Literal["form", "seal", "chain", "derived", "sum", "end", "proof", "signature"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not hold; `sentence` says it whole, the rest is for programs."""

    aspect: Aspect
    sentence: str
    file: str = ""
    line: int = 0
    ref: str = ""
    figure: str = ""
    member: str = ""
    says: str = ""
    gives: str = ""


@dataclass(slots=True)
class CheckReport:
    """What holds, what does not, and what was not checked, in the order it was found."""

    tell: Callable[[str], None]
    held: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    wrong: Counter[Aspect] = field(default_factory=Counter)
    documents: int = 0

    @property
    def fault_count(self) -> int:
        return self.wrong.total()

    @property
    def holds(self) -> bool:
        return not self.wrong

    def blame(self, fault: Fault) -> None:
        """Note a fault and tell it at once."""
        self.wrong[fault.aspect] += 1
        if len(self.faults) < _KEPT_FAULTS:
            self.faults.append(fault)
        self.tell(printable(fault.sentence))

    def conclude(self, aspect: Aspect, sentence: str) -> None:
        """Note what holds, unless something of its aspect does not."""
        if aspect not in self.wrong:
            self.held.append(sentence)

    def verdict(self) -> str:
        """The last sentence."""
        if self.holds:
            return "Everything that was checked holds."
        things = "One thing does" if self.fault_count == 1 else f"{self.fault_count:,} things do"
        return f"{things} NOT hold."

    def to_json(self) -> dict[str, Any]:
        """Return the report for programs; at most 10,000 faults are listed, all are counted."""
        return {
            "type": "verification",
            "holds": self.holds,
            "documents": self.documents,
            "fault_count": self.fault_count,
            "faults": [asdict(fault) for fault in self.faults],
            "held": self.held,
            "unchecked": self.unchecked,
        }


def value_words(value: Any) -> str:
    """Return a value of a document as a sentence quotes it, at most 160 characters long."""
    if value is MISSING or value is None or value == "":
        return "nothing"
    if isinstance(value, str):
        words = value if _is_word(value) else f"\u201c{value}\u201d"
    elif isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        words = ", ".join(value)
    else:
        words = _text(value)
    return words if len(words) <= _LONGEST_VALUE else f"{words[:_LONGEST_VALUE]}\u2026"


def _is_word(text: str) -> bool:
    return text.isascii() and text.replace("_", "").replace("-", "").isalnum()


def _text(value: Any) -> str:
    if isinstance(value, Decimal) and abs(value.adjusted()) > 40:
        return str(value)
    try:
        return document_text(value)
    except (ValueError, TypeError, RecursionError):
        return "something that is no value of a document"


def printable(text: str) -> str:
    """Return the text on one line, without what would steer a terminal."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
