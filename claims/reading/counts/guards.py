"""Numbers that count nothing: years, names, times, codes, calibres, scores, references."""

import re

from claims.reading.counts.numbers import Number

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
THINGS = (
    r"people|persons?|soldiers?|troops|civilians?|fighters?|rebels?|men|women|children|deaths?|"
    r"dead|killed|wounded|injured|injuries|casualties|victims?|refugees|inhabitants|residents|"
    r"votes?|seats|houses?|homes?|buildings?|tons?|tonnes|kilomet(?:re|er)s?|km|miles?|met(?:re|"
    r"er)s?|"
    r"feet|hectares|acres|square|cubic|dollars|euros|pounds|cases|members|families|households|"
    r"prisoners|hostages|passengers|workers|students|protesters|demonstrators|police|officers|"
    r"vehicles|tanks|aircraft|ships|guns|rounds|barrels|litres|kg|kilograms?|mg|MW|GW|kWh|regulars|"
    r"militia|infantry|cavalry|captured|missing|defected|displaced|evacuated|homeless|arrested|"
    r"spectators|schools|villages|hours|minutes|seconds|days|weeks|months|years|degrees|per"
)
_NO_ADJECTIVE = (
    r"(?!(?:an?|the|its|his|her|their|this|that|all|both|no|was|were|had|has|waited|one|two|three|"
    r"four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|hundred)\b)"
)
COUNTED = re.compile(
    rf" {_NO_ADJECTIVE}(?:{_NO_ADJECTIVE}[a-z][\w'-]{{0,20}} ){{0,2}}(?:{THINGS})\b"
)
NAME_BEFORE = re.compile(
    r"(?:\b(?:No|no|Nos|Number|number|Article|article|Section|Chapter|chapter|Resolution|"
    r"resolution|Camp|"
    r"Flight|flight|Route|Highway|Interstate|Line|Channel|Type|type|Mark|Mk|Class|Group|Zone|"
    r"Block|Sector|District|Ward|Room|Gate|Platform|Page|page|pages|p|pp|vol|Volume|Vol|Act|Part|"
    r"Phase|phase|Stage|stage|Category|category|Level|level|Grade|grade|Table|Figure|Fig|Area|Unit|"
    r"Building|[Rr]ow|[Ss]eat|[Ll]ane|[Tt]rack|[Bb]us|[Tt]ram|[Cc]oach|[Cc]arriage|[Ff]loor|"
    r"[Ss]ero(?:group|type)|[Ss]train|[Gg]enotype|[Ss]ubtype|[Cc]lause|[Pp]aragraph|[Qq]uestion|"
    r"[Aa]nnex|[Ee]xhibit|[Cc]ount (?=\Z)|[Ss]haft|[Ww]ell|[Bb]lock|"
    r"Reactor|reactor|Terminal|Pier|Runway|runway|Boeing|Airbus|Formula|Super|Season|season|"
    r"Episode|"
    r"Day|Game|Round|round|Week|Lot|Plot|Apollo|Title|Bill|Proposition|Order|Decree|Law|Case|Psalm|"
    r"Genesis|Exodus|John|Luke|Matthew|Mark|size|force|Force|Beaufort|version|Version|aged?|"
    r"Appendix|Item|Rule|Rank|"
    r"ranked|Hill|Point|Bay|Tower|Engine|Station|Battery|Battalion|Task Force|Team)\.?"
    r"|[#\u00a7\u2116/=_@^]|:(?=\Z)|\bU-|[A-Za-z]-|[A-Za-z]\u2013(?=\Z))[ ]?\Z"
)
CAPITAL_BEFORE = re.compile(r"(?:\A|[ (\"'\u201c\u2018/])([A-Z][\w'\u2019.-]{0,30}) \Z")
NO_NAMES = frozenset(
    "About Around Over Some Nearly Almost Roughly Approximately The In On At By Of From To Between "
    "And Or But For With After Before Until Since Total An A As All Another Other These Those Its "
    "Their His Her Our Up More Than Only Just Least When While Where Of Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday There Then Also Later Meanwhile Additionally However "
    "Including "
    "Both Was Were Had Has Have Is Are Every Each Killed Injured Dead Wounded Missing Captured".split()  # noqa: E501
)
AGE_AFTER = re.compile(
    r"-year-old(?: [a-z]+)?(?: (?:man|woman|boy|girl|child|son|daughter|student|driver|worker|"
    r"farmer|gunman|teacher|soldier|widow|patient|victim|pilot)\b| [A-Z][a-z]+ [A-Z][a-z])"
)
AGE_OF = re.compile(
    r"\b[Aa]n? (?:[a-z]+ )?(?:man|woman|boy|girl|widow|(?!number|quarter|order|tower|layer|power|"
    r"matter|corner|factor|cluster|chapter|river|letter|total|border|summer|winter)[a-z]{3,}"
    r"(?:er|or|ist|ian|ant|herd)) of \Z"
)
AGED_NEXT = re.compile(r"[,.;)]| (?:who|was|from|in|had|died|told|said)\b")
AGE_BESIDE = re.compile(r", (?:who|whose|said|a |an |the |was|is|told)|,? ?(?:\Z|[)])")
NAME_COMMA = re.compile(r"[A-Z][\w'\u2019-]+ [A-Z][\w'\u2019-]+, \Z")
TIME_AFTER = re.compile(r" ?(?:a\.?m\b|p\.?m\b|o'clock|UTC|GMT|hrs\b|:[0-9]|h[0-9]{2}\b)")
TIME_BEFORE = re.compile(r"[0-9]:\Z|\b[0-9]{1,2}\.\Z")
UNIT_NAME_AFTER = re.compile(
    r" (?:[A-Z][\w'-]+ ){0,3}(?:Regiment|Brigade|Division|Battalion|Corps|Squadron|Company|Battery|"
    r"Army|Wing|Commando|Group|Platoon|Street|Avenue|Road|Downing|Democratic|Movement)\b"
)
CALIBRE_AFTER = re.compile(
    r" ?-?mm (?:guns?|howitzers?|mortars?|cannons?|shells?|rounds?|artillery|pistols?|rifles?|"
    r"calib|"
    r"ammunition|bullets?|rockets?|anti|self|field|machine)|[\u00d7x][0-9]|-pounder|-inch (?:gun|"
    r"shell)|\u00b0|\u2032|"
    r"px\b|pt\b|em\b|vh\b|rem\b"
)
STRING_BEFORE = re.compile(r"(?:[0-9][-\u2013/.:]|[A-Za-z_/\\][-_/\\.]?|[A-Z][0-9]*-|\.)\Z")
STRING_AFTER = re.compile(
    r"(?:[-\u2013/][0-9]+[-\u2013/][0-9]|st\b|nd\b|rd\b|th\b|[A-Za-z_]{2,}[0-9]|[A-Z]\b(?! )|"
    r"\.[A-Za-z]{2,4}\b|:[0-9]|/[0-9])"
)
ERA_AFTER = re.compile(r"(?:\u2013[0-9]+)? ?(?:BCE?|AD|CE|AH)\b")
ERA_BEFORE = re.compile(r"\b(?:AD|CE|AH) \Z")
ERAS = ("AD ", "CE ", "AH ")
SCORE_BEFORE = re.compile(
    r"\b(?:won|win|wins|winning|lost|losing|beat|beating|defeated|defeating|victory|score|scored|"
    r"draw|"
    r"drew|defeat|tied|tie|scoreline|final|match|game|set|sets|goals?|lead|led|"
    r"aggregate)\b[^.;\n]{0,40}\Z"
)
YEAR = re.compile(r"(?:1[0-9]{3}|20[0-9]{2}|2100)\Z")
IDIOM_ONE = re.compile(
    r" (?:another|day|time|side|hand|way|thing|reason|point|example|or the other|can|could|must|"
    r"should|"
    r"may|might|would|who|that|which|by one|of the (?:most|first|main|major|key|few|last|best|"
    r"worst|"
    r"largest|biggest|oldest|leading|deadliest|longest|greatest|earliest|highest|only|strongest|"
    r"heaviest|richest|poorest|top|more|world'?s|country'?s|reasons|causes|[a-z]+est)\b|"
    r"of (?:them|several|many|his|her|its|their|my|our|Mali|those|these) )|-(?:sided|way|off|time|"
    r"on-one|man|party|star|word|"
    r"dimensional|act|shot|handed|eyed|stop|self|size)|\u2019s|'s|[.,;:?!]|\)|\Z| (?:is|was|has|"
    r"had|to|in|on|for|as|with|and|at|from|but|believes?)\b"
)
ONE_BEFORE = re.compile(
    r"\b(?:no|any|every|each|the|this|that|another|(?<!in )(?<!of )which|day|for|only|as|at|by|"
    r"not a single|some|square|"
    r"the other|number|loved|first|last|new|old|big|good)[ -]\Z",
    re.IGNORECASE,
)
SPEAKS_NEXT = re.compile(
    r" (?:[\w'-]+ ){1,3}?(?:,[^,.]{0,120},? )?(?:said|says|told|stated|claimed|described|reported|"
    r"recalled|explained|noted|wrote|argued|suggested|interviewee)\b"
)
WORD_AFTER = re.compile(
    r"(?: |-)(?!and\b|or\b|to\b|in\b|on\b|at\b|by\b|for\b|with\b|but\b|from\b|as\b|is\b|"
    r"that\b)[A-Za-z]"
)


def counts_nothing(text: str, number: Number, floor: int, limit: int) -> bool:
    """Whether a number of a block [floor, limit) is a name, a code, a time or an idiom."""
    before = text[max(floor, number.start - 48) : number.start]
    after = text[number.end : min(limit, number.end + 160)]
    aged = before.endswith(" of ") and AGED_NEXT.match(after) and AGE_OF.search(before)
    if aged or AGE_AFTER.match(after):
        return True
    if number.form == "words":
        return _is_idle_word(text[number.start : number.end].lower(), before, after)
    if number.form in ("part", "vague"):
        return False
    return (
        _is_code(before, after)
        or _is_age_beside(before, after)
        or _is_time(before, after)
        or _is_name(text, number, before, after, floor)
        or ERA_AFTER.match(after) is not None
        or (before.endswith(ERAS) and ERA_BEFORE.search(before) is not None)
    )


def _is_age_beside(before: str, after: str) -> bool:
    """As in "Ann Lee, 40, was"."""
    return (
        before.endswith(", ")
        and AGE_BESIDE.match(after) is not None
        and NAME_COMMA.search(before) is not None
    )


def is_bare_year(written: str, before: str, after: str) -> bool:
    """Whether four digits read as a year here rather than as a count."""
    if not YEAR.match(written):
        return False
    return not COUNTED.match(after)


def is_score(before: str) -> bool:
    """Whether "3\u20131" after these words would be the result of a game."""
    return SCORE_BEFORE.search(before) is not None


def _is_code(before: str, after: str) -> bool:
    return bool(
        (not before.endswith(" ") and STRING_BEFORE.search(before, _last_word(before)))
        or STRING_AFTER.match(after)
        or CALIBRE_AFTER.match(after)
        or UNIT_NAME_AFTER.match(after)
    )


def _is_time(before: str, after: str) -> bool:
    return TIME_AFTER.match(after) is not None or (
        before.endswith((":", ".")) and TIME_BEFORE.search(before) is not None
    )


def _last_word(before: str) -> int:
    """Where the last word of some words begins; one blank may stand behind it."""
    return before.rfind(" ", 0, -1) + 1


def _is_name(text: str, number: Number, before: str, after: str, floor: int) -> bool:
    if number.unit or number.scale != 1 or "," in text[number.start : number.end]:
        return False
    if NAME_BEFORE.search(before, _last_word(before)):
        return not COUNTED.match(after) or before[-1:] == "-"
    capital = CAPITAL_BEFORE.search(before, max(0, _last_word(before) - 1))
    if capital is None or capital[1] in NO_NAMES or COUNTED.match(after):
        return False
    first_word = number.start - len(capital[0].lstrip()) <= floor + 1
    sentence_start = before[: capital.start() + 1].rstrip().endswith((".", ":", ";"))
    lower_next = re.match(r" [a-z]{3,}s\b", after) is not None
    return not ((first_word or sentence_start) and lower_next) and not lower_next


def _is_idle_word(word: str, before: str, after: str) -> bool:
    if word == "one":
        return bool(ONE_BEFORE.search(before) or IDIOM_ONE.match(after) or SPEAKS_NEXT.match(after))
    if before.endswith(("-", "the other ", "these ")) and not before.endswith(" -"):
        return before.endswith("-")
    return False
