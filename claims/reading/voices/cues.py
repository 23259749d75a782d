"""Words by which an article hands a statement to somebody else: said, reported, denied, ..."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.reading.voices.cue_patterns import INFINITIVES
from claims.reading.voices.everyday_words import cue_at
from claims.reading.voices.speakers import ABLE_TO, FINITE

SAYS, REPORTED, ACCORDING, DENIED = "says", "reported by", "according to", "denied by"

OBSERVED = frozenset(
    "find found finds see saw sees measure measured measures measuring computed computes detected "
    "identified identify logged recorded record records give gave gives given lists list listed "
    "registered verified quoted accepted accept considered obtained obtain".split()
)
"""Verbs that make a statement only when their subject observes for a living, or was there."""
OBSERVER = re.compile(
    r"\b(?:(?:eye)?witness(?:es)?|residents?|survivors?|reporters?|journalists?|"
    r"observers?|"
    r"monitors|villagers|stud(?:y|ies)|surveys?|reports?|inquiry|inquest|inquiries|commission|"
    r"committee|investigations?|investigators?|auditors?|audit|researchers?|analys[ie]s|analysts?|"
    r"review|polls?|census|panel|experts?|historians?|scientists?|geologists?|seismologists?|"
    r"observatory|network|agency|institute|centre|center|office|bureau|service|organi[sz]ation|"
    r"university|ministry|model(?:s|ling)?|estimates?|epidemiologists?|economists?|tribunal|"
    r"court|regist(?:er|ry|ers)|records?|rolls?|ledgers?|logs?|logbook|chronicles?|chroniclers?|"
    r"annals|inventory|catalogue|manifests?|lists?|letters?|diar(?:y|ies)|memoirs?|archives?|maps?|"
    r"(?:re)?counts?|tall(?:y|ies)|returns|figures|statistics|data|newspapers?|magazines?|papers?|press|media|times|herald|"
    r"post|books?|authors?|scholars?|sources?|officials?|government|department|authorit(?:y|ies)|"
    r"police|army|union|board|council|autopsy|coroner|doctors?|engineers?|accounts?|tradition|"
    r"inscriptions?|dating|tests?|measurements?|readings?|soundings?|excavations?|laborator(?:y|ies)|"
    r"teams? (?:led|of|from|at)|expeditions?|samples?|"
    r"estimates?|[12][0-9]{3}\)?|Amnesty|Watch|Cross|Crescent|(?-i:UN)|"
    r"(?-i:[A-Z]{3,6})|website|charity|clerks?|prefects?|prefecture|embassy|bishop|missionary)\b",
    re.IGNORECASE,
)
QUOTED_FIRST = re.compile(
    r"(?:[,.?!][\"'\u201d\u2019] ?|[a-z0-9%]{2,}, (?!and |but |or |which |who |when |where |as ))"
    r"[^,.;\"\u201c\u201d0-9]{2,80} \Z"
)
"""What stands before the verb in `"...", the mayor recalled` and `..., the agency reported`."""
INSERTED = re.compile(
    r"[,.]|(?: (?:in|on|at|to|later)\b[^,.;0-9]{0,40}(?: [0-9]{4})?), (?:was|were|is|are|had|has|"
    r"have|could|would|will|lies|stood|came|cost|ran|lost)\b"
)
"""What follows the verb in "The figure, it admitted in June, was closer to 900"."""
AS_BEFORE = re.compile(r"\b[Aa]s (?:[\w.'\u2019-]+ ){1,6}\Z")
BESIDE = re.compile(r", (?:originally|initially|first|once|previously|formerly) \Z")
"""As in "the count, originally reported at 587"."""
PARTICIPLES = frozenset("given seen shown known written foreseen sworn proven spoken".split())
HAS_BEFORE = re.compile(r"\b(?:has|have|had|having|he's|she's)(?: [a-z]+ly| also| since| long)? \Z")
FIGURE_AS_SUBJECT = re.compile(
    r"\b(?:figures?|numbers?|estimates?|totals?|counts?|tolls?|claims?|reports?)\b[^;]{0,30}\Z"
)
NOUN_TOO = frozenset(
    "list count estimate claim record show guess report note log document measure forecast "
    "project state register value rate judge quote post tally inventory catalogue catalog name "
    "cable wire signal detail number hold quip grant rule reason object deed limit blame brief "
    "question challenge contest doubt update increase raise project own".split()
)
"""Forms that are nouns as often as verbs."""
REVISED = re.compile(
    r"\b(?:figure|number|toll|estimate|count|total)s? (?:that|which) [^.;,]{2,40}\Z"
)
OPENING = re.compile(r"\" (?=[A-Za-z])|\u201d (?=[A-Za-z])|ed(?P<past>)(?= that )")
OPENING_SIGNS = ('" ', "\u201d ", "ed that ")
LAST_WORD = re.compile(r"[A-Za-z]+\Z")
MOST_CUES = 25
"""A sentence with more is no sentence."""
NOT_A_CLAIM = re.compile(
    r" (?:the li(?:fe|ves)\b|responsibility|victory|credit|asylum|its first|his first|"
    r"(?:at least |more than |over |about |around |an estimated |nearly |up to )?[\w,]+ (?:[a-z]+ "
    r")?lives\b)"
)
AUX_BEFORE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|not|no|self)[ -](?:[a-z]+ly |also |then |being )?\Z"
)
NOT_ADMITTED = re.compile(
    r" (?:defeat|victory|power|the (?:election|race|match)|(?:[\w,.]+ ){1,3}(?:goals?|"
    r"penalt(?:y|ies)|patients|students|pupils|members|refugees|women|migrants|immigrants|candidates|applicants|"
    r"spectators|guests|visitors|states|nations|countries|boys|girls|children)\b)"
)
NOUN_BEFORE = re.compile(
    r"\b(?:the|an?|no|any|these|those|his|her|its|their|some|many|other|several|conflicting|"
    r"initial|early|of|such|similar|first|this|various|alleged)[ ]\Z",
    re.IGNORECASE,
)
NOUN_LEADS = tuple(
    f"{word} "
    for word in "the a an no any these those his her its their some many other several conflicting "
    "initial early of such similar first this various alleged".split()
)
NOUN_BESIDE = re.compile(r"\b(?:press|news|media|member|police) \Z", re.IGNORECASE)
PLURAL_BEFORE = re.compile(
    r"(?:(?<!['\u2019])s|\b(?:they|we|who|people|police|media|men|women|some|many|others|most|data|"
    r"press|clergy|that|which|still|also|now|may|might|would|could|did|not|\w+ly)|[,)])\Z",
    re.IGNORECASE,
)
"""What stands before a verb without an ending: "scholars accept", not "the register lists"."""


@dataclass(slots=True)
class Cue:
    """A cue in plain text offsets; `shape` is the name of its pattern."""

    start: int
    end: int
    shape: str
    role: str

    @property
    def anonymous(self) -> bool:
        """Whether it names nobody ("reportedly")."""
        return self.shape in ("it_was", "passive", "adverb", "reports")


ACTIVE = frozenset(
    "any complement believes describes reported denies told put_at revised prepared open".split()
)
ROLES = {
    "according": ACCORDING,
    "passive_by": DENIED,
    "denies": DENIED,
    "reported": REPORTED,
    "figures_from": ACCORDING,
    "traced": ACCORDING,
    "written_in": ACCORDING,
}


def find_cues(text: str, start: int, end: int, words: Sequence[int]) -> list[Cue]:
    """Return the cues of one sentence in order; `words` is where TRIGGERS begin in it."""
    found: list[Cue] = []
    free = start
    for at in sorted({*words, *_openings(text, start, end)}):
        if at < free or (match := cue_at(text, at, end)) is None:
            continue
        free = match.end()
        if len(found) >= MOST_CUES:
            break
        shape = match.lastgroup or ""
        cue = Cue(match.start(), match.end(), shape, ROLES.get(shape, SAYS))
        if shape == "closing" and match[0] == "reported":
            cue = Cue(cue.start, cue.end, shape, REPORTED)
        if cue.anonymous or (shape == "said_by" and match[0].startswith("reported")):
            cue = Cue(cue.start, cue.end, shape, REPORTED)
        if _speaks(text, cue, start, end):
            found.append(cue)
    return found


def _openings(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where any word may be a cue: after a quotation, and as a past tense before "that"."""
    start_at = max(0, start - 2)
    if all(text.find(sign, start_at, end) < 0 for sign in OPENING_SIGNS):
        return
    for opening in OPENING.finditer(text, start_at, end):
        if opening["past"] is None:
            yield opening.end()
        elif word := LAST_WORD.search(text, max(start, opening.start() - 40), opening.end()):
            yield word.start()


def _closes_a_clause(text: str, cue: Cue, start: int) -> bool:
    """Whether a whole clause or a quotation stands before the speaker and the verb."""
    if AS_BEFORE.search(text, max(start, cue.start - 60), cue.start):
        return True
    lead = QUOTED_FIRST.search(text, max(start, cue.start - 90), cue.start)
    if lead is None:
        return False
    comma = lead.start() + lead[0].find(",")
    if INSERTED.match(text, cue.end):
        return True
    return not lead[0][0].isalnum() or FINITE.search(text, start, comma) is not None


def _last_words(before: str, count: int) -> int:
    """Where the last words of some words begin; one blank may stand behind them."""
    at = len(before)
    for _ in range(count):
        at = before.rfind(" ", 0, max(0, at - 1)) + 1
    return at


def _is_verb(word: str, before: str) -> bool:
    """Whether a word that may be a noun or a participle is a verb of the subject before it."""
    if AUX_BEFORE.search(before, _last_words(before, 2)):
        return False
    first = word.split(maxsplit=1)[0].lower()
    if first in NOUN_TOO and first != "show" and not PLURAL_BEFORE.search(before.rstrip()):
        return False
    if first.endswith("s") and first != "says" and NOUN_BESIDE.search(before):
        return False
    if first in PARTICIPLES and not HAS_BEFORE.search(before):
        return False
    if before.endswith(" to ") and first in INFINITIVES and not ABLE_TO.search(before):
        return False
    ends = first.endswith(("s", "ed", "t", "d", "g")) and first not in ("said", "says")
    if not ends or (before.isascii() and not before.lower().endswith(NOUN_LEADS)):
        return True
    return NOUN_BEFORE.search(before, _last_words(before, 1)) is None


def _speaks(text: str, cue: Cue, start: int, end: int) -> bool:
    """Refuse nouns ("the report"), losses ("claimed 40 lives") and passives without a speaker."""
    word = text[cue.start : cue.end]
    before = text[max(start, cue.start - 40) : cue.start]
    after = text[cue.end : min(end, cue.end + 60)]
    if cue.shape in ("any", "complement") and (
        (word.startswith("claim") and NOT_A_CLAIM.match(after))
        or (word.startswith(("conced", "admit")) and NOT_ADMITTED.match(after))
    ):
        return False
    if cue.shape in ACTIVE and not _is_verb(word, before):
        return False
    if cue.shape == "put_at" and after.startswith(("at ", "as ")) and BESIDE.search(before):
        return False
    if word in NOUN_TOO and before.endswith(("that ", "on ", "of ", "to ", "in ")):
        return False
    if cue.shape == "traced":
        return FIGURE_AS_SUBJECT.search(before) is not None
    if cue.shape == "closing":
        return _closes_a_clause(text, cue, start)
    if cue.shape == "revised" and " " not in word.strip():
        return REVISED.search(text, max(start, cue.start - 60), cue.start) is not None
    if cue.shape == "reported":
        return (
            not (
                word == "reports"
                and re.match(r" (?:of|from|by|in|on|and|were|was|are|to)\b|[.,;)]|\Z", after)
            )
            and re.match(r"[.,;)]|\Z", after) is None
        ) or (word == "reported" and before.endswith(", "))
    if cue.shape == "passive" and word.endswith("reported"):
        return re.match(r" by\b", after) is None
    return True
