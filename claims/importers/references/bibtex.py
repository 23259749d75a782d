"""One BibTeX or BibLaTeX entry as fields of a source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from claims.domain.addresses import is_web
from claims.importers.references.fields import fault, names_of

TYPES: Final = {
    "article": "article-journal",
    **dict.fromkeys(("book", "booklet", "proceedings", "collection", "mvbook"), "book"),
    **dict.fromkeys(("inbook", "incollection", "inproceedings", "conference"), "chapter"),
    **dict.fromkeys(("techreport", "report"), "report"),
    **dict.fromkeys(("online", "electronic", "www"), "webpage"),
    "dataset": "dataset",
    "newspaper": "article-newspaper",
}
_ENTRY: Final = re.compile(r"@\s*([A-Za-z]+)\s*[{(]")
_KEY: Final = re.compile(r"\s*+[^\s,{}()=\"]*+\s*+(,|(?=[})]))")
_NAME: Final = re.compile(r"\s*([A-Za-z][A-Za-z0-9_:.+/-]*)\s*=\s*")
_WORD: Final = re.compile(r"[A-Za-z0-9_:.+/-]+")
_JOINT: Final = re.compile(r"\s*#\s*")
_END: Final = re.compile(r"\s*(,?)\s*([})]?)")
_MONTHS: Final = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_SKIPPED: Final = ("comment", "preamble", "string")
# The marks that TeX puts over letters, as combining characters.
_MARKS: Final = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328",
}  # fmt: skip
_LETTERS: Final = {"ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø",
                   "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "i", "j": "j"}  # fmt: skip
_ACCENT: Final = re.compile(
    r"\\(?:([`'^~=.\"])\s*(?:\{\s*(LETTER)\s*\}|(LETTER))"
    r"|([uvHcdkr])(?:\s*\{\s*(LETTER)\s*\}|\s+(LETTER)))".replace(
        "LETTER", r"\\[ij](?![A-Za-z])|[A-Za-z]"
    )
)
_LETTER: Final = re.compile(r"\\(ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])(?:\{\}|\s)?")
_COMMAND: Final = re.compile(r"\\(?:url|emph|textit|textbf|textsc|texttt|mkbibquote)(?=\s*\{)")
_ESCAPED: Final = re.compile(r"\\([&%$#_{}])")


def is_bibtex(text: str) -> bool:
    """Whether a line of the text begins as an entry does."""
    return re.search(r"^[^\S\n]*" + _ENTRY.pattern, text, re.MULTILINE) is not None


def read_bibtex(text: str) -> dict[str, Any]:
    """The fields of the one entry. Raises InvalidValueError with the line at fault."""
    found = [one for one in _ENTRY.finditer(text) if one[1].lower() not in _SKIPPED]
    if not found:
        raise fault("there is no entry here, only a comment or a macro.")
    kind, values, end = _Entry(text, _macros_in(text)).read(found[0])
    more = next((one for one in found if one.start() >= end), None)
    if more is not None:
        raise fault("a second entry begins. Paste one at a time.", _line(text, more.start()))
    return _fields(kind, values)


def _macros_in(text: str) -> dict[str, str]:
    """What each word of an @string stands for, by its lower-case name; the months too."""
    macros = {name: name for name in _MONTHS}
    for found in _ENTRY.finditer(text):
        name = _NAME.match(text, found.end()) if found[1].lower() == "string" else None
        if name is not None:
            macros[name[1].lower()] = _Entry(text, macros).value(name.end(), name[1])[0]
    return macros


class _Entry:
    """Reads one entry of a text, from its @ to its last brace."""

    def __init__(self, text: str, macros: Mapping[str, str]) -> None:
        self.text, self.macros = text, macros

    def read(self, start: re.Match[str]) -> tuple[str, dict[str, str], int]:
        """Its kind, its raw fields by lower-case name, and where it ends."""
        closing = "}" if start[0].endswith("{") else ")"
        key = _KEY.match(self.text, start.end())
        if key is None:
            raise self._fault("after the key of the entry there must be a comma.", start.end())
        values: dict[str, str] = {}
        at, closed = key.end(), False
        if not key[1]:
            return start[1].lower(), values, at + 1
        while not closed:
            name = _NAME.match(self.text, at)
            if name is None:
                at = self._closed(at, closing)
                break
            values[name[1].lower()], at = self.value(name.end(), name[1])
            end = _END.match(self.text, at)
            comma, brace = (end[1], end[2]) if end is not None else ("", "")
            closed = brace == closing
            if not (comma or closed or not self.text[at:].strip()):
                raise self._fault(f"after the value of {name[1]} there must be a comma or the "
                                  f"{closing} that ends the entry.", at)  # fmt: skip
            at = end.end() if end is not None else at
        return start[1].lower(), values, at

    def _closed(self, at: int, closing: str) -> int:
        rest = self.text[at:]
        if rest.lstrip().startswith(closing):
            return at + rest.index(closing) + 1
        if rest.strip():
            raise self._fault("here a field such as title = {…} must stand.", at)
        raise self._fault(f"the entry does not end: its {closing} is missing.", at)

    def value(self, at: int, name: str) -> tuple[str, int]:
        """The value, its pieces joined, and where it ends."""
        pieces = []
        while True:
            piece, at = self._piece(at, name)
            pieces.append(piece)
            joint = _JOINT.match(self.text, at)
            if joint is None:
                return "".join(pieces), at
            at = joint.end()

    def _piece(self, at: int, name: str) -> tuple[str, int]:
        opening = self.text[at : at + 1]
        if opening in ("{", '"'):
            return self._delimited(at, "}" if opening == "{" else '"', name)
        word = _WORD.match(self.text, at)
        if word is None:
            raise self._fault(f"{name} has no value: write {name} = {{…}}.", at)
        if word[0].isascii() and word[0].isdigit():
            return word[0], word.end()
        known = self.macros.get(word[0].lower())
        if known is None:
            raise self._fault(f"nothing says what {word[0]} stands for: paste its @string with the "
                              f"entry, or write {name} = {{…}}.", at)  # fmt: skip
        return known, word.end()

    def _delimited(self, start: int, closing: str, name: str) -> tuple[str, int]:
        depth, at = 0, start + 1
        while at < len(self.text):
            sign = self.text[at]
            if sign == "\\":
                at += 1
            elif sign == closing and depth == 0:
                return self.text[start + 1 : at], at + 1
            elif sign == "{":
                depth += 1
            elif sign == "}":
                depth -= 1
            at += 1
        raise self._fault(f"the value of {name} does not end: its {closing} is missing.", start)

    def _fault(self, words: str, at: int) -> Exception:
        line = _line(self.text, at)
        return fault(words, line, at - self.text.rfind("\n", 0, at))


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _fields(kind: str, raw: dict[str, str]) -> dict[str, Any]:
    told = {name: plain(value) for name, value in raw.items()}

    def first(*names: str) -> str:
        return next((told[name] for name in names if told.get(name)), "")

    url = first("url", "howpublished")
    return {
        "csl_type": TYPES.get(kind, "document"),
        "title": ": ".join(filter(None, (told.get("title"), told.get("subtitle")))),
        "authors": names_of(_people(raw.get("author", "") or raw.get("editor", ""))),
        "issued": first("date") or _day(told),
        "publisher": first("publisher", "institution", "organization", "school", "journaltitle",
                           "journal"),
        "url": url if is_web(url) else "",
        "accessed_on": first("urldate"),
        "doi": first("doi"),
        "isbn": first("isbn"),
        "language": first("langid", "language"),
    }  # fmt: skip


def _people(raw: str) -> list[str]:
    """The names between "and"; braces keep a name whole."""
    names, depth, start = [], 0, 0
    for found in re.finditer(r"[{}]|\sand\s", raw):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0].strip() == "and":
            names.append(raw[start : found.start()])
            start = found.end()
    return [plain(name) for name in (*names, raw[start:])]


def _day(told: dict[str, str]) -> str:
    """Year, month and day where they are fields of their own."""
    year, month = told.get("year", ""), told.get("month", "").lower()[:3]
    number = _MONTHS.get(month) or (int(month) if month.isascii() and month.isdigit() else 0)
    if not 1 <= number <= 12:
        return year
    day = told.get("day", "")
    return f"{year}-{number:02}" + (f"-{int(day):02}" if re.fullmatch("[0-9]{1,2}", day) else "")


def plain(value: str) -> str:
    """The value without TeX: accents put together, commands and braces gone."""
    text = _COMMAND.sub("", value)
    text = _ACCENT.sub(_accented, text)
    text = _LETTER.sub(lambda found: _LETTERS[found[1]], text)
    text = text.replace("---", "\u2014").replace("--", "\u2013").replace("~", " ")
    text = re.sub(r"(?<!\\)[{}]", "", text)
    return " ".join(unicodedata.normalize("NFC", _ESCAPED.sub(r"\1", text)).split())


def _accented(found: re.Match[str]) -> str:
    mark, letter = (one for one in found.groups() if one)
    return str(letter).removeprefix("\\") + _MARKS[mark]
