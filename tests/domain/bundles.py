"""Constructed bundles of reports: who copied whom is known, and so are those who did not."""

# Frozen before the proposals were tuned: docs/adr/0019.

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from random import Random

from claims.domain.copying import DatedPassage, RelayedReport

OUTLETS = (
    *("Harbour Wire", "Evening Post", "The Sentinel", "Radio Nord", "Daily Ledger"),
    *("Coast Herald", "Morning Courier", "Agence Sud", "The Observer of Brack", "Channel Nine"),
)
PLACES = ("Tessem", "Arden", "Kelm", "Port Halden", "the valley of Ilas", "Corran", "Maren")
HAPPENED = ("the fire", "the raid", "the flood", "the shelling", "the landslide", "the collapse")
WHO = ("civilians", "soldiers", "miners", "villagers", "passengers", "workers", "children")
OPENINGS = (
    "At least {n} {who} died in {what} at {where}, rescue teams said after searching all night.",
    "{n} {who} were killed when {what} struck {where} shortly before dawn, witnesses told us.",
    "The toll of {what} at {where} has risen to {n} {who}, according to the hospital's register.",
    "Officials in {where} put the number of {who} killed in {what} at {n} late on the evening.",
    "Our reporter counted {n} bodies of {who} in the hall of {where} after {what} had ended.",
    "{what} claimed the lives of {n} {who} in {where}, the mayor announced to a silent crowd.",
)
DETAILS = (
    "The bridge over the river was swept away and the road to the north stayed closed for days.",
    "Families waited outside the school, where lists of names were read out twice a day.",
    "Soldiers brought blankets and lamps, but the first lorry came only after eleven hours.",
    "A bell tolled from noon, and shops kept their shutters down until the funerals were over.",
    "Engineers had warned of the crack in the wall as early as the spring of the year before.",
    "The governor promised an inquiry and flew back to the capital in the same afternoon.",
    "Two doctors worked by candle light because the generator had been carried off at night.",
    "Nobody could say how many people had been in the building when the roof came down.",
    "Survivors described a deep rumble, then dust so thick that hands could not be seen.",
    "Divers stopped at dusk, saying the current had become too strong to go on safely.",
)
STOCK = "People were killed and many others were injured in the incident."
SWAPS = (("killed", "slain"), ("died", "perished"), ("late", "very late"), ("night", "the night"),
         ("first", "earliest"), ("closed", "shut"), ("many", "numerous"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bundle:
    """Reports on one question; `family` names whom each goes back to, by its source."""

    reports: tuple[RelayedReport, ...]
    family: dict[str, str]

    def same(self, one: str, other: str) -> bool:
        return self.family[one] == self.family[other]


def bundle_of(seed: int) -> Bundle:
    """Some wires that others copied, and some reports that nobody copied, in random order."""
    random = Random(seed)
    facts = {"what": random.choice(HAPPENED), "where": random.choice(PLACES),
             "who": random.choice(WHO)}  # fmt: skip
    outlets = random.sample(OUTLETS, len(OUTLETS))
    true = random.choice((97, 112, 1347, 263, 60, 48, 1200, 583))
    day = dt.date(random.randint(1990, 2020), random.randint(1, 12), random.randint(1, 20))
    reports: list[RelayedReport] = []
    family: dict[str, str] = {}
    openings = random.sample(OPENINGS, len(OPENINGS))
    details = random.sample(DETAILS, len(DETAILS))
    for number in range(random.randint(2, 4)):
        value = true if random.random() < 0.5 else true + random.randint(-40, 90)
        said = openings[number].format(n=value, **facts)
        sentences = [said, *details[2 * number : 2 * number + random.randint(1, 2)]]
        root = _own(random, f"S{10 * (number + 1)}", outlets[number], value, sentences, day)
        root = replace(root, title=f"{facts['what']} at {facts['where']}".capitalize())
        reports.append(root)
        family[root.source] = root.source
        for turn in range(random.choice((0, 0, 1, 2, 4))):
            copier = outlets[4 + (number + turn) % 6]
            source = f"S{10 * (number + 1) + turn + 1}"
            reports.append(_copy(random, root, source, copier))
            family[source] = root.source
    random.shuffle(reports)
    return Bundle(tuple(reports), family)


def _own(
    random: Random, source: str, outlet: str, value: int, sentences: list[str], day: dt.date
) -> RelayedReport:
    """A report in words of its own; some share a stock phrase, or name another outlet."""
    words = [one[:1].upper() + one[1:] for one in sentences]
    if random.random() < 0.4:
        words.append(STOCK)
    if random.random() < 0.25:
        rival = random.choice(OUTLETS)
        words.append(f"That is another number than the one {rival} had before.")
    issued = day + dt.timedelta(days=random.randint(0, 4))
    return RelayedReport(
        id=_number(source),
        source=source,
        title="A report",
        outlet=outlet,
        earliest=issued,
        latest=issued,
        words=" ".join(words),
        value=str(value),
    )


def _copy(random: Random, root: RelayedReport, source: str, outlet: str) -> RelayedReport:
    """What another outlet made of it: printed, shortened, reworded, or only told."""
    assert root.earliest is not None
    how = random.choice(("printed", "printed", "shortened", "reworded", "told", "paraphrased"))
    words = root.words
    if how == "shortened":
        words = words.partition(". ")[0] + "."
    elif how == "reworded":
        for old, new in SWAPS:
            words = words.replace(f" {old} ", f" {new} ")
        words = f"{words} It was the worst day in memory."
    elif how == "told":
        words = f"{root.outlet} reports that {root.value} lost their lives there."
    elif how == "paraphrased":
        words = f"The dead number {root.value}; nothing more is known at this hour."
    issued = root.earliest + dt.timedelta(days=random.randint(0, 5))
    known = random.random() < 0.85
    return replace(
        root,
        id=_number(source),
        source=source,
        outlet=outlet,
        words=words,
        earliest=issued if known else None,
        latest=issued if known else None,
    )


def circle_of(seed: int) -> tuple[RelayedReport, DatedPassage]:
    """A source that copied the article which cites it, and the article's passage."""
    random = Random(seed)
    report, passage = _of_article(random)
    later = passage.since + dt.timedelta(days=random.randint(1, 900))
    words = passage.words
    if random.random() < 0.5:
        words = f"As is well known, {words[:1].lower()}{words[1:]} Much has been written since."
    if random.random() < 0.3:
        words = words.partition(". ")[0] + "."
    return replace(report, earliest=later, latest=later, words=words), passage


def no_circle_of(seed: int) -> tuple[RelayedReport, DatedPassage]:
    """The like that is none: a later source in its own words, or an earlier one word for word."""
    random = Random(seed)
    report, passage = _of_article(random)
    days = random.randint(1, 900)
    if random.random() < 0.5:
        before = passage.since - dt.timedelta(days=days)
        return replace(report, earliest=before, latest=before, words=passage.words), passage
    after = passage.since + dt.timedelta(days=days)
    return replace(report, earliest=after, latest=after), passage


def _of_article(random: Random) -> tuple[RelayedReport, DatedPassage]:
    facts = {"what": random.choice(HAPPENED), "where": random.choice(PLACES),
             "who": random.choice(WHO)}  # fmt: skip
    day = dt.date(random.randint(2005, 2020), random.randint(1, 12), random.randint(1, 20))
    half = len(DETAILS) // 2
    own = random.sample(DETAILS[:half], 2)
    report = _own(random, "S1", random.choice(OUTLETS), 97, own, day)
    said = random.choice(OPENINGS).format(n=97, **facts)
    text = " ".join([said[:1].upper() + said[1:], random.choice(DETAILS[half:])])
    return report, DatedPassage(article="A1", words=text, since=day)


def _number(source: str) -> int:
    return int(source[1:])
