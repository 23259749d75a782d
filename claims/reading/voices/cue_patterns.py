"""The shapes of cues: phrases, and verbs of the lexicon with what must follow them."""

import re

from claims.reading.voices import verbs
from claims.reading.voices.verbs import either, forms, past_forms

# Nouns of people and papers as well as verbs: these forms speak only where a complement follows.
_NOUNS_TOO = frozenset("claim claims state states quip quips".split())
_FREE = either(set(forms(verbs.FREE + " state claim")) - _NOUNS_TOO - {"say", "announce"})
_THAT = either(forms(verbs.WITH_THAT))
_NUMBER = either({*forms(verbs.WITH_NUMBER), "settled on", "settles on"})
_OBJECT = either(forms(verbs.WITH_OBJECT))
_DOING = either(forms(verbs.WITH_DOING))
_PREPOSITIONS = "|".join(
    f"(?:{either(forms(lemmas))}) {word}" for word, lemmas in verbs.WITH_PREPOSITION.items()
)
_HEARERS = either(forms(verbs.TO_SOMEBODY))
_AT = either(forms(verbs.AT_OR_AS))
_CLOSING = either(forms(verbs.CLOSING))
_DESCRIBES = either(forms(verbs.DESCRIBING))
_REVISES = either(word for word in forms(verbs.REVISING) if not word.endswith("ing"))
_DENIES = either(forms(verbs.DENYING))
_DENIES_CLAIM = either(forms(verbs.DENYING_A_CLAIM))
_DENIED = either(past_forms(f"{verbs.DENYING_A_CLAIM} refute"))
_COUNTED = either(past_forms(verbs.COUNTED_BY))
_PUT = either(past_forms(verbs.AT_OR_AS))

_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    "dozen|dozens|hundred|hundreds|thousand|thousands|million|tens|scores"
)
_N = rf"(?:~?[0-9$\u20ac\u00a3]|(?:{_WORDS})\b)"
_LEAD = (
    "only |just |the deaths? of |the loss of |a total of |at least |more than |over |about |around "
    "|up to |some |nearly |barely |merely |almost |exactly |no (?:more|fewer|less) than |less than "
    "|close to |well over |an estimated |as few as |(?:an? |the )?(?:figure|number|total|toll) "
    '(?:nearer|closer|close) to |["\u201c]|(?:(?:an?|the|its|their) )?(?:[a-z]+ ){1,3}of |an? |'
    "as many as |between |roughly |approximately |fewer than |the |its |another "
)
_TELLING = "death toll|number|toll|total|losses|damage|figure|cost|population"
AHEAD_THAT = (
    r"(?: that\b|, ?[\"'\u201c\u2018]|:| [\"'\u201c\u2018]| (?:in|on|at|to|during|from|before) "
    r"[^.,;]{1,40} that\b| (?:home|back|again|publicly|privately|"
    r"repeatedly|openly|officially) that\b|"
    r" (?:he|she|they|it|there) (?:had|has|have|was|were|is|are|would|will)\b)"
)
AHEAD_NUMBER = rf"(?: (?:{_LEAD})?(?:[a-z]+ (?:in|at|among) )?(?:{_N}|{_TELLING}))"
_PHRASAL = "|".join(
    f"(?:{either(forms(verb))}) {rest}"
    for verb, rest in (phrase.split(" ", 1) for phrase in verbs.PHRASAL.split("|"))
)
_SOON = rf"(?: [\"\u201c]?[\w'\u2019-]+){{0,8}}? [\"\u201c]?{_N}"
_DOES = rf" (?:having |[a-z]+ing )(?:[\"\u201c]?[\w'\u2019-]+ ){{0,5}}?[\"\u201c]?{_N}"
_BE = r"(?:is|are|was|were|be|been|being)"
_ADVERB = (
    "(?: (?:also|now|widely|generally|initially|originally|first|later|officially|then|still|"
    "once))?"
)
_WEAK = (
    "reported|said|believed|alleged|thought|claimed|estimated|rumou?red|understood|presumed|"
    "feared|considered|known|confirmed|suspected"
)
_COUNTS = (
    "count|reckoning|estimates?|tally|figures|calculations?|account|assessment|numbers|accounting"
)
_VIEWS = f"{_COUNTS}|view|opinion|telling|version|words|analysis|report|survey|census"
_OWNED = r"(?=(?:the |its |their |his |her )?(?:[\w.-]+ ){0,3}?[\w.-]+(?:'s|s'|\u2019s|s\u2019) "
_FIGURES = (
    "figures?|toll|number|estimates?|count|total|tally|forecasts?|projections?|assessment|"
    "statement|claims?"
)
_REPORTS = (
    "[Ff]igures|[Dd]ata|[Ss]tatistics|[Nn]umbers|[Ee]stimates?|[Rr]eports?|[Ss]urveys?|"
    "[Ss]tud(?:y|ies)|[Aa]nalys[ie]s|[Cc]ounts?|[Tt]ally|[Pp]olls?|[Ii]nquiry|[Ii]nvestigation|"
    "[Aa]udits?|[Cc]ensus(?:es)?|[Rr]eviews?|[Aa]ssessments?|[Cc]alculations?"
)
_MANY = (
    r"claims?|statements?|figures?|allegations?|accusations?|reports?|charges?|numbers?|"
    r"estimates?|account|version|tolls?|counts?|results?|total|tally"
)

CUE = re.compile(
    rf"(?P<count_of>\b[Bb]y {_OWNED}(?:own )?(?:{_COUNTS})\b)|\b(?:[IO]n|(?<=, )[io]n|From|By) "
    rf"{_OWNED}(?:[a-z]+ )?(?:{_VIEWS})\b[^.;]{{0,40}}, )"
    rf"|\b(?:[Aa]gainst|[Cc]ompared (?:with|to)|versus|rather than|instead of) {_OWNED}"
    rf"[0-9][0-9.,]*(?: [a-z]+)?(?:[,;.]|\Z)))"
    r"|(?P<according>\b[Aa]ccording to\b|\b[Aa]s per\b|"
    r"(?<=[Ii]n the )(?:view|opinion|words|estimation|estimate|account) of\b|"
    r"(?<=[Bb]y the )(?:reckoning|estimate|account|count) of\b|\bPer (?=the |[A-Z])|"
    r"\bper (?=the (?:UN|US|gov|min)|[A-Z]))"
    rf"|(?P<it_was>\b[Ii]t (?:is|was|has been|had been){_ADVERB} (?:{_WEAK}|announced)"
    r"(?: that\b|(?=[.,])))"
    rf"|(?P<passive_by>\b(?:{_DENIED})(?: as [a-z]+(?: [a-z]+)?)? by\b)"
    rf"|(?P<said_by>\b(?:{_COUNTED}|put forward) by\b(?! (?:[0-9]|about|a (?:third|half|quarter)))"
    rf"|\b(?:{_PUT}) (?:at|as|to be) [^.,;]{{1,40}} by\b)"
    rf"|(?P<passive>\b{_BE}{_ADVERB} (?:{_WEAK}) to\b|\b(?:were|was|has been|have been|is|are|"
    r"being) reported\b(?! by)|\b(?:has|have) been (?:put|estimated|placed) at\b"
    r"(?![^.;]{1,60} by ))"
    r"|(?P<adverb>\b(?:[Rr]eportedly|[Aa]llegedly|[Pp]urportedly|[Ss]upposedly)\b)"
    r"|(?P<reports>(?<=[Tt]here were )(?:also )?(?:conflicting )?reports (?:of|that)\b"
    r"|\bReports of\b|\b(?:[Uu]nconfirmed|[Cc]onflicting|[Ee]arly|[Ii]nitial) reports of\b"
    r"|\b[Rr]eports (?:indicated|suggested|emerged|said|claimed|stated|put|say|suggest|"
    r"indicate|had it)(?: that)?\b)"
    r"|(?P<nouns>\b(?:statements?|accounts?|testimon(?:y|ies)|claims?|allegations?) (?:by|of|from|"
    r"made by)\b(?= (?:the |an? |[A-Z]|local|official)))"
    rf"|(?P<figures_from>\b(?:{_REPORTS}),? (?:by|from)(?= (?:the |an? )?[A-Z])"
    rf"|\b(?:{_REPORTS}) by(?= (?:the |its |their )[a-z])"
    r"|\b[Ee]stimates of(?= [^,.;]{2,40} (?:range|vary|run|differ|put|suggest)\b)"
    r"|\b(?:[Ff]igures|[Dd]ata|[Ss]tatistics|[Nn]umbers|[Ee]stimates?) from(?= the [a-z]))"
    rf"|(?P<denies>\b(?:{_DENIES})\b|\b(?:{_DENIES_CLAIM})\b"
    r"(?= (?:the |this |these |that |his |her |their |its |such |any |all )?(?:[\w'\u2019-]+ "
    rf"){{0,3}}(?:{_MANY})\b))"
    rf"|(?P<told>\btold\b(?= (?!to\b|of\b)[\w'])|\btelling\b(?! of)"
    rf"|\b(?:{_HEARERS})\b(?= [^.,;]{{1,50}} that\b))"
    rf"|(?P<put_at>\b(?:{_AT}) (?=[\w'\u2019 -]{{0,60}}?\b(?:at(?! (?:most|least))|"
    r"as(?! (?:many|few|much|high|low|well))|to be|to have been|to number) "
    rf"[^.;]{{0,30}}?{_N}))"
    rf"|(?P<revised>\b(?:{_REVISES}) (?:it |this |that |(?:(?:the|its|that|this|their|his|her) "
    rf"[\w' -]{{0,40}}?)?(?:{_FIGURES}) (?:(?:of|for|in) [^,;]{{1,40}}? )?)?"
    r"(?:up |down |upwards? |downwards? )?"
    r"(?=(?:from [^;]{1,20}? )?(?:to|at) [^.;]{0,20}?[0-9]))"
    r"|(?P<estimate_was>(?<=[a-z\]] )(?:estimates?|count|tally|figures?|(?<=s )(?:toll|total|"
    r"number|claim|forecast|projection)) (?:was|is|were|are|stood at|ranged? from|of|had "
    r"been) (?=(?:about |over |around |some |between |more than |at least |closer to |as high as "
    r"|as low as |up to |nearly |roughly |almost |only |just )?[0-9]))"
    rf"|(?P<prepared>\b(?:{_PREPOSITIONS})\b"
    rf"(?=(?: [\"\u201c]?[\w'\u2019-]+){{0,5}}? [\"\u201c]?{_N}))"
    r"|(?P<phrase>\b(?:ha[sd]|have) (?:the )?(?:names?|records?|evidence|proof) (?:for|of)\b"
    r"|\bt(?:ook|akes?|aking) credit for\b|\bha[sd] it(?= that\b)"
    r"|\b(?:carried|carries|printed|published|compiled|kept|keeps|drew up|issued|released) "
    rf"(?:an?|the|its|their) (?:[a-z]+ )?(?:list|register|roll|{_FIGURES}) (?:of|with|naming)\b"
    rf"(?=[^.;]{{0,30}}?{_N}))"
    r"|(?P<claim_that>(?<='s |\u2019s |s' )(?:claim|assertion|allegation|statement|estimate|"
    r"contention|belief|suggestion|conclusion|assurance|report|finding|prediction|warning)s? that\b"
    rf"|(?<='s |\u2019s |s' )(?:estimate|figure|count|tally|total), (?={_N}))"
    r"|(?P<traced>\b(?:comes?|came|derives?|derived|stems?|stemmed|originates?|originated|goes|"
    r"dates?|due|traced)(?: back)? (?:from|to|with)\b)"
    r"|(?P<written_in>\bgiven in\b|(?:(?<=was )|(?<=were )|(?<=been ))(?:quoted|cited|reported|"
    r"recorded|mentioned|listed) in\b)"
    rf"|(?P<any>\b(?:{_FREE})\b)"
    rf"|(?P<complement>\b(?:{_THAT})\b(?={AHEAD_THAT})|\b(?:{_NUMBER})\b"
    rf"(?={AHEAD_THAT}|{AHEAD_NUMBER})|\b(?:{_PHRASAL})\b(?={AHEAD_THAT})"
    rf"|\b(?:{_OBJECT})\b(?={_SOON})|\b(?:{_DOING})(?: of| to)?"
    rf"(?={_DOES})|\bg(?:ave|ives?)\b(?= (?:the |an? )?[A-Z]"
    r"[\w'\u2019 ]{1,30}? [0-9.]+(?:%| per ?cent))|\bclaims?\b(?= (?:its|his|her|their|to have) )"
    r"|\bnamed(?= [0-9]+ (?:victims|dead|people|persons)))"
    rf"|(?P<inverted>(?<=, )(?:{_CLOSING})(?= (?:the |an? |[A-Z])))"
    rf"|(?P<closing>\b(?:{_CLOSING})\b"
    r"(?=(?: later| earlier| again)?(?: (?:to|in|on|at) [^.,;0-9]{1,40}|[0-9]{4})?[.,;]))"
    r"|(?P<turned>(?<=[,.?!][\"\u201d\u2019] )[a-z]{3,}(?:ed|id|s)\b"
    r"(?= (?:the |an? |[A-Z]|(?:[a-z]+ ){1,3}[A-Z])))"
    rf"|(?P<believes>\b(?:believed|suggested)\b(?= [a-z]))|(?P<describes>\b(?:{_DESCRIBES})\b)"
    r"|(?P<reported>\b(?:reported|reports|reporting|relayed)\b(?: claims\b)?)"
    r"|(?P<open>[a-z]{3,}(?<!resulted)(?<!ensured)(?<!provided)(?<!happened)(?<!appeared)"
    r"(?<!seemed)(?<!needed)(?<=ed)(?= that (?!day|night|week|month|year|time|same|one)))"
)

_OTHER_FIRST = (
    "according as per in on by from against compared versus rather instead it is are was were be "
    "been being has have had denied also conflicting reports report statement statements account "
    "accounts testimony testimonies allegation allegations figures data statistics numbers number "
    "survey surveys study studies analysis count counts tally told telling figure toll total "
    "estimates estimate arrived arrives arrive poll polls inquiry investigation audit audits "
    "census review reviews assessment assessments calculation calculations view opinion words "
    "reckoning estimation unconfirmed early initial reportedly allegedly purportedly supposedly "
    "forecast projection claim claims relayed named took takes take taking carried carries kept "
    "keeps drew comes came derives derived stems stemmed originates originated goes dates date due "
    "traced assertion contention belief suggestion conclusion assurance finding prediction warning "
    "issued released printed compiled published suggested believed"
)
_LEMMAS = " ".join(
    (
        verbs.FREE, verbs.WITH_THAT, verbs.WITH_NUMBER, verbs.WITH_OBJECT, verbs.WITH_DOING,
        verbs.TO_SOMEBODY, verbs.AT_OR_AS, verbs.DESCRIBING, verbs.REVISING, verbs.DENYING,
        verbs.DENYING_A_CLAIM, verbs.COUNTED_BY, "point make set spell find",
        *verbs.WITH_PREPOSITION.values(),
    )
)  # fmt: skip
INFINITIVES = frozenset(_LEMMAS.split())
TRIGGERS = frozenset((*forms(_LEMMAS), *_OTHER_FIRST.split()))
"""Words a cue can start with: the grammar is tried only there, and before "that"."""
