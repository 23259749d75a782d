"""Words by which an article hands a statement to somebody else: said, reported, denied, ..."""

import re
from dataclasses import dataclass

from claims.reading.speakers import FINITE

SAYS, REPORTED, ACCORDING, DENIED = "says", "reported by", "according to", "denied by"

_ANY = (
    "said|says|saying|insists|insist|contends|contend|stated|stating|claimed|claiming|asserted|"
    "asserting|alleging|insisted|"
    "insisting|complained|complaining|announced|announcing|argued|arguing|contended|reckoned|"
    "quipped"
)
_WITH_THAT = (
    "noted|notes|noting|explained|explaining|warned|warning|concluded|concluding|indicated|"
    "indicating|"
    "revealed|revealing|added|adding|suggested|suggests|suggesting|believed|believes|believe|"
    "recalled|maintain|note|warn|conclude|indicate|reveal|explain|stress|declare|"
    "declared|declaring|wrote|writes|writing|maintained|maintains|testified|commented|remarked|"
    "found|finds|"
    "observed|emphasized|emphasised|stressed|cautioned|tweeted|asserts|argues|argue|reiterated|"
    "pledged|"
    "proclaimed|disclosed|affirmed|conceded|complains|feared|fears|fear|thought|think|thinks|hoped|"
    "states|"
    "guessed|guesses|guess|surmised|supposed|proposed|proposes|judged|judges|considers|countered|"
    "adds|warns|concludes|indicates|reveals|explains|stresses|declares|suggest|show|find|heard|"
    "hears|testifies|"
    "promised|vowed|determined|established|discovered|showed|shows|assumed|implied|answered|"
    "replied|responded"
)
_WITH_NUMBER = (
    "mentioned|confirmed|confirming|admitted|acknowledged|estimated|estimates|estimating|estimate|"
    "predicted|claims|"
    "claim|say|alleged|alleges|projected|projects|forecast|forecasts|calculated|documented|counted|"
    "counts|recorded|measured|measures|measuring|computed|computes|logged|detected|reckon|confirms|"
    "guessed|guesses|proposed|proposes|propose|thinks|think|favours|favors|prefers|record|quotes|"
    "settled on|settles on|decided on|reckons with|reckoned with|reckon with|considers|"
    "accept|accepts|accepted|indicate|indicates|indicated|identified|found|finds|expects|expect|"
    "anticipates|foresees|attributed|attributes|enumerated|"
    "(?:remembered|remembers|recalled|recalls|reported) [a-z]+ing|arrives at|arrive at|comes up "
    "with|come up with|saw|"
    "records|tallied|gave|gives|cited|cites|citing|arrived at|came up with|assessed|listed|lists|"
    "spoke of|speak of|"
    "speaks of|talked of|concluded|showed|shows|show|suggested|suggests|reckons|verified|"
    "registered|list|cite|give"
)
_THAT = r"(?: that\b|, ?[\"'\u201c\u2018]|:| [\"'\u201c\u2018]| (?:in|on|at|to|during|from) [^.,;]{1,40} that\b| (?:he|she|they|it|there) (?:had|has|have|was|were|is|are|would|will)\b)"  # noqa: E501
_NUMBER = (
    r"(?: (?:only |just |the deaths? of |the loss of |a total of |at least |more than |over |about "
    r"|around |up to |some |nearly |"
    r"barely |merely |almost |exactly |no (?:more|fewer|less) than |less than |close to |"
    r"well over |an estimated |as few as |(?:an? |the )?(?:figure|number|total|toll) "
    r"(?:nearer|closer|close) to |[\"\u201c]|(?:(?:an?|the|its|their) )?(?:[a-z]+ ){1,3}of |an? |"
    r"as many as |between |roughly |approximately |fewer than |the |its |another )?"
    r"(?:[a-z]+ (?:in|at|among) )?(?:~?[0-9$\u20ac\u00a3]|(?:one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"dozen)\b|hundreds|thousands|"
    r"dozens|tens of|scores|death toll|number|toll|total|losses|damage|figure|cost|population))"
)
_DESCRIBES = "described|describes|describing|accused|accuses|accusing|blamed|blaming"
_BE = r"(?:is|are|was|were|be|been|being)"
_MAY_ADVERB = r"(?: (?:also|now|widely|generally|initially|originally|first|later|officially|then|still|once))?"  # noqa: E501
_WEAK = "reported|said|believed|alleged|thought|claimed|estimated|rumou?red|understood|presumed|feared|considered|known|confirmed|suspected"  # noqa: E501

CUE = re.compile(
    r"(?P<count_of>\b[Bb]y (?=(?:the |its |their |his |her )?(?:[\w.-]+ ){0,3}?[\w.-]+(?:'s|"
    r"s'|\u2019s|s\u2019) (?:own )?(?:count|reckoning|estimates?|tally|figures|calculations?|"
    r"account)\b))|(?P<according>\b[Aa]ccording to\b|\b[Aa]s per\b|"
    r"(?<=[Ii]n the )(?:view|opinion|words|estimation|estimate|account) of\b|"
    r"(?<=[Bb]y the )(?:reckoning|"
    r"estimate|account|count) of\b|\b[Pp]er (?=the (?:UN|US|gov|min)|[A-Z]))"
    rf"|(?P<it_was>\b[Ii]t (?:is|was|has been|had been){_MAY_ADVERB} (?:{_WEAK}|announced) that\b)"
    rf"|(?P<passive_by>\b(?:denied|disputed|dismissed|refuted|rejected|contested|challenged|"
    rf"contradicted|questioned)(?: as [a-z]+(?: [a-z]+)?)? by\b)"
    r"|(?P<said_by>\b(?:described|reported|estimated|claimed|accused|alleged|announced|confirmed|"
    r"recorded|"
    r"quoted|(?:estimated|put|given|placed|set|reported|recorded) (?:at|as) [^.,;]{1,40}|stated|"
    r"given|released|published|cited|issued|provided|put forward|compiled|calculated|blamed) by\b)"
    rf"|(?P<passive>\b{_BE}{_MAY_ADVERB} (?:{_WEAK}) to\b|\bwere reported\b|\bwas reported\b|\bhas "
    rf"been reported\b|\bhave been reported\b|\b(?:is|are|being) reported\b)"
    r"|(?P<adverb>\b(?:[Rr]eportedly|[Aa]llegedly|[Pp]urportedly|[Ss]upposedly)\b)"
    r"|(?P<reports>(?<=[Tt]here were )(?:also )?(?:conflicting )?reports (?:of|that)\b|"
    r"(?<=[Tt]here were also )reports (?:of|that)\b"
    r"|\bReports of\b|\b(?:[Uu]nconfirmed|[Cc]onflicting|[Ee]arly|[Ii]nitial) reports of\b"
    r"|\b[Rr]eports (?:indicated|suggested|emerged|said|claimed|stated|put|say|suggest|"
    r"indicate)(?: that)?\b)"
    r"|(?P<nouns>\b(?:statements?|accounts?|testimon(?:y|ies)|claims?|allegations?) (?:by|of|from|"
    r"made by)\b(?= (?:the |an? |[A-Z]|local|official)))"
    r"|(?P<figures_from>\b(?:[Ff]igures|[Dd]ata|[Ss]tatistics|[Nn]umbers|[Ee]stimates?|[Rr]eports?|"
    r"[Ss]urvey|[Ss]tudy|[Aa]nalysis|[Cc]ount|[Tt]ally|[Pp]oll|[Ii]nquiry|[Ii]nvestigation|"
    r"[Aa]udit|[Cc]ensus) (?:by|from)(?= (?:the |an? )?[A-Z]))"
    rf"|(?P<denies>\b(?:denied|denies|denying|refuted|refutes|disavowed|retracted)\b|\b(?:disputed|"
    rf"disputes|challenged|challenges|rejected|rejects|dismissed|contested|questioned|contradicted)"
    r"(?= (?:the |this |these |that |his |her |their |its |such |any )?(?:[\w'\u2019-]+ "
    r"){0,3}(?:claims?|statements?|figures?|allegations?|accusations?|reports?|charges?|numbers?|"
    r"estimates?|account|version|toll|count|results?)\b))"
    r"|(?P<told>\btold\b(?= (?!to\b)[\w'])|\btelling\b)"
    rf"|(?P<put_at>\b(?:put|puts|putting|placed|places|set|estimated|estimates|estimate|gave|"
    rf"gives|measured|measures|numbers|numbered|reckons|reckoned|fixes|"
    rf"fixed) (?=[\w'\u2019 -]{{0,60}}?\b(?:at|as) "
    rf"[^.;]{{0,30}}?(?:[0-9]|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|"
    rf"hundred|thousand|dozens|million)))"
    r"|(?P<revised>\b(?:revised|revises|raised|raises|lowered|lowers|corrected|corrects|updated|"
    r"increased|reduced|cut) (?:it |this |that |(?:the|its|that|this|their|his|her) [\w' -]{0,40}?"
    r"(?:figures?|toll|number|estimates?|count|total|tally) )?(?:up |down |upwards? |downwards? )?"
    r"(?=(?:from [^.;]{1,20} )?(?:to|at) [^.;]{0,20}?[0-9]))"
    r"|(?P<estimate_was>(?<=[a-z] )(?:estimates?|count|tally|figures?) (?:was|is|were|are|stood at|"
    r"ranged? from|of) (?=(?:about |over |around |some |between |more than |at least |closer to |"
    r"as high as |as low as |up to |nearly |roughly |almost )?[0-9]))"
    rf"|(?P<any>\b(?:{_ANY})\b)"
    rf"|(?P<complement>\b(?:{_WITH_THAT})\b(?={_THAT})|\b(?:{_WITH_NUMBER})\b(?={_THAT}|{_NUMBER})"
    r"|\bclaims?\b(?= (?:its|his|her|their|to have) )|\b(?:lists|counts)\b(?= [^.;]{1,60}? [0-9])"
    r"|\bnamed(?= [0-9]+ (?:victims|dead|people|persons)))"
    rf"|(?P<closing>\b(?:{_WITH_THAT}|admitted|confirmed|acknowledged|estimated|alleged|reported)\b"
    rf"(?=(?: later| earlier| again)?[.,;]))"
    rf"|(?P<turned>(?<=[\"\u201d\u2019] )[a-z]{{3,}}(?:ed|id|s)\b"
    r"(?= (?:the |an? |[A-Z]|(?:[a-z]+ ){1,3}[A-Z])))"
    rf"|(?P<believes>\b(?:believed|suggested)\b(?= [a-z]))|(?P<describes>\b(?:{_DESCRIBES})\b)"
    r"|(?P<reported>\b(?:reported|reports|reporting|relayed)\b(?: claims\b)?)"
)

WORD = re.compile(r"[A-Za-z]+")
_OTHER_TRIGGERS = (
    "according|as|per|it|is|are|was|were|be|been|being|has|have|denied|disputed|dismissed|refuted|"
    "rejected|contested|"
    "challenged|contradicted|questioned|denies|denying|refutes|disavowed|retracted|disputes|"
    "challenges|rejects|quoted|"
    "given|released|published|issued|provided|put|compiled|reportedly|allegedly|purportedly|"
    "supposedly|also|conflicting|"
    "reports|report|statement|statements|account|accounts|testimony|testimonies|allegation|"
    "allegations|figures|data|"
    "statistics|numbers|survey|study|analysis|count|tally|told|telling|puts|putting|placed|places|"
    "set|figure|reported|"
    "reporting|relayed|named|arrived|arrives|arrive|came|comes|come|by|poll|inquiry|view|opinion|"
    "words|reckoning|estimation|unconfirmed|early|initial|numbers|numbered|reckons|reckoned|fixes|"
    "fixed|settled|settles|decided|remembered|remembers|recalls|investigation|audit|census|"
    "revised|revises|raised|raises|lowered|lowers|corrected|corrects|"
    "updated|increased|reduced|cut|measured|measures|spoke|speak|speaks|talked"
)
TRIGGERS = frozenset(
    f"{_ANY}|{_WITH_THAT}|{_WITH_NUMBER}|{_DESCRIBES}|{_OTHER_TRIGGERS}".split("|")
)
"""Words a cue can start with: the grammar is tried only there."""

OBSERVED = frozenset(
    "found finds saw measured measures measuring computed computes detected identified "
    "logged".split()
)
"""Verbs that make a statement only when their subject observes for a living, or was there."""
OBSERVER = re.compile(
    r"\b(?:witness(?:es)?|eyewitness(?:es)?|residents?|survivors?|reporters?|journalists?|"
    r"observers?|"
    r"monitors|villagers|stud(?:y|ies)|surveys?|reports?|inquiry|inquest|inquiries|commission|"
    r"committee|investigations?|investigators?|auditors?|audit|researchers?|analys[ie]s|analysts?|"
    r"review|polls?|census|panel|experts?|historians?|scientists?|geologists?|seismologists?|"
    r"observatory|network|agency|institute|centre|center|office|bureau|service|organi[sz]ation|"
    r"university|ministry|model(?:s|ling)?|estimates?|epidemiologists?|economists?|tribunal|"
    r"court)\b",
    re.IGNORECASE,
)
QUOTED_FIRST = re.compile(
    r"(?:[,.?!][\"'\u201d\u2019] ?|[a-z0-9%]{2,}, (?!and |but |or |which |who |when |where |as ))"
    r"[^,.;\"\u201c\u201d0-9]{2,80} \Z"
)
"""What stands before the verb in `"...", the mayor recalled` and `..., the agency reported`."""
NOUN_TOO = frozenset("list count estimate claim record show guess".split())
REVISED = re.compile(
    r"\b(?:figure|number|toll|estimate|count|total)s? (?:that|which) [^.;,]{2,40}\Z"
)
TURNING = frozenset(('" ', "\u201d "))
"""What stands before the verb of a quotation whose speaker follows."""
MOST_CUES = 25
"""A sentence with more is no sentence."""
NOT_A_CLAIM = re.compile(
    r" (?:the li(?:fe|ves)\b|responsibility|victory|credit|asylum|its first|his first|"
    r"(?:at least |more than |over |about |around |an estimated |nearly |up to )?[\w,]+ (?:[a-z]+ "
    r")?lives\b)"
)
AUX_BEFORE = re.compile(rf"\b(?:{_BE}|not|no|self)[ -](?:[a-z]+ly |also |then |being )?\Z")
NOUN_BEFORE = re.compile(
    r"\b(?:the|an?|no|any|these|those|his|her|its|their|some|many|other|several|conflicting|press|"
    r"news|media|"
    r"initial|early|of|such|similar|first|member|police|this|various|alleged)[ ]\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
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


ROLES = {
    "according": ACCORDING,
    "passive_by": DENIED,
    "denies": DENIED,
    "reported": REPORTED,
    "figures_from": ACCORDING,
}


def find_cues(text: str, start: int, end: int) -> list[Cue]:
    """Return the cues of one sentence in order."""
    found: list[Cue] = []
    free = start
    for word in WORD.finditer(text, start, end):
        if word.start() < free:
            continue
        turned = text[word.start() - 2 : word.start()] in TURNING
        if not turned and word[0].lower() not in TRIGGERS:
            continue
        match = CUE.match(text, word.start(), end)
        if match is None:
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


def _closes_a_clause(text: str, cue: Cue, start: int) -> bool:
    """Whether a whole clause or a quotation stands before the speaker and the verb."""
    lead = QUOTED_FIRST.search(text, max(start, cue.start - 90), cue.start)
    if lead is None:
        return False
    comma = lead.start() + lead[0].find(",")
    if text.startswith(",", cue.end):
        return True
    return not lead[0][0].isalnum() or FINITE.search(text, start, comma) is not None


def _speaks(text: str, cue: Cue, start: int, end: int) -> bool:
    """Refuse nouns ("the report"), losses ("claimed 40 lives") and passives without a speaker."""
    word = text[cue.start : cue.end]
    before = text[max(start, cue.start - 40) : cue.start]
    after = text[cue.end : min(end, cue.end + 60)]
    if word.startswith("claim") and cue.shape in ("any", "complement") and NOT_A_CLAIM.match(after):
        return False
    if cue.shape in (
        "any",
        "complement",
        "believes",
        "describes",
        "reported",
        "denies",
        "told",
        "put_at",
        "revised",
    ):
        if AUX_BEFORE.search(before):
            return False
        if NOUN_BEFORE.search(before) and (
            word.endswith(("s", "ed", "t", "d", "g")) and word not in ("said", "says")
        ):
            return False
    if word in NOUN_TOO and before.endswith(("that ", "on ", "of ", "to ", "in ")):
        return False
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
