"""Words that tell what is measured and which sort of people is counted."""

import re
from functools import lru_cache

from claims.reading.languages.english import ENGLISH

MEASURES = (
    ("executed", r"execut\w+|massacr\w+|behead\w+|lynch\w+"),
    (
        "killed",
        (
            r"kill\w*|dead|deaths?|die[sd]?|dying|fatalit\w+|slain|perish\w+|bodies|lives|loss|"
            r"drown\w+|murder\w*|victims?|toll|buried|burials?|mortality"
        ),
    ),
    ("injured", r"injur\w+|wound\w+|hurt|treated|hospitali[sz]ed"),
    ("missing", r"missing|disappear\w+|unaccounted"),
    (
        "captured",
        r"captur\w+|prisoners?|hostages?|detain\w+|held|holding|abducted|kidnapped|captives?",
    ),
    ("arrested", r"arrest\w*"),
    ("defected", r"defect\w+|desert\w+|surrender\w+"),
    ("displaced", r"displac\w+|fle[de]\w*|refugees?|evacuat\w+|homeless|refuge|uprooted|borders?"),
    ("infected", r"cases?|infect\w+|ill|sick\w*"),
    ("survived", r"surviv\w+|rescu(?:ed|ing)|saved|saving"),
    ("destroyed", r"destroy\w*|damaged|burn\w*|collaps\w+|sunk|downed|flooded|demolish\w+"),
    (
        "attendance",
        (
            r"attend\w*|part|participa\w+|spectators?|crowds?|protest\w*|demonstrat\w+|march\w*|"
            r"rall\w+|gather\w*|audiences?|present"
        ),
    ),
    ("aboard", r"aboard|board(?:ed)?|carrying"),
    ("travelling", r"passengers?|crew"),
    ("jobs", r"jobs?|layoffs?|redundanc\w+"),
    ("duration", r"last(?:ed|s|ing)|duration"),
    ("votes", r"votes?|voted|ballots?"),
    ("turnout", r"turnout"),
    ("seats", r"seats?"),
    ("casualties", r"casualt\w+|losses"),
    (
        "cost",
        r"cost\w*|budget\w*|damages?|worth|spent|spending|deficits?|shortfalls?|revenue|expenditure|paid|price",
    ),
    ("population", r"population|inhabitants|residents|residing|census"),
    ("affected", r"affected|hungry|starv\w+|malnourish\w+"),
    (
        "strength",
        r"strength|troops|fighters|force of|soldiers|deployed|regulars|militia|paramilitar\w+",
    ),
    ("magnitude", r"magnitude"),
)
_COMPILED = tuple((name, re.compile(rf"(?:{words})", re.IGNORECASE)) for name, words in MEASURES)
LABELS = (
    ("strength", "strength|troops|force"),
    ("killed", "casualt|death|killed|fatal|dead|toll|losses"),
    ("injured", "injur|wound"),
    ("missing", "missing"),
    ("displaced", "displac|refugee|evacu|homeless"),
    ("population", "population"),
    ("attendance", "attend|participants|number"),
    ("cost", "damage|cost|budget|revenue"),
    ("infected", "cases|infected"),
    ("arrested", "arrest"),
    ("votes", "vote"),
    ("turnout", "turnout"),
    ("seats", "seats"),
    ("aboard", "aboard|passengers|crew|occupants"),
    ("survived", "surviv"),
    ("magnitude", "magnitude"),
    ("captured", "captur|prisoner"),
)
PEOPLE = frozenset(ENGLISH.words("measures.people"))
CLASSES = ENGLISH.table("measures.classes")
CLASS_OF = ENGLISH.table("measures.class_of")


@lru_cache(maxsize=4096)
def class_of(word: str) -> str:
    """Return the sort of people a word in lower case names, "" for most words."""
    return next((name for stem, name in CLASS_OF.items() if word.startswith(stem)), "")


@lru_cache(maxsize=4096)
def measure_named(word: str) -> str:
    """Return the measure that a word in lower case names, "" for most words."""
    return next((name for name, words in _COMPILED if words.fullmatch(word)), "")


@lru_cache(maxsize=1024)
def measure_labelled(label: str) -> str:
    folded = label.casefold()
    return next((name for name, words in LABELS if re.search(words, folded)), "")
