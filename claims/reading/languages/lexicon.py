"""Words and patterns of one language, from its files of data; a fault is told by file and line."""

# A file holds lists of words (a text, parted by blanks, or by commas where some are of several
# words), tables, [parts] of patterns, and patterns: tables with `find`, and under `examples` texts
# in which it must be found. {name} in a pattern stands for a part, {file.name} for one of another
# file, or, joined by "or", for a list of words. A line break in a pattern, and the blanks that
# follow it, are no part of it.

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

SHARED: Final = 2  # by so many letters words are put together
_PLACE: Final = re.compile(r"\{(?:([a-z_]+)\.)?([a-z_]+)\}")
_PLAIN: Final = re.compile(r"[\w ]+")
_BREAK: Final = re.compile(r"\n *")
_WHERE: Final = re.compile(r"\(at line (\d+), column \d+\)")


class LexiconError(Exception):
    """A file of a language is at fault; the message names file, line and what is wrong."""


def either(words: Iterable[str]) -> str:
    """Join words to the inside of a regular expression's group, longest first.

    Words that begin alike stand together: an expression passes over all of them at once.
    """
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    if all(_PLAIN.fullmatch(word) for word in longest_first):
        return _joined(longest_first, SHARED)
    return "|".join(map(re.escape, longest_first))


def _joined(words: Iterable[str], shared: int) -> str:
    if not shared:
        return "|".join(words)
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[:1], []).append(word[1:])
    return "|".join(f"{first}(?:{_joined(rest, shared - 1)})" for first, rest in rests.items())


class Lexicon:
    """The files of one folder, read once; names are "file.entry", such as "numbers.units".

    Raises LexiconError for a file that is no TOML, a word that stands twice in a list, an entry
    that is missing or of another sort, a part that no pattern can have.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, _File] = {}
        for path in sorted(folder.glob("*.toml")):
            self._files[path.stem] = _File(path, self._files)
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._asked: set[str] = set()
        if not self._files:
            raise LexiconError(f"{folder}: there are no files of this language.")

    def words(self, name: str) -> tuple[str, ...]:
        """The words of a list, in their order."""
        file, entry = self._found(name)
        return file.words(entry)

    def table(self, name: str) -> dict[str, Any]:
        """A table of words, each with a word or a number."""
        file, entry = self._found(name)
        return file.table(entry)

    def pattern(self, name: str, given: Mapping[str, str] | None = None) -> re.Pattern[str]:
        """A pattern, compiled once; ``given`` are parts that a module makes of words."""
        if name not in self._patterns:
            file, entry = self._found(name)
            self._patterns[name] = file.compiled(entry, given or {})
        return self._patterns[name]

    def source(self, name: str, given: Mapping[str, str] | None = None) -> str:
        """What a pattern finds, or a part, as the text of a regular expression."""
        file, entry = self._found(name)
        return file.source(entry, given or {})

    def patterns(self, name: str) -> dict[str, str]:
        """A table of patterns, as the texts of regular expressions."""
        return {key: _BREAK.sub("", written) for key, written in self.table(name).items()}

    def shapes(self, stem: str, given: Mapping[str, str] | None = None) -> dict[str, str]:
        """All patterns of a file in their order, as the texts of regular expressions."""
        names = [f"{stem}.{entry}" for entry in self._file(stem).shapes()]
        return {name.partition(".")[2]: self.pattern(name, given).pattern for name in names}

    def examples(self) -> dict[str, tuple[re.Pattern[str] | None, tuple[str, ...]]]:
        """Each pattern of the files, None where no module asks for it, and its examples.

        Raises LexiconError for a pattern without any.
        """
        return {
            f"{stem}.{entry}": (self._patterns.get(f"{stem}.{entry}"), file.examples(entry))
            for stem, file in self._files.items()
            for entry in file.shapes()
        }

    def unasked(self) -> list[str]:
        """The lists and tables that no module has asked for."""
        return [
            f"{stem}.{entry}"
            for stem, file in self._files.items()
            for entry in file.entries()
            if f"{stem}.{entry}" not in self._asked
        ]

    def _file(self, stem: str) -> "_File":
        if stem not in self._files:
            raise LexiconError(f"{self._folder / stem}.toml:1: the file is missing.")
        return self._files[stem]

    def _found(self, name: str) -> tuple["_File", str]:
        self._asked.add(name)
        stem, _, entry = name.partition(".")
        return self._file(stem), entry


class _File:
    def __init__(self, path: Path, files: Mapping[str, "_File"]) -> None:
        self.path, self._files = path, files
        self.text = path.read_text(encoding="utf-8")
        try:
            self.data: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            at = _WHERE.search(str(error))
            line = at[1] if at else len(self.text.splitlines())
            raise LexiconError(f"{path}:{line}: {error}") from None
        for name, value in self.data.items():
            if name in self.data.get("parts", {}):
                raise self._fault(name, "is a part and an entry as well")
            if isinstance(value, str):
                self._refuse_twice(name)
            elif not isinstance(value, dict):
                raise self._fault(name, "is neither a list of words in a text nor a table")

    def words(self, name: str) -> tuple[str, ...]:
        written = self._entry(name)
        if not isinstance(written, str):
            raise self._fault(name, "is no list of words")
        parted = written.split(",") if "," in written else written.split()
        return tuple(" ".join(word.split()) for word in parted if word.strip())

    def table(self, name: str) -> dict[str, Any]:
        found = self._entry(name)
        if not isinstance(found, dict) or _is_pattern(found):
            raise self._fault(name, "is no table")
        return found

    def compiled(self, name: str, given: Mapping[str, str]) -> re.Pattern[str]:
        try:
            return re.compile(self.source(name, given))
        except re.error as error:
            raise self._fault(name, f"is no pattern: {error}") from None

    def source(self, name: str, given: Mapping[str, str]) -> str:
        found = self.data.get("parts", {}).get(name, self.data.get(name))
        written = found.get("find") if isinstance(found, dict) else found
        if not isinstance(written, str):
            raise self._fault(name, "is no pattern: it has no find")
        return self._filled(name, written, given, 0)

    def shapes(self) -> list[str]:
        """The names of the patterns."""
        return [name for name, found in self.data.items() if _is_pattern(found)]

    def entries(self) -> list[str]:
        """The names of what is no part."""
        return [name for name in self.data if name != "parts"]

    def examples(self, name: str) -> tuple[str, ...]:
        found = self.data[name].get("examples")
        if not isinstance(found, list) or not found:
            raise self._fault(name, "has no examples")
        return tuple(found)

    def _filled(self, name: str, written: str, given: Mapping[str, str], depth: int) -> str:
        if depth > 9:
            raise self._fault(name, "has a part that holds itself")

        def part(place: re.Match[str]) -> str:
            stem, asked = place.groups()
            if stem:
                return self._of_other(name, stem, asked)
            if asked in given:
                return given[asked]
            if asked in self.data.get("parts", {}):
                return self._filled(name, self.data["parts"][asked], given, depth + 1)
            if isinstance(self.data.get(asked), str):
                return either(self.words(asked))
            raise self._fault(name, f"has a part {{{asked}}} that nobody named")

        return _PLACE.sub(part, _BREAK.sub("", written))

    def _of_other(self, name: str, stem: str, part: str) -> str:
        """A part that stands in another file."""
        other = self._files.get(stem)
        if other is None or part not in other.data.get("parts", {}):
            raise self._fault(name, f"has a part {{{stem}.{part}}} that nobody named")
        return other.source(part, {})

    def _entry(self, name: str) -> Any:
        if name not in self.data:
            raise LexiconError(f"{self.path}:1: there is no {name}.")
        return self.data[name]

    def _refuse_twice(self, name: str) -> None:
        words = self.words(name)
        twice = next((word for place, word in enumerate(words) if word in words[:place]), None)
        if twice is not None:
            raise self._fault(name, f"has {twice!r} twice", twice)

    def _fault(self, name: str, words: str, near: str = "") -> LexiconError:
        """The fault of an entry, with the line of it, or of a word of it that stands there last."""
        lines = self.text.splitlines()
        begins = re.compile(rf"\s*(?:{re.escape(name)}\s*=|\[{re.escape(name)}\])")
        first = next((at for at, line in enumerate(lines, 1) if begins.match(line)), 1)
        line = first
        if near:
            end = next((at for at in range(first, len(lines)) if "=" in lines[at]), len(lines))
            word = re.compile(rf"(?<![\w-]){re.escape(near)}(?![\w-])")
            where = (at for at in range(first, end + 1) if word.search(lines[at - 1]))
            line = max(where, default=first)
        return LexiconError(f"{self.path}:{line}: {name} {words}.")


def _is_pattern(found: Any) -> bool:
    return isinstance(found, dict) and "find" in found and {*found} <= {"find", "examples"}
