"""Numbers in digits and words: single values, before modifiers and ranges are read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.reading.counts.money import BEHIND
from claims.reading.languages.english import ENGLISH

MAX_DIGITS = 15
TOO_LARGE = 10**MAX_DIGITS

UNITS = ENGLISH.table("numbers.units")
TENS = ENGLISH.table("numbers.tens")
SCALES = ENGLISH.table("numbers.scales")
PARTS = ENGLISH.table("numbers.shares")
VULGAR = {
    "\u00bd": "0.5",
    "\u00bc": "0.25",
    "\u00be": "0.75",
    "\u2153": "0.3333333333",
    "\u2154": "0.6666666667",
    "\u215b": "0.125",
    "\u2155": "0.2",
    "\u2156": "0.4",
    "\u2157": "0.6",
    "\u2158": "0.8",
    "\u2159": "0.1666666667",
    "\u215a": "0.8333333333",
    "\u215c": "0.375",
    "\u215d": "0.625",
    "\u215e": "0.875",
}

_SIGNS = r"$\u00a3\u20ac\u00a5\u20b9\u20a6\u20aa\u20bd"

_PARTS = {"word": "|".join([*UNITS, *TENS]), "big": "|".join(ENGLISH.words("numbers.big"))}
TOKEN = ENGLISH.pattern("numbers.token", _PARTS)
SIGN = re.compile(rf"[0-9{_SIGNS}{''.join(VULGAR)}](?:(?<=[0-9])[0-9]+)?")
"""What a number that does not begin with a word begins with."""
WORDS = frozenset(
    (
        *UNITS,
        *TENS,
        *SCALES,
        *PARTS,
        *(part + "s" for part in PARTS),
        *ENGLISH.words("numbers.other_words"),
    )
)
"""What a number in words, or the letters of a currency before digits, can begin with."""
HALF_READ = re.compile(r"[0-9] ?\Z")
"""Before "million": a number that was not understood."""
NAMED = ENGLISH.pattern("numbers.named")
"""A name that goes on with a number, so that the next one is another: "Flight 614 120 people"."""
DECIMAL_COMMA = re.compile(r"[0-9]{1,3},[0-9]{1,2}")
GROUPED = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
PEOPLE_NEXT = ENGLISH.pattern("numbers.people_next")
PERCENT = ENGLISH.pattern("numbers.percent")
PER = frozenset("%p")
BELOW_ZERO = re.compile(r"(?:\A|[\s(])[-\u2212]\Z")
ONE_TENTH_MORE = ENGLISH.pattern("numbers.one_tenth_more")
MODIFIED = ENGLISH.pattern("numbers.modified")


@dataclass(slots=True)
class Number:
    """A number in plain text offsets; `form` is digits, words, part (a fraction), vague or none.

    "none" is a word for nobody: its value is zero.

    `scale` is the power word that multiplied it (1 when none); `unit` is "percent", "share",
    a currency sign or "".
    """

    start: int
    end: int
    value: Decimal | None
    form: str
    scale: int = 1
    unit: str = ""


def find_numbers(text: str, start: int, end: int, words: Sequence[int]) -> list[Number]:
    """Return the numbers of text[start:end] in order; `words` is where WORDS begin in it."""
    found: list[Number] = []
    signs = [sign.start() for sign in SIGN.finditer(text, start, end)]
    free = start
    for at in sorted((*words, *signs)) if words else signs:
        if at < free or (match := TOKEN.match(text, at, end)) is None:
            continue
        number = _read_token(text, match, end)
        if number is None and match["part"] and match[0][:4].lower() == "and ":
            match = TOKEN.match(text, at + 4, end) or match
            number = _read_token(text, match, end)
        if number and found and _says_again(text, found[-1], number):
            found[-1].end = free = number.end + 1
            continue
        free = number.end if number else match.end()
        if number:
            found.append(number)
    return found


def _says_again(text: str, one: Number, number: Number) -> bool:
    """As in "nine (9) carts": one number, in words and in digits."""
    same = one.form == "words" and number.form == "digits" and one.value == number.value
    return (
        same and text[one.end : number.start] == " (" and text[number.end : number.end + 1] == ")"
    )


def _read_token(text: str, match: re.Match[str], limit: int) -> Number | None:
    if match["none"]:
        return Number(match.start(), match.end(), Decimal(0), "none")
    if match["vague"]:
        return Number(match.start(), match.end(), None, "vague")
    if match["digits"]:
        return None if _is_sum_below_zero(text, match) else _read_digits(text, match, limit)
    if match["word"]:
        if match["word"].lower() in SCALES and HALF_READ.search(
            text, max(0, match.start() - 3), match.start()
        ):
            return None
        return _read_words(text, match.start(), limit)
    if match["one_in"]:
        of = match["of"].lower()
        among = int(of) if of.isdecimal() else UNITS.get(of, TENS.get(of, 0))
        ones = (match["many"] or "1").lower()
        count = int(ones) if ones.isdecimal() else UNITS[ones]
        share = round(Decimal(count) / among, 4) if among >= count else None
        return Number(match.start(), match.end(), share, "part", 1, "share") if share else None
    if match["bare_vulgar"]:
        return Number(match.start(), match.end(), Decimal(VULGAR[match[0]]), "part", 1, "share")
    return _read_part(text, match, limit)


def _is_sum_below_zero(text: str, match: re.Match[str]) -> bool:
    """As in "-$5 million"; figures of a text are never below zero, so it would be read wrong."""
    start = match.start()
    return bool(match["currency"] and BELOW_ZERO.search(text, max(0, start - 2), start))


def _read_digits(text: str, match: re.Match[str], limit: int) -> Number | None:
    currency, *powers = match.group("currency", "scale", "scale2")
    end = match.end()
    written = _written(text, match, limit)
    if match["gap"] and _is_name_and_count(text, match):
        first = match["number"].partition(match["gap"])[0]
        return Number(match.start(), match.start("number") + len(first), Decimal(first), "digits")
    if len(written) > MAX_DIGITS:
        return None
    value, scale, short = Decimal(written) + _over(match), 1, match["short"]
    for power in powers:
        scale *= SCALES[power.lower()] if power else 1
    if short == "m" and not currency and not BEHIND.match(text, end, limit):
        end -= 1  # metres, unless a currency says otherwise
    elif short:
        scale = SCALES[short.lower()]
    if scale != 1:
        value = _plain(value * scale)
    if value >= TOO_LARGE:
        return None
    per = text[end : end + 2].lstrip()[:1] in PER
    if per and (percent := PERCENT.match(text, end, limit)):
        return Number(match.start(), percent.end(), value, "digits", scale, "percent")
    unit = (currency or "").strip()
    return Number(match.start(), end, value, "digits", scale, unit)


def _is_name_and_count(text: str, match: re.Match[str]) -> bool:
    """As in "Flight 614 120 people", where a blank groups no thousands."""
    return bool(
        match["gap"] == " " and NAMED.search(text, max(0, match.start() - 24), match.start())
    )


def _written(text: str, match: re.Match[str], limit: int) -> str:
    """The digits of a number without what groups them, with a point before the decimals."""
    number = match["number"].replace(match["gap"] or ",", "")
    if DECIMAL_COMMA.fullmatch(match["number"]):
        number = match["number"].replace(",", ".")
    grouped = GROUPED.fullmatch(number) and not match["scale"]
    if number.count(".") > 1 or (grouped and PEOPLE_NEXT.match(text, match.end(), limit)):
        return number.replace(".", "")
    return number


def _over(match: re.Match[str]) -> Decimal:
    """The part behind a number: "2\u00bd", "2 1/2"."""
    if match["vulgar"]:
        return Decimal(VULGAR[match["vulgar"]])
    if match["over"]:
        return round(Decimal(match["over"]) / Decimal(match["under"]), 10)
    return Decimal(0)


def _plain(value: Decimal) -> Decimal:
    """Without zeros behind the point ("2.880 trillion"); a third of a million is a whole number."""
    whole = value == value.to_integral_value() or value * 1000 != (value * 1000).to_integral_value()
    return value.to_integral_value() if whole else value


def _read_words(text: str, start: int, limit: int) -> Number | None:
    """Read "three hundred and five thousand" from its first word."""
    total = current = last_scale = 0
    previous, at, end = "", start, start
    while match := _WORD_AT.match(text, at, limit):
        word = match[1].lower()
        if not _may_follow(previous, word, joined_by_and=match[0].lower().startswith("and ")):
            break
        step = _with_word(total, current, word)
        if sum(step) >= TOO_LARGE:
            break
        total, current = step
        last_scale = SCALES.get(word, last_scale)
        previous, end = _sort_of(word), match.end(1)
        at = end + 1 if end < limit and text[end] in " -" else limit
    return _finish_words(text, start, end, total + current, last_scale or 1, limit)


def _with_word(total: int, current: int, word: str) -> tuple[int, int]:
    """Add a word to (the thousands and millions so far, what has none of its own yet)."""
    scale = SCALES.get(word, 0)
    if not scale:
        return total, current + UNITS.get(word, TENS.get(word, 0))
    if scale in (12, 100):
        return total, max(current, 1) * scale
    return total + max(current, 1) * scale, 0


def _sort_of(word: str) -> str:
    return "scale" if word in SCALES else "unit" if word in UNITS else "ten"


_WORD_AT = ENGLISH.pattern("numbers.word_at", _PARTS)


def _may_follow(previous: str, word: str, *, joined_by_and: bool) -> bool:
    if joined_by_and and previous != "scale":
        return False
    if previous == "":
        return True
    if word in SCALES:
        return True
    if previous == "ten":
        return word in UNITS and 0 < UNITS[word] < 10
    return previous == "scale"


def _finish_words(text: str, start: int, end: int, value: int, scale: int, limit: int) -> Number:
    first = text[start:end].lower()
    if first in SCALES and start >= 2 and text[max(0, start - 2) : start].lower() == "a ":
        start -= 2
    if half := ONE_TENTH_MORE.match(text, end, limit):
        more = SCALES[half["scale"].lower()] if half["scale"] else 1
        apart = scale if scale >= 1000 and more == 1 else 1  # "a million and a half"
        total = (Decimal(value) + Decimal(apart) / 2) * more
        return Number(
            start,
            half.end(),
            _plain(total),
            "words",
            max(scale, more),
        )
    percent = PERCENT.match(text, end, limit)
    if percent:
        return Number(start, percent.end(), Decimal(value), "words", scale, "percent")
    return Number(start, end, Decimal(value), "words", scale)


def _read_part(text: str, match: re.Match[str], limit: int) -> Number | None:
    """Read "two-thirds", "a quarter of", "half a million"; ordinals are no numbers."""
    pieces = match[0].lower().replace("-", " ").split()
    name = next(p for p in pieces if p.removesuffix("s") in PARTS or p == "halves")
    share = Decimal(1) / PARTS[name.removesuffix("s")]
    count = UNITS.get(pieces[0], 1)
    if "and" in pieces:  # "one and a half million"
        if pieces[0] not in UNITS:
            return None
        times = SCALES[match["part_scale"].lower()] if match["part_scale"] else 1
        total = (count + share) * times
        return Number(match.start(), match.end(), _plain(total), "words", times)
    if scale_word := match["part_scale"]:
        scale = SCALES[scale_word.lower()]
        return Number(match.start(), match.end(), _plain(count * share * scale), "words", scale)
    if not _is_share(text, match, pieces, limit):
        return None
    return Number(match.start(), match.end(), round(count * share, 4), "part", 1, "share")


def _is_share(text: str, match: re.Match[str], pieces: list[str], limit: int) -> bool:
    after = text[match.end() : min(limit, match.end() + 6)]
    if pieces[0] in UNITS and not (pieces[0] == "one" and pieces[-1] == "half"):
        return pieces[0] == "one" or pieces[-1].endswith("s")
    if pieces[-1] in ("half", "quarter"):
        return after.startswith((" of", " the ", " its", " a mil", " all", " their"))
    modified = MODIFIED.search(text, max(0, match.start() - 16), match.start()) is not None
    return pieces[0] == "a" and (modified or after.startswith((" of ", " more")))
