"""Words and signs around numbers that the grammar of figures asks about."""

import re

JOINER = re.compile(
    r"(?P<dash> ?[\u2013\u2014-] ?)|(?P<to>,? (?:up )?to )|(?P<or>,? or (?:perhaps |possibly |even "
    r"|maybe )?|, perhaps |/)|(?P<and> and )\Z"
)
PLUS_MINUS = re.compile(
    r"(?:,? plus or minus | ?\(?(?:\+/[-\u2013]|\u00b1) ?)([0-9][0-9,.]*[0-9]|[0-9])( ?%)?\)?"
)
CHANGES = re.compile(
    r"\b(?:rose|risen|rise|rising|increas\w+|grew|grow\w*|fell|fall\w*|drop\w*|decreas\w+|"
    r"declin\w+|reduc\w+|went|jump\w*|"
    r"climb\w*|cut|expand\w*|rais\w+|lower\w*|revis\w+|chang\w+|shr[aiu]nk|shrinking|down|up|"
    r"soar\w*|surg\w+|mov\w+|slump\w*)\b"
    r"[^.;\n]{0,60}\bfrom (?:[a-z]+ ){0,4}\Z"
)
PLURAL_AHEAD = re.compile(
    r"(?:-(?:day|hour|week|month|year|minute|mile|kilometre|kilometer|km|ton|tonne|metre|meter|"
    r"member|storey|story|"
    r"seat|man|person|foot|nation|point|vote|run|goal)\b|-old\b"
    r"| (?:of (?:the|its|his|her|their|these|those|them|which|whom|our)\b|others?\b|more\b|were\b|"
    r"are\b|had\b|have\b|died\b|"
    r"killed\b|dead\b|wounded\b|injured\b|missing\b|people\b|men\b|women\b|children\b|police\b|"
    r"aircraft\b|personnel\b|crew\b|troops\b|"
    r"(?:[\w'\u2019/-]+,? (?:and )?){0,4}?(?:[a-z'-]{2,}s|people|men|women|children|aircraft|"
    r"personnel|crew|police|staff|fishermen|policemen|"
    r"servicemen|cattle|livestock|sheep|feet|per cent|percent)\b))"
)
ONE_LOST = re.compile(
    r"\b(?:kill|killed|killing|kills|died|dies|dead|death|deaths|wounded|wounding|injured|injuring|"
    r"injury|captured|capturing|lost|losing|missing|"
    r"destroyed|sunk|sank|arrested|executed|shot|damaged|survived|survivor|drowned|drowning|"
    r"casualt\w+|fatalit\w+|broke|crashed|"
    r"left|released|kidnapped|rescued|downed|seized|abducted|beheaded|hanged|won|confirmed|"
    r"detained|disabled|burned|burnt|collapsed|hospitali[sz]ed)\b"
)
AGED = re.compile(
    r"\b(?:children|people|those|aged|women|men|were|persons|girls|boys|infants|anyone|all) \Z"
)
TOLD_AS = re.compile(
    r"\b(?:number|toll|count|figure|total)\b[^.,;]{0,30} (?:as|at|was|to|is) \Z"
    r"|\b(?:show(?:s|ed)?|gave|gives?|count(?:s|ed)|list(?:s|ed)|found|record(?:s|ed)) "
    r"(?:only|just) \Z"
    r"|\b(?:crew|party|team|group|band|family|jury|squad|staff|garrison|force|gang|"
    r"delegation) of \Z"
)
ELLIPSIS = re.compile(
    r"[.,;]| (?:in|at|on|by|from|and|could|would|did|can|may|must|will|survived|escaped|remained) "
)
"""What may follow a number word whose noun stood with the figure before it."""
ONE_WAS = re.compile(r" (?:was|were|had|died|later)\b")
LONG = 20_000
"""A piece longer than this is first judged by its beginning."""
MANY, DENSE = 40, 12
"""More numbers than this in one block, one every dozen characters, are no prose."""
ZERO_OF = re.compile(r" (?:[a-z]+ )?(?:deaths|casualties|injuries|cases|votes|seats|fatalities)\b")
ONE_OR = re.compile(r" or (?:two|more)\b")
ONE_FELL = re.compile(
    r" (?:was |were |had |later )*(?:been )?(?:died|killed|wounded|injured|drowned|missing|dead|"
    r"sank|sunk|shot down|captured|arrested|crashed)\b"
)
ONE_NOUN = re.compile(
    r" (?!(?:of|in|on|at|to|and|or|as|by|with|that|who|from|for|day|week|month|year|"
    r"hour)\b)[A-Za-z][\w'\u2019-]*(?: [A-Za-z][\w'\u2019-]*)?"
)
ONE_OF_MANY = re.compile(
    r" of (?:the|its|his|their|these) (?:two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|[0-9]+)\b"
    r"| (?:vote|seat|death|casualty|fatality|person|injury|survivor|goal)\b"
)
