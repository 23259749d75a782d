"""Verbs by which an article hands a statement to somebody else, by what must follow them."""

from collections.abc import Iterable

FREE = "say insist contend assert allege complain announce argue quip profess"
"""They speak whatever follows."""
WITH_THAT = (
    "note explain warn conclude indicate reveal add suggest believe recall maintain declare "
    "stress write testify comment remark find observe emphasize emphasise caution tweet reiterate "
    "state pledge proclaim disclose affirm concede complain fear think hope guess surmise suppose "
    "propose judge consider counter hear promise vow determine establish discover show assume "
    "imply answer reply respond acknowledge admit confirm report estimate calculate predict "
    "allege document record claim reckon lament telegraph cable wire radio signal boast brag "
    "confess swear depose object protest retort reason speculate theorise theorize hypothesise "
    "hypothesize postulate infer deduce opine muse reflect posit hold grant allow attest certify "
    "aver avow recount relate narrate reaffirm underline underscore highlight joke grumble regret "
    "rule agree learn understand know deny dispute demonstrate prove clarify specify stipulate "
    "assess expect anticipate forecast project foresee envisage list mention cite detail describe "
    "quote tell count compute measure detect verify remember blog post publish"
)
"""They speak when a clause or a quotation follows."""
WITH_NUMBER = (
    "mention confirm admit acknowledge concede estimate predict claim say allege project forecast "
    "calculate document count record measure compute log detect reckon guess propose think favour "
    "favor prefer quote consider accept indicate identify find expect anticipate attribute obtain "
    "enumerate see tally give cite assess list show conclude suggest verify register note reveal "
    "disclose declare announce believe fear affirm specify itemise itemize detail report "
    "ascertain certify postulate posit suspect extrapolate state chronicle catalogue catalog "
    "inventory contend assert"
)
"""They speak when a number follows soon."""
WITH_OBJECT = (
    "count list record register log tally document enumerate itemise itemize catalogue catalog "
    "chronicle mention report acknowledge concede detail certify calculate confirm"
)
"""They speak when a number follows within some words: "has registered complaints from 212"."""
WITH_DOING = (
    "admit acknowledge concede deny report recall remember describe confirm claim boast confess "
    "mention propose suggest record speak tell talk warn regret"
)
"""They speak of a deed: "admitted losing 300 tonnes", "boasted of having sunk four"."""
WITH_PREPOSITION = {
    "of": "warn speak talk tell boast complain write report testify brag",
    "to": "admit confess testify attest swear point refer",
    "about": "warn speak talk tell write complain",
    "with": "reckon",
    "on": "settle",
    "at": "arrive",
    "up with": "come",
}
"""They speak when a number follows the preposition."""
TO_SOMEBODY = (
    "inform assure warn advise notify remind caution alert persuade instruct brief reassure"
)
"""As "informed shareholders that"."""
AT_OR_AS = (
    "put place set estimate give measure number reckon fix peg value assess rate judge calculate "
    "appraise quantify record report list evaluate gauge cost quote state count compute believe "
    "think consider suppose suspect say claim know"
)
"""They speak when "at N", "as N" or "to be N" follows."""
_NEVER_CLOSING = frozenset(
    "hold grant allow prove count measure establish list describe compute detect verify post "
    "publish tell quote respond answer determine discover".split()
)
CLOSING = " ".join(
    verb
    for verb in f"{WITH_THAT} announce argue insist contend assert allege claim".split()
    if verb not in _NEVER_CLOSING
)
"""They may close a sentence: "..., the agency reported"."""
PHRASAL = "point out|make clear|make it clear|make known|set out|spell out|find out|make public"
"""They speak when a clause follows: "pointing out that"."""
DESCRIBING = "describe accuse blame"
REVISING = (
    "revise raise lower correct update increase reduce cut upgrade downgrade double halve amend "
    "adjust scale bring"
)
DENYING = "deny refute disavow retract"
DENYING_A_CLAIM = (
    "dispute challenge reject dismiss contest question contradict deny rebut ridicule discount "
    "doubt disbelieve disown decry denounce"
)
"""They deny when a claim, a figure or a report follows."""
COUNTED_BY = (
    "describe report estimate claim accuse allege announce confirm record quote state give "
    "release publish cite issue provide put compile calculate blame count tally list register log "
    "document note name identify verify reckon mention advance propose suggest collect gather "
    "compute certify acknowledge admit supply submit present place project predict forecast "
    "measure say believe think consider tell inform assure"
)
"""Their passives name who speaks: "counted by the expedition"."""

IRREGULAR = {
    "say": "said", "hold": "held", "think": "thought", "write": "wrote written",
    "find": "found", "hear": "heard", "tell": "told", "swear": "swore sworn",
    "know": "knew known", "understand": "understood", "give": "gave given", "put": "put",
    "set": "set", "cut": "cut", "cost": "cost", "see": "saw seen", "speak": "spoke spoken",
    "foresee": "foresaw foreseen", "show": "showed shown", "forecast": "forecast",
    "come": "came", "prove": "proved proven", "bring": "brought", "cast": "cast",
}  # fmt: skip
SHARED = 2
"""By so many letters words are put together."""
DOUBLED = frozenset("log admit peg brag signal refer regret cut put set infer blog submit".split())
"""They double their last letter before -ed and -ing."""


def forms(lemmas: str) -> Iterable[str]:
    """Yield every form of the verbs named: base, -s, past, participles."""
    for lemma in lemmas.split():
        yield lemma
        yield _with_s(lemma)
        yield _stem(lemma) + "ing"
        yield from IRREGULAR.get(lemma, _regular_past(lemma)).split()


def past_forms(lemmas: str) -> Iterable[str]:
    """Yield past tense and past participle of the verbs named."""
    for lemma in lemmas.split():
        yield from IRREGULAR.get(lemma, _regular_past(lemma)).split()


def either(words: Iterable[str]) -> str:
    """Join words to the inside of a regular expression's group, longest first.

    Words that begin alike stand together: an expression passes over all of them at once.
    """
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return _joined(longest_first, SHARED)


def _joined(words: Iterable[str], shared: int) -> str:
    if not shared:
        return "|".join(words)
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[:1], []).append(word[1:])
    return "|".join(f"{first}(?:{_joined(rest, shared - 1)})" for first, rest in rests.items())


def _with_s(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")


def _stem(lemma: str) -> str:
    if lemma in DOUBLED:
        return lemma + lemma[-1]
    return lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma


def _regular_past(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied"
    return _stem(lemma) + "ed"
