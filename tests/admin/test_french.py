"""The desk and its mails in French: whatever they mark for people has a translation."""

from __future__ import annotations

import ast
import gettext
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import django
from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).resolve().parents[2]
STOCK: Final = Path(django.__file__).parent
CATALOGUES: Final = (
    ROOT / "locale/fr/LC_MESSAGES/django.mo",
    STOCK / "conf/locale/fr/LC_MESSAGES/django.mo",
    STOCK / "contrib/admin/locale/fr/LC_MESSAGES/django.mo",
)
# What says something in mails, or on the page that ends them.
MAILING: Final = ("mailing.py", "account_mails.py", "models/notification.py",
                  "views/unsubscribe.py")  # fmt: skip
CALLS: Final = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext"}
LITERAL: Final = r"(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
IN_PAGES: Final = re.compile(rf"\b(?:n?gettext|_)\(u?({LITERAL})", re.DOTALL)


def of_module(text: str) -> Iterator[str]:
    """The words that a module marks for translation; of plurals the first form."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS and node.args:
            words = node.args[0]
            if isinstance(words, ast.Constant) and isinstance(words.value, str):
                yield words.value


def of_page(text: str) -> Iterator[str]:
    for literal in IN_PAGES.findall(templatize(text)):
        yield ast.literal_eval(literal)


def marked() -> dict[str, str]:
    """Each text of the desk, with a file that says it."""
    found = {}
    for folder in ("admin", "forms", "choices"):
        for path in (ROOT / "claims" / folder).rglob("*.py"):
            found |= dict.fromkeys(of_module(path.read_text()), path.name)
    for path in MAILING:
        found |= dict.fromkeys(of_module((ROOT / "claims" / path).read_text()), path)
    for folder in ("admin", "mail"):
        for path in (ROOT / "templates" / folder).rglob("*.*"):
            found |= dict.fromkeys(of_page(path.read_text()), path.name)
    return found


def known() -> set[str]:
    found = set()
    for path in CATALOGUES:
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        found |= {one if isinstance(one, str) else one[0] for one in catalogue}
    return found


def test_whatever_the_desk_marks_for_people_is_in_french() -> None:
    found, french = marked(), known()
    assert len(found) > 900
    assert {words: path for words, path in found.items() if words not in french} == {}


def test_every_catalogue_is_well_formed() -> None:
    """Plurals and what stands in them fit their originals, as the compiler of catalogues checks."""
    compiler = shutil.which("msgfmt")
    if compiler is None:
        return  # what is compiled is in the repository
    for path in (ROOT / "locale").rglob("*.po"):
        checked = subprocess.run(
            [compiler, "--check", "--output-file=/dev/null", str(path)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (checked.returncode, checked.stderr) == (0, "")
