"""How dates are written: absolute, partial, ranges, decades and relative ones."""

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

_M = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_D = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9])"
_Y = r"(?:1[0-9]{3}|20[0-9]{2})(?![0-9])"
_TO = r"(?: ?[\u2013\u2014-] ?| to | until | through | till )"
_OR = r"(?: ?[\u2013\u2014/-] ?| to | and | or | through | until | & )"
_PHASE = (
    r"(?:[Ee]arly|[Mm]id|[Ll]ate|[Tt]he (?:very )?(?:end|beginning|start|middle) of"
    r"|[Ee]nd of|[Bb]eginning of)[ -]"
)
_START = r"(?<![0-9A-Za-z,.$\u20ac\u00a3/-])"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WEEKDAY = rf"(?:{_DAY},? (?:the )?)?"
_COUNT = (
    r"(?:[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|"
    r"[Ee]leven|[Tt]welve|[Tt]hirteen|[Ff]ourteen|[Ff]ifteen|[Tt]wenty|[0-9]{1,2}|several)"
)

SHAPES: tuple[tuple[str, str], ...] = (
    ("iso", rf"{_START}(?P<y>{_Y})-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-3][0-9])(?![0-9-])"),
    ("iso", rf"{_START}(?P<d>0?[1-9]|[12][0-9]|3[01])\.(?P<m>0?[1-9]|1[0-2])\.(?P<y>{_Y})"),
    (
        "dmy_dmy",
        (
            rf"{_START}(?P<d>{_D}) (?P<m>{_M})(?:,? (?P<y>{_Y}))?{_TO}(?P<d2>{_D}) (?P<m2>{_M})"
            rf"(?:,? (?P<y2>{_Y}))?"
        ),
    ),
    (
        "dmy_dmy",
        (
            rf"\b[Bb]etween (?P<d>{_D}) (?P<m>{_M})(?:,? (?P<y>{_Y}))? and (?P<d2>{_D}) "
            rf"(?P<m2>{_M})(?:,? (?P<y2>{_Y}))?"
        ),
    ),
    (
        "mdy_mdy",
        (
            rf"\b[Bb]etween (?P<m>{_M}) (?P<d>{_D})(?:,? (?P<y>{_Y}))? and (?P<m2>{_M}) "
            rf"(?P<d2>{_D})(?:,? (?P<y2>{_Y}))?"
        ),
    ),
    (
        "mdy_mdy",
        (
            rf"{_START}(?P<m>{_M}) (?P<d>{_D})(?:,? (?P<y>{_Y}))?{_TO}(?P<m2>{_M}) (?P<d2>{_D})"
            rf"(?:,? (?P<y2>{_Y}))?"
        ),
    ),
    (
        "dd_my",
        (
            rf"(?:\b(?:[Ff]rom|[Bb]etween) )?{_START}(?P<d>{_D}){_OR}(?P<d2>{_D}) (?:of "
            rf")?(?P<m>{_M})(?:,? (?P<y>{_Y}))?"
        ),
    ),
    (
        "mdd_y",
        (
            rf"(?:\b(?:[Ff]rom|[Bb]etween) )?{_START}(?P<m>{_M}) (?P<d>{_D}){_OR}(?P<d2>{_D})(?:,? "
            rf"(?P<y>{_Y}))?"
            r"(?![0-9]| ?[a-z]{2}\b(?<= am| pm))"
        ),
    ),
    (
        "dmy",
        (
            rf"{_START}~?{_WEEKDAY}(?P<d>{_D}) (?:of )?(?P<m>{_M})(?:,? (?P<y>{_Y}))?(?: "
            rf"\(unsure[^)\n]{{0,30}}\))?"
        ),
    ),
    ("mdy", rf"{_START}~?{_WEEKDAY}(?P<m>{_M}) (?:the )?(?P<d>{_D})(?:,? (?P<y>{_Y}))?"),
    (
        "my_my",
        (
            rf"(?:\b(?:[Ff]rom|[Bb]etween) )?{_START}(?P<m>{_M})(?: (?P<y>{_Y}))?(?:{_TO}| and "
            rf")(?P<m2>{_M}) (?:of )?(?P<y2>{_Y})"
        ),
    ),
    ("my", rf"{_START}(?:{_PHASE})?~?(?P<m>{_M}),? (?:of )?(?P<y>{_Y})"),
    (
        "sy",
        (
            rf"{_START}(?:{_PHASE})?(?P<s>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter) (?:of "
            rf")?(?P<y>{_Y})"
        ),
    ),
    ("pm", rf"{_START}(?:{_PHASE})(?P<m>{_M})"),
    (
        "m",
        (
            rf"(?<= )(?=[A-Z])(?:(?<=\b[Ii]n )|(?<=\b[Bb]y )|(?<=[Ss]ince )|(?<=[Uu]ntil )|"
            rf"(?<=[Dd]uring )|(?<=\b[Oo]f )"
            rf"|(?<=[Bb]etween )|(?<=[Ff]rom )|(?<=[Ll]ast )|(?<=[Bb]efore )|(?<=[Aa]fter )|"
            rf"(?<=[Tt]hrough ))(?P<m>{_M})"
            r"(?! ?[0-9]{1,2}(?![0-9]))(?![a-z-])"
        ),
    ),
    ("bare_m", rf"~?(?P<m>{_M})(?![a-z])"),
    (
        "decade",
        (
            rf"{_START}(?:(?:[Ee]arly|[Mm]id|[Ll]ate|[Tt]he)[ -](?:to[ -])?(?:the )?)*(?P<y>(?:1[0-9]|"  # noqa: E501
            rf"20)[0-9])0'?s\b"
        ),
    ),
    (
        "y_y",
        (
            rf"(?:\b[Ff]rom )?{_START}(?P<y>{_Y})(?:{_TO})(?P<y2>{_Y}|"
            rf"[0-9]{{2}}(?![0-9]))(?!-?[0-9]|,[0-9])"
        ),
    ),
    ("y_y", rf"\b[Bb]etween (?P<y>{_Y}) and (?P<y2>{_Y})"),
    ("y", rf"{_START}(?P<y>{_Y})(?![,.][0-9]|[A-Za-z%/]|-[0-9])"),
    (
        "same_day",
        (
            r"\b(?:[Ll]ater|[Ee]arlier) (?:that|the same|in the) (?:day|evening|night|afternoon|"
            r"morning)\b"
            r"|\b[Tt]he same (?:day|evening|night|morning|afternoon)\b"
            r"|\b[Tt]hat (?:same )?(?:day|evening|night|morning|afternoon)\b"
        ),
    ),
    (
        "weekday",
        (
            r"\b(?:(?:[Oo]n|[Bb]y|[Uu]ntil|[Ff]rom|[Ss]ince|[Ll]ate|[Ee]arly) (?:the )?|"
            r"(?P<which>(?:[Tt]he )?(?:[Ll]ast|[Nn]ext|[Ff]ollowing|[Pp]revious|[Ss]ame)|[Tt]hat) )"
            rf"(?P<weekday>{_DAY})(?:(?: (?:morning|afternoon|evening|night))?\b)"
            r"(?!['\u2019]s| [A-Z0-9])"
        ),
    ),
    (
        "next_day",
        (
            r"\b[Tt]he (?:next|following) (?:day|morning|evening|night|afternoon)\b|\b(?:[Aa]|[Oo]ne) "  # noqa: E501
            r"day (?:later|after)\b"
        ),
    ),
    (
        "day_before",
        (
            r"\b[Tt]he (?:previous|preceding) (?:day|evening|night)\b"
            r"|\b[Tt]he (?:day|evening|night) before\b|\b(?:[Aa]|[Oo]ne) day (?:earlier|before)\b"
        ),
    ),
    (
        "later",
        rf"\b(?P<n>{_COUNT}) (?P<u>day|week|month|year)s? (?P<dir>later|afterwards?|earlier)\b",
    ),
    ("period", r"\b(?P<which>[Tt]he) (?P<u>month|year) (?P<dir>before|after)\b"),
    (
        "period",
        (
            r"\b(?P<which>[Tt]he (?:next|following|previous|same)|[Tt]hat(?: same)?|[Dd]uring the|"
            r"[Ll]ater that|[Ll]ater in the)"
            r" (?P<u>month|year|week)\b"
        ),
    ),
)
WITH_MONTH = frozenset("dmy_dmy mdy_mdy dd_my mdd_y dmy mdy my_my my pm m bare_m".split())
PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in SHAPES)
RELATIVE = frozenset({"weekday", "same_day", "next_day", "day_before", "later", "period"})
