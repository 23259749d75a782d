"""Counts what was read right, wrongly or not at all against an annotation by hand."""

import itertools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
FLAGS = ("approximate", "lower_open", "upper_open", "vague")
DATED = frozenset({"absolute", "table", "heading"})
SMALL_WORDS = frozenset("the a an of to in for and s".split())
NUMERIC = frozenset({"figures disagree", "arithmetic"})


@dataclass(slots=True)
class Count:
    """Right, wrong and missed; adds up. `notes` tell what went wrong."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    notes: list[str] = field(default_factory=list)

    def __add__(self, other: "Count") -> "Count":
        return Count(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of what was read that is right, 1 when nothing was read."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the annotation that was read right, 1 when nothing is annotated."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def asked(self) -> bool:
        """Whether there was anything to read or to get wrong."""
        return bool(self.right + self.wrong + self.missed)


def count_all(gold: Row, read: Row) -> dict[str, Count]:
    """Count one article: {metric: Count}; both as JSON, spans into the same text."""
    figures = _Figures(gold, read)
    dates, relative = _dates(gold, read)
    conflicts = _Conflicts(gold, read)
    return {
        "span": figures.spans(),
        "value": figures.values(),
        "attribution": figures.attribution(),
        "citations": figures.citations(),
        "dates": dates,
        "relative": relative,
        "numeric": conflicts.count(
            lambda k: k["kind"] in NUMERIC and k["strength"] != "weak", NUMERIC
        ),
        "strong": conflicts.count(lambda k: k["strength"] == "strong", None),
        "agreements": conflicts.agreements(),
    }


def pair_up(wanted: list[Row], read: list[Row]) -> dict[int, int]:
    """Return {index wanted: index read}, one to one, widest overlap first."""
    candidates = []
    for i, one in enumerate(wanted):
        for j, other in enumerate(read):
            if (shared := _overlap(one, other)) > 0:
                apart = abs(_length(one) - _length(other))
                candidates.append((-shared, apart, -i, -j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(candidates):
        if -i not in pairs and -j not in taken:
            pairs[-i] = -j
            taken.add(-j)
    return pairs


def same_value(wanted: Row, read: Row) -> bool:
    """Whether the bounds (within 0.1 %) and flags, or those of an alternative, are equal."""
    for alternative in ({}, *wanted.get("alt", [])):
        row = {**wanted, **alternative}
        if "modifier" in alternative:
            row |= dict.fromkeys(FLAGS, False)
            row["approximate"] = alternative["modifier"] in ("approx", "plus_minus")
        if all(_same_number(row[end], read[end]) for end in ("low", "high")) and all(
            bool(row[flag]) == bool(read[flag]) for flag in FLAGS
        ):
            return True
    return False


def same_name(wanted: str | None, read: str | None) -> bool:
    """Whether two names share most words of the shorter one; None = nobody named."""
    if wanted is None or read is None:
        return wanted is read
    first, second = _words(wanted), _words(read)
    if not first or not second:
        return wanted.casefold() == read.casefold()
    return len(first & second) / min(len(first), len(second)) >= 0.6


class _Figures:
    def __init__(self, gold: Row, read: Row) -> None:
        every = [
            {**figure, "who": claim["attribution"], "refs": claim.get("citations", [])}
            for claim in gold["claims"]
            for figure in claim["figures"]
        ]
        self.wanted = [f for f in every if f["tier"] == "core"]
        soft = [f for f in every if f["tier"] != "core"] + gold.get("ignore", [])
        self.read = read["figures"]
        self.pairs = pair_up(self.wanted, self.read)
        paired = set(self.pairs.values())
        self.extra = [
            figure
            for j, figure in enumerate(self.read)
            if j not in paired and not any(_overlap(figure, s) > 0 for s in soft)
        ]

    def spans(self) -> Count:
        notes = [f"spurious {f['quote']!r} at {f['char_start']}" for f in self.extra]
        lost = [f for i, f in enumerate(self.wanted) if i not in self.pairs]
        notes += [f"missed {f['quote']!r}" for f in lost]
        return Count(len(self.pairs), len(self.extra), len(lost), notes)

    def values(self) -> Count:
        right = 0
        notes = []
        for i, j in self.pairs.items():
            if same_value(self.wanted[i], self.read[j]):
                right += 1
            else:
                got = [self.read[j][key] for key in ("quote", "low", "high", *FLAGS)]
                notes.append(f"value of {self.wanted[i]['quote']!r}: read {got}")
        wrong = len(self.extra) + len(self.pairs) - right
        return Count(right, wrong, len(self.wanted) - right, notes)

    def attribution(self) -> Count:
        total = Count()
        for i, figure in enumerate(self.wanted):
            read = self.read[self.pairs[i]]["attribution"] if i in self.pairs else []
            left = [dict(one) for one in read]
            lost = []
            for one in figure["who"]:
                held = next((k for k, other in enumerate(left) if _same_speaker(one, other)), None)
                if held is None:
                    lost.append(one["name"])
                else:
                    left.pop(held)
            total.right += len(figure["who"]) - len(lost)
            total.missed += len(lost)
            total.wrong += len(left)
            if lost or left:
                names = [one["name"] for one in left]
                total.notes.append(f"speaker of {figure['quote']!r}: {lost} read as {names}")
        return total

    def citations(self) -> Count:
        total = Count()
        if not any(figure["refs"] for figure in self.wanted):
            return total
        for i, figure in enumerate(self.wanted):
            read = self.read[self.pairs[i]]["citations"] if i in self.pairs else []
            lost = [
                ref
                for ref in figure["refs"]
                if not any(ref.casefold() in (one or "").casefold() for one in read)
            ]
            total.right += len(figure["refs"]) - len(lost)
            total.missed += len(lost)
            total.wrong += bool(read and not figure["refs"])
            if lost or (read and not figure["refs"]):
                total.notes.append(f"reference of {figure['quote']!r}: {lost} read as {read}")
        return total


def _dates(gold: Row, read: Row) -> tuple[Count, Count]:
    wanted, found = gold.get("date_mentions", []), read["dates"]
    pairs = pair_up(wanted, found)
    main, relative = Count(), Count()
    main.wrong = len(found) - len(pairs)
    paired = set(pairs.values())
    main.notes += [f"spurious {d['quote']!r}" for j, d in enumerate(found) if j not in paired]
    for i, one in enumerate(wanted):
        if one["kind"] not in DATED | {"relative"}:
            continue
        count = relative if one["kind"] == "relative" else main
        edtf = found[pairs[i]]["edtf"] if i in pairs else None
        if edtf == one["edtf"]:
            count.right += 1
            continue
        count.missed += 1
        main.wrong += one["kind"] in DATED and edtf is not None
        count.notes.append(f"{one['quote']!r} is {one['edtf']}, read as {edtf}")
    return main, relative


class _Conflicts:
    def __init__(self, gold: Row, read: Row) -> None:
        self.claims = gold["claims"]
        self.groups = gold.get("conflict_groups", [])
        self.agreed = gold.get("agreement_groups", [])
        self.allowed = [{*k["members"], *k.get("related", [])} for k in self.groups]
        self.read = [(k, self._claims_of(k), len(k["members"])) for k in read["conflicts"]]

    def count(self, asked: Callable[[Row], bool], kinds: Iterable[str] | None) -> Count:
        wanted = [k for k in self.groups if asked(k)]
        if not wanted:
            return Count()
        read = [row for row in self.read if kinds is None or row[0]["kind"] in kinds]
        lost = [k for k in wanted if not any(_finds(k, ids) for _, ids, _ in read)]
        wrong = [k for k, ids, members in read if not self._fits(ids, members)]
        notes = [f"missed {k['id']} {k['description']}" for k in lost]
        notes += [f"spurious {k['kind']}: {k['why']}" for k in wrong]
        return Count(len(wanted) - len(lost), len(wrong), len(lost), notes)

    def agreements(self) -> Count:
        """Conflicts read where the annotation says that claims agree: all of them wrong."""
        wrong = [
            group
            for group in self.agreed
            if any(len(ids & set(group["members"])) >= 2 and ids <= {*group["members"]}
                   for _, ids, _ in self.read)
        ]  # fmt: skip
        return Count(0, len(wrong), 0, [f"proposed {g['description']}" for g in wrong])

    def _fits(self, ids: set[str], members: int) -> bool:
        alone = [set(k["members"]) for k in self.groups if k["single_claim"]]
        return any(
            len(ids & allowed) >= 2
            or (len(ids) == 1 and members == 1 and ids <= allowed)
            or ids in alone
            for allowed in self.allowed
        )

    def _claims_of(self, conflict: Row) -> set[str]:
        return set(filter(None, (self._claim_at(member) for member in conflict["members"])))

    def _claim_at(self, member: Row) -> str | None:
        inner = [
            (shared, claim["id"])
            for claim in self.claims
            for part in itertools.chain(
                claim["figures"], (d for d in claim.get("dates", []) if d.get("inside_quote"))
            )
            if (shared := _overlap(member, part)) > 0
        ]
        whole = [
            (shared / _length(claim), claim["id"])
            for claim in self.claims
            if (shared := _overlap(member, claim)) > 0
        ]
        return max(inner or whole)[1] if inner or whole else None


def _finds(group: Row, ids: set[str]) -> bool:
    members = set(group["members"])
    return len(ids & members) >= 2 or (group["single_claim"] and ids == members)


def _same_speaker(wanted: Row, read: Row) -> bool:
    via = wanted.get("via")
    return same_name(wanted["name"], read["name"]) or bool(via and same_name(via, read["name"]))


def _same_number(wanted: float | None, read: float | None) -> bool:
    if wanted is None or read is None:
        return wanted is read
    return abs(float(read) - float(wanted)) <= 1e-3 * max(1e-9, abs(float(wanted)))


def _words(name: str) -> set[str]:
    return {w for w in re.findall(r"[^\W_]+", name.casefold()) if w not in SMALL_WORDS}


def _overlap(one: Row, other: Row) -> int:
    return int(
        min(one["char_end"], other["char_end"]) - max(one["char_start"], other["char_start"])
    )


def _length(one: Row) -> int:
    return int(one["char_end"] - one["char_start"])
