"""What infobox keys and table headers say about the numbers below them."""

import re
from functools import lru_cache

LAYOUT = re.compile(
    r"image|caption|\bmap|map_|coord|latit|longit|lat_|long_|width|size$|upright|zoom|\burl|"
    r"website|"
    r"\bid$|isbn|issn|oclc|doi|code|colou?r|align|font|float|border|style|logo|flag|alt$|pushpin|"
    r"time_?zone|utc|iso_|postal|pmid|native_name|blank_name|footnote|ref$|refs$|references?$|"
    r"mapframe|"
    r"label|module|embed|\blang|nowrap|wikidata|phone|area_code|_type$|_note$|seats_title|signature"
)
COUNTS = re.compile(
    r"casualt|killed|dead|death|fatal|injur|wound|victim|strength|troops|people|population|total|"
    r"number|"
    r"count|votes?\b|seats?|%|percent|share|turnout|attend|cases|recover|affected|displaced|"
    r"missing|"
    r"captured|losses|damage|cost|area|budget|amount|revenue|size|capacity|passengers|crew|toll|"
    r"evacuat|"
    r"arrest|survivor|magnitude|depth|length|height|elevation|electorate|registered|gdp|houses|"
    r"homes|tons|tonn|displacement|"
    r"participants|protesters|members|refugees|aboard|households|speed|perps|output|production|"
    r"sick|infected|"
    r"hospital|units|ships|aircraft|tanks|guns|civilian"
)

DATED = re.compile(r"as_?of|\byear|date|established|founded|opened|built")


@lru_cache(maxsize=1024)
def label_is_layout(label: str) -> bool:
    """Whether an infobox key holds picture sizes, codes and the like."""
    return LAYOUT.search(label.casefold()) is not None


@lru_cache(maxsize=1024)
def label_counts(label: str) -> bool:
    """Whether a bare number under this key or header is a quantity."""
    folded = label.casefold()
    return COUNTS.search(folded) is not None and DATED.search(folded) is None
