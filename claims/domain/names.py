"""Names as they are compared: the same for names that a reader cannot tell apart."""

from __future__ import annotations

import unicodedata
from typing import Final

from claims.domain.characters import without_invisible

NAME_CHARACTERS = 300
PUNCTUATION: Final = str.maketrans("‐‑‒–—―−’‘‛ʼʹ′`´＇“”„‟«»", "-------" + "'" * 9 + '"' * 6)
# Small letters that look like Latin ones, alone or as capitals: from confusables.txt of UTS #39
# (Unicode Security Mechanisms, version 15.1), the scripts that names are disguised in.
_LOOK_ALIKES: Final = {
    "a": "ɑаαᎪꓮᴀ", "b": "вьβᏏꓐʙ", "c": "сϲᏟꓚᴄ", "d": "ԁᎠꓓᴅ", "e": "еεҽᎬꓰᴇ", "f": "ϝքꓝ",
    "g": "ɡԍցᏀꓖɢ", "h": "нһηհᎻꓧʜ", "i": "ıіιɩɪᎥꓲ", "j": "јϳյᎫꓙᴊ", "k": "кκᏦꓗᴋ",
    "l": "ӏǀᏞꓡʟ", "m": "мμϻᎷꓟᴍ", "n": "νոռꓠɴ", "o": "оοσօᴏꓳ", "p": "рρᏢꓑᴘ", "q": "ԛգզ",
    "r": "гᎡꓣʀ", "s": "ѕտᏚꓢꜱ", "t": "тτᎢꓔᴛ", "u": "սʋꓴᴜ", "v": "ѵᏙꓦᴠ", "w": "ԝѡաᎳꓪᴡ",
    "x": "хχꓫ", "y": "уүγυყᎩᏻꓬʏ", "z": "ζᏃꓜᴢ",
}  # fmt: skip
SHAPES: Final = str.maketrans(
    {alike: latin for latin, alikes in _LOOK_ALIKES.items() for alike in alikes}
)


def fold_name(name: str) -> str:
    """The same for names that look the same; at most 300 characters, never to be shown.

    Letter case, spaces, invisible characters, full width and other compatibility forms, dashes
    and quotation marks make no difference, nor do letters of other scripts that look Latin.
    Accents do.
    """
    return _folded(name)[:NAME_CHARACTERS]


def _folded(name: str) -> str:
    if name.isascii():
        return _plain(name)
    shapes = unicodedata.normalize("NFD", plain_name(name)).translate(SHAPES)
    return unicodedata.normalize("NFC", shapes)


def fold_for_search(text: str) -> str:
    """As fold_name makes it, but whole, and without accents: what is typed without them is meant.

    >>> fold_for_search("NIAFUNKÉ")
    'niafunke'
    """
    folded = unicodedata.normalize("NFD", _folded(text))
    bare = "".join(one for one in folded if not unicodedata.combining(one))
    return unicodedata.normalize("NFC", bare)


def plain_name(name: str) -> str:
    """The same for names that are written alike but for case, spaces, width and punctuation."""
    visible = without_invisible(unicodedata.normalize("NFKC", name.translate(PUNCTUATION)))
    return _plain(unicodedata.normalize("NFKC", _plain(visible)))


def is_disguised(name: str, other: str) -> bool:
    """Whether two names look the same and are written in other letters, or invisible ones."""
    alike = fold_name(name) == fold_name(other)
    return alike and (plain_name(name) != plain_name(other) or _hides(name) != _hides(other))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _hides(name: str) -> bool:
    return without_invisible(name) != name
